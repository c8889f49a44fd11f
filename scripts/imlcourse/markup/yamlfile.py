"""YAML as authors write it: plain values, each with its line, and errors in plain words.

Only what a course needs is read: mappings, lists and scalars of the YAML 1.2 core schema (so that
``no`` and a date stay words). Anchors, aliases and tags are refused, which also keeps out files
whose aliases explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from imlcourse.markup.myst import MOST_MARKS, too_much
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.textfile import CONTROL, language_of, read_text

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)  # libyaml, where the platform has it
_DEEPEST = 20

Place = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a file to a value."""


@dataclass(slots=True)
class YamlFile:
    """The values of a YAML file and the lines they stand in.

    Attributes
    ----------
    path
        The file.
    value
        Mappings, lists, strings, numbers, booleans and ``None``.
    lines
        The line, from 1, of each value by its place; a mapping's entry has the line of its key.
    made_from
        In a translation: what it says at its top as ``source``, the mark of the text that it was
        made from. It is taken out of the value.
    """

    path: Path
    value: Any
    lines: dict[Place, int] = field(default_factory=dict)
    made_from: Any = None

    def line(self, place: Place) -> int:
        """Give the line of a value, or of the nearest value that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(
    path: Path,
    problems: Problems,
    *,
    text: str | None = None,
    first: int = 1,
) -> YamlFile | None:
    """Read a YAML file.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.
    text
        The YAML itself, where it is part of a file that was read already (front matter).
    first
        The line of the file in which `text` begins.

    Returns
    -------
    YamlFile or None
        What it holds; ``None`` if it cannot be read.
    """
    if text is None:
        text = read_text(path, problems)
    if text is None:
        return None
    reader = _Reader(path, problems, first)
    try:
        file = reader.read(text)
        if language_of(path) and isinstance(file.value, dict):
            file.made_from = file.value.pop("source", None)
        return file
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and "quoted scalar" in (error.context or ""):
            mark = error.context_mark  # where the quotation opens, not where the file ends
        at = mark.line if mark else 0
        what = _plain_words(error)
        for number, written in enumerate(text.split("\n")):
            if number in (at - 1, at) and _ODD_SPACE.match(written):
                at, what = number, _ODD_SPACE_SAID
                break
        problems.add(path, at + first, what)
    except yaml.YAMLError as error:
        problems.add(path, first, f"not YAML that can be read ({error}); restore the file")
    except _TooMuchError as error:
        problems.add(path, error.line, error.what)
    return None


_ODD_SPACE = re.compile(r"^ *[\u00a0\u2000-\u200a\u202f\u3000]")
_ODD_SPACE_SAID = (
    "the line begins with a space that is no ordinary one, as word processors set; "
    "indent with spaces from the keyboard"
)
_CUT = re.compile(r"[ \t]+#")
_COMMENT = re.compile(r"\S[ \t]+#")
_BEGINS = re.compile(r"\s*([A-Za-z_][\w-]*:(?!//)(?=\S)|-(?=\s))")
"""What in a further line of a text was meant to be a name or an entry of a list."""


class _TooMuchError(Exception):
    """The file holds more than can be read in fair time, so that nothing of it is used."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        self.what = what


def _events(text: str) -> Iterator[Any]:
    """Give the events of a text; as `yaml.parse` does, without a step of Python for each."""
    return iter(_LOADER(text).get_event, None)


