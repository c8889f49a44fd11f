"""``course check``: every source file, and nothing is built."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.exits import OK
from imlcourse.commands.options import add_document, add_language, add_office


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    check = commands.add_parser(
        "check",
        help="check every source file, and build nothing",
        description="Check every source file: modules, quizzes, quotations, links, coverage. "
        "All problems are listed in one run. Nothing is built.",
    )
    add_document(check, "a quotation that departs from it is then reported to the word")
    check.add_argument(
        "--items",
        action="store_true",
        help="report on the items too: levels, places of keys, cues, items by unit and objective",
    )
    add_language(check, "check the course in this language alone (default: in all that it has)")
    add_office(check, "check this file too")
    check.set_defaults(run=run)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
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
