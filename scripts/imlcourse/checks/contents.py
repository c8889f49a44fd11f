"""The table of contents: every page stands in it once, and whatever it lists exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.course.sources import Sources
from imlcourse.markup.problems import repeated


def check_contents(sources: Sources) -> None:
    """Check that the contents list every page once, and no page that there is not.

    Parameters
    ----------
    sources
        What was read.
    """
    toc = sources.toc
    if toc is None:
        return
    names, known = sources.names, set(sources.names.known("listed"))
    listed: dict[str, int] = {}
    guesses: list[str] = []
    absent: dict[str, list[str]] = {}
    for name, line in _toc_files(toc.value, (), toc.line):
        if name in PAGES_BY_NAME and name not in known:
            absent.setdefault(PAGES_BY_NAME[name].needs, []).append(name)
        else:
            # A page is listed by its name alone, without its folder and ending.
            bare = name.removesuffix(".md").rpartition("/")[2]
            guess = bare if bare in known else None
            guesses.append(guess or name)
            remedy = "write it, or take it out of the contents"
            what = f"no page “{name}”"
            names.report_missing("listed", name, toc.path, line, what, remedy, guess=guess)
        if name in listed:
            sources.problems.add(
                toc.path,
                line,
                repeated(f"“{name}”", line=listed[name]),
            )
        listed[name] = line
    for source, pages in absent.items():
        sources.problems.add(
            sources.root / f"{source}.yml",
            0,
            "this file is missing, and the contents list what is made from it; restore it, or "
            f"take {', '.join(pages)} out of book/_toc.yml",
        )
    for name in names.unused("listed", [*listed, *guesses]):
        if name.startswith("modules/"):
            path = sources.modules[name.removeprefix("modules/")].path
        elif name in sources.pages:
            path = sources.pages[name].path
        else:
            path = toc.path  # what is made, and what cannot be read
        sources.problems.add(
            path,
            1,
            f"the page {name} is not in the contents; add “- file: {name}” to book/_toc.yml",
        )


def _toc_files(value: Any, place: tuple[str | int, ...], line: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("file", "root") and isinstance(inner, str):
                yield inner, line((*place, key))
            else:
                yield from _toc_files(inner, (*place, key), line)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _toc_files(inner, (*place, number), line)
