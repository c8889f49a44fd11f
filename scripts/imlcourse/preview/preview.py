"""The book that the live preview shows, kept up to date in a folder of its own."""

from __future__ import annotations

import gc
from pathlib import Path

from imlcourse.book.cache import Cache
from imlcourse.book.jupyter_config import BookError
from imlcourse.book.kept import KeptTexts
from imlcourse.book.make import BookMaker
from imlcourse.book.sources import book_sources, write_changed
from imlcourse.build.freshness import program_mark
from imlcourse.build.made import CACHE, build_folder
from imlcourse.checks.load import load_course
from imlcourse.course.reader import Reader
from imlcourse.markup.problems import CourseError
from imlcourse.preview.watch import State, state_of


class Preview:
    """The book, kept up to date in a folder of its own.

    Whatever can be kept from one update to the next is: what was read of each file, the text of
    each page, and the files that stand.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language that is shown; ``None`` for the course's own.

    Attributes
    ----------
    pages
        The folder of the finished pages.
    problems
        Why the pages are not as the sources have it; empty if they are.
    version
        A number that is another one whenever the pages have changed.
    """

    def __init__(self, root: Path, language: str | None = None) -> None:
        self.root = root
        self.language = language
        self.work = build_folder(root, language) / "preview"
        self.pages = self.work / "html"
        self.problems = ""
        self.version = 0
        self._state: State = {}
        self._reader = Reader()
        self._kept = KeptTexts()
        self._cache = Cache(build_folder(root) / CACHE, program_mark())
        self._maker = BookMaker(root, self._cache)
        # The files that stand, by path: none while it is not known what stands.
        self._standing: dict[str, bytes] = {}

    def is_stale(self) -> bool:
        """Say whether a file was saved since the last update looked at them."""
        return state_of(self.root) != self._state

    def update(self) -> bool:
        """Bring the pages up to date with the sources.

        Returns
        -------
        bool
            Whether it could be done; if not, `problems` says why, and the pages stay.
        """
        # Before anything is read: what is saved from here on is seen by the next look.
        self._state = state_of(self.root)
        self.problems = ""
        # Much is made and little thrown away: looking for what could be would come in between.
        collects = gc.isenabled()
        gc.disable()
        try:
            self._update()
        except (CourseError, BookError) as error:
            self.problems = str(error)
        except Exception as error:  # the preview goes on, whatever a half-saved file does
            self.problems = f"{type(error).__name__}: {error}"
        finally:
            if collects:
                gc.enable()
        return not self.problems

    def close(self) -> None:
        """Let go of Sphinx, which changes docutils for as long as it is held."""
        self._maker.close()

    def _update(self) -> None:
        course = load_course(self.root, self.language, reader=self._reader)
        files = self._maker.make(book_sources(course, kept=self._kept))
        if self._write(files):
            self.version += 1
        self._cache.commit(sweep=False)

    def _write(self, files: dict[str, bytes]) -> bool:
        """Write the files that differ from what stands; say whether any does."""
        standing, self._standing = self._standing, {}
        if standing and (self.pages / "index.html").is_file():
            differing = {n: data for n, data in files.items() if standing.get(n) != data}
            for name in standing.keys() - files.keys():
                (self.pages / name).unlink(missing_ok=True)
            for name, data in differing.items():
                path = self.pages / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            changed = bool(differing) or standing.keys() != files.keys()
        else:  # it was begun just now, or somebody deleted the pages
            changed = bool(write_changed(self.pages, files)) or not standing
        self._standing = files
        return changed
