"""Marks in texts: those that open nothing or close nothing, and those that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from markdown_it.token import Token

from imlcourse.markup.myst import MOST_MARKS, parse, too_much
from imlcourse.markup.problems import Problems
from imlcourse.markup.roles import ROLES
from imlcourse.markup.yamlfile import Place, YamlFile

_LOOSE = re.compile(
    r"(?P<star>\*+)"
    # Several in a row are a blank to fill in, and one inside a word is part of it.
    r"|(?P<under>(?<![\w_])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w))"
    r"|(?P<tick>`+)|(?P<link>\][(\[])"
)
_LOOSE_AT_ALL = re.compile(r"[*_`{<~\[:=]")
"""Without any of these no mark can be loose; it is quicker to look for than the others."""
_ADDRESS = re.compile(r"https?://\S+")
_ALL_ADDRESS = re.compile(r"https?://\S+\Z")
_PUBLIC = re.compile(r"(https?://|mailto:)")
_BARE_ROLE = re.compile(rf"\{{({'|'.join(ROLES)})\}}")
_NOWHERE_READ = (
    (
        re.compile(r"\[\^[^\]\s]+\]"),
        "a footnote, which notebooks do not show; put it into the text, in brackets",
    ),
    (
        re.compile(r"~~|(?<![~/])~(?=[^\s~])[^~\n]*(?<=\S)~(?!~)"),
        "~ strikes words out in the notebook and not in the book; take it out",
    ),
    (re.compile(r"\{\{"), "curly brackets {{ }} put nothing in here; write the words themselves"),
    (
        re.compile(r"<(?=[a-zA-Z/!?])"),
        "a < that opens no tag, and shows as typed; put a space behind it, or take it out",
    ),
    (
        re.compile(r"\A\[[ xX]\]\s"),
        "a box to tick, which notebooks alone would show; take the [ ] out",
    ),
    (
        re.compile(r"\A\{[.#][^{}]*\}\s*\Z"),
        "attributes in { } do nothing here; take them out",
    ),
    (
        re.compile(r"==(?=[^\s=])[^=\n]*(?<=[^\s=])=="),
        "== marks nothing here, and shows as typed; write *so* instead",
    ),
    (
        re.compile(r"(?<!\S):[a-z][a-z_]*:(?!\S)"),
        "a name between two colons is no picture here; take it out, or put the sign itself",
    ),
)
"""What is read by one product and shown as typed by another, or by none."""

# A text without any of these, and of one line, is words alone.
_SPECIAL = re.compile(r"[*_`<>\[{&~|\n\\]")
_SPECIAL_AT_FIRST = re.compile(r"\s*(?:[-+#%=:(]|\d+[.)]\s|\t| {4})")
_BLOCKS = {
    "fence": "code",
    "code_block": "code",
    "colon_fence": "a directive",
    "html_block": "a tag",
    "heading_open": "a heading",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "blockquote_open": "a quotation with >",
    "table_open": "a table",
    "hr": "a line across the page",
    "myst_target": "a label",
    "myst_line_comment": "a comment with %",
    "myst_block_break": "a line of +++",
    "footnote_reference_open": "a footnote",
    "front_matter": "front matter",
}
_INLINES = {
    "image": "an image",
    "link_open": "a link",
    "html_inline": "a tag",
    "code_inline": "code",
    "footnote_ref": "a footnote",
    "hardbreak": "a line break",
}


def loose_marks(tokens: Iterable[Token]) -> Iterator[str]:
    """Say which marks in a line stand alone, so that they would be read as they were typed.

    Parameters
    ----------
    tokens
        What a line was parsed into, before characters that a backslash guards are put back.

    Yields
    ------
    str
        What is wrong, and how to mend it; each once.
    """
    tokens = list(tokens)
    text = "\n".join(
        _ADDRESS.sub("x", token.content) if token.type == "text" else "x" for token in tokens
    )
    if any(map(is_product, tokens, tokens[1:])):
        yield PRODUCT
    if not _LOOSE_AT_ALL.search(text):
        return
    if bare_role := _BARE_ROLE.search(text):
        name, tick = bare_role[0], " (a backtick without its other one)" if "`" in text else ""
        yield f"{name} without its two backticks{tick}; write {name}`…`"
    for kind, mark in dict.fromkeys((m.lastgroup, m[0]) for m in _LOOSE.finditer(text)):
        if kind in ("star", "under"):
            sign = mark[0]
            yield (
                f"{mark[:10]} opens or closes no emphasis; write {sign}so{sign} or {sign * 2}so"
                f"{sign * 2}, with no space inside, or \\{sign} for the sign itself"
            )
        elif kind == "tick":
            if not bare_role:
                yield "a backtick without its other one; write {para}`8`, or take it out"
        else:
            yield "a link that is not whole; write [words](address), its address without spaces"
    for pattern, what in _NOWHERE_READ:
        if pattern.search(text):
            yield what


PRODUCT = "* between two figures is taken for emphasis, and is lost; write × or \\* instead"


def is_product(before: Token, mark: Token) -> bool:
    """Say whether emphasis begins right behind a figure, as in 5*3*2.

    Parameters
    ----------
    before, mark
        A token of a line, and the next one.
    """
    return mark.type == "em_open" and before.type == "text" and before.content[-1:].isdigit()


def unread_marks(text: str, *, links: bool = False) -> Iterator[str]:
    """Say what of a text of a data file would be lost, or reach the page as it was typed.

    Such a text is one paragraph in which emphasis and roles work; where a role may not stand, the
    model of the file says so.

    Parameters
    ----------
    text
        The text.
    links
        Whether links to public addresses work in it.

    Yields
    ------
    str
        What is wrong, and how to mend it.
    """
    if excess := too_much(text):
        yield excess[1]
        return
    if not _is_special(text) or _ALL_ADDRESS.match(text):
        return
    tokens, references = parse(text)
    kinds = ["a link by reference"] if references else []
    for token in tokens:
        if token.type in _BLOCKS:
            kinds.append(_BLOCKS[token.type])
        for child in token.children or ():
            if child.type == "link_open" and links:
                address = str(child.attrGet("href"))
                if not _PUBLIC.match(address):
                    kinds.append(f"a link to “{address}”")
            elif child.type in _INLINES:
                kinds.append(_INLINES[child.type])
            elif child.type == "text_special" and child.info == "entity":
                kinds.append(f"{child.markup} as a name of “{child.content}”")
    for kind in dict.fromkeys(kinds):
        if kind == "code":
            yield "code does not work here; take the backticks out"
        else:
            work = "*emphasis* and **strong** work"
            more = f"{work}, and links to addresses of the web" if links else work
            yield f"{kind} stands in a text where only {more}; write it in words"
    if kinds:
        return
    if sum(token.type == "paragraph_open" for token in tokens) > 1:
        yield "a text of two paragraphs, where it may have one; take the empty line out"
    yield from dict.fromkeys(
        what for token in tokens if token.children for what in loose_marks(token.children)
    )


def _is_special(text: str) -> bool:
    return bool(_SPECIAL.search(text) or _SPECIAL_AT_FIRST.match(text))


def check_texts(file: YamlFile, problems: Problems, links: Collection[str] = ()) -> None:
    """Report what the texts of a data file hold that no product reads.

    Parameters
    ----------
    file
        The file.
    problems
        Where each is reported, at the line of its text.
    links
        Names of values in which links to addresses of the web work.
    """
    for place, text in _texts(file.value, ()):
        if len(text) <= MOST_MARKS and not _is_special(text):
            continue  # as most texts: `unread_marks` says nothing of it
        name = next((step for step in reversed(place) if isinstance(step, str)), "")
        for what in unread_marks(text, links=name in links):
            problems.add(file.path, file.line(place), what)


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Give every text of a value, with the keys and indexes that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*place, number))
