"""What the book refuses to read while it is made, whatever a page says: any file but its sources.

`course check` refuses whatever would bring in a file. This is the second lock: it holds for plain
`jupyter-book build` too, and for what a check might miss.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import SphinxError


def _refuse_files(app: Any) -> None:
    """Let docutils and Sphinx put no other file, and nothing raw of another format, into a page.

    Pages hold HTML themselves, which MyST reads without a directive, so that goes on working.
    """
    app.env.settings["file_insertion_enabled"] = False
    app.env.settings["raw_enabled"] = False


def refuse_copies(app: Any, doctree: nodes.document) -> None:
    """Refuse a page that would have a file copied beside it: no page of the course has one.

    Parameters
    ----------
    app
        The Sphinx application.
    doctree
        A page that was read.

    Raises
    ------
    sphinx.errors.SphinxError
        With the page and the file.
    """
    for node in doctree.findall():
        if isinstance(node, nodes.image) and node.get("uri", "").startswith("data:"):
            continue
        if isinstance(node, (nodes.image, addnodes.download_reference)):
            named = node.get("uri") or node.get("reftarget") or ""
            msg = f"{app.env.docname}: the page would bring in a file ({named[:60]}); take it out"
            raise SphinxError(msg)


def setup(app: Any) -> dict[str, Any]:
    """Connect the refusals to Sphinx, for whoever writes the text of pages."""
    app.connect("builder-inited", _refuse_files)
    app.connect("doctree-read", refuse_copies, priority=1)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
