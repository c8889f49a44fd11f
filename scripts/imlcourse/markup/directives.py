"""The directives of the course, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Directive:
    """What a directive may hold.

    Attributes
    ----------
    argument
        What stands behind the name, in words for error messages; empty if nothing may.
    required, optional
        Names of its options.
    body
        Whether text belongs in it: ``"needed"``, ``"optional"`` or ``"none"``.
    """

    argument: str = ""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    body: str = "needed"


DIRECTIVES: dict[str, Directive] = {
    "situation": Directive("a title", optional=("drawing", "alt")),
    "example": Directive("a title"),
    "case": Directive(
        "an annex unit such as A30", ("place", "who", "done", "right", "open"), body="optional"
    ),
    "misunderstanding": Directive("the sentence as people say it"),
    "law": Directive("a title"),
    "since": Directive("the id of a fact in book/since.yml", body="none"),
    "keypoints": Directive(),
    "limits": Directive(),
    "diagram": Directive("an SVG file beside the page", ("alt",), ("caption",), body="optional"),
    "picture": Directive("a picture in book/images", ("alt",), ("caption",), body="none"),
    "quiz": Directive("the id of a quiz", body="none"),
    "item": Directive("the id of an item", body="none"),
    "worksheet": Directive("the id of a worksheet", body="none"),
    "office": Directive("ids of fields in book/office.yml", body="none"),
    "reading": Directive("the name of a page of book/", body="none"),
    # What a session plan is made of; see `imlcourse.course.session`.
    "purpose": Directive(),
    "prepare": Directive("week, day or room"),
    "activity": Directive("a title", ("minutes", "method"), ("uses",)),
    "say": Directive(),
    "ask": Directive("the question, as you ask it"),
    "trouble": Directive("what may go wrong"),
    "slide": Directive("a title", optional=("show",), body="optional"),
    "cut": Directive("what to leave out", ("minutes",)),
    "extend": Directive("what to add", ("minutes",)),
    "people": Directive("a number of people: 8, 20 or 40"),
    "sensitive": Directive("hostile, disclosure or content"),
    "cards": Directive("a name for these cards", ("title", "kind")),
    "flipchart": Directive("a name for this flip chart", ("title",)),
}

PICTURES = {".webp": "image/webp", ".png": "image/png"}
"""What a picture may be, by the ending of its file."""

OF_PLANS = (
    "purpose",
    "prepare",
    "activity",
    "say",
    "ask",
    "trouble",
    "slide",
    "cut",
    "extend",
    "people",
    "sensitive",
    "cards",
    "flipchart",
)
"""Directives that belong in a session plan, and nowhere else."""


def of_a_plan(name: str) -> str:
    """Say that a directive stands where no session plan is."""
    return f"{{{name}}} belongs in a session plan; move it to the session.md of the module"
