"""The forms of a workshop in a report: what the page and the workbook show of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from imlcourse.products.report.words import Words
from imlcourse.results.forms import KEPT, FormFigures, StatementFigures, form_figures
from imlcourse.results.gather import Gathered

__all__ = ["FormShown", "PartShown", "forms_shown", "rating_rows", "word_rows"]


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of a form: its title, its scale, and its statements."""

    title: str
    scale: tuple[str, ...]
    twice: bool
    lines: list[StatementFigures]


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form: its title, how many were answered, its parts, and what was said in words."""

    title: str
    count: int
    parts: list[PartShown]
    words: list[tuple[str, list[str]]]


def forms_shown(words: Words, gathered: Gathered) -> list[FormShown]:
    """Give what is shown of each form that was answered."""
    evaluation = words.course.library.evaluation
    figures = form_figures(evaluation, gathered.kept.get(KEPT, ()))
    return [_shown(words, one) for one in figures]


def _shown(words: Words, figures: FormFigures) -> FormShown:
    evaluation = words.course.library.evaluation
    assert evaluation is not None
    form = evaluation.form(figures.form)
    parts = []
    for place, lines in figures.parts:
        part = form.parts[place]
        scale = tuple(words.plain(one) for one in evaluation.scale_of(part))
        parts.append(PartShown(words.plain(part.title), scale, part.twice, lines))
    questions = evaluation.questions(figures.form)
    said = [(words.plain(questions[id_]), each) for id_, each in figures.words.items()]
    return FormShown(words.plain(form.title), figures.count, parts, said)


def rating_rows(words: Words, forms: Iterable[FormShown]) -> Iterator[list[Any]]:
    """Give a row of the workbook for each line of boxes; counts stand from the lowest value."""
    text = words.strings.text
    for form in forms:
        for part in form.parts:
            for line in part.lines:
                for time, spread in line.spreads.items():
                    named = text(f"evaluation.{time}") if time else ""
                    scale = text("list.separator").join(
                        text("evaluation.scale", number=number, words=word)
                        for number, word in enumerate(part.scale, start=1)
                    )
                    counts = [*spread.counts, *([None] * (MOST - len(spread.counts)))]
                    yield [
                        *(form.title, line.id, words.plain(line.text), named, scale),
                        *(*counts, spread.count, spread.mean),
                    ]


MOST = 7
"""As many values as a scale may have."""


def word_rows(forms: Iterable[FormShown]) -> Iterator[list[str]]:
    """Give a row of the workbook for each answer in words."""
    for form in forms:
        for question, said in form.words:
            for each in said:
                yield [form.title, question, each]
