"""What a platform reads of an xAPI package first: ``tincan.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from imlcourse.course.model import Course
from imlcourse.products.packages.banks.xmltree import document, element
from imlcourse.products.packages.launched.units import Unit, course_iri

__all__ = ["SPACE", "tincan"]

SPACE = "http://projecttincan.com/tincan.xsd"
_KINDS = "http://adlnet.gov/expapi/activities/"


def tincan(course: Course, units: Iterable[Unit], page: str, module: str) -> bytes:
    """Write the list of activities: the one to launch first, and what stands in it.

    Parameters
    ----------
    course
        The course.
    units
        What is in the package.
    page
        The page to launch.
    module
        The id of the module that the package has; empty for the whole course.
    """
    language = course.about.language

    def activity(iri: str, kind: str, title: str, description: str) -> ET.Element:
        return element(
            "activity",
            element("name", title, lang=language),
            element("description", description, lang=language),
            id=iri,
            type=f"{_KINDS}{kind}",
        )

    about = course.about
    inside = [
        activity(unit.iri, "module" if unit.module else "assessment", unit.title, unit.description)
        for unit in units
        if not module or unit.name == module
    ]
    first = (
        inside.pop()
        if module
        else activity(course_iri(course), "course", about.title, about.subtitle)
    )
    first.append(element("launch", page, lang=language))
    return document(element("tincan", element("activities", first, *inside), xmlns=SPACE))
