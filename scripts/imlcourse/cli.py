"""The command line: ``course build``, ``course check``, ``course serve`` and others.

Each command is a file of `imlcourse.commands`. What it needs is imported when it runs, so that the
others stay quick.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from imlcourse.commands import COMMANDS
from imlcourse.commands.arguments import Parser, say
from imlcourse.commands.exits import CUT_OFF, PROBLEMS, STOPPED, USAGE
from imlcourse.commands.options import other_language
from imlcourse.course.find import find_root
from imlcourse.markup.problems import UsageError
from imlcourse.products.packages import PACKAGES, PackageError
from imlcourse.version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        The words behind ``course``; those of the process if none are given.

    Returns
    -------
    int
        0, 1 if the course has problems, 2 if the command was not understood.
    """
    # Windows may write with a code page that lacks typographic quotes.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    root: Path | None = None
    named = False
    try:
        words = sys.argv[1:] if arguments is None else arguments
        parsed = parser_of(words).parse_args(words)
        named = parsed.names_files
        # Some commands look at what is named, and at no course.
        root = Path.cwd() if parsed.anywhere else _root(parsed.course)
        if root is None:
            return USAGE
        _say_untranslated(root, parsed)
        code = int(parsed.run(root, parsed))
        if sys.stdout:  # there is none where it was closed
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever was reading, such as `head`, has seen enough. What is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    except Exception as error:
        # What is wrong may stand in a file that was named, and not in the course.
        message = _in_words(None if named else root, error)
        if message is None:
            raise  # a fault of this program, which its traceback shows
        say(message, sys.stderr)
        return USAGE if isinstance(error, UsageError) else PROBLEMS
    return code


def _say_untranslated(root: Path, parsed: argparse.Namespace) -> None:
    """Say of a language that nothing is translated into: what is made is in the course's own."""
    language = getattr(parsed, "language", None)
    if not language or not parsed.makes or not other_language(root, language):
        return
    from imlcourse.course.translation import translated_languages

    if language not in translated_languages(root):
        what = f"nothing is translated into {language}, so all is made in the course’s own language"
        say(f"Note: {what} (CONTRIBUTING.md, “Add a language”).", sys.stderr)


def _in_words(root: Path | None, error: Exception) -> str | None:
    """Say what ended a command, and what to do; None of what nobody who runs it could mend."""
    if isinstance(error, OSError):
        return _of_system(error)
    from imlcourse.book.jupyter_config import BookError
    from imlcourse.build.transaction import BuildError
    from imlcourse.document.reader import DocumentError
    from imlcourse.markup.problems import CourseError
    from imlcourse.products.kit.make import KitError
    from imlcourse.products.signed.keys import SigningKeyError
    from imlcourse.results.errors import ReportError

    match error:
        case CourseError():
            count = len(error.problems)
            many = f"{count} problem{'s' if count != 1 else ''}"
            where = (
                f"{many} in {root}; nothing was built." if root else f"{many}; nothing was made."
            )
            return f"{error}\n{where}"
        case DocumentError():
            return str(error)
        case BookError():
            return f"The book could not be made:\n{error}"
        case BuildError() | KitError() | PackageError() | ReportError() | SigningKeyError():
            return f"course: {error}"
        case UsageError():
            return "\n".join(f"course: {line}" for line in str(error).splitlines())
    return None


_MENDS = {
    errno.ENOSPC: "the disk is full; make room on it, and run this again",
    errno.EDQUOT: "your share of the disk is used up; make room, and run this again",
    errno.EROFS: "nothing can be written there (a read-only disk); copy the course to another",
    errno.EACCES: "you may not read or write it; change its permissions, or whose it is",
    errno.EPERM: "you may not change it; change its permissions, or whose it is",
    errno.EEXIST: "a file stands where a folder belongs; move it away, or delete it",
    errno.ENOTDIR: "a file stands where a folder belongs; move it away, or delete it",
    errno.EISDIR: "a folder stands where a file belongs; move it away, or delete it",
    errno.ENOENT: "it is not there, or went meanwhile; run this again",
    errno.ENAMETOOLONG: "its name is too long for this disk; move the course to a shorter path",
    errno.EMFILE: "too many files are open; close other programs, and run this again",
    errno.ENFILE: "too many files are open; close other programs, and run this again",
}
"""What the system says of a file, and what to do about it."""


def _of_system(error: OSError) -> str:
    """Say what the system refused: which file, why, and what to do."""
    # Where something is renamed, the second name is the one that stands in the way.
    name = error.filename2 or error.filename
    what = (
        _MENDS.get(error.errno or 0) or f"{error.strerror or error}; check it, and run this again"
    )
    named = os.fsdecode(name) if isinstance(name, (str, bytes)) else name
    return f"course: {named}: {what}" if named is not None else f"course: {what}"


def parser_of(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Give what reads the words of a command, or of all commands.

    Parameters
    ----------
    words
        If they name a command, that one alone is known: the others are not even imported.
    """
    parser = Parser(
        prog="course",
        description="Build, check and preview the course. Without a command, "
        "python3 scripts/build.py builds it.",
        epilog="Exit code: 0 if all is well, 1 if the course has problems (each is listed as "
        "file:line: what is wrong, and how to mend it), 2 if the command was not understood.",
    )
    parser.add_argument(
        "--course",
        type=Path,
        metavar="FOLDER",
        help="the folder of the course (default: the one you are in)",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(anywhere=False, makes=False, names_files=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in _named(words) or COMMANDS:
        import_module(f"imlcourse.commands.{name}").add(commands)
    for one in {parser, *commands.choices.values()}:
        one.takes = {package.name: f"course package {package.name}" for package in PACKAGES}
        one.takes |= {name: f"course {name}" for name in COMMANDS}
    return parser


def _named(words: Sequence[str]) -> list[str]:
    """Give the command that words name, at their beginning or behind the folder of the course."""
    match list(words[:3]):
        case ["--course", _, name] if name in COMMANDS:
            return [name]
        case [name, *_] if name in COMMANDS:
            return [name]
    return []


def _root(given: Path | None) -> Path | None:
    """Find the course that is meant: the one named, or the one around the working folder.

    No other is taken in its place: who is told “no problems” is to know of which course.
    """
    start = given.resolve() if given else Path.cwd()
    if found := find_root(start):
        return found
    if not start.is_dir():
        what = "is no folder" if start.exists() else "is not there"
        print(
            f"course: {given} {what}; name the folder of the course: course --course FOLDER …",
            file=sys.stderr,
        )
        return None
    lacking = "modules/" if (start / "_config.yml").is_file() else "_config.yml and modules/"
    other = find_root(Path(__file__).resolve().parent)
    example = other or "FOLDER"
    print(
        f"course: {start} is no course and lies in none (no {lacking}); go to the folder of the "
        f"course, or name it: course --course {example} …",
        file=sys.stderr,
    )
    return None


if __name__ == "__main__":
    sys.exit(main())
