"""The trainer's key of a version: the right answers at a glance, then why, question by question."""

from __future__ import annotations

from collections.abc import Iterator

from imlcourse.html.citation import cited
from imlcourse.html.writer import Writer, module_label
from imlcourse.items.cloze import GAP_MARK
from imlcourse.items.parts import ChoicePart, ItemPart, JudgementPart
from imlcourse.markup.inline import inline_text
from imlcourse.markup.roles import role_article
from imlcourse.products.kit.paper.questions import Line, Question
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.sheet import Box, Grid, Heading, NewPage, Piece, Prose, Sheet
from imlcourse.products.rich import Para, Run, plain, quiz_text

__all__ = ["key_sheet", "reasons_of"]

_ACROSS = 2
"""How many questions stand side by side among the right answers."""


def key_sheet(paper: PaperTest, version: str) -> Sheet:
    """Lay out the key of a version.

    Parameters
    ----------
    paper
        The test.
    version
        The letter of the version.
    """
    about, t = paper.course.about, paper.strings.text
    course = inline_text(about.title)
    return Sheet(
        title=t("paper.key.title", title=paper.test.title, version=version),
        subtitle=paper.strings.plural(
            "paper.key.subtitle", len(paper.test.items), seed=paper.test.seed
        ),
        above=course,
        below=t("paper.key.foot", form=paper.form),
        language=about.language,
        colour=paper.colour,
        paper=paper.paper,
        date=about.date,
        author=course,
        pieces=tuple(_Key(paper, version).pieces()),
    )


def reasons_of(paper: PaperTest, version: str, title: str) -> Iterator[Piece]:
    """Give the right answers at a glance, then why, below a title; nothing of how to score.

    Parameters
    ----------
    paper
        The questions.
    version
        The letter of the version.
    title
        What the questions are called.
    """
    key = _Key(paper, version)
    yield Heading(1, title)
    yield key.answers()
    for question in key.questions:
        yield from key.reasons(question)


