"""A part of the course that is complete in itself: some modules, a track, or a part by its number.

It is a `Course` like any other, made of the whole one once that is checked, so that whatever takes
a course takes a slice. Nothing is worded anew: items, versions, objectives and the codes of
certificates are those of the whole course, and a learner's record goes from one to the other.
What a text names and the slice has not is told with a note (`imlcourse.html.writer.Writer`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from imlcourse.course.about import About, read_about
from imlcourse.course.model import Course, Slice
from imlcourse.items.shared import module_of
from imlcourse.languages.spelling import near
from imlcourse.markup.page import Page
from imlcourse.markup.problems import Problems, UsageError

__all__ = ["NAMED_BY", "SliceError", "Wanted", "check_wanted", "names_of", "sliced", "wanted_slice"]

NAMED_BY = "course package --list says what each is"
"""Where the names of modules, tracks and parts stand."""
_MOST_IN_NAME, _MOST_IN_TITLE = 4, 6
"""Modules that are named one by one; the paths of files have to stay short."""
_LEAST_TO_START = 3
"""Situations of a start check below which there is nothing to propose."""
_TITLE = re.compile(r"""^title:[ \t]*["']?(.+?)["']?[ \t]*$""", re.MULTILINE)
"""The title of a module, as its front matter has it."""
_OF_THE_WHOLE = ("pre-test", "post-test", "final-test")
_OF_CERTIFICATES = ("certificate", "check-certificate")


class SliceError(UsageError):
    """There is no such slice; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the course is wanted: one of the three.

    Attributes
    ----------
    modules
        Ids of modules.
    track
        The id of a role, for its track.
    part
        The number of a part, or its title.
    """

    modules: tuple[str, ...] = ()
    track: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """What files and folders of the slice are called after: ``m06-m09``, ``track-border``."""
        ids = _in_order(self.modules)
        if self.track:
            name = f"track-{self.track}"
        elif self.part:
            name = f"part-{self.part}"
        elif len(ids) <= _MOST_IN_NAME:
            name = "-".join(ids)
        else:
            mark = hashlib.sha256(" ".join(ids).encode()).hexdigest()[:6]
            name = f"{len(ids)}-modules-{mark}"
        return re.sub(r"[^\w-]+", "-", name)

    @property
    def option(self) -> str:
        """How the command line names it: ``--only m06,m09``, ``--track border``."""
        if self.track:
            return f"--track {self.track}"
        return f"--part {self.part}" if self.part else f"--only {','.join(_in_order(self.modules))}"


def wanted_slice(
    root: Path, only: Iterable[str] = (), track: str | None = None, part: str | None = None
) -> Wanted | None:
    """Say which slice is meant, before anything is built.

    Parameters
    ----------
    root
        The folder of the course.
    only
        Ids of modules, each text one or several.
    track
        The id of a role.
    part
        The number of a part, or its title.

    Returns
    -------
    Wanted or None
        None where the whole course is meant.

    Raises
    ------
    SliceError
        If something is named that the course has not.
    """
    given = list(only)
    if not given and track is None and part is None:
        return None
    ids = [id_ for text in given for id_ in re.split(r"[,;\s]+", text.casefold()) if id_]
    if given and not ids:
        msg = f"no module is named; name some: --only m06,m09 ({NAMED_BY})"
        raise SliceError(msg)
    wanted = Wanted(tuple(ids), (track or "").strip(), (part or "").strip())
    if not (ids or wanted.track or wanted.part):
        msg = f"no track and no part is named; name one: --track border, or --part 2 ({NAMED_BY})"
        raise SliceError(msg)
    about = read_about(root / "book" / "course.yml", Problems(root))
    folders = [path.name for path in sorted((root / "modules").glob("*/")) if path.name[0] != "."]
    if about is None or not folders:
        return wanted  # loading the course says what is wrong with it
    return check_wanted(wanted, about[0], [module_of(name) for name in folders])


def _in_order(ids: Iterable[str]) -> list[str]:
    """Give ids of modules, each once, those with a number first."""
    return sorted(set(ids), key=lambda id_: (not id_.startswith("m"), id_))


def check_wanted(wanted: Wanted, about: About, modules: Iterable[str]) -> Wanted:
    """See that there is what is named, and give it by its ids.

    Parameters
    ----------
    wanted
        What is wanted.
    about
        What the course is.
    modules
        Ids of its modules.

    Raises
    ------
    SliceError
        If there is no such module, track or part, or it is the whole course.
    """
    there = _in_order(modules)
    ids = tuple(_module_named(word, there) or word for word in wanted.modules)
    if unknown := sorted({id_ for id_ in ids if id_ not in there}):
        named = ", ".join(f"“{id_}”{near(id_, there)}" for id_ in unknown)
        msg = f"no module {named}; there are {', '.join(there)} ({NAMED_BY})"
        raise SliceError(msg)
    if ids and set(ids) == set(there):
        msg = "these are all modules; build the whole course, without --only"
        raise SliceError(msg)
    if wanted.track:
        return replace(wanted, track=_track_named(wanted.track, about))
    if wanted.part:
        return replace(wanted, part=_part_named(wanted.part, about))
    return replace(wanted, modules=ids)


def _module_named(word: str, there: Iterable[str]) -> str | None:
    """Find the module that is meant: by its id, its number, or the name of its folder."""
    word = word.casefold()
    if digits := re.fullmatch(r"m?0*([0-9]{1,3})", word):
        word = f"m{int(digits[1]):02}"
    elif re.fullmatch(r"[a-z]+[0-9]*(-[a-z]+)+", word):
        word = module_of(word)  # and no section, no quiz, no range of modules
    return word if word in there else None


def _track_named(word: str, about: About) -> str:
    titles = {role: about.roles[role].name for role in about.tracks if role in about.roles}
    if found := _named(word, titles):
        return found
    if not about.tracks:
        msg = f"no track “{word}”; the course has no tracks"
        raise SliceError(msg)
    guess = near(word.casefold(), about.tracks) or _guess(word, titles)
    msg = f"no track “{word}”{guess}; there are {', '.join(about.tracks)} ({NAMED_BY})"
    raise SliceError(msg)


def _part_named(word: str, about: About) -> str:
    if found := _named(re.sub(r"^part\s*[:-]?\s*", "", word, flags=re.IGNORECASE), about.parts):
        return found
    several = re.split(r"[,;\s]+", word)
    if len(several) > 1 and all(one in about.parts for one in several):
        msg = f"{len(several)} parts; name one, or the modules of all of them with --only"
        raise SliceError(f"{msg} ({NAMED_BY})")
    guess = near(word, about.parts.values()) or _guess(word, about.parts)
    parts = ", ".join(f"{number} ({title})" for number, title in about.parts.items())
    msg = f"no part “{word}”{guess}; there are {parts}"
    raise SliceError(msg)


def _named(word: str, titles: Mapping[str, str]) -> str | None:
    """Find what is called so, by its id or its title, in letters of any case."""
    word = " ".join(word.casefold().split())
    return next(
        (id_ for id_, title in titles.items() if word in (id_.casefold(), title.casefold())), None
    )


def _guess(word: str, titles: Mapping[str, str]) -> str:
    """Say whose title has these words, where it is one alone."""
    words = set(re.findall(r"\w+", word.casefold()))
    found = [
        id_
        for id_, title in titles.items()
        if words and words <= set(re.findall(r"\w+", title.casefold()))
    ]
    return f" (did you mean {found[0]}?)" if len(found) == 1 else ""


def names_of(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Give what a slice can be named by, before the course is checked.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    dict
        The id and the title of each module, under ``--only``; of each track, under ``--track``; of
        each part, under ``--part``.
    """
    about = read_about(root / "book" / "course.yml", Problems(root))
    titles = {}
    for path in sorted((root / "modules").glob("*/module.md")):
        found = _TITLE.search(path.read_text("utf-8", errors="replace"))
        titles[module_of(path.parent.name)] = found[1] if found else ""
    tracks = about[0].tracks if about else {}
    roles = about[0].roles if about else {}
    return {
        "--only": [(id_, titles[id_]) for id_ in _in_order(titles)],
        "--track": [(id_, roles[id_].name) for id_ in tracks if id_ in roles],
        "--part": list(about[0].parts.items()) if about else [],
    }


def sliced(course: Course, wanted: Wanted) -> Course:
    """Make the part of a course that is wanted.

    Parameters
    ----------
    course
        The whole course, checked.
    wanted
        Which part.

    Returns
    -------
    Course
        With those modules and what they need; all reference parts and job aids; no test of the
        whole course; a certificate for each track that is whole in it.

    Raises
    ------
    SliceError
        If there is no such part, or it is the whole course.
    """
    wanted = check_wanted(wanted, course.about, course.modules)
    ids = _chosen(course, wanted)
    modules = {id_: module for id_, module in course.modules.items() if id_ in ids}
    slice_ = Slice(course, wanted.name, _in_words(course, wanted, ids), wanted.track)
    titled = course.strings.text("slice.title", title=course.about.title, which=slice_.which)
    about = course.about.model_copy(
        update={
            "title": titled,
            "subtitle": course.strings.text("slice.subtitle"),
            "coverage": "modules",
            "modules_planned": len(modules),
        }
    )
    asked = [id_ for id_ in (course.start.items if course.start else ()) if module_of(id_) in ids]
    start = course.start if len(asked) >= _LEAST_TO_START else None
    written = [set(track) & set(course.modules) for track in about.tracks.values()]
    certified = any(track and track <= ids for track in written)
    left_out = {
        *(f"modules/{id_}" for id_ in course.modules if id_ not in ids),
        *(work for id_, bank in course.banks.items() if id_ not in ids for work in bank.worksheets),
        *_read_elsewhere(course, ids),
        *_OF_THE_WHOLE,
        *(() if start else ("start-check",)),
        *(() if certified else _OF_CERTIFICATES),
    }
    return replace(
        course,
        about=about,
        modules=modules,
        banks={id_: bank for id_, bank in course.banks.items() if id_ in ids},
        sessions={id_: plan for id_, plan in course.sessions.items() if id_ in ids},
        agendas={
            name: agenda
            for name, agenda in course.agendas.items()
            if ids.issuperset(agenda.modules)
        },
        pages={
            name: _titled(page, slice_.which, course) if name == course.toc.value["root"] else page
            for name, page in course.pages.items()
            if name not in left_out
        },
        toc=replace(course.toc, value=_contents(course.toc.value, left_out)),
        tests=None,
        start=start.model_copy(update={"items": asked}) if start else None,
        slice=slice_,
    )


def _chosen(course: Course, wanted: Wanted) -> set[str]:
    if wanted.track:
        found = {id_ for id_ in course.about.tracks[wanted.track] if id_ in course.modules}
    elif wanted.part:
        found = {id_ for id_, one in course.modules.items() if str(one.front.part) == wanted.part}
    else:
        found = set(wanted.modules)
    if not found:
        msg = f"nothing of {wanted.name} is written yet"
        raise SliceError(msg)
    if len(found) == len(course.modules):
        msg = f"{wanted.name} has all modules; build the whole course"
        raise SliceError(msg)
    return found


def _in_words(course: Course, wanted: Wanted, ids: set[str]) -> str:
    """Say which part of the course it is, as “Module 6 and Module 9”."""
    strings = course.strings
    if wanted.track:
        return strings.text("slice.track", name=course.about.roles[wanted.track].name)
    if wanted.part:
        return strings.text("part", number=wanted.part, title=course.about.parts[wanted.part])
    labels = [one.label(strings) for id_, one in course.modules.items() if id_ in ids]
    if len(labels) > _MOST_IN_TITLE:
        return strings.text("slice.many", count=len(labels), total=len(course.modules))
    return strings.enumerated(labels)


def _read_elsewhere(course: Course, ids: set[str]) -> set[str]:
    """Name the pages that are read in modules which are left out, and in no other."""
    read: dict[bool, set[str]] = {True: set(), False: set()}
    for id_, module in course.modules.items():
        read[id_ in ids].update(block.argument for block in module.page.of_kind("reading"))
    return read[False] - read[True]


def _titled(page: Page, which: str, course: Course) -> Page:
    """Give the cover with its title: that of the course, and which part of it this is."""
    heading = next(page.of_kind("heading"), None)
    if heading is None:
        return page
    text = course.strings.text("slice.title", title=heading.text, which=which)
    blocks = tuple(
        replace(block, text=text) if block is heading else block for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _contents(toc: Mapping[str, Any], left_out: set[str]) -> dict[str, Any]:
    """Give the contents without some pages, and without a part of which nothing is left."""
    parts = [
        {**part, "chapters": list(_chapters(part["chapters"], left_out))} for part in toc["parts"]
    ]
    return {**toc, "parts": [part for part in parts if part["chapters"]]}


def _chapters(
    chapters: Iterable[Mapping[str, Any]], left_out: set[str]
) -> Iterator[dict[str, Any]]:
    for chapter in chapters:
        under = list(_chapters(chapter.get("sections", ()), left_out))
        if chapter["file"] in left_out:
            yield from under
            continue
        own = {key: value for key, value in chapter.items() if key != "sections"}
        yield {**own, **({"sections": under} if under else {})}
