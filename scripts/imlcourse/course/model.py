"""The course: every source file loaded once into one checked object that all products read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import mean

from imlcourse.course.about import About
from imlcourse.course.agenda import Agenda
from imlcourse.course.bank import MODULE_QUIZZES, Bank, CourseTests, Draw, Quiz, StartCheck
from imlcourse.course.contents import files_of
from imlcourse.course.digest import DigestFile
from imlcourse.course.glossary import Term
from imlcourse.course.module import Module, Section
from imlcourse.course.office_file import OfficeWords
from imlcourse.course.pace import item_seconds, module_minutes
from imlcourse.course.reference import Library
from imlcourse.course.session import SessionPlan, plan_page
from imlcourse.course.sources import Sources
from imlcourse.course.texts import CourseTexts
from imlcourse.document.quotations import DocumentIndex
from imlcourse.items import Item, Order, places
from imlcourse.languages.strings import Strings, strings_of
from imlcourse.markup.page import Page
from imlcourse.markup.textfile import language_of
from imlcourse.markup.yamlfile import YamlFile


@dataclass(frozen=True)
class Track:
    """The core of the course for a role, which has a certificate of its own.

    Attributes
    ----------
    role
        Id of the role.
    name
        What the role is called.
    modules
        Its modules, in its order.
    minutes
        How long it takes alone: all steps of its modules.
    left_out
        In a slice of the course: its modules that are not in it, in their order.
    """

    role: str
    name: str
    modules: tuple[Module, ...]
    minutes: int
    left_out: tuple[Module, ...] = ()


@dataclass(frozen=True)
class Slice:
    """What makes a course a part of another: see `imlcourse.course.slice`.

    Attributes
    ----------
    whole
        The course that it is a part of.
    name
        What its files and folders are called after, such as ``m06-m09``.
    which
        Which part it is, in words.
    track
        The id of the role, where it was made for a track.
    """

    whole: Course
    name: str
    which: str
    track: str = ""


@dataclass(frozen=True)
class Course:
    """The whole course, checked.

    Attributes
    ----------
    root
        The folder it was read from.
    about
        Its title, version, date, language and parts.
    index
        The index of the document.
    modules
        Modules by id, in the order of their ids.
    banks
        Item banks by id of the module.
    digest
        The digest of the units.
    glossary
        Terms by id.
    pages
        The written pages of the book by name.
    toc
        The table of contents.
    tests
        The tests of the whole course, where it has any.
    start
        The start check, where it has one.
    library
        The reference parts: atlas, matrix, instruments, time line, facts, bibliography.
    sessions
        Plans of sessions by id of the module, in the order of the modules.
    agendas
        Ready agendas of workshops by name.
    texts
        The texts about the document.
    own_language
        Of a course in another language: the one that it was written in.
    document_language
        The language of the words of the document that are quoted; ``None`` where it is that of
        the course.
    office
        What the office has written that the course is built for; nothing where it is for all.
    slice
        Of a part of the course that is made by itself: of what, and which part.
    """

    root: Path
    about: About
    index: DocumentIndex
    modules: dict[str, Module]
    banks: dict[str, Bank]
    digest: DigestFile
    glossary: dict[str, Term]
    pages: dict[str, Page]
    toc: YamlFile
    tests: CourseTests | None = None
    start: StartCheck | None = None
    library: Library = field(default_factory=Library)
    sessions: dict[str, SessionPlan] = field(default_factory=dict)
    agendas: dict[str, Agenda] = field(default_factory=dict)
    texts: CourseTexts | None = None
    own_language: str | None = None
    document_language: str | None = None
    office: OfficeWords = field(default_factory=OfficeWords)
    slice: Slice | None = None

    @classmethod
    def from_sources(cls, sources: Sources) -> Course:
        """Make a course of what was read, once it is without a problem.

        Parameters
        ----------
        sources
            What was read.

        Raises
        ------
        ValueError
            If something is missing that every course has.
        """
        about, index, digest, toc = sources.about, sources.index, sources.digest, sources.toc
        if about is None or index is None or digest is None or toc is None:
            msg = "what every course has could not be read, and nobody has reported it"
            raise ValueError(msg)
        return cls(
            root=sources.root,
            about=about,
            index=index,
            modules=sources.modules,
            banks=sources.banks,
            digest=digest,
            glossary=sources.glossary,
            pages=sources.pages,
            toc=toc,
            tests=sources.tests,
            start=sources.start,
            library=sources.library,
            sessions=sources.sessions,
            agendas=sources.agendas,
            texts=sources.texts,
            own_language=sources.original.language if sources.original else None,
            document_language=sources.document_language,
        )

    @cached_property
    def strings(self) -> Strings:
        """Texts of the interface in the course's language, and those about the document."""
        program = strings_of(self.about.language)
        if self.texts is None:
            return program
        in_language = self.language_of(self.texts.file.path) == self.about.language
        return program.with_texts(self.texts.texts, own=in_language)

    def language_of(self, path: Path) -> str:
        """Give the language of a file: that of a translation, or else the course's own."""
        return language_of(path) or self.own_language or self.about.language

    @property
    def whole(self) -> Course:
        """The whole course: of a slice, the one that it is a part of."""
        return self.slice.whole if self.slice else self

    @property
    def copy_id(self) -> str:
        """What tells a copy of the course from others: its id, and of a slice, which part it is."""
        return f"{self.about.id}-{self.slice.name}" if self.slice else self.about.id

    @cached_property
    def page_names(self) -> frozenset[str]:
        """Names of all pages of the book."""
        plans = (plan_page(module_id) for module_id in self.sessions)
        toc = self.toc.value
        return frozenset([toc["root"], *files_of(toc["parts"]), *plans])

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Names of the pages that the whole course has and this slice of it has not."""
        return self.whole.page_names - self.page_names

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """The tracks by role, in the order of the roles; what is not written yet is left out."""
        found = {}
        for role, way in self.about.roles.items():
            if role in self.about.tracks:
                ids = self.about.tracks[role]
                modules = tuple(self.modules[id_] for id_ in ids if id_ in self.modules)
                minutes = sum(self.minutes_of(module) for module in modules)
                written = (self.whole.modules[id_] for id_ in ids if id_ in self.whole.modules)
                left_out = tuple(one for one in written if one.id not in self.modules)
                found[role] = Track(role, way.name, modules, minutes, left_out)
        return found

    @property
    def has_certificates(self) -> bool:
        """Whether a certificate can be earned in it."""
        tracks = self.tracks.values() if self.slice else ()
        return self.tests is not None or any(
            track.modules and not track.left_out for track in tracks
        )

    @cached_property
    def orders(self) -> dict[str, Order]:
        """For each item, the order in which its parts are shown."""
        return {
            item_id: order
            for bank in self.banks.values()
            for item_id, order in places(bank.items.values()).items()
        }

    @property
    def items(self) -> Iterator[Item]:
        """All items of all banks."""
        return (item for bank in self.banks.values() for item in bank.items.values())

    @cached_property
    def quizzes(self) -> dict[str, tuple[Bank, Quiz]]:
        """All quizzes by id, each with its bank."""
        return {
            quiz.id: (bank, quiz) for bank in self.banks.values() for quiz in bank.quizzes.values()
        }

    @cached_property
    def module_quizzes(self) -> dict[str, Quiz]:
        """For each module, the quiz at its end that is drawn by a blueprint."""
        return {
            bank.module: quiz
            for bank in self.banks.values()
            for quiz in bank.quizzes.values()
            if quiz.mode == "test"
        }

    @cached_property
    def seconds_by_type(self) -> dict[str, int]:
        """How long an item of each type takes, on average."""
        by_type: dict[str, list[float]] = {}
        for item in self.items:
            by_type.setdefault(item.type, []).append(item_seconds(item))
        return {kind: round(mean(seconds)) for kind, seconds in sorted(by_type.items())}

    @cached_property
    def read_in(self) -> dict[str, tuple[str, int, Section]]:
        """For each item, where its answer can be read: the module, and the section by number.

        It is the section in which the item is asked, or else, as for a case that has a section of
        its own, the first in which its objective is practised.
        """
        found: dict[str, tuple[str, int, Section]] = {}
        for module in self.modules.values():
            bank = self.banks[module.id]
            numbers = {section.id: n for n, section in enumerate(module.sections, start=1)}
            for section in module.sections:
                for block in section.blocks:
                    quiz = bank.quizzes.get(block.argument) if block.kind == "quiz" else None
                    asked = quiz.item_ids if quiz and quiz.mode != "test" else []
                    if block.kind == "item":
                        asked = [block.argument]
                    for item_id in asked:
                        found.setdefault(item_id, (module.id, numbers[section.id], section))
            for item in bank.items.values():
                place = next(iter(self.practised_in.get(item.objective, [])), None)
                if place is not None and (item.type == "scenario" or item.id not in found):
                    found[item.id] = (module.id, numbers[place.id], place)
        return found

    @cached_property
    def practised_in(self) -> dict[str, list[Section]]:
        """For each objective, the sections whose practice assesses it."""
        found: dict[str, list[Section]] = {}
        for module in self.modules.values():
            bank = self.banks[module.id]
            for section in module.sections:
                ids: list[str] = []
                for block in section.blocks:
                    if block.kind == "item":
                        ids.append(block.argument)
                    elif block.kind == "quiz" and bank.quizzes[block.argument].mode == "practice":
                        ids += bank.quizzes[block.argument].items
                for objective in dict.fromkeys(bank.items[i].objective for i in ids):
                    found.setdefault(objective, []).append(section)
        return found

    @cached_property
    def minutes_of_steps(self) -> dict[str, int]:
        """How many minutes each step of each module takes, by its id: see `course.pace`."""
        found: dict[str, int] = {}
        for module in self.modules.values():
            found |= module_minutes(self, module)
        return found

    def minutes_of(self, module: Module) -> int:
        """Give how many minutes a module takes: all its steps."""
        return sum(self.minutes_of_steps[step.id] for step in module.steps)

    def tested_items(self) -> list[Item]:
        """Give the items that a test may ask: of the module quizzes, and before and after."""
        by_id = {item.id: item for item in self.items}
        ids = [i for quiz in self.module_quizzes.values() for i in quiz.item_ids]
        tests = self.whole.tests
        kept = [one for one in tests.reserved_ids if one in by_id] if tests else []
        return [by_id[one] for one in sorted({*ids, *kept})]

    @property
    def reserved_ids(self) -> list[str]:
        """Ids of the items that no practice quiz asks: they are kept for the tests around it.

        A slice keeps them too: whoever goes on to the whole course meets those tests there.
        """
        tests, start = self.whole.tests, self.whole.start
        return [*(tests.reserved_ids if tests else ()), *(start.items if start else ())]

    def drawn_from(self, draw: Draw | StartCheck) -> list[Item]:
        """Give the items from which a test of the whole course is drawn."""
        by_id = {item.id: item for item in self.items}
        if draw.items == MODULE_QUIZZES:
            ids = [i for quiz in self.module_quizzes.values() for i in quiz.item_ids]
        else:
            ids = list(draw.items)
        # What no line of the blueprint could draw would only make the page heavy.
        return [
            by_id[item_id]
            for item_id in ids
            if any(cell.fits(by_id[item_id]) for cell in draw.blueprint)
        ]

    @cached_property
    def versions(self) -> dict[str, str]:
        """The version of each item by its id; a slice takes those of the whole course."""
        if self.whole is not self:
            return self.whole.versions
        return {item.id: item.version for item in self.items}

    @cached_property
    def taught_in(self) -> dict[str, list[str]]:
        """For each unit, ids of the modules that teach it."""
        taught: dict[str, list[str]] = {}
        for module in self.modules.values():
            for unit_id in module.front.units:
                taught.setdefault(unit_id, []).append(module.id)
        return taught
