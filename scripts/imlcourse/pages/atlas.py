"""The case atlas: the activities of the annex with choices, maps and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from imlcourse.course.library import Activity, Atlas
from imlcourse.course.model import Course
from imlcourse.html.charts import bar_chart, data_table, figure
from imlcourse.html.citation import cited
from imlcourse.html.facets import country_name, facet_names, filter_html
from imlcourse.html.worldmap import WORLD, Window, world_map
from imlcourse.html.writer import Writer, module_link
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of

__all__ = ["activity_html", "atlas_page"]

EUROPE = Window(-12.0, 22.0, 57.0, 62.0, 640)
FACETS = ("setting", "group", "kind", "right", "region", "country", "learner", "output")
"""What activities are chosen by, the most asked for first."""
_QUOTE = "an illustrative sampling of recent IOM activities"


@made_of("case-atlas", lambda making: making.course.library.atlas)
def atlas_page(course: Course, atlas: Atlas) -> str:
    """Make the page of the case atlas.

    Parameters
    ----------
    course
        The course.
    atlas
        Its atlas.

    Returns
    -------
    str
        MyST Markdown: the choices, the activities, the maps, the charts.
    """
    strings, writer = course.strings, Writer(course)
    tags = [atlas.tags(activity) for activity in atlas.activities]
    count = len(atlas.activities)
    quote = strings.text("quote", words=_QUOTE, link=writer.cite_html("A1"))
    facets = {facet: facet_names(course, atlas, facet) for facet in FACETS}
    parts = [
        f"# {strings.text('atlas.title')}",
        strings.text("atlas.lead", count=count, quote=quote),
        filter_html(strings, "atlas", facets, tags),
        f"<noscript><p>{escape(strings.text('filter.noscript'))}</p></noscript>",
        # Right below the choices, what they find.
        f"## {strings.text('atlas.activities')}",
        strings.text("atlas.tags"),
        "\n".join(activity_html(atlas, activity, writer) for activity in atlas.activities),
        f"## {strings.text('atlas.map')}",
        *_maps(course, atlas),
        f"## {strings.text('atlas.charts')}",
        strings.text("atlas.charts.lead", count=count),
        "\n".join(['<div class="iml-charts">', *_charts(course, facets, tags), "</div>"]),
    ]
    return "\n\n".join(parts) + "\n"


def activity_html(atlas: Atlas, activity: Activity, writer: Writer) -> str:
    """Write an activity as HTML on lines that are not blank.

    Parameters
    ----------
    atlas
        The atlas.
    activity
        One of its activities.
    writer
        The writer of the page.

    Returns
    -------
    str
        An ``article``, with the headings it stands under as ``data-<facet>``.
    """
    course = writer.course
    strings = course.strings
    data = " ".join(
        f'data-{facet}="{" ".join(ids)}"' for facet, ids in atlas.tags(activity).items() if ids
    )
    facts = [
        (strings.text(f"atlas.{name}"), value)
        for name, value in (
            ("place", _places(course, activity)),
            ("kind", _listed(strings, (atlas.kinds[k.kind].name for k in activity.kinds))),
            ("group", _listed(strings, (atlas.groups[g.group].name for g in activity.groups))),
            (
                "learner",
                _listed(strings, (atlas.learners[x.learner].name for x in activity.learners)),
            ),
            ("partners", _listed(strings, activity.partners, "list.separator")),
            ("output", _listed(strings, _outputs(atlas, activity), "list.separator")),
            ("right", _rights(course, activity)),
            ("taught", _modules(course, activity.unit)),
        )
        if value
    ]
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    quotes = dict.fromkeys(
        [
            *(k.quote for k in activity.kinds),
            *(g.quote for g in activity.groups),
            *(x.quote for x in activity.learners),
        ]
    )
    said = "".join(f"<li>{escape(strings.text('said', words=quote))}</li>" for quote in quotes)
    return "\n".join(
        [
            f'<article class="iml-activity" id="activity-{activity.unit.lower()}" data-iml-entry '
            f"{data}>",
            f"<h3>{inline_html(activity.title)}</h3>",
            f"<p>{inline_html(activity.summary)} {writer.cite_html(activity.unit)}</p>",
            f'<dl class="iml-unit-facts">{rows}</dl>',
            f"<details><summary>{escape(strings.text('atlas.evidence'))}</summary>"
            f"<ul>{said}</ul></details>",
            "</article>",
        ]
    )


def _listed(strings: Strings, words: Iterable[str], separator: str = "list.comma") -> str:
    return strings.text(separator).join(inline_html(each) for each in dict.fromkeys(words))


def _places(course: Course, activity: Activity) -> str:
    strings = course.strings
    places = [activity.area] if activity.area else []
    for code in activity.countries:
        name = country_name(course, code)
        if code in activity.named:
            name += f" ({strings.text('atlas.renamed', name=activity.named[code])})"
        places.append(name)
    return _listed(strings, places)


def _outputs(atlas: Atlas, activity: Activity) -> Iterator[str]:
    for output in activity.outputs:
        name = atlas.outputs[output.output].name
        yield f"{name}: *{output.title}*" if output.title else name


def _rights(course: Course, activity: Activity) -> str:
    matrix, strings = course.library.matrix, course.strings
    entries = []
    for served in activity.rights:
        name = matrix.rights[served.right].name if matrix else served.right
        if served.says:
            how = f"{strings.text('atlas.named')}: {strings.text('said', words=served.says)}"
        else:
            how = f"{strings.text('atlas.reading')}: {served.why}"
        entries.append(f"<li>{escape(name)} <small>({inline_html(how)})</small></li>")
    return f"<ul>{''.join(entries)}</ul>" if entries else ""


def _modules(course: Course, unit_id: str) -> str:
    return course.strings.text("list.comma").join(
        module_link(course.modules[module]) for module in course.taught_in.get(unit_id, [])
    )


def _maps(course: Course, atlas: Atlas) -> Iterator[str]:
    strings = course.strings
    counts: Counter[str] = Counter()
    units: dict[str, list[str]] = {}
    for activity in atlas.activities:
        for code in dict.fromkeys(activity.countries):
            counts[code] += 1
            units.setdefault(code, []).append(activity.unit)
    names = facet_names(course, atlas, "country")
    said = {
        code: strings.text("atlas.map.country", country=names[code], number=counts[code])
        for code in names
    }
    without = sum(bool(activity.area) or not activity.countries for activity in atlas.activities)
    yield strings.text("atlas.map.lead", without=without, count=len(atlas.activities))
    label = strings.text("atlas.map.label", count=len(counts))
    ordered = {code: counts[code] for code in names}
    table = data_table(
        [strings.text(f"atlas.{name}") for name in ("country", "activities", "paragraphs")],
        [
            (
                names[code],
                counts[code],
                _listed(strings, (cited(unit, strings) for unit in units[code])),
            )
            for code in names
        ],
    )
    drawn = world_map(WORLD, ordered, said, label, atlas.points)
    yield figure(drawn, strings.text("atlas.map.caption"), table, strings)
    inset = strings.text("atlas.map.inset")
    enlarged = world_map(EUROPE, ordered, said, inset, atlas.points)
    yield (
        f'<figure class="iml-figure">{enlarged}<figcaption>{escape(inset)}</figcaption></figure>'
    )


def _charts(
    course: Course, facets: dict[str, dict[str, str]], tags: list[dict[str, list[str]]]
) -> Iterator[str]:
    for facet in ("kind", "group", "region", "right"):
        counted = Counter(id_ for entry in tags for id_ in dict.fromkeys(entry[facet]))
        bars = [(facets[facet][id_], number) for id_, number in counted.most_common()]
        if bars:
            yield bar_chart(course.strings.text(f"facet.{facet}"), bars, course.strings)
