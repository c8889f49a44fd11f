"""Quizzes in a live notebook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, overload

from imlcourse.checks.load import load_course
from imlcourse.course.find import find_root
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.html.tables import data_table
from imlcourse.languages.spelling import near
from imlcourse.languages.strings import Strings
from imlcourse.live.entries import Entry, attempts_of, item_entry
from imlcourse.live.record import FILE_NAME, RecordFile
from imlcourse.markup.inline import inline_text
from imlcourse.markup.problems import CourseError
from imlcourse.notebooks.make import quiz_output

if TYPE_CHECKING:
    from imlcourse.live.explorer import AtlasExplorer
    from imlcourse.live.widget import QuizWidget


@dataclass(frozen=True)
class ShownQuiz:
    """A quiz as a notebook shows it: whole, readable, with its answers to unfold.

    Attributes
    ----------
    id
        Its id.
    html
        The quiz as static HTML.
    """

    id: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"quiz({self.id!r})"


def show(quiz_id: str, language: str | None = None) -> ShownQuiz | QuizWidget:
    """Find a quiz in the course around the notebook.

    Parameters
    ----------
    quiz_id
        Id of a quiz, or of a single item.
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    QuizWidget or ShownQuiz
        The quiz as a widget, or to be read only where widgets are not installed.

    Raises
    ------
    LookupError
        If there is no such quiz, or no course.
    """
    course = _around(language)
    items = {item.id for item in course.items}
    if quiz_id not in items | course.quizzes.keys():
        # An item is proposed only to whoever asked for one.
        meant = items if "-i" in quiz_id else course.quizzes
        msg = f"no quiz {quiz_id}{near(quiz_id, meant)}; there are {', '.join(course.quizzes)}"
        raise LookupError(msg)
    to_read = quiz_output(course, quiz_id, sealed=False)
    try:
        from imlcourse.live.widget import QuizWidget
    except ImportError:
        return ShownQuiz(quiz_id, to_read)
    return QuizWidget(course, quiz_id, quiz_output(course, quiz_id), to_read=to_read)


def explore(language: str | None = None) -> AtlasExplorer:
    """Find the atlas of the course around the notebook, to be explored.

    Parameters
    ----------
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    AtlasExplorer
        The explorer.

    Raises
    ------
    LookupError
        If there is no course, or it has no atlas.
    """
    course = _around(language)
    atlas = course.library.atlas
    if atlas is None:
        msg = "this course has no atlas; write book/atlas.yml"
        raise LookupError(msg)
    from imlcourse.live.explorer import AtlasExplorer

    return AtlasExplorer(course, atlas)


def _around(language: str | None) -> Course:
    root = find_root(Path.cwd()) or find_root(Path(__file__).resolve().parent)
    if root is None:
        msg = (
            "there is no course around this notebook; open it in a folder of the course, or "
            "read the quiz as it stands in the notebook"
        )
        raise LookupError(msg)
    try:
        return _course(root, language)
    except ValueError as error:
        raise LookupError(str(error)) from None
    except CourseError as error:
        msg = f"the course has problems; run “course check”. The first: {error.problems[0]}"
        raise LookupError(msg) from None


@dataclass(frozen=True)
class ModuleProgress:
    """What a learner has answered in a module.

    What was read, only the pages of the book notice; so they tell of reading and of minutes that
    are left (``moduleState`` in ``player/pages/course.js``). Both tell the same of the quiz.

    Attributes
    ----------
    id, title
        The module.
    answered, items
        How many practice items were answered, and how many there are.
    score
        Mean score of the last answers, from 0 to 1; None while nothing is answered.
    quiz
        The best score at the module quiz, from 0 to 1; None while it was not finished.
    passed
        Whether the module quiz was passed.
    """

    id: str
    title: str
    answered: int
    items: int
    score: float | None
    quiz: float | None
    passed: bool


@dataclass(frozen=True)
class Progress(Sequence[ModuleProgress]):
    """How far a learner is in the course, as a table for a notebook.

    Attributes
    ----------
    modules
        A line for each module, in the order of the course.
    strings
        The texts of the table.
    """

    modules: tuple[ModuleProgress, ...]
    strings: Strings = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.modules)

    @overload
    def __getitem__(self, index: int) -> ModuleProgress: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ModuleProgress, ...]: ...

    def __getitem__(self, index: int | slice) -> ModuleProgress | tuple[ModuleProgress, ...]:
        return self.modules[index]

    def _cells(self) -> list[list[str]]:
        text = self.strings.text

        def share(value: float | None) -> str:
            return text("record.none") if value is None else text("record.share", n=percent(value))

        rows = [[text(f"record.{name}") for name in ("module", "practice", "score", "quiz")]]
        for one in self:
            quiz = share(one.quiz)
            if one.passed:
                quiz = text("record.passed", share=quiz)
            done = text("record.answered", answered=one.answered, items=one.items)
            rows.append([one.title, done, share(one.score), quiz])
        return rows

    def _repr_html_(self) -> str:
        head, *rows = self._cells()
        return data_table(head, rows)

    def __repr__(self) -> str:
        return "\n".join("  ".join(cells) for cells in self._cells())


def percent(share: float) -> int:
    """Give a share in whole per cent, never more than was earned."""
    return math.floor(share * 100 + 1e-9)


def my_progress(record: Path | None = None, language: str | None = None) -> Progress:
    """Read the record beside the notebook, and tell how far its learner is.

    Parameters
    ----------
    record
        The file of the record; `my-record.json` in the working folder if None.
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    Progress
        A line for each module.

    Raises
    ------
    LookupError
        If there is no course around the notebook.
    ValueError
        If the file holds no record.
    """
    course = _around(language)
    entries = RecordFile(record or Path.cwd() / FILE_NAME, course.about.iri).entries()
    modules = (_module_progress(course, module, entries) for module in course.modules.values())
    return Progress(tuple(modules), course.strings)


def _module_progress(course: Course, module: Module, entries: dict[str, Entry]) -> ModuleProgress:
    bank = course.banks[module.id]
    quiz = course.module_quizzes.get(module.id)
    away = {*(quiz.item_ids if quiz else ()), *course.reserved_ids}
    practice = [item for item in bank.items.values() if item.id not in away]
    points = [
        entry["points"]
        for item in practice
        if (entry := item_entry(entries, item.id)) and entry["item"] == item.version
    ]
    ended = [one for one in attempts_of(entries, quiz.id) if one["ended"]] if quiz else []
    return ModuleProgress(
        module.id,
        inline_text(module.title),
        len(points),
        len(practice),
        sum(points) / len(points) if points else None,
        max((one["points"] for one in ended if one["points"] is not None), default=None),
        any(one.get("passed") for one in ended),
    )


@lru_cache(maxsize=4)
def _course(root: Path, language: str | None) -> Course:
    return load_course(root, language)
