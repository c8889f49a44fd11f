"""A training course on migrants' human rights, as plain files and what is built from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.version import __version__

if TYPE_CHECKING:
    from imlcourse.live.api import Progress, ShownQuiz
    from imlcourse.live.explorer import AtlasExplorer
    from imlcourse.live.widget import QuizWidget

__all__ = ["__version__", "atlas", "progress", "quiz"]


def quiz(quiz_id: str, language: str | None = None) -> QuizWidget | ShownQuiz:
    """Show a quiz, or a single item, in a notebook.

    Parameters
    ----------
    quiz_id
        Its id, such as ``"m06-s2"`` or ``"m06-i07"``.
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    QuizWidget or ShownQuiz
        What the notebook shows: the quiz, to be answered; `score`, `responses` and
        `statements()` tell what was answered. Where widgets are not installed, the questions,
        each with its answer to unfold.

    Raises
    ------
    LookupError
        If there is no such quiz, or no course around the notebook.
    """
    # The command line imports this package too, and is to stay quick.
    from imlcourse.live.api import show

    return show(quiz_id, language)


def progress(language: str | None = None) -> Progress:
    """Show how far the learner is, by the record beside the notebook.

    Parameters
    ----------
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    Progress
        A table: for each module what was answered, and how well.

    Raises
    ------
    LookupError
        If there is no course around the notebook.
    ValueError
        If the file beside the notebook holds no record.
    """
    from imlcourse.live.api import my_progress

    return my_progress(language=language)


def atlas(language: str | None = None) -> AtlasExplorer:
    """Explore the activities of the annex in a notebook.

    Parameters
    ----------
    language
        The language in which the course is shown, such as ``"fr"``; its own if none is named.

    Returns
    -------
    AtlasExplorer
        Buttons and lists to choose by; `found` and `table` give what was found to Python.

    Raises
    ------
    LookupError
        If there is no course around the notebook, or it has no atlas.
    """
    from imlcourse.live.api import explore

    return explore(language)
