"""What is made of a page when nobody can press anything: its words, its figures, its links."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from imlcourse.products.kit.picture import painted
from imlcourse.products.packages.reading.tree import (
    classes,
    element,
    parents,
    put_before,
    removed,
    replaced,
)

__all__ = ["Target", "drawing", "relinked", "tidy"]

Target = tuple[str, str]
"""The name of a page, and the id of an element of it; empty for the page itself."""

INSIDE = "book:"
"""How links to pages of the book begin, until a format says where these stand."""

_GONE = {"button", "input", "select", "textarea", "script", "noscript", "nav", "form", "template"}
_GONE_CLASSES = {
    *("headerlink", "iml-filter", "iml-print", "iml-find-here", "iml-promise-place", "iml-defs"),
    *("iml-scripted", "iml-unscripted", "iml-start-check", "iml-track-start", "iml-roles"),
    *("iml-welcome", "iml-honest", "iml-office-hint"),
}
_RENAMED = {
    **dict.fromkeys(("fieldset", "details", "article", "aside", "main"), "div"),
    **dict.fromkeys(("legend", "summary"), "p"),
    "label": "span",
}
_KEPT = {"class", "colspan", "datetime", "dir", "href", "id", "lang", "rowspan", "scope", "start"}
_ONLY_ON = {"type": "ol", "value": "li"}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_VAR = re.compile(r"var\(")
GAP = "________"

# The look of charts and maps, which have none of their own: a style sheet cannot reach into a
# picture.
_PAINT = {
    "iml-land": {"fill": "var(--iml-line)"},
    "iml-marked": {
        "fill": "var(--iml-accent)",
        "stroke": "var(--iml-paper)",
        "stroke-width": "0.8",
    },
    "iml-step-1": {"fill-opacity": "0.5"},
    "iml-step-2": {"fill-opacity": "0.75"},
    "iml-bar": {"fill": "var(--iml-accent)"},
    "iml-bar-label": {"fill": "currentColor", "font-size": "16", "font-family": "sans-serif"},
    "iml-bar-number": {"fill": "currentColor", "font-size": "16", "font-family": "sans-serif"},
}


def tidy(page: str, root: ET.Element) -> None:
    """Leave of a page what can be read.

    Parameters
    ----------
    page
        Its name: links are told by it.
    root
        Its elements; they are changed.
    """
    for parent, child in parents(root):
        if child.tag in _GONE or "hidden" in child.attrib or classes(child) & _GONE_CLASSES:
            if child.tag in ("input", "select") and "iml-gap" in classes(parent):
                _more_words(parent, GAP)
            removed(parent, child)
    _name_columns(root)
    _steps_to_order(root)
    _describe(root)
    for parent, child in list(parents(root)):
        if child.tag == "svg":
            replaced(parent, child, drawing(child))
    _reach_headings(root)
    inner = {node for svg in root.iter("svg") for node in svg.iter()}
    for node in root.iter():
        if node not in inner:
            _plain(page, node)


def _plain(page: str, node: ET.Element) -> None:
    paper = node.get("data-iml-paper", "")
    if paper:
        _more_words(node, f" {paper}")
    node.tag = _RENAMED.get(node.tag, node.tag)
    href = node.get("href")
    for key in list(node.attrib):
        if key not in _KEPT and _ONLY_ON.get(key) != node.tag:
            del node.attrib[key]
    if not _NAME.fullmatch(node.get("id", "a")):
        del node.attrib["id"]
    if node.tag == "a" and href is not None:
        node.set("href", _told(page, href))


def _told(page: str, href: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:", href):
        return href
    path, _, fragment = href.partition("#")
    path = path.partition("?")[0]
    name = normpath(join(dirname(page), path)).removesuffix(".html") if path else page
    return f"{INSIDE}{name}#{unquote(fragment)}"


def relinked(root: ET.Element, address: Callable[[Target], str | None]) -> None:
    """Say where links to pages of the book lead.

    Parameters
    ----------
    root
        Elements of a chapter; they are changed.
    address
        Gives the address of a target; ``None`` for one that is not in the book, whose link
        becomes words.
    """
    for node in root.iter("a"):
        href = node.get("href", "")
        if not href.startswith(INSIDE):
            continue
        name, _, fragment = href.removeprefix(INSIDE).partition("#")
        where = address((name, fragment))
        if where is None:
            node.tag = "span"
            del node.attrib["href"]
        else:
            node.set("href", where)


def _more_words(node: ET.Element, words: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + words
    else:
        node.text = (node.text or "") + words


def _name_columns(root: ET.Element) -> None:
    """Say of the heads of columns that they are."""
    for head in root.iter("thead"):
        for cell in head.iter("th"):
            cell.attrib.setdefault("scope", "col")


def _steps_to_order(root: ET.Element) -> None:
    """Take the numbers from steps that a reader has to number."""
    for node in root.iter("ol"):
        if "iml-cards" in classes(node):
            node.tag = "ul"


def _describe(root: ET.Element) -> None:
    """Put the long description of a figure into its caption, which has to be its last element."""
    for figure in root.iter("figure"):
        caption = next((one for one in figure if one.tag == "figcaption"), None)
        said = [one for one in figure if one.tag == "details"]
        for one in said if caption is not None else []:
            removed(figure, one)
            one.set("class", "iml-described")
            assert caption is not None
            caption.append(one)


def _reach_headings(root: ET.Element) -> None:
    """Put the ids that stand before a section, in a paragraph of their own, into its heading."""
    for parent in list(root.iter()):
        for child in list(parent):
            marks = list(child)
            alone = child.tag == "p" and not "".join(child.itertext()).strip()
            if alone and not marks:
                removed(parent, child)
            if not alone or not marks or any(mark.tag != "span" for mark in marks):
                continue
            place = list(parent).index(child)
            after = parent[place + 1] if place + 1 < len(parent) else None
            heading = next(iter(after), None) if after is not None else None
            if heading is None:
                continue
            for mark in marks:
                put_before(heading, element("span", id=mark.get("id", "")))
            removed(parent, child)


def drawing(svg: ET.Element) -> ET.Element:
    """Give a drawing the colours that it has on paper, and leave scripts nothing to find."""
    for node in svg.iter():
        for name in sorted(classes(node)):
            for key, value in _PAINT.get(name, {}).items():
                node.attrib.setdefault(key, value)
        for key in list(node.attrib):
            if key.startswith("data-") or key in ("class", "focusable", "tabindex"):
                del node.attrib[key]
    text = ET.tostring(svg, encoding="unicode").rpartition(">")[0] + ">"  # without what follows
    drawn = ET.fromstring(painted(text))
    made = ET.Element("svg")
    made.set("xmlns", "http://www.w3.org/2000/svg")
    _copy(drawn, made)
    if "aria-label" in made.attrib:
        made.set("role", "img")
    return made


def _copy(node: ET.Element, into: ET.Element) -> None:
    into.attrib.update(node.attrib)
    into.text, into.tail = node.text, node.tail
    for child in node:
        _copy(child, ET.SubElement(into, str(child.tag).rpartition("}")[2]))
