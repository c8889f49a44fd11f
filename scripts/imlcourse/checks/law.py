"""Law boxes: each rests on an article, hangs on the document, is short, and has its own title."""

from __future__ import annotations

from pathlib import Path

from imlcourse.course.sources import Sources
from imlcourse.markup.page import Block
from imlcourse.markup.problems import repeated
from imlcourse.markup.roles import ROLE

LONGEST = 140
"""Words of a law box: about a minute’s reading. Who needs more needs the text of the treaty."""


def check_law(sources: Sources) -> None:
    """Check the law boxes of all pages.

    Parameters
    ----------
    sources
        What was read.
    """
    for page in sources.every_page:
        first: dict[str, int] = {}
        for block in page.of_kind("law"):
            _box(page.path, block, sources)
            if block.argument and block.anchor in first:
                what = repeated(
                    f"the title “{block.argument}”",
                    "give this box its own",
                    line=first[block.anchor],
                )
                sources.problems.add(page.path, block.line, what)
            first.setdefault(block.anchor, block.line)


def _box(path: Path, block: Block, sources: Sources) -> None:
    if not block.text.strip():
        return  # reported: a law box needs a text
    roles = {found[1] for found in ROLE.finditer(block.text)}
    if "article" not in roles:
        sources.problems.add(
            path,
            block.line,
            "the law box names no article; write {article}`crc 3` where it says what the law asks",
        )
    if not roles & {"para", "quote"}:
        sources.problems.add(
            path,
            block.line,
            "the law box does not say to which words of the document it belongs; cite the unit, "
            "as in {para}`8`",
        )
    words = len(ROLE.sub("x", block.text).split())
    if words > LONGEST:
        sources.problems.add(
            path,
            block.line,
            f"the law box has {words} words; say it in {LONGEST}, or make two of it",
        )
