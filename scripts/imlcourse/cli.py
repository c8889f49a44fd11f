"""The command line: ``course build``, ``course check``, ``course serve`` and others.

What a command needs is imported when it runs, so that the others stay quick.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.arguments import (
    Parser,
    absent,
    day,
    file_to_read,
    file_to_write,
    folder_to_read,
    folder_to_write,
    listed,
    number,
    one_of,
    say,
)
from imlcourse.course.find import find_root
from imlcourse.markup.problems import UsageError
from imlcourse.products import PRODUCTS
from imlcourse.products.packages import PACKAGES, PackageError
from imlcourse.version import __version__

if TYPE_CHECKING:
    from imlcourse.build.made import Made
    from imlcourse.course.slice import Wanted
    from imlcourse.products.copies.doctor import Diagnosis

OK, PROBLEMS, USAGE, NOT_CHECKED = 0, 1, 2, 3
"""Exit codes: done; the course has problems; the command was not understood."""
STOPPED, CUT_OFF = 130, 141
"""Exit codes of what was stopped by Ctrl+C, and of what nobody reads to its end, as shells have
them."""


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
    parsed: argparse.Namespace | None = None
    try:
        parsed = _parser().parse_args(arguments)
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
        # What is wrong stands in a file that was named, and not in the course.
        named = parsed is not None and parsed.run in (_certificates, _trial_enter)
        message = _in_words(None if named else root, error)
        if message is None:
            raise  # a fault of this program, which its traceback shows
        say(message, sys.stderr)
        return USAGE if isinstance(error, UsageError) else PROBLEMS
    return code


def _say_untranslated(root: Path, parsed: argparse.Namespace) -> None:
    """Say of a language that nothing is translated into: what is made is in the course's own."""
    language = getattr(parsed, "language", None)
    making = (_build, _pack, _kit, _sheets, _report, _certificates, _mark, _serve)
    if not language or parsed.run not in making or not _other_language(root, language):
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


