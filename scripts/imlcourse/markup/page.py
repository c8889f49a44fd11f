"""Pages as authors write them: MyST Markdown, parsed once into blocks.

A page is its front matter and a row of blocks: prose, headings, and the directives of the course
(colon fences). Roles and links inside the text are found with the line they stand in, so that
every check can name it. What a directive or a role becomes is up to each product.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from imlcourse.languages.spelling import near, nearest
from imlcourse.markup.inline import ROLE, loose_marks, slips
from imlcourse.markup.problems import Problems
from imlcourse.markup.tags import loose_tags
from imlcourse.markup.text_rule import with_quick_text
from imlcourse.markup.textfile import language_of, original_of
from imlcourse.markup.yamlfile import YamlFile, read_yaml


@dataclass(frozen=True, slots=True)
class Directive:
    """What a directive may hold.

    Attributes
    ----------
    argument
        What stands behind the name, in words for error messages; empty if nothing may.
    required, optional
        Names of its options.
    body
        Whether text belongs in it: ``"needed"``, ``"optional"`` or ``"none"``.
    """

    argument: str = ""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    body: str = "needed"


DIRECTIVES: dict[str, Directive] = {
    "situation": Directive("a title"),
    "example": Directive("a title"),
    "case": Directive(
        "an annex unit such as A30", ("place", "who", "done", "right", "open"), body="optional"
    ),
    "misunderstanding": Directive("the sentence as people say it"),
    "since": Directive("the id of a fact in book/since.yml", body="none"),
    "keypoints": Directive(),
    "limits": Directive(),
    "diagram": Directive("an SVG file beside the page", ("alt",), ("caption",), body="optional"),
    "quiz": Directive("the id of a quiz", body="none"),
    "item": Directive("the id of an item", body="none"),
    "worksheet": Directive("the id of a worksheet", body="none"),
    "reading": Directive("the name of a page of book/", body="none"),
}

MODULES_MARK = "<!-- iml:modules -->"
"""Where the cover lists the modules that this edition holds."""
ROLES = ("para", "quote", "term", "instrument", "module", "page")
"""Roles of the course: see CONTRIBUTING.md."""

_MEANT = (
    (re.compile(r"#{1,6}[^\s#]"), "a heading lacks the space behind its #; write “## Words”"),
    (re.compile(r"[-+](?:[^\W\d_]|[“‘«])"), "an entry of a list lacks its space; write “- words”"),
    (
        re.compile(r"\|.*\|\s*$"),
        "this is no table yet; below its first line write a line |---|---| with as many columns",
    ),
    (re.compile(r":{1,2}\{[a-z]+\}"), "a directive begins with three colons; write :::{name}"),
)
"""What a line of a paragraph was meant to be, and how it is written."""
_LATE_FRONT = re.compile(r"\s*-{3,}[ \t]*\n\w+:")
_OPEN_COMMENT = re.compile(r"<!--(?!.*?-->)", re.DOTALL)
# The marks of all languages together: none of them stands for something else in another.
_OPENS = r"(?:[“‘«‹„¿¡(*_]|(?<=[«‹])\s)*"
_CLOSES = r"(?:[”’)»›*_]|\s(?=[»›]))*"
_BEFORE_SENTENCE = re.compile(rf"(?:\n\n|[.!?؟。]{_CLOSES}\s+){_OPENS}$")
_BEFORE_BLOCK = re.compile(rf"(?:\A|(?:\A|\n)(?:[-*+]|\d+[.)])\s+){_OPENS}$")
_SENTENCE = re.compile(rf".*?[.!?:؟。]{_CLOSES}\s*(?:\Z|\n\n|\n(?:[-*+]|\d+[.)])\s)", re.DOTALL)
_TARGETED = re.compile(r"(.*?)\s*<([^<>]*)>\s*", re.DOTALL)
_LABEL = re.compile(r"^\(([^()\n]+)\)=(?:\s.*)?$", re.DOTALL)
_OPTION = re.compile(r"^:([a-zA-Z-]+):\s*(.*)$")
_DIRECTIVE_INFO = re.compile(r"^\{([a-zA-Z-]+)\}\s*(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page.

    Attributes
    ----------
    kind
        ``prose``, ``heading``, ``code`` or the name of a directive.
    line
        Line in the file where it begins.
    text
        The Markdown of prose; the words of a heading; the body of a directive.
    argument
        What stands behind a directive's name.
    options
        A directive's options.
    level
        A heading's level.
    label
        A heading's label.
    text_line
        Line in the file where `text` begins.
    """

    kind: str
    line: int
    text: str = ""
    argument: str = ""
    options: dict[str, str] = field(default_factory=dict)
    level: int = 0
    label: str = ""
    text_line: int = 0


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


