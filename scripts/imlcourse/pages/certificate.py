"""The certificates, which the player fills in once they are earned; the check of their codes."""

from __future__ import annotations

import re
from pathlib import Path

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made_of, rendered


@made_of("certificate", lambda making: making.course.has_certificates or None)
def certificate_page(course: Course, _: bool) -> str:
    """Make the page of the certificates: a lead, and what is drawn on them.

    The player shows the rest when it knows that one was earned.
    """
    return rendered(Writer(course), "certificate.md")


@made_of("check-certificate", lambda making: making.course.has_certificates or None)
def check_page(course: Course, _: bool) -> str:
    """Make the page on which the code of a certificate is checked for slips."""
    return rendered(Writer(course), "check_certificate.md")


_ART = re.compile(r'<svg class="iml-cert-([a-z]+)"(.*?</svg>)', re.DOTALL)

_ALONE = '<svg xmlns="http://www.w3.org/2000/svg"'
"""How a drawing begins that stands in a file of its own."""


def certificate_art() -> dict[str, str]:
    """Give what is drawn on certificates, each as an SVG by itself: corner, emblem and waves."""
    page = Path(__file__).with_name("templates") / "certificate.md"
    return {name: _ALONE + rest for name, rest in _ART.findall(page.read_text(encoding="utf-8"))}
