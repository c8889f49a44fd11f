"""The book from its sources: only what changed is made anew, and the outcome is the same."""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from imlcourse.book.body import Body, page_body
from imlcourse.book.cache import Cache, key_of
from imlcourse.book.jupyter_config import sphinx_settings
from imlcourse.book.paint import with_paint
from imlcourse.book.search_index import Entry, search_index
from imlcourse.book.template import THEME, About, Frame, keep_templates
from imlcourse.book.typeface import typeface_styles
from imlcourse.book.write import DocumentWriter
from imlcourse.player.minify import small_script, small_style
from imlcourse.player.palette import with_book_palette

_DOCUMENT = re.compile(r"(?!_static/|notebooks/).+\.(?:md|ipynb)")
_LINKED = re.compile(r"\]\(([a-z0-9/-]+)(?:\.md)?(?:#[^)]*)?\)")


class BookMaker:
    """Makes the book, and keeps what it made for the next time.

    Parameters
    ----------
    root
        The folder of the course, with ``_config.yml``.
    cache
        Where what was made is kept.
    """

    def __init__(self, root: Path, cache: Cache) -> None:
        self._root = root
        self._cache = cache
        self._writers: dict[str, DocumentWriter] = {}
        self._bodies: dict[str, tuple[str, Body]] = {}
        self._pages: dict[str, tuple[str, bytes]] = {}

    def close(self) -> None:
        """Let go of Sphinx."""
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()

    def make(self, sources: Mapping[str, str]) -> dict[str, bytes]:
        """Make every file of the book.

        Parameters
        ----------
        sources
            As `imlcourse.book.sources.book_sources` gives them.

        Returns
        -------
        dict
            Content by path: pages, scripts, styles, the search index and notebooks. It depends on
            the sources, the configuration and the program alone, and not on what is kept.

        Raises
        ------
        imlcourse.book.jupyter_config.BookError
            If Sphinx could not write a document, or warned of something in it.
        """
        keep_templates(self._cache)
        about = cast(About, json.loads(sources["course.json"]))
        frame = Frame(about)
        bodies = self._made_bodies(sources, frame)
        framed = key_of(frame.mark())
        site: dict[str, bytes] = {}
        for name, (key, body) in bodies.items():
            site[f"{name}.html"] = self._page(name, key, body, frame, framed)
        site["search.html"] = frame.search_page().encode()
        index = search_index(
            (name, frame.full_name(name, body), [Entry(*entry) for entry in body["entries"]])
            for name, (_, body) in sorted(bodies.items())
        )
        site["search-index.js"] = index.encode()
        site.update(look(self._cache))
        for path, text in sources.items():
            if path.startswith("_static/"):
                site[path] = small(path, text).encode()
        return dict(sorted(site.items()))

    def _made_bodies(self, sources: Mapping[str, str], frame: Frame) -> dict[str, tuple[str, Body]]:
        settings = {
            **sphinx_settings(self._root / "_config.yml", self._cache),
            **language_settings(frame.about),
        }
        documents = {path: text for path, text in sources.items() if _DOCUMENT.fullmatch(path)}
        paths = {path.rpartition(".")[0]: path for path in documents}
        pages = [name for name in frame.pages if name in paths]
        common = json.dumps([settings, frame.strings.text("book.table")])
        keys: dict[str, str] = {}
        linked: dict[str, list[str]] = {}
        for name in pages:
            text = documents[paths[name]]
            linked[name] = sorted({to for to in _LINKED.findall(text) if to in paths})
            texts = [documents[paths[other]] for other in linked[name]]
            keys[name] = self._cache.key("body", common, name, text, *texts)
        made: dict[str, tuple[str, Body]] = {}
        for name in pages:
            known = self._bodies.get(name)
            if known and known[0] == keys[name]:
                self._cache.use(keys[name])
                made[name] = known
            elif (kept := self._cache.get(keys[name])) is not None:
                made[name] = (keys[name], marshal.loads(kept))
        if missing := [name for name in pages if name not in made]:
            needed = {to for name in missing for to in linked[name]}.difference(missing)
            writer = self._writer(json.dumps(settings, sort_keys=True))
            written = writer.write(missing, documents, sorted(needed))
            for name in missing:
                body = page_body(written[name])
                # Read back ten times faster than JSON, and by the same Python: see `program_mark`.
                plain = {**body, "entries": [tuple(entry) for entry in body["entries"]]}
                self._cache.put(keys[name], marshal.dumps(plain))
                made[name] = (keys[name], body)
        self._bodies = made
        return {name: made[name] for name in pages}

    def _writer(self, settings: str) -> DocumentWriter:
        if settings not in self._writers:
            self.close()
            self._writers[settings] = DocumentWriter(json.loads(settings))
        return self._writers[settings]

    def _page(self, name: str, body_key: str, body: Body, frame: Frame, framed: str) -> bytes:
        key = self._cache.key("page", name, body_key, framed, frame.mark_of(name))
        known = self._pages.get(name)
        if known and known[0] == key:
            self._cache.use(key)
            return known[1]
        page = self._cache.get(key)
        if page is None:
            page = self._cache.put(key, frame.page(name, body).encode())
        self._pages[name] = (key, page)
        return page


def language_settings(about: About) -> dict[str, str]:
    """Give the settings of Sphinx that the course says itself: its language and its title."""
    return {"language": about["language"].replace("-", "_"), "html_title": about["title"]}


def look(cache: Cache | None = None) -> dict[str, bytes]:
    """Give the files of the look, made small, by their path in the book.

    Parameters
    ----------
    cache
        Where they are kept once they are made.
    """
    files = {}
    for path in sorted((THEME / "static").iterdir()):
        text = with_paint(with_book_palette(path.read_text(encoding="utf-8")))
        key = cache.key("look", path.name, text) if cache else ""
        made = cache.get(key) if cache else None
        if made is None:
            made = small(path.name, text).encode()
            if cache:
                cache.put(key, made)
        files[f"_static/{path.name}"] = made
    for name, style in typeface_styles().items():
        files[f"_static/{name}"] = style.encode()
    return files


_SHORT = {
    f"--{name}": f"--{sign}"
    for name, sign in zip(
        (
            *("iml-muted", "iml-part", "iml-line", "iml-radius", "iml-ink", "iml-part-soft"),
            *("iml-sans", "iml-paper", "iml-sign", "iml-tone", "iml-top", "iml-edge", "iml-right"),
            *("iml-wrong", "iml-right-soft", "iml-wrong-soft", "iml-note-soft", "q-accent"),
            *("q-muted", "q-edge", "q-radius", "q-soft", "q-line", "q-right", "q-paper", "q-wrong"),
        ),
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
}
"""Custom properties that only styles use (no drawing, no script), and what they are called on the
pages of the book: they stand there some hundred times."""
_SHORTENED = re.compile(rf"(?:{'|'.join(_SHORT)})(?![\\w-])")


def small(name: str, text: str) -> str:
    """Make a script of the look or a style smaller.

    Parameters
    ----------
    name
        Its file name. Scripts of the player come small already.
    text
        Its content.
    """
    if name.endswith(".css"):
        return f"{_SHORTENED.sub(lambda name: _SHORT[name[0]], small_style(text))}\n"
    if name.endswith(".js") and "/" not in name:
        return f"{small_script(text)}\n"
    return text
