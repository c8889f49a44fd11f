"""``course serve``: the book in a browser, up to date while somebody writes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import number
from imlcourse.commands.options import add_language, other_language


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    serve = commands.add_parser(
        "serve",
        help="show the book in a browser and keep it up to date while you write",
        description="Show the book on this machine alone (127.0.0.1). When you save a module, a "
        "quiz or a page, the browser shows the change by itself. Stop with Ctrl+C.",
    )
    serve.add_argument(
        "--port",
        type=number(0, 65535),
        default=8298,
        metavar="N",
        help="the port (default: 8298; 0 picks a free one)",
    )
    serve.add_argument("--open", action="store_true", help="open the browser")
    add_language(serve, "show the course in this language")
    serve.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.preview.server import serve

    language = other_language(root, parsed.language)
    return serve(root, parsed.port, open_browser=parsed.open, language=language)
