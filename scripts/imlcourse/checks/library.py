"""The reference parts: units, quotations and roles of their data files, and facts since 2009."""

from __future__ import annotations

from pathlib import Path

from imlcourse.checks.quotations import check_quotation
from imlcourse.checks.roles import text_of_data
from imlcourse.course.sources import Sources
from imlcourse.course.translation import beside
from imlcourse.markup.page import Block


def check_library(sources: Sources) -> None:
    """Check what the reference parts rest on: units, quotations, roles in their texts.

    Parameters
    ----------
    sources
        What was read.
    """
    problems, library = sources.problems, sources.library
    for file, place, unit_id in library.units():
        if unit_id not in sources.edition.unit_ids:
            problems.add(file.path, file.line(place), sources.edition.unknown_unit(unit_id))
    for file, quotation in library.quotations():
        if quotation.unit in sources.edition.unit_ids:
            line = file.line(quotation.place)
            check_quotation(sources, quotation.unit, quotation.words, file.path, line)
    for file, place, text in library.texts():
        text_of_data(sources, file.path, file.line(place), text)
    placed = {block.argument for page in sources.every_page for block in page.of_kind("since")}
    whole = sources.names.complete("module")
    untold = set(sources.names.unused("fact", placed) if whole else ())
    for at, fact in enumerate(library.since.facts if library.since else ()):
        if fact.id in untold:
            file = library.files["since"]
            problems.add(
                file.path,
                file.line(("facts", at, "id")),
                f"the fact {fact.id} is told in no module; place it with :::{{since}} {fact.id}",
            )
    atlas = sources.library.atlas
    known = atlas and atlas.says.unit in sources.edition.unit_ids
    if atlas and known and sources.about and sources.about.coverage == "whole":
        # The paragraph that introduces the annex tells of no activity.
        covered = {atlas.says.unit, *(activity.unit for activity in atlas.activities)}
        for unit_id in sources.edition.part_of(atlas.says.unit).paragraph_ids:
            if unit_id not in covered:
                file = sources.library.files["atlas"]
                problems.add(
                    file.path,
                    file.line(("activities",)),
                    f"the activity of {unit_id} is not here; write it",
                )


def check_glossary(sources: Sources) -> None:
    """Check the roles in the definitions of terms, and in what the digest says of units.

    Parameters
    ----------
    sources
        What was read.
    """
    path = beside(sources.root / "book" / "glossary.yml", sources.translated_into)
    for term in sources.glossary.values():
        text_of_data(sources, path, sources.glossary_lines[term.id], term.definition)
    digest, file = sources.digest, sources.digest_file
    if digest is None or file is None:
        return
    for unit_id, entry in digest.units.items():
        line = file.line(("units", unit_id, "digest"))
        text_of_data(sources, file.path, line, entry.digest)


def check_since(path: Path, block: Block, sources: Sources) -> None:
    """Check that the fact that a block tells is among the facts since 2009.

    Parameters
    ----------
    path
        The page.
    block
        The block.
    sources
        What was read.
    """
    if block.argument:
        sources.names.report_missing(
            "fact",
            block.argument,
            path,
            block.line,
            f"no fact “{block.argument}” in book/since.yml",
            "write it there, with its source",
        )
