"""XML as a tree: elements with their children, and HTML of the course put in as elements."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from imlcourse.html.compose import Markup, html

__all__ = ["document", "element", "rich"]

_TOGETHER = {"p", "li", "em", "strong", "span", "prompt", "mattext", "bdi"}
"""What holds words beside elements: no space may be put into it."""


def element(name: str, *children: ET.Element | str, **attributes: str) -> ET.Element:
    """Make an element.

    Parameters
    ----------
    name
        Its name.
    *children
        Its elements, or the words in it.
    **attributes
        Its attributes; ``_`` stands for ``-`` in their names, and at their end for nothing.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    made = ET.Element(name, named)
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + child
        else:
            made.append(child)
    return made


def rich(name: str, words: Markup, **attributes: str) -> ET.Element:
    """Make an element of HTML.

    Parameters
    ----------
    name
        Its name.
    words
        HTML as the course writes it: every tag closed, and no entity but those of XML.
    **attributes
        Its attributes, as `element` takes them.
    """
    made = ET.fromstring(html("<x>{}</x>", words))
    made.tag = name
    made.attrib = element(name, **attributes).attrib
    return made


def document(root: ET.Element) -> bytes:
    """Write a document, each element that holds no words on a line of its own."""
    _indent(root, "\n")
    text: str = ET.tostring(root, encoding="unicode")  # bytes are written by small pieces
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode("utf-8", "xmlcharrefreplace")


def _indent(parent: ET.Element, before: str) -> None:
    children: Iterable[ET.Element] = list(parent)
    mixed = parent.text or any((child.tail or "").strip() for child in children)
    if mixed or not len(parent) or parent.tag.rpartition("-")[2] in _TOGETHER:
        return
    parent.text = before + "  "
    for child in children:
        _indent(child, before + "  ")
        child.tail = before + "  "
    parent[-1].tail = before
