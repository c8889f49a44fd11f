"""The words of a command: read as people write them, and refused in one sentence.

What is refused says what is wrong, which word was probably meant, and where the right ones stand.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any, NoReturn

from imlcourse.commands import COMMANDS
from imlcourse.languages.spelling import near, nearest

__all__ = [
    "Parser",
    "absent",
    "day",
    "file_to_read",
    "file_to_write",
    "folder_to_read",
    "folder_to_write",
    "listed",
    "number",
    "one_of",
    "say",
]

CALLED = "COURSE_CALLED"
"""The variable that says how this program was called, where it was not as ``course``."""
_COMMAND = re.compile(rf"(?<![\w/-])course (?=--|\[-h\]|(?:{'|'.join(COMMANDS)})\b)")
_REFUSED = 2
_BEHIND = re.compile(r"expected (?:one|two|at least one|at most one|\d+) arguments?")
_CHOICE = re.compile(r"invalid choice: (?P<quote>['\"]?)(?P<word>.*?)(?P=quote) \(")


def say(text: str, file: IO[str] | None = None) -> None:
    """Print a text; the commands in it are told as this program was called.

    Parameters
    ----------
    text
        The text, in which a command begins with ``course``.
    file
        Where it goes; standard output, if nothing is given.
    """
    print(_as_called(text), file=file or sys.stdout)


def _as_called(text: str) -> str:
    called = os.environ.get(CALLED)
    return _COMMAND.sub(f"{called} ", text) if called else text


def listed(words: Sequence[str], joined: str = "and") -> str:
    """Join words, as in “a, b and c”."""
    *first, last = words or [""]
    return f"{', '.join(first)} {joined} {last}" if first else last


class _Formatter(argparse.HelpFormatter):
    """Names commands in help as this program was called."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(_as_called(text), width, indent)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(_as_called(text), width)

    def _format_usage(self, *args: Any, **kwargs: Any) -> str:
        return _as_called(super()._format_usage(*args, **kwargs))


