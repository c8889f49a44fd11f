"""How units of the document are named, in one place for every product."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imlcourse.languages.strings import Strings

_UNIT = re.compile(r"(A-fn|fn|A|)([0-9]+)")
_KINDS = {"": "paragraph", "fn": "footnote", "A": "annex", "A-fn": "annex_footnote"}
_ANCHORS = {"": "para-", "fn": "fn-", "A": "para-a", "A-fn": "fn-a"}


@dataclass(frozen=True)
class Citation:
    """A unit of the document, as it is cited.

    Parameters
    ----------
    label
        What is shown, such as ``"paragraph 8"``.
    href
        Where it leads: a relative address, or one of the web; empty if it leads nowhere.
    """

    label: str
    href: str


def _parts(unit_id: str) -> tuple[str, str]:
    found = _UNIT.fullmatch(unit_id)
    if not found:
        msg = f"no unit has the form {unit_id!r}"
        raise ValueError(msg)
    return found[1], found[2]


def anchor(unit_id: str) -> str:
    """Give the stable address of a unit in the paragraph guide, such as ``para-a30``."""
    kind, number = _parts(unit_id)
    return _ANCHORS[kind] + number


def cited(unit_id: str, strings: Strings) -> str:
    """Name a unit inside a sentence: “annex, paragraph 30”."""
    kind, number = _parts(unit_id)
    return strings.text(f"cite.{_KINDS[kind]}", number=number)


def headed(unit_id: str, strings: Strings) -> str:
    """Name a unit as a heading: “Annex, paragraph 30”."""
    kind, number = _parts(unit_id)
    return strings.text(f"unit.{_KINDS[kind]}", number=number)
