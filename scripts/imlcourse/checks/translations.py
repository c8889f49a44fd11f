"""Translations: each has what the text that it translates has, in the same order, and its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from imlcourse.course.find import source_files
from imlcourse.course.sources import Sources
from imlcourse.course.translation import strays, translations
from imlcourse.languages.rules.base import listed
from imlcourse.markup.page import Page
from imlcourse.markup.textfile import language_of, original_of
from imlcourse.markup.yamlfile import Place, YamlFile

_SAME = listed(
    """id type objective level mode pick order items next rating unit units see topics group
    region countries kind learner settings right output body adopted in_force years url seen shows
    date part file root format within roles blueprint kinds instrument for start end people
    paper"""
)
"""Names of values that programs go by, and that are the same in every language; others are words"""
_FREE = listed("answers mistakes forms tolerance auto named retired")
"""What each language has its own of: typed answers, forms of a term, old names of states. Which ids
are retired, the original says."""
_ID_OF_A_RIGHT = ("helps", "activities")
"""Where ``right`` names a right; elsewhere it is the half of a pair, or says why a number is."""


def check_translations(sources: Sources) -> None:
    """Compare every translation with what it translates.

    A file is translated whole or not at all: ids, keys, what is right, the number and the order of
    parts, the units that are cited and the blocks of a page are those of the original.

    Parameters
    ----------
    sources
        What was read; without translations nothing is compared.
    """
    original, language = sources.original, sources.translated_into
    if original is None or language is None:
        return
    for entry in translations(sources.root, language):
        if entry.state == "unmarked":
            sources.problems.add(
                entry.path,
                1,
                "the translation does not say from which text it was made; write "
                f"source: {entry.mark} at its top (the mark of {entry.original.name} as it is now)",
            )
    for name, page in sources.pages.items():
        if page.language and name in original.pages:
            _page(page, original.pages[name], sources)
    for id_, module in sources.modules.items():
        if module.page.language and id_ in original.modules:
            _page(module.page, original.modules[id_].page, sources)
            _file(module.page.front, original.modules[id_].page.front, sources)
    for id_, plan in sources.sessions.items():
        if plan.page.language and id_ in original.sessions:
            _page(plan.page, original.sessions[id_].page, sources)
            _file(plan.file, original.sessions[id_].file, sources)
    pairs: list[tuple[YamlFile | None, YamlFile | None]] = [
        (sources.digest_file, original.digest_file),
        (sources.toc, original.toc),
        (
            sources.texts.file if sources.texts else None,
            original.texts.file if original.texts else None,
        ),
        *((file, original.library.files.get(name)) for name, file in sources.library.files.items()),
        (sources.glossary_file, original.glossary_file),
        *((file, original.agenda_files.get(name)) for name, file in sources.agenda_files.items()),
    ]
    for file, of in pairs:
        _file(file, of, sources)
    for name, bank in sources.banks.items():
        if name in original.banks:
            # What could not be read is reported, and says nothing of what it translates.
            unread = {
                id_
                for group in ("items", "quizzes", "worksheets")
                for id_ in bank.written(group) - getattr(bank, group).keys()
            }
            _file(bank.file, original.banks[name].file, sources, unread)
    if sources.about_words_file:
        _about(sources, sources.about_words_file)


def check_strays(sources: Sources) -> None:
    """Report translations of files that there are not, and those into the course's own language.

    Parameters
    ----------
    sources
        What was read.
    """
    for path in strays(sources.root):
        sources.problems.add(
            path,
            0,
            f"the file that it translates, {original_of(path).name}, is not there; restore that, "
            "or delete this one",
        )
    own = sources.original.language if sources.original else sources.language
    for folder in ("modules/*", "quizzes", "book"):
        for path in source_files(sources.root, f"{folder}/*.{own}.*"):
            if language_of(path) == own and path.suffix in (".md", ".yml"):
                sources.problems.add(
                    path,
                    0,
                    f"the course is in “{own}” itself; put its text into {original_of(path).name}",
                )


def _about(sources: Sources, file: YamlFile) -> None:
    """Check that all words of ``book/course.yml`` are there in the translation."""
    own = sources.original.about if sources.original else None
    if own is None or not isinstance(file.value, dict):
        return
    for name, wanted in (("parts", own.parts), ("roles", own.roles)):
        given = file.value.get(name) or {}
        for key in [key for key in wanted if key not in given]:
            sources.problems.add(
                file.path, file.line((name,)), f"`{name}` lacks “{key}”; translate it too"
            )
        for key in [key for key in given if key not in wanted]:
            sources.problems.add(
                file.path,
                file.line((name, key)),
                f"`{name}` has no “{key}” in course.yml; delete it",
            )


# --- data -----------------------------------------------------------------------------------


def _file(
    file: YamlFile | None,
    original: YamlFile | None,
    sources: Sources,
    unread: Collection[str] = (),
) -> None:
    if file is None or original is None or language_of(file.path) is None:
        return
    if file.value is None or original.value is None:
        return  # one of the two cannot be read, which is reported
    for place, what in _differences(file.value, original.value, (), original.path.name):
        if _entry_id(file, place) not in unread:
            sources.problems.add(file.path, file.line(place), what)


def _entry_id(file: YamlFile, place: Place) -> object:
    """Give the id of the entry of a list at the top of a file that a place lies in."""
    value = file.value
    for step in place[:2]:
        value = value[step]
    return value.get("id") if isinstance(value, dict) else None


def _differences(value: Any, original: Any, place: Place, name: str) -> Iterator[tuple[Place, str]]:
    """Find where a value is not what it translates.

    Yields
    ------
    tuple
        The place, and what is to be mended.
    """
    here = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    if here in _FREE:
        return
    if isinstance(original, dict):
        if not isinstance(value, dict):
            return  # reported by whoever reads it
        for key in original:
            if key not in value and key not in _FREE:
                yield (
                    place,
                    f"{_called(value, place)} lacks `{key}`, which {name} has; translate it too",
                )
        for key in value:
            if key not in original and key not in _FREE:
                yield (*place, key), f"`{key}` is not in {name}; delete it, or add it there first"
        for key in original:
            if key in value:
                yield from _differences(value[key], original[key], (*place, key), name)
    elif isinstance(original, list):
        if isinstance(value, list):
            yield from _lists(value, original, place, name)
    elif value != original and (
        isinstance(original, bool | int | float) or (here in _SAME and not _is_words(place))
    ):
        yield (
            place,
            f"`{here}` is “{_short(value)}”, and “{_short(original)}” in {name}; "
            "it is the same in every language",
        )


def _is_words(place: Place) -> bool:
    """Say whether a value is words here, though its name stands for something else there."""
    if place[-1] == "unit":  # of a number: what is counted
        return len(place) == 3 and place[0] == "items"
    return place[-1] == "right" and place[0] not in _ID_OF_A_RIGHT


def _lists(value: list[Any], original: list[Any], place: Place, name: str) -> Iterator[Any]:
    """Compare lists: entries with ids by these, all others by their places."""
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in original]
    given = [entry.get("id") if isinstance(entry, dict) else None for entry in value]
    if all(ids) and all(given):
        lacking = [id_ for id_ in ids if id_ not in given]
        for id_ in lacking:
            yield place, f"{id_} is not translated; translate all of {name}, or nothing of it"
        for at, id_ in enumerate(given):
            if id_ not in ids:
                yield (*place, at), f"{name} has no {id_}; mend the id, or delete the entry"
        if not lacking and len(given) == len(ids):
            moved = next(
                (at for at, (a, b) in enumerate(zip(given, ids, strict=True)) if a != b), None
            )
            if moved is not None:
                yield (
                    (*place, moved),
                    f"{given[moved]} stands here, and {ids[moved]} in {name}; keep its order",
                )
        for at, id_ in enumerate(given):
            if id_ in ids:
                yield from _differences(value[at], original[ids.index(id_)], (*place, at), name)
        return
    if len(value) != len(original):
        here = next((str(step) for step in reversed(place) if isinstance(step, str)), "the list")
        yield (
            place,
            f"`{here}` has {len(value)} entries, and {len(original)} in {name}; "
            "keep their number and order",
        )
        return
    for at, (one, other) in enumerate(zip(value, original, strict=True)):
        yield from _differences(one, other, (*place, at), name)


def _called(value: dict[str, Any], place: Place) -> str:
    if isinstance(value.get("id"), str):
        return str(value["id"])
    return f"`{place[-1]}`" if place and isinstance(place[-1], str) else "the translation"


def _short(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


# --- pages ----------------------------------------------------------------------------------

_WORDS_BEHIND = listed(
    "situation example misunderstanding law activity ask trouble slide cut extend"
)
"""Directives with words behind their name, and no id."""
_SAME_OPTIONS = listed("minutes method uses show kind")
"""Options of a session plan that programs go by."""


def _page(page: Page, original: Page, sources: Sources) -> None:
    """Compare the headings, the blocks and the citations of a page."""
    if not page.whole or not original.whole:
        return
    report, name = sources.problems.add, original.path.name
    titles = [any(block.level == 1 for block in one.blocks) for one in (page, original)]
    if titles == [False, True]:
        return  # it has no title, which is reported
    wanted = [shape for _, shape in _shapes(original)]
    given = list(_shapes(page))
    for at, (line, shape) in enumerate(given):
        if at >= len(wanted):
            report(page.path, line, f"{shape} stands here, and nothing more in {name}; delete it")
            break
        if shape != wanted[at]:
            report(
                page.path, line, f"{shape} stands here, and {wanted[at]} in {name}; keep its order"
            )
            break
    else:
        if len(given) < len(wanted):
            report(
                page.path,
                given[-1][0] if given else 1,
                f"{wanted[len(given)]} of {name} is not translated; translate the whole file",
            )
    cited, of = _cited(page), _cited(original)
    for (role, target), line in cited.items():
        if (role, target) not in of:
            report(
                page.path,
                line,
                f"{{{role}}} leads to {target} here, and nowhere in {name}; mend it",
            )
    for role, target in [key for key in of if key not in cited]:
        report(
            page.path,
            1,
            f"{{{role}}} leads to {target} in {name} (line {of[role, target]}), and nowhere here; "
            "keep every citation",
        )


def _shapes(page: Page) -> Iterator[tuple[int, str]]:
    """Give what a page is made of, apart from its prose: the line, and what stands there."""
    for block in page.blocks:
        if block.kind == "heading":
            label = f" ({block.label})=" if block.label else ""
            yield block.line, f"a heading {'#' * block.level}{label}"
        elif block.kind in ("diagram", "picture"):
            yield block.line, f"{{{block.kind}}} {original_of(Path(block.argument)).name}"
        elif block.kind not in ("prose", "code"):
            behind = "" if block.kind in _WORDS_BEHIND else f" {block.argument}".rstrip()
            same = (
                f" :{name}: {_named(value)}"
                for name, value in block.options.items()
                if name in _SAME_OPTIONS
            )
            yield block.line, f"{{{block.kind}}}{behind}{''.join(same)}"


def _named(value: str) -> str:
    """Give names that an option lists, drawings by what they translate."""
    names = (Path(name) for name in value.replace(",", " ").split())
    return " ".join(original_of(name).name if name.suffix else str(name) for name in names)


def _cited(page: Page) -> dict[tuple[str, str], int]:
    """Give what a page leads to by roles, each with the line of the first that does."""
    found: dict[tuple[str, str], int] = {}
    for role in page.roles:
        if role.name in ("para", "quote", "article"):
            found.setdefault((role.name, role.target), role.line)
    return found
