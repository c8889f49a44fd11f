"""Quotations: word for word those of the document, and short."""

from __future__ import annotations

from pathlib import Path

from imlcourse.course.sources import Sources
from imlcourse.document.quotations import STRETCH
from imlcourse.document.words import words
from imlcourse.items.base import MOST_WORDS


def check_quotation(sources: Sources, unit_id: str, quotation: str, path: Path, line: int) -> None:
    """Check a quotation against the document's index and report where it departs.

    Parameters
    ----------
    sources
        What was read, with the index.
    unit_id
        A unit that exists.
    quotation
        The words quoted.
    path, line
        Where it stands.
    """
    index = sources.index_for(path)
    if index is None:
        return
    quoted = words(quotation)
    report = sources.problems.add
    if not STRETCH <= len(quoted) <= MOST_WORDS:
        report(
            path,
            line,
            f"the quotation has {len(quoted)} words; quote {STRETCH} to "
            f"{MOST_WORDS} of them, so that it can be checked and stays short",
        )
        return
    verdict = index.check(unit_id, quotation)
    if verdict.found:
        return
    what = f"the quotation does not stand in unit {unit_id}: "
    if verdict.elsewhere:
        what += f"it stands in {', '.join(verdict.elsewhere)}; cite that unit"
    else:
        departs = verdict.departs or range(STRETCH)
        if sources.document:
            departs = _departure(quoted, words(sources.document.units[unit_id].text))
        at = departs.start
        before = " ".join(quoted[max(0, at - 3) : at])
        what += (
            f"it departs {'at' if len(departs) == 1 else 'within'} "
            f"“{' '.join(quoted[at : departs.stop])}”"
            + (f", after “{before}”" if before else "")
            + "; restore the words of the document"
        )
    report(path, line, what)


def _departure(quoted: list[str], text: list[str]) -> range:
    """Find the first word that departs, with the text at hand."""
    longest = 0
    for at in range(len(text)):
        same = 0
        while same < len(quoted) and at + same < len(text) and quoted[same] == text[at + same]:
            same += 1
        longest = max(longest, same)
    return range(longest, longest + 1)
