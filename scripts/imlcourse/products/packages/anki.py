"""The practice questions as cards for Anki."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

_STEPS = ("install", "open", "learn", "rate", "renew")


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.banks.anki_deck import anki_deck
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.questions import questions_of

    questions = questions_of(packing.course, "practice")
    leaflet = Leaflet(questions, "anki", _STEPS, ("cards", "lines"), without=("kept", "hints"))
    return {
        **leaflet.files(),
        f"{packing.name}.apkg": anki_deck(questions),
    }


PACKAGE = Package(
    "anki",
    "cards for Anki",
    _make,
    (Opening("Cards of the practice questions, for Anki and AnkiDroid", "*.apkg"),),
    libraries={"genanki": "genanki"},
)
