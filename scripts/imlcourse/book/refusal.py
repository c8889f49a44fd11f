"""What the book refuses to read while it is made, whatever a page says: any file but its sources.

`course check` refuses whatever would bring in a file. This is the second lock: it holds for plain
`jupyter-book build` too, and for what a check might miss.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import SphinxError


def refuse_files(app: Any, *_: Any) -> None:
    """Let docutils and Sphinx put no other file, and nothing raw of another format, into a page.

    Pages hold HTML themselves, which MyST reads without a directive, so that goes on working.

    Parameters
    ----------
    app
        The Sphinx application, before it reads its sources.
    """
    app.env.settings["file_insertion_enabled"] = False
    app.env.settings["raw_enabled"] = False


def refuse_copies(app: Any, doctree: nodes.document) -> None:
    """Refuse a page that would have a file copied beside it: no page of ours has one.

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
