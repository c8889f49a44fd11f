"""``course report``: what to talk about with a group, from its files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import file_to_write, folder_to_write
from imlcourse.commands.exits import OK
from imlcourse.commands.options import add_language, other_language, see_all_there
from imlcourse.markup.problems import UsageError


def add(commands: Any) -> None:
    """Add the command to those that there are."""
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
    add_language(report, "write the report in this language")
    report.set_defaults(run=run, makes=True)


MOST_PROBLEMS = 100
"""Rows that a report could not use, and which are printed one by one."""


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.report import write_report
    from imlcourse.checks.load import load_course
    from imlcourse.results.store import Endpoint, is_endpoint

    if not parsed.files and not parsed.codes:
        msg = "no files and no codes; name files, or codes behind --codes (course report --help)"
        raise UsageError(msg)
    see_all_there(one for one in parsed.files if not is_endpoint(one))
    if parsed.user and not any(is_endpoint(one) for one in parsed.files):
        msg = "--user goes with the address of a record store, which begins with https://"
        raise UsageError(msg)
    course = load_course(root, other_language(root, parsed.language))
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
