"""Spoiling a course that is read once, checking it, and mending it: a case costs one file."""

from __future__ import annotations

from pathlib import Path

from imlcourse.checks.load import load_course
from imlcourse.course.reader import Reader
from imlcourse.document.reader import Document
from imlcourse.markup.problems import CourseError

Change = tuple[str, str, str]
"""A file, what stands in it once, and what stands there instead; all of a file for ''."""
Said = tuple[str, str, str]
"""A file, a text in it that ends in the line ('' for none), and what is said of it."""


class Spoiling:
    """A course that is whole again after each check.

    Parameters
    ----------
    root
        The course.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._first = {
            path.relative_to(root).as_posix(): path.read_text("utf-8")
            for path in root.rglob("*")
            if path.is_file()
        }
        self._reader = Reader()

    def told(
        self,
        changes: list[Change],
        language: str | None = None,
        document: Document | None = None,
    ) -> tuple[list[str], dict[str, str]]:
        """Give what is said of the course with some changes, and its texts with them."""
        texts = dict(self._first)
        changed = dict.fromkeys(name for name, _, _ in changes)
        try:
            for name, old, new in changes:
                text = texts.get(name, "")
                assert not old or text.count(old) == 1, f"{old!r}: {text.count(old)} in {name}"
                texts[name] = text.replace(old, new) if old else new
                path = self._root / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(texts[name], "utf-8")
            load_course(self._root, language, document=document, reader=self._reader)
        except CourseError as error:
            return [str(problem) for problem in error.problems], texts
        finally:
            for name in changed:
                self._mend(name)
        return [], texts

    def _mend(self, name: str) -> None:
        path = self._root / name
        if name in self._first:
            path.write_text(self._first[name], "utf-8")
            return
        path.unlink(missing_ok=True)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()

    def assert_said(
        self, changes: list[Change], said: list[Said], language: str | None = None
    ) -> None:
        """Hold that each problem is told, at its line, and nothing else."""
        told, texts = self.told(changes, language)
        assert len(told) == len(said), told
        for name, end, what in said:
            start = f"{name}:{line_of(texts[name], end)}: " if end else f"{name}:"
            assert [one for one in told if one.startswith(start) and what in one], (start, told)


def line_of(text: str, end: str) -> int:
    """Give the line in which something ends that stands once in a text."""
    assert text.count(end) == 1, f"{end!r} stands {text.count(end)} times"
    return text[: text.index(end) + len(end)].count("\n") + 1
