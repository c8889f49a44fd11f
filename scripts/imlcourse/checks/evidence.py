"""What items and worksheets rest on: the units and the quotations that settle them."""

from __future__ import annotations

from imlcourse.checks.quotations import check_quotation
from imlcourse.checks.roles import text_of_data
from imlcourse.course.sources import Sources
from imlcourse.course.worksheet import Worksheet
from imlcourse.document.quotations import STRETCH
from imlcourse.document.words import words
from imlcourse.items import Item
from imlcourse.items.base import MOST_WORDS


def check_evidence(sources: Sources) -> None:
    """Check the quotations that settle items and worksheets, and the texts of model answers.

    Parameters
    ----------
    sources
        What was read.
    """
    for bank in sources.banks.values():
        resting: list[Item | Worksheet] = [*bank.items.values(), *bank.worksheets.values()]
        for item in resting:
            for place, evidence in item.quotations():
                if evidence.unit not in sources.edition.unit_ids:
                    sources.problems.add(
                        bank.file.path,
                        bank.line(item.id, (*place, "unit")),
                        sources.edition.unknown_unit(evidence.unit),
                    )
                elif STRETCH <= len(words(evidence.quote)) <= MOST_WORDS:
                    # Its length is among the item's own flaws.
                    check_quotation(
                        sources,
                        evidence.unit,
                        evidence.quote,
                        bank.file.path,
                        bank.line(item.id, (*place, "quote")),
                    )
        for work in bank.worksheets.values():
            for place, text in work.role_texts():
                text_of_data(sources, bank.file.path, bank.line(work.id, place), text)
