"""The Sphinx extension by which plain ``jupyter-book build`` gives the same pages as the course.

Sphinx writes the text of each document; this puts the page together as `imlcourse.book.make` does
(the pages are the same, byte for byte), adds the search index, and takes away what other
extensions bring and no page loads.

What it has to remember of a page is kept beside Sphinx's own doctrees, one file a document: it
outlives the process, goes with its document, and processes that read or write side by side do
not meet in it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

from imlcourse.book.body import Body, Written, page_body
from imlcourse.book.make import language_settings, look, small
from imlcourse.book.search_index import Entry, search_index
from imlcourse.book.template import THEME, About, Frame

_LEFT = re.compile(r"<script\b.*?</script>\s*", re.DOTALL | re.IGNORECASE)
"""Scripts that other extensions put into texts; no page of ours has one there."""


def _configure(app: Any, config: Any) -> None:
    config.templates_path.insert(0, str(THEME / "sphinx"))
    about = Path(app.srcdir) / "course.json"
    if not about.is_file():
        from sphinx.errors import ExtensionError

        msg = f"no {about}: these are no sources that `course build` has made"
        raise ExtensionError(msg)
    config.iml_course = json.loads(about.read_text(encoding="utf-8"))
    # The course says what it is called and in which language; no second file has to.
    for name, value in language_settings(config.iml_course).items():
        config[name] = value


def _kept(app: Any, name: str) -> Path:
    """Give the file that keeps the text of a page."""
    return Path(app.doctreedir) / "imlcourse" / f"{name}.json"


def _forget(app: Any, _env: Any, name: str) -> None:
    _kept(app, name).unlink(missing_ok=True)


def _lost(app: Any, env: Any, _added: Any, _changed: Any, _removed: Any) -> list[str]:
    """Name the documents whose text is not kept, so that they are read anew."""
    return [name for name in env.found_docs if not _kept(app, name).is_file()]


def _page(app: Any, name: str, _template: str, context: dict[str, Any], doctree: Any) -> str | None:
    frame = Frame(cast(About, app.config.iml_course))
    if doctree is not None:
        written = Written(
            body=_LEFT.sub("", context["body"]),
            title=context["title"],
            toc=context["toc"],
            many=context["display_toc"],
        )
        body = page_body(written)
        path = _kept(app, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body), encoding="utf-8")
        context["iml_page"] = frame.page(name, body)
    elif name == "search":
        context["iml_page"] = frame.search_page()
    else:
        return None
    return "iml-page.html"


def _plain_writer(app: Any, *_: Any) -> None:
    from imlcourse.book.translator import BookTranslator

    # jupyter-book's own theme comes in as an extension, puts boxes of its own around tables, and
    # sets options that another theme would complain of.
    app.set_translator("html", BookTranslator, override=True)
    app.config.html_theme_options.clear()


def _without_contents(_app: Any, doctree: Any, _name: str) -> None:
    # The contents stand beside the text of every page, and not in that of the cover.
    from docutils import nodes

    for node in list(doctree.findall(nodes.compound)):
        if "toctree-wrapper" in node["classes"]:
            node.parent.remove(node)


def _without_cells(_app: Any, doctree: Any, _name: str) -> None:
    # MyST-NB puts the output of a cell into boxes that no page needs: see `NotebookParser`.
    from docutils import nodes

    for output in list(doctree.findall(nodes.raw)):
        if "text_html" in output["classes"]:
            output["classes"] = []
            box = output.parent
            while isinstance(box.parent, nodes.container):
                box = box.parent
            box.parent.replace(box, output)


def _finish(app: Any, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    out, sources = Path(app.outdir), Path(app.srcdir)
    bodies: dict[str, Body] = {
        name: json.loads(_kept(app, name).read_text(encoding="utf-8"))
        for name in sorted(app.env.found_docs)
    }
    frame = Frame(cast(About, app.config.iml_course))
    files = {
        "search-index.js": search_index(
            (name, frame.full_name(name, body), [Entry(*entry) for entry in body["entries"]])
            for name, body in bodies.items()
        ).encode(),
        **look(),
    }
    for path in (sources / "_static").iterdir():
        name = f"_static/{path.name}"
        files[name] = small(name, path.read_text(encoding="utf-8")).encode()
    for name, content in files.items():
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    # What other extensions bring is not loaded by any page.
    for path in sorted((out / "_static").rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(out).as_posix() not in files:
            path.unlink()


def setup(app: Any) -> dict[str, Any]:
    """Connect the extension to Sphinx.

    Parameters
    ----------
    app
        The Sphinx application.

    Returns
    -------
    dict
        What Sphinx may do with it.
    """
    app.add_config_value("iml_course", {}, "html")
    app.connect("config-inited", _configure)
    app.connect("env-purge-doc", _forget)
    app.connect("env-get-outdated", _lost)
    app.connect("env-before-read-docs", _plain_writer, priority=900)
    app.connect("doctree-resolved", _without_contents, priority=900)
    app.connect("doctree-resolved", _without_cells, priority=900)
    # After the theme, whose own context is not needed.
    app.connect("html-page-context", _page, priority=900)
    app.setup_extension("imlcourse.book.refusal")
    app.connect("build-finished", _finish, priority=900)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
