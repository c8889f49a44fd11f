"""What is asked in a trial, and where its figures are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from imlcourse.course.model import Course
from imlcourse.course.trials import FOLDER, Answered, Book, Trial, read_trials, standings
from imlcourse.items import Item
from imlcourse.languages.spelling import near
from imlcourse.markup.problems import CourseError, Problem, Problems, UsageError
from imlcourse.markup.textfile import read_text
from imlcourse.trials.answers import read_answers
from imlcourse.trials.sheet import SheetKey

__all__ = ["asked_items", "figures", "keep_trial", "key_path", "read_sheet_answers"]


def key_path(sheet: Path) -> Path:
    """Give the file beside a sheet with which its answers are read."""
    return sheet.with_name(f"{sheet.name}.key.json")


def asked_items(course: Course, names: Sequence[str], book: Book) -> list[Item]:
    """Give the items that a trial is to ask.

    Parameters
    ----------
    course
        The course.
    names
        Ids of items or modules; ``tests`` for all that a test may ask; ``untried`` and ``failing``
        for those of them that nobody answered in their present wording, and that did badly.
    book
        Which trials count for the last two.

    Raises
    ------
    UsageError
        For names that nothing has.
    CourseError
        If a trial that is kept has problems.
    """
    items = {item.id: item for item in course.items}
    tested = course.tested_items()
    chosen: dict[str, Item] = {}
    problems = Problems(course.root)
    unknown: list[str] = []
    for name in names:
        if name in ("untried", "failing"):
            for one in standings(tested, read_trials(course.root, problems)):
                answered = one.closed if book == "closed" else one.open
                failed = one.given_away if book == "closed" else one.unsettled
                if (answered is None) if name == "untried" else failed:
                    chosen[one.item.id] = one.item
        elif name == "tests":
            chosen |= {item.id: item for item in tested}
        elif name in course.banks:
            chosen |= {item.id: item for item in tested if item.id.partition("-")[0] == name}
        elif name in items:
            chosen[name] = items[name]
        else:
            known = [*items, *course.banks, "tests", "untried", "failing"]
            unknown.append(f"no item, module or choice is named {name}{near(name, known)}")
    if unknown:
        raise UsageError("; ".join(unknown) + "; course trial sheet --help says what may be named")
    if problems.sorted():
        raise CourseError(problems.sorted())
    return list(chosen.values())


def read_sheet_answers(
    course: Course, sheet: Path, answers: Path
) -> tuple[list[Answered], list[str]]:
    """Read and score the answers to a sheet.

    Parameters
    ----------
    course
        The course.
    sheet, answers
        The sheet, beside which its key is, and the answers.

    Returns
    -------
    list of Answered
        What was answered.
    list of str
        Ids of items that are worded otherwise since; their answers are left out.

    Raises
    ------
    UsageError
        If the sheet is none that was written here.
    CourseError
        If anything of it cannot be read; nothing is kept then.
    """
    problems = Problems(course.root)
    path = key_path(sheet)
    if not path.is_file():
        msg = (
            f"{path}, which course trial sheet writes beside a sheet, is not there; name the sheet "
            "where it was written, or write it anew with the same --of and --seed"
        )
        raise UsageError(msg)
    try:
        key = SheetKey.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        what = "this is not the file that course trial sheet wrote beside the sheet; write it anew"
        raise CourseError([Problem(str(path), 0, what)]) from None
    text = read_text(answers, problems)
    items = {item.id: item for item in course.items}
    found = read_answers(answers, text or "", key, items, problems)
    if problems.sorted():
        raise CourseError(problems.sorted())
    return found


def keep_trial(root: Path, trial: Trial) -> Path:
    """Write a trial into the folder of trials, under a name that is free.

    Parameters
    ----------
    root
        The root of the course.
    trial
        The trial.

    Returns
    -------
    Path
        The file.
    """
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{trial.date}-{trial.book}-{number}.yml" for number in range(1, 1000))
    path = next(folder / name for name in names if not (folder / name).exists())
    lines = [
        f'date: "{trial.date}"',
        f"book: {trial.book}",
        f"reader: {_quoted(trial.reader)}",
        "answers:",
        *(
            f'  - {{item: {one.item}, version: "{one.version}", points: {one.points:g}, '
            f"sure: {str(one.sure).lower()}}}"
            for one in trial.answers
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(escaped.split())}"'


def figures(answers: Iterable[Answered]) -> str:
    """Say how many answers were right, and right with certainty."""
    all_ = list(answers)
    right = sum(one.right for one in all_)
    sure = sum(one.right and one.sure for one in all_)
    return f"{right} of {len(all_)} right, {sure} of them with certainty"
