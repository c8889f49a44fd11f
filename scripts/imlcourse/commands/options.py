"""Options that several commands take, and what they say of the course."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.commands.arguments import absent, file_to_read, number, one_of
from imlcourse.markup.problems import UsageError

if TYPE_CHECKING:
    from imlcourse.course.slice import Wanted


def add_document(parser: argparse.ArgumentParser, use: str) -> None:
    """Let a command take the text of the document, and say what for."""
    parser.add_argument(
        "--document",
        type=file_to_read("the document’s text"),
        metavar="FILE",
        help=f"the plain text of MC/INF/298, if you hold it: {use}",
    )


def add_language(parser: argparse.ArgumentParser, use: str) -> None:
    """Let a command take a language, and say what for."""
    parser.add_argument(
        "--language", type=language_tag, metavar="LANGUAGE", help=f"such as fr: {use}"
    )


def add_slice(parser: argparse.ArgumentParser, command: str) -> None:
    """Let a command take a part of the course: modules, a track or a part of the contents."""
    some = parser.add_argument_group(
        "a part of the course",
        f"course {command} --only m06,m09 is about these modules alone, complete in "
        "themselves. Each has a folder of its own in _build/slices/, and what stands of the whole "
        "course stays as it is. course package --list names all modules, tracks and parts.",
    )
    one = some.add_mutually_exclusive_group()
    one.add_argument(
        "--only",
        action="extend",
        nargs="+",
        default=[],
        metavar="MODULE",
        help="these modules, by their ids, such as m06,m09 or m06 m09",
    )
    one.add_argument(
        "--track",
        nargs="+",
        default=[],
        metavar="TRACK",
        help="the modules of a track, by its name, such as border",
    )
    one.add_argument(
        "--part",
        nargs="+",
        default=[],
        metavar="PART",
        help="a part of the course, by its number or title, such as 2",
    )


def add_office(parser: argparse.ArgumentParser, use: str) -> None:
    """Let a command take the file of an office, and say what for."""
    parser.add_argument(
        "--office",
        type=_office_file,
        metavar="FILE",
        help=f"the file of an office, saved on the page “Our rules here”: {use}",
    )


def slice_of(root: Path, parsed: argparse.Namespace) -> Wanted | None:
    """Give the part of the course that is asked for; None for the whole."""
    if not (parsed.only or parsed.track or parsed.part):
        return None
    from imlcourse.course.slice import wanted_slice

    # A title may have several words, also where nobody puts quotation marks around them.
    track, part = (" ".join(words) if words else None for words in (parsed.track, parsed.part))
    return wanted_slice(root, parsed.only, track, part)


def other_language(root: Path, tag: str | None) -> str | None:
    """Give the language that was asked for, or nothing where it is the course's own."""
    from imlcourse.course.find import language_of_course

    return None if tag == language_of_course(root) else tag


def see_all_there(words: Iterable[str | Path]) -> None:
    """See that what a command names is there; all that is not is told, and nothing is done."""
    if lost := absent(words):
        raise UsageError(lost)


def add_paper(parser: argparse.ArgumentParser, size: str | None = None) -> None:
    """Let a command take a size of paper; without one, it is that of the agenda."""
    parser.add_argument(
        "--paper",
        type=one_of("A4", "Letter"),
        metavar="A4|Letter",
        default=size,
        help=f"default: {size}" if size else "the paper (default: as the agenda says)",
    )


def add_public_keys(parser: argparse.ArgumentParser, holder: str) -> None:
    """Let a command take public keys, and say of whom: whoever … ."""
    parser.add_argument(
        "--key",
        type=file_to_read("a public key"),
        action="append",
        default=[],
        metavar="FILE",
        help=f"a file with the public key of whoever {holder}; may be given again",
    )


def people(word: str) -> int:
    """Read how many people come."""
    from imlcourse.course.agenda import MOST_PEOPLE

    return number(2, MOST_PEOPLE)(word)


def language_tag(tag: str) -> str:
    """Read a language."""
    from imlcourse.languages.locales import known_language

    if not known_language(tag):
        msg = f"no language {tag}; write a tag, as in fr, ar or es-419"
        raise argparse.ArgumentTypeError(msg)
    return tag


def _office_file(word: str) -> Path:
    what = "the file that the page “Our rules here” has saved"
    return file_to_read(what)(word).resolve()
