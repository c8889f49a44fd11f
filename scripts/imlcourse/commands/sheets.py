"""``course sheets``: a quiz or a test on paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import number
from imlcourse.commands.exits import OK
from imlcourse.commands.made import say_made
from imlcourse.commands.options import add_language, add_paper, people
from imlcourse.markup.problems import UsageError


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    sheets = commands.add_parser(
        "sheets",
        help="put a quiz or a test on paper: questions, answer sheets, and the trainer's key",
        description="Put a quiz or a test on paper, in _build/kit/: question pages, an answer "
        "sheet and a key for each version. A pre-test and a post-test of the same seed never ask "
        "the same question.",
    )
    sheets.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help="pre-test, post-test, final-test, start-check, a module such as m06 for its module "
        "quiz, or a quiz such as m06-s1",
    )
    sheets.add_argument(
        "--items", nargs="+", default=[], metavar="ID", help="single items in place of a test"
    )
    sheets.add_argument(
        "--versions",
        type=number(1, 26),
        default=2,
        metavar="N",
        help="how many versions, each in an order of its own (default: 2)",
    )
    add_paper(sheets, "A4")
    sheets.add_argument("--large", action="store_true", help="large print, of 18 points")
    sheets.add_argument(
        "--seed",
        type=number(0, 2**32 - 1),
        default=1,
        metavar="N",
        help="which questions are drawn, and their orders (default: 1)",
    )
    sheets.add_argument(
        "--people",
        type=people,
        default=0,
        metavar="N",
        help="answer sheets with printed codes, for so many people",
    )
    add_language(sheets, "put it on paper in this language")
    sheets.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.sheets import WantedSheets, build_sheets

    if bool(parsed.name) == bool(parsed.items):
        msg = "name a test, or items with --items, and not both: course sheets pre-test"
        raise UsageError(msg)
    wanted = WantedSheets(
        *(parsed.name, tuple(parsed.items), parsed.versions, parsed.seed, parsed.people),
        *(parsed.paper, parsed.large, parsed.language),
    )
    made, left_out = build_sheets(root, wanted)
    say_made(made)
    if left_out:
        print(f"Not on paper, since they are cases in several steps: {', '.join(left_out)}")
    return OK
