"""What items and worksheets rest on: the units and the quotations that settle them."""

from __future__ import annotations

from imlcourse.checks.quotations import check_quotation
from imlcourse.checks.roles import check_article, text_of_data
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
    tests = sources.tests
    drawn = set(tests.before_after.items) if tests and tests.before_after else set()
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
        asked_in_tests = {
            item_id
            for quiz in bank.quizzes.values()
            if quiz.mode == "test"
            for item_id in quiz.items
        } | drawn
        for rested in bank.items.values():
            for number, law in enumerate(rested.law):
                line = bank.line(rested.id, ("law", number))
                check_article(law.target, bank.file.path, line, sources)
            if rested.law and rested.id in asked_in_tests:
                sources.problems.add(
                    bank.file.path,
                    bank.line(rested.id, ("law",)),
                    f"{rested.id} is asked in a test and rests on law beside the document; tests "
                    "ask for the document alone, so move it to a practice quiz",
                )
            if rested.dilemma and rested.id in asked_in_tests:
                sources.problems.add(
                    bank.file.path,
                    bank.line(rested.id, ("dilemma",)),
                    f"{rested.id} is asked in a test and is a dilemma, in which good people may "
                    "differ; move it to a practice quiz",
                )
        for work in bank.worksheets.values():
            for place, text in work.role_texts():
                text_of_data(sources, bank.file.path, bank.line(work.id, place), text)
