"""Help at the counter: where situations lead, and fields of an office on pages and in modules."""

from __future__ import annotations

from pathlib import Path

from imlcourse.course.known import within
from imlcourse.course.names import Answer
from imlcourse.course.reference.situations import Situation
from imlcourse.course.sources import Sources
from imlcourse.items.shared import module_of
from imlcourse.markup.page import Block, Page
from imlcourse.markup.problems import repeated
from imlcourse.markup.yamlfile import Place

_IN_A_MODULE = 1
"""How many fields of an office a module shows: it teaches what holds everywhere."""


def check_counter(sources: Sources) -> None:
    """Check what situations name, and the blocks in which an office fills in its own.

    Parameters
    ----------
    sources
        What was read.
    """
    part = sources.library.situations
    for at, one in enumerate(part.situations if part else ()):
        _situation(one, ("situations", at), sources)
    for page in sources.pages.values():
        for block in page.of_kind("office"):
            _fields(page, block, sources)
    for module in sources.modules.values():
        blocks = list(module.page.of_kind("office"))
        for block in blocks:
            _fields(module.page, block, sources)
        if sum(len(fields_of(block)) for block in blocks) > _IN_A_MODULE:
            sources.problems.add(
                module.page.path,
                blocks[-1].line,
                "more than one field of the office in a module; keep the one that matters most",
            )
    _unused(sources)


def fields_of(block: Block) -> list[str]:
    """Give the ids of the fields that a block shows."""
    return block.argument.split()


def _fields(page: Page, block: Block, sources: Sources) -> None:
    """Check the fields that a block names."""
    names = fields_of(block)
    for n, name in enumerate(names):
        if name in names[:n]:
            sources.problems.add(page.path, block.line, repeated(f"the field {name}"))
        _refer(sources, "office field", name, page.path, block.line, "field in book/office.yml")


def _situation(one: Situation, place: Place, sources: Sources) -> None:
    file = sources.library.files["situations"]

    def refer(at: Place, kind: str, name: str, called: str) -> Answer:
        return _refer(sources, kind, name, file.path, file.line((*place, *at)), called)

    for kind in ("call", "rules"):
        for n, name in enumerate(getattr(one, kind)):
            refer((kind, n), "office field", name, "field in book/office.yml")
    if one.aid:
        there = refer(("aid",), "written page", one.aid, "job aid")
        if there is Answer.YES and not one.aid.startswith("aid-"):
            sources.problems.add(
                file.path,
                file.line((*place, "aid")),
                f"the page {one.aid} is no job aid; name one that begins with aid-",
            )
    for n, beside in enumerate(one.law):
        called = "instrument in book/instruments.yml"
        if refer(("law", n, "instrument"), "instrument", beside.instrument, called) is Answer.YES:
            refer(
                ("law", n, "article"),
                "article",
                f"{beside.instrument} {beside.article.casefold()}",
                "article in book/instruments.yml",
            )
    module = module_of(one.lesson)
    if refer(("lesson",), "module", module, "module") is Answer.YES:
        refer(("lesson",), within("section", module), one.lesson, "section")


def _refer(sources: Sources, kind: str, name: str, path: Path, line: int, called: str) -> Answer:
    return sources.names.report_missing(kind, name, path, line, f"no {called} “{name}”")


def _unused(sources: Sources) -> None:
    """Report the fields that an office would fill in for nothing."""
    office, part = sources.library.office, sources.library.situations
    if office is None or (part is None and "situations" in sources.library.files):
        return
    used = {name for one in (part.situations if part else ()) for name in (*one.call, *one.rules)}
    for page in sources.every_page:
        used.update(name for block in page.of_kind("office") for name in fields_of(block))
        if not page.whole:
            return
    file = sources.library.files["office"]
    for name in sources.names.unused("office field", used):
        at = next(n for n, one in enumerate(office.fields) if one.id == name)
        sources.problems.add(
            file.path,
            file.line(("fields", at, "id")),
            f"the field {name} is shown nowhere; name it in a situation or with :::{{office}}, or "
            "delete it",
        )
