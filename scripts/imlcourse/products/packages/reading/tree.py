"""Finished pages as trees of plain elements, and what is done to such trees."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree import ElementTree as ET

__all__ = [
    "classes",
    "element",
    "first",
    "parsed",
    "put_before",
    "removed",
    "replaced",
    "words_of",
]

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"


def parsed(html: str) -> ET.Element:
    """Read a page, by the rules of browsers: its body, each element with its bare name.

    Parameters
    ----------
    html
        The page, or a piece of one.
    """
    import tinyhtml5
    from tinyhtml5 import inputstream

    if not isinstance(getattr(inputstream, "characters_until_regex", None), _Patterns):
        inputstream.characters_until_regex = _Patterns()
    root = tinyhtml5.parse(html)
    body = next(child for child in root if str(child.tag).endswith("}body"))
    return _bare(body)


class _Patterns(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """The patterns of tinyhtml5 (2.1), which keeps them and then does not find them.

    It makes one for each piece of a page, which takes a third of the time of reading it. Should it
    ask for them otherwise one day, it makes its own as before.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        among = "".join(f"\\x{ord(one):02x}" for one in characters)
        self[key] = made = re.compile(f"[{'' if opposite else '^'}{among}]+")
        return made


def _bare(node: ET.Element) -> ET.Element:
    name = str(node.tag).rpartition("}")[2]
    made = ET.Element(name)
    if name == "svg":
        made.set("xmlns", SVG)
    for key, value in node.attrib.items():
        if not key.startswith("{") or key.startswith(_XLINK):
            made.set(key.removeprefix(_XLINK), value)
    made.text, made.tail = node.text, node.tail
    for child in node:
        if isinstance(child.tag, str):
            made.append(_bare(child))
        elif child.tail:  # a comment
            _more(made, len(made), child.tail)
    return made


def element(name: str, /, *children: ET.Element | str | None, **attributes: str) -> ET.Element:
    """Make an element of elements and words, which may stand side by side.

    Parameters
    ----------
    name
        Its name.
    *children
        What is in it; nothing for ``None``.
    **attributes
        Its attributes; ``_`` at the end of a name stands for nothing.
    """
    made = ET.Element(name, {key.rstrip("_"): value for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            _more(made, len(made), child)
        elif child is not None:
            made.append(child)
    return made


def classes(node: ET.Element) -> set[str]:
    """Give the classes of an element."""
    return set(node.get("class", "").split())


def first(node: ET.Element, name: str) -> ET.Element | None:
    """Find the first element of a class, below another or itself."""
    return next((one for one in node.iter() if name in classes(one)), None)


def words_of(node: ET.Element) -> str:
    """Give the words in an element, with single spaces."""
    return " ".join("".join(node.itertext()).split())


def parents(node: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Give each element below another, with what holds it."""
    for parent in list(node.iter()):
        for child in list(parent):
            yield parent, child


def removed(parent: ET.Element, child: ET.Element) -> ET.Element:
    """Take a child out, and leave the words after it."""
    at = list(parent).index(child)
    _more(parent, at, child.tail or "")
    parent.remove(child)
    child.tail = None
    return child


def replaced(parent: ET.Element, child: ET.Element, by: ET.Element) -> None:
    """Put an element in the place of another."""
    at = list(parent).index(child)
    by.tail = child.tail
    parent.remove(child)
    parent.insert(at, by)


def put_before(parent: ET.Element, child: ET.Element) -> None:
    """Put a child before everything in an element, its words too."""
    child.tail, parent.text = parent.text, None
    parent.insert(0, child)


def _more(parent: ET.Element, at: int, words: str) -> None:
    """Add words before the child at a place."""
    if not words:
        return
    if at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
