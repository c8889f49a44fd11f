"""A training course on migrants' human rights, as plain files and what is built from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imlcourse.quiz import ShownQuiz

__all__ = ["__version__", "quiz"]

__version__ = "0.1.0"


def quiz(quiz_id: str) -> ShownQuiz:
    """Show a quiz, or a single item, in a notebook.

    Parameters
    ----------
    quiz_id
        Its id, such as ``"m06-s2"`` or ``"m06-i07"``.

    Returns
    -------
    ShownQuiz
        What the notebook shows: the questions, each with its answer to unfold.

    Raises
    ------
    LookupError
        If there is no such quiz, or no course around the notebook.
    """
    # The command line imports this package too, and is to stay quick.
    from imlcourse.quiz import show

    return show(quiz_id)
