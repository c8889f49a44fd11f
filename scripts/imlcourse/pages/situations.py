"""What is in front of you: situations at a counter, to be found by what is seen and said."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference.situations import FACETS, Beside, Situation, Situations
from imlcourse.html.compose import Markup, html
from imlcourse.html.facets import filter_html
from imlcourse.html.links import link
from imlcourse.html.office import office_lines, office_note
from imlcourse.html.writer import Writer
from imlcourse.items.shared import module_of
from imlcourse.markup.inline import inline_html
from imlcourse.markup.roles import Role
from imlcourse.pages.making import made_of, rendered


@made_of("what-is-in-front-of-you", lambda making: making.course.library.situations)
def situations_page(course: Course, part: Situations) -> str:
    """Make the list of situations, with the choices among them."""
    strings, writer = course.strings, Writer(course)
    headings = {
        facet: {name: tag.name for name, tag in getattr(part, facet).items()} for facet in FACETS
    }
    tags = [{facet: getattr(one, facet) for facet in FACETS} for one in part.situations]
    return rendered(
        writer,
        "situations.md",
        situations=part.situations,
        filters=filter_html(
            strings,
            "situations",
            headings,
            tags,
            ("situations.filter.found", "situations.filter.none"),
            (strings.text("situations.find"), strings.text("situations.find.none")),
        ),
        facets=FACETS,
        fields=lambda one: office_lines(course, [*one.call, *one.rules]),
        note=office_note(course),
        rules=course.strings.text("office.title") if course.library.office else "",
        law=lambda one: [line for beside in one.law if (line := _law(beside, writer))],
        where_next=lambda one: list(_where_next(one, writer)),
    )


def _law(beside: Beside, writer: Writer) -> Markup | None:
    """Write an article, and what it asks; a course without a problem has it."""
    target = f"{beside.instrument} {beside.article}".casefold()
    if target not in writer.course.library.articles:
        return None
    _, article = writer.course.library.articles[target]
    cited = writer.article(Role("article", "", target, 0))
    return html("{}: {}", cited, inline_html(article.says))


def _where_next(one: Situation, writer: Writer) -> list[Markup]:
    """Write the sheet to take, and the lesson behind the situation."""
    course = writer.course
    strings = course.strings
    found = []
    if one.aid:
        to_sheet = link(writer.links.page(one.aid), inline_html(writer.page_title(one.aid)))
        found.append(strings.html("situations.aid", link=to_sheet))
    module = course.whole.modules[module_of(one.lesson)]
    section = next(section for section in module.sections if section.id == one.lesson)
    title = inline_html(section.title)
    if module.id not in course.modules:
        lesson = writer.left_out(title, module.id)
        return [*found, strings.html("situations.lesson.elsewhere", lesson=lesson)]
    to_lesson = link(writer.links.module(module.id, section.id), title)
    found.append(
        strings.html("situations.lesson", link=to_lesson, module=inline_html(module.title))
    )
    return found
