"""What has to be true of the course as a whole: each check reads the sources and reports.

What one file can show by itself is reported by whoever reads that file.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from imlcourse.bank import Bank, Cell, CourseTests
from imlcourse.course import Sources
from imlcourse.cues import (
    MOST_GAIN,
    guesses,
    only_wrong_absolute,
    pointed_at,
    stands_out,
    too_good,
)
from imlcourse.document import UNIT_IDS
from imlcourse.index import STRETCH
from imlcourse.items import Item, Order, Scenario, Single, places
from imlcourse.items.base import MOST_WORDS, wording
from imlcourse.markdown import Block, Page, Role, parse_page
from imlcourse.module import Module
from imlcourse.problems import Problems, near
from imlcourse.reference import unknown_unit
from imlcourse.strings import Strings, load_strings
from imlcourse.words import words
from imlcourse.worksheet import Worksheet
from imlcourse.yamlfile import Place, YamlFile

SUBSTANTIAL_FOOTNOTES = ("fn4", "fn6", "fn8", "fn12", "fn13", "fn14", "fn15")
"""Footnotes that say something of their own, and so are assessed."""


def check_sources(sources: Sources) -> None:
    """Check everything that involves more than one file, reporting through the sources.

    Parameters
    ----------
    sources
        What was read.
    """
    for check in (
        _toc,
        _pages,
        _modules,
        _roles,
        _links,
        _glossary,
        _library,
        _banks,
        _items,
        _evidence,
        _placed,
        _tests,
        _roles_named,
        _objectives,
        _coverage,
        _bank_balance,
        _same_questions,
    ):
        check(sources)


# --- pages and modules ----------------------------------------------------------------------


def _toc(sources: Sources) -> None:
    toc = sources.toc
    if toc is None:
        return
    known = {*sources.pages, *sources.generated, *(f"modules/{m}" for m in sources.modules)}
    listed: dict[str, int] = {}
    for name, line in _toc_files(toc.value, (), toc.line):
        if name not in known:
            sources.problems.add(
                toc.path,
                line,
                f"no page “{name}”{near(name, known)}; write it, or take it out of the contents",
            )
        if name in listed:
            sources.problems.add(
                toc.path,
                line,
                f"“{name}” is listed a second time (first in line {listed[name]}); keep one",
            )
        listed[name] = line
    for name in sorted(known - set(listed)):
        if name.startswith("modules/"):
            path = sources.modules[name.removeprefix("modules/")].path
        elif name in sources.pages:
            path = sources.pages[name].path
        else:
            path = toc.path
        sources.problems.add(
            path,
            1,
            f"the page {name} is not in the contents; add “- file: {name}” to book/_toc.yml",
        )


def _toc_files(value: Any, place: tuple[str | int, ...], line: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("file", "root") and isinstance(inner, str):
                yield inner, line((*place, key))
            else:
                yield from _toc_files(inner, (*place, key), line)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _toc_files(inner, (*place, number), line)


def _pages(sources: Sources) -> None:
    for page in sources.pages.values():
        for block in page.blocks:
            if block.kind in ("quiz", "item", "diagram", "case", "worksheet", "reading"):
                sources.problems.add(
                    page.path, block.line, f"{{{block.kind}}} belongs in a module; move it to one"
                )
        for block in page.of_kind("since"):
            _since(page.path, block, sources)
        if not any(block.kind == "heading" and block.level == 1 for block in page.blocks):
            sources.problems.add(page.path, 1, "the page has no title; begin it with “# …”")
        if page.path.name.startswith("aid-"):
            _aid(page, sources.problems)


def _aid(page: Page, problems: Problems) -> None:
    """Check that a job aid names and cites its units, and says what it does not do."""
    value = page.front.value if page.front else None
    units = value.get("units") if isinstance(value, dict) else None
    if not page.front or not isinstance(units, list) or not units:
        problems.add(
            page.path, 1, "a job aid names its units; begin the file with ---, units: [A7], ---"
        )
        units = []
    cited = {role.target for role in page.roles if role.name in ("para", "quote")}
    for number, unit in enumerate(map(str, units)):
        assert page.front is not None
        line = page.front.line(("units", number))
        if unit not in UNIT_IDS:
            problems.add(page.path, line, unknown_unit(unit))
        elif unit not in cited:
            problems.add(
                page.path,
                line,
                f"unit {unit} is named here and not cited in the text; cite it with "
                f"{{para}}`{unit}`, or take it out of the units",
            )
    if not any(block.kind == "limits" for block in page.blocks):
        problems.add(
            page.path, 1, "a job aid says what it does not do; add a block :::{limits} … :::"
        )


def _modules(sources: Sources) -> None:
    problems = sources.problems
    for module in sources.modules.values():
        front = module.page.front
        assert front is not None
        if sources.about and str(module.front.part) not in sources.about.parts:
            problems.add(
                module.path,
                front.line(("part",)),
                f"no part {module.front.part} in book/course.yml; write one of "
                f"{', '.join(sources.about.parts)}",
            )
        for number, unit_id in enumerate(module.front.units):
            if unit_id not in UNIT_IDS:
                problems.add(module.path, front.line(("units", number)), unknown_unit(unit_id))
        seen: set[str] = set()
        for number, objective in enumerate(module.front.objectives):
            line = front.line(("objectives", number, "id"))
            if objective.id in seen:
                problems.add(
                    module.path,
                    line,
                    f"the id {objective.id} stands here a second time; give this objective its own",
                )
            if not objective.id.startswith(f"{module.id}-"):
                problems.add(
                    module.path,
                    line,
                    f"the objective {objective.id} is not named "
                    f"after its module; write {module.id}-o{number + 1}",
                )
            seen.add(objective.id)
        _taught(module, problems)
        for block in module.page.of_kind("diagram"):
            _diagram(module, block, problems)
        for block in module.page.of_kind("case"):
            _case(module, block, problems)
        for block in module.page.of_kind("since"):
            _since(module.path, block, sources)
        if module.id not in sources.banks:
            bank = sources.root / "quizzes" / f"{module.id}.yml"
            problems.add(bank, 0, f"the module {module.id} has no item bank; write this file")


def _taught(module: Module, problems: Problems) -> None:
    cited = {role.target for role in module.page.roles if role.name in ("para", "quote")}
    for block in module.page.of_kind("case"):
        cited.update(_listed(block.argument))
    front = module.page.front
    assert front is not None
    for number, unit_id in enumerate(module.front.units):
        if unit_id in UNIT_IDS and unit_id not in cited:
            problems.add(
                module.path,
                front.line(("units", number)),
                f"unit {unit_id} is named here and never taught; cite it in the text with "
                f"{{para}}`{unit_id}`, or take it out of the units",
            )


def _listed(argument: str) -> list[str]:
    return [part.strip() for part in argument.split(",") if part.strip()]


def _diagram(module: Module, block: Block, problems: Problems) -> None:
    path = module.path.parent / block.argument
    folder = module.path.parent
    if not block.argument:
        return
    if not path.resolve().is_relative_to(folder.resolve()) or path.suffix.lower() != ".svg":
        problems.add(
            module.path,
            block.line,
            f"“{block.argument}” is no SVG file in the module's folder; put it there",
        )
    elif not path.is_file():
        there = [p.name for p in folder.glob("*.svg")]
        problems.add(
            module.path,
            block.line,
            f"no file {block.argument} beside the module{near(block.argument, there)}",
        )
    else:
        _drawing(path, problems)


def _drawing(path: Path, problems: Problems) -> None:
    from xml.etree import ElementTree

    try:
        text = path.read_text(encoding="utf-8")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            problems.add(path, 1, "a document type stands in the drawing; delete it")
            return
        root = ElementTree.fromstring(text)
    except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
        line = getattr(error, "position", (1, 0))[0]
        problems.add(path, line, f"not SVG that can be read ({error}); export it again")
        return
    if not root.tag.endswith("svg") or "viewBox" not in root.attrib:
        problems.add(path, 1, "the drawing has no viewBox, so that it cannot fit a phone; add one")
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].casefold()
        if name in ("script", "foreignobject", "image") or any(
            key.rpartition("}")[2].casefold().startswith("on")
            or (key.rpartition("}")[2] == "href" and not value.startswith("#"))
            for key, value in element.attrib.items()
        ):
            problems.add(
                path,
                1,
                f"the drawing holds <{name}> with a script or an outside file; "
                "draw with shapes and text alone",
            )


def _case(module: Module, block: Block, problems: Problems) -> None:
    for unit_id in _listed(block.argument):
        if unit_id not in UNIT_IDS:
            problems.add(module.path, block.line, unknown_unit(unit_id))


def _since(path: Path, block: Block, sources: Sources) -> None:
    facts = sources.library.facts
    file = sources.library.files.get("since")
    named = re.findall(r"^  - id: *(\S+)", file.path.read_text("utf-8"), re.M) if file else []
    if block.argument and block.argument not in {*facts, *named}:
        sources.problems.add(
            path,
            block.line,
            f"no fact “{block.argument}” in book/since.yml{near(block.argument, facts)}; "
            "write it there, with its source",
        )


def _library(sources: Sources) -> None:
    """Check what the reference parts rest on: units, quotations, roles in their texts."""
    problems = sources.problems
    for file, unit_id, place in sources.library.units():
        if unit_id not in UNIT_IDS:
            problems.add(file.path, file.line(place), unknown_unit(unit_id))
    for file, quotation in sources.library.quotations():
        if quotation.unit in UNIT_IDS:
            check_quotation(
                sources, quotation.unit, quotation.words, file.path, file.line(quotation.place)
            )
    since = sources.library.files.get("since")
    placed = {block.argument for page in _all_pages(sources) for block in page.of_kind("since")}
    for number, fact in enumerate(sources.library.facts.values()):
        assert since is not None
        line = since.line(("facts", number, "text"))
        _text_of_data(sources, since.path, line, fact.text)
        if fact.id not in placed:
            problems.add(
                since.path,
                since.line(("facts", number, "id")),
                f"the fact {fact.id} is told in no module; place it with :::{{since}} {fact.id}",
            )
    treaties = sources.library.instruments
    for number, instrument in enumerate(treaties.instruments if treaties else ()):
        file = sources.library.files["instruments"]
        line = file.line(("instruments", number, "about"))
        _text_of_data(sources, file.path, line, instrument.about)
    atlas = sources.library.atlas
    if atlas and sources.about and sources.about.coverage == "whole":
        listed = {activity.unit for activity in atlas.activities}
        for unit_id in UNIT_IDS:
            if re.fullmatch("A[0-9]+", unit_id) and unit_id not in {*listed, "A1"}:
                file = sources.library.files["atlas"]
                problems.add(
                    file.path,
                    file.line(("activities",)),
                    f"the activity of {unit_id} is not here; write it",
                )


def _text_of_data(sources: Sources, path: Path, line: int, text: str) -> None:
    """Check the roles in a text of a data file, and that it holds no directive."""
    found = Problems(sources.root)
    page = parse_page(path, text, found)
    for problem in found.sorted():
        sources.problems.add(path, line, problem.what)
    for role in page.roles:
        _role(Role(role.name, role.text, role.target, line), path, sources)


def _roles(sources: Sources) -> None:
    for page in _all_pages(sources):
        for role in page.roles:
            _role(role, page.path, sources)


def _all_pages(sources: Sources) -> Iterator[Page]:
    yield from sources.pages.values()
    for module in sources.modules.values():
        yield module.page


def _role(role: Role, path: Path, sources: Sources) -> None:
    problems = sources.problems
    known: Iterable[str]
    if role.name in ("para", "quote"):
        if not role.target and role.name == "quote":
            problems.add(
                path, role.line, "a quotation without its unit; write {quote}`the words <8>`"
            )
        elif role.target not in UNIT_IDS:
            problems.add(path, role.line, unknown_unit(role.target))
        elif role.name == "quote":
            check_quotation(sources, role.target, role.text, path, role.line)
        return
    if role.name == "term":
        target, known, kind = term_id(role.target), sources.glossary, "term in book/glossary.yml"
    elif role.name == "instrument":
        target, known = role.target, sources.library.instrument_ids()
        kind = "instrument in book/instruments.yml"
    elif role.name == "module":
        target, known, kind = role.target, sources.modules, "module"
    else:
        target, known, kind = role.target, {*sources.pages, *sources.generated}, "page"
    if target not in known:
        problems.add(path, role.line, f"no {kind} “{target}”{near(target, known)}")


def term_id(words_of_it: str) -> str:
    """Give the id of a glossary term from its words: “De facto protection” is de-facto-protection.

    Parameters
    ----------
    words_of_it
        The term as written, or its id.

    Returns
    -------
    str
        The id.
    """
    return "-".join(words(words_of_it)).replace("'", "")


def _links(sources: Sources) -> None:
    pages = {*sources.pages, *sources.generated}
    for page in _all_pages(sources):
        labels = {block.label for block in page.blocks if block.label}
        in_module = page.path.name == "module.md"
        for link in page.links:
            target = link.target
            if re.match(r"(https?|mailto):", target) and not link.image:
                continue
            if link.image:
                sources.problems.add(
                    page.path,
                    link.line,
                    f"an image ({target}); use "
                    ":::{diagram} with an SVG file, which has a description",
                )
            elif target.startswith("#"):
                if target[1:] not in labels:
                    sources.problems.add(
                        page.path,
                        link.line,
                        f"a broken link: no label ({target[1:]})= on this page"
                        f"{near(target[1:], labels)}",
                    )
            elif in_module:
                sources.problems.add(
                    page.path,
                    link.line,
                    f"a link to “{target}”; write "
                    "{page}`name`, {module}`m06` or {para}`8` instead",
                )
            else:
                name = target.partition("#")[0].removesuffix(".md")
                if name not in pages:
                    sources.problems.add(
                        page.path,
                        link.line,
                        f"a broken link: no page “{target}”{near(name, pages)}",
                    )


def _glossary(sources: Sources) -> None:
    path = sources.root / "book" / "glossary.yml"
    for term in sources.glossary.values():
        _text_of_data(sources, path, sources.glossary_lines[term.id], term.definition)


# --- quotations -----------------------------------------------------------------------------


def check_quotation(sources: Sources, unit_id: str, quotation: str, path: Path, line: int) -> None:
    """Check a quotation against the document's index and report where it departs.

    Parameters
    ----------
    sources
        What was read, with the index.
    unit_id
        A unit that exists.
    quotation
        The words quoted.
    path, line
        Where it stands.
    """
    if sources.index is None:
        return
    quoted = words(quotation)
    report = sources.problems.add
    if not STRETCH <= len(quoted) <= MOST_WORDS:
        report(
            path,
            line,
            f"the quotation has {len(quoted)} words; quote {STRETCH} to "
            f"{MOST_WORDS} of them, so that it can be checked and stays short",
        )
        return
    verdict = sources.index.check(unit_id, quotation)
    if verdict.found:
        return
    what = f"the quotation does not stand in unit {unit_id}: "
    if verdict.elsewhere:
        what += f"it stands in {', '.join(verdict.elsewhere)}; cite that unit"
    else:
        departs = verdict.departs or range(STRETCH)
        if sources.document:
            departs = _departure(quoted, words(sources.document.units[unit_id].text))
        at = departs.start
        before = " ".join(quoted[max(0, at - 3) : at])
        what += (
            f"it departs {'at' if len(departs) == 1 else 'within'} "
            f"“{' '.join(quoted[at : departs.stop])}”"
            + (f", after “{before}”" if before else "")
            + "; restore the words of the document"
        )
    report(path, line, what)


def _departure(quoted: list[str], text: list[str]) -> range:
    """Find the first word that departs, with the text at hand."""
    longest = 0
    for at in range(len(text)):
        same = 0
        while same < len(quoted) and at + same < len(text) and quoted[same] == text[at + same]:
            same += 1
        longest = max(longest, same)
    return range(longest, longest + 1)


def _evidence(sources: Sources) -> None:
    for bank in sources.banks.values():
        resting: list[Item | Worksheet] = [*bank.items.values(), *bank.worksheets.values()]
        for item in resting:
            for place, evidence in item.quotations():
                if evidence.unit not in UNIT_IDS:
                    sources.problems.add(
                        bank.file.path,
                        bank.line(item.id, (*place, "unit")),
                        unknown_unit(evidence.unit),
                    )
                elif STRETCH <= len(words(evidence.quote)) <= MOST_WORDS:
                    # Its length is among the item's own flaws.
                    check_quotation(
                        sources,
                        evidence.unit,
                        evidence.quote,
                        bank.file.path,
                        bank.line(item.id, (*place, "quote")),
                    )
        for work in bank.worksheets.values():
            for number, part in enumerate(work.fields):
                line = bank.line(work.id, ("fields", number, "model"))
                _text_of_data(sources, bank.file.path, line, part.model)


# --- items ----------------------------------------------------------------------------------


def _banks(sources: Sources) -> None:
    owners: dict[str, str] = {}
    for name, bank in sources.banks.items():
        # A module whose front matter has problems is no reason to doubt its bank.
        folders = (sources.root / "modules").glob(f"{bank.module}-*")
        if bank.module not in sources.modules and not any(folders):
            sources.problems.add(
                bank.file.path,
                bank.file.line(("module",)),
                f"no module {bank.module}{near(bank.module, sources.modules)}",
            )
        for id_ in bank.places:
            if not id_.startswith(f"{bank.module}-"):
                sources.problems.add(
                    bank.file.path,
                    bank.line(id_, ("id",)),
                    f"the id {id_} is not named after its module; begin it with {bank.module}-",
                )
            if owners.setdefault(id_, name) != name:
                sources.problems.add(
                    bank.file.path,
                    bank.line(id_, ("id",)),
                    f"the id {id_} stands in quizzes/{owners[id_]}.yml too; give this one its own",
                )


def _items(sources: Sources) -> None:
    for bank in sources.banks.values():
        for item in bank.items.values():
            for flaw in item.problems():
                sources.problems.add(bank.file.path, bank.line(item.id, flaw.path), flaw.message)


def _placed(sources: Sources) -> None:
    """Every item is asked somewhere, and everything that is placed exists."""
    for bank in sources.banks.values():
        path = bank.file.path
        asked = Counter(item_id for quiz in bank.quizzes.values() for item_id in quiz.items)
        asked.update(_held(sources))
        failed = _failed_ids(bank.file.value, "items") - set(bank.items)
        for quiz in bank.quizzes.values():
            for number, item_id in enumerate(quiz.items):
                line = bank.line(quiz.id, ("items", number))
                if item_id not in bank.items and item_id not in failed:
                    sources.problems.add(
                        path, line, f"no item {item_id}{near(item_id, bank.items)}"
                    )
                if quiz.items.index(item_id) != number:
                    sources.problems.add(
                        path, line, f"{item_id} is asked twice in {quiz.id}; keep one"
                    )
        module = sources.modules.get(bank.module)
        placed_items: set[str] = set()
        placed_quizzes: set[str] = set()
        for block in module.page.blocks if module else ():
            if block.kind == "item":
                placed_items.add(block.argument)
            elif block.kind == "quiz":
                placed_quizzes.add(block.argument)
        if module is None:
            continue
        _known(module, "item", set(bank.items) | failed, sources.problems)
        _known(
            module,
            "quiz",
            set(bank.quizzes) | _failed_ids(bank.file.value, "quizzes"),
            sources.problems,
        )
        _known(module, "reading", set(sources.pages), sources.problems)
        placed_work = {block.argument for block in module.placed("worksheet")}
        written = set(bank.worksheets) | _failed_ids(bank.file.value, "worksheets")
        _known(module, "worksheet", written, sources.problems)
        for work_id in bank.worksheets:
            if sources.generated.count(work_id) > 1 or work_id in sources.pages:
                sources.problems.add(
                    path,
                    bank.line(work_id),
                    f"a page is called {work_id} already; give the worksheet another id",
                )
            if work_id not in placed_work:
                sources.problems.add(
                    path,
                    bank.line(work_id),
                    f"the worksheet {work_id} is nowhere in the module; "
                    f"place it with :::{{worksheet}} {work_id}",
                )
        for item_id in bank.items:
            if item_id not in asked and item_id not in placed_items:
                sources.problems.add(
                    path, bank.line(item_id), f"the item {item_id} is in no quiz; add it to one"
                )
        for quiz_id in bank.quizzes:
            if quiz_id not in placed_quizzes:
                sources.problems.add(
                    path,
                    bank.line(quiz_id),
                    f"the quiz {quiz_id} is nowhere in the module; "
                    f"place it with :::{{quiz}} {quiz_id}",
                )


def _held(sources: Sources) -> list[str]:
    """Give the items that are kept for the pre-test and the post-test."""
    held = sources.tests.before_after.items if sources.tests else []
    return list(held) if isinstance(held, list) else []


def _tests(sources: Sources) -> None:
    """Check that tests can be drawn, from items that are asked nowhere else."""
    report = sources.problems.add
    told: dict[str, str] = {}
    for bank in sources.banks.values():
        for quiz in bank.quizzes.values():
            if quiz.mode == "practice":
                told.update(dict.fromkeys(quiz.items, quiz.id))
        module = sources.modules.get(bank.module)
        for block in module.page.of_kind("item") if module else ():
            told.setdefault(block.argument, f"{bank.module} by itself")
    for bank in sources.banks.values():
        tests = [quiz for quiz in bank.quizzes.values() if quiz.mode == "test"]
        for quiz in bank.quizzes.values():
            line = bank.line(quiz.id)
            if quiz.mode == "practice" and quiz.blueprint:
                report(
                    bank.file.path,
                    bank.line(quiz.id, ("blueprint",)),
                    f"{quiz.id} has a blueprint and is for practice; write `mode: test`, or "
                    "delete the blueprint",
                )
            if quiz.mode == "test":
                place = bank.places[quiz.id]
                if not quiz.blueprint:
                    report(bank.file.path, line, f"{quiz.id} has no `blueprint`; write one")
                pool = [bank.items[i] for i in quiz.items if i in bank.items]
                _drawable(sources, bank.file, place, pool, quiz.blueprint, 1)
                _only_asked_in_tests(sources, bank.file, (*place, "items"), quiz.items, told)
        if bank.module in sources.modules and len(tests) != 1:
            report(
                bank.file.path,
                bank.file.line(("quizzes",)),
                f"{len(tests)} quizzes have `mode: test`; write one, the module quiz",
            )
    if sources.tests and sources.tests_file:
        _course_tests(sources, sources.tests, sources.tests_file, told)


def _course_tests(
    sources: Sources, tests: CourseTests, file: YamlFile, told: dict[str, str]
) -> None:
    by_id = {item.id: item for bank in sources.banks.values() for item in bank.items.values()}
    failed = {
        i for bank in sources.banks.values() for i in _failed_ids(bank.file.value, "items")
    } - set(by_id)
    quizzed = {
        item_id: quiz.id
        for bank in sources.banks.values()
        for quiz in bank.quizzes.values()
        if quiz.mode == "test"
        for item_id in quiz.items
    }
    for name, draw, times in (("before_after", tests.before_after, 2), ("final", tests.final, 1)):
        ids = draw.items if isinstance(draw.items, list) else list(quizzed)
        if isinstance(draw.items, list):
            for number, item_id in enumerate(draw.items):
                line = file.line((name, "items", number))
                if item_id not in by_id and item_id not in failed:
                    sources.problems.add(
                        file.path, line, f"no item {item_id}{near(item_id, by_id)}"
                    )
                elif draw.items.index(item_id) != number:
                    sources.problems.add(file.path, line, f"{item_id} stands here twice; keep one")
                elif name == "before_after" and item_id in quizzed:
                    sources.problems.add(
                        file.path,
                        line,
                        f"{item_id} is drawn in {quizzed[item_id]} too; keep it for one of them",
                    )
            _only_asked_in_tests(sources, file, (name, "items"), draw.items, told)
        elif name == "before_after":
            sources.problems.add(
                file.path,
                file.line((name, "items")),
                "the pre-test and the post-test need items of their own; write a list of ids",
            )
        pool = [by_id[i] for i in ids if i in by_id]
        _drawable(sources, file, (name,), pool, draw.blueprint, times)


def _only_asked_in_tests(
    sources: Sources, file: YamlFile, place: Place, ids: list[str], told: dict[str, str]
) -> None:
    items = {item.id: item for bank in sources.banks.values() for item in bank.items.values()}
    for number, item_id in enumerate(ids):
        line = file.line((*place, number))
        if item_id in told:
            sources.problems.add(
                file.path,
                line,
                f"{item_id} is asked for practice in {told[item_id]}, where its answer is told; "
                "take it out of one of the two",
            )
        if item_id in items and not items[item_id].testable:
            sources.problems.add(
                file.path,
                line,
                f"{item_id} is a {items[item_id].type}, which tells what is right as it goes; "
                "ask it for practice",
            )


def _drawable(
    sources: Sources,
    file: YamlFile,
    place: Place,
    pool: list[Item],
    blueprint: list[Cell],
    times: int,
) -> None:
    """Draw as the player does: the lines that name most first, no item twice."""
    left = {item.id: item for item in pool}
    known = {item.objective for item in pool} | {item.objective.split("-")[0] for item in pool}
    order = sorted(range(len(blueprint)), key=lambda i: -blueprint[i].named)
    for index in order:
        cell = blueprint[index]
        fitting = [item_id for item_id, item in left.items() if cell.fits(item)]
        wanted = cell.items * times
        line = file.line((*place, "blueprint", index))
        if len(fitting) < wanted:
            name = cell.objective or cell.module or ""
            hint = near(name, known) if name and name not in known else ""
            both = " for both tests" if times > 1 else ""
            sources.problems.add(
                file.path,
                line,
                f"the blueprint asks for {wanted} items of {cell}{both}, and {len(fitting)} are "
                f"left to draw from{hint}; write more of them, or ask for fewer",
            )
        for item_id in fitting[:wanted]:
            del left[item_id]


def _roles_named(sources: Sources) -> None:
    """Check that scenarios name roles of the course."""
    if sources.about is None:
        return
    known = sources.about.roles
    for bank in sources.banks.values():
        for item in bank.items.values():
            if not isinstance(item, Scenario):
                continue
            named: list[tuple[Place, str]] = [
                (("roles", number), role) for number, role in enumerate(item.roles)
            ]
            for index, step in enumerate(item.steps):
                named += [(("steps", index, "variants", role), role) for role in step.variants]
            for place, role in named:
                if role not in known:
                    sources.problems.add(
                        bank.file.path,
                        bank.line(item.id, place),
                        f"no role {role} in book/course.yml{near(role, known)}",
                    )


def _failed_ids(value: Any, name: str) -> set[str]:
    """Ids of entries that could not be read, so that naming them is not an error of its own."""
    return {
        str(entry["id"])
        for entry in value.get(name, [])
        if isinstance(entry, dict) and "id" in entry
    }


def _known(module: Module, kind: str, known: set[str], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for block in module.placed(kind):
        if block.argument and block.argument not in known:
            problems.add(
                module.path, block.line, f"no {kind} {block.argument}{near(block.argument, known)}"
            )
        if block.argument in seen:
            problems.add(
                module.path,
                block.line,
                f"the {kind} {block.argument} is placed a "
                f"second time (first in line {seen[block.argument]}); keep one",
            )
        seen.setdefault(block.argument, block.line)


_ENOUGH_SINGLES = 60
_ENOUGH_JUDGED = 40
"""With fewer items, luck alone may pass the limit over the whole bank."""
_ABOVE_RECALL = ("understand", "apply", "analyse")


def _objectives(sources: Sources) -> None:
    for module in sources.modules.values():
        bank = sources.banks.get(module.id)
        front = module.page.front
        if bank is None or front is None:
            continue
        by_objective: dict[str, list[Item]] = defaultdict(list)
        known = [objective.id for objective in module.front.objectives]
        for item in bank.items.values():
            by_objective[item.objective].append(item)
            if item.objective not in known:
                sources.problems.add(
                    bank.file.path,
                    bank.line(item.id, ("objective",)),
                    f"no objective {item.objective} in {module.id}{near(item.objective, known)}",
                )
        for number, objective in enumerate(known):
            line = front.line(("objectives", number))
            items = by_objective[objective]
            if len(items) < 2:
                sources.problems.add(
                    module.path,
                    line,
                    f"the objective {objective} is assessed by {len(items)} "
                    f"items; write at least 2 in quizzes/{module.id}.yml",
                )
            elif not any(item.level in _ABOVE_RECALL for item in items):
                sources.problems.add(
                    module.path,
                    line,
                    f"the objective {objective} is assessed by recall alone; "
                    "write an item above recall",
                )


def _coverage(sources: Sources) -> None:
    """Every unit that is taught is also assessed, as the curriculum asks."""
    items_of: Counter[str] = Counter()
    for bank in sources.banks.values():
        for item in bank.items.values():
            items_of.update({evidence.unit for _, evidence in item.quotations()})
    taught: dict[str, Module] = {}
    for module in sources.modules.values():
        for unit_id in module.front.units:
            taught.setdefault(unit_id, module)
    for unit_id in UNIT_IDS:
        wanted = _wanted_items(unit_id)
        if unit_id in taught and items_of[unit_id] < wanted:
            module = taught[unit_id]
            front = module.page.front
            assert front is not None
            sources.problems.add(
                module.path,
                front.line(("units", module.front.units.index(unit_id))),
                f"unit {unit_id} is the evidence of {items_of[unit_id]} items; "
                f"write at least {wanted}",
            )
        if sources.about and sources.about.coverage == "whole" and unit_id not in taught:
            sources.problems.add(
                sources.root / "modules",
                0,
                f"unit {unit_id} is taught by no module; teach it in one",
            )


def _wanted_items(unit_id: str) -> int:
    if "fn" in unit_id:
        return 1 if unit_id in SUBSTANTIAL_FOOTNOTES else 0
    return 2 if unit_id.startswith("A") else 3


def _bank_balance(sources: Sources) -> None:
    """Over a bank, nothing but knowledge helps: neither length nor an easy level."""
    shown: dict[str, Order] = {}
    for bank in sources.banks.values():
        items = list(bank.items.values())
        if len(items) < 4:
            continue
        path = bank.file.path
        recall = sum(item.level == "recall" for item in items)
        if recall * 2 > len(items):
            sources.problems.add(
                path,
                bank.file.line(("items",)),
                f"{recall} of {len(items)} items ask for recall; at least half are to be above it",
            )
        negative = [item for item in items if item.negative]
        if len(negative) > math.ceil(len(items) / 20):
            sources.problems.add(
                path,
                bank.line(negative[-1].id),
                f"{len(negative)} of {len(items)} stems ask for what is not so; "
                "one in twenty is the most: ask for what is so",
            )
        _module_cues(sources, bank, orders := places(items))
        shown |= orders
    _bank_cues(sources, shown)


def _module_cues(sources: Sources, bank: Bank, orders: Mapping[str, Order]) -> None:
    """Report what gives keys away over a module, and in single items of it."""
    strings = _strings(sources)
    path, line = bank.file.path, bank.file.line(("items",))
    for guess in guesses(bank.items.values(), orders, strings):
        if too_good(guess):
            sources.problems.add(
                path,
                line,
                f"who guesses {strings.text(f'cues.{guess.name}')} is right in "
                f"{guess.score:.0%} of {guess.items} items, where chance gives "
                f"{guess.chance:.0%}; change the options of some of {', '.join(guess.right)}",
            )
    for item in bank.items.values():
        if not isinstance(item, Single):
            continue
        if ratio := stands_out(item):
            sources.problems.add(
                path,
                bank.line(item.id, ("options",)),
                f"the key of {item.id} is {'twice as long as' if ratio > 1 else 'half as long as'} "
                "any other option, or more so; bring them nearer to each other",
            )
        if pointing := pointed_at(item, strings):
            shared = ", ".join(sorted(pointing))
            sources.problems.add(
                path,
                bank.line(item.id, ("stem",)),
                f"words of the stem point at the key of {item.id} alone (words that begin with "
                f"{shared}); use other words in the key, or these in another option too",
            )
        if only_wrong_absolute(item, strings):
            sources.problems.add(
                path,
                bank.line(item.id, ("options",)),
                f"absolute words stand in every wrong option of {item.id} and not in its key; "
                "take some of them out",
            )


def _bank_cues(sources: Sources, orders: Mapping[str, Order]) -> None:
    """Report habits that the whole bank gives away, which a few items do not show."""
    items = [item for bank in sources.banks.values() for item in bank.items.values()]
    if sum(isinstance(item, Single) for item in items) < _ENOUGH_SINGLES:
        return
    strings = _strings(sources)
    for guess in guesses(items, orders, strings):
        if guess.items >= _ENOUGH_JUDGED and guess.gain > MOST_GAIN:
            sources.problems.add(
                sources.root / "quizzes",
                0,
                f"who guesses {strings.text(f'cues.{guess.name}')} is right in "
                f"{guess.score:.1%} of the {guess.items} items of all modules, where chance gives "
                f"{guess.chance:.1%}; five points more is the most "
                "(course check --items shows each module)",
            )


def _strings(sources: Sources) -> Strings:
    return load_strings(sources.about.language if sources.about else "en")


def _same_questions(sources: Sources) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for bank in sources.banks.values():
        for item in bank.items.values():
            asked = wording(item.stem)
            if asked in seen:
                sources.problems.add(
                    bank.file.path,
                    bank.line(item.id, ("stem",)),
                    f"{item.id} asks what {seen[asked]} asks, word for word; "
                    "ask something else, or delete it",
                )
            seen.setdefault(asked, item.id)
