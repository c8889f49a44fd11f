"""The report on items for authors: ``course check --items``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from imlcourse.checks.guessers import LABELS, guesses, key_places
from imlcourse.checks.prose import (
    FEWEST_WORDS,
    GREATEST_MEAN,
    LEAST_MEAN,
    LONG,
    MOST_WORDS,
    RUN,
    SHORT,
    Prose,
    item_texts,
    module_texts,
    taught_words,
    turns_in,
)
from imlcourse.course.model import Course
from imlcourse.course.pace import FEWEST_MINUTES, MOST_MINUTES
from imlcourse.course.translation import translations
from imlcourse.course.trials import Standing, Trial, standings
from imlcourse.items import ITEM_TYPES, Item
from imlcourse.items.base import Level
from imlcourse.markup.inline import inline_text

__all__ = ["item_report"]

_LEVELS: tuple[str, ...] = get_args(Level)


def item_report(course: Course, trials: Sequence[Trial] = ()) -> str:
    """Tell authors what the item banks look like.

    Parameters
    ----------
    course
        The course.
    trials
        The trials of its items, the earliest first.

    Returns
    -------
    str
        Plain text: for each module the minutes of its steps, its types and levels, the places of
        keys, what guessers score; how many items each unit and objective has; and which items ask
        about the law beside the document.
    """
    parts = [
        _section(
            f"Minutes of each step; {FEWEST_MINUTES} to {MOST_MINUTES} are aimed at, and others "
            "are marked",
            _steps(course),
        ),
        _section(
            f"Words of teaching ({FEWEST_WORDS:,} to {MOST_WORDS:,} are aimed at) and sentences "
            f"({LEAST_MEAN} to {GREATEST_MEAN} words in the mean)",
            _prose(course),
        ),
        _section("Turns of phrase, in modules and in items", _turns(course)),
        _section("Levels", _levels(course)),
        _section("Types", _types(course)),
        _section("Places of the keys of single-choice items, as they are shown", _places(course)),
        _section("What guessers score above chance, in points of 100", _guessers(course)),
        _section("Items by unit of the document and objective", _coverage(course)),
        _section("Items about the law beside the document, by article", _beside(course)),
        _section(
            "Items of the tests in trials: right, and right with certainty, in the present wording "
            f"(aims: closed book at most {MOST_RIGHT:.0%} and {MOST_SURE:.0%}, open at least "
            f"{LEAST_OPEN:.0%})",
            _trials(course, trials),
        ),
        _section("Dilemmas, with the two aims that pull apart", _dilemmas(course)),
    ]
    if lines := without_rules(course):
        parts.append(_section("What was not looked for", lines))
    return "\n".join(parts)


def translated(course: Course) -> list[str]:
    """Say how much of the course is in its language, if that is not the one it was written in.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    list of str
        A line; none for the course in its own language.
    """
    if not course.own_language:
        return []
    language = course.about.language
    entries = translations(course.root, language)
    states = Counter(entry.state for entry in entries)
    strings = course.strings
    line = (
        f"{language}: {len(entries) - states['missing']} of {len(entries)} files translated, "
        f"{len(strings.own)} of {len(strings)} texts of the interface; the rest is in "
        f"{course.own_language}."
    )
    if states["stale"]:
        line += (
            f" Made from a text that has changed since: {states['stale']} "
            f"(course translations {language})."
        )
    return [line]


_WHAT_TO_DO = {
    "stale": "{path}  {original} has changed since; bring it up to date, then source: {mark}",
    "unmarked": "{path}  does not say what it was made from; write source: {mark} at its top",
    "missing": "{path}  not written yet; a translation of {original} begins with source: {mark}",
    "current": "{path}",
}


def translation_report(root: Path, language: str) -> str:
    """List the files of a course, and how each stands in a language.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language.

    Returns
    -------
    str
        Plain text: what has to be done first, then the rest.
    """
    entries = translations(root, language)
    states: Counter[str] = Counter(entry.state for entry in entries)
    lines = [f"{language}: " + ", ".join(f"{states[state]} {state}" for state in _WHAT_TO_DO)]
    for state, words in _WHAT_TO_DO.items():
        lines += [
            f"  {state:9} "
            + words.format(
                path=entry.path.relative_to(root).as_posix(),
                original=entry.original.name,
                mark=entry.mark,
            )
            for entry in entries
            if entry.state == state
        ]
    return "\n".join(lines) + "\n"


def without_rules(course: Course) -> list[str]:
    """Say what was not looked for, because a language of the items has no rules for it.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    list of str
        A line for each such language; none where all is looked for.
    """
    missing = {item.rules.tag: item.rules.missing for item in course.items}
    return [
        f"Not looked for in “{tag}”, which has no rules for it (languages/rules/): "
        f"{'; '.join(names)}."
        for tag, names in sorted(missing.items())
        if names
    ]


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, "-" * len(title), *lines, ""])


def _steps(course: Course) -> Iterator[str]:
    """Give the steps of each module with their minutes, and mark what is far from the aim."""
    for module in course.modules.values():
        each = [course.minutes_of_steps[step.id] for step in module.steps]
        shown = (
            f"{one}{' ' if FEWEST_MINUTES <= one <= MOST_MINUTES else '*'}".rjust(5) for one in each
        )
        yield f"{module.id:9} {''.join(shown)}  = {sum(each)}".rstrip()


def _prose(course: Course) -> list[str]:
    """Give the words and sentences of each module and bank, and mark what is far from the aim."""
    rows = []
    for module in course.modules.values():
        bank = course.banks[module.id]
        language = course.about.language
        words = taught_words(module)
        read = Prose.of(module_texts(module), language)
        asked = Prose.of(
            (text for item in bank.items.values() for text in item_texts(item)), language
        )
        stems = Prose.of((inline_text(item.stem) for item in bank.items.values()), language)
        rows.append(
            [
                module.id,
                f"{words}{' ' if FEWEST_WORDS <= words <= MOST_WORDS else '*'}",
                read.count,
                *(
                    f"{one.mean:.1f}{' ' if LEAST_MEAN <= one.mean <= GREATEST_MEAN else '*'}"
                    for one in (read, asked)
                ),
                f"{read.runs}, {asked.runs}",
                f"{read.long}, {asked.long}",
                f"{sum(map(sum, stems.lengths)) / max(1, len(stems.lengths)):.0f}",
            ]
        )
    return [
        *_table(
            ["", "words", "sentences", "mean", "of items", "runs of short", "long", "a stem"], rows
        ),
        "",
        f"runs of short: {RUN} sentences or more of fewer than {SHORT} words; "
        f"long: sentences of more than {LONG} words; both in the module, in the items",
    ]


def _turns(course: Course) -> list[str]:
    language = course.about.language
    modules, items = Counter[str](), Counter[str]()
    by_bank: dict[str, Counter[str]] = {}
    for module in course.modules.values():
        texts = [
            text for item in course.banks[module.id].items.values() for text in item_texts(item)
        ]
        here, asked = turns_in(module_texts(module), language), turns_in(texts, language)
        modules += here
        items += asked
        by_bank[module.id] = here + asked
    names = list(modules | items)
    rows = [[name, modules[name], items[name]] for name in sorted(names)]
    each = [f"{module_id} {sum(found.values())}" for module_id, found in by_bank.items()]
    return [*_table(["", "modules", "items"], rows), "", f"all, by module: {', '.join(each)}"]


def _banks(course: Course) -> Iterator[tuple[str, list[Item]]]:
    for module_id, bank in course.banks.items():
        yield module_id, list(bank.items.values())
    yield "all", list(course.items)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _levels(course: Course) -> list[str]:
    rows = []
    for module_id, items in _banks(course):
        count: Counter[str] = Counter(item.level for item in items)
        above = 1 - count["recall"] / max(1, len(items))
        rows.append([module_id, *(count[level] for level in _LEVELS), len(items), f"{above:.0%}"])
    return _table(["", *_LEVELS, "items", "above recall"], rows)


def _types(course: Course) -> list[str]:
    rows = []
    for module_id, items in _banks(course):
        count = Counter(item.type for item in items)
        rows.append([module_id, *(count[kind] for kind in ITEM_TYPES)])
    return _table(["", *ITEM_TYPES], rows)


def _places(course: Course) -> list[str]:
    rows = []
    for module_id, items in _banks(course):
        for options, counts in sorted(key_places(items, course.orders).items()):
            rows.append([f"{module_id}, {options} options", " ".join(map(str, counts))])
    return _table(["", "first to last"], rows)


def _guessers(course: Course) -> list[str]:
    names: dict[str, str] = {}
    rows: list[tuple[str, dict[str, str]]] = []
    for module_id, items in _banks(course):
        found = {}
        for guess in guesses(items, course.orders):
            names[guess.name] = LABELS[guess.name]
            found[guess.name] = f"{guess.gain * 100:+.0f}"
        rows.append((module_id, found))
    table = _table(["", *names], ([m, *(found.get(n, "") for n in names)] for m, found in rows))
    return [*table, "", *(f"{name}: {words}" for name, words in names.items())]


def _coverage(course: Course) -> list[str]:
    cells: Counter[tuple[str, str]] = Counter()
    items_of: Counter[str] = Counter()
    for item in course.items:
        for unit in {evidence.unit for _, evidence in item.quotations()}:
            cells[unit, item.objective] += 1
            items_of[unit] += 1
    lines = []
    for unit in course.index.edition.unit_ids:
        if items_of[unit]:
            of = ", ".join(f"{o} {n}" for (u, o), n in sorted(cells.items()) if u == unit)
            lines.append(f"{unit:6}{items_of[unit]:4}   {of}")
    without = [unit for unit in course.index.edition.unit_ids if not items_of[unit]]
    if without:
        lines.append(f"no item: {', '.join(without)}")
    return lines


def _beside(course: Course) -> list[str]:
    """List the articles that items rest on: these items no test may draw."""
    items_of: dict[str, list[str]] = {}
    for item in course.items:
        for law in item.law:
            items_of.setdefault(law.target, []).append(item.id)
    return [f"{name:26}{', '.join(ids)}" for name, ids in sorted(items_of.items())] or ["none"]


def _dilemmas(course: Course) -> list[str]:
    """List the questions in which two good aims pull apart."""
    found = [(item.id, aims) for item in course.items for aims in item.dilemmas()]
    lines = [f"{id_:14}{' / '.join(aims)}" for id_, aims in found]
    return [*lines, f"{len(found)} in all"]


MOST_RIGHT, MOST_SURE, LEAST_OPEN = 0.70, 0.35, 0.97
"""How many test items closed-book readers may answer rightly, and with certainty; and how many
open-book readers should."""


def _trials(course: Course, trials: Sequence[Trial]) -> list[str]:
    """Give the figures of trials by module, and name what was never tried and what failed."""
    rows = []
    every = standings(course.tested_items(), trials)
    by_bank: dict[str, list[Standing]] = {}
    for one in every:
        by_bank.setdefault(one.item.id.partition("-")[0], []).append(one)
    groups = {**by_bank, "all": every}
    for name, all_of_it in groups.items():
        guessed = [one for one in all_of_it if not one.typed]
        closed = [one.closed for one in guessed if one.closed]
        opened = [one.open for one in all_of_it if one.open]
        rows.append(
            [
                name,
                len(all_of_it),
                len(all_of_it) - len(guessed),
                _share(sum(a.right for a in closed), len(closed)),
                _share(sum(a.right and a.sure for a in closed), len(closed)),
                _share(sum(a.right for a in opened), len(opened)),
            ]
        )
    head = ["", "items", "typed", "closed: right", "and sure", "open: right"]
    lists = {
        "never tried, closed": [one for one in every if one.closed is None and not one.typed],
        "never tried, open": [one for one in every if one.open is None],
        "right with certainty, closed": [one for one in every if one.given_away and not one.typed],
        "wrong, open": [one for one in every if one.unsettled],
    }
    return [
        *_table(head, rows),
        "",
        "Typed items are left out of the closed figures.",
        *(
            f"{name}: {' '.join(one.item.id for one in found) or 'none'}"
            for name, found in lists.items()
        ),
    ]


def _share(count: int, of: int) -> str:
    return f"{count} of {of} ({count / of:.0%})" if of else "none"
