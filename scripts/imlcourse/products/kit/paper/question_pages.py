"""The question pages of a version: what people read, and may mark; and where each box stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from imlcourse.course.pace import answering_minutes
from imlcourse.items.cloze import GAP_MARK
from imlcourse.products.kit.paper.geometry import OnPage
from imlcourse.products.kit.paper.questions import Line, Question
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.pdf import quoted, runs_of, told, typeset
from imlcourse.products.rich import Para, quiz_text

__all__ = ["QuestionPages", "box_name", "marked_words", "question_pages", "question_source"]

_SHORT, _SHORT_LARGE = 56, 24
"""Choices of a gap that have no more signs together stand side by side."""


@dataclass(frozen=True, slots=True)
class QuestionPages:
    """The question pages of a version.

    Attributes
    ----------
    pdf
        The file.
    pages
        How many there are.
    places
        Where each box stands, by `box_name`.
    """

    pdf: bytes
    pages: int
    places: dict[str, OnPage]


def box_name(question: int, line: int, choice: int) -> str:
    """Name a box: the number of its question, and its places in it, from 0."""
    return f"{question}/{line}/{choice}"


def question_pages(paper: PaperTest, version: str) -> QuestionPages:
    """Set the question pages of a version.

    Parameters
    ----------
    paper
        The test.
    version
        The letter of the version.
    """
    language = paper.course.about.language
    title = paper.strings.text("paper.questions.title", title=paper.test.title, version=version)
    body, draft = _set(paper, version, title)
    side = paper.frame.box
    places = {}
    for one in told(draft, language, "mark"):
        x, y = (round(float(one[axis]), 3) for axis in ("x", "y"))
        places[str(one["name"])] = OnPage(x=x, y=y, w=side, h=side, page=int(one["page"]))
    pages = int(told(draft, language, "pages")[0])
    pdf = typeset(paper.opening(title, _framed(paper, version, pages)) + "\n" + body, language)
    return QuestionPages(pdf, pages, places)


def question_source(paper: PaperTest, version: str) -> str:
    """Write pages of questions that only people read, for Typst.

    Parameters
    ----------
    paper
        The questions.
    version
        The letter of the version.
    """
    title = paper.test.title
    body, draft = _set(paper, version, title)
    pages = int(told(draft, paper.course.about.language, "pages")[0])
    return paper.opening(title, _framed(paper, version, pages)) + "\n" + body


def _set(paper: PaperTest, version: str, title: str) -> tuple[str, str]:
    """Give the questions, and the draft that tells how many pages they have, which each page says.

    A draft tells too which questions are too high for any page.
    """
    high: frozenset[str] = frozenset()
    while True:
        body = "\n".join(_body(paper, version, high))
        draft = paper.opening(title, "#let framed(page) = none") + "\n" + body
        found = high.union(*told(draft, paper.course.about.language, "too-high"))
        if found == high:
            return body, draft
        high = found


def _framed(paper: PaperTest, version: str, pages: int) -> str:
    """Write what stands behind each page."""
    frames = "\n".join(
        f"  [{''.join(_frame(paper, version, page, pages))}]," for page in range(1, pages + 1)
    )
    return f"#let frames = (\n{frames}\n)\n#let framed(page) = frames.at(page - 1)"


def _frame(paper: PaperTest, version: str, page: int, pages: int) -> Iterator[str]:
    return paper.frame.drawn(paper.texts(page, pages), paper.code(version, "questions", page))


def _body(paper: PaperTest, version: str, high: Collection[str]) -> Iterator[str]:
    """Write the questions, of which some are too high for a page."""
    t = paper.strings.text
    size = 1.7 if not paper.large else 1.4
    yield (
        f'#heading(level: 1, text(size: {size}em, weight: "bold", fill: colour, '
        f"{quoted(paper.test.title)}))"
    )
    yield "#v(0.2em)"
    if not paper.alone:
        minutes = answering_minutes(paper.test.items)
        length = paper.strings.plural("paper.how.long", len(paper.test.items), minutes=minutes)
        yield f"#par(strong({quoted(length)}))"
        yield f"#par({quoted(t('paper.how.where'))})"
    yield f"#par({quoted(t('paper.how.single'))})"
    how = t("paper.how.cross", cross="{cross}", filled="{filled}")
    yield f"#par[{marked_words(how)}]"
    if any(question.written for question in paper.versions[version]) and not paper.alone:
        yield f"#par({quoted(t('paper.how.written'))})"
    yield "#v(0.4em)"
    sections = dict(paper.sections)
    for question in paper.versions[version]:
        if question.number in sections:
            yield f"#section-of({quoted(sections[question.number])}, colour)"
        how = _how(paper, question)
        number = str(question.number)
        said = f"how: {quoted(how)}, " if how else ""
        said += "fits: false, " if number in high else ""
        yield (
            f"#question({quoted(number)}, [{runs_of(quiz_text(question.item.stem))}], {said}"
            f"colour: colour)[{''.join(_lines(paper, question))}]"
        )
    yield f"#too-high({paper.frame.height - paper.frame.bottom:g}mm)"
    yield "#context [#metadata(counter(page).final().first())<pages>]"


def marked_words(text: str) -> str:
    """Write a text with the two examples of a box in it."""
    written = ""
    for piece in text.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if piece == "{cross}":
            written += "#example();"
        elif piece == "{filled}":
            written += "#example(taken: true);"
        elif piece:
            written += f"#{quoted(piece)};"
    return written


def _how(paper: PaperTest, question: Question) -> str:
    """Say how a question is answered, where it is not by one mark."""
    t = paper.strings.text
    kinds = {line.kind for line in question.lines}
    kind = question.item.type
    if any(line.several for line in question.lines):
        return t("paper.how.several")
    if kind in ("matching", "categorise", "ordering"):
        return t(f"paper.how.{kind}")
    if kind == "truefalse":
        return t("paper.how.reason" if len(question.lines) > 1 else "paper.how.judge")
    if kinds == {"gap", "written"}:
        return t("paper.how.gaps.alone" if paper.alone else "paper.how.gaps.both")
    if kinds == {"gap"}:
        return t("paper.how.gaps")
    if kinds == {"written"} and paper.alone:
        return t("paper.how.number.alone" if kind == "numeric" else "paper.how.words.alone")
    if kinds == {"written"}:
        return t("paper.how.number" if kind == "numeric" else "paper.how.words")
    return ""


def _lines(paper: PaperTest, question: Question) -> Iterator[str]:
    t = paper.strings.text
    if question.item.passage:
        yield f"#block(below: 1em, par(leading: 0.9em)[{_passage(question.item.passage)}])"
    if question.offered:
        answers = ", ".join(
            f"({quoted(letter)}, [{runs_of(quiz_text(text))}])" for letter, text in question.offered
        )
        yield f"#block(below: 0.9em, breakable: false, offered({answers},))"
    grid = [line for line in question.lines if line.kind == "grid"]
    if grid:
        heads = ", ".join(quoted(choice.label) for choice in grid[0].choices)
        rows = ", ".join(
            f"({quoted(line.label)}, [{runs_of(quiz_text(line.text))}], "
            f"({', '.join(quoted(name) for name in _names(question, at))},))"
            for at, line in enumerate(grid)
        )
        head = t("paper.grid.places") if question.item.type == "ordering" else ""
        yield f"#boxes-grid({quoted(head)}, ({heads},), ({rows},))"
        return
    for at, line in enumerate(question.lines):
        words = _line(paper, question, at, line)
        yield f"#block(above: 0.9em, breakable: {str(len(line.choices) > 7).lower()}, {words})"


def _names(question: Question, line: int) -> list[str]:
    choices = question.lines[line].choices
    return [box_name(question.number, line, at) for at in range(len(choices))]


def _line(paper: PaperTest, question: Question, at: int, line: Line) -> str:
    names = _names(question, at)
    if line.kind == "written":
        trainer = quoted(line.choices[0].label)
        name = "none" if paper.alone else quoted(names[0])
        return f"to-write({quoted(line.label)}, {name}, {trainer})"
    # A choice that is a word, such as True, has no letter; what stands beside it is its name.
    choices = ", ".join(
        f"({quoted(name)}, {quoted(choice.label)}, [{runs_of(quiz_text(choice.text))}])"
        for name, choice in zip(names, line.choices, strict=True)
    )
    if line.kind == "gap" or not any(choice.text for choice in line.choices):
        signs = sum(len(choice.label + choice.text) + 4 for choice in line.choices)
        if signs <= (_SHORT_LARGE if paper.large else _SHORT):
            return f"in-a-row({quoted(line.label)}, {choices})"
        return f"below-one-another({quoted(line.label)}, {choices})"
    if line.label:
        return f"stack(spacing: 0.8em, {quoted(line.label)}, options({choices}))"
    return f"options({choices})"


def _passage(text: str) -> str:
    """Write a text with its gaps; emphasis may go over a gap."""
    written = ""
    for run in quiz_text(text).runs:
        for at, piece in enumerate(GAP_MARK.split(run.text)):
            if at % 2:
                written += f"#gap({quoted(piece)});"
            elif piece:
                written += runs_of(Para((replace(run, text=piece),)))
    return written