class _Key:
    def __init__(self, paper: PaperTest, version: str) -> None:
        self.paper = paper
        self.questions = paper.versions[version]
        self.strings = paper.strings
        self.t = paper.strings.text
        self.writer = Writer(paper.course)

    def pieces(self) -> Iterator[Piece]:
        yield Box("care", self.t("paper.key.care"), paras=(plain(self.t("paper.key.care.how")),))
        yield Heading(1, self.t("paper.key.answers"))
        yield self.answers()
        yield Heading(1, self.t("paper.key.scoring"))
        yield Prose(tuple(Para(one.runs, "ul") for one in self._scoring()))
        yield NewPage()
        yield Heading(1, self.t("paper.key.reasons"))
        for question in self.questions:
            yield from self.reasons(question)

    # --- right answers ----------------------------------------------------------------------

    def answers(self) -> Grid:
        """Lay out the right answers, in columns that are read from top to bottom."""
        rows = -(-len(self.questions) // _ACROSS)
        laid = []
        for at in range(rows):
            cells: list[tuple[Para, ...]] = []
            for column in range(_ACROSS):
                place = column * rows + at
                if place < len(self.questions):
                    question = self.questions[place]
                    cells += [
                        (plain(str(question.number), bold=True),),
                        (plain(self._right(question)),),
                        (plain(question.item.id),),
                    ]
                else:
                    cells += [(Para(()),)] * 3
            laid.append(tuple(cells))
        head = ("paper.key.number", "paper.key.right", "paper.key.item")
        return Grid("", tuple(map(self.t, head)) * _ACROSS, tuple(laid), (0.6, 3.0, 1.2) * _ACROSS)

    def _right(self, question: Question) -> str:
        many = len(question.lines) > 1
        return self.t("paper.key.between").join(
            " ".join(filter(None, [line.label if many else "", self._of_line(line)]))
            for line in question.lines
        )

    def _of_line(self, line: Line) -> str:
        if line.kind == "written":
            return self.t("paper.key.written", answer=inline_text(line.answer))
        right = (choice.label for choice in line.choices if choice.right)
        return self.t("paper.key.and").join(right)

    def _scoring(self) -> Iterator[Para]:
        kinds = {line.several for question in self.questions for line in question.lines}
        yield plain(self.t("paper.key.scoring.single"))
        if True in kinds:
            yield plain(self.t("paper.key.scoring.several"))
        if any(len(question.lines) > 1 for question in self.questions):
            yield plain(self.t("paper.key.scoring.lines"))
        if any(len(q.lines) > 1 and q.item.type == "truefalse" for q in self.questions):
            yield plain(self.t("paper.key.scoring.reason"))
        if any(question.item.type == "ordering" for question in self.questions):
            yield plain(self.t("paper.key.scoring.ordering"))
        if any(question.written for question in self.questions):
            yield plain(self.t("paper.key.scoring.written"))
        mark = self.paper.test.pass_mark
        if mark is not None:
            yield plain(self.t("paper.key.scoring.pass", mark=mark))
        if self.paper.test.left_out:
            named = self.t("list.separator").join(self.paper.test.left_out)
            yield plain(self.t("paper.key.left_out", items=named))

    # --- reasons ----------------------------------------------------------------------------

    def reasons(self, question: Question) -> Iterator[Piece]:
        """Give why the answers to a question are right or wrong, and what settles it."""
        stem = inline_text(question.item.stem)
        yield Heading(2, self.t("paper.key.question", number=question.number, stem=stem))
        passage = question.item.passage
        if passage:
            yield Prose((quiz_text(GAP_MARK.sub(r"___ (\1)", passage)),))
        parts = {part.id: part for part in question.item.parts() if part.id}
        paras = [
            para for line in question.lines for para in self._line_reasons(question, line, parts)
        ]
        yield Prose(tuple(paras))
        yield Prose(tuple(self._grounds(question)))

    def _line_reasons(
        self, question: Question, line: Line, parts: dict[str, ItemPart]
    ) -> Iterator[Para]:
        if line.part in parts:  # a gap, a prompt, a card, a step, a number: it has its own reason
            right = self._of_line(line)
            offered = dict(question.offered)
            if right in offered:
                right = self.t("paper.key.choice", label=right, text=inline_text(offered[right]))
            before = line.label if not line.text else f"{line.label}. {inline_text(line.text)}"
            head = " → ".join(filter(None, [before, right]))
            if parts[line.part].feedback or not line.choices:
                yield self._entry(head, parts[line.part].feedback)
                return
        for choice in line.choices:
            part = parts.get(choice.answer)
            if isinstance(part, ChoicePart | JudgementPart):
                label = " ".join(filter(None, [line.label, choice.label]))
                words = inline_text(choice.text)
                head = self.t("paper.key.choice", label=label, text=words) if words else label
                verdict = self.t("items.right" if choice.right else "items.wrong")
                yield self._entry(head, part.feedback, verdict)

    def _entry(self, head: str, reason: str, verdict: str = "") -> Para:
        begins = [Run(head, bold=True)]
        if verdict:
            begins.append(Run(f" ({verdict})"))
        return Para((*begins, Run("  "), *quiz_text(reason).runs), "ul")

    def _grounds(self, question: Question) -> Iterator[Para]:
        for evidence in question.item.evidence:
            label = self.t("paper.key.document", unit=cited(evidence.unit, self.strings))
            yield Para((Run(label, italic=True), Run(f" “{evidence.quote}”")))
        for law in question.item.law:
            found = self.paper.course.library.articles[" ".join(role_article(law.target))]
            yield plain(self.t("paper.key.law", law=self.writer.article_label(*found)))
        read = self.paper.course.read_in.get(question.item.id)
        if read is None:
            return
        module, number, _ = read
        label = module_label(self.paper.course.modules[module], self.strings)
        yield plain(self.t("paper.key.read", module=label, number=number))
