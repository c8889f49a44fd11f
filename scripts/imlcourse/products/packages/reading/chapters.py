"""The chapters of the book to read: the finished pages, and beside each its answers.

The pages are those of learners. What only a screen can do is left out: progress, search,
certificates. So are the pre-test, the post-test and the start check, whose answers would be legible
to everyone who is going to take them. The final test stands here as one draw of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from imlcourse.course.contents import PAGES_BY_NAME, PLANS, files_of
from imlcourse.course.model import Course
from imlcourse.html.compose import Markup
from imlcourse.html.items.quiz import answer_part, quiz_html
from imlcourse.html.items.sheet import Sheet
from imlcourse.html.links import BookLinks
from imlcourse.html.writer import Writer, module_label
from imlcourse.items.blueprint import draw
from imlcourse.items.shared import module_of
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.tidying import Target, tidy
from imlcourse.products.packages.reading.tree import (
    classes,
    element,
    first,
    parents,
    parsed,
    removed,
    words_of,
)

__all__ = ["Chapter", "Part", "Reading", "reading_of"]

FINAL = "final-test"
_SEED = 1
_OF_THE_SCREEN = {"for-learners", "for-trainers", "group-results", "offline", "other-shapes", PLANS}
"""Pages about the course in a browser, or for trainers."""
_TEXT = re.compile(r"""<article class=["']?iml-text\b.*</article>""", re.DOTALL)


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Attributes
    ----------
    name
        The name of its page, such as ``modules/m06``.
    title
        Its title as plain text.
    label
        Which module it is, as in “Module 6”; empty for none.
    body
        Its elements, from its heading on.
    """

    name: str
    title: str
    label: str
    body: ET.Element

    @property
    def full_title(self) -> str:
        """Its title, with the number of the module that it is."""
        return f"{self.label}: {self.title}" if self.label else self.title

    def sections(self) -> Iterator[tuple[str, str]]:
        """Give the ids and titles of its sections, those that have an id."""
        for node in self.body.iter("section"):
            heading = next((one for one in node if one.tag == "h2"), None)
            if heading is not None and node.get("id"):
                yield node.get("id", ""), words_of(heading)


@dataclass(frozen=True)
class Part:
    """A part of the contents: its title and its chapters."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Reading:
    """The book to read.

    Attributes
    ----------
    course
        The course.
    parts
        Its parts, with the answers as the last.
    answers
        The chapter of answers by the name of the page that asks.
    """

    course: Course
    parts: tuple[Part, ...]
    answers: Mapping[str, Chapter] = field(default_factory=dict)

    def chapters(self) -> Iterator[Chapter]:
        """Give all chapters, in their order."""
        for part in self.parts:
            yield from part.chapters

    def ids(self) -> dict[str, set[str]]:
        """Give the ids of each chapter, by its name."""
        return {
            one.name: {node.get("id", "") for node in one.body.iter()} - {""}
            for one in self.chapters()
        }


def reading_of(packing: Packing, only: Collection[str] = ()) -> Reading:
    """Make the book to read.

    Parameters
    ----------
    packing
        The course and its finished pages.
    only
        Names of the pages that it has; all of them if none is named.
    """
    course, parts, answers = packing.course, [], {}
    for part in course.toc.value["parts"]:
        chapters = []
        for name in files_of(part["chapters"]):
            page = f"{name}.html"
            if not _is_read(name) or page not in packing.book or (only and name not in only):
                continue
            chapter, told = _Page(course, name, packing.book[page].decode("utf-8")).read()
            chapters.append(chapter)
            if told:
                answers[name] = told
        if chapters:
            parts.append(Part(str(part["caption"]), tuple(chapters)))
    if answers:
        title = course.strings.text("reading.answers")
        parts.append(Part(title, tuple(answers.values())))
    return Reading(course, tuple(parts), answers)


def answers_name(name: str) -> str:
    """Name the chapter with the answers to what a page asks."""
    return f"{name}-answers"


def _is_read(name: str) -> bool:
    if name == FINAL:
        return True
    made = PAGES_BY_NAME.get(name)
    return name not in _OF_THE_SCREEN and not (made and made.script_name)


