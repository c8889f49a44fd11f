"""Tables of answers to the forms of a workshop.

A row for each person: the columns ``form`` and ``participant``, and one for each statement, whose
head begins with its id (``r1``), with ``before`` or ``now`` behind it where it is rated twice. What
stands behind that in a head is for people. Values are numbers from 1, or the words of the scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from imlcourse.course.reference.evaluation import Evaluation
from imlcourse.languages.spelling import near
from imlcourse.results.cells import Row
from imlcourse.results.forms import KEPT, FormAnswer, ratings_of
from imlcourse.results.intake import Intake, Source

__all__ = ["holds_forms", "read_form_rows", "read_forms"]

_HEAD = re.compile(r"([a-z]{1,3}[0-9]{1,2})(?:\s+(before|now))?\b")
_NAMED = ("form", "participant")


def holds_forms(first: list[str]) -> bool:
    """Say whether a table holds answers to forms, by its first row."""
    return "form" in {head.strip().lower() for head in first}


def read_forms(
    source: Source, line: int, first: list[str], rows: Iterable[Row], intake: Intake
) -> None:
    """Read a table of answers to forms.

    Parameters
    ----------
    source
        The file.
    line, first
        The first row.
    rows
        The rows behind it.
    intake
        Where answers are kept, and where each row is told that cannot be used.
    """
    evaluation = intake.course.library.evaluation
    if evaluation is None:
        intake.problem(source, line, "this course has no forms (book/evaluation.yml)")
        return
    places: dict[str, int] = {}
    columns: dict[int, str] = {}
    for place, head in enumerate(first):
        name = head.strip().lower()
        if name in _NAMED:
            places[name] = place
        elif found := _HEAD.match(name):
            columns[place] = " ".join(filter(None, found.groups()))
        elif name:
            what = f"no statement is called “{head.strip()}”; begin the head with its id, as in r1"
            intake.problem(source, line, what)
    kept: list[FormAnswer] = intake.kept.get(KEPT, [])
    seen = {(one.form, one.person): one for one in kept}
    told: set[tuple[str, str]] = set()
    for number, row in rows:
        cells = [cell.strip() for cell in row]

        def cell(name: str, cells: list[str] = cells) -> str:
            place = places.get(name, -1)
            return cells[place] if 0 <= place < len(cells) else ""

        given = {
            columns[place]: words for place, words in enumerate(cells) if place in columns and words
        }
        if not given:
            continue  # a row of the ready table in which nobody has written
        form = cell("form").lower()
        if form not in evaluation.forms:
            what = f"no form is called “{form}”{near(form, evaluation.forms)}; the row is left out"
            intake.problem(source, number, what)
            continue
        person = cell("participant") or f"{source.number}/{number}"
        if (form, person) in seen:
            there = seen[form, person]
            answer = FormAnswer(form, person, source.number, number)
            _read(source, number, evaluation, answer, given, intake, told)
            if (answer.ratings, answer.words) != (there.ratings, there.words):
                what = f"{person} has another row of this form; give each form a number of its own"
                intake.problem(source, number, f"{what}; the row is left out")
            continue
        answer = seen[form, person] = FormAnswer(form, person, source.number, number)
        _read(source, number, evaluation, answer, given, intake, told)
        if answer.ratings or answer.words:
            intake.kept[KEPT].append(answer)


def _read(
    source: Source,
    line: int,
    evaluation: Evaluation,
    answer: FormAnswer,
    given: dict[str, str],
    intake: Intake,
    told: set[tuple[str, str]],
) -> None:
    """Read what a person answered; an answer that cannot be used is told, and the rest is used."""
    lines = {one.key: one for one in evaluation.lines(answer.form)}
    most = ratings_of(evaluation, answer.form)
    questions = evaluation.questions(answer.form)
    for key, words in given.items():
        if key in questions:
            answer.words[key] = words
        elif key not in lines:
            if (answer.form, key) not in told:
                told.add((answer.form, key))
                what = f"the form “{answer.form}” has no statement {key}{near(key, lines)}"
                intake.problem(source, line, f"{what}; its column is left out")
        elif (value := _value(words, lines[key].scale)) is None:
            what = f"“{words}” does not rate {key}; write a number from 1 to {most[key]}"
            intake.problem(source, line, f"{what}; the answer is left out")
        else:
            answer.ratings[key] = value


def _value(words: str, scale: tuple[str, ...]) -> int | None:
    if words.isascii() and words.isdigit():
        return int(words) if 1 <= int(words) <= len(scale) else None
    folded = [one.casefold() for one in scale]
    return folded.index(words.casefold()) + 1 if words.casefold() in folded else None


def read_form_rows(source: Source, rows: pl.DataFrame, intake: Intake) -> None:
    """Read answers to forms that stand among answers to tests, a row for each answer.

    ``test`` is the name of the form; the statement is named by ``item``, or by its number on the
    form (``question``), if the file of places was given. ``answer`` is a number; of a statement
    that is rated twice two of them, ``2 4``, with ``-`` for one that was left open.
    """
    evaluation = intake.course.library.evaluation
    assert evaluation is not None
    found: dict[tuple[str, str], FormAnswer] = {}
    columns = ("line", "participant", "test", "item", "question", "version", "answer")
    for line, person, form, item, question, version, written in rows.select(columns).iter_rows():
        place = None
        if not item:
            place = intake.questions.get((form, version.lower(), question))
            item = place.item if place else ""
        lines = [one for one in evaluation.lines(form) if one.id == item]
        if not lines:
            what = f"which statement of {form} is “{item or question}”? Write its id as the item"
            intake.problem(source, line, f"{what}; the row is left out")
            continue
        if place is None and version not in ("", evaluation.version_of(lines[0])):
            what = f"{item} is worded otherwise now, so that its answers are not counted together"
            intake.problem(source, line, f"{what}; the row is left out")
            continue
        values = [written] if len(lines) == 1 else written.split()
        if len(values) > len(lines):
            what = f"“{written}” rates {item} too often; write {len(lines)} values"
            intake.problem(source, line, f"{what}; the row is left out")
            continue
        given = {
            one.key: value
            for one, value in zip(lines, values, strict=False)
            if value not in ("", "-")
        }
        answer = found.setdefault((form, person), FormAnswer(form, person, source.number, line))
        _read(source, line, evaluation, answer, given, intake, set())
    for answer in found.values():
        if answer.ratings:
            intake.kept[KEPT].append(answer)
