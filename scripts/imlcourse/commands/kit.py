"""``course kit``: everything that a trainer needs in the room."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import number
from imlcourse.commands.exits import OK
from imlcourse.commands.made import say_made
from imlcourse.commands.options import add_language, add_office, add_paper, people


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    kit = commands.add_parser(
        "kit",
        help="make everything that a trainer needs in the room, for an agenda",
        description="Make the trainer's kit for an agenda: one folder and its zip, in _build/kit/. "
        "Its overview says what to print, how many copies, and what to bring.",
    )
    kit.add_argument(
        "--agenda",
        default="one-day",
        metavar="NAME|FILE",
        help="half-day, one-day (the default), three-days, or a file of your own: copy one of "
        "book/agendas/ and change it",
    )
    kit.add_argument(
        "--people", type=people, metavar="N", help="how many come (default: as the agenda says)"
    )
    add_paper(kit)
    kit.add_argument(
        "--large-print",
        type=number(0, 200),
        metavar="N",
        help="how many of them get tests in large print, of 18 points (default: as the agenda "
        "says, or none)",
    )
    kit.add_argument(
        "--only",
        action="extend",
        nargs="+",
        default=[],
        metavar="PART",
        help="make these parts alone, beside the overview, such as slides questions (a name that "
        "there is not tells all of them)",
    )
    add_language(kit, "make the kit in this language")
    add_office(kit, "its numbers then stand on the job aids")
    kit.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.kit import Wanted, build_kit

    wanted = Wanted(
        *(parsed.agenda, parsed.people, parsed.paper, parsed.language),
        *(parsed.large_print, parsed.office),
    )
    only = [name for word in parsed.only for name in word.casefold().split(",") if name]
    made = build_kit(root, wanted, only)
    say_made(made)
    return OK
