"""Written pages of the book, with their roles and blocks put in."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.compose import html
from imlcourse.html.writer import Writer
from imlcourse.markup.page import MODULES_MARK, Page
from imlcourse.pages.cover import module_list


def written_page(course: Course, page: Page) -> str:
    """Make a written page ready for the book: roles and blocks put in.

    Parameters
    ----------
    course
        The course.
    page
        One of its pages.

    Returns
    -------
    str
        MyST Markdown.
    """
    writer = Writer(course)
    parts = []
    if page.front is not None:
        parts.append(page.source[: page.source.index("\n---", 3) + 4])
    for block in page.blocks:
        if block.kind == "heading" and block.label:
            parts.append(f"({block.label})=\n{'#' * block.level} {writer.markdown(block.text)}")
        else:
            parts.append(writer.block(block))
    if units := page_units(page):
        rests = course.strings.html("aid.units", units=writer.units(units))
        parts.append(html('<p class="iml-source">{}</p>', rests))
    text = "\n\n".join(parts) + "\n"
    return text.replace(MODULES_MARK, module_list(course)) if MODULES_MARK in text else text


def page_units(page: Page) -> list[str]:
    """Give the units that a written page names in its front matter: a job aid does."""
    value = page.front.value if page.front else None
    units = value.get("units") if isinstance(value, dict) else None
    return [str(unit) for unit in units] if isinstance(units, list) else []
