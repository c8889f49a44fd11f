"""The answers to a sheet, read and scored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imlcourse.course.trials import Answered
from imlcourse.items import Item
from imlcourse.markup.problems import Problems
from imlcourse.trials.sheet import Asked, SheetKey

__all__ = ["read_answers"]

_LINE = re.compile(r"^\s*(\d+)\s*[:.)]\s*(.*?)\s*\|\s*(sure|unsure)\s*$", re.IGNORECASE)
_TYPED = re.compile(r"(\d+)\s*=\s*(.*?)(?=\s*[;,]?\s*\d+\s*=|\s*$)")
_PAIR = re.compile(r"(\d+)\s*[-=:]?\s*([a-z])\b")


def read_answers(
    path: Path, text: str, key: SheetKey, items: Mapping[str, Item], problems: Problems
) -> tuple[list[Answered], list[str]]:
    """Read the answers to a sheet, and score them.

    Parameters
    ----------
    path
        The file of the answers, for messages.
    text
        What it holds.
    key
        What the sheet asked.
    items
        The items of the course, by id.
    problems
        Where each line that cannot be read is reported, and each question without an answer.

    Returns
    -------
    list of Answered
        In the order of the sheet.
    list of str
        Ids of items that are worded otherwise since, or are gone: their answers are left out.
    """
    given: dict[int, tuple[int, str, bool]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        if not found:
            what = "this line is no answer; write it as in “12: b | sure” (see the sheet)"
            problems.add(path, number, what)
            continue
        question = int(found[1])
        if not 1 <= question <= len(key.questions):
            problems.add(path, number, f"the sheet has no question {question}")
        elif question in given:
            problems.add(
                path, number, f"question {question} was answered in line {given[question][0]}"
            )
        else:
            given[question] = (number, found[2], found[3].lower() == "sure")
    answered: list[Answered] = []
    reworded: list[str] = []
    for question, asked in enumerate(key.questions, 1):
        if question not in given:
            problems.add(path, 0, f"question {question} has no answer")
            continue
        line_number, answer, sure = given[question]
        item = items.get(asked.item)
        if item is None or item.version != asked.version:
            reworded.append(asked.item)
            continue
        response = _response(item, asked, answer)
        if response is None:
            what = f"“{answer}” does not answer question {question}; see the sheet for its form"
            problems.add(path, line_number, what)
            continue
        points = round(item.score(response).points, 2)
        answered.append(Answered(item=item.id, version=item.version, points=points, sure=sure))
    return answered, reworded


def _response(item: Item, asked: Asked, answer: str) -> Any:
    """Give the response that an answer stands for; ``None`` if it stands for none."""
    labels = asked.labels
    match item.type:
        case "single":
            return labels.get(answer.lower())
        case "truefalse":
            words = answer.lower().split()
            ids = [labels[word] for word in words if word in labels]
            if len(ids) != len(words) or not ids or ids[0] not in ("true", "false"):
                return None
            return ids if len(ids) > 1 else ids[0]
        case "multiple" | "ordering":
            return _letters(labels, answer.lower())
        case "matching" | "categorise":
            pairs = _PAIR.findall(answer.lower())
            if not pairs or any(one not in labels for pair in pairs for one in pair):
                return None
            return {labels[number]: labels[letter] for number, letter in pairs}
        case "cloze":
            return _gaps(labels, answer)
    return answer or None


def _letters(labels: Mapping[str, str], answer: str) -> list[str] | None:
    letters = re.findall(r"[a-z]+", answer)
    ids = [labels[letter] for letter in letters if letter in labels]
    return ids if ids and len(ids) == len(letters) else None


def _gaps(labels: Mapping[str, str], answer: str) -> dict[str, str] | None:
    gaps = _TYPED.findall(answer)
    if not gaps or any(number not in labels for number, _ in gaps):
        return None
    return {labels[number]: labels.get(given.lower(), given) for number, given in gaps if given}
