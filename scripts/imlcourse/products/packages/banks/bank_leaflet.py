"""What goes with a bank: how to open it, what is in it, what is other than in the course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from imlcourse.markup.inline import inline_text
from imlcourse.products.packages.banks.questions import PURPOSES, Questions, name_of
from imlcourse.products.packages.banks.tasks import Fill, Match, reasons_of

__all__ = ["Leaflet"]

NAME, LIST = "README.txt", "QUESTIONS.txt"
# Of what is other, where it counts which questions these are.
_NAMED = frozenset({"reasons", "steps", "once", "slips"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of the text, and the ids of the questions that it counts."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaflet:
    """A page of plain text that goes with a bank.

    Attributes
    ----------
    questions
        What is in the bank.
    kind
        The name of its texts, such as ``moodle``.
    steps
        How to open it, as names of texts, in order.
    differs
        What is other than in the course, as names of texts.
    left_out
        Ids of questions that have no form in it, by the name of the text that says why.
    without
        What else it does without, as names of texts.
    """

    questions: Questions
    kind: str
    steps: Sequence[str]
    differs: Sequence[str] = ()
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Sequence[str] = ()

    def text(self) -> str:
        """Give its text."""
        strings, about = self.questions.strings, self.questions.course.about
        lines = [
            self._title(),
            "",
            strings.text(f"banks.{self.kind}.what"),
            "",
            strings.text("banks.leaflet.open"),
            *(
                f"{number}. {strings.text(f'banks.{self.kind}.step.{step}')}"
                for number, step in enumerate(self.steps, start=1)
            ),
            "",
            strings.text("banks.leaflet.holds"),
        ]
        for purpose in PURPOSES:
            count = sum(
                one.purpose == purpose and one.id not in self._without_form
                for one in self.questions.asked
            )
            if count:
                named = self.questions.named(purpose)
                lines.append(f"- {strings.plural('banks.leaflet.count', count, purpose=named)}")
        lines += self._by_module()
        if "quiz" in {one.purpose for one in self.questions.asked}:
            lines.append(f"- {strings.text('banks.leaflet.keep')}")
        if self._list():
            lines.append(f"- {strings.text('banks.leaflet.list', list=LIST)}")
        lines += ["", strings.text("banks.leaflet.differs")]
        nothing = f"- {strings.text('banks.leaflet.nothing')}"
        lines += [f"- {one.text}" for one in self._differences()] or [nothing]
        lines += ["", strings.text("banks.leaflet.left_out")]
        lines += [f"- {one.text}" for one in self._left_out()] or [nothing]
        licence = strings.text("book.licence", licence=about.licence)
        lines += ["", strings.text("book.drawn"), licence]
        return "\n".join(lines) + "\n"

    def _by_module(self) -> list[str]:
        """Say how many questions each module has."""
        asked, strings = self.questions.asked, self.questions.strings
        counts = [
            (self.questions.category(module), sum(one.module.id == module.id for one in asked))
            for module in self.questions.course.modules.values()
        ]
        return [
            f"- {strings.text('banks.leaflet.modules')}",
            *(
                f"  - {strings.plural('banks.leaflet.count', count, purpose=inline_text(title))}"
                for title, count in counts
                if count
            ),
        ]

    def files(self) -> dict[str, bytes]:
        """Give it as a file, and beside it the list of the questions that it counts."""
        named = self._list()
        return {NAME: self.text().encode(), **({LIST: named.encode()} if named else {})}

    def _title(self) -> str:
        strings, about = self.questions.strings, self.questions.course.about
        return strings.text(
            "banks.leaflet.title",
            course=about.title,
            version=about.version,
            kind=strings.text(f"banks.{self.kind}.name"),
        )

    @property
    def _without_form(self) -> set[str]:
        return {id_ for ids in self.left_out.values() for id_ in ids}

    def _differences(self) -> Iterator[_Said]:
        items = {
            "reasons": [one.id for one in self.questions.asked if reasons_of(one.item)],
            "steps": [one.id for one in self.questions.asked if one.item.type == "ordering"],
            "once": [
                one.id
                for one in self.questions.asked
                if isinstance(one.task, Fill) and one.task.once
            ],
            "slips": [
                one.id
                for one in self.questions.asked
                if isinstance(one.task, Fill) and any(gap.tolerance for gap in one.task.gaps)
            ],
            "lines": [one.id for one in self.questions.asked if isinstance(one.task, Match)],
            "gaps": [one.id for one in self.questions.asked if isinstance(one.task, Fill)],
            "several": [one.id for one in self.questions.asked if one.item.type == "multiple"],
        }
        for name in self.differs:
            about = name.partition("-")[0]
            ids = [id_ for id_ in items.get(about, []) if id_ not in self._without_form]
            if ids or about not in items:
                yield self._said(f"banks.differs.{name}", ids if about in _NAMED else ())

    def _left_out(self) -> Iterator[_Said]:
        yield from (
            self._said(f"banks.left_out.{name}", ids)
            for name, ids in {"cases": self.questions.left_out, **self.left_out}.items()
            if ids
        )
        yield from (self._said(f"banks.left_out.{name}") for name in self.without)

    def _said(self, key: str, ids: Sequence[str] = ()) -> _Said:
        strings = self.questions.strings
        if not ids:
            return _Said(strings.text(key))
        some = strings.plural("banks.leaflet.some", len(ids))
        return _Said(strings.text(key, questions=some), tuple(ids))

    def _list(self) -> str:
        """Name the questions that the text only counts; nothing if it counts none."""
        strings = self.questions.strings
        by_id = {item.id: item for item in self.questions.course.items}
        lines = [self._title(), "", strings.text("banks.leaflet.list.lead")]
        said = [one for one in (*self._differences(), *self._left_out()) if one.ids]
        for one in said:
            lines += ["", one.text, *(f"- {name_of(by_id[id_])}" for id_ in one.ids)]
        return "\n".join(lines) + "\n" if said else ""
