"""The page of marks to look at: one file, no network, and one click to settle a mark."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from imlcourse.marking.settling import NONE, Doubt, Settled
from imlcourse.products.report.page import styled
from imlcourse.products.report.words import Words

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.marking.reading import ReadSheet
    from imlcourse.marking.results import MarkedPerson

__all__ = ["marking_page"]

_HERE = Path(__file__).parent


def marking_page(
    course: Course,
    sheets: Sequence[ReadSheet],
    settled: Settled,
    people: Sequence[MarkedPerson],
    said: Mapping[str, str],
    command: str,
) -> bytes:
    """Write the page.

    Parameters
    ----------
    course
        The course, in the language of the page.
    sheets
        All that was read.
    settled
        What is settled of it.
    people
        What each person has answered.
    said
        What a person has settled so far; the page saves it again, with what comes.
    command
        What reads the file that the page saves.
    """
    strings = course.strings
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_HERE / "page.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    shared = {"t": strings.text}
    template = environment.get_template("doubt.html")

    def drawn(one: Doubt) -> Markup:
        return Markup(template.render(one=one, words=lambda d, v: _choice(course, d, v), **shared))

    words = Words(course)
    page = environment.get_template("page.html").render(
        course=course,
        language=course.about.language,
        direction=strings.direction,
        style=Markup("/*style*/"),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
        settled=Markup(json.dumps(dict(said)).replace("<", "\\u003c")),
        command=command,
        n=strings.plural,
        sheets=len(sheets),
        doubts=settled.open,
        before=[one for one in settled.doubts if one.settled],
        doubt=drawn,
        told=_told(course, sheets, settled, people),
        people=[_row(words, one) for one in people],
        **shared,
    )
    return styled(page, (_HERE / "page.css").read_text("utf-8")).encode()


def _choice(course: Course, doubt: Doubt, value: str) -> str:
    """Give the words of a choice that is no box."""
    if value == NONE and doubt.kind == "page":
        value = "page"
    if value == doubt.label:
        return course.strings.text("marking.choice.keep", code=doubt.label)
    return course.strings.text(f"marking.choice.{value}")


def _told(
    course: Course,
    sheets: Sequence[ReadSheet],
    settled: Settled,
    people: Sequence[MarkedPerson],
) -> list[str]:
    """Give what is good to know, and needs no decision."""
    plural = course.strings.plural
    told = []
    fills = [one.name for one in sheets if one.fills and not one.problem]
    for key, names in (("fills", fills), ("empty", settled.empty)):
        if names:
            told.append(plural(f"marking.told.{key}", len(names), sheets=", ".join(names)))
    written = {
        (one.places.form, answer.question.item)
        for one in people
        for answer in one.answers
        if any(line.written for line in answer.question.lines)
    }
    if written:
        told.append(plural("marking.told.written", len(written)))
    return told


def _row(words: Words, one: MarkedPerson) -> dict[str, object]:
    return {
        "person": one.person,
        "test": words.test(one.places.test),
        "version": one.version,
        "answered": sum(answer.answer is not None for answer in one.answers),
        "count": len(one.answers),
        "points": words.number(one.points),
        "open": one.open,
    }
