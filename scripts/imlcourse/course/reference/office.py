"""Our rule here: what only an office can know, as fields that each office fills in for itself.

The course teaches what holds everywhere. The number to call, the law that binds and the day by
which something must be done are an office's own. Each of them is a field: named here once, shown
in job aids, in situations and in modules, written by the office, and the same wherever it stands.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck
from imlcourse.markup.fields import Data, Note, Words
from imlcourse.markup.yamlfile import Place

Kind = Literal["number", "law", "deadline"]
"""Whom to call; what the law says and where; by when."""
MOST: dict[Kind, int] = {"number": 120, "law": 600, "deadline": 120}
"""How many characters a field holds: a number stands on one line of a printed sheet."""


class OfficeField(Data):
    """Something that an office writes down once.

    Attributes
    ----------
    id
        Its id, by which pages, situations and an office's file name it.
    kind
        What it holds: it decides how long it may be.
    name
        What stands before it.
    hint
        What to write into it, where its name does not say so.
    """

    id: Id
    kind: Kind
    name: Words
    hint: Note = ""


class Office(Part):
    """``book/office.yml``: the fields that an office fills in.

    Attributes
    ----------
    kinds
        What the kinds of fields are called, in the order in which they are shown.
    fields
        The fields.
    """

    kinds: dict[Kind, Words]
    fields: list[OfficeField] = Field(min_length=1)

    def check(self, check: PartCheck) -> None:  # noqa: D102
        entries = [(at, one) for at, one in enumerate(self.fields)]
        check.all_once((_place(at, "id"), one.id) for at, one in entries)
        for at, one in entries:
            if one.kind not in self.kinds:
                check.report(
                    _place(at, "kind"), f"no kind “{one.kind}” under `kinds`; say what it is called"
                )
        used = {one.kind for one in self.fields}
        for kind in self.kinds:
            if kind not in used:
                check.report(
                    ("kinds", kind), f"no field is of the kind “{kind}”; write one, or delete it"
                )

    def by_id(self) -> dict[str, OfficeField]:
        """Give the fields by id; of two with the same, the first."""
        found: dict[str, OfficeField] = {}
        for one in self.fields:
            found.setdefault(one.id, one)
        return found


def _place(at: int, name: str) -> Place:
    return ("fields", at, name)
