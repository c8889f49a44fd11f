"""``course trial``: items tried with readers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import day, file_to_read, file_to_write, number, one_of, say
from imlcourse.commands.exits import OK


def add(commands: Any) -> None:
    """Add the command to those that there are."""
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
    enter.set_defaults(run=_trial_enter, names_files=True)


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
