"""The course for learners: without the pages that are for trainers alone.

Those are the part of the contents in which the session plans stand. Its first page stays, so that
what leads there from the cover leads somewhere, and says where the rest of it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from imlcourse.book.template import About, walk
from imlcourse.course.contents import PLANS
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_markdown
from imlcourse.player.bundle import loaded_later


def sources_for_learners(course: Course, sources: Mapping[str, str]) -> dict[str, str]:
    """Leave out of the sources of the book what is for trainers alone.

    Parameters
    ----------
    course
        The course.
    sources
        As `imlcourse.book.sources.book_sources` gives them.

    Returns
    -------
    dict
        The same for a smaller book; all of them where the course has no pages for trainers.
    """
    about = cast(About, json.loads(sources["course.json"]))
    for part in about["contents"]:
        names = [name for name, _ in walk(part["pages"])]
        if PLANS in names:
            break
    else:
        return dict(sources)
    first, *others = names
    left_out = set(others)
    part["pages"] = part["pages"][:1]
    part["pages"][0]["under"] = []
    for named in (about["labels"], about["parts"], about.get("in_other_language", {})):
        for name in left_out.intersection(named):
            del named[name]
    kept = {path: text for path, text in sources.items() if path.rpartition(".")[0] not in left_out}
    title = inline_markdown(Writer(course).page_title(first))
    kept[f"{first}.md"] = f"# {title}\n\n{course.strings.text('trainers.elsewhere')}\n"
    kept["course.json"] = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    return kept


def without_unused(files: Mapping[str, bytes], whole: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out of a smaller book the scripts and styles that only the pages left out load.

    Parameters
    ----------
    files
        The smaller book.
    whole
        The whole one.
    """
    pages = b"\0".join(data for path, data in files.items() if path.endswith(".html"))
    left_out = b"\0".join(data for path, data in whole.items() if path not in files)
    later = loaded_later()

    def used(path: str) -> bool:
        if not path.startswith("_static/"):
            return True
        name = path.removeprefix("_static/")
        loads = name.encode()
        return name in later or loads not in left_out or loads in pages

    return {path: data for path, data in files.items() if used(path)}
