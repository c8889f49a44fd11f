"""The name of a package, as a person types it."""

from __future__ import annotations

import argparse
import re

from imlcourse.commands.arguments import listed
from imlcourse.products import PRODUCTS
from imlcourse.products.packages import PACKAGES


def package_name(word: str) -> str:
    """Read the name of a package."""
    if name := package_named(word):
        return name
    if otherwise := _made_otherwise(word.casefold()):
        msg = f"no package {word}; {otherwise}"
        raise argparse.ArgumentTypeError(msg)
    guess = listed(_packages_meant(word.casefold()), "or")
    meant = f" (did you mean {guess}?)" if guess else ""
    msg = f"no package {word}{meant}; course package --list says what there is"
    raise argparse.ArgumentTypeError(msg)


def package_named(word: str) -> str | None:
    """Find a package by its name, however its words are joined."""
    names = {re.sub(r"\W", "", package.name): package.name for package in PACKAGES}
    return names.get(re.sub(r"[\W_]", "", word.casefold()))


def _made_otherwise(word: str) -> str:
    """Say which command makes what is no package, and may be taken for one."""
    if word == "all":
        return "course package --all makes all of them"
    if word == "kit":
        return "course kit --agenda one-day makes the trainer's kit"
    if word in {product.name for product in PRODUCTS}:
        return f"every course build makes that, in {word}"
    return ""


def _packages_meant(word: str) -> list[str]:
    """Guess packages: of a name like this, one that begins so, or one that is about it."""
    from imlcourse.languages.spelling import nearest

    names = [package.name for package in PACKAGES]
    if guess := nearest(word, names):
        return [guess]
    least = 3  # letters that say anything
    begun = [
        name for name in names if min(len(word), len(name)) >= least
        and (name.startswith(word) or word.startswith(name))
    ]  # fmt: skip
    if begun:
        return begun
    return [
        package.name
        for package in PACKAGES
        if len(word) >= least
        and re.search(
            rf"\b{re.escape(word)}",
            " ".join([package.title, *(one.what for one in package.openings)])
            .casefold()
            .replace("e-book", "ebook e-book"),
        )
    ]