@dataclass(frozen=True, slots=True)
class Link:
    """An ordinary Markdown link or image: where it points to, and its line in the file."""

    target: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page, parsed.

    Attributes
    ----------
    path
        The file.
    front
        Its front matter, if it has any.
    blocks
        All blocks in order.
    roles, links
        All roles and links, in directives too.
    source
        The text of the file.
    whole
        Whether every block ends where it should. If not, what stands behind may have been taken
        for part of it, and that a page lacks something is no problem of its own.
    """

    path: Path
    front: YamlFile | None
    blocks: tuple[Block, ...]
    roles: tuple[Role, ...]
    links: tuple[Link, ...]
    source: str
    whole: bool = True

    @property
    def name(self) -> str:
        """Its name in the book, which is the same in all languages."""
        return original_of(self.path).stem

    @property
    def language(self) -> str | None:
        """The language that it is a translation into; ``None`` in the course's own."""
        return language_of(self.path)

    def of_kind(self, kind: str) -> Iterator[Block]:
        """Give the blocks of one kind."""
        return (block for block in self.blocks if block.kind == kind)

    @property
    def cited(self) -> set[str]:
        """The units that its text cites."""
        return {role.target for role in self.roles if role.name in ("para", "quote")}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return with_quick_text(
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        # Signs that a backslash guards stay apart from those that are loose.
        .disable("text_join")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
    )


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
    content = " ".join(content.split())
    targeted = _TARGETED.fullmatch(content)
    if targeted:
        return Role(name, targeted[1], targeted[2].strip(), line)
    if name == "quote":
        return Role(name, content, "", line)
    return Role(name, content if name == "term" else "", content, line)


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

    def written(found: re.Match[str]) -> str:
        role = read_role(found[1], found[2], text.count("\n", 0, found.start()))
        return expand(replace(role, begins=begins_sentence(text, found.start())))

    return ROLE.sub(written, text)


def begins_sentence(text: str, at: int) -> bool:
    """Say whether a sentence begins at a place in a text.

    Parameters
    ----------
    text
        Markdown.
    at
        Place of its sign, from 0.

    Returns
    -------
    bool
        True behind the end of another sentence, and at the beginning of the text or of an item
        of a list if what stands there ends as a sentence does. A mere citation does not.
    """
    before = text[:at]
    if _BEFORE_SENTENCE.search(before):
        return True
    return bool(_BEFORE_BLOCK.search(before) and _SENTENCE.match(text[at:]))


def parse_page(path: Path, source: str, problems: Problems) -> Page:
    """Parse a page, reporting directives and roles that are not known or not whole.

    Parameters
    ----------
    path
        The file, for reports.
    source
        Its text.
    problems
        Where problems are reported.

    Returns
    -------
    Page
        The page.
    """
    return _PageParser(path, source, problems).parse()


