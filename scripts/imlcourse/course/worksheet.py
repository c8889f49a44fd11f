"""Worksheets: something the learner writes, with a rubric to judge it by and a model answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from imlcourse.items.base import Evidence, Flaw, Text, Where, quote_problems, text_problems
from imlcourse.items.shared import SHARED
from imlcourse.markup.fields import Data
from imlcourse.markup.problems import repeated

if TYPE_CHECKING:
    pass


LEVELS = SHARED["worksheet"]["most"] + 1
"""How many levels a criterion has: from 0 points to 3."""


class WorkField(Data):
    """A part of what the learner writes."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="An id that never changes.")
    label: Text = Field(description="What the part is called.")
    hint: Text = Field(description="What a reader should find there.")
    words: int = Field(ge=5, le=400, description="About how many words it takes.")
    model: Text = Field(description="The model answer for this part.")


class Criterion(Data):
    """A line of the rubric."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="An id that never changes.")
    criterion: Text = Field(description="What is judged.")
    levels: list[Text] = Field(
        min_length=LEVELS, max_length=LEVELS, description="What 0, 1, 2 and 3 points look like."
    )
    evidence: list[Evidence] = Field(min_length=1, description="What in the document settles it.")


class Worksheet(Data):
    """Something that the learner writes, part by part."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="An id that never changes."
    )
    title: Text
    intro: Text = Field(description="What is to be written, and for whom.")
    fields: list[WorkField] = Field(min_length=1)
    rubric: list[Criterion] = Field(min_length=1)

    def role_texts(self) -> Iterator[tuple[Where, str]]:
        """Give the texts in which roles work, each with its place in the worksheet."""
        yield ("intro",), self.intro
        for at, part in enumerate(self.fields):
            yield ("fields", at, "model"), part.model

    def texts(self) -> Iterator[tuple[Where, str]]:
        """Give the texts in which emphasis alone works, each with its place."""
        yield ("title",), self.title
        for at, part in enumerate(self.fields):
            yield ("fields", at, "label"), part.label
            yield ("fields", at, "hint"), part.hint
        for at, line in enumerate(self.rubric):
            yield ("rubric", at, "criterion"), line.criterion
            for number, level in enumerate(line.levels):
                yield ("rubric", at, "levels", number), level

    def problems(self) -> Iterator[Flaw]:
        """Check the worksheet as far as it shows by itself."""
        for place, text in self.texts():
            yield from text_problems(place, text)
        for place, text in self.role_texts():
            if not text:
                yield Flaw(place, f"`{place[-1]}` is empty; write its text")
        for place, evidence in self.quotations():
            yield from quote_problems((*place, "quote"), evidence.quote)
        for group, entries in (("fields", self.fields), ("rubric", self.rubric)):
            ids = [entry.id for entry in entries]
            for at, id_ in enumerate(ids):
                if id_ in ids[:at]:
                    yield Flaw(
                        (group, at, "id"),
                        repeated(f"the id {id_}", "give this one its own", line=0),
                    )

    def quotations(self) -> Iterator[tuple[tuple[str | int, ...], Evidence]]:
        """Give the evidence of the rubric, with its place in the worksheet."""
        for at, line in enumerate(self.rubric):
            for number, evidence in enumerate(line.evidence):
                yield ("rubric", at, "evidence", number), evidence
