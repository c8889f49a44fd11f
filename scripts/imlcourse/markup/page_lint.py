"""What is wrong in the text of a page: marks, tags, and what would bring in another file.

All of it is decided from the parsed text. Whatever MyST would take for a directive, a role, an
image or a footnote is refused wherever it stands: the course's own blocks and roles are put in
before MyST reads a page, so none of its directives is ever needed, and some read any file of the
machine on which the book is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from imlcourse.languages.spelling import near
from imlcourse.markup.marks import PRODUCT, is_product, loose_marks
from imlcourse.markup.myst import RoleAt
from imlcourse.markup.roles import ROLES
from imlcourse.markup.tags import read_tags

Report = Callable[[int, str], None]
"""Takes the line of a problem in the file, and what it is and how to mend it."""

LANGUAGES = ("text", "python", "bash", "html", "json", "yaml", "markdown")
"""Languages that code on a page may be in; each is one that the book can colour."""

MISTYPED_HEADING = re.compile(r"#{1,6}[^\s#]")
_MISTYPED = (
    (MISTYPED_HEADING, "a heading lacks the space behind its #; write “## Words”"),
    (re.compile(r"[-+](?:[^\W\d_]|[“‘«])"), "an entry of a list lacks its space; write “- words”"),
    (
        re.compile(r"\|.*\|\s*$"),
        "this is no table yet; below its first line write a line |---|---| with as many columns",
    ),
    (re.compile(r":\s"), "a line that begins with a colon defines nothing; write a sentence"),
    (re.compile(r":{1,2}\{[a-z]+\}"), "a directive begins with three colons; write :::{name}"),
)
"""What a line of a paragraph was meant to be, and how it is written."""

_BARE_ADDRESS = re.compile(r"\bhttps?://\S+|\bwww\.\w\S*|\b[\w.+-]+@\w[\w-]*\.\w+")

_REFUSED = {
    "hr": (
        "a line across the page, which the book cannot show everywhere; begin a section with a "
        "heading, or take the line out"
    ),
    "myst_line_comment": (
        "a line that begins with %, which the book leaves out; write \\% for the sign itself, or "
        "a comment <!-- … -->"
    ),
    "myst_block_break": "a line of +++, which the book leaves out; take it out",
    "footnote_reference_open": "a footnote, which notebooks do not show; put it into the text",
    "footnote_ref": "a footnote, which notebooks do not show; put it into the text",
}
"""Tokens that stand for what no page needs, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image.

    Attributes
    ----------
    target
        Where it points to.
    line
        Its line in the file.
    image
        Whether it is an image.
    tag
        Whether it is written as a tag, so that it names a page as the book calls it.
    """

    target: str
    line: int
    image: bool = False
    tag: bool = False


class TextLint:
    """Reports what is wrong in the texts of one page.

    Parameters
    ----------
    report
        Where problems go.
    lines
        The lines of the page.

    Attributes
    ----------
    whole
        False once something was found that swallows or hides what stands below it.
    front_broken
        Whether the page begins with front matter that cannot be read.
    left_open
        How many directives were opened where none is read, and whose ends stand loose.
    """

    def __init__(self, report: Report, lines: list[str]) -> None:
        self._report = report
        self._lines = lines
        self.whole = True
        self.front_broken = False
        self.left_open = 0
        self.links: list[Link] = []

    def references(self, references: dict[str, Any], first: int) -> None:
        """Report definitions of links, each of which holds for a part of a page alone.

        Parameters
        ----------
        references
            What the parser found.
        first
            The line of the file in which the text begins.
        """
        for reference in references.values():
            self._report(
                first + reference["map"][0],
                "an address for links by name; write it where it is used: [words](address)",
            )

    def roles(self, found: list[RoleAt], first: int) -> list[RoleAt]:
        """Report roles that are not known, and give the others."""
        known = []
        for role in found:
            if role.name not in ROLES:
                self._report(
                    first + role.line,
                    f"no role {{{role.name}}}{near(role.name, ROLES)}; there are "
                    f"{', '.join(ROLES)}",
                )
            elif role.ticks > 1 or not role.content.strip():
                self._report(
                    first + role.line,
                    f"{{{role.name}}} names nothing; write {{{role.name}}}`name`, in single "
                    "backticks",
                )
            else:
                known.append(role)
        return known

    def text(self, tokens: list[Token], first: int, *, inside: bool = False) -> None:
        """Find the links of a text, and what in it is not what it was meant to be.

        Parameters
        ----------
        tokens
            What it was parsed into.
        first
            The line of the file in which it begins.
        inside
            Whether the text is that of a directive.
        """
        line, before = first, ""
        for token in tokens:
            line = token.map[0] + first if token.map else line
            self._block(token, line, first, inside=inside)
            if token.type == "inline" and before == "paragraph_open":
                self._paragraph(token.content, line)
            if token.type == "inline" and before == "th_open" and not token.content.strip():
                self._report(
                    line,
                    "a column of the table has no heading, and nobody who hears it knows what "
                    "stands there; write one",
                )
            before = token.type
            self._inline(token.children or [], line)
        tags = read_tags(tokens, first)
        self.whole = self.whole and not tags.open_comment
        self.links += [Link(address, line, tag=True) for line, address in tags.links]
        for line, what in tags.faults:
            self._report(line, what)

    def _block(self, token: Token, line: int, first: int, *, inside: bool) -> None:
        if token.type == "hr" and self.front_broken:
            return  # a line of what was to be front matter, which is reported
        if token.type in _REFUSED:
            self._report(line, _REFUSED[token.type])
        elif token.type == "code_block":
            if token.content.startswith(":::"):
                self.whole = False
                self.left_open += 1
            self._report(
                line,
                "a line that begins with a tab or four spaces, which makes code of it; take "
                "them out (in a list, begin it below the first word of its entry)",
            )
        elif token.type == "colon_fence" and token.level:
            self.whole = False
            self.left_open += 1
            self._report(
                line, "a directive inside a list or a quotation; begin it at the edge of the page"
            )
        elif token.type == "myst_target" and (inside or token.level):
            self._report(
                line,
                f"the label ({token.content})= stands above no heading; put it above one",
            )
        elif token.type == "fence":
            self._fence(token, line, first)

    def _fence(self, token: Token, line: int, first: int) -> None:
        info = token.info.strip()
        if not self._ends(token, first):
            self.whole = False
            self._report(line, f"code that has no end; write {token.markup[:10]} below it")
        if "{" in info:
            self._report(line, f"a directive between backticks; write it between colons: :::{info}")
        elif info and info not in LANGUAGES:
            self._report(
                line,
                f"no language “{info}” for code{near(info, LANGUAGES)}; there are "
                f"{', '.join(LANGUAGES)}, or name none",
            )

    def _paragraph(self, text: str, line: int) -> None:
        """Report lines of a paragraph that were meant to be more than that, each kind once."""
        reported: set[str] = set()
        for number, written in enumerate(text.split("\n"), start=line):
            what = next((what for pattern, what in _MISTYPED if pattern.match(written)), "")
            if what and what not in reported:
                self._report(number, what)
                self.whole = self.whole and not written.startswith(":")
            reported.add(what)

    def _inline(self, children: list[Token], line: int) -> None:
        """Go through a paragraph line by line: marks pair over lines, and stand in one."""
        in_link = 0
        for before, child in zip([*children[:1], *children], children, strict=False):
            if is_product(before, child):
                self._report(line, PRODUCT)
            in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                self.links.append(Link(str(child.attrGet("href")), line))
            elif child.type == "image":
                self.links.append(Link(str(child.attrGet("src")), line, image=True))
            elif child.type in _REFUSED:
                self._report(line, _REFUSED[child.type])
            elif child.type == "text":
                for what in loose_marks([child]):
                    self._report(line, what)
                if not in_link and (bare := _BARE_ADDRESS.search(child.content)):
                    self._report(
                        line,
                        f"a bare address ({bare[0]}), which only notebooks make a link of; write "
                        "<https://…>, or [words](https://…)",
                    )
            line += child.content.count("\n")

    def _ends(self, token: Token, first: int) -> bool:
        """Say whether a fence is closed by a line of its own, and not by the end of the text."""
        if not token.map:
            return True
        last = self._lines[min(token.map[1] + first - 2, len(self._lines) - 1)]
        return token.map[1] - token.map[0] > 1 and last.strip(" >").startswith(token.markup)
