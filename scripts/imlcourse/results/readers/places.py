"""The file of places that ``course sheets`` makes beside the sheets of a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from imlcourse.results.intake import Intake, SheetQuestion, Source
from imlcourse.results.readers.base import Reader, open_text
from imlcourse.results.readers.questions import learned

__all__ = ["PlacesReader"]


class PlacesReader(Reader):
    """Learns from it which question of which version is which item."""

    endings: ClassVar[tuple[str, ...]] = (".json",)

    def recognises(self, beginning: str) -> bool:
        """Know it by the names it begins with; no statement has them."""
        start = beginning[:2000]
        return start.lstrip().startswith("{") and '"form"' in start and '"versions"' in beginning

    def learn(self, source: Source, intake: Intake) -> None:
        """Learn the questions of its sheets."""
        try:
            with open_text(source.path) as stream:
                told = json.load(stream)
            found = _questions(told)
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            what = "the file of places makes no sense; make the sheets anew with the same seed"
            intake.problem(source, 0, what)
            return
        agreed = [learned(intake.questions, place, one) for place, one in found.items()]
        if not all(agreed):
            what = (
                f"another file tells of other sheets of {told['test']}; give the one that was used"
            )
            intake.problem(source, 0, what)

    def read(self, source: Source, intake: Intake) -> None:
        """Give nothing: it tells of questions, and of no answer."""


def _questions(told: Mapping[str, Any]) -> dict[tuple[str, str, str], SheetQuestion]:
    """Give the questions of sheets; see `imlcourse.products.kit.paper.geometry.TestPlaces`."""
    found: dict[tuple[str, str, str], SheetQuestion] = {}
    for letter, version in told["versions"].items():
        for one in version["questions"]:
            labels = [(b["label"], b["answer"]) for line in one["lines"] for b in line["boxes"]]
            if one["type"] not in ("single", "multiple", "truefalse"):
                labels = []
            pairs = tuple((str(label).lower(), str(answer)) for label, answer in labels)
            if len(dict(pairs)) < len(pairs):
                pairs = ()
            place = (str(told["test"]), str(letter).lower(), str(one["number"]))
            found[place] = SheetQuestion(str(one["item"]), "", str(one["item_version"]), pairs)
    return found
