"""What was read of the course: every source file once, with gaps where files failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from imlcourse.course.about import About, in_other_words, read_about, read_about_words
from imlcourse.course.agenda import AGENDAS, Agenda, read_agenda, timed
from imlcourse.course.bank import Bank, CourseTests, StartCheck, read_bank
from imlcourse.course.contents import Contents, files_of, pages_made_of
from imlcourse.course.digest import DigestFile, read_digest
from imlcourse.course.glossary import Term, read_glossary
from imlcourse.course.known import names_of
from imlcourse.course.module import Module, read_module
from imlcourse.course.names import Names
from imlcourse.course.reader import Reader
from imlcourse.course.reference import Library, read_library
from imlcourse.course.session import PLAN, SessionPlan, plan_page
from imlcourse.course.session_file import read_session
from imlcourse.course.texts import FILE as TEXTS
from imlcourse.course.texts import CourseTexts, read_texts
from imlcourse.course.translation import beside, originals
from imlcourse.document.edition import FILE, Edition, read_edition
from imlcourse.document.quotations import DocumentIndex, IndexFileError, index_document, read_index
from imlcourse.document.reader import Document, DocumentError, read_document
from imlcourse.items import Item
from imlcourse.items.shared import module_of
from imlcourse.languages.spelling import nearest
from imlcourse.languages.strings import Strings, strings_of
from imlcourse.markup.marks import check_texts
from imlcourse.markup.page import Page, parse_page
from imlcourse.markup.problems import CourseError, Problems
from imlcourse.markup.textfile import language_of, read_text
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import YamlFile, read_yaml

TESTS = "tests.yml"
"""The file of ``quizzes/`` that holds the tests of the whole course."""

START = "start-check.yml"
"""The file of ``quizzes/`` that says what the start check asks."""


@dataclass
class Sources:
    """What was read so far, for the checks: like a course, but with gaps where files failed."""

    root: Path
    problems: Problems
    edition: Edition
    reader: Reader
    """What read it, and knows what was read and checked before."""
    about: About | None = None
    about_file: YamlFile | None = None
    index: DocumentIndex | None = None
    modules: dict[str, Module] = field(default_factory=dict)
    banks: dict[str, Bank] = field(default_factory=dict)
    digest: DigestFile | None = None
    digest_file: YamlFile | None = None
    glossary: dict[str, Term] = field(default_factory=dict)
    glossary_lines: dict[str, int] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    toc: YamlFile | None = None
    tests: CourseTests | None = None
    tests_file: YamlFile | None = None
    start: StartCheck | None = None
    start_file: YamlFile | None = None
    library: Library = field(default_factory=Library)
    sessions: dict[str, SessionPlan] = field(default_factory=dict)
    agendas: dict[str, Agenda] = field(default_factory=dict)
    agenda_files: dict[str, YamlFile] = field(default_factory=dict)
    document: Document | None = None
    texts: CourseTexts | None = None
    translated_into: str | None = None
    """The language whose translations were read; ``None`` for the course's own alone."""
    original: Sources | None = None
    """Of a course in another language: the same course in its own."""
    glossary_file: YamlFile | None = None
    about_words_file: YamlFile | None = None
    """Files that only a translation is compared by."""

    @property
    def items(self) -> Iterator[Item]:
        """All items of all banks that could be read."""
        return (item for bank in self.banks.values() for item in bank.items.values())

    @property
    def language(self) -> str:
        """The language of the course; English where nothing says so."""
        return self.about.language if self.about else "en"

    def language_of(self, path: Path) -> str:
        """Give the language of a file: its own, or that of the course before any translation."""
        own = self.original.language if self.original else self.language
        return language_of(path) or own

    @property
    def document_language(self) -> str | None:
        """The language of the document's words, where it is not that of the course."""
        if self.original is None:
            return None
        path = beside(self.root / "book" / "document-index.json", self.translated_into)
        return None if language_of(path) else self.original.language

    def index_for(self, path: Path) -> DocumentIndex | None:
        """Give the index by which quotations in a file are checked.

        It is that of the document's edition in the language of the file, if there is one; else
        that of the course's own.
        """
        if self.original and (language_of(path) is None or self.index is None):
            return self.original.index
        return self.index

    @cached_property
    def strings(self) -> Strings | None:
        """Texts of the interface; ``None`` where they cannot be read, which is reported."""
        try:
            return strings_of(self.language)
        except (ValueError, OSError):
            return None

    @cached_property
    def names(self) -> Names:
        """What there is by name, what there is not, and what cannot be known; see `names_of`."""
        return names_of(self)

    @cached_property
    def page_names(self) -> frozenset[str]:
        """Names of all pages of the book that are written or made, those of modules left out."""
        written = (path.stem for path in originals(self.root / "book", "*.md"))
        return frozenset([*written, *self.generated])

    @property
    def every_page(self) -> Iterator[Page]:
        """The written pages of the book, then those of the modules and of session plans."""
        yield from self.pages.values()
        for module in self.modules.values():
            yield module.page
        for plan in self.sessions.values():
            yield plan.page

    @property
    def generated(self) -> tuple[str, ...]:
        """Pages of the book that are made, and not written."""
        files = {f"book/{name}" for name in self.library.files}
        if (self.root / "quizzes" / TESTS).exists():
            files.add("quizzes/tests")
        if (self.root / "quizzes" / START).exists():
            files.add("quizzes/start-check")
        made = (page.name for page in pages_made_of(files))
        sheets = (
            work for bank in self.banks.values() for work in sorted(bank.written("worksheets"))
        )
        return (*made, *sheets, *self.plan_pages)

    @property
    def plan_pages(self) -> tuple[str, ...]:
        """Pages of session plans, which the contents list by themselves."""
        return tuple(plan_page(module_id) for module_id in self.sessions)


