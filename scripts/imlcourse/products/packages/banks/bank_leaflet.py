"""What goes with a bank: how to open it, what is in it, what is other than in the course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imlcourse.products.packages.banks.questions import PURPOSES, Questions
from imlcourse.products.packages.banks.tasks import Fill, Match, reasons_of

__all__ = ["Leaflet"]

NAME = "README.txt"


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
            strings.text(
                "banks.leaflet.title",
                course=about.title,
                version=about.version,
                kind=strings.text(f"banks.{self.kind}.name"),
            ),
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
            count = sum(one.purpose == purpose for one in self.questions.asked)
            if count:
                named = self.questions.named(purpose)
                lines.append(f"- {strings.plural('banks.leaflet.count', count, purpose=named)}")
        if "quiz" in {one.purpose for one in self.questions.asked}:
            lines.append(f"- {strings.text('banks.leaflet.keep')}")
        lines += ["", strings.text("banks.leaflet.differs")]
        lines += [f"- {line}" for line in self._differences()]
        lines += ["", strings.text("banks.leaflet.left_out")]
        lines += [f"- {line}" for line in self._left_out()]
        licence = strings.text("book.licence", licence=about.licence)
        lines += ["", strings.text("book.drawn"), licence]
        return "\n".join(lines) + "\n"

    def file(self) -> bytes:
        """Give it as a file."""
        return self.text().encode()

    def _differences(self) -> list[str]:
        strings, said = self.questions.strings, []
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
        left_out = {id_ for ids in self.left_out.values() for id_ in ids}
        for name in self.differs:
            about = name.partition("-")[0]
            ids = [id_ for id_ in items.get(about, []) if id_ not in left_out]
            if ids or about not in items:
                said.append(strings.text(f"banks.differs.{name}", items=self._named(ids)))
        return said or [strings.text("banks.leaflet.nothing")]

    def _left_out(self) -> list[str]:
        strings = self.questions.strings
        said = []
        if self.questions.left_out:
            named = self._named(self.questions.left_out)
            said.append(strings.text("banks.left_out.cases", items=named))
        for name, ids in self.left_out.items():
            if ids:
                said.append(strings.text(f"banks.left_out.{name}", items=self._named(ids)))
        said += [strings.text(f"banks.left_out.{name}") for name in self.without]
        return said or [strings.text("banks.leaflet.nothing")]

    def _named(self, ids: Sequence[str]) -> str:
        return self.questions.strings.text("list.comma").join(ids)
