"""The case atlas in a live notebook: buttons to choose by, what was found, and where."""

from __future__ import annotations

from typing import Any

import ipywidgets

from imlcourse.course.model import Course
from imlcourse.course.reference.atlas import Activity, Atlas
from imlcourse.html.citation import cited
from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.html.facets import country_name, facet_names
from imlcourse.html.worldmap import WORLD, world_map
from imlcourse.languages.spelling import near
from imlcourse.markup.inline import inline_html

__all__ = ["AtlasExplorer"]

_BUTTONS = ("setting", "group", "kind")
_LISTS = ("region", "country", "right", "learner", "output")
_STYLE = Markup(
    "<style>.iml-land{fill:#d8d5ca}.iml-marked{fill:#1d5c7a;stroke:#fff;stroke-width:.8}"
    ".iml-step-1{fill-opacity:.5}.iml-step-2{fill-opacity:.75}</style>"
)


class AtlasExplorer(ipywidgets.VBox):  # type: ignore[misc]  # has no types
    """Choose among the activities of the annex.

    Parameters
    ----------
    course
        The course.
    atlas
        Its atlas.

    Attributes
    ----------
    found
        The activities that have all that is chosen.
    table
        The same as a list of dictionaries, ready for ``pandas.DataFrame``.
    """

    def __init__(self, course: Course, atlas: Atlas) -> None:
        self._course = course
        self._atlas = atlas
        self._buttons: dict[str, dict[str, Any]] = {}
        self._lists: dict[str, Any] = {}
        self._count = ipywidgets.HTML()
        self._results = ipywidgets.HTML()
        rows = []
        for facet in _BUTTONS:
            self._buttons[facet] = {}
            for name, words in self._headings(facet).items():
                toggle = ipywidgets.ToggleButton(description=words, layout={"width": "auto"})
                toggle.observe(self._changed, "value")
                self._buttons[facet][name] = toggle
            legend = ipywidgets.HTML(html("<b>{}</b>", self._text(f"facet.{facet}")))
            rows.append(
                ipywidgets.VBox(
                    [
                        legend,
                        ipywidgets.HBox(
                            list(self._buttons[facet].values()), layout={"flex_flow": "row wrap"}
                        ),
                    ]
                )
            )
        for facet in _LISTS:
            options = [(self._text("filter.any"), "")]
            options += [(words, name) for name, words in self._headings(facet).items()]
            chooser = ipywidgets.Dropdown(
                options=options,
                description=self._text(f"facet.{facet}"),
                style={"description_width": "initial"},
            )
            chooser.observe(self._changed, "value")
            self._lists[facet] = chooser
        lists = ipywidgets.HBox(list(self._lists.values()), layout={"flex_flow": "row wrap"})
        self._reset = ipywidgets.Button(description=self._text("filter.reset"))
        self._reset.on_click(lambda _: self.choose())
        super().__init__([*rows, lists, ipywidgets.HBox([self._count, self._reset]), self._results])
        self._changed()

    def _text(self, key: str, **values: object) -> str:
        return self._course.strings.text(key, **values)

    def _headings(self, facet: str) -> dict[str, str]:
        used = {i for a in self._atlas.activities for i in self._atlas.tags(a)[facet]}
        names = facet_names(self._course, self._atlas, facet)
        return {name: words for name, words in names.items() if name in used}

    def choose(self, **wanted: str) -> None:
        """Choose by the names of headings, and show what is found.

        Parameters
        ----------
        **wanted
            For a facet (``setting``, ``group``, ``kind``, ``region``, ``country``, ``right``,
            ``learner``, ``output``) the id of a heading, such as ``setting="reception"``. What
            was chosen before is taken back.

        Raises
        ------
        LookupError
            If there is no such facet or heading.
        """
        for facet, name in wanted.items():
            if facet not in (*_BUTTONS, *_LISTS):
                msg = f"nothing is chosen by {facet}{near(facet, (*_BUTTONS, *_LISTS))}"
                raise LookupError(msg)
            if name not in (known := self._headings(facet)):
                msg = f"no {facet} {name}{near(name, known)}; there are {', '.join(known)}"
                raise LookupError(msg)
        for facet, buttons in self._buttons.items():
            for name, toggle in buttons.items():
                toggle.value = wanted.get(facet) == name
        for facet, chooser in self._lists.items():
            chooser.value = wanted.get(facet, "")

    @property
    def found(self) -> list[Activity]:
        """The activities that have all that is chosen; of one facet, one heading is enough."""
        chosen = {
            facet: {name for name, toggle in buttons.items() if toggle.value}
            for facet, buttons in self._buttons.items()
        }
        chosen |= {facet: {c.value} - {""} for facet, c in self._lists.items()}
        return [
            activity
            for activity in self._atlas.activities
            if all(
                not names or names & set(self._atlas.tags(activity)[facet])
                for facet, names in chosen.items()
            )
        ]

    @property
    def table(self) -> list[dict[str, Any]]:
        """What is found, as a list of dictionaries: unit, title, summary, and each facet's ids."""
        return [
            {"unit": a.unit, "title": a.title, "summary": a.summary, **self._atlas.tags(a)}
            for a in self.found
        ]

    def _changed(self, _change: object = None) -> None:
        found = self.found
        everything = len(self._atlas.activities)
        words = self._text("filter.found", n=len(found), all=everything)
        self._count.value = html("<b>{}</b>", words if found else self._text("filter.none"))
        self._results.value = self._map(found) + joined(map(self._row, found))

    def _map(self, found: list[Activity]) -> Markup:
        counts: dict[str, int] = {}
        for activity in found:
            for code in dict.fromkeys(activity.countries):
                counts[code] = counts.get(code, 0) + 1
        if not counts:
            return NOTHING
        labels = {
            code: self._text(
                "atlas.map.country", country=country_name(self._course, code), number=number
            )
            for code, number in counts.items()
        }
        label = self._text("atlas.map.label", count=len(counts))
        drawn = world_map(WORLD, counts, labels, label, self._atlas.points)
        return html('{}<div style="max-width:48rem">{}</div>', _STYLE, drawn)

    def _row(self, activity: Activity) -> Markup:
        places = [activity.area] if activity.area else []
        places += [country_name(self._course, code) for code in activity.countries]
        separator = self._text("list.comma")
        return html(
            "<p><b>{}</b><br>{}{} <small>({})</small></p>",
            inline_html(activity.title),
            f"{separator.join(places)}: " if places else "",
            inline_html(activity.summary),
            cited(activity.unit, self._course.strings),
        )