def read_sources(
    root: Path,
    problems: Problems,
    edition: Edition,
    reader: Reader | None = None,
    *,
    language: str | None = None,
    original: Sources | None = None,
) -> Sources:
    """Read every source file of the course once.

    Parameters
    ----------
    root
        The folder of the course.
    problems
        Where problems are reported.
    edition
        What is known of the document.
    reader
        Reads the files; one that is kept from load to load reads again only those that changed.
    language
        The language whose translations are read where there are any; ``None`` for none.
    original
        With a language: the same course without its translations.

    Returns
    -------
    Sources
        What could be read.
    """
    reader = reader or Reader()
    book = root / "book"
    sources = Sources(root, problems, edition, reader, translated_into=language, original=original)
    about = reader.read(read_about, book / "course.yml", problems)
    if about:
        sources.about, sources.about_file = about
        if language:
            path = beside(book / "course.yml", language)
            words = reader.read(read_about_words, path, problems) if language_of(path) else None
            sources.about = in_other_words(about[0], language, words[0] if words else None)
            sources.about_words_file = words[1] if words else None
    # The words of the document are those of its edition in the language, or else in its own.
    index = beside(book / "document-index.json", language)
    indexed = original.edition if original and not language_of(index) else edition
    sources.index = reader.read(_index, index, problems, indexed)
    digest = reader.read(read_digest, beside(book / "digest.yml", language), problems, edition)
    if digest:
        sources.digest, sources.digest_file = digest
    glossary = reader.read(
        read_glossary, beside(book / "glossary.yml", language), problems, edition
    )
    if glossary:
        sources.glossary, sources.glossary_lines = glossary
        if original:
            path = beside(book / "glossary.yml", language)
            sources.glossary_file = reader.read(read_yaml, path, problems)
            original.glossary_file = reader.read(
                read_yaml, book / "glossary.yml", original.problems
            )
    sources.texts = reader.read(read_texts, beside(book / TEXTS, language), problems, edition)
    sources.library = read_library(book, problems, edition, reader, language)
    for path in originals(book, "*.md"):
        page = reader.read(_page, beside(path, language), problems)
        if page is not None:
            sources.pages[path.stem] = page
    toc = book / "_toc.yml"
    if toc.exists():
        sources.toc = reader.read(_contents, beside(toc, language), problems)
    else:
        problems.add(toc, 0, "the table of contents is missing; restore it")
    _read_modules(sources, reader)
    _read_sessions(sources, reader)
    _read_agendas(sources, reader)
    _read_banks(sources, reader)
    _read_tests(sources, reader)
    _read_start(sources, reader)
    return sources


def _page(path: Path, problems: Problems) -> Page | None:
    text = read_text(path, problems)
    return None if text is None else parse_page(path, text, problems)


def _contents(path: Path, problems: Problems) -> YamlFile | None:
    file = read_yaml(path, problems)
    if file is None:
        return None
    check_texts(file, problems)
    return file if validated(Contents, file, problems) else None


def _index(path: Path, problems: Problems, edition: Edition) -> DocumentIndex | None:
    try:
        return read_index(path, edition)
    except IndexFileError as error:
        problems.add(path, 0, str(error))
        return None


