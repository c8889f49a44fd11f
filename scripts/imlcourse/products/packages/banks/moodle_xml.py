"""Moodle XML: the questions of a bank with all that Moodle knows of a question.

What an answer is worth is one of the grades that Moodle offers, written as Moodle writes it: it
skips a question with any other.
"""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatchmethod
from html import escape
from xml.etree import ElementTree as ET

from imlcourse.html.compose import Markup, html, joined
from imlcourse.items.cloze import GAP_MARK
from imlcourse.markup.inline import around, inline_html, inline_text
from imlcourse.products.packages.banks.questions import Question, Questions
from imlcourse.products.packages.banks.tasks import (
    Choose,
    Fill,
    Gap,
    Judge,
    Match,
    Number,
    Option,
)

__all__ = ["GRADES", "grade", "moodle_xml"]

_TWENTIETHS = (20, 18, 16, 15, 14, 12, 10, 8, 6, 5, 4, 2, 1)
GRADES = {
    Fraction(0),
    *(Fraction(part, 20) for part in _TWENTIETHS),
    *(Fraction(1, parts) for parts in range(1, 11)),
    *(Fraction(part, 6) for part in (4, 5)),
}
"""The shares that Moodle lets a trainer choose from; each may be taken off, too."""


def grade(share: Fraction) -> str:
    """Write what an answer is worth, in per cent, with the five decimals that Moodle writes.

    Raises
    ------
    ValueError
        If Moodle offers no such grade.
    """
    if abs(share) not in GRADES:
        msg = f"Moodle offers no grade of {share}"
        raise ValueError(msg)
    written = f"{float(share * 100):.5f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def moodle_xml(questions: Questions) -> bytes:
    """Write questions as Moodle XML.

    Parameters
    ----------
    questions
        The questions. Each purpose becomes a category, and each of its modules one in it.

    Returns
    -------
    bytes
        The file.
    """
    root = ET.Element("quiz")
    course = questions.course
    for purpose, module, found in questions.by_module():
        path = [course.about.title, questions.named(purpose), questions.category(module)]
        category = ET.SubElement(root, "question", type="category")
        # A stroke parts the names of categories; two are one in a name.
        named = "/".join(name.replace("/", "//") for name in ["top", *path])
        _text(ET.SubElement(category, "category"), f"$course$/{named}")
        _text(ET.SubElement(category, "info", format="html"), inline_html(module.title))
        ET.SubElement(category, "idnumber").text = f"{course.about.id}-{purpose}-{module.id}"
        for question in found:
            root.append(_Writer(question).written)
    ET.indent(root, "  ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _text(parent: ET.Element, words: str) -> None:
    ET.SubElement(parent, "text").text = words


def _html(parent: ET.Element, name: str, words: str, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, {"format": "html", **attributes})
    _text(made, str(words))
    return made


def _said(feedback: tuple[str, ...]) -> Markup:
    return joined([html("<p>{}</p>", inline_html(one)) for one in feedback if one])


class _Writer:
    """Writes a question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.written = ET.Element("question")
        self.write(question.task)

    # --- what all questions have ------------------------------------------------------------

    def _begin(self, kind: str, how: str, *more: Markup) -> ET.Element:
        root, question = self.written, self.question
        root.set("type", kind)
        _text(ET.SubElement(root, "name"), question.name)
        lead = html("<p>{}</p>", inline_html(question.item.stem))
        to_do = [html("<p><em>{}</em></p>", inline_html(how))] if how else []
        _html(root, "questiontext", joined([lead, *to_do, *more]))
        _html(root, "generalfeedback", joined(question.closing))
        if kind != "cloze":  # a point for each of its gaps, which Moodle counts itself
            ET.SubElement(root, "defaultgrade").text = "1"
        # The first answer counts, as in the course.
        ET.SubElement(root, "penalty").text = "1"
        ET.SubElement(root, "hidden").text = "0"
        ET.SubElement(root, "idnumber").text = question.id
        return root

    def _end(self) -> None:
        root = self.written
        if self.question.hint:
            _html(root, "hint", joined(self.question.hint))
        tags = ET.SubElement(root, "tags")
        for tag in self.question.tags:
            _text(ET.SubElement(tags, "tag"), tag)

    # --- the kinds --------------------------------------------------------------------------

    @singledispatchmethod
    def write(self, task: object) -> None:
        """Write what is asked."""
        raise NotImplementedError(type(task))

    @write.register
    def _(self, task: Choose) -> None:
        root = self._begin("multichoice", task.how)
        ET.SubElement(root, "single").text = "false" if task.several else "true"
        ET.SubElement(root, "shuffleanswers").text = "true" if task.shuffled else "false"
        ET.SubElement(root, "answernumbering").text = "none"
        ET.SubElement(root, "showstandardinstruction").text = "0" if task.how else "1"
        for option in task.options:
            made = _html(root, "answer", inline_html(option.text), fraction=grade(option.share))
            _html(made, "feedback", _said(option.feedback))
        self._end()

    @write.register
    def _(self, task: Judge) -> None:
        root = self._begin("truefalse", task.how)
        for word, said in (("true", task.when_true), ("false", task.when_false)):
            right = (word == "true") == task.key
            made = ET.SubElement(
                root, "answer", fraction="100" if right else "0", format="moodle_auto_format"
            )
            _text(made, word)
            _html(made, "feedback", _said((said,)))
        self._end()

    @write.register
    def _(self, task: Match) -> None:
        root = self._begin("matching", task.how)
        ET.SubElement(root, "shuffleanswers").text = "true"
        used = {line.answer for line in task.lines}
        pairs = [(line.text, task.answers[line.answer]) for line in task.lines]
        pairs += [("", text) for id_, text in task.answers.items() if id_ not in used]
        for asked, answer in pairs:
            made = _html(root, "subquestion", inline_html(asked))
            # Moodle shows it as HTML, though it takes no format for it.
            _text(ET.SubElement(made, "answer"), escape(inline_text(answer), quote=False))
        self._end()

    @write.register
    def _(self, task: Fill) -> None:
        gaps = {gap.number: gap for gap in task.gaps}
        passage = around(task.passage, GAP_MARK, lambda mark: _gap(gaps[int(mark[1])]))
        self._begin("cloze", task.how, html("<p>{}</p>", passage))
        self._end()

    @write.register
    def _(self, task: Number) -> None:
        root = self._begin("numerical", task.how)
        answers = [(task.value, task.tolerance, "100", task.feedback)]
        answers += [(slip.text, "0", "0", slip.feedback) for slip in task.slips]
        answers += [("*", "0", "0", task.other)]
        for value, tolerance, worth, said in answers:
            made = ET.SubElement(root, "answer", fraction=worth, format="moodle_auto_format")
            _text(made, value)
            _html(made, "feedback", _said((said,)))
            ET.SubElement(made, "tolerance").text = tolerance
        ET.SubElement(root, "unitgradingtype").text = "0"
        ET.SubElement(root, "unitpenalty").text = "1"
        ET.SubElement(root, "showunits").text = "3"  # none: the question names it
        ET.SubElement(root, "unitsleft").text = "0"
        self._end()


def _gap(gap: Gap) -> Markup:
    """Write a gap as Moodle has it in the text: every answer with its worth and its feedback."""
    if gap.choices:
        return Markup(f"{{1:MULTICHOICE_S:{'~'.join(map(_choice, gap.choices))}}}")
    answers = [f"={_typed(one)}#{_inside(inline_html(gap.feedback))}" for one in gap.answers]
    answers += [f"%0%{_typed(one.text)}#{_inside(inline_html(one.feedback))}" for one in gap.slips]
    return Markup(f"{{1:SHORTANSWER:{'~'.join(answers)}}}")


def _choice(option: Option) -> str:
    worth = "=" if option.share == 1 else "%0%"
    said = _inside(joined([inline_html(one) for one in option.feedback]))
    return f"{worth}{_inside(inline_html(option.text))}#{said}"


def _typed(answer: str) -> str:
    # A star would stand for any text.
    return _guarded(escape(answer.replace("*", "\\*"), quote=False))


def _inside(words: Markup) -> str:
    # Moodle reads entities once when it takes a gap apart, and again when it shows its HTML.
    return _guarded(str(words).replace("&", "&amp;"))


def _guarded(text: str) -> str:
    return text.replace("}", "\\}").replace("#", "\\#").replace("~", "&#126;")
