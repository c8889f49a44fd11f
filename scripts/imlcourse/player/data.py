"""What the pages of the book know of the course: modules, items, objectives, roles, tests."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from imlcourse.course.contents import MADE_PAGES
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.result_codes import coded_tests
from imlcourse.html.links import BookLinks
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.markup.inline import inline_text
from imlcourse.player.bundle import packed

__all__ = ["course_data", "course_named", "course_scripts"]

_LINKS = BookLinks()
"""Scripts put in front what leads from their page to the root of the book."""


def course_named(course: Course) -> dict[str, str]:
    """Give what records and statements say of the course itself."""
    about = course.about
    return {
        "id": about.id,
        "iri": about.iri,
        # As certificates and statements have it: a slice is no other course.
        "title": course.whole.about.title,
        "version": about.version,
        "language": about.language,
    }


def course_data(
    course: Course, codes: list[Any] | None = None, only: Collection[str] | None = None
) -> dict[str, Any]:
    """Gather what the scripts of the pages need to tell a learner's progress.

    Parameters
    ----------
    course
        The course.
    codes
        What result codes hold of each test, if that is known already.
    only
        Ids of the modules that it names; all of them if it is ``None``.

    Returns
    -------
    dict
        JSON-like: ``id``, ``iri``, ``title``, ``subtitle``, ``own`` (what the certificate says of
        it), ``version``, ``date`` in words,
        ``language``; ``pages`` by kind; ``modules`` in order, each with ``id``, ``label``
        (“Module 9”), ``part`` (what its colour is called), ``title``, ``href``, ``minutes``,
        ``sections``, ``steps`` (the minutes of each: a step for each section, and the end),
        ``objectives``, ``quiz`` and ``items`` as
        ``[id, version, objective, place]``, where the place is ``practice``, ``quiz`` or
        ``held``; ``roles``; ``tracks`` by role, each with its ``modules`` in order, their
        ``minutes``, and how many more are ``left`` out of a slice; whether there are ``tests``; how
        many ``seconds`` an item takes, by type; what result ``codes`` hold of each test; and of a
        ``slice``, which part of the course it is.
    """
    named, there = course_named(course), course.page_names
    data = {
        "id": named["id"],
        "iri": named["iri"],
        "title": named["title"],
        "subtitle": course.whole.about.subtitle,
        "own": course.strings["certificate.own"],
        "version": named["version"],
        "date": Writer(course).date(course.about.date),
        "language": named["language"],
        "pages": {
            page.script_name: _LINKS.page(page.name)
            for page in MADE_PAGES
            if page.script_name and (page.name in there or not course.slice)
        },
        "modules": [
            _module(course, module)
            for module in course.modules.values()
            if only is None or module.id in only
        ],
        "roles": {role: way.model_dump() for role, way in course.about.roles.items()},
        "tracks": {
            role: {
                "modules": [module.id for module in track.modules],
                "minutes": track.minutes,
                **({"left": len(track.left_out)} if track.left_out else {}),
            }
            for role, track in course.tracks.items()
        },
        "tests": course.tests is not None,
        "seconds": course.seconds_by_type,
        "codes": [test.data() for test in coded_tests(course)] if codes is None else codes,
    }
    return data | {"slice": course.slice.which} if course.slice else data


def _module(course: Course, module: Module) -> dict[str, Any]:
    bank = course.banks[module.id]
    quiz = course.module_quizzes.get(module.id)
    held = set(course.reserved_ids)
    sections = [{"id": s.id, "title": inline_text(s.title)} for s in module.sections]

    def place(item_id: str) -> str:
        if item_id in held:
            return "held"
        return "quiz" if quiz and item_id in quiz.item_ids else "practice"

    return {
        "id": module.id,
        "label": module_label(module, course.strings),
        "part": part_colour(module),
        "title": inline_text(module.title),
        "href": _LINKS.module(module.id),
        "minutes": course.minutes_of(module),
        "sections": sections,
        "steps": [course.minutes_of_steps[step.id] for step in module.steps],
        "objectives": [
            {
                "id": objective.id,
                "text": inline_text(objective.text),
                "sections": [s.id for s in course.practised_in.get(objective.id, [])],
            }
            for objective in module.front.objectives
        ],
        "quiz": {"id": quiz.id, "pass": bank.pass_mark} if quiz else None,
        "items": [
            [item.id, course.versions[item.id], item.objective, place(item.id)]
            for item in bank.items.values()
        ],
    }


# Every page loads it: lists of ids are written as words in one text, and made lists there.
_UNPACKED = """\
for (const one of imlCourse.modules) one.sections = one.sections.split(" ").map((id) => ({ id }));
for (const way of [imlCourse.roles, imlCourse.tracks].flatMap(Object.values)) {
  way.modules = way.modules.split(" ").filter(Boolean);
}
"""


def _words(ids: Iterable[str]) -> str:
    return " ".join(ids)


_ON_PROGRESS_ALONE = ("objectives", "items", "sections")


def course_scripts(
    course: Course, codes: list[Any] | None = None, *, only: Collection[str] | None = None
) -> dict[str, str]:
    """Give the scripts that tell pages of the course.

    Parameters
    ----------
    course
        The course.
    codes
        What result codes hold of each test, if that is known already.
    only
        Ids of modules, where the pages are of those alone; else all of them.

    Returns
    -------
    dict
        By file name: ``course.js``, which sets ``imlCourse`` on every page, and
        ``course-items.js``, which adds objectives, items, the titles of sections and what result
        codes hold on the pages that need them.
    """
    # Of some modules by themselves there are no tests, so nothing of their codes is wanted.
    data = course_data(course, codes if only is None else [], only)
    if only is not None:
        data |= _of_modules(data, only)
    codes = data.pop("codes")
    more = {
        module["id"]: {name: module.pop(name) for name in _ON_PROGRESS_ALONE}
        for module in data["modules"]
    }
    for module in data["modules"]:
        # Every page counts sections; only the pages about the record name them.
        module["sections"] = _words(one["id"] for one in more[module["id"]]["sections"])
    for way in (*data["roles"].values(), *data["tracks"].values()):
        way["modules"] = _words(way["modules"])
    return {
        "course.js": packed(f"globalThis.imlCourse = {_json(data)};\n{_UNPACKED}"),
        "course-items.js": packed(
            f"imlCourse.codes = {_json(codes)};\n"
            f"for (const [id, more] of Object.entries({_json(more)})) "
            "Object.assign(imlCourse.modules.find((one) => one.id === id) || {}, more);\n"
        ),
    }


def _of_modules(whole: dict[str, Any], only: Collection[str]) -> dict[str, Any]:
    """Give what is other where only some modules are there: no tests, and no tracks."""
    roles = {
        role: way | {"modules": [one for one in way["modules"] if one in only]}
        for role, way in whole["roles"].items()
    }
    data = {"roles": roles, "tracks": {}, "tests": False, "codes": []}
    return data | ({"slice": ""} if "slice" in whole else {})


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
