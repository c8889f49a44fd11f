"""The written pages of the book: a title, no block that belongs in a module, whole job aids."""

from __future__ import annotations

import re

from imlcourse.checks.library import check_since
from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import near
from imlcourse.markup.directives import OF_PLANS, PICTURES, of_a_plan
from imlcourse.markup.page import MODULES_MARK, Block, Page
from imlcourse.markup.problems import Problems, repeated


def check_pages(sources: Sources) -> None:
    """Check every written page of the book.

    Parameters
    ----------
    sources
        What was read.
    """
    for page in sources.pages.values():
        for block in page.blocks:
            if block.kind in OF_PLANS:
                sources.problems.add(page.path, block.line, of_a_plan(block.kind))
            if block.kind in ("quiz", "item", "diagram", "case", "worksheet", "reading"):
                sources.problems.add(
                    page.path, block.line, f"{{{block.kind}}} belongs in a module; move it to one"
                )
        for block in page.of_kind("since"):
            check_since(page.path, block, sources)
        for block in page.of_kind("picture"):
            _picture(page, block, sources)
        if page.whole:
            _headings(page, sources.problems)
        _front(page, sources.problems)
        if page.name in PAGES_BY_NAME:
            sources.problems.add(
                page.path,
                0,
                f"the page {page.name} is made from data; give this one another name",
            )
        _marks(page, sources.problems)
        if page.name.startswith("aid-"):
            _aid(page, sources)


_HEAVIEST = 64_000  # bytes: a page carries its pictures


def _picture(page: Page, block: Block, sources: Sources) -> None:
    """Check that a picture is there, of a kind that browsers show, and light."""
    folder = sources.root / "book" / "images"
    path, kinds = folder / block.argument, " or ".join(sorted(PICTURES))
    there = [one.name for one in folder.glob("*") if one.suffix in PICTURES]
    if path.suffix.lower() not in PICTURES or path.parent != folder:
        what = f"“{block.argument}” is no {kinds} file of book/images; put it there"
    elif not path.is_file():
        what = f"no picture “{block.argument}” in book/images{near(block.argument, there)}"
    elif path.stat().st_size > _HEAVIEST:
        size, most = path.stat().st_size // 1000, _HEAVIEST // 1000
        what = f"“{block.argument}” has {size} KB; save it smaller, with {most} KB at most"
    else:
        return
    sources.problems.add(page.path, block.line, what)


_PAGE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARK = re.compile(r"<!--\s*iml:[^>]*-->")


def _front(page: Page, problems: Problems) -> None:
    """Check the name of a page, and what it says of itself."""
    if not _PAGE_NAME.fullmatch(page.name):
        problems.add(
            page.path,
            0,
            "the name of a page has small letters, digits and single hyphens; call it so",
        )
    value = page.front.value if page.front else {}
    if not isinstance(value, dict):
        problems.add(page.path, 1, "the front matter holds names with values: units: [A7]")
        return
    for name, given in value.items():
        if name == "units" and not isinstance(given, list):
            problems.add(
                page.path,
                page.front.line((name,)) if page.front else 1,
                "`units` must be a list, as in units: [A7, A9]",
            )
        elif name != "units":
            problems.add(
                page.path,
                page.front.line((name,)) if page.front else 1,
                f"“{name}” is not known here{near(name, ['units'])}; a page names its units alone",
            )


def _marks(page: Page, problems: Problems) -> None:
    """Check that a mark for the builder is one that it knows."""
    for number, line in enumerate(page.source.split("\n"), start=1):
        for mark in _MARK.findall(line):
            if mark != MODULES_MARK:
                problems.add(page.path, number, f"no mark {mark}; write {MODULES_MARK}")


def _headings(page: Page, problems: Problems) -> None:
    """Check that a page has one title, at its top, and no step left out below it."""
    headings = list(page.of_kind("heading"))
    if not headings or headings[0].level != 1:
        line = headings[0].line if headings else 1
        problems.add(page.path, line, "the page has no title; begin it with “# …”")
    for block in headings:
        if not block.text.strip():
            problems.add(page.path, block.line, "a heading without words; write them, or delete it")
    above = 1
    labels: dict[str, int] = {}
    for number, block in enumerate(headings):
        if number and block.level == 1:
            problems.add(
                page.path,
                block.line,
                f"a second title, “{block.text}” (the first is in line {headings[0].line}); "
                "write ## for a section",
            )
        elif block.level > above + 1:
            problems.add(
                page.path,
                block.line,
                f"a heading of level {block.level} below one of level {above}; write "
                f"{'#' * (above + 1)}",
            )
        above = block.level
        if block.label in labels:
            problems.add(
                page.path,
                block.line,
                repeated(
                    f"the label ({block.label})=",
                    "give this heading its own",
                    line=labels[block.label],
                ),
            )
        if block.label:
            labels.setdefault(block.label, block.line)


def _aid(page: Page, sources: Sources) -> None:
    """Check that a job aid names and cites its units, and says what it does not do."""
    if page.front is None and (page.source.startswith("---") or not page.whole):
        return  # its front matter cannot be read, which is reported
    value = page.front.value if page.front else None
    units = value.get("units") if isinstance(value, dict) else None
    if isinstance(value, dict) and "units" in value and not isinstance(units, list):
        units = []  # reported above
    elif not page.front or not isinstance(units, list) or not units:
        sources.problems.add(
            page.path, 1, "a job aid names its units; begin the file with ---, units: [A7], ---"
        )
        units = []
    cited = page.cited
    for number, unit in enumerate(map(str, units)):
        line = page.front.line(("units", number)) if page.front else 1
        if unit not in sources.edition.unit_ids:
            sources.problems.add(page.path, line, sources.edition.unknown_unit(unit))
        elif list(map(str, units)).index(unit) != number:
            sources.problems.add(page.path, line, repeated(f"unit {unit}"))
        elif unit not in cited:
            sources.problems.add(
                page.path,
                line,
                f"unit {unit} is named here and not cited in the text; cite it with "
                f"{{para}}`{unit}`, or take it out of the units",
            )
    if page.whole and not any(block.kind == "limits" for block in page.blocks):
        sources.problems.add(
            page.path, 1, "a job aid says what it does not do; add a block :::{limits} … :::"
        )
