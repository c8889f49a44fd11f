"""The report as one page of HTML: it needs no network and no script, and prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from imlcourse.book.typeface import MORE_FACES, faces_for, typeface_styles
from imlcourse.html.compose import html
from imlcourse.player.palette import with_book_palette
from imlcourse.products.report.forms import forms_shown
from imlcourse.products.report.words import Words
from imlcourse.results.analysis import Analysis, Debrief, ItemFigures, Person
from imlcourse.results.forms import FEWEST_FOR_MEAN
from imlcourse.results.gather import Gathered
from imlcourse.results.intake import Source
from imlcourse.results.tally import STAGES

__all__ = ["report_page", "styled"]

_HERE = Path(__file__).parent
MOST_FILES, MOST_GROUPS, MOST_LINES, MOST_WEAK = 60, 100, 30, 5
"""What a page lists."""


def report_page(words: Words, gathered: Gathered, analysis: Analysis) -> bytes:
    """Write the report.

    Parameters
    ----------
    words
        The words of the course.
    gathered
        The learners and the files.
    analysis
        The figures.

    Returns
    -------
    bytes
        The page; the same from the same files. Nobody’s name and no name of a file stands in it.
    """
    course, strings = words.course, words.strings
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    last = ""
    if analysis.last:
        day = datetime.fromtimestamp(analysis.last / 1000, UTC).date()
        last = strings.date(day.isoformat())
    page = environment.get_template("page.html").render(
        course=course,
        language=course.about.language,
        direction=strings.direction,
        style=Markup("/*style*/"),
        t=strings.text,
        n=strings.plural,
        w=words,
        g=gathered,
        a=analysis,
        last=last,
        stages=[one for one in STAGES if any(one in row.shares for row in analysis.objectives)],
        notes=words.notes(gathered, analysis),
        debrief=[_debriefed(words, one) for one in analysis.debrief],
        weakest=_weakest(analysis),
        sources=_listed(gathered.sources),
        most_groups=MOST_GROUPS,
        most_lines=MOST_LINES,
        tests=_by_test(words, analysis.items),
        dumbbell=_dumbbell,
        forms=forms_shown(words, gathered),
        fewest=FEWEST_FOR_MEAN,
    )
    return styled(page, (_HERE / "page.css").read_text("utf-8")).encode()


def styled(page: str, style: str) -> str:
    """Put a style into a page, where it says ``/*style*/``, with the letters that it has use for.

    Parameters
    ----------
    page
        The page.
    style
        Its style, with a place for the colours.
    """
    faces = typeface_styles()
    names = ["typeface.css", *(name for name in faces_for(page) if name in MORE_FACES)]
    made = "".join(faces[name] for name in names) + with_book_palette(style)
    return page.replace("/*style*/", made)


def _debriefed(words: Words, one: Debrief) -> dict[str, object]:
    item = words.items[one.item]
    instead = one.instead
    return {
        "item": one.item,
        "stem": words.stem(one.item),
        "missed": one.missed,
        "count": one.count,
        "share": round(100 * one.missed / one.count, 1),
        "key": words.key(item),
        "reason": words.reason(item),
        "instead": instead
        and {"count": instead.count, "text": words.option(instead), "feedback": instead.feedback},
        "settles": words.settled_by(item),
        "again": words.read_again(item),
    }


@dataclass(frozen=True, slots=True)
class _Weak:
    """A module, or one of its objectives, with the share of the points, of so many questions."""

    module: str
    objective: str
    share: float
    count: int


def _weakest(analysis: Analysis) -> list[_Weak]:
    """Name what to talk about where nobody says which questions were missed."""
    stages = [stage for stage in STAGES if any(stage in row.shares for row in analysis.objectives)]
    if analysis.items or not stages:
        return []
    told = [row for row in analysis.objectives if stages[-1] in row.shares]
    rows = [row for row in told if row.objective] or told
    found = [_Weak(row.module, row.objective, *row.shares[stages[-1]]) for row in rows]
    found.sort(key=lambda one: (one.share, -one.count, one.module, one.objective))
    return [one for one in found if one.share < 1][:MOST_WEAK]


def _listed(sources: list[Source]) -> list[Source]:
    """Give the files to list: all of a few, and of many those that could not be used whole."""
    if len(sources) <= MOST_FILES:
        return sources
    return [one for one in sources if one.left_out or one.unnamed][:MOST_FILES]


def _by_test(words: Words, items: list[ItemFigures]) -> list[tuple[str, list[ItemFigures]]]:
    return [(words.test(test), list(rows)) for test, rows in groupby(items, lambda one: one.test)]


def _dumbbell(person: Person) -> Markup:
    """Draw the way from before to after, where somebody took both tests."""
    if person.gain is None:
        return Markup("")
    before = person.before
    after = before + person.gain
    low, high = sorted((before, after))
    return html(
        '<span class="track"><span class="line{}" style="inset-inline-start:{}%;inline-size:{}%">'
        '</span><span class="dot" style="inset-inline-start:{}%"></span>'
        '<span class="dot after" style="inset-inline-start:{}%"></span></span>',
        " down" if person.gain < 0 else "",
        *(f"{share * 100:.1f}" for share in (low, high - low, before, after)),
    )
