"""Where links of a notebook lead when it is handed out: the pages of the book are not beside it.

A citation and a term lead to a note at the end of the same notebook; a module leads to its own
notebook, in the same folder. What is neither is named without a link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from imlcourse.course.glossary import Term
from imlcourse.course.model import Course
from imlcourse.html.citation import headed
from imlcourse.html.links import Links
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_text

__all__ = ["BesideLinks", "NoteLinks", "to_heading"]


def to_heading(words: str) -> str:
    """Give the address of a heading in a notebook, by its words, as Jupyter makes it."""
    return "#" + quote(inline_text(words).replace(" ", "-"))


@dataclass(frozen=True)
class BesideLinks(Links):
    """Links to the notebooks that lie beside this one, and to nothing else.

    Parameters
    ----------
    sections
        For each module that has a notebook, the titles of its sections by label.
    """

    sections: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, course: Course) -> BesideLinks:
        """Give the links of a quiz, which may stand in any notebook beside those of a course."""
        return cls(_sections(course))

    def module(self, module_id: str, section: str = "") -> str:  # noqa: D102
        title = self.sections[module_id].get(section)
        return f"{module_id}.ipynb" + (to_heading(title) if title else "")


def _sections(course: Course) -> dict[str, dict[str, str]]:
    return {
        module.id: {
            section.id: course.strings.text("section.heading", number=number, title=section.title)
            for number, section in enumerate(module.sections, 1)
        }
        for module in course.modules.values()
    }


@dataclass(frozen=True)
class NoteLinks(BesideLinks):
    """Links of a module's notebook: besides, to notes at its end.

    Parameters
    ----------
    strings
        The texts of the interface.
    glossary
        Terms by id.
    units, terms
        What is noted: each unit and each term that was linked, in the order of their first links.
    """

    strings: Strings = field(kw_only=True)
    glossary: Mapping[str, Term] = field(kw_only=True)
    units: dict[str, None] = field(default_factory=dict, kw_only=True)
    terms: dict[str, None] = field(default_factory=dict, kw_only=True)

    @classmethod
    def of(cls, course: Course) -> NoteLinks:
        """Give the links of a notebook of a course, with nothing noted yet."""
        return cls(_sections(course), strings=course.strings, glossary=course.glossary)

    def unit(self, unit_id: str) -> str:  # noqa: D102
        self.units.setdefault(unit_id)
        return to_heading(headed(unit_id, self.strings))

    def term(self, term_id: str) -> str:  # noqa: D102
        self.terms.setdefault(term_id)
        return to_heading(self.glossary[term_id].term)


@dataclass(frozen=True)
class NotedLinks(BesideLinks):
    """Links between the notes: to those that are there already."""

    noted: NoteLinks = field(kw_only=True)

    def unit(self, unit_id: str) -> str:
        return self.noted.unit(unit_id) if unit_id in self.noted.units else ""

    def term(self, term_id: str) -> str:
        return self.noted.term(term_id) if term_id in self.noted.terms else ""
