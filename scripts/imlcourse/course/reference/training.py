"""What all session plans share: ground rules, how to vote, what to do when something hurts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from imlcourse.course.reference.base import Id, Part
from imlcourse.markup.fields import Data, Words


class Brought(Data):
    """Something that the trainer brings, since no course can make it.

    Attributes
    ----------
    name
        What it is.
    words
        Words by which a plan names it: a plan that has one of them says that it is brought.
    """

    name: Words
    words: list[Words] = Field(default=[])


class Care(Data):
    """How to act in a moment that needs care.

    Attributes
    ----------
    title
        What has happened.
    steps
        What to do, in order.
    """

    title: Words
    steps: list[Words] = Field(min_length=2)


class Training(Part):
    """``book/training.yml``: what all session plans share.

    Attributes
    ----------
    rules
        Ground rules, as they are said to the group.
    vote
        How a question is answered by show of hands, step by step.
    moments
        How to act when a remark is hostile, when somebody tells of what happened to them, and
        before subjects that hurt.
    bring
        What a trainer may have to bring, by name.
    words
        Words by which a plan names what is made: cards, a flip chart, a job aid …
    """

    rules: list[Words] = Field(min_length=3)
    vote: list[Words] = Field(min_length=3)
    moments: dict[Literal["hostile", "disclosure", "content"], Care]
    bring: dict[Id, Brought]
    words: dict[Literal["cards", "flipchart", "aid", "reading", "worksheet"], list[Words]]