class _PageParser:
    def __init__(self, path: Path, source: str, problems: Problems) -> None:
        self.path = path
        self.source = source
        self.lines = source.split("\n")
        self.problems = problems
        self.blocks: list[Block] = []
        self.roles: list[Role] = []
        self.links: list[Link] = []
        self.front: YamlFile | None = None
        self.label = ""
        self.whole = True
        self.left_open = 0

    def parse(self) -> Page:
        tokens = _parser().parse(self.source)
        if not tokens or tokens[0].type != "front_matter":
            if self.lines[0] == "---":
                self.whole = False
                self._report(1, "the front matter has no end; close it with a line ---")
            elif _LATE_FRONT.match(self.source):
                self.whole = False
                self._report(
                    1, "front matter begins with a line --- that is the first of the file; mend it"
                )
        for token, inner in _top_level(tokens):
            self._block(token, inner)
        if self.label:
            self._report(
                len(self.lines),
                f"the label ({self.label})= stands above no heading; put it above one",
            )
        return Page(
            self.path,
            self.front,
            tuple(self.blocks),
            tuple(self.roles),
            tuple(self.links),
            self.source,
            self.whole,
        )

    def _report(self, line: int, what: str) -> None:
        self.problems.add(self.path, line, what)

    def _block(self, token: Token, inner: list[Token]) -> None:
        start, end = token.map or [0, 0]
        line = start + 1
        if self.label and token.type != "heading_open":
            self._report(
                line, f"the label ({self.label})= stands above no heading; put it above one"
            )
            self.label = ""
        if token.type == "front_matter":
            if self.lines[end - 1].rstrip() != "---":
                self._report(
                    end,
                    "the line --- that closes the front matter is indented; move it to the "
                    "beginning of its line",
                )
            self.front = read_yaml(self.path, self.problems, text=token.content, first=2)
        elif token.type == "colon_fence":
            self._directive(token, line)
        elif token.type == "heading_open":
            words = inner[1].content
            self._roles(words, line)
            self._text(inner, 1)
            level = int(token.tag[1])
            self.blocks.append(Block("heading", line, words, level=level, label=self.label))
            self.label = ""
        elif token.type in ("fence", "code_block"):
            self._text([token], 1)
            if token.info.startswith("{"):
                self._report(
                    line, f"a directive between backticks; write it between colons: :::{token.info}"
                )
            self.blocks.append(Block("code", line, self._raw(start, end), text_line=line))
        else:
            raw = self._raw(start, end)
            label = _LABEL.match(raw.strip())
            if label and not re.search(r"\s", label[0]):
                self.label = label[1]
                return
            if label and not _MEANT[0][0].match(raw.strip().partition("\n")[2]):
                self._report(
                    line,
                    f"({label[1]})= is no label of a heading; write one without spaces, on a line "
                    "of its own above the heading",
                )
            if re.match(r"^:{3,}", raw.strip()):
                self._report(
                    line,
                    "colons that neither open a directive nor close one; "
                    "write :::{name} above the text and ::: below it",
                )
            self._roles(raw, line)
            self._text(inner, 1)
            self.blocks.append(Block("prose", line, raw, text_line=line))

    def _raw(self, start: int, end: int) -> str:
        return "\n".join(self.lines[start:end]).strip("\n")

    def _directive(self, token: Token, line: int) -> None:
        info = _DIRECTIVE_INFO.match(token.info.strip())
        if not info:
            self._no_directive(token, line)
            return
        name, argument = info[1], info[2].strip()
        known = DIRECTIVES.get(name)
        if known is None:
            self.whole = False
            self._report(
                line,
                f"no directive {{{name}}}{near(name, DIRECTIVES)}; "
                f"there are {', '.join(DIRECTIVES)}",
            )
            return
        options, at, body, body_line = self._options(token.content, line + 1)
        nested = re.search(r"^:{3,}\{", body, re.MULTILINE)
        if not nested and not (token.map and self._closes(token, token.map[1])):
            self.whole = False
            self._report(
                line,
                f"the directive {{{name}}} is not closed; "
                f"write {token.markup} on a line of its own below it",
            )
        for option in known.required:
            if not options.get(option):
                self._report(line, f"{{{name}}} has no :{option}: — add a line “:{option}: …”")
        for option in options:
            if option not in (*known.required, *known.optional):
                allowed = (*known.required, *known.optional)
                self._report(
                    at[option], f"{{{name}}} has no option :{option}:{near(option, allowed)}"
                )
        if known.argument and not argument:
            self.whole = False
            self._report(line, f"{{{name}}} lacks {known.argument} behind its name")
        if argument and not known.argument:
            self._report(line, f"nothing may stand behind {{{name}}}; put the text inside")
        if known.body == "needed" and not body.strip():
            self._report(line, f"{{{name}}} is empty; write its text between the colons")
        if nested:
            self.whole = False
            self.left_open += 1
            other = body_line + body.count("\n", 0, nested.start())
            self._report(
                line,
                f"the directive {{{name}}} is not closed before line {other}, where another "
                f"begins; write {token.markup} on a line of its own below it",
            )
        elif known.body == "none" and body.strip():
            self._report(line, f"{{{name}}} holds no text; move the text out of it")
        for value, where in ((argument, line), *((options[o], at[o]) for o in options)):
            self._roles(value, where)
            for slip in slips(value):
                self._report(where, slip)
        self._roles(body, body_line)
        inside = _parser().parse(body)
        self._text(inside, body_line)
        if any(inner.type == "heading_open" for inner in inside) and not nested:
            self._report(
                line, f"a heading inside {{{name}}}; write its words in **bold**, or move it out"
            )
        self.blocks.append(Block(name, line, body, argument, options, text_line=body_line))

    def _no_directive(self, token: Token, line: int) -> None:
        self.whole = False
        info = token.info.strip()
        if not info and self.left_open:
            # The end of the one that another stands in: that one is reported.
            self.left_open -= 1
            return
        bare = re.sub("[{}]", "", info)
        word, _, rest = bare.partition(" ")
        guess = word if word in DIRECTIVES else nearest(word, DIRECTIVES)
        if whole := nearest(bare, DIRECTIVES):
            guess, rest = whole, ""
        wanted = f":::{{{guess or 'name'}}} {rest}".rstrip()
        self._report(
            line, f"“{token.markup}{token.info}” opens no directive; write {wanted}, or delete it"
        )

    def _closes(self, token: Token, end: int) -> bool:
        return self.lines[end - 1].strip().startswith(token.markup) and (
            not token.map or end - 1 > token.map[0]
        )

    def _options(self, content: str, line: int) -> tuple[dict[str, str], dict[str, int], str, int]:
        """Give the options of a directive, the line of each, its body and the line of that."""
        options: dict[str, str] = {}
        stand_in: dict[str, int] = {}
        lines = content.split("\n")
        at = 0
        while at < len(lines) and (found := _OPTION.match(lines[at])):
            value = found[2]
            stand_in[found[1]] = line + at
            # An option goes on in lines that are indented.
            while at + 1 < len(lines) and re.match(r"^\s+\S", lines[at + 1]):
                at += 1
                value += " " + lines[at].strip()
            if found[1] in options:
                self._report(line + at, f":{found[1]}: stands here a second time; keep one")
            options[found[1]] = value.strip()
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
        return options, stand_in, "\n".join(lines[at:]).rstrip(), line + at

    def _roles(self, text: str, line: int) -> None:
        for found in ROLE.finditer(text):
            at = line + text.count("\n", 0, found.start())
            if found[1] not in ROLES:
                self._report(
                    at,
                    f"no role {{{found[1]}}}{near(found[1], ROLES)}; there are {', '.join(ROLES)}",
                )
                continue
            self.roles.append(read_role(found[1], found[2], at))

    def _text(self, tokens: list[Token], first: int) -> None:
        """Find the links of a text, and what in it is not what it was meant to be."""
        at, before = first, ""
        for token in tokens:
            at = token.map[0] + first if token.map else at
            if token.type == "code_block":
                if token.content.startswith(":::"):
                    self.whole = False
                    self.left_open += 1
                self._report(
                    at,
                    "a line that begins with a tab or four spaces, which makes code of it; take "
                    "them out (in a list, begin it below the first word of its entry)",
                )
            elif token.type == "colon_fence" and token.level:
                self.whole = False
                self.left_open += 1
                self._report(
                    at, "a directive inside a list or a quotation; begin it at the edge of the page"
                )
            elif token.type == "fence" and not self._ends(token, first):
                self.whole = False
                self._report(at, f"code that has no end; write {token.markup} below it")
            elif token.type == "html_block" and _OPEN_COMMENT.search(token.content):
                self.whole = False
                self._report(at, "a comment that has no end; close it with -->")
            elif token.type == "inline" and before == "paragraph_open":
                self._paragraph(token.content, at)
            before = token.type
            self._children(token.children or [], at)
        for line, what in loose_tags(tokens, first):
            self._report(line, what)

    def _paragraph(self, text: str, line: int) -> None:
        """Report lines of a paragraph that were meant to be more than that, each kind once."""
        told: set[str] = set()
        for number, written in enumerate(text.split("\n"), start=line):
            what = next((what for pattern, what in _MEANT if pattern.match(written)), "")
            if what and what not in told:
                self._report(number, what)
                self.whole = self.whole and not written.startswith(":")
            told.add(what)

    def _children(self, children: list[Token], line: int) -> None:
        """Go through a paragraph line by line: marks pair over lines, and stand in one."""
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "link_open":
                self.links.append(Link(str(child.attrGet("href")), line))
            elif child.type == "image":
                self.links.append(Link(str(child.attrGet("src")), line, image=True))
            elif child.type == "text":
                for slip in loose_marks([child]):
                    self._report(line, slip)
            line += child.content.count("\n")

    def _ends(self, token: Token, first: int) -> bool:
        """Say whether a fence is closed by a line of its own, and not by the end of the text."""
        if not token.map:
            return True
        last = self.lines[min(token.map[1] + first - 2, len(self.lines) - 1)]
        return token.map[1] - token.map[0] > 1 and last.strip(" >").startswith(token.markup)


def _top_level(tokens: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Give each top-level token with all tokens inside it."""
    at = 0
    while at < len(tokens):
        first = at
        if tokens[at].nesting == 1:
            while tokens[at].level or tokens[at].nesting != -1:
                at += 1
        at += 1
        yield tokens[first], tokens[first:at]
