"""Quizzes in a live notebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from imlcourse.course import Course, load_course
from imlcourse.problems import CourseError, near
from imlcourse.render import Writer
from imlcourse.root import find_root


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


def show(quiz_id: str) -> ShownQuiz:
    """Find a quiz in the course around the notebook.

    Parameters
    ----------
    quiz_id
        Id of a quiz, or of a single item.

    Returns
    -------
    ShownQuiz
        The quiz.

    Raises
    ------
    LookupError
        If there is no such quiz, or no course.
    """
    root = find_root(Path.cwd()) or find_root(Path(__file__).resolve().parent)
    if root is None:
        msg = (
            "there is no course around this notebook; open it in a folder of the course, or "
            "read the quiz as it stands in the notebook"
        )
        raise LookupError(msg)
    try:
        course = _course(root)
    except CourseError as error:
        msg = f"the course has problems; run “course check”. The first: {error.problems[0]}"
        raise LookupError(msg) from None
    known = {*course.quizzes, *(item.id for item in course.items)}
    if quiz_id not in known:
        msg = f"no quiz {quiz_id}{near(quiz_id, known)}; there are {', '.join(course.quizzes)}"
        raise LookupError(msg)
    return ShownQuiz(quiz_id, Writer(course, base="../").quiz(quiz_id))


@lru_cache(maxsize=4)
def _course(root: Path) -> Course:
    return load_course(root)
