"""The ways into the course on the cover: a track for each role, and the list of all modules."""

from __future__ import annotations

from dataclasses import dataclass

from imlcourse.course.contents import PAGES_BY_NAME, files_of
from imlcourse.course.model import Course, Track
from imlcourse.course.module import Module
from imlcourse.html.compose import Markup
from imlcourse.html.links import BookLinks, link
from imlcourse.html.writer import Writer, module_label, module_link, numbered_title
from imlcourse.languages.strings import Strings
from imlcourse.pages.making import rendered

ICONS = {
    # A barrier with its post.
    "border": "M3 21h7M6.5 21V8M4 8h5V5H4zM9 6.5l12 3M12 7.3l1 2M16 8.3l1 2",
    # A hard hat.
    "labour": "M3 17h18M5 17v-2a7 7 0 0 1 14 0v2M10 8.3V13M14 8.3V13M10 8.3h4",
    # A passport.
    "consular": "M6 3h12v18H6zM12 7a3 3 0 1 0 0 6 3 3 0 1 0 0-6M9 10h6M9 17h6",
    # A shield.
    "police": "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4",
    # Scales.
    "judges": "M12 4v16M8 20h8M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
    # A house with its door.
    "reception": "M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6",
    # A cross in a circle.
    "health": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 8v8M8 12h8",
    # A sheet with its paragraphs.
    "legislators": "M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 14h7M9 17h4",
    # Two people.
    "ngo": "M9 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M3 20v-2a5 5 0 0 1 5-4h2a5 5 0 0 1 5 4v2"
    "M16 5.5a3 3 0 0 1 0 5.5M17.5 14a5 5 0 0 1 3.5 4v2",
    # Somebody else.
    "other": "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8M4 21v-1a6 6 0 0 1 6-5h4a6 6 0 0 1 6 5v1",
}
"""What is drawn beside a role, by its id: lines in a field of 24 by 24."""

HOUR = 60


def module_list(course: Course) -> Markup:
    """List the tracks by role, and the modules that this edition holds by part.

    Without scripts all tracks stand there; cover.js shows that of the role which is chosen.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    Markup
        Headed lists, with each module's title and minutes, and how many are still to come.
    """
    strings, writer = course.strings, Writer(course)
    parts = [
        (number, title, [m for m in course.modules.values() if str(m.front.part) == number])
        for number, title in course.about.parts.items()
    ]

    def label(module: Module) -> str:
        return module_label(module, strings)

    def time(minutes: int) -> str:
        return about_hours(minutes, strings)

    check = None
    if course.start:
        key = "slice.cover.check" if course.slice else "cover.check"
        to_check = link(BookLinks().page("start-check"), strings.text("test.start.title"))
        check = strings.html(key, link=to_check, count=len(course.start.items))
    text = rendered(
        writer,
        "cover.html",
        part_of=_left_out(course, writer) if course.slice else None,
        parts=[part for part in parts if part[2]],
        tracks=_tracks(course),
        icons=ICONS,
        module_link=module_link,
        address=lambda module: BookLinks().module(module.id),
        label=label,
        time=time,
        check=check,
        minutes_of=course.minutes_of,
        minutes=sum(course.minutes_of(module) for module in course.modules.values()),
        written=len(course.modules),
        planned=course.about.modules_planned,
    )
    return Markup(text.rstrip("\n"))


def about_hours(minutes: int, strings: Strings) -> str:
    """Write a time in hours and minutes, to the next five minutes."""
    rounded = 5 * round(minutes / 5)
    if rounded < HOUR:
        return strings.text("minutes.short", minutes=rounded)
    return strings.text("hours", hours=rounded // HOUR, minutes=rounded % HOUR)


def _tracks(course: Course) -> list[Track]:
    """Give the tracks to choose from; a slice made for a track offers those that it has whole."""
    some = [track for track in course.tracks.values() if track.modules]
    if course.slice and course.slice.track:
        return [track for track in some if not track.left_out]
    return some


@dataclass(frozen=True)
class _LeftOut:
    """What the cover of a slice says of it.

    Attributes
    ----------
    which
        Which part of the course it is.
    record
        The link to where the record is saved.
    modules
        The modules that it has not, each with its number.
    pages
        The tests and other made pages that it has not, by their titles.
    """

    which: str
    record: Markup
    modules: list[str]
    pages: str


def _left_out(course: Course, writer: Writer) -> _LeftOut:
    strings, whole = course.strings, course.whole
    assert course.slice is not None
    return _LeftOut(
        course.slice.which,
        writer.page_link("my-progress"),
        [
            numbered_title(module, strings)
            for module in whole.modules.values()
            if module.id not in course.modules
        ],
        strings.enumerated(pages_left_out(course)),
    )


def pages_left_out(course: Course) -> list[str]:
    """Name the tests and other made pages that a slice of the course has not."""
    return [
        course.strings.text(PAGES_BY_NAME[name].title)
        for name in files_of(course.whole.toc.value["parts"])
        if name in course.left_out and name in PAGES_BY_NAME
    ]
