"""What lets a reader choose among entries of a page, with no server.

The page is complete without a script: all entries stand in it. `filter.js` shows the choices,
and hides what was not chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from imlcourse.course.model import Course
from imlcourse.course.reference.atlas import Atlas
from imlcourse.html.compose import Markup, html, joined, lines
from imlcourse.languages.locales import locale_of, sorted_by_name
from imlcourse.languages.strings import Strings

__all__ = ["country_name", "facet_names", "filter_html"]

_OPEN = 3
"""So many facets are shown at once; the others unfold."""


def filter_html(
    strings: Strings,
    name: str,
    facets: Mapping[str, Mapping[str, str]],
    entries: Iterable[Mapping[str, Iterable[str]]],
    texts: tuple[str, str] = ("filter.found", "filter.none"),
    find: tuple[str, str] | None = None,
) -> Markup:
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
    texts
        Keys of the texts that say how many entries are shown, and that there is none.
    find
        For a field to type into, which leaves the entries that answer it, the best first: what
        stands above it, and what says that nothing answers it where nothing else was chosen.

    Returns
    -------
    Markup
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
    names = list(facets)
    choices = [_choices(strings, facet, facets[facet], counted[facet]) for facet in names]
    more = [
        html("<details><summary>{}</summary>", strings.text("filter.more")),
        *choices[_OPEN:],
        Markup("</details>"),
    ]
    typed = (
        [
            html(
                '<p class="iml-find-here"><label for="{id}">{find}</label> '
                '<input type="search" id="{id}" data-iml-find autocomplete="off"></p>',
                id=f"{name}-find",
                find=find[0],
            )
        ]
        if find
        else []
    )
    return lines(
        [
            html(
                '<div class="iml-filter" data-iml-filter="{}" hidden data-found="{}" '
                'data-none="{}"{}>',
                name,
                strings.text(texts[0], n="{n}", all="{all}"),
                strings.text(texts[1]),
                html(' data-none-typed="{}"', find[1]) if find else "",
            ),
            *typed,
            *choices[:_OPEN],
            *(more if choices[_OPEN:] else []),
            html(
                '<p class="iml-filter-found"><span role="status" data-iml-found>{}</span> '
                '<button type="button" data-iml-see hidden>{}</button> '
                '<button type="button" data-iml-reset hidden>{}</button></p>',
                strings.text(texts[0], n=total, all=total),
                strings.text("filter.see"),
                strings.text("filter.reset"),
            ),
            Markup("</div>"),
        ]
    )


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
) -> Markup:
    buttons = (
        html(
            '<button type="button" aria-pressed="false" data-facet="{}" data-value="{}">'
            "{} <span>{}</span></button>",
            facet,
            id_,
            words,
            counted[id_],
        )
        for id_, words in headings.items()
        if counted[id_]
    )
    legend = strings.text(f"facet.{facet}")
    return html("<fieldset><legend>{}</legend>{}</fieldset>", legend, joined(buttons))
