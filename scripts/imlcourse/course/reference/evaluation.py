"""The forms that people fill in after a workshop: statements with their scales, and questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Reference
from imlcourse.languages.spelling import near
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Words

__all__ = ["Evaluation", "FormLine", "FormPart", "PaperForm"]

StatementId = Annotated[
    str,
    Field(pattern=r"^[a-z]{1,3}[0-9]{1,2}$"),
    Form("write one to three small letters and a number, as in r1"),
]
"""The name of a statement or a question, by which answers are kept."""
TIMES: tuple[Literal["before", "now"], ...] = ("before", "now")


class FormPart(Data):
    """A part of a form: statements to rate, or questions to answer in words.

    Attributes
    ----------
    title
        Its heading.
    level
        The level of Kirkpatrick's model that it asks at.
    scale
        The name of the scale of its statements.
    twice
        Whether each statement is rated twice: as it was before the workshop, and as it is now.
    statements
        Statements by id.
    questions
        Questions by id.
    """

    title: Words
    level: int = Field(ge=1, le=4)
    scale: Id | None = None
    twice: bool = False
    statements: dict[StatementId, Words] = Field(default={})
    questions: dict[StatementId, Words] = Field(default={})


class PaperForm(Data):
    """A form.

    Attributes
    ----------
    title
        What it is called.
    when
        When it is filled in.
    lead
        What people read first.
    parts
        Its parts, in order.
    """

    title: Words
    when: Words
    lead: Words
    parts: list[FormPart] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of boxes of a form.

    Attributes
    ----------
    id
        The statement that it rates.
    time
        ``before`` or ``now``, where it is rated twice; else empty.
    text
        The statement.
    scale
        The words of its scale, from 1.
    """

    id: str
    time: str
    text: str
    scale: tuple[str, ...]

    @property
    def key(self) -> str:
        """By what its answers are kept: ``r1``, ``b1 before``."""
        return f"{self.id} {self.time}".rstrip()


class Evaluation(Part):
    """``book/evaluation.yml``: the forms of a workshop.

    Attributes
    ----------
    scales
        The words of each scale, from the lowest, by name.
    forms
        The forms: ``evaluation``, and ``follow-up`` some weeks later.
    sources
        What they rest on.
    """

    scales: dict[Id, list[Words]]
    forms: dict[Literal["evaluation", "follow-up"], PaperForm]
    sources: list[Reference] = Field(default=[])

    def scale_of(self, part: FormPart) -> tuple[str, ...]:
        """Give the words of the scale of a part."""
        return tuple(self.scales[part.scale]) if part.scale else ()

    def lines(self, form: str) -> Iterator[FormLine]:
        """Give the lines of boxes of a form, in order."""
        for part in self.form(form).parts:
            for id_, text in part.statements.items():
                for time in TIMES if part.twice else ("",):
                    yield FormLine(id_, time, text, self.scale_of(part))

    def questions(self, form: str) -> dict[str, str]:
        """Give the questions of a form that are answered in words, by id."""
        parts = self.form(form).parts
        return {id_: text for part in parts for id_, text in part.questions.items()}

    def form(self, name: str) -> PaperForm:
        """Give a form by its name."""
        return next(form for id_, form in self.forms.items() if id_ == name)

    def version_of(self, line: FormLine) -> str:
        """Give the version of the wording of a statement: eight hexadecimal digits."""
        told = "\n".join([line.text, *line.scale])
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    def check(self, check: PartCheck) -> None:
        """Check scales, and that no id stands in a form twice."""
        for name, scale in self.scales.items():
            if not 2 <= len(scale) <= 7:
                check.report(("scales", name), "a scale has 2 to 7 words; add or take out some")
        for id_, form in self.forms.items():
            seen: set[str] = set()
            for number, part in enumerate(form.parts):
                place = ("forms", id_, "parts", number)
                if bool(part.statements) == bool(part.questions):
                    what = "a part has statements, or questions; write one of the two"
                    check.report(place, what)
                if part.statements and part.scale not in self.scales:
                    hint = near(part.scale or "", self.scales)
                    what = f"no scale “{part.scale}”{hint}; there are {', '.join(self.scales)}"
                    check.report(place, what)
                for name in (*part.statements, *part.questions):
                    if name in seen:
                        group = "statements" if name in part.statements else "questions"
                        what = f"“{name}” stands in this form already; give it another id"
                        check.report((*place, group, name), what)
                    seen.add(name)

    def references(self) -> Iterator[Reference]:
        """Give what the forms rest on."""
        return iter(self.sources)
