"""The case atlas: the activities of the annex with choices, maps and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from imlcourse.course.model import Course
from imlcourse.course.reference.atlas import Activity, Atlas, RightServed
from imlcourse.html.charts import bar_chart, figure
from imlcourse.html.citation import cited
from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.html.facets import country_name, facet_names, filter_html
from imlcourse.html.tables import data_table
from imlcourse.html.worldmap import WORLD, Window, world_map
from imlcourse.html.writer import Writer, module_link
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, rendered

__all__ = ["atlas_page"]

EUROPE = Window(-12.0, 22.0, 57.0, 62.0, 640)
"""Europe and its south, where countries are too small on the map of the world."""
FACETS = ("setting", "group", "kind", "right", "region", "country", "learner", "output")
"""What activities are chosen by, the most asked for first."""
CHARTED = ("kind", "group", "region", "right")
"""What activities are counted by in charts."""


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
    facets = {facet: facet_names(course, atlas, facet) for facet in FACETS}
    return rendered(
        writer,
        "atlas.md",
        activities=atlas.activities,
        quote=strings.html(
            "quote", words=writer.words(atlas.says.quote), link=writer.cite_html(atlas.says.unit)
        ),
        filters=filter_html(strings, "atlas", facets, tags),
        tags=atlas.tags,
        rows=lambda activity: list(_rows(atlas, activity, writer)),
        quotes=_quotes,
        without=sum(bool(one.area) or not one.countries for one in atlas.activities),
        maps=list(_maps(course, atlas)),
        charts=list(_charts(course, facets, tags)),
    )


def _rows(atlas: Atlas, activity: Activity, writer: Writer) -> Iterator[tuple[str, Markup]]:
    """Give what is known of an activity: the name of each fact, and what it says."""
    course = writer.course
    strings = course.strings
    comma = strings.html("list.comma")
    facts = {
        "place": _words(_places(course, activity), comma),
        "kind": _words((atlas.kinds[shown.kind].name for shown in activity.kinds), comma),
        "group": _words((atlas.groups[shown.group].name for shown in activity.groups), comma),
        "learner": _words(
            (atlas.learners[shown.learner].name for shown in activity.learners), comma
        ),
        "partners": _words(activity.partners, strings.html("list.separator")),
        "output": _words(_outputs(atlas, activity), strings.html("list.separator")),
        "right": _rights(writer, activity.rights),
        "taught": comma.join(
            module_link(course.modules[module])
            for module in course.taught_in.get(activity.unit, [])
        ),
    }
    for name, value in facts.items():
        if value:
            yield strings.text(f"atlas.{name}"), value


def _quotes(activity: Activity) -> list[str]:
    """Give the words of the document that an activity's headings rest on, each once."""
    quotes = [
        *(shown.quote for shown in activity.kinds),
        *(shown.quote for shown in activity.groups),
        *(shown.quote for shown in activity.learners),
    ]
    return list(dict.fromkeys(quotes))


def _words(entries: Iterable[str], separator: Markup) -> Markup:
    return separator.join(inline_html(entry) for entry in dict.fromkeys(entries))


def _places(course: Course, activity: Activity) -> Iterator[str]:
    if activity.area:
        yield activity.area
    for code in activity.countries:
        name = country_name(course, code)
        if code in activity.named:
            name += f" ({course.strings.text('atlas.renamed', name=activity.named[code])})"
        yield name


def _outputs(atlas: Atlas, activity: Activity) -> Iterator[str]:
    for output in activity.outputs:
        name = atlas.outputs[output.output].name
        yield f"{name}: *{output.title}*" if output.title else name


def _rights(writer: Writer, rights: Iterable[RightServed]) -> Markup:
    matrix, strings = writer.course.library.matrix, writer.course.strings
    entries = []
    for served in rights:
        name = matrix.rights[served.right].name if matrix else served.right
        if served.says:
            how, reason = "named", strings.html("said", words=writer.words(served.says))
        else:
            how, reason = "reading", inline_html(served.why or "")
        entries.append(
            html("<li>{} <small>({}: {})</small></li>", name, strings.text(f"atlas.{how}"), reason)
        )
    return html("<ul>{}</ul>", joined(entries)) if entries else NOTHING


def _maps(course: Course, atlas: Atlas) -> Iterator[Markup]:
    """Draw where activities were, in the world and in Europe, with a table of the countries."""
    strings = course.strings
    units: dict[str, list[str]] = {}
    for activity in atlas.activities:
        for code in dict.fromkeys(activity.countries):
            units.setdefault(code, []).append(activity.unit)
    names = facet_names(course, atlas, "country")
    counts = {code: len(units[code]) for code in names}
    labels = {
        code: strings.text("atlas.map.country", country=name, number=counts[code])
        for code, name in names.items()
    }
    comma = strings.text("list.comma")
    table = data_table(
        [strings.text(f"atlas.{name}") for name in ("country", "activities", "paragraphs")],
        [
            (name, counts[code], comma.join(cited(unit, strings) for unit in units[code]))
            for code, name in names.items()
        ],
    )
    label = strings.text("atlas.map.label", count=len(counts))
    world = world_map(WORLD, counts, labels, label, atlas.points)
    yield _legend(strings)
    yield figure(world, strings.text("atlas.map.caption"), table, strings)
    inset = strings.text("atlas.map.inset")
    yield html(
        '<figure class="iml-figure">{}<figcaption>{}</figcaption></figure>',
        world_map(EUROPE, counts, labels, inset, atlas.points),
        inset,
    )


def _legend(strings: Strings) -> Markup:
    """Show the colours of the map, each with its number; they are right in every colour scheme."""
    swatch = Markup(
        '<svg viewBox="0 0 24 16" aria-hidden="true">'
        '<rect class="iml-marked iml-step-{}" width="24" height="16"/></svg>'
    )
    numbers = ["1", "2", strings.text("atlas.map.most")]
    return html(
        '<p class="iml-legend">{} {}</p>',
        strings.text("atlas.map.legend"),
        joined(
            (
                html("<span>{} {}</span>", swatch.format(step), number)
                for step, number in enumerate(numbers, 1)
            ),
            " ",
        ),
    )


def _charts(
    course: Course,
    facets: Mapping[str, Mapping[str, str]],
    tags: Iterable[Mapping[str, Iterable[str]]],
) -> Iterator[Markup]:
    for facet in CHARTED:
        counted = Counter(id_ for entry in tags for id_ in dict.fromkeys(entry[facet]))
        bars = [(facets[facet][id_], number) for id_, number in counted.most_common()]
        if bars:
            yield bar_chart(course.strings.text(f"facet.{facet}"), bars, course.strings)
