"""The learners' copy: the book without what is for trainers alone, and nothing in it missing."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

from imlcourse.book.learners import without_unused

TRAINERS = ("session-", "group-results", "trainers-guide", "other-shapes")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_lacks_the_pages_for_trainers_and_nothing_else(
    learners_copy: Path, offline: Path
) -> None:
    left_out = names(offline) - names(learners_copy)
    pages = {name for name in left_out if name.endswith(".html")}
    assert pages == {name for name in names(offline) if name.startswith(TRAINERS)}
    assert len(pages) > 14
    # What only they load is not there either.
    assert left_out - pages == {
        "_static/group.css", "_static/group.js", "_static/notes.js", "_static/sessions.css"
    }  # fmt: skip
    assert names(learners_copy) <= names(offline)


def test_every_link_and_every_file_that_a_page_loads_is_there(learners_copy: Path) -> None:
    there = names(learners_copy)
    lost = set()
    for page in learners_copy.rglob("*.html"):
        found = re.findall(r"\b(?:href|src)=(\"[^\"]*\"|[^\s>]+)", page.read_text("utf-8"))
        for link in {urldefrag(one.strip('"')).url for one in found} - {"", "#"}:
            if re.match(r"[a-z]+:", link):
                continue
            target = (page.parent / unquote(link)).resolve()
            if target.relative_to(learners_copy.resolve()).as_posix() not in there:
                lost.add((page.name, link))
    assert lost == set()


def test_the_page_for_trainers_says_where_theirs_are(learners_copy: Path) -> None:
    text = (learners_copy / "for-trainers.html").read_text("utf-8")
    assert "There is a copy for trainers too." in text
    assert "<h1>For trainers" in text


def test_a_search_finds_no_page_that_is_not_there(learners_copy: Path) -> None:
    from imlcourse.book.search_index import read_index

    script = (learners_copy / "search-index.js").read_text("utf-8")
    found = {entry.address.partition("#")[0] for entry in read_index(script)}
    assert found and found <= names(learners_copy)


def test_a_script_that_another_page_loads_stays() -> None:
    whole = {
        "plan.html": b"<script src=_static/a.js></script><script src=_static/b.js></script>",
        "index.html": b"<script src=_static/b.js></script>",
        "_static/a.js": b"",
        "_static/b.js": b"",
    }
    smaller = {path: data for path, data in whole.items() if path != "plan.html"}
    assert set(without_unused(smaller, whole)) == {"index.html", "_static/b.js"}