class Parser(argparse.ArgumentParser):
    """Refuses a command in one sentence, without the lines of usage, which ``--help`` shows."""

    takes: dict[str, str]
    """Which command takes a word that other commands get by mistake."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _Formatter)
        super().__init__(*args, **kwargs)
        self.takes = {}
        self._asked: list[str] = []

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse words, and refuse at once what is left: only here is it known who takes what."""
        self._asked = list(sys.argv[1:] if args is None else args)
        parsed, left = super().parse_known_args(self._asked, namespace)
        if left := self._taken(parsed, left):
            self.error(f"unrecognized arguments: {left[0]}")
        return parsed, []

    def _taken(self, parsed: argparse.Namespace, left: list[str]) -> list[str]:
        """Give words behind an option to the words before it: ``package epub --force pdf``."""
        rest = [action for action in self._actions if not action.option_strings]
        if not rest or rest[-1].nargs not in ("*", "+") or any(w.startswith("-") for w in left):
            return left
        convert = rest[-1].type
        try:
            more = [convert(word) if callable(convert) else word for word in left]
        except argparse.ArgumentTypeError as error:
            self.error(str(error))
        setattr(parsed, rest[-1].dest, [*getattr(parsed, rest[-1].dest), *more])
        return []

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave."""
        said = f"course: {self._in_words(message)}\n"
        self.exit(_REFUSED, _as_called(said))

    def _in_words(self, message: str) -> str:
        kind, _, rest = message.partition(": ")
        if kind == "the following arguments are required":
            return self._missing(rest.split(", "))
        if kind == "unrecognized arguments":
            return self._too_much(rest)
        if kind == "ambiguous option":
            written, _, could = rest.partition(" could match ")
            return f"{written} may mean {listed(could.split(', '), 'or')}; write it out"
        if not kind.startswith("argument "):
            return message
        name = kind.removeprefix("argument ")
        action = next((one for one in self._actions if _called(one) == name), None)
        if rest.startswith("not allowed with argument "):
            other = rest.removeprefix("not allowed with argument ")
            return f"{name} and {other} exclude each other; give one of them"
        if rest.startswith("ignored explicit argument"):
            return f"{name} takes no value; leave out what stands behind its “=”"
        if _BEHIND.match(rest) and action is not None:
            what = "a number" if action.metavar == "N" else "a word"
            return f"{name} needs {what} behind it: {_told(action)}; {self._see()}"
        if (chosen := _CHOICE.match(rest)) and action is not None and action.choices is not None:
            return self._no_choice(name, chosen["word"], list(action.choices))
        return f"{name}: {rest}" if name.startswith("-") else rest

    def _missing(self, names: Sequence[str]) -> str:
        actions = {_called(one): one for one in self._actions}
        first = actions.get(names[0])
        if first is not None and first.choices is not None:
            own = {one for action in self._actions for one in action.option_strings}
            for word in self._asked:
                if word.startswith("-") and word.partition("=")[0] not in own:
                    return self._too_much(word)
            many = listed(list(first.choices), "or")
            return f"no {names[0].lower()} is named; name one: {many} ({self._see()})"
        if len(names) == 1 and first is not None:
            return f"{names[0]} is missing: {_told(first)}; {self._see()}"
        told = [f"{name} ({_told(actions[name])})" for name in names if name in actions]
        return f"missing: {listed(told)}; {self._see()}"

    def _too_much(self, word: str) -> str:
        if word.startswith("-"):
            name = word.partition("=")[0]
            options = [one for action in self._actions for one in action.option_strings]
            guess = near(name, options) or _short(name, options)
            return f"there is no option {name}{guess}; {self._see()}"
        return f"“{word}” is one word too many{self._elsewhere(word)}; {self._see()}"

    def _no_choice(self, name: str, word: str, choices: Sequence[str]) -> str:
        before = self._asked[: self._asked.index(word)] if word in self._asked else []
        own = [one for action in self._actions for one in action.option_strings]
        wrong = [one for one in before if one.startswith("-") and one.partition("=")[0] not in own]
        if wrong:
            return (
                f"{wrong[0]} stands before the command; write the command first, as in "
                f"course build --only m06,m09; {self._see()}"
            )
        guess = near(word.casefold(), choices) or self._elsewhere(word)
        return f"there is no {name.lower()} “{word}”{guess}; {self._see()}"

    def _elsewhere(self, word: str) -> str:
        command = self.takes.get(word.casefold())
        return f" (did you mean {command}?)" if command else ""

    def _see(self) -> str:
        return f"{self.prog} --help lists what it takes"


def _called(action: argparse.Action) -> str:
    """Name an argument as `argparse` does in its messages."""
    if action.option_strings:
        return "/".join(action.option_strings)
    return str(action.metavar or action.dest)


def _short(word: str, known: Sequence[str]) -> str:
    """Guess an option of few letters, in which one slip is much."""
    found = get_close_matches(word, known, 1, 0.8)
    return f" (did you mean {found[0]}?)" if found else ""


def _told(action: argparse.Action) -> str:
    return action.help or str(action.metavar or action.dest)


# --- what a word has to be ------------------------------------------------------------------------


def number(least: int, most: int) -> Callable[[str], int]:
    """Read a number within limits."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdigit() and least <= int(word) <= most):
            msg = f"{word} is not possible; write a number from {least} to {most}"
            raise argparse.ArgumentTypeError(msg)
        return int(word)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Read one of some words, in letters of any case."""
    known = {word.casefold(): word for word in words}

    def read(word: str) -> str:
        if word.casefold() not in known:
            msg = f"{word} is not possible{near(word, words)}; write {listed(words, 'or')}"
            raise argparse.ArgumentTypeError(msg)
        return known[word.casefold()]

    return read


def day(word: str) -> str:
    """Read a day."""
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        msg = f"{word} is no day; write it as in 2026-11-27"
        raise argparse.ArgumentTypeError(msg) from None


def file_to_read(what: str) -> Callable[[str], Path]:
    """Read the path of a file that is there.

    Parameters
    ----------
    what
        Which file is to be named, as in “the document's text”.
    """

    def read(word: str) -> Path:
        path = _path_of("file", word, what)
        if path.is_dir():
            msg = f"{word} is a folder; give the path of the file itself: {what}"
            raise argparse.ArgumentTypeError(msg)
        return path

    return read


def folder_to_read(what: str) -> Callable[[str], Path]:
    """Read the path of a folder that is there."""

    def read(word: str) -> Path:
        path = _path_of("folder", word, what)
        if not path.is_dir():
            msg = f"{word} is a file; give the path of a folder: {what}"
            raise argparse.ArgumentTypeError(msg)
        return path

    return read


def _path_of(kind: str, word: str, what: str) -> Path:
    path = Path(word)
    if not _there(path):
        msg = f"there is no {kind} {word}{_beside(path)}; give the path of {what}"
        raise argparse.ArgumentTypeError(msg)
    return path


def folder_to_write(word: str) -> Path:
    """Read the path of a folder that is there, or may be made."""
    path = Path(word)
    if path.is_file():
        msg = f"{word} is a file; give the path of a folder, which may be a new one"
        raise argparse.ArgumentTypeError(msg)
    return path


def file_to_write(word: str) -> Path:
    """Read the path of a file that may be written in a folder that is there."""
    path = Path(word)
    if path.is_dir():
        msg = f"{word} is a folder; give the path of a file in it"
        raise argparse.ArgumentTypeError(msg)
    if not path.parent.is_dir():
        msg = f"there is no folder {path.parent}; make it first, or name another"
        raise argparse.ArgumentTypeError(msg)
    return path


def absent(words: Iterable[str | Path]) -> str:
    """Say which of some files and folders are not there; nothing if all are."""
    lost = [Path(word) for word in words if not _there(Path(word))]
    return "\n".join(
        f"there is no file or folder {path}{_beside(path)}; check its name" for path in lost
    )


def _there(path: Path) -> bool:
    """Say whether a path leads to something; one that no disk could hold leads to nothing."""
    try:
        return path.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def _beside(path: Path) -> str:
    """Say which file beside it was probably meant."""
    try:
        names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError:
        return ""
    guess = nearest(path.name, names)
    return f" (did you mean {path.with_name(guess)}?)" if guess else ""
