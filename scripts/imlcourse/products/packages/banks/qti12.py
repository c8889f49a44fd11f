"""QTI 1.2 in the form that Canvas reads and writes: quizzes of modules, tests of the whole course.

Canvas scores by the type of a question: it has no shares of its own for single options. So a
right judgement with a wrong reason gives nothing there, and among several options a wrong one
takes off as much as a right one gives. A text in which some gaps are typed and some chosen has no
form in Canvas, and `left_out_of_qti12` names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatchmethod
from xml.etree import ElementTree as ET

from imlcourse.course.module import Module
from imlcourse.html.compose import Markup, html, joined
from imlcourse.items.cloze import GAP_MARK
from imlcourse.markup.inline import around, inline_html, inline_text
from imlcourse.products.packages.banks.questions import PURPOSES, Purpose, Question, Questions
from imlcourse.products.packages.banks.tasks import (
    Choose,
    Fill,
    Judge,
    Match,
    Number,
)
from imlcourse.products.packages.banks.xmltree import document, element

__all__ = ["left_out_of_qti12", "qti12"]

ASI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
PACKAGING = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATIONS = {
    ASI: f"{ASI} http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd",
    CANVAS: f"{CANVAS} https://canvas.instructure.com/xsd/cccv1p0.xsd",
    PACKAGING: f"{PACKAGING} http://www.imsglobal.org/xsd/imscp_v1p1.xsd",
}
WHOLE = Decimal(100)
"""What a question is worth to its own scoring."""
_OF_MODULES = ("practice", "quiz")


def left_out_of_qti12(questions: Questions) -> list[str]:
    """Give the ids of the questions that have no form in Canvas: gaps of both kinds in a text."""
    return [
        one.id
        for one in questions.asked
        if isinstance(one.task, Fill) and len({bool(gap.choices) for gap in one.task.gaps}) > 1
    ]


def qti12(questions: Questions) -> dict[str, bytes]:
    """Write questions as the files of a package.

    Parameters
    ----------
    questions
        The questions.

    Returns
    -------
    dict
        Content by path.
    """
    left_out = set(left_out_of_qti12(questions))
    files: dict[str, bytes] = {}
    manifest = _root("manifest", PACKAGING)
    about = questions.course.about
    manifest.set("identifier", f"{questions.course.copy_id}-{about.version}")
    manifest.append(
        element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3"))
    )
    manifest.append(element("organizations"))
    resources = ET.SubElement(manifest, "resources")
    for purpose, module, found in _quizzes(questions):
        asked = [one for one in found if one.id not in left_out]
        name = f"{module.id}-{purpose}" if module else purpose
        title = questions.strings.text(
            "banks.test.title",
            course=questions.category(module) if module else about.title,
            purpose=questions.named(purpose),
        )
        files[f"{name}/{name}.xml"] = document(_assessment(name, title, asked))
        files[f"{name}/assessment_meta.xml"] = document(
            _meta(name, title, purpose, module, len(asked), questions)
        )
        quiz = element("resource", element("file", href=f"{name}/{name}.xml"), identifier=name)
        quiz.set("type", "imsqti_xmlv1p2")
        quiz.append(element("dependency", identifierref=f"{name}-meta"))
        meta = f"{name}/assessment_meta.xml"
        said = element("resource", element("file", href=meta), identifier=f"{name}-meta")
        said.set("type", "associatedcontent/imscc_xmlv1p1/learning-application-resource")
        said.set("href", meta)
        resources.extend([quiz, said])
    files["imsmanifest.xml"] = document(manifest)
    return files


def _quizzes(
    questions: Questions,
) -> Iterator[tuple[Purpose, Module | None, tuple[Question, ...]]]:
    """Give what each quiz asks: that of a module, or a test of the whole course."""
    for purpose, module, found in questions.by_module():
        if purpose in _OF_MODULES:
            yield purpose, module, found
    for purpose in PURPOSES:
        asked = questions.only(purpose).asked
        if purpose not in _OF_MODULES and asked:
            yield purpose, None, asked


def _root(name: str, namespace: str) -> ET.Element:
    root = element(name, xmlns=namespace)
    root.set("xmlns:xsi", _XSI)
    root.set("xsi:schemaLocation", _LOCATIONS[namespace])
    return root


def _assessment(name: str, title: str, asked: list[Question]) -> ET.Element:
    root = _root("questestinterop", ASI)
    section = element("section", *(_Item(one).written for one in asked), ident="root_section")
    assessment = element("assessment", ident=name, title=title)
    assessment.append(element("qtimetadata", _field("cc_maxattempts", "1")))
    assessment.append(section)
    root.append(assessment)
    return root


def _meta(
    name: str, title: str, purpose: Purpose, module: Module | None, count: int, questions: Questions
) -> ET.Element:
    practice = purpose == "practice"
    root = _root("quiz", CANVAS)
    root.set("identifier", name)
    described = html("<p>{}</p>", inline_html(module.title)) if module else Markup()
    said = {
        "title": title,
        "description": str(described + html("<p>{}</p>", questions.course.about.title)),
        "shuffle_answers": "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz" if practice else "assignment",
        "points_possible": str(count),
        "show_correct_answers": "true" if practice else "false",
        "allowed_attempts": "-1" if practice else "1",
        "one_question_at_a_time": "false",
        "available": "false",
    }
    root.extend(element(key, value) for key, value in said.items())
    return root


def _field(label: str, entry: str) -> ET.Element:
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def _material(words: Markup | str) -> ET.Element:
    kind = "text/html" if isinstance(words, Markup) else "text/plain"
    return element("material", element("mattext", str(words), texttype=kind))


def _paragraphs(texts: tuple[str, ...]) -> Markup:
    return joined([html("<p>{}</p>", inline_html(one)) for one in texts if one])


def _equal(response: str, value: str) -> ET.Element:
    return element("varequal", value, respident=response)


@dataclass
class _Scored:
    """What is gathered while a question is written."""

    kind: str = ""
    how: str = ""
    passage: Markup = field(default_factory=Markup)
    responses: list[ET.Element] = field(default_factory=list)
    shown: list[tuple[str, str, Markup]] = field(default_factory=list)
    scoring: list[ET.Element] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


class _Item:
    """Writes a question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.made = _Scored()
        self.write(question.task)

    @property
    def written(self) -> ET.Element:
        """The element of the question."""
        question, made = self.question, self.made
        fields = element(
            "qtimetadata",
            _field("question_type", made.kind),
            _field("points_possible", "1"),
            _field("original_answer_ids", ",".join(made.answers)),
            _field("assessment_question_identifierref", f"q-{question.id}"),
            _field("qmd_keywords", " ".join(question.tags)),
        )
        asked = html("<p>{}</p>", inline_html(question.item.stem))
        if made.how:
            asked += html("<p><em>{}</em></p>", inline_html(made.how))
        asked += made.passage
        item = element("item", element("itemmetadata", fields), ident=question.id)
        item.set("title", question.name)
        item.append(element("presentation", _material(asked), *made.responses))
        processing = ET.SubElement(item, "resprocessing")
        score = element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
        processing.append(element("outcomes", score))
        general = joined(question.closing)
        if general:
            processing.append(_shows(element("other"), "general_fb"))
        feedback = [(f"{id_}_fb", response, id_, said) for response, id_, said in made.shown]
        for name, response, id_, said in feedback:
            if said:
                processing.append(_shows(_equal(response, id_), name))
        processing.extend(made.scoring)
        if general:
            item.append(_feedback("general_fb", general))
        item.extend(_feedback(name, said) for name, _, _, said in feedback if said)
        return item

    # --- pieces -----------------------------------------------------------------------------

    def _choices(
        self,
        response: str,
        options: list[tuple[str, Markup | str]],
        *,
        named: Markup | str = "",
        several: bool = False,
    ) -> None:
        labels = [element("response_label", _material(text), ident=id_) for id_, text in options]
        made = element("response_lid", ident=response)
        made.set("rcardinality", "Multiple" if several else "Single")
        if named:
            made.append(_material(named))
        made.append(element("render_choice", *labels))
        self.made.responses.append(made)
        self.made.answers += [id_ for id_, _ in options if id_ not in self.made.answers]

    def _right(self, condition: ET.Element) -> None:
        """Let a response that meets the condition have all points."""
        self.made.scoring.append(
            element(
                "respcondition",
                element("conditionvar", condition),
                element("setvar", "100", action="Set", varname="SCORE"),
                continue_="No",
            )
        )

    def _right_each(self, keys: list[tuple[str, str]]) -> None:
        """Let each of some responses have its share of the points."""
        for response, id_ in keys:
            share = f"{WHOLE / len(keys):.2f}"
            self.made.scoring.append(
                element(
                    "respcondition",
                    element("conditionvar", _equal(response, id_)),
                    element("setvar", share, varname="SCORE", action="Add"),
                )
            )

    # --- the kinds --------------------------------------------------------------------------

    @singledispatchmethod
    def write(self, task: object) -> None:
        """Write what is asked."""
        raise NotImplementedError(type(task))

    @write.register
    def _(self, task: Choose) -> None:
        made, response = self.made, "response1"
        made.kind = "multiple_answers_question" if task.several else "multiple_choice_question"
        made.how = task.how
        self._choices(
            response,
            [(one.id, inline_html(one.text)) for one in task.options],
            several=task.several,
        )
        made.shown = [(response, one.id, _paragraphs(one.feedback)) for one in task.options]
        if not task.several:
            self._right(_equal(response, next(one.id for one in task.options if one.share == 1)))
            return
        each = [
            _equal(response, one.id) if one.share > 0 else element("not", _equal(response, one.id))
            for one in task.options
        ]
        self._right(element("and", *each))

    @write.register
    def _(self, task: Judge) -> None:
        made, response = self.made, "response1"
        made.kind, made.how = "true_false_question", task.how
        strings = self.question.strings
        self._choices(
            response,
            [(word, strings.text(f"items.truefalse.{word}")) for word in ("true", "false")],
        )
        made.shown = [
            (response, "true", _paragraphs((task.when_true,))),
            (response, "false", _paragraphs((task.when_false,))),
        ]
        self._right(_equal(response, "true" if task.key else "false"))

    @write.register
    def _(self, task: Match) -> None:
        made = self.made
        made.kind, made.how = "matching_question", task.how
        answers: list[tuple[str, Markup | str]] = [
            (id_, inline_text(text)) for id_, text in task.answers.items()
        ]
        for line in task.lines:
            self._choices(f"response_{line.id}", answers, named=inline_text(line.text))
        self._right_each([(f"response_{line.id}", line.answer) for line in task.lines])

    @write.register
    def _(self, task: Fill) -> None:
        made = self.made
        chosen = bool(task.gaps[0].choices)
        typed = "fill_in_multiple_blanks_question"
        made.kind = "multiple_dropdowns_question" if chosen else typed
        made.how = task.how
        written = around(task.passage, GAP_MARK, lambda mark: Markup(f"[gap{mark[1]}]"))
        made.passage = html("<p>{}</p>", written)
        keys = []
        for gap in task.gaps:
            response = f"response_gap{gap.number}"
            options: list[tuple[str, Markup | str]] = [
                (one.id, inline_text(one.text)) for one in gap.choices
            ]
            options += [(f"{gap.id}-{n}", text) for n, text in enumerate(gap.answers, start=1)]
            self._choices(response, options, named=f"gap{gap.number}")
            right = [one.id for one in gap.choices if one.share == 1] or [options[0][0]]
            keys.append((response, right[0]))
            made.shown += [(response, one.id, _paragraphs(one.feedback)) for one in gap.choices]
            made.shown += [
                (response, id_, _paragraphs((gap.feedback,)))
                for id_, _ in options
                if not gap.choices
            ]
        self._right_each(keys)

    @write.register
    def _(self, task: Number) -> None:
        made, response = self.made, "response1"
        made.kind, made.how = "numerical_question", task.how
        field_ = element("render_fib", element("response_label", ident="answer1"))
        field_.set("fibtype", "Decimal")
        made.responses.append(
            element("response_str", field_, ident=response, rcardinality="Single")
        )
        value, tolerance = Decimal(task.value), Decimal(task.tolerance)
        between = element(
            "and",
            element("vargte", f"{value - tolerance:f}", respident=response),
            element("varlte", f"{value + tolerance:f}", respident=response),
        )
        self._right(element("or", _equal(response, task.value), between))
        right = _paragraphs((task.feedback,))
        if right:
            made.shown = [(response, task.value, right)]


def _shows(condition: ET.Element, name: str) -> ET.Element:
    shown = element("displayfeedback", linkrefid=name)
    shown.set("feedbacktype", "Response")
    return element("respcondition", element("conditionvar", condition), shown, continue_="Yes")


def _feedback(name: str, said: Markup) -> ET.Element:
    return element("itemfeedback", element("flow_mat", _material(said)), ident=name)
