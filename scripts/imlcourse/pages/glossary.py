"""The glossary: what terms mean, and where the document uses them."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.languages.locales import sorted_by_name
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made


@made("glossary")
def glossary_page(course: Course) -> str:
    """Make the glossary.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        MyST Markdown.
    """
    strings = course.strings
    writer = Writer(course)
    parts = [
        f"# {strings.text('glossary.title')}",
        strings.text("glossary.lead"),
        '<dl class="iml-glossary">',
    ]
    for term in sorted_by_name(course.glossary.values(), lambda term: term.term, strings.language):
        lines = [
            f'<dt id="term-{term.id}">{inline_html(term.term)}</dt>',
            f"<dd><p>{writer.inline(term.definition)}</p>",
        ]
        if term.units:
            lines.append(
                f'<p class="iml-source">{strings.text("glossary.in_document")}: '
                f"{writer.units(term.units)}</p>"
            )
        if term.see:
            see = strings.text("list.separator").join(
                f'<a href="#term-{other}">{inline_html(course.glossary[other].term)}</a>'
                for other in term.see
            )
            lines.append(f'<p class="iml-source">{strings.text("glossary.see")}: {see}</p>')
        parts.append("\n".join([*lines, "</dd>"]))
    return "\n\n".join(parts[:2]) + "\n\n" + "\n".join([*parts[2:], "</dl>"]) + "\n"