def _parser() -> argparse.ArgumentParser:
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
    parser.set_defaults(anywhere=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    light = [package.title for package in PACKAGES if package.light]
    made = [*(product.title for product in PRODUCTS), *light, "the trainer's kit of one day"]
    always = listed(made)
    build = commands.add_parser(
        "build",
        help=f"check the course, then make {always}",
        description=f"Check the course, then make {always} in _build/. "
        "Nothing is built from a course with problems, and what was built before stays.",
    )
    _add_document(
        build,
        "the paragraph guide then shows each unit's own text (for your own use; the text is IOM's)",
    )
    _add_language(build, "build the course in this language, in a folder of its own")
    _add_office(build, "its numbers, laws and deadlines then stand in every copy")
    _add_slice(build, "build")
    build.add_argument(
        "--force",
        action="store_true",
        help="build even if nothing has changed, and all of it anew",
    )
    build.add_argument(
        "--without-kit",
        action="store_true",
        help="leave the trainer's kit out, and what only it needs (also where that is not "
        "installed: the rest is built all the same)",
    )
    build.set_defaults(run=_build)

    package = commands.add_parser(
        "package",
        help="make packages: the course made ready for phones, websites, paper, library boxes and "
        "learning platforms",
        description="Build, and make the named packages in _build/packages/. A package is the "
        "course, or a part of it, made ready for one place: a phone, a website, a printer, a "
        "learning platform. It is put in place when it is whole; those that are not named stay as "
        "they are.",
        epilog="Packages: "
        + "; ".join(f"{package.name} ({package.title})" for package in PACKAGES)
        + ". What they are for, and how to use each: the page “For phones, platforms and paper”.",
    )
    package.add_argument(
        "packages",
        nargs="*",
        type=_package,
        metavar="NAME",
        help="the name of a package",
    )
    package.add_argument("--all", action="store_true", help="make all of them")
    package.add_argument(
        "--list",
        action="store_true",
        help="make nothing: list the named ones, or all, with the size and the use of those that "
        "stand; and all that a part of the course can be called by",
    )
    _add_document(package, "as for build")
    _add_language(package, "as for build")
    _add_office(package, "as for build")
    _add_slice(package, "package one-file")
    package.add_argument("--force", action="store_true", help="make them even if nothing changed")
    package.set_defaults(run=_pack)

    check = commands.add_parser(
        "check",
        help="check every source file, and build nothing",
        description="Check every source file: modules, quizzes, quotations, links, coverage. "
        "All problems are listed in one run. Nothing is built.",
    )
    _add_document(check, "a quotation that departs from it is then reported to the word")
    check.add_argument(
        "--items",
        action="store_true",
        help="report on the items too: levels, places of keys, cues, items by unit and objective",
    )
    _add_language(check, "check the course in this language alone (default: in all that it has)")
    _add_office(check, "check this file too")
    check.set_defaults(run=_check)

    kit = commands.add_parser(
        "kit",
        help="make everything that a trainer needs in the room, for an agenda",
        description="Make the trainer's kit for an agenda: one folder and its zip, in _build/kit/. "
        "Its overview says what to print, how many copies, and what to bring.",
    )
    kit.add_argument(
        "--agenda",
        default="one-day",
        metavar="NAME|FILE",
        help="half-day, one-day (the default), three-days, or a file of your own: copy one of "
        "book/agendas/ and change it",
    )
    kit.add_argument(
        "--people", type=_people, metavar="N", help="how many come (default: as the agenda says)"
    )
    kit.add_argument(
        "--paper",
        type=one_of("A4", "Letter"),
        metavar="A4|Letter",
        help="the paper (default: as the agenda says)",
    )
    kit.add_argument(
        "--large-print",
        type=number(0, 200),
        metavar="N",
        help="how many of them get tests in large print, of 18 points (default: as the agenda "
        "says, or none)",
    )
    kit.add_argument(
        "--only",
        action="extend",
        nargs="+",
        default=[],
        metavar="PART",
        help="make these parts alone, beside the overview, such as slides questions (a name that "
        "there is not tells all of them)",
    )
    _add_language(kit, "make the kit in this language")
    _add_office(kit, "its numbers then stand on the job aids")
    kit.set_defaults(run=_kit)

    report = commands.add_parser(
        "report",
        help="make a report on a group from the learners' files: what to debrief, who needs what",
        description="Read what learners answered, and write a page and a workbook for the trainer: "
        "what to talk about first, who needs what next, the gain from pre-test to post-test, and "
        "the figures of every test and question. Rows that cannot be used are named, and the rest "
        "is used. Nothing leaves this machine; a record store that is named is only asked.",
        epilog="Files may be mixed: records that learners save on the page “My progress” (.json), "
        "xAPI statements of a record store (.json, .jsonl, .ndjson), and tables of answers (.csv, "
        ".tsv, .xlsx) with the columns participant, test, item, and answer or points, or with the "
        "column code; the tables of the kit for evaluation forms; result codes in a text "
        "file (.txt), one a line, with a name before it if you "
        "like; and photos of their QR codes (.jpg, .png). A record store is named by its address, "
        "which begins with https://, and --user; its password stands in the environment, as "
        "LRS_PASSWORD, or is asked for. "
        "CONTRIBUTING.md, “Report on a group”, says more.",
    )
    report.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a file, a folder of them, or the address of a record store",
    )
    report.add_argument(
        "--user", default="", metavar="NAME", help="the account at the record store"
    )
    report.add_argument(
        "--codes",
        nargs="+",
        default=[],
        metavar="CODE",
        help="result codes, as screens show them at the end of a test",
    )
    report.add_argument(
        "--to",
        type=folder_to_write,
        metavar="FOLDER",
        help="where the report is written (default: _build/report)",
    )
    report.add_argument(
        "--names",
        type=file_to_write,
        metavar="FILE",
        help="write who P01, P02 … are into this file (CSV); the report has no names",
    )
    _add_language(report, "write the report in this language")
    report.set_defaults(run=_report)

    _add_sheets(commands)
    _add_certificates(commands)
    _add_verify(commands)
    _add_doctor(commands)
    _add_sign(commands)
    _add_mark(commands)

    translations = commands.add_parser(
        "translations",
        help="say which files are translated, and which have changed since",
        description="List the files with words for readers: which of them have a translation, and "
        "which translations were made from a text that has changed since. For each, it gives the "
        "mark that a translation of the text as it is now holds: source: …",
    )
    translations.add_argument(
        "language",
        nargs="?",
        type=_language,
        metavar="LANGUAGE",
        help="a language such as fr or es-419 (default: all that some file is translated into)",
    )
    translations.set_defaults(run=_translations)

    serve = commands.add_parser(
        "serve",
        help="show the book in a browser and keep it up to date while you write",
        description="Show the book on this machine alone (127.0.0.1). When you save a module, a "
        "quiz or a page, the browser shows the change by itself. Stop with Ctrl+C.",
    )
    serve.add_argument(
        "--port",
        type=number(0, 65535),
        default=8298,
        metavar="N",
        help="the port (default: 8298; 0 picks a free one)",
    )
    serve.add_argument("--open", action="store_true", help="open the browser")
    _add_language(serve, "show the course in this language")
    serve.set_defaults(run=_serve)

    measure = commands.add_parser(
        "bench",
        help="measure what the course costs to build and to check, beside the plain tool",
        description="Measure processor time, memory and size of the course: built, edited, "
        "previewed and checked, beside jupyter-book build with its stock theme; and how they grow "
        "with the course; then each package: size, files, longest path, time and memory. It takes "
        "some minutes, works on copies, and changes nothing.",
    )
    measure.add_argument(
        "--packages",
        nargs="*",
        type=_package,
        metavar="NAME",
        help="measure packages alone, these or all, of the pages that stand",
    )
    measure.add_argument(
        "--pairs",
        type=number(1, 100),
        default=3,
        metavar="N",
        help="how often to measure (default: 3)",
    )
    measure.add_argument(
        "--times",
        type=_times,
        default=[1, 10, 100],
        metavar="N,N",
        help="how many times the course to measure growth with (default: 1,10,100)",
    )
    measure.set_defaults(run=_bench)

    index = commands.add_parser(
        "index",
        help="make the index of the document anew, from its text",
        description="Read the plain text of MC/INF/298 and write book/document-index.json: "
        "hashes that check quotations, from which no text can be read back.",
    )
    index.add_argument(
        "document",
        type=file_to_read("the document’s text"),
        metavar="DOCUMENT",
        help="the plain text",
    )
    _add_language(
        index, "the document is its edition in this language: write document-index.LANGUAGE.json"
    )
    index.set_defaults(run=_index)

    trial = commands.add_parser(
        "trial",
        help="try items with readers: a sheet without keys, and the figures of the answers",
        description="Write a sheet of questions without keys, and keep what was answered. "
        "course check --items shows the figures by item.",
    )
    steps = trial.add_subparsers(dest="step", required=True, metavar="STEP")
    sheet = steps.add_parser(
        "sheet",
        help="write a sheet of questions in random order, and a file that reads its answers",
        description="Write questions in random order, without keys. FILE.key.json, beside it, is "
        "what the answers are read with; it is not for the reader.",
    )
    sheet.add_argument("file", type=file_to_write, metavar="FILE", help="the sheet to write")
    sheet.add_argument(
        "--of",
        nargs="+",
        default=["tests"],
        metavar="NAME",
        help="what to ask: ids of items or modules; tests: all that a test may ask (the default); "
        "untried: those of them that nobody answered in their present wording; failing",
    )
    sheet.add_argument(
        "--book",
        type=one_of("closed", "open"),
        metavar="closed|open",
        default="closed",
        help="for untried and failing",
    )
    sheet.add_argument(
        "--seed", type=number(0, 2**32 - 1), default=1, metavar="N", help="another order"
    )
    sheet.set_defaults(run=_trial_sheet)
    enter = steps.add_parser(
        "enter",
        help="score the answers to a sheet and keep the figures in quizzes/trials",
        description="Score the answers to a sheet, and keep the figures in quizzes/trials.",
    )
    enter.add_argument(
        "sheet",
        type=file_to_read("the sheet"),
        metavar="FILE",
        help="the sheet that was answered",
    )
    enter.add_argument(
        "answers", type=file_to_read("the answers"), metavar="ANSWERS", help="the answers"
    )
    enter.add_argument(
        "--book",
        type=one_of("closed", "open"),
        metavar="closed|open",
        required=True,
        help="closed: the reader had seen neither document nor course; open: had the document",
    )
    enter.add_argument("--reader", required=True, metavar="WORDS", help="who answered, honestly")
    enter.add_argument("--date", type=day, required=True, metavar="DAY", help="as in 2026-11-27")
    enter.set_defaults(run=_trial_enter)

    schema = commands.add_parser(
        "schema",
        help="write the JSON Schema that editors complete quizzes with",
        description="Write quizzes/items.schema.json from the item types.",
    )
    schema.set_defaults(run=_schema)
    for command in {parser, *commands.choices.values()}:
        command.takes = {package.name: f"course package {package.name}" for package in PACKAGES}
        command.takes |= {name: f"course {name}" for name in commands.choices}
    return parser


