"""``course index``: the hashes that check quotations, made from the document."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import file_to_read
from imlcourse.commands.exits import OK
from imlcourse.commands.options import add_language, other_language


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    index = commands.add_parser(
        "index",
        help="make the index of the document anew, from its text",
        description="Read the plain text of MC/INF/298 and write book/document-index.json: "
        "hashes that check quotations, from which no text can be read back.",
    )
    index.add_argument(
        "document",
        type=file_to_read("the document’s text"),
        metavar="DOCUMENT",
        help="the plain text",
    )
    add_language(
        index, "the document is its edition in this language: write document-index.LANGUAGE.json"
    )
    index.set_defaults(run=run)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.transaction import write_whole
    from imlcourse.course.translation import beside
    from imlcourse.document.edition import FILE, read_edition
    from imlcourse.document.quotations import index_document, index_text
    from imlcourse.document.reader import read_document
    from imlcourse.markup.problems import CourseError, Problems

    problems = Problems(root)
    language = other_language(root, parsed.language)
    edition = read_edition(beside(root / "book" / FILE, language), problems)
    if edition is None:
        raise CourseError(problems.sorted())
    index = index_document(read_document(parsed.document, edition), edition)
    name = f"document-index.{language}.json" if language else "document-index.json"
    path = root / "book" / name
    write_whole(path, index_text(index).encode())
    count = sum(len(unit.hashes) for unit in index.units.values())
    print(f"{path}: {len(index.units)} units, {count} hashes.")
    return OK
