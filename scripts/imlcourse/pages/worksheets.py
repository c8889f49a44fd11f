"""A page for each worksheet, on which it is written."""

from __future__ import annotations

from collections.abc import Mapping

from imlcourse.course.model import Course
from imlcourse.html.worksheets import worksheet_html
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import rendered


def worksheet_pages(course: Course, before: Mapping[str, str]) -> dict[str, str]:
    """Make the page on which each worksheet is written.

    Parameters
    ----------
    course
        The course.
    before
        Pages that were made before and would be the same, by name.

    Returns
    -------
    dict
        MyST Markdown by name of the page, which is the worksheet's id: its title, the module that
        it belongs to, the sheet.
    """
    writer = Writer(course)
    return {
        work.id: before.get(work.id)
        or rendered(
            writer,
            "worksheet.md",
            title=work.title,
            module=module_link(course.modules[module_id]),
            sheet=worksheet_html(work, writer, titled=False),
        )
        for module_id, bank in course.banks.items()
        for work in bank.worksheets.values()
    }
