"""``course translations``: what is translated, and what has changed since."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.exits import OK
from imlcourse.commands.options import language_tag


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    translations = commands.add_parser(
        "translations",
        help="say which files are translated, and which have changed since",
        description="List the files with words for readers: which of them have a translation, and "
        "which translations were made from a text that has changed since. For each, it gives the "
        "mark that a translation of the text as it is now holds: source: …",
    )
    translations.add_argument(
        "language",
        nargs="?",
        type=language_tag,
        metavar="LANGUAGE",
        help="a language such as fr or es-419 (default: all that some file is translated into)",
    )
    translations.set_defaults(run=run)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.checks.report import translation_report
    from imlcourse.course.translation import translated_languages

    languages = [parsed.language] if parsed.language else translated_languages(root)
    if not languages:
        print(f"No file in {root} is translated (CONTRIBUTING.md, “Add a language”).")
    for language in languages:
        print(translation_report(root, language), end="")
    return OK
