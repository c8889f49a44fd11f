"""The text of documents, written by Sphinx; each by itself, so that only what changed is written.

What Sphinx does besides (contents, neighbours, a search index, a theme) is not asked of it:
`imlcourse.book.template` puts pages together.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from imlcourse.book.body import Written
from imlcourse.book.jupyter_config import BookError
from imlcourse.book.late import load_late

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class DocumentWriter:
    """Writes documents with one Sphinx, which stays ready for more.

    Parameters
    ----------
    settings
        As `imlcourse.book.jupyter_config.sphinx_settings` gives them.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._app: Sphinx | None = None
        self._warnings = StringIO()

    _ready: ClassVar[DocumentWriter | None] = None
    """The one whose Sphinx is set up: what docutils knows, it knows for the whole process."""

    def close(self) -> None:
        """Let go of what Sphinx holds; the next `write` sets up another."""
        self._stack.close()
        self._app = None
        if DocumentWriter._ready is self:
            DocumentWriter._ready = None

    def write(
        self, wanted: Iterable[str], sources: Mapping[str, str], needed: Iterable[str] = ()
    ) -> dict[str, Written]:
        """Write documents.

        Parameters
        ----------
        wanted
            Their names, such as ``modules/m06``.
        sources
            Text of every document of the book by path, with its suffix.
        needed
            Names of documents that those link to by Markdown, and whose titles they may show.

        Returns
        -------
        dict
            What was written, by name.

        Raises
        ------
        BookError
            With what Sphinx warned of; the book is to be without any.
        """
        load_late()
        from sphinx.errors import SphinxError

        self._warnings.seek(0)
        self._warnings.truncate()
        try:
            written = dict(self._written(list(wanted), sources, list(needed)))
        except SphinxError as error:
            self.close()
            raise BookError(f"_config.yml or what it names: {error}") from error
        if warned := _ANSI.sub("", self._warnings.getvalue()).strip():
            self.close()
            raise BookError(warned)
        return written

    def _written(
        self, wanted: list[str], sources: Mapping[str, str], needed: list[str]
    ) -> Iterator[tuple[str, Written]]:
        from docutils.io import StringOutput
        from sphinx.environment.adapters.toctree import document_toc

        app = self._app or self._set_up()
        folder = Path(app.srcdir)
        builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        empty = folder / ".empty"
        empty.touch()
        for path in sources:
            # All are there, so that a link finds its page; only these are read.
            name = path.rpartition(".")[0]
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if name in wanted or name in needed:
                place.unlink(missing_ok=True)  # it may be a second name of the empty one
                place.write_text(sources[path], encoding="utf-8", newline="\n")
            elif not place.exists():
                _second_name(place, empty)
        app.env.find_files(app.config, builder)
        builder.prepare_writing(set(wanted))
        for name in [*needed, *wanted]:
            app.emit("env-purge-doc", app.env, name)
            app.env.clear_doc(name)
            builder.read_doc(name)
        for name in wanted:
            tree = app.env.get_and_resolve_doctree(name, builder)
            tree.settings = builder.docsettings
            builder.secnumbers, builder.fignumbers = {}, {}
            builder.imgpath = builder.dlpath = "_images"
            builder.current_docname = name
            builder.docwriter.write(tree, StringOutput(encoding="utf-8"))
            builder.docwriter.assemble_parts()
            title = app.env.longtitles.get(name)
            yield (
                name,
                Written(
                    body=builder.docwriter.parts["fragment"],
                    title=builder.render_partial(title)["title"] if title else "",
                    toc=builder.render_partial(document_toc(app.env, name, app.tags))["fragment"],
                    many=app.env.toc_num_entries[name] > 1,
                ),
            )

    def _set_up(self) -> Sphinx:
        from sphinx import locale
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        from imlcourse.book.quick_myst import quick_myst
        from imlcourse.book.quick_sphinx import QuickSphinx
        from imlcourse.book.translator import BookTranslator

        if DocumentWriter._ready:
            DocumentWriter._ready.close()
        DocumentWriter._ready = self
        # The book's text is dated and versioned by the course; nothing may depend on the clock.
        os.environ.setdefault("SOURCE_DATE_EPOCH", "1258070400")
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="course-")))
        (folder / "src").mkdir()
        self._stack.enter_context(patch_docutils())
        self._stack.enter_context(docutils_namespace())
        self._stack.enter_context(quick_myst())
        # Sphinx keeps the texts of the last language, and only adds to them: without this a book
        # in one language would have titles of links in the language of the book made before it.
        locale.translators.clear()
        self._app = QuickSphinx(
            srcdir=str(folder / "src"),
            confdir=None,
            outdir=str(folder / "html"),
            doctreedir=str(folder / "doctrees"),
            buildername="html",
            confoverrides=dict(self._settings),
            status=None,
            warning=self._warnings,
            warningiserror=False,
        )
        self._app.set_translator("html", BookTranslator, override=True)
        builder: StandaloneHTMLBuilder = self._app.builder  # type: ignore[assignment]
        builder.search = False  # the course has an index of its own
        builder.write_doctree = _keep_until_written(builder.env)  # type: ignore[misc,method-assign]
        # It says every step that it takes, and nobody listens: only what it warns of is read.
        logging.getLogger("sphinx").setLevel(logging.WARNING)
        return self._app


def _second_name(place: Path, empty: Path) -> None:
    """Put an empty file in place: by a second name of one, where the disk has such names."""
    try:
        place.hardlink_to(empty)
    except (OSError, NotImplementedError):
        place.touch()


def _keep_until_written(env: BuildEnvironment) -> Callable[..., None]:
    """Give what keeps the tree of a document until its text is written, which is at once.

    Sphinx would also write it to the disk, for builds that begin with what is there.
    """

    def keep(name: str, tree: nodes.document, **_: bool) -> None:
        tree.reporter = None  # type: ignore[assignment]
        tree.transformer = None  # type: ignore[assignment]
        tree.settings = tree.settings.copy()
        tree.settings.warning_stream = None
        tree.settings.env = None
        tree.settings.record_dependencies = None  # type: ignore[assignment]
        env._write_doc_doctree_cache[name] = tree

    return keep
