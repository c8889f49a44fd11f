"""``course schema``: what editors complete quizzes with."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.exits import OK


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    schema = commands.add_parser(
        "schema",
        help="write the JSON Schema that editors complete quizzes with",
        description="Write quizzes/items.schema.json from the item types.",
    )
    schema.set_defaults(run=run)


def run(root: Path, _: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.transaction import write_whole
    from imlcourse.course.bank import item_schema

    path = root / "quizzes" / "items.schema.json"
    write_whole(path, item_schema().encode())
    print(path)
    return OK
