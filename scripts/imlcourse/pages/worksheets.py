"""A page for each worksheet, on which it is written."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.worksheets import worksheet_html
from imlcourse.html.writer import Writer, module_link


def worksheet_pages(course: Course) -> dict[str, str]:
    """Make the page on which each worksheet is written.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        MyST Markdown by name of the page, which is the worksheet's id.
    """
    pages = {}
    for module_id, bank in course.banks.items():
        for work in bank.worksheets.values():
            writer = Writer(course)
            link = module_link(course.modules[module_id])
            pages[work.id] = "\n\n".join(
                [
                    f"# {work.title}",
                    f'<p class="iml-source">{course.strings.text("work.of", link=link)}</p>',
                    worksheet_html(work, writer, titled=False) + "\n",
                ]
            )
    return pages
