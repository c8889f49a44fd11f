"""The sources of the Jupyter Book, written from the course."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from imlcourse.book.kept import KeptTexts
from imlcourse.book.template import ROOT, About, Entry, OwnStep
from imlcourse.course.contents import PLANS, with_plans
from imlcourse.course.glossary import Term
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.result_codes import coded_tests
from imlcourse.course.session import plan_page
from imlcourse.document.reader import Document
from imlcourse.html.links import GUIDE
from imlcourse.html.sealed import practice_script, sealed_files
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.languages.asked import stemmer_script
from imlcourse.markup.inline import inline_html
from imlcourse.markup.roles import expand_roles
from imlcourse.markup.textfile import language_of
from imlcourse.notebooks.make import atlas_notebook, module_notebook, standalone_notebook
from imlcourse.pages import book_pages
from imlcourse.pages.course_tests import course_test_pages
from imlcourse.pages.instruments import law_boxes
from imlcourse.pages.sessions import session_page
from imlcourse.player.bundle import STORE_PAGE, page_scripts, player_style
from imlcourse.player.data import course_scripts

_TAG = re.compile(r"<[^>]+>")


def book_sources(
    course: Course, document: Document | None = None, kept: KeptTexts | None = None
) -> dict[str, str]:
    """Make every source file of the Jupyter Book.

    Parameters
    ----------
    course
        The course.
    document
        The document, where the user holds it.
    kept
        Whoever makes them again and again keeps one: only notebooks that change are made anew.

    Returns
    -------
    dict
        Text by path in the source folder: pages, notebooks, contents, scripts and styles.
    """
    kept = kept or KeptTexts()
    plans, shown = _plans(course, kept), _shown(course)
    pages = {**_pages(course, kept, plans, shown), **plans}
    if document:  # it stands in one of them
        pages.pop(GUIDE, None)
    sources = {f"{name}.md": text for name, text in book_pages(course, document, pages).items()}
    for folder, maker in (("modules", module_notebook), ("notebooks", standalone_notebook)):
        made = kept.make(folder, maker, course)
        for module_id, text in zip(course.modules, made, strict=True):
            sources[f"{folder}/{module_id}.ipynb"] = text
    # Those in `notebooks` are handed out; Jupyter Book makes no page of them.
    if course.library.atlas:
        sources["notebooks/case-atlas.ipynb"] = atlas_notebook(course)
    sources["_toc.yml"] = _toc(course)
    scripts = kept.make_of_program("scripts", page_scripts, course.about.language)
    for name, script in scripts.items():
        sources[f"_static/{name}"] = script
    sealed = kept.make_of_banks("sealed", sealed_files, course)
    codes = kept.make_of_banks("codes", _codes, course)["codes"]
    data = kept.make_of_banks(
        "data", lambda course: course_scripts(course, json.loads(codes)), course, shown
    )
    for name, script in {**data, **sealed}.items():
        sources[f"_static/{name}"] = script
    packs = kept.make("practice", lambda course, module: practice_script(course, module.id), course)
    for module_id, script in zip(course.modules, packs, strict=True):
        sources[f"_static/practice-{module_id}.js"] = script
    if stemmer := stemmer_script(course.about.language):
        sources["_static/stemmer.js"] = stemmer
    sources["_static/store.html"] = STORE_PAGE
    sources["_static/player.css"] = player_style(in_book=True)
    sources["course.json"] = json.dumps(_about(course), ensure_ascii=False, indent=1) + "\n"
    return sources


def _shown(course: Course) -> list[Any]:
    """Give what pages that are no module's show of the text of modules.

    Law boxes and facts since 2009 are listed on pages of their own, the minutes of steps stand on
    the cover and in My progress, and so does where an objective is practised.
    """
    return [
        *(
            [module_id, block.anchor, block.argument, block.text]
            for module_id, block in law_boxes(course)
        ),
        *(
            [module.id, block.argument]
            for module in course.modules.values()
            for block in module.page.of_kind("since")
        ),
        list(course.minutes_of_steps.items()),
        [(aim, [one.id for one in places]) for aim, places in course.practised_in.items()],
    ]


def _pages(
    course: Course, kept: KeptTexts, plans: Mapping[str, str], shown: list[Any]
) -> dict[str, str]:
    """Give the pages that show nothing of modules and plans but titles and what is `_shown`."""
    tests = kept.make_of_banks("tests", course_test_pages, course)

    def make(course: Course) -> dict[str, str]:
        made = book_pages(course, None, {**tests, **plans})
        return {name: page for name, page in made.items() if name not in (PLANS, *plans)}

    return kept.make_of_banks("pages", make, course, shown)


def _plans(course: Course, kept: KeptTexts) -> dict[str, str]:
    """Give the pages of session plans by name: each follows from its module and what all share."""
    made = kept.make(
        "plans", lambda course, one: session_page(course, one) if one.id in course.sessions else "",
        course,
    )  # fmt: skip
    plans = zip(map(plan_page, course.modules), made, strict=True)
    return {name: page for name, page in plans if page}


def _codes(course: Course) -> dict[str, str]:
    """Give what result codes hold of each test, as JSON."""
    return {"codes": json.dumps([test.data() for test in coded_tests(course)])}


_PLANS_IN_TOC = re.compile(rf"^( *)- file: [\"']?{PLANS}[\"']? *\n", re.MULTILINE)
_MADE_FROM = re.compile(r"^source:[^\n]*\n", re.MULTILINE)


def _toc(course: Course) -> str:
    """Give the contents; a translation's without the line that says what it was made from."""
    if course.slice:
        return _toc_of_slice(course)
    text = course.toc.path.read_text(encoding="utf-8")
    if language_of(course.toc.path):
        text = _MADE_FROM.sub("", text, count=1)
    plans = [plan_page(module_id) for module_id in course.sessions]

    def listed(found: re.Match[str]) -> str:
        space = found[1]
        under = "".join(f"{space}  - file: {plan}\n" for plan in plans)
        return f"{found[0]}{space}  sections:\n{under}" if plans else found[0]

    return _PLANS_IN_TOC.sub(listed, text, count=1)


