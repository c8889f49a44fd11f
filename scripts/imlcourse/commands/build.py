"""``course build``: check the course, and make all that every build makes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import listed
from imlcourse.commands.exits import OK
from imlcourse.commands.made import asked_for, say_entries, say_made
from imlcourse.commands.options import (
    add_document,
    add_language,
    add_office,
    add_slice,
    other_language,
    slice_of,
)
from imlcourse.products import PRODUCTS
from imlcourse.products.packages import PACKAGES


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    light = [package.title for package in PACKAGES if package.light]
    made = [*(product.title for product in PRODUCTS), *light, "the trainer's kit of one day"]
    always = listed(made)
    build = commands.add_parser(
        "build",
        help=f"check the course, then make {always}",
        description=f"Check the course, then make {always} in run/. "
        "Nothing is built from a course with problems, and what was built before stays.",
    )
    add_document(
        build,
        "the paragraph guide then shows each unit's own text (for your own use; the text is IOM's)",
    )
    add_language(build, "build the course in this language, in a folder of its own")
    add_office(build, "its numbers, laws and deadlines then stand in every copy")
    add_slice(build, "build")
    build.add_argument(
        "--force",
        action="store_true",
        help="build even if nothing has changed, and all of it anew",
    )
    build.add_argument(
        "--without-kit",
        action="store_true",
        help="leave the trainer's kit out, and what only it needs (also where that is not "
        "installed: the rest is built all the same)",
    )
    build.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.build import build, up_to_date
    from imlcourse.build.kit import why_no_kit
    from imlcourse.build.made import build_folder

    document: Path | None = parsed.document
    packages: list[str] = getattr(parsed, "packages", [])
    language = other_language(root, parsed.language)
    office: Path | None = parsed.office
    part = slice_of(root, parsed)
    # A package is made without it, and an agenda says itself which modules its kit is of.
    kit = not getattr(parsed, "without_kit", True) and part is None
    current = not parsed.force and up_to_date(
        *(root, document, packages, language, office), part=part, kit=kit
    )
    if current:
        print(
            "Nothing has changed since the last build; all is up to date in "
            f"{build_folder(root, language, part)}."
        )
        if packages:
            say_entries(asked_for(build_folder(root, language, part), packages))
        return OK
    made = build(
        *(root, document, packages),
        anew=parsed.force,
        language=language,
        office=office,
        part=part,
        kit=kit,
    )
    if packages:
        made = asked_for(build_folder(root, language, part), packages)
    say_made(made, f"Built, a part of the course ({part.option})" if part else "Built")
    if kit and (why := why_no_kit(build_folder(root, language))):
        print(f"The trainer's kit was left out: {why}.")
    return OK
