"""Quizzes in a live notebook, as widgets: the same player, its record in a file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from weakref import WeakSet

import anywidget
import ipywidgets
import traitlets

from imlcourse.course.model import Course
from imlcourse.live.entries import Attempt, attempts_of, item_entry, written_at
from imlcourse.live.record import FILE_NAME, Kept, RecordFile
from imlcourse.player.bundle import player_script, player_style, widget_script
from imlcourse.player.data import course_named
from imlcourse.player.minify import small_script, small_style

__all__ = ["QuizWidget"]


class PlayerFiles(ipywidgets.Widget):  # type: ignore[misc]  # has no types
    """The player's script and style: one model, which all quizzes of a kernel share.

    Attributes
    ----------
    script
        The player as one classic script, made small.
    style
        Its CSS, made small.
    """

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


_files: dict[str, PlayerFiles] = {}


def player_files(language: str) -> PlayerFiles:
    """Give the player for a language: the same model whenever it is asked for.

    Parameters
    ----------
    language
        The language of its texts.

    Returns
    -------
    PlayerFiles
        The model. If it was closed, as `ipywidgets.Widget.close_all` does, a new one.
    """
    files = _files.get(language)
    if files is None or files.comm is None:
        script, style = _made_small(language)
        files = _files[language] = PlayerFiles(script=script, style=style)
    return files


@lru_cache(maxsize=8)
def _made_small(language: str) -> tuple[str, str]:
    return small_script(player_script(language)), small_style(player_style())


class QuizWidget(anywidget.AnyWidget):
    """A quiz that can be answered in a notebook.

    Parameters
    ----------
    course
        The course.
    quiz_id
        Id of a quiz, or of a single item.
    html
        The quiz as static HTML.
    record
        The file of the record; `my-record.json` in the working folder if None.
    to_read
        The quiz as it is read where no widgets are shown; `html` if None.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    player = traitlets.Instance(PlayerFiles).tag(sync=True, **ipywidgets.widget_serialization)
    name = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    course = traitlets.Dict().tag(sync=True)
    learner = traitlets.Unicode().tag(sync=True)
    entries = traitlets.Dict().tag(sync=True)
    troubles: traitlets.List[str] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        course: Course,
        quiz_id: str,
        html: str,
        record: Path | None = None,
        to_read: str | None = None,
    ) -> None:
        self.id = quiz_id
        self._to_read = html if to_read is None else to_read
        self._record = RecordFile(record or Path.cwd() / FILE_NAME, course.about.iri)
        if quiz_id in course.quizzes:
            _, quiz = course.quizzes[quiz_id]
            self._items, self._is_test = list(quiz.item_ids), quiz.mode == "test"
        else:
            self._items, self._is_test = [quiz_id], False
        statements, trouble = self._record.statements_or_aside()
        super().__init__(
            _esm=widget_script(),
            player=player_files(course.about.language),
            name=uuid4().hex,
            html=html,
            course=course_named(course),
            learner=self._record.account_of(statements),
            entries=self._own(self._record.entries_of(statements)),
            troubles=[trouble] if trouble else [],
        )
        self.on_msg(self._asked)
        _widgets.add(self)

    def _own(self, entries: dict[str, Any]) -> dict[str, Any]:
        """Give those entries of a record that this quiz works with."""
        mine = {f"{kind}/{item}" for item in self._items for kind in ("item", "draft")} | {"me"}
        tests = f"attempt/{self.id}/"
        return {k: e for k, e in entries.items() if k in mine or k.startswith(tests)}

    def _asked(self, _widget: object, content: object, _buffers: object) -> None:
        """Write what the player asks for, and tell it what became of it."""
        if not isinstance(content, dict) or not isinstance(content.get("put"), str):
            return
        kept = self._keep(content["put"], content)
        if kept.kept:
            # For a page that is loaded anew while the kernel lives, and for other cells.
            for widget in list(_widgets):
                if widget._record.path == self._record.path:
                    widget.entries = widget._entries()
        self.send(
            {
                "number": content.get("number"),
                "kept": kept.kept,
                "there": kept.there,
                "trouble": kept.trouble,
            }
        )

    def _keep(self, key: str, content: dict[str, Any]) -> Kept:
        statements = content.get("statements")
        if not isinstance(statements, list) or not all(isinstance(s, dict) for s in statements):
            return Kept(kept=False)
        if content.get("aside"):  # what stands there makes no sense to the player
            try:
                self._record.keep_copy()
            except OSError:
                return Kept(kept=False, trouble="forbidden")
        return self._record.put(key, content.get("known"), statements)

    def _entries(self) -> dict[str, Any]:
        try:
            return self._own(self._record.entries())
        except (ValueError, OSError):
            return {}

    def _last_attempt(self) -> Attempt | None:
        attempts = attempts_of(self._entries(), self.id)
        return max((one for one in attempts if one["ended"]), key=written_at, default=None)

    @property
    def score(self) -> float | None:
        """The score from 0 to 1, as the record has it; None while nothing is answered.

        Of a practice quiz, the share of points of the last answers to its items, where an item
        that is not answered has none. Of a test, the score of the last attempt that was finished.
        """
        if self._is_test:
            attempt = self._last_attempt()
            return None if attempt is None else attempt["points"]
        entries = self._entries()
        answered = [one for i in self._items if (one := item_entry(entries, i))]
        if not answered:
            return None
        return sum(entry["points"] for entry in answered) / len(self._items)

    @property
    def responses(self) -> dict[str, Any]:
        """The last responses by item id, as the item types describe them."""
        entries = self._entries()
        if self._is_test:
            attempts = attempts_of(entries, self.id)
            answers = attempts[-1]["answers"] if attempts else {}
            return {i: a["response"] for i, a in answers.items() if a["response"] is not None}
        found = {i: item_entry(entries, i) for i in self._items}
        return {i: entry["response"] for i, entry in found.items() if entry is not None}

    def statements(self) -> list[dict[str, Any]]:
        """Give the xAPI statements of this quiz, the oldest first.

        Returns
        -------
        list of dict
            As they stand in the record.
        """
        try:
            return self._record.statements_of(self._entries())
        except (ValueError, OSError):
            return []

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Show the widget; where no widgets are shown, the quiz as it can be read."""
        shown = super()._repr_mimebundle_(**options)
        if shown is None:
            return None
        data, metadata = shown
        return {**data, "text/html": self._to_read, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return f"quiz({self.id!r})"


_widgets: WeakSet[QuizWidget] = WeakSet()
"""The widgets of this kernel that are still there."""
