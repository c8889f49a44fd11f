"""Pages as authors write them: MyST Markdown, parsed once into blocks.

A page is its front matter and a row of blocks: prose, headings, and the directives of the course
(colon fences). Roles and links inside the text are found with the line they stand in, so that
every check can name it. What a directive or a role becomes is up to each product; what is wrong in
a text is told by `imlcourse.markup.page_lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from imlcourse.languages.spelling import near, nearest
from imlcourse.markup.directives import DIRECTIVES, Directive
from imlcourse.markup.marks import check_texts, unread_marks
from imlcourse.markup.myst import RoleAt, parse, roles_in, too_much
from imlcourse.markup.page_lint import MISTYPED_HEADING, Link, TextLint
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.roles import Role, read_role
from imlcourse.markup.textfile import language_of, original_of, read_text
from imlcourse.markup.yamlfile import YamlFile, read_yaml

MODULES_MARK = "<!-- iml:modules -->"
"""Where the cover lists the modules that this edition holds."""

MOST_OF_PAGE = 300_000
"""Characters that a page may have: ten times the longest of the course."""

_LATE_FRONT = re.compile(r"\s*-{3,}[ \t]*\n\w+:")
_SPHINX_LABELS = ("genindex", "modindex", "search")
_NO_LETTER = re.compile(r"\W+")
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

    @property
    def anchor(self) -> str:
        """The id at which a block with a title stands: its kind and its title."""
        title = _NO_LETTER.sub("-", self.argument.casefold()).strip("-")
        return f"{self.kind}-{title}"


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


def read_fronted_page(path: Path, problems: Problems, begin: str) -> Page | None:
    """Read a page that has to have front matter.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.
    begin
        What its front matter begins with, for the message that it has none.

    Returns
    -------
    Page or None
        The page; ``None`` if it cannot be read, or has no front matter that can be.
    """
    source = read_text(path, problems)
    if source is None:
        return None
    page = parse_page(path, source, problems)
    if page.front is None:
        if not source.startswith("---") and page.whole:
            problems.add(path, 1, f"no front matter; begin with {begin}, and close it with ---")
        return None
    return page


class _PageParser:
    def __init__(self, path: Path, source: str, problems: Problems) -> None:
        self.path = path
        self.source = source
        self.lines = source.split("\n")
        self.problems = problems
        self.lint = TextLint(self._report, self.lines)
        self.blocks: list[Block] = []
        self.roles: list[Role] = []
        self.front: YamlFile | None = None
        self.label = ""
        self.label_line = 0

    def parse(self) -> Page:
        excess = too_much(self.source)
        if len(self.source) > MOST_OF_PAGE:
            size = f"{len(self.source):,} characters; {MOST_OF_PAGE:,} are the most"
            excess = 0, f"a page of {size}: make several pages of it"
        if excess:
            self._report(excess[0] + 1, excess[1])
            self.lint.whole = False
            return self._page()
        tokens, references = parse(self.source)
        if not tokens or tokens[0].type != "front_matter":
            self._no_front()
        self.lint.references(references, 1)
        for token, inner in _top_level(tokens):
            self._block(token, inner)
        for found in self.lint.roles(list(roles_in(self.source, tokens)), 1):
            self.roles.append(read_role(found.name, found.content, found.line + 1))
        self._label_above(None, len(self.lines))
        return self._page()

    def _page(self) -> Page:
        self.roles.sort(key=lambda role: role.line)
        return Page(
            self.path,
            self.front,
            tuple(self.blocks),
            tuple(self.roles),
            tuple(self.lint.links),
            self.source,
            self.lint.whole,
        )

    def _report(self, line: int, what: str) -> None:
        self.problems.add(self.path, line, what)

    def _no_front(self) -> None:
        """Say why a page that seems to have front matter has none."""
        if self.lines[0] == "---":
            what = "the front matter has no end; close it with a line ---"
        elif _LATE_FRONT.match(self.source):
            what = "front matter begins with a line --- that is the first of the file; mend it"
        else:
            return
        self.lint.whole = False
        self.lint.front_broken = True
        self._report(1, what)

    def _label_above(self, token: Token | None, line: int) -> None:
        """Report a label that stands above something else than a heading."""
        heading = token is not None and token.type == "heading_open"
        mistyped = token is not None and MISTYPED_HEADING.match(self._raw(*(token.map or [0, 0])))
        if self.label and not heading and not mistyped:
            self._report(
                line, f"the label ({self.label})= stands above no heading; put it above one"
            )
        if not heading:
            self.label = ""

    def _block(self, token: Token, inner: list[Token]) -> None:
        start, end = token.map or [0, 0]
        line = start + 1
        self._label_above(token, line)
        if token.type == "front_matter":
            if self.lines[end - 1].rstrip() != "---":
                self._report(
                    end,
                    "the line --- that closes the front matter is indented; move it to the "
                    "beginning of its line",
                )
            self.front = read_yaml(self.path, self.problems, text=token.content, first=2)
            if self.front:
                check_texts(self.front, self.problems)
        elif token.type == "colon_fence":
            self._directive(token, line)
        elif token.type == "heading_open":
            self.lint.text(inner, 1)
            if any(child.type == "link_open" for child in inner[1].children or ()):
                self._report(
                    line, "a link in a heading, which the contents cannot show; put it in the text"
                )
            level = int(token.tag[1])
            self.blocks.append(
                Block("heading", line, inner[1].content, level=level, label=self.label)
            )
            self.label = ""
        elif token.type == "myst_target":
            self._target(token, line)
        elif token.type in ("fence", "code_block"):
            self.lint.text([token], 1)
            self.blocks.append(Block("code", line, self._raw(start, end), text_line=line))
        else:
            raw = self._raw(start, end)
            label = _LABEL.match(raw.strip())
            if label and token.type == "paragraph_open":
                self._no_label(label[1], line)
            if re.match(r"^:{3,}", raw.strip()):
                self._report(
                    line,
                    "colons that neither open a directive nor close one; "
                    "write :::{name} above the text and ::: below it",
                )
            self.lint.text(inner, 1)
            self.blocks.append(Block("prose", line, raw, text_line=line))

    def _target(self, token: Token, line: int) -> None:
        if re.search(r"[\s()]", token.content):
            self._no_label(token.content, line)
        elif token.content.lower() in _SPHINX_LABELS:
            self._report(
                line,
                f"the label ({token.content})=, which Sphinx has for a page of its own; write "
                "another",
            )
        else:
            self.label = token.content

    def _no_label(self, name: str, line: int) -> None:
        self._report(
            line,
            f"({name})= is no label of a heading; write one without spaces, on a line "
            "of its own above the heading",
        )

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
            self.lint.whole = False
            self._report(
                line,
                f"no directive {{{name}}}{near(name, DIRECTIVES)}; "
                f"there are {', '.join(DIRECTIVES)}",
            )
            return
        options, at, body, body_line = self._options(token.content, line + 1)
        closed = bool(token.map and self._closes(token, token.map[1]))
        tokens, references = parse(body)
        inner = next((one for one in tokens if one.type == "colon_fence" and not one.level), None)
        if inner is not None:
            self._nested(name, token, inner, line, body_line, closed=closed)
        elif not closed:
            self.lint.whole = False
            self._report(
                line,
                f"the directive {{{name}}} is not closed; "
                f"write {token.markup} on a line of its own below it",
            )
        self._parts(name, known, argument, options, at, line)
        if known.body == "needed" and not body.strip():
            self._report(line, f"{{{name}}} is empty; write its text between the colons")
        elif known.body == "none" and body.strip() and inner is None:
            self._report(line, f"{{{name}}} holds no text; move the text out of it")
        self.lint.references(references, body_line)
        self.lint.text(tokens, body_line, inside=inner is None)
        for found in self.lint.roles(list(roles_in(body, tokens)), body_line):
            self.roles.append(read_role(found.name, found.content, found.line + body_line))
        if inner is None and any(one.type == "heading_open" for one in tokens):
            self._report(
                line, f"a heading inside {{{name}}}; write its words in **bold**, or move it out"
            )
        self.blocks.append(Block(name, line, body, argument, options, text_line=body_line))

    def _nested(
        self, name: str, token: Token, inner: Token, line: int, body_line: int, *, closed: bool
    ) -> None:
        """Report a directive that begins inside another."""
        self.lint.whole = False
        other = body_line + (inner.map[0] if inner.map else 0)
        named = _DIRECTIVE_INFO.match(inner.info.strip())
        if not inner.info.strip():
            # Colons that close nothing open the one that is meant to follow them.
            following = self.lines[other - 1 : body_line - 1 + len(token.content.split("\n"))]
            begins = (n for n, text in enumerate(following) if re.match(r" {0,3}:{3,} *\{", text))
            other += next(begins, 0)
        last = inner.map[1] + body_line - 2 if inner.map else 0
        ends = last > other - 1 and self.lines[last].strip().startswith(inner.markup)
        if closed and ends and named:
            self._report(
                other,
                f"{{{named[1]}}} inside {{{name}}} (line {line}), and directives do not nest; move "
                f"it out, below the end of {{{name}}}",
            )
            return
        self.lint.left_open += not closed or not ends
        self._report(
            line,
            f"the directive {{{name}}} is not closed before line {other}, where another "
            f"begins; write {token.markup} on a line of its own below it",
        )

    def _parts(
        self,
        name: str,
        known: Directive,
        argument: str,
        options: dict[str, str],
        at: dict[str, int],
        line: int,
    ) -> None:
        """Check what stands behind a directive's name, and its options."""
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
            self.lint.whole = False
            self._report(line, f"{{{name}}} lacks {known.argument} behind its name")
        if argument and not known.argument:
            self._report(line, f"nothing may stand behind {{{name}}}; put the text inside")
        for value, where in ((argument, line), *((options[o], at[o]) for o in options)):
            for found in self.lint.roles(_inline_roles(value), where):
                self.roles.append(read_role(found.name, found.content, where))
            for what in unread_marks(value):
                self._report(where, what)

    def _no_directive(self, token: Token, line: int) -> None:
        self.lint.whole = False
        info = token.info.strip()
        if not info and self.lint.left_open:
            # The end of the one that another stands in: that one is reported.
            self.lint.left_open -= 1
            return
        bare = re.sub("[{}]", "", info)
        word, _, rest = bare.partition(" ")
        guess = word if word in DIRECTIVES else nearest(word, DIRECTIVES)
        if whole := nearest(bare, DIRECTIVES):
            guess, rest = whole, ""
        wanted = f":::{{{guess or 'name'}}} {rest}".rstrip()
        self._report(
            line,
            f"“{token.markup[:10]}{token.info}” opens no directive; write {wanted}, or delete it",
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
                self._report(line + at, repeated(f":{found[1]}:", line=0))
            options[found[1]] = value.strip()
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
        return options, stand_in, "\n".join(lines[at:]).rstrip(), line + at


def _inline_roles(text: str) -> list[RoleAt]:
    return list(roles_in(text, parse(text)[0]))


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