def _add_sheets(commands: Any) -> None:
    sheets = commands.add_parser(
        "sheets",
        help="put a quiz or a test on paper: questions, answer sheets, and the trainer's key",
        description="Put a quiz or a test on paper, in _build/kit/: question pages, an answer "
        "sheet and a key for each version. A pre-test and a post-test of the same seed never ask "
        "the same question.",
    )
    sheets.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help="pre-test, post-test, final-test, start-check, a module such as m06 for its module "
        "quiz, or a quiz such as m06-s1",
    )
    sheets.add_argument(
        "--items", nargs="+", default=[], metavar="ID", help="single items in place of a test"
    )
    sheets.add_argument(
        "--versions",
        type=number(1, 26),
        default=2,
        metavar="N",
        help="how many versions, each in an order of its own (default: 2)",
    )
    sheets.add_argument(
        "--paper",
        type=one_of("A4", "Letter"),
        metavar="A4|Letter",
        default="A4",
        help="default: A4",
    )
    sheets.add_argument("--large", action="store_true", help="large print, of 18 points")
    sheets.add_argument(
        "--seed",
        type=number(0, 2**32 - 1),
        default=1,
        metavar="N",
        help="which questions are drawn, and their orders (default: 1)",
    )
    sheets.add_argument(
        "--people",
        type=_people,
        default=0,
        metavar="N",
        help="answer sheets with printed codes, for so many people",
    )
    _add_language(sheets, "put it on paper in this language")
    sheets.set_defaults(run=_sheets)


def _add_certificates(commands: Any) -> None:
    certificates = commands.add_parser(
        "certificates",
        help="make certificates of attendance from the list of who was there, and sign them",
        description="Make certificates of attendance from the attendance list of the kit, filled "
        "in: all of them as one PDF, and a list that is signed with your key. If anything in the "
        "list is wrong, all of it is named by line, and nothing is made.",
    )
    certificates.add_argument(
        "list",
        nargs="?",
        type=file_to_read("the filled attendance list"),
        metavar="LIST",
        help="the filled attendance list (.xlsx or .csv)",
    )
    certificates.add_argument(
        "--agenda", default="one-day", metavar="NAME|FILE", help="what was held, as for kit"
    )
    certificates.add_argument("--organizer", metavar="WORDS", help="who gives the certificates")
    certificates.add_argument("--trainer", metavar="WORDS", help="who held the workshop")
    certificates.add_argument("--place", metavar="WORDS", help="where it was held")
    certificates.add_argument(
        "--first-day", type=day, metavar="DAY", help="as in 2026-11-27; over what the list says"
    )
    certificates.add_argument(
        "--last-day", type=day, metavar="DAY", help="if it took more than one day"
    )
    certificates.add_argument(
        "--paper",
        type=one_of("A4", "Letter"),
        metavar="A4|Letter",
        help="the paper (default: as the agenda says)",
    )
    certificates.add_argument(
        "--each", action="store_true", help="write a PDF for each person besides"
    )
    certificates.add_argument(
        "--to",
        type=folder_to_write,
        metavar="FOLDER",
        help="where they are written (default: _build)",
    )
    certificates.add_argument(
        "--key",
        type=folder_to_write,
        metavar="FOLDER",
        help="the folder of your key (default: course-certificates-key in your own folder)",
    )
    certificates.add_argument(
        "--new-key", action="store_true", help="make your key, once, in place of certificates"
    )
    certificates.add_argument(
        "--passphrase",
        action="store_true",
        help="with --new-key: lock the key with a passphrase, which is asked for each time",
    )
    _add_language(certificates, "write them in this language")
    certificates.set_defaults(run=_certificates)


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser(
        "verify",
        help="check what was signed: whether it is whole, and who has signed it",
        description="Check copies of the course (a zip, a folder), signed lists of certificates, "
        "and the text of the QR code on a certificate (as a file, or as it is, in quotation "
        "marks). It needs no internet and no course.",
        epilog="Exit code: 0 if all of them are whole and signed with a key that is known, 1 if "
        "one is not, 2 if a name is not there.",
    )
    verify.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, or the text of a QR code"
    )
    verify.add_argument(
        "--key",
        type=file_to_read("a public key"),
        action="append",
        default=[],
        metavar="FILE",
        help="a file with the public key of whoever gives certificates, or hands out the course; "
        "may be given again",
    )
    verify.set_defaults(run=_verify, anywhere=True)