def _read_modules(sources: Sources, reader: Reader) -> None:
    folder = sources.root / "modules"
    problems = sources.problems
    if not folder.is_dir():
        return  # which is reported
    for place in sorted(p for p in folder.iterdir() if p.is_dir() and p.name[0] not in "._"):
        path = place / "module.md"
        if not path.exists():
            there = nearest("module.md", [inner.name for inner in place.iterdir()])
            remedy = f"call {there} so" if there else "write the module there, or delete its folder"
            problems.add(path, 0, f"this file is missing; {remedy}")
            continue
        path = beside(path, sources.translated_into)
        module = reader.read(read_module, path, problems)
        if module is None:
            continue
        if module.id in sources.modules:
            other = sources.modules[module.id].path.relative_to(sources.root).as_posix()
            problems.add(
                path, 2, f"the id {module.id} is that of {other} already; give this module its own"
            )
            continue
        if module_of(place.name) != module.id:
            problems.add(
                path,
                2,
                f"the module {module.id} lies in the folder {place.name}; "
                f"name the folder {module.id}-…",
            )
        sources.modules[module.id] = module
    # They stand everywhere in the order of the contents, and not in that of their folders.
    order = list(files_of(sources.toc.value)) if sources.toc else []
    at = {name: place for place, name in enumerate(order)}
    sources.modules = dict(
        sorted(sources.modules.items(), key=lambda one: at.get(f"modules/{one[0]}", len(at)))
    )


def _read_sessions(sources: Sources, reader: Reader) -> None:
    for module in sources.modules.values():
        original = module.path.with_name(PLAN)
        if original.exists():
            path = beside(original, sources.translated_into)
            plan = reader.read(read_session, path, sources.problems, module.id)
            if plan is not None:
                sources.sessions[module.id] = plan


def _read_agendas(sources: Sources, reader: Reader) -> None:
    for original in originals(sources.root / "book" / AGENDAS, "*.yml"):
        read = reader.read(read_agenda, beside(original, sources.translated_into), sources.problems)
        if read is not None and _modules_complete(sources):
            roles = sources.about.roles if sources.about else {}
            agenda = timed(*read, sources.problems, sources.modules, sources.sessions, roles)
            sources.agendas[original.stem] = agenda
            sources.agenda_files[original.stem] = read[1]


def _modules_complete(sources: Sources) -> bool:
    """Say whether every folder of a module could be read, so that none is told to be missing."""
    folders = [path for path in (sources.root / "modules").glob("*/") if path.name[0] not in "._"]
    return len(folders) == len(sources.modules) and sources.about is not None


def _read_banks(sources: Sources, reader: Reader) -> None:
    for original in originals(sources.root / "quizzes", "*.yml"):
        if original.name in (TESTS, START):
            continue
        name, path = original.stem, beside(original, sources.translated_into)
        bank = reader.read(read_bank, path, sources.problems, sources.language_of(path))
        if bank is None:
            continue
        if bank.module != name:
            sources.problems.add(
                path,
                bank.file.line(("module",)),
                f"the bank of {bank.module} is named {path.name}; name it {bank.module}.yml, or "
                f"write `module: {name}`",
            )
        if sources.original and language_of(path) and name in sources.original.banks:
            bank = bank.translating(sources.original.banks[name])
        sources.banks[name] = bank


def _read_tests(sources: Sources, reader: Reader) -> None:
    path = sources.root / "quizzes" / TESTS
    if not path.exists():
        return
    read = reader.read(_tests, path, sources.problems)
    if read:
        sources.tests_file, sources.tests = read


def _read_start(sources: Sources, reader: Reader) -> None:
    path = sources.root / "quizzes" / START
    if path.exists() and (read := reader.read(_start, path, sources.problems)):
        sources.start_file, sources.start = read


def _start(path: Path, problems: Problems) -> tuple[YamlFile, StartCheck | None] | None:
    file = read_yaml(path, problems)
    if file is None:
        return None
    check_texts(file, problems)
    return file, validated(StartCheck, file, problems)


def _tests(path: Path, problems: Problems) -> tuple[YamlFile, CourseTests | None] | None:
    file = read_yaml(path, problems)
    if file is None:
        return None
    check_texts(file, problems)
    return file, validated(CourseTests, file, problems)


def read_held_document(root: Path, path: Path) -> Document:
    """Read the document that the user holds, and make sure that it is the one indexed.

    Parameters
    ----------
    root
        The folder of the course.
    path
        The document's text.

    Returns
    -------
    Document
        The document.

    Raises
    ------
    imlcourse.document.reader.DocumentError
        If it is not the document that the project's index was made from.
    """
    problems = Problems(root)
    edition = read_edition(root / "book" / FILE, problems)
    if edition is None:
        raise CourseError(problems.sorted())
    document = read_document(path, edition)
    try:
        known = read_index(root / "book" / "document-index.json", edition)
    except IndexFileError:
        return document  # whoever loads the course reports it, with all else
    given = index_document(document, edition)
    for unit_id, unit in given.units.items():
        if unit.hashes != known.units[unit_id].hashes:
            msg = (
                f"{path}: unit {unit_id} differs from the document that the course cites; "
                f"give the text of {edition.symbol}, or renew the index: course index DOCUMENT"
            )
            raise DocumentError(msg)
    return document