class _Page:
    """Takes a finished page apart into what it says and what it answers."""

    def __init__(self, course: Course, name: str, html: str) -> None:
        self._course, self._name = course, name
        self._strings = course.strings
        base = "../" * name.count("/")
        self._writer = Writer(course, BookLinks(base))
        # What stands around the text is a fifth of a page, and slow to read.
        text = _TEXT.search(html)
        found = first(parsed(text[0] if text else html), "iml-text")
        assert found is not None, f"{name} has no text"
        self._text = found
        self._entries: list[tuple[str, list[ET.Element]]] = []
        self._asked = 0

    def read(self) -> tuple[Chapter, Chapter | None]:
        """Give the chapter, and that of its answers if it asks something."""
        course, name = self._course, self._name
        module = next((one for one in course.modules.values() if name == f"modules/{one.id}"), None)
        if name == FINAL:
            self._draw_final_test()
        for quiz in [one for one in self._text.iter() if "iml-quiz" in classes(one)]:
            self._take_answers(quiz)
        self._take_models()
        body = ET.Element("div", {"class": "iml-chapter"})
        body.extend(list(self._text))
        tidy(name, body)
        heading = next(body.iter("h1"))
        title = words_of(heading)
        label = module_label(module, self._strings) if module else ""
        chapter = Chapter(name, title, label, body)
        if not self._entries:
            return chapter, None
        return chapter, self._answers(chapter)

    def _answers(self, asked: Chapter) -> Chapter:
        name = answers_name(self._name)
        title = asked.label or asked.title
        whole = element("div", class_="iml-chapter iml-answers")
        inner = element("section", element("h1", self._strings.text("reading.of", title=title)))
        for at, (quiz, entries) in enumerate(self._entries, start=1):
            inner.append(element("section", element("h2", quiz), *entries, id=f"answers-{at}"))
        whole.append(inner)
        tidy(self._name, whole)
        return Chapter(name, words_of(inner[0]), "", whole)

    def _take_answers(self, quiz: ET.Element) -> None:
        heading = first(quiz, "iml-quiz-title")
        title = words_of(heading) if heading is not None else self._strings.text("items.alone")
        entries = []
        for item in [one for one in quiz.iter() if "data-iml-item" in one.attrib]:
            told, hint = None, None
            for parent, child in parents(item):
                if "iml-answer" in classes(child):
                    told = removed(parent, child)
                elif "iml-hint" in classes(child):
                    hint = removed(parent, child)
            told = told if told is not None else self._told(item)
            entries.append(self._entry(item.get("id", ""), self._numbered(item), hint, told))
            item.append(self._lead(item.get("id", ""), self._strings.text("reading.answer")))
        if entries:
            self._entries.append((title, entries))

    def _numbered(self, item: ET.Element) -> str:
        """Give an item a number of its page, by which people can speak of it; and say it."""
        self._asked += 1
        words = self._strings.text("items.number", number=self._asked)
        number = first(item, "iml-number")
        if number is not None:
            number[:], number.text = [], words
        return words

    def _told(self, node: ET.Element) -> ET.Element:
        """Draw the answer to an item of a test, which the page has sealed."""
        item = next(one for one in self._course.items if one.id == node.get("data-iml-item"))
        sheet = Sheet(
            node.get("id", ""),
            self._course.orders.get(item.id, {}),
            self._writer.cite,
            self._strings,
            item.language,
            self._writer.told(module_of(item.id)),
        )
        drawn = answer_part(item, sheet, self._writer.reading_place(item.id))
        return parsed(str(drawn))[0]

    def _entry(
        self, asked: str, number: str, hint: ET.Element | None, told: ET.Element
    ) -> ET.Element:
        back = element("a", number, href=f"#{asked}", class_="iml-back")
        entry = element("div", element("p", back, class_="iml-entry-number"), class_="iml-key")
        entry.set("id", _answer_id(asked))
        if hint is not None:
            words = [one for one in hint if one.tag != "summary"]
            lead = element("strong", self._strings.text("reading.hint"))
            for one in words:
                one.text = f" {one.text or ''}"
                said, one.text = one.text, None
                one.insert(0, lead)
                lead.tail = said
                one.set("class", "iml-hinted")
            entry.extend(words)
        entry.extend([one for one in told if one.tag != "summary"])
        return entry

    def _lead(self, asked: str, words: str) -> ET.Element:
        page = self._name.rpartition("/")[2]
        href = f"{answers_name(page)}.html#{_answer_id(asked)}"
        return element("p", element("a", words, href=href), class_="iml-to-answer")

    def _take_models(self) -> None:
        """Put the model answer of a worksheet with the answers."""
        for parent, child in parents(self._text):
            if "iml-model" in classes(child):
                summary = next(iter(child))
                work = parent.get("id") or self._name.rpartition("/")[2]
                title = words_of(summary)
                parent.insert(list(parent).index(child), self._lead(work, title))
                removed(parent, child)
                back = element("a", self._strings.text("reading.back"), href=f"#{work}")
                entry = element("div", *[one for one in child if one is not summary])
                entry.append(element("p", back))
                entry.set("id", _answer_id(work))
                entry.set("class", "iml-key")
                self._entries.append((title, [entry]))

    def _draw_final_test(self) -> None:
        """Put a draw of the test in the place of all that it may ask."""
        course = self._course
        assert course.tests is not None
        final = course.tests.final
        pool = course.drawn_from(final)
        by_id = {item.id: item for item in pool}
        drawn = [by_id[id_] for id_ in draw(pool, final.blueprint, _SEED, {})]
        html: Markup = quiz_html(
            FINAL,
            None,
            drawn,
            course.orders,
            self._writer.cite,
            self._strings,
            mode="test",
            read=self._writer.reading_place,
        )
        for parent, child in parents(self._text):
            if "iml-quiz" in classes(child):
                at = list(parent).index(child)
                removed(parent, child)
                said = self._strings.text(
                    "reading.final", count=len(drawn), percent=final.pass_mark
                )
                section = [one for one in parent if one.tag == "h1"]
                for one in list(parent)[:at]:
                    if one not in section:
                        removed(parent, one)
                parent.extend([element("p", said), parsed(str(html))[0]])


def _answer_id(asked: str) -> str:
    return f"a-{asked}"


def target_of(name: str, ids: Mapping[str, Collection[str]], fragment: str) -> Target | None:
    """Say what a link leads to: the page itself where it has no such element; ``None`` if gone."""
    if name not in ids:
        return None
    return name, fragment if fragment in ids[name] else ""