class _Reader:
    """Builds values from YAML events, so that lines are kept and aliases never expand."""

    def __init__(self, path: Path, problems: Problems, first: int) -> None:
        self.path = path
        self.problems = problems
        self.first = first
        self.lines: dict[Place, int] = {}
        self.written: list[str] = []
        self.with_comment: set[int] = set()
        self.events: Iterator[Any] = iter(())

    def read(self, text: str) -> YamlFile:
        self.events = _events(text)
        self.written = text.split("\n")
        self.with_comment = {n for n, line in enumerate(self.written) if _COMMENT.search(line)}
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._report(
                        event,
                        "a second document begins here; one file holds one: delete the line ---",
                    )
            elif isinstance(event, yaml.NodeEvent):
                read = self._value(event, ())
                value = read if documents == 1 else value
        return YamlFile(self.path, value, self.lines)

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first

    def _report(self, event: Any, what: str) -> None:
        self.problems.add(self.path, self._line(event), what)

    def _value(self, event: Any, place: Place) -> Any:
        if place not in self.lines:
            self.lines[place] = event.start_mark.line + self.first
        if len(place) > _DEEPEST:
            raise _TooMuchError(self._line(event), "values nested too deep; restore the file")
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._report(event, f"an alias (*{event.anchor}); write the value out")
            return None
        if event.anchor:
            self._report(event, f"an anchor (&{event.anchor}); write values out where they belong")
        if event.tag and event.tag != "!":
            self._report(event, f"a tag ({event.tag}); write a plain value")
        if kind is yaml.ScalarEvent:
            text = event.value
            if len(text) > MOST_MARKS and (excess := too_much(text, one=True)):
                raise _TooMuchError(self._line(event), excess[1])
            if event.style:
                self._quoted(event)
                return text
            value = _scalar(text)
            if value is text:
                self._plain(event)
            return value
        if kind is yaml.SequenceStartEvent:
            items: list[Any] = []
            for inner in self.events:
                if type(inner) is yaml.SequenceEndEvent:
                    break
                items.append(self._value(inner, (*place, len(items))))
            return items
        return self._mapping(place)

    def _quoted(self, event: Any) -> None:
        """Report what an escape has put into a text and nobody would see."""
        if (control := CONTROL.search(event.value)) and event.style == '"':
            self._report(
                event,
                f"an escape stands for a control character (U+{ord(control[0]):04X}), which nobody "
                "sees; take it out",
            )

    def _plain(self, event: Any) -> None:
        """Report what YAML takes out of a text without quotation marks, or puts into it."""
        start, end = event.start_mark.line, event.end_mark.line
        if end in self.with_comment and _CUT.match(self.written[end][event.end_mark.column :]):
            self._report(
                event,
                'a # cuts this text short; put the text in "quotes", or the comment on a line of '
                "its own",
            )
        for number in range(start + 1, end + 1):
            if begins := _BEGINS.match(self.written[number]):
                self.problems.add(
                    self.path,
                    number + self.first,
                    f"“{begins[1]}” goes on the text above, and begins no name or entry of its "
                    "own; put a space behind the colon and indent it as the others, or put the "
                    'whole text in "quotes"',
                )

    def _mapping(self, place: Place) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            if type(event) is not yaml.ScalarEvent:
                self._value(event, (*place, ""))
                self._value(next(self.events), (*place, ""))
                self._report(
                    event,
                    "a list or mapping stands where a name is expected; "
                    "put the name of the entry first",
                )
                continue
            key = event.value
            here = (*place, key)
            if key in found:
                self._report(
                    event,
                    repeated(f"“{key}”", "keep one of them", line=self.lines[here]),
                )
                self._value(next(self.events), (*place, key, "again"))
                continue
            self.lines[here] = self._line(event)
            found[key] = self._value(next(self.events), here)
        return found


# What begins with a 0 is no number as people write them: 010 would become 10 without a word.
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(?:0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_CORE: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _scalar(text: str) -> Any:
    if text in _CORE:
        return _CORE[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


# What libyaml says, and what an author needs to hear.
_IN_PLAIN_WORDS = (
    ("tab character", "a tab where only spaces may stand; indent with spaces"),
    (
        "cannot start any token",
        "a tab or a sign that YAML keeps for itself (@ `) begins a value; "
        'indent with spaces, and put the text in "quotes"',
    ),
    (
        "mapping values are not allowed",
        'a colon inside a text; put the whole text in "quotes" (or check the indentation)',
    ),
    (
        "unexpected end of stream",
        "a quotation mark opens a text here and is never closed; close it",
    ),
    (
        "did not find expected key",
        "this line does not go on what stands above it; check the "
        "indentation, and that quotation marks inside a quoted text "
        "are doubled or curly",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not go on the list above it; check the indentation",
    ),
    (
        "could not find expected ':'",
        "a name without a colon after it; write “name: value” (or close the quotation mark above)",
    ),
    (
        "did not find expected ',' or",
        "a list in [ ] or mapping in { } is not closed, or lacks a comma; mend the brackets",
    ),
    (
        "did not find expected node content",
        "a list in [ ] or mapping in { } is not closed; close it",
    ),
    ("found undefined alias", 'a text begins with *; put it in "quotes"'),
    (
        "did not find expected alphabetic or numeric character",
        'a text begins with * or &; put it in "quotes"',
    ),
    (
        "found unknown escape character",
        "a backslash in a text in \"double quotes\"; double it, or use 'single quotes'",
    ),
    (
        "did not find expected <document start>",
        "text after the end of the file's values; check the indentation",
    ),
    ("block scalar", 'a text begins with > or |; put it in "quotes"'),
    (
        "block sequence entries are not allowed",
        "a “- ” where no list can stand; check the indentation, and the line above",
    ),
    ("YAML document", "a line begins with %; delete it"),
    ("directive", "a line begins with %; delete it"),
    ("undefined tag", 'a text begins with !; put it in "quotes"'),
)


def _plain_words(error: yaml.MarkedYAMLError) -> str:
    reason = " ".join(filter(None, [error.context, error.problem]))
    for sign, words in _IN_PLAIN_WORDS:
        if sign in reason:
            return words
    return f"not YAML that can be read ({reason}); check this line and the one above"
