"""What a platform reads of a cmi5 package first: ``cmi5.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from imlcourse.course.model import Course
from imlcourse.markup.inline import inline_text
from imlcourse.products.packages.banks.xmltree import document, element
from imlcourse.products.packages.launched.units import Unit, course_iri, objective_iri

__all__ = ["SPACE", "structure"]

SPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_KINDS = "http://adlnet.gov/expapi/activities/"


def structure(course: Course, units: Iterable[Unit], addresses: dict[str, str]) -> bytes:
    """Write the structure: a block for each part with its modules, and the tests around them.

    Parameters
    ----------
    course
        The course.
    units
        What can be launched, in order.
    addresses
        The page to launch, by name.
    """
    about = course.about

    def said(name: str, words: str) -> ET.Element:
        return element(name, element("langstring", words, lang=about.language))

    def titled(name: str, title: str, description: str, **more: str) -> ET.Element:
        return element(name, said("title", title), said("description", description), **more)

    def unit_of(unit: Unit) -> ET.Element:
        kind = "module" if unit.module else "assessment"
        made = titled(
            "au",
            *(unit.title, unit.description),
            id=unit.iri,
            moveOn=unit.needed,
            launchMethod="OwnWindow",
            activityType=f"{_KINDS}{kind}",
        )
        if unit.mastery is not None:
            made.set("masteryScore", f"{unit.mastery:g}")
        if unit.module:
            objectives = element("objectives")
            for one in unit.module.front.objectives:
                objectives.append(element("objective", idref=objective_iri(course, one.id)))
            made.append(objectives)
        made.append(element("url", addresses[unit.name]))
        return made

    root = element(
        "courseStructure",
        titled("course", about.title, about.subtitle, id=course_iri(course)),
        element(
            "objectives",
            *(
                titled(
                    "objective",
                    *[inline_text(one.text)] * 2,
                    id=objective_iri(course, one.id),
                )
                for module in course.modules.values()
                for one in module.front.objectives
            ),
        ),
        xmlns=SPACE,
    )
    for part, some in groupby(units, key=lambda unit: unit.module.front.part if unit.module else 0):
        made = [unit_of(unit) for unit in some]
        if not part:
            root.extend(made)
            continue
        title = course.strings.text("part", number=part, title=about.parts[str(part)])
        block = titled("block", title, about.parts[str(part)], id=f"{about.iri}parts/{part}")
        block.extend(made)
        root.append(block)
    return document(root)
