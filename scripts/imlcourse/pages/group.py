"""The page on which a trainer reads the results of a group; ``player/pages/group.js`` works it."""

from __future__ import annotations

import json
from typing import Any

from imlcourse.course.model import Course
from imlcourse.course.reference.training import Training
from imlcourse.html.compose import html
from imlcourse.html.links import link
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_text
from imlcourse.pages.making import made_of, rendered

__all__ = ["COMMAND", "group_data", "group_page"]

COMMAND = "course report"


@made_of("group-results", lambda making: making.course.library.training)
def group_page(course: Course, _: Training) -> str:
    """Make the page: the player reads the files, and shows what they say."""
    writer = Writer(course)
    progress = link(writer.links.page("my-progress"), writer.page_title("my-progress"))
    data = json.dumps(group_data(course), ensure_ascii=False, separators=(",", ":"))
    return rendered(
        writer,
        "group.md",
        progress=progress,
        command=html("<code>{}</code>", COMMAND),
        # In an attribute, where a blank line would end the HTML.
        place=html(
            '<div class="iml-group" data-iml-group-page="{}" data-command="{}" hidden></div>',
            data,
            COMMAND,
        ),
    )


def group_data(course: Course) -> dict[str, Any]:
    """Gather what the page has to know besides what the pages about the record know.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        ``retired`` ids of items; ``quizzes``, the title of each; ``types`` of the items that are
        kept for the tests around the course; ``cases``, the stem of each case that branches.
    """
    held = set(course.reserved_ids)
    return {
        "retired": sorted(one for bank in course.banks.values() for one in bank.retired),
        "quizzes": {id_: inline_text(quiz.title) for id_, (_, quiz) in course.quizzes.items()},
        "types": {item.id: item.type for item in course.items if item.id in held},
        "cases": {
            item.id: inline_text(item.stem) for item in course.items if item.type == "scenario"
        },
    }
