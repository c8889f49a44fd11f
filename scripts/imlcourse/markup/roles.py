"""Roles in texts: what each of the course's is called and points to, and what is put in its place.

A role is found where MyST finds one, and nowhere else: not in code, not behind a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace

from markupsafe import Markup

from imlcourse.markup.inline import around_roles, one_line
from imlcourse.markup.myst import RoleAt, parse, roles_in

ROLES = ("para", "quote", "term", "instrument", "article", "module", "section", "page")
"""Roles of the course: see CONTRIBUTING.md."""

ROLE = re.compile(r"\{([a-zA-Z_-]+)\}`([^`]*)`")
"""A role in a text that was checked: its name, and what stands between its backticks. Where a role
is, and where it only seems to be, `imlcourse.markup.myst.roles_in` tells."""

# The marks of all languages together: none of them stands for something else in another.
_OPENS = r"(?:[“‘«‹„¿¡(*_]|(?<=[«‹])\s)*"
_CLOSES = r"(?:[”’)»›*_]|\s(?=[»›]))*"
_BEFORE_SENTENCE = re.compile(rf"(?:\n\n|[.!?؟。]{_CLOSES}\s+){_OPENS}$")
_BEFORE_BLOCK = re.compile(rf"(?:\A|(?:\A|\n)(?:[-*+]|\d+[.)])\s+){_OPENS}$")
_SENTENCE = re.compile(rf".*?[.!?:؟。]{_CLOSES}\s*(?:\Z|\n\n|\n(?:[-*+]|\d+[.)])\s)", re.DOTALL)
_TARGETED = re.compile(r"(.*)<([^<>]*)>\s*")


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the text.

    Attributes
    ----------
    name
        One of `ROLES`, or as mistyped.
    text
        The words shown; empty where the role has a target only.
    target
        What it points to: a unit, a term, a module, a page.
    line
        Line in the file.
    begins
        Whether a sentence begins with it, so that its words begin with a capital.
    """

    name: str
    text: str
    target: str
    line: int
    begins: bool = False


def read_role(name: str, content: str, line: int) -> Role:
    """Take a role apart: ``words <target>``, or a target alone.

    Parameters
    ----------
    name
        The role's name.
    content
        What stands between its backticks.
    line
        Its line.

    Returns
    -------
    Role
        Its words and its target.
    """
    content = one_line(content)
    targeted = _TARGETED.fullmatch(content)
    if targeted:
        return Role(name, targeted[1].rstrip(), targeted[2].strip(), line)
    if name == "quote":
        return Role(name, content, "", line)
    return Role(name, content if name == "term" else "", content, line)


def role_article(target: str) -> tuple[str, str]:
    """Take the target of an {article} role apart: an instrument's id, and the article's number.

    Parameters
    ----------
    target
        As in ``crc 3``.

    Returns
    -------
    tuple
        Both, as they are compared; the number is empty if none stands there.
    """
    instrument, _, article = target.partition(" ")
    return instrument, article.strip().casefold()


def expand_roles(text: str, expand: Callable[[Role], str]) -> str:
    """Put in place of every role what a product makes of it.

    Parameters
    ----------
    text
        Markdown.
    expand
        Gives the text that stands for a role.

    Returns
    -------
    str
        Markdown without roles of the course.
    """
    if "{" not in text or "`" not in text:
        return text
    parts: list[str] = []
    end = 0
    for found in _roles_of(text):
        role = read_role(found.name, found.content, found.line)
        parts.append(text[end : found.start])
        parts.append(expand(replace(role, begins=begins_sentence(text, found.start))))
        end = found.end
    return "".join([*parts, text[end:]])


_RolesOf = list[tuple[str, list[tuple[str, str, int, int, int, int]]]]
_roles: dict[str, tuple[RoleAt, ...]] = {}
_asked: set[str] = set()


def _roles_of(text: str) -> tuple[RoleAt, ...]:
    """Give the roles of a text; those of most texts were read before, by a build or a preview."""
    _asked.add(text)
    if text not in _roles:
        _roles[text] = tuple(roles_in(text, parse(text)[0]))
    return _roles[text]


def roles_read() -> _RolesOf:
    """Give the roles of the texts that were expanded, for `remember_roles` in another process."""
    return [(text, [astuple(one) for one in _roles[text]]) for text in sorted(_asked)]


def remember_roles(earlier: _RolesOf) -> None:
    """Take over the roles that the same version read."""
    for text, roles in earlier:
        _roles[text] = tuple(RoleAt(*one) for one in roles)


def expand_roles_inline(text: str, expand: Callable[[Role], Markup]) -> Markup:
    """Turn a text of one line into HTML, with what a product makes of its roles.

    Parameters
    ----------
    text
        Text in the Markdown subset of `imlcourse.markup.inline`, with roles.
    expand
        Gives the HTML that stands for a role.

    Returns
    -------
    Markup
        One line of HTML.
    """
    line = one_line(text)

    def written(name: str, content: str, start: int) -> Markup:
        return expand(replace(read_role(name, content, 0), begins=begins_sentence(line, start)))

    return around_roles(line, written)


def begins_sentence(text: str, at: int) -> bool:
    """Say whether a sentence begins at a place in a text.

    Parameters
    ----------
    text
        Markdown.
    at
        Place of its character, from 0.

    Returns
    -------
    bool
        True behind the end of another sentence, and at the beginning of the text or of an item
        of a list if what stands there ends as a sentence does. A mere citation does not.
    """
    before = text[max(0, at - 200) : at]
    if _BEFORE_SENTENCE.search(before):
        return True
    return bool(_BEFORE_BLOCK.search(before) and _SENTENCE.match(text, at))
