"""The bibliography: works that the document names, and those that the course adds."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from imlcourse.course.library import Bibliography, Reference
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.languages.locales import sorted_by_name
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, page_text


@made_of("bibliography", lambda making: making.course.library.bibliography)
def bibliographypage_text(course: Course, part: Bibliography) -> str:
    """Make the lists of works: cited by the document, added by the course, seen for its facts."""
    strings, writer = course.strings, Writer(course)
    cited = []
    for work in part.cited:
        line = _work(work.title, work.by, work.year)
        if work.note:
            line += f" {inline_html(work.note)}."
        line += f' <span class="iml-source">{writer.units(work.units)}</span>'
        if work.url and work.seen:
            found = Reference(title=work.url, url=work.url, seen=work.seen)
            line += (
                f' <span class="iml-source">{writer.reference(found, "bibliography.seen")}</span>'
            )
        cited.append(f"<li>{line}</li>")
    added = []
    for extra in part.added:
        found = Reference(title=extra.url, url=extra.url, seen=extra.seen)
        use = strings.text("bibliography.for", use=inline_html(extra.use))
        added.append(
            f"<li>{_work(extra.title, extra.by, extra.year)} {use}. "
            f'<span class="iml-source">{writer.reference(found, "bibliography.seen")}</span></li>'
        )
    seen: dict[str, Reference] = {}
    for reference in course.library.references():
        seen.setdefault(reference.url, reference)
    references = [
        f"<li>{writer.reference(reference, 'bibliography.seen')}</li>"
        for reference in sorted_by_name(seen.values(), lambda one: one.title, strings.language)
    ]
    parts = [
        f"# {strings.text('bibliography.title')}",
        strings.text("bibliography.lead"),
        f"## {strings.text('bibliography.cited')}",
        _list(cited),
    ]
    if added:
        parts += [f"## {strings.text('bibliography.added')}", _list(added)]
    if references:
        parts += [f"## {strings.text('bibliography.references')}", _list(references)]
    return page_text(*parts)


def _work(title: str, by: str | None, year: str | None) -> str:
    head = f"{escape(by)}: " if by else ""
    return f"{head}<em>{inline_html(title)}</em>{f' ({escape(year)})' if year else ''}."


def _list(entries: Iterable[str]) -> str:
    return "\n".join(['<ul class="iml-works">', *entries, "</ul>"])
