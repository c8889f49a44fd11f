"""Every text of the interface is shown somewhere: translators translate nothing in vain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import imlcourse
from imlcourse.languages.strings import load_strings

PACKAGE = Path(imlcourse.__file__).parent
# A key, or what stands before and behind the part that the code puts into it.
_KEY = re.compile(r"[a-z]+(\.[a-z_-]+)*")
# The forms of a text that goes with a number.
_FORM = re.compile(r"\.(zero|one|two|few|many|other)$")
_BEGUN = re.compile(r"[a-z]+\.[a-z_.-]*")


def keys_in_python(code: str) -> Iterator[str]:
    """Give the keys that a module names, as patterns."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _KEY.fullmatch(node.value):
                yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z_-]+"
                for one in node.values
            ]
            first = node.values[0] if node.values else None
            if isinstance(first, ast.Constant) and _BEGUN.fullmatch(str(first.value)):
                yield "".join(parts)


def keys_in_template(code: str) -> Iterator[str]:
    """Give the keys that a template names, as patterns."""
    for found in re.finditer(r"[\"']([a-z]+\.[a-z_.-]*)[\"']( ?~)?", code):
        yield re.escape(found[1]) + ("[a-z_-]+" if found[2] else "")


def test_every_text_outside_the_player_is_shown() -> None:
    patterns = {
        pattern for path in PACKAGE.rglob("*.py") for pattern in keys_in_python(path.read_text())
    }
    folders = ("pages/templates", "book/theme/templates", "products/report", "marking")
    for folder in folders:
        for path in (PACKAGE / folder).iterdir():
            if path.suffix in (".html", ".md"):
                patterns |= set(keys_in_template(path.read_text()))
    used = re.compile("|".join(sorted(patterns)))
    # Those of the player are looked at with its files.
    keys = {key for key in load_strings("en") if not key.startswith("player.")}
    assert {key for key in keys if not used.fullmatch(_FORM.sub("", key))} == set()