def _add_doctor(commands: Any) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="say whether a copy that came back from a stick is whole and would work",
        description="Look at copies of the course: zips, folders, or a whole stick. Each fault is "
        "named, with what to do: files that are missing, renamed or damaged, zips that were cut "
        "off, letter case that a stick has changed, versions that were mixed. It changes nothing, "
        "and needs no internet and no course.",
        epilog="Exit code: 0 if all copies are whole, 1 if one is not, 2 if a name is not there, 3 "
        "if none is damaged as far as can be seen, but one has nothing to compare it with.",
    )
    doctor.add_argument(
        "copies", nargs="+", type=Path, metavar="FILE", help="a folder, a zip or another file"
    )
    doctor.add_argument(
        "--key",
        type=file_to_read("a public key"),
        action="append",
        default=[],
        metavar="FILE",
        help="a file with the public key of whoever hands out the course; may be given again",
    )
    doctor.set_defaults(run=_doctor, anywhere=True)


def _add_sign(commands: Any) -> None:
    sign = commands.add_parser(
        "sign",
        help="sign the copies and packages that you hand out, with your key",
        description="Make _build/signed: the copies and packages that stand, with a signature "
        "beside the list of their files (SHA256SUMS), and your public key. Whoever has that key "
        "from you can check with course verify that nothing was changed since. Builds are not "
        "touched. Make your key once with course certificates --new-key --organizer “your office”.",
    )
    sign.add_argument(
        "--key",
        type=folder_to_read("the folder of your key"),
        metavar="FOLDER",
        help="the folder of your key (default: course-certificates-key in your own folder)",
    )
    _add_language(sign, "sign the copies in this language")
    _add_slice(sign, "sign")
    sign.set_defaults(run=_sign)


def _add_mark(commands: Any) -> None:
    mark = commands.add_parser(
        "mark",
        help="read photos of filled sheets, and list what a person has to look at",
        description="Read photos and scans of sheets that course sheets has made: which sheet, "
        "whose, and what is marked. Writes a table that course report reads, and a page with a "
        "picture of each mark in doubt, in which one click settles it. Save what you have settled "
        "there, and run the command again with --settled. Nothing in doubt counts before.",
    )
    mark.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="PHOTO",
        help="a photo or scan (JPEG, PNG, HEIC), a PDF of any pages, or a folder of them",
    )
    mark.add_argument(
        "--settled",
        action="append",
        default=[],
        type=file_to_read("what you have saved in the page"),
        metavar="FILE",
        help="what you have settled and saved in the page; may be given more than once",
    )
    mark.add_argument(
        "--sheets",
        action="append",
        default=[],
        type=folder_to_read("the folder of the sheets"),
        metavar="FOLDER",
        help="the folder of the sheets (default: all in _build/kit)",
    )
    mark.add_argument(
        "--to",
        type=folder_to_write,
        metavar="FOLDER",
        help="where the table and the page are written (default: _build/marking)",
    )
    _add_language(mark, "write the page in this language")
    mark.set_defaults(run=_mark)


def _people(word: str) -> int:
    from imlcourse.course.agenda import MOST_PEOPLE

    return number(2, MOST_PEOPLE)(word)


def _times(word: str) -> list[int]:
    try:
        return [number(1, 100)(one.strip()) for one in word.split(",") if one.strip()]
    except argparse.ArgumentTypeError:
        msg = f"{word} is not possible; write numbers from 1 to 100, as in 1,10,100"
        raise argparse.ArgumentTypeError(msg) from None


def _add_document(parser: argparse.ArgumentParser, use: str) -> None:
    parser.add_argument(
        "--document",
        type=file_to_read("the document’s text"),
        metavar="FILE",
        help=f"the plain text of MC/INF/298, if you hold it: {use}",
    )


def _add_language(parser: argparse.ArgumentParser, use: str) -> None:
    parser.add_argument("--language", type=_language, metavar="LANGUAGE", help=f"such as fr: {use}")


def _add_slice(parser: argparse.ArgumentParser, command: str) -> None:
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


def _slice(root: Path, parsed: argparse.Namespace) -> Wanted | None:
    """Give the part of the course that is asked for; None for the whole."""
    if not (parsed.only or parsed.track or parsed.part):
        return None
    from imlcourse.course.slice import wanted_slice

    # A title may have several words, also where nobody puts quotation marks around them.
    track, part = (" ".join(words) if words else None for words in (parsed.track, parsed.part))
    return wanted_slice(root, parsed.only, track, part)


def _add_office(parser: argparse.ArgumentParser, use: str) -> None:
    parser.add_argument(
        "--office",
        type=_office_file,
        metavar="FILE",
        help=f"the file of an office, saved on the page “Our rules here”: {use}",
    )


def _language(tag: str) -> str:
    from imlcourse.languages.locales import known_language

    if not known_language(tag):
        msg = f"no language {tag}; write a tag, as in fr, ar or es-419"
        raise argparse.ArgumentTypeError(msg)
    return tag


def _other_language(root: Path, tag: str | None) -> str | None:
    """Give the language that was asked for, or nothing where it is the course's own."""
    from imlcourse.course.find import language_of_course

    return None if tag == language_of_course(root) else tag


def _office_file(word: str) -> Path:
    what = "the file that the page “Our rules here” has saved"
    return file_to_read(what)(word).resolve()


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


