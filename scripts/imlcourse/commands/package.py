"""``course package``: the course made ready for phones, websites, paper, boxes and platforms."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands import build
from imlcourse.commands.arguments import say
from imlcourse.commands.exits import OK
from imlcourse.commands.made import say_entries
from imlcourse.commands.options import (
    add_document,
    add_language,
    add_office,
    add_slice,
    other_language,
    slice_of,
)
from imlcourse.commands.package_names import package_name, package_named
from imlcourse.markup.problems import UsageError
from imlcourse.products.packages import PACKAGES


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    package = commands.add_parser(
        "package",
        help="make packages: the course made ready for phones, websites, paper, library boxes and "
        "learning platforms",
        description="Build, and make the named packages in _build/packages/. A package is the "
        "course, or a part of it, made ready for one place: a phone, a website, a printer, a "
        "learning platform. It is put in place when it is whole; those that are not named stay as "
        "they are.",
        epilog="Packages: "
        + "; ".join(f"{package.name} ({package.title})" for package in PACKAGES)
        + ". What they are for, and how to use each: the page “For phones, platforms and paper”.",
    )
    package.add_argument(
        "packages",
        nargs="*",
        type=package_name,
        metavar="NAME",
        help="the name of a package",
    )
    package.add_argument("--all", action="store_true", help="make all of them")
    package.add_argument(
        "--list",
        action="store_true",
        help="make nothing: list the named ones, or all, with the size and the use of those that "
        "stand; and all that a part of the course can be called by",
    )
    add_document(package, "as for build")
    add_language(package, "as for build")
    add_office(package, "as for build")
    add_slice(package, "package one-file")
    package.add_argument("--force", action="store_true", help="make them even if nothing changed")
    package.set_defaults(run=run, makes=True)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    _part_from_packages(parsed)
    if parsed.list:
        return _list_packages(root, parsed)
    if parsed.all and parsed.packages:
        msg = "--all makes every package; leave out the names, or --all"
        raise UsageError(msg)
    if parsed.all:
        parsed.packages = [package.name for package in PACKAGES]
    if not parsed.packages:
        msg = (
            "no package is named; name some, as in course package one-file; "
            "course package --list says what there is, and --all makes all of them"
        )
        raise UsageError(msg)
    return build.run(root, parsed)


def _part_from_packages(parsed: argparse.Namespace) -> None:
    """Give packages back that stand behind a part: ``package --only m06 m09 one-file``."""
    for words in (parsed.only, parsed.track, parsed.part):
        behind = [word for word in words[1:] if package_named(word)]
        words[:] = [word for word in words if word not in behind]
        parsed.packages = [*parsed.packages, *(package_name(word) for word in behind)]


def _list_packages(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.freshness import fingerprint
    from imlcourse.build.made import build_folder
    from imlcourse.build.packages import made_package, packages_current

    part = slice_of(root, parsed)
    folder = build_folder(root, other_language(root, parsed.language), part)
    mark = fingerprint(root, parsed.document, parsed.office)
    asked = parsed.packages or [package.name for package in PACKAGES]
    option = f" {part.option}" if part else ""
    for package in PACKAGES:
        if package.name not in asked:
            continue
        print(f"{package.name}: {package.title}")
        made = made_package(folder, package)
        say_entries(made)
        if not made:
            for opening in package.openings:
                print(f"  {opening.what}")
            say(f"  not made yet; make it with course package {package.name}{option}")
        elif not packages_current(folder, mark, [package]):
            say(f"  made before the last change; renew it: course package {package.name}{option}")
    if not parsed.packages and part is None:
        _list_parts(root)
    return OK


def _list_parts(root: Path) -> None:
    """Name all that a part of the course can be called by."""
    from imlcourse.course.slice import names_of

    kinds = {"--only": "Modules", "--track": "Tracks", "--part": "Parts"}
    for option, names in names_of(root).items():
        first = names[0][0] if names else "NAME"
        say(f"\n{kinds[option]}, as in course package one-file {option} {first}:")
        for name, title in names:
            print(f"  {name}: {title}")