def _toc_of_slice(course: Course) -> str:
    """Give the contents of a slice: as JSON, which is YAML too."""
    toc, plans = course.toc.value, [plan_page(module_id) for module_id in course.sessions]
    parts = [{**part, "chapters": with_plans(part["chapters"], plans)} for part in toc["parts"]]
    return json.dumps({**toc, "parts": parts}, ensure_ascii=False, indent=1) + "\n"


def _in_other_language(course: Course) -> dict[str, str]:
    """Give the pages that are in the course's own language still, with that language."""
    if not course.own_language:
        return {}
    own = course.own_language
    return {
        **{name: own for name, page in course.pages.items() if not page.language},
        **{f"modules/{m}": own for m, one in course.modules.items() if not one.page.language},
        **{plan_page(m): own for m, one in course.sessions.items() if not one.page.language},
        **{
            work: own
            for bank in course.banks.values()
            if not language_of(bank.file.path)
            for work in bank.worksheets
        },
    }


def _about(course: Course) -> About:
    """Give what the look shows on every page."""
    about = course.about
    plans = [plan_page(module_id) for module_id in course.sessions]
    page: About = {
        "id": about.id,
        "title": about.title,
        "subtitle": about.subtitle,
        "version": about.version,
        "date": Writer(course).date(about.date),
        "language": about.language,
        "licence": about.licence,
        "home": _title(course, ROOT),
        "contents": [
            {
                "caption": str(part["caption"]),
                "pages": _entries(course, with_plans(part["chapters"], plans)),
            }
            for part in course.toc.value["parts"]
        ],
        "terms": {term.id: _definition(course, term) for term in course.glossary.values()},
        "modules": {f"modules/{m}": m for m in course.modules},
        "labels": {
            f"modules/{m}": module_label(module, course.strings)
            for m, module in course.modules.items()
        },
        "parts": {
            **{f"modules/{m}": part_colour(module) for m, module in course.modules.items()},
            **{plan_page(m): part_colour(course.modules[m]) for m in course.sessions},
        },
        "part_names": {str(number): title for number, title in about.parts.items()},
        "steps": {
            f"modules/{module.id}": _steps(course, module) for module in course.modules.values()
        },
        "texts": dict(course.texts.texts) if course.texts else {},
    }
    if others := _in_other_language(course):
        page["in_other_language"] = others
    return page


def _steps(course: Course, module: Module) -> list[OwnStep]:
    """Give the steps of a module as its page lists them."""
    writer = Writer(course)
    return [
        {
            "id": step.id,
            "title": _without_links(course, writer.step_title(step)),
            "minutes": course.minutes_of_steps[step.id],
        }
        for step in module.steps
    ]


def _entries(course: Course, chapters: list[dict[str, Any]]) -> list[Entry]:
    """Give pages of the contents, with what the contents call them."""
    entries: list[Entry] = []
    for chapter in chapters:
        title = _title(course, chapter["file"])
        entries.append(
            {
                "page": chapter["file"],
                "title": title,
                "shown": escape(chapter["title"]) if chapter.get("title") else title,
                "under": _entries(course, chapter.get("sections", [])),
            }
        )
    return entries


_LINK = re.compile(r"</?a\b[^>]*>")


def _title(course: Course, page: str) -> str:
    """Give the title of any page as HTML without links."""
    writer = Writer(course)
    if page.startswith("modules/"):
        return inline_html(course.modules[page.removeprefix("modules/")].title)
    if page not in course.pages:
        return inline_html(writer.page_title(page))
    return _without_links(course, writer.page_title(page))


def _without_links(course: Course, title: str) -> str:
    """Give a title that is Markdown as HTML without links."""
    writer = Writer(course)
    words = expand_roles(title, lambda role: _TAG.sub("", writer.role(role)))
    return _LINK.sub("", _markdown().renderInline(words)).strip()


@lru_cache(1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _definition(course: Course, term: Term) -> str:
    """Give what a term means as plain text, for showing it beside the word."""
    return unescape(_TAG.sub("", Writer(course).inline(term.definition)))


def write_changed(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, touching only what differs, and remove what is no longer made.

    Parameters
    ----------
    folder
        The folder, which is made if need be.
    files
        Content by relative path.

    Returns
    -------
    list of str
        Paths of the files that were written or removed.
    """
    changed = []
    wanted = {folder / name: data for name, data in files.items()}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and path not in wanted:
            path.unlink()
            changed.append(path.relative_to(folder).as_posix())
    for path, data in wanted.items():
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        changed.append(path.relative_to(folder).as_posix())
    return changed