def _build(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.build import build, up_to_date
    from imlcourse.build.kit import why_no_kit
    from imlcourse.build.made import build_folder

    document: Path | None = parsed.document
    packages: list[str] = getattr(parsed, "packages", [])
    language = _other_language(root, parsed.language)
    office: Path | None = parsed.office
    part = _slice(root, parsed)
    # A package is made without it, and an agenda says itself which modules its kit is of.
    kit = not getattr(parsed, "without_kit", True) and part is None
    current = not parsed.force and up_to_date(
        *(root, document, packages, language, office), part=part, kit=kit
    )
    if current:
        print(
            "Nothing has changed since the last build; all is up to date in "
            f"{build_folder(root, language, part)}."
        )
        if packages:
            _say_entries(_asked_for(build_folder(root, language, part), packages))
        return OK
    made = build(
        *(root, document, packages),
        anew=parsed.force,
        language=language,
        office=office,
        part=part,
        kit=kit,
    )
    if packages:
        made = _asked_for(build_folder(root, language, part), packages)
    _say_made(made, f"Built, a part of the course ({part.option})" if part else "Built")
    if kit and (why := why_no_kit(build_folder(root, language))):
        print(f"The trainer's kit was left out: {why}.")
    return OK


def _asked_for(folder: Path, names: Sequence[str]) -> list[Made]:
    """Name what a person opens of the packages that were asked for."""
    from imlcourse.build.packages import made_package

    return [
        made
        for package in PACKAGES
        if package.name in names
        for made in made_package(folder, package)
    ]


def _pack(root: Path, parsed: argparse.Namespace) -> int:
    _part_from_packages(parsed)
    if parsed.list:
        return _list_packages(root, parsed)
    if parsed.all and parsed.packages:
        msg = "--all makes every package; leave out the names, or --all"
        raise UsageError(msg)
    if parsed.all:
        parsed.packages = [package.name for package in PACKAGES]
    if not parsed.packages:
        msg = (
            "no package is named; name some, as in course package one-file; "
            "course package --list says what there is, and --all makes all of them"
        )
        raise UsageError(msg)
    return _build(root, parsed)


def _part_from_packages(parsed: argparse.Namespace) -> None:
    """Give packages back that stand behind a part: ``package --only m06 m09 one-file``."""
    for words in (parsed.only, parsed.track, parsed.part):
        behind = [word for word in words[1:] if _package_named(word)]
        words[:] = [word for word in words if word not in behind]
        parsed.packages = [*parsed.packages, *(_package(word) for word in behind)]


def _list_packages(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.freshness import fingerprint
    from imlcourse.build.made import build_folder
    from imlcourse.build.packages import made_package, packages_current

    part = _slice(root, parsed)
    folder = build_folder(root, _other_language(root, parsed.language), part)
    mark = fingerprint(root, parsed.document, parsed.office)
    asked = parsed.packages or [package.name for package in PACKAGES]
    option = f" {part.option}" if part else ""
    for package in PACKAGES:
        if package.name not in asked:
            continue
        print(f"{package.name}: {package.title}")
        made = made_package(folder, package)
        _say_entries(made)
        if not made:
            for opening in package.openings:
                print(f"  {opening.what}")
            say(f"  not made yet; make it with course package {package.name}{option}")
        elif not packages_current(folder, mark, [package]):
            say(f"  made before the last change; renew it: course package {package.name}{option}")
    if not parsed.packages and part is None:
        _list_parts(root)
    return OK


def _list_parts(root: Path) -> None:
    """Name all that a part of the course can be called by."""
    from imlcourse.course.slice import names_of

    kinds = {"--only": "Modules", "--track": "Tracks", "--part": "Parts"}
    for option, names in names_of(root).items():
        first = names[0][0] if names else "NAME"
        say(f"\n{kinds[option]}, as in course package one-file {option} {first}:")
        for name, title in names:
            print(f"  {name}: {title}")


def _package_named(word: str) -> str | None:
    """Find a package by its name, however its words are joined."""
    names = {re.sub(r"\W", "", package.name): package.name for package in PACKAGES}
    return names.get(re.sub(r"[\W_]", "", word.casefold()))


def _package(word: str) -> str:
    """Read the name of a package."""
    if name := _package_named(word):
        return name
    if otherwise := _made_otherwise(word.casefold()):
        msg = f"no package {word}; {otherwise}"
        raise argparse.ArgumentTypeError(msg)
    guess = listed(_packages_meant(word.casefold()), "or")
    meant = f" (did you mean {guess}?)" if guess else ""
    msg = f"no package {word}{meant}; course package --list says what there is"
    raise argparse.ArgumentTypeError(msg)


def _made_otherwise(word: str) -> str:
    """Say which command makes what is no package, and may be taken for one."""
    if word == "all":
        return "course package --all makes all of them"
    if word == "kit":
        return "course kit --agenda one-day makes the trainer's kit"
    if word in {product.name for product in PRODUCTS}:
        return f"every course build makes that, in {word}"
    return ""


def _packages_meant(word: str) -> list[str]:
    """Guess packages: of a name like this, one that begins so, or one that is about it."""
    from imlcourse.languages.spelling import nearest

    names = [package.name for package in PACKAGES]
    if guess := nearest(word, names):
        return [guess]
    least = 3  # letters that say anything
    begun = [
        name for name in names if min(len(word), len(name)) >= least
        and (name.startswith(word) or word.startswith(name))
    ]  # fmt: skip
    if begun:
        return begun
    return [
        package.name
        for package in PACKAGES
        if len(word) >= least
        and re.search(
            rf"\b{re.escape(word)}",
            " ".join([package.title, *(one.what for one in package.openings)])
            .casefold()
            .replace("e-book", "ebook e-book"),
        )
    ]


def _kit(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.kit import Wanted, build_kit

    wanted = Wanted(
        *(parsed.agenda, parsed.people, parsed.paper, parsed.language),
        *(parsed.large_print, parsed.office),
    )
    only = [name for word in parsed.only for name in word.casefold().split(",") if name]
    made = build_kit(root, wanted, only)
    _say_made(made)
    return OK


def _all_there(words: Iterable[str | Path]) -> None:
    """See that what a command names is there; all that is not is told, and nothing is done."""
    if lost := absent(words):
        raise UsageError(lost)


MOST_PROBLEMS = 100
"""Rows that a report could not use, and which are printed one by one."""


def _report(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.report import write_report
    from imlcourse.checks.load import load_course
    from imlcourse.results.store import Endpoint, is_endpoint

    if not parsed.files and not parsed.codes:
        msg = "no files and no codes; name files, or codes behind --codes (course report --help)"
        raise UsageError(msg)
    _all_there(one for one in parsed.files if not is_endpoint(one))
    if parsed.user and not any(is_endpoint(one) for one in parsed.files):
        msg = "--user goes with the address of a record store, which begins with https://"
        raise UsageError(msg)
    course = load_course(root, _other_language(root, parsed.language))
    stores = [
        Endpoint(one, parsed.user, _store_password(one, parsed.user))
        for one in parsed.files
        if is_endpoint(one)
    ]
    files = [Path(one) for one in parsed.files if not is_endpoint(one)]
    written = write_report(course, files, parsed.to, parsed.names, parsed.codes, stores)
    for problem in written.problems[:MOST_PROBLEMS]:
        print(problem, file=sys.stderr)
    if (more := written.left_out - MOST_PROBLEMS) > 0:
        print(f"… and {more:,} more rows, statements or files.", file=sys.stderr)
    if written.problems:
        print("What is named above was left out; all the rest was used.", file=sys.stderr)
    many = f" on {written.people} {'person' if written.people == 1 else 'people'}"
    print(f"Report{many if written.people else ''}:")
    for path in written.paths:
        print(f"  {path}")
    return OK


def _store_password(address: str, user: str) -> str:
    """Give the password of a record store: never a word of the command, which others can see."""
    from getpass import getpass

    password = os.environ.get("LRS_PASSWORD", "")
    if user and not password and sys.stdin.isatty():
        password = getpass(f"Password of {user} at {address}: ")
    return password


def _sheets(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.sheets import WantedSheets, build_sheets

    if bool(parsed.name) == bool(parsed.items):
        msg = "name a test, or items with --items, and not both: course sheets pre-test"
        raise UsageError(msg)
    wanted = WantedSheets(
        *(parsed.name, tuple(parsed.items), parsed.versions, parsed.seed, parsed.people),
        *(parsed.paper, parsed.large, parsed.language),
    )
    made, left_out = build_sheets(root, wanted)
    _say_made(made)
    if left_out:
        print(f"Not on paper, since they are cases in several steps: {', '.join(left_out)}")
    return OK


def _certificates(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.certificates import write_certificates
    from imlcourse.build.kit import Wanted

    if parsed.new_key:
        return _new_key(parsed)
    if parsed.passphrase:
        msg = "--passphrase goes with --new-key; the passphrase of a key that is there is asked for"
        raise UsageError(msg)
    if parsed.list is None:
        msg = (
            "no attendance list; give the filled one: course certificates LIST --agenda one-day; "
            "or make your key: course certificates --new-key --organizer “your office”"
        )
        raise UsageError(msg)
    if parsed.key and not parsed.key.is_dir():
        msg = (
            f"there is no folder {parsed.key}; name the folder of your key, or make one in it: "
            f"course certificates --new-key --organizer “your office” --key {parsed.key}"
        )
        raise UsageError(msg)
    given = {
        **{name: getattr(parsed, name) or "" for name in ("organizer", "trainer", "place")},
        "from": parsed.first_day or "",
        "to": parsed.last_day or "",
    }
    written = write_certificates(
        root,
        Wanted(parsed.agenda, None, parsed.paper, parsed.language),
        parsed.list,
        given,
        key=parsed.key,
        ask=_passphrase,
        each=parsed.each,
        to=parsed.to,
    )
    many = len(written.people)
    print(
        f"{many} certificate{'s' if many != 1 else ''}, signed with key {written.key.fingerprint}:"
    )
    print(f"  {written.made.path} ({_size(written.made.size)})")
    if written.absent:
        print(f"At no session, so without a certificate: {', '.join(written.absent)}")
    return OK


def _new_key(parsed: argparse.Namespace) -> int:
    from imlcourse.build.certificates import new_key

    if not parsed.organizer:
        msg = (
            "whose key is it? Say so: course certificates --new-key --organizer “your office or "
            "organization”"
        )
        raise UsageError(msg)
    if parsed.list is not None:
        msg = "--new-key makes a key and no certificates; leave out the list, or --new-key"
        raise UsageError(msg)
    word = ""
    if parsed.passphrase:
        word = _passphrase("A passphrase for the new key: ")
        if not word or word != _passphrase("The same again: "):
            print(
                "course: nothing was typed, or the two were not the same; no key was made; run "
                "this again",
                file=sys.stderr,
            )
            return PROBLEMS
    folder, key = new_key(parsed.key, parsed.organizer, word)
    named = f" --key {folder}" if parsed.key else ""
    say(
        f"Your key is made, in {folder.resolve()}\n\n"
        "private-key.pem signs your certificates. Whoever has it can sign in your name: give it\n"
        "to nobody, and send it to nobody. Keep a copy on a stick in a locked drawer. If it is\n"
        "lost, what you have signed can still be checked, and you make a new key for what comes.\n"
        + ("" if word else "It has no passphrase: whoever can open this folder can use it.\n")
        + "\npublic-key.txt is for everybody. Give it to those who check certificates, and tell\n"
        "them these signs in another way, such as by telephone or on your website:\n\n"
        f"    {key.fingerprint}\n\n"
        f"What is next: course certificates LIST{named} makes certificates of a filled attendance\n"
        f"list; course sign{named} signs the copies that you hand out.\n"
    )
    return OK


def _passphrase(question: str) -> str:
    from getpass import getpass

    return getpass(question)


SAID = {
    "whole": "whole: nothing was changed since it was signed",
    "unknown": "whole, but the key is not known",
    "unsigned": "as its own list says, but nobody has signed that list",
    "changed": "CHANGED: this is not what was signed",
    "unreadable": "this cannot be read; it is damaged, or from a newer version",
}
"""What `course verify` says, by the outcome; the page about it quotes it."""


def _verify(_: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.certificates import check_libraries, own_keys
    from imlcourse.products.signed.keys import read_public
    from imlcourse.products.signed.verify import KINDS, check

    check_libraries()
    _all_there(given for given in parsed.files if not given.startswith("IMLCERT1."))
    keys = [*read_public(parsed.key), *own_keys()]
    good = True
    for given in parsed.files:
        path = Path(given)
        text = given.startswith("IMLCERT1.")
        outcome = check(given.encode() if text else path, keys)
        name = "the text" if text else given
        if outcome is None:
            kinds = listed([kind.name for kind in KINDS])
            print(f"{name}: nothing that is signed; what can be checked: {kinds}")
            if not text:
                print(
                    "  If it is from a folder of signed copies: put SHA256SUMS and SHA256SUMS.sig "
                    "of that folder beside it, under the name that the list gives it, and check "
                    "it again; or check the whole folder."
                )
            good = False
            continue
        good = good and outcome.state == "whole"
        print(f"{name}: {SAID[outcome.state]}")
        if outcome.key and outcome.state in ("whole", "unknown"):
            holder = outcome.key.holder or "somebody who is not named"
            known = "signed by" if outcome.state == "whole" else "says it was signed by"
            print(f"  {known} {holder}, key {outcome.key.fingerprint}")
        if outcome.state == "unknown":
            print(
                "  Get the public key from the organizer, in another way than this file, and give "
                "it with --key."
            )
        if outcome.state == "unsigned":
            print(
                "  This shows damage by chance, and not what somebody changed on purpose. There is "
                "no signature to check. To be sure of it, ask whoever gave it to you, or compare "
                "it with a copy from the publisher."
            )
        for line in [*outcome.changed, *outcome.facts]:
            print(f"  {line}")
    return OK if good else PROBLEMS


def _doctor(_: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.certificates import own_keys
    from imlcourse.products.copies.doctor import diagnoses
    from imlcourse.products.signed.keys import read_public

    _all_there(parsed.copies)
    keys = [*read_public(parsed.key), *own_keys()]
    states = set()
    for path in parsed.copies:
        for diagnosis in diagnoses(path, keys):
            states.add(diagnosis.state)
            _say_diagnosis(diagnosis)
    if "not whole" in states:
        return PROBLEMS
    return NOT_CHECKED if "not checked" in states else OK


def _say_diagnosis(diagnosis: Diagnosis) -> None:
    """Say what was found of a copy, and what was checked."""
    faults = diagnosis.faults
    named = f"{diagnosis.name}{f' ({diagnosis.edition})' if diagnosis.edition else ''}"
    if faults:
        some = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        print(f"{named}: NOT WHOLE, {some}:")
    elif diagnosis.unsure:
        looked = diagnosis.checked
        seen = f"; only {looked} could be looked at, and no fault was seen" if looked else ""
        print(f"{named}: not checked, since there is no list to compare it with{seen}")
        if diagnosis.ours:
            print("  What to do: put the SHA256SUMS of its folder beside it, and look again.")
        else:
            print("  Nothing in it says that it is of the course.")
    elif diagnosis.checked:
        print(f"{named}: whole. Checked: {diagnosis.checked}. No list was there to compare with.")
    else:
        many = diagnosis.listed
        files = f"all {many} files are" if many != 1 else "the file is"
        print(f"{named}: whole; {files} as the list says")
    for fault in faults:
        print(f"  - {fault.line()}")
        if fault.remedy:
            print(f"    What to do: {fault.remedy}.")
    for finding in diagnosis.findings:
        if finding.harmless:
            print(f"  Harmless: {finding.line()}")
    if diagnosis.beside:
        from imlcourse.products.copies.finding import Finding

        what = "Not checked: nothing says that it is of the course"
        print(f"  {Finding(what, diagnosis.beside).line()}")
    _say_signature(diagnosis)


def _say_signature(diagnosis: Diagnosis) -> None:
    """Say who has signed a copy, and what it proves."""
    from importlib.util import find_spec

    from imlcourse.products.copies.sums import SIGNATURE

    signature = diagnosis.signature
    if signature and signature.key and signature.state in ("whole", "unknown"):
        holder = signature.key.holder or "somebody who is not named"
        said = "Signed by" if signature.state == "whole" else "Says it was signed by"
        print(f"  {said} {holder}, key {signature.key.fingerprint}.")
        if signature.state == "unknown":
            print("  Get the public key in another way than this copy, and give it with --key.")
    elif not diagnosis.whole or not diagnosis.listed:
        return
    elif not find_spec("cryptography"):
        print(f"  Whether {SIGNATURE} is there was not looked at: cryptography is not installed.")
    else:
        print("  Not signed: this shows damage by chance, and not what was changed on purpose.")


def _sign(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.signing import sign_copies

    language = _other_language(root, parsed.language)
    part = _slice(root, parsed)
    made, key = sign_copies(root, language, key=parsed.key, ask=_passphrase, part=part)
    print(f"{made.what} ({_size(made.size)}), signed with key {key.fingerprint}:")
    print(f"  {made.path}")
    print("Hand out your public key in another way too, such as on your site or on paper.")
    return OK


def _mark(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.marking import mark_photos
    from imlcourse.checks.load import load_course

    _all_there(parsed.files)
    course = load_course(root, _other_language(root, parsed.language))
    written = mark_photos(
        course, parsed.files, sheets=parsed.sheets, settled=parsed.settled, to=parsed.to
    )
    for problem in written.problems:
        print(problem, file=sys.stderr)
    sheets = f"{written.sheets} {'sheet' if written.sheets == 1 else 'sheets'}"
    people = f"{written.people} {'person' if written.people == 1 else 'people'}"
    print(f"Read {sheets} of {people}:\n  {written.table}\n  {written.page}")
    if written.open:
        what = "doubt is" if written.open == 1 else "doubts are"
        print(f"{written.open} {what} open and counted nowhere: open the page and settle them.")
    else:
        say(f"Nothing is in doubt. Next: course report {written.table}")
    return OK


def _say_made(made: Iterable[Made], what: str = "Made") -> None:
    """Say what was made, how large it is, and where it stands."""
    print(f"{what}:")
    _say_entries(made)


def _say_entries(made: Iterable[Made]) -> None:
    for entry in made:
        print(f"  {entry.what} ({_size(entry.size)})\n    {entry.path}")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} KB"


def _check(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.checks.load import load_course
    from imlcourse.checks.report import item_report, translated, without_rules
    from imlcourse.course.model import Course
    from imlcourse.course.office_file import read_office_file
    from imlcourse.course.reader import Reader
    from imlcourse.course.sources import read_held_document
    from imlcourse.course.translation import translated_languages
    from imlcourse.course.trials import read_trials
    from imlcourse.markup.problems import CourseError, Problem, Problems

    asked = parsed.language
    languages = [asked] if asked else [None, *translated_languages(root)]
    reader = Reader()
    problems: set[Problem] = set()
    courses: list[Course] = []
    document = read_held_document(root, parsed.document) if parsed.document else None
    told = Problems(root)
    trials = read_trials(root, told)
    problems.update(told.sorted())
    for language in languages:
        try:
            courses.append(load_course(root, language, document=document, reader=reader))
        except CourseError as error:
            problems.update(error.problems)
    if problems:
        raise CourseError(sorted(problems))
    course = courses[0]
    if parsed.office:
        read_office_file(root, parsed.office, course.about.id, course.library.office_fields)
    items = sum(1 for _ in course.items)
    print(
        f"No problems in {root}: {len(course.modules)} modules, {items} items, "
        f"{len(course.pages)} pages, {len(course.glossary)} terms."
    )
    for each in courses:
        for line in [*translated(each), *without_rules(each)]:
            print(line)
    if parsed.items:
        print(f"\n{item_report(course, trials)}", end="")
    return OK


def _translations(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.checks.report import translation_report
    from imlcourse.course.translation import translated_languages

    languages = [parsed.language] if parsed.language else translated_languages(root)
    if not languages:
        print(f"No file in {root} is translated (CONTRIBUTING.md, “Add a language”).")
    for language in languages:
        print(translation_report(root, language), end="")
    return OK


def _serve(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.preview.server import serve

    language = _other_language(root, parsed.language)
    return serve(root, parsed.port, open_browser=parsed.open, language=language)


def _bench(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.bench import bench, bench_packages

    if parsed.packages is not None:
        return bench_packages(root, parsed.packages)
    bench(root, parsed.pairs, parsed.times)
    print()
    return bench_packages(root)


def _index(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.build.transaction import write_whole
    from imlcourse.course.translation import beside
    from imlcourse.document.edition import FILE, read_edition
    from imlcourse.document.quotations import index_document, index_text
    from imlcourse.document.reader import read_document
    from imlcourse.markup.problems import CourseError, Problems

    problems = Problems(root)
    language = _other_language(root, parsed.language)
    edition = read_edition(beside(root / "book" / FILE, language), problems)
    if edition is None:
        raise CourseError(problems.sorted())
    index = index_document(read_document(parsed.document, edition), edition)
    name = f"document-index.{language}.json" if language else "document-index.json"
    path = root / "book" / name
    write_whole(path, index_text(index).encode())
    count = sum(len(unit.hashes) for unit in index.units.values())
    print(f"{path}: {len(index.units)} units, {count} hashes.")
    return OK


def _trial_sheet(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.checks.load import load_course
    from imlcourse.trials.keep import asked_items, key_path
    from imlcourse.trials.sheet import sheet

    items = asked_items(load_course(root), parsed.of, parsed.book)
    text, key = sheet(items, parsed.seed)
    parsed.file.write_text(text, encoding="utf-8", newline="\n")
    key_path(parsed.file).write_text(key.model_dump_json() + "\n", encoding="utf-8", newline="\n")
    answered = key_path(parsed.file).name
    say(
        f"{parsed.file}: {len(key.questions)} questions.\n"
        f"{answered}, beside it, is what answers are read with, and not for the reader. "
        f"Next, with the answers: course trial enter {parsed.file} ANSWERS --book closed "
        "--reader WORDS --date DAY"
    )
    return OK


def _trial_enter(root: Path, parsed: argparse.Namespace) -> int:
    from imlcourse.checks.load import load_course
    from imlcourse.course.trials import Trial
    from imlcourse.trials.keep import figures, keep_trial, read_sheet_answers

    answers, reworded = read_sheet_answers(load_course(root), parsed.sheet, parsed.answers)
    trial = Trial(date=parsed.date, book=parsed.book, reader=parsed.reader, answers=answers)
    path = keep_trial(root, trial)
    print(f"{path}: {figures(answers)}.")
    if reworded:
        print(f"Worded otherwise since the sheet was written, and left out: {' '.join(reworded)}")
    return OK


def _schema(root: Path, _: argparse.Namespace) -> int:
    from imlcourse.build.transaction import write_whole
    from imlcourse.course.bank import item_schema

    path = root / "quizzes" / "items.schema.json"
    write_whole(path, item_schema().encode())
    print(path)
    return OK


if __name__ == "__main__":
    sys.exit(main())
