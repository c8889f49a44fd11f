"""``course mark``: photos of filled sheets become a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import file_to_read, folder_to_read, folder_to_write, say
from imlcourse.commands.exits import OK
from imlcourse.commands.options import add_language, other_language, see_all_there


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    mark = commands.add_parser(
        "mark",
        help="read photos of filled sheets, and list what a person has to look at",
        description="Read photos and scans of sheets that course sheets has made: which sheet, "
        "whose, and what is marked. Writes a table that course report reads, and a page with a "
        "picture of each mark in doubt, in which one click settles it. Save what you have settled "
        "there, and run the command again with --settled. Nothing in doubt counts before.",
    )
    mark.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="PHOTO",
        help="a photo or scan (JPEG, PNG, HEIC), a PDF of any pages, or a folder of them",
    )
    mark.add_argument(
        "--settled",
        action="append",
        default=[],
        type=file_to_read("what you have saved in the page"),
        metavar="FILE",
        help="what you have settled and saved in the page; may be given more than once",
    )
    mark.add_argument(
        "--sheets",
        action="append",
        default=[],
        type=folder_to_read("the folder of the sheets"),
        metavar="FOLDER",
        help="the folder of the sheets (default: all in _build/kit)",
    )
    mark.add_argument(
        "--to",
        type=folder_to_write,
        metavar="FOLDER",
        help="where the table and the page are written (default: _build/marking)",
    )
    add_language(mark, "write the page in this language")
    mark.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.marking import mark_photos
    from imlcourse.checks.load import load_course

    see_all_there(parsed.files)
    course = load_course(root, other_language(root, parsed.language))
    written = mark_photos(
        course, parsed.files, sheets=parsed.sheets, settled=parsed.settled, to=parsed.to
    )
    for problem in written.problems:
        print(problem, file=sys.stderr)
    sheets = f"{written.sheets} {'sheet' if written.sheets == 1 else 'sheets'}"
    people = f"{written.people} {'person' if written.people == 1 else 'people'}"
    print(f"Read {sheets} of {people}:\n  {written.table}\n  {written.page}")
    if written.open:
        what = "doubt is" if written.open == 1 else "doubts are"
        print(f"{written.open} {what} open and counted nowhere: open the page and settle them.")
    else:
        say(f"Nothing is in doubt. Next: course report {written.table}")
    return OK
