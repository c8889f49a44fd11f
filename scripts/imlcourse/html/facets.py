"""What lets a reader choose among entries of a page, and sort them, with no server.

The page is complete without a script: all entries stand in it. `filter.js` shows the choices,
and hides what was not chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from imlcourse.course.library import Atlas
from imlcourse.course.model import Course
from imlcourse.languages.locales import locale_of, sorted_by_name
from imlcourse.languages.strings import Strings

__all__ = ["country_name", "facet_names", "filter_html", "sortable"]

_OPEN = 3


def filter_html(
    strings: Strings,
    name: str,
    facets: Mapping[str, Mapping[str, str]],
    entries: Iterable[Mapping[str, Iterable[str]]],
) -> str:
    """Write the choices among the entries of a page.

    Parameters
    ----------
    strings
        The texts of the interface; the name of a facet is the text ``facet.<facet>``.
    name
        Names what is chosen among, for the ids of the choices.
    facets
        For each facet its headings: words by id. The first three are open.
    entries
        The headings that each entry stands under, by facet.

    Returns
    -------
    str
        HTML on lines that are not blank, hidden until a script shows it. Entries of the page
        carry ``data-iml-entry`` and, for each facet, ``data-<facet>`` with ids.
    """
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    total = 0
    for tags in entries:
        total += 1
        for facet, ids in tags.items():
            if facet in counted:
                counted[facet].update(set(ids))
    lines = [
        f'<div class="iml-filter" data-iml-filter="{name}" hidden '
        f'data-found="{escape(strings.text("filter.found", n="{n}", all="{all}"))}" '
        f'data-none="{escape(strings.text("filter.none"))}">'
    ]
    names = list(facets)
    for facet in names[:_OPEN]:
        lines.append(_choices(strings, facet, facets[facet], counted[facet]))
    if names[_OPEN:]:
        lines.append(f"<details><summary>{escape(strings.text('filter.more'))}</summary>")
        lines += [_choices(strings, f, facets[f], counted[f]) for f in names[_OPEN:]]
        lines.append("</details>")
    found = strings.text("filter.found", n=total, all=total)
    lines += [
        '<p class="iml-filter-found"><span role="status" data-iml-found>'
        f"{escape(found)}</span> "
        f'<button type="button" data-iml-see hidden>{escape(strings.text("filter.see"))}</button> '
        f'<button type="button" data-iml-reset hidden>{escape(strings.text("filter.reset"))}'
        "</button></p>",
        "</div>",
    ]
    return "\n".join(lines)


def country_name(course: Course, code: str) -> str:
    """Give today's name of a country in the course's language."""
    return str(locale_of(course.about.language).territories[code])


def facet_names(course: Course, atlas: Atlas, facet: str) -> dict[str, str]:
    """Give the headings of a facet: words by id, in the order in which they are shown.

    Parameters
    ----------
    course
        The course.
    atlas
        Its atlas.
    facet
        ``setting``, ``group``, ``kind``, ``right``, ``region``, ``country``, ``learner`` or
        ``output``.

    Returns
    -------
    dict
        Words by id.
    """
    if facet == "region":
        return dict(atlas.regions)
    if facet == "country":
        codes = {code for activity in atlas.activities for code in activity.countries}
        named = {code: country_name(course, code) for code in codes}
        return dict(sorted_by_name(named.items(), lambda entry: entry[1], course.about.language))
    if facet == "right":
        matrix = course.library.matrix
        return {name: tag.name for name, tag in matrix.rights.items()} if matrix else {}
    return {name: tag.name for name, tag in getattr(atlas, f"{facet}s").items()}


def _choices(
    strings: Strings, facet: str, headings: Mapping[str, str], counted: Counter[str]
) -> str:
    buttons = "".join(
        f'<button type="button" aria-pressed="false" data-facet="{facet}" data-value="{id_}">'
        f"{escape(words)} <span>{counted[id_]}</span></button>"
        for id_, words in headings.items()
        if counted[id_]
    )
    legend = escape(strings.text(f"facet.{facet}"))
    return f"<fieldset><legend>{legend}</legend>{buttons}</fieldset>"


def sortable(
    heads: Sequence[str], rows: Iterable[str], strings: Strings, unsorted: Sequence[int] = ()
) -> str:
    """Write a table whose columns a script lets readers sort.

    Parameters
    ----------
    heads
        The heads of its columns, as text.
    rows
        Its rows, as HTML. A cell whose words do not sort as they should has ``data-sort``; an
        empty one stands last, whichever way the column is sorted.
    strings
        The texts of the interface.
    unsorted
        Columns that cannot be sorted, from 0.

    Returns
    -------
    str
        HTML.
    """
    cells = "".join(
        f'<th scope="col">{escape(head)}</th>'
        if at in unsorted
        else f'<th scope="col" data-iml-sort="{escape(strings.text("filter.sort", name=head))}">'
        f"{escape(head)}</th>"
        for at, head in enumerate(heads)
    )
    body = "\n".join(rows)
    return (
        f'<table class="iml-sortable"><thead><tr>{cells}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table>"
    )
