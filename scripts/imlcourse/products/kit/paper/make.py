"""All files of a test on paper: question pages, answer sheets and keys by version, and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from imlcourse.products.kit.names import fit_name
from imlcourse.products.kit.paper.answer_sheet import AnswerSheet
from imlcourse.products.kit.paper.asked import ITEMS
from imlcourse.products.kit.paper.geometry import (
    BoxPlace,
    LinePlace,
    OnPage,
    QuestionPlace,
    TestPlaces,
    VersionPlaces,
)
from imlcourse.products.kit.paper.key import key_sheet
from imlcourse.products.kit.paper.question_pages import QuestionPages, box_name, question_pages
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.pdf import typeset, write_pdf

__all__ = ["PaperFile", "paper_files", "person_codes", "question_list"]

_COLUMNS = ("test", "version", "question", "item", "order")
"""What the list of questions says, by which answers that a person types are read."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file of a test on paper.

    Attributes
    ----------
    kind
        ``questions``, ``answers``, ``people``, ``key``, ``crossed``, ``list`` or ``places``.
    version
        The letter of its version; empty for all.
    name
        What it is called.
    data
        Its content.
    """

    kind: str
    version: str
    name: str
    data: bytes


def person_codes(people: int, first: int = 1) -> list[str]:
    """Give the codes that are printed for so many people, from the number of the first."""
    return [f"{number:04d}" for number in range(first, first + people)]


def paper_files(paper: PaperTest, people: int = 0, first: int = 1) -> list[PaperFile]:
    """Make all files of a test on paper.

    Parameters
    ----------
    paper
        The test.
    people
        For how many people answer sheets with their codes are made, version by version in turn;
        with 0, one sheet of each version, in which people fill in a code.
    first
        The number of the first of them, where others have a form of their own.
    """
    t = paper.strings.text
    files, places = [], {}

    def named(key: str, version: str = "", ending: str = "pdf") -> str:
        return f"{fit_name(t(f'paper.file.{key}', version=version))}.{ending}"

    for version in paper.versions:
        pages, sheet = question_pages(paper, version), AnswerSheet(paper, version)
        key = write_pdf(key_sheet(paper, version))
        files += [
            PaperFile("questions", version, named("questions", version), pages.pdf),
            PaperFile("answers", version, named("answers", version), sheet.pdf()),
            PaperFile("key", version, named("key", version), key),
            PaperFile("crossed", version, named("crossed", version), sheet.pdf(key=True)),
        ]
        places[version] = _version_places(paper, version, pages, sheet)
    if people:
        files.append(PaperFile("people", "", named("people"), _for_people(paper, people, first)))
    about, frame = paper.course.about, paper.frame
    file = TestPlaces(
        course=about.id,
        course_version=about.version,
        language=about.language,
        test=paper.test.name,
        title=paper.test.title,
        form=paper.form,
        seed=paper.test.seed,
        paper=paper.paper,
        large=paper.large,
        frame=frame.places(),
        versions=places,
    )
    listed = question_list(paper).encode()
    files.append(PaperFile("list", "", named("list", ending="csv"), listed))
    data = (file.model_dump_json(indent=1) + "\n").encode()
    files.append(PaperFile("places", "", named("places", ending="json"), data))
    return files


def question_list(paper: PaperTest) -> str:
    """List which question of which version is which item, with the order of its options.

    A report on a group reads answers typed from sheets by this list. The order is told in the
    letters that the options have in the course.
    """
    rows = [",".join(_COLUMNS)]
    for version, questions in paper.versions.items():
        for question in questions:
            order = ""
            if len(question.order) == 1:
                ((group, shown),) = question.order.items()
                there = paper.course.orders[question.item.id][group]
                order = "".join(ascii_lowercase[there.index(place)] for place in shown)
            test = "practice" if paper.test.name == ITEMS else paper.test.name
            cells = (test, version, str(question.number), question.item.id, order)
            rows.append(",".join(cells))
    return "\n".join(rows) + "\n"


def _for_people(paper: PaperTest, people: int, first: int) -> bytes:
    """Set a sheet for each person; who sit side by side have another version."""
    title = paper.strings.plural("paper.answers.people", people, title=paper.test.title)
    sheets = {version: AnswerSheet(paper, version) for version in paper.versions}
    source = [paper.opening(title)]
    letters = list(sheets)
    for number, code in enumerate(person_codes(people, first)):
        source += sheets[letters[number % len(letters)]].sheets([code])
    return typeset("\n".join(source), paper.course.about.language)


def _version_places(
    paper: PaperTest, version: str, pages: QuestionPages, sheet: AnswerSheet
) -> VersionPlaces:
    answers = sheet.places
    return VersionPlaces(
        question_pages=pages.pages,
        answer_pages=len(sheet.pages),
        questions=list(_question_places(paper, version, pages.places, answers)),
    )


def _question_places(
    paper: PaperTest, version: str, here: dict[str, OnPage], there: dict[str, OnPage]
) -> Iterator[QuestionPlace]:
    for question in paper.versions[version]:
        lines = []
        for at, line in enumerate(question.lines):
            names = [box_name(question.number, at, one) for one in range(len(line.choices))]
            boxes = [
                BoxPlace(
                    label=choice.label,
                    answer=choice.answer,
                    on_questions=here[name],
                    on_answers=there[name],
                )
                for name, choice in zip(names, line.choices, strict=True)
            ]
            written = line.kind == "written"
            lines.append(
                LinePlace(part=line.part, several=line.several, written=written, boxes=boxes)
            )
        item = question.item
        yield QuestionPlace(
            number=question.number,
            item=item.id,
            item_version=item.version,
            type=item.type,
            lines=lines,
        )
