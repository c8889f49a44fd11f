"""QTI 3.0: the questions as a package of 1EdTech, each with its own scoring and feedback.

Each question scores from 0 to 1 in ``SCORE``, exactly as the course scores it; a judgement with a
reason and steps in order are written as what they are. An outcome for each response (``SAID_…``)
names the feedback that is shown for it, and ``GENERAL`` what is shown at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import singledispatchmethod
from xml.etree import ElementTree as ET

from imlcourse.html.compose import Markup, html, joined
from imlcourse.items.cloze import GAP_MARK
from imlcourse.items.parts import ChoicePart, JudgementPart, StepPart
from imlcourse.languages.folding import plain
from imlcourse.markup.inline import around, inline_html
from imlcourse.products.packages.banks.questions import Purpose, Question, Questions
from imlcourse.products.packages.banks.tasks import (
    Choose,
    Fill,
    Gap,
    Judge,
    Match,
    Number,
)
from imlcourse.products.packages.banks.xmltree import document, element, rich

__all__ = ["qti3"]

ASI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_SCHEMAS = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/"
PACKAGING = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
GENERAL = "general"
"""What is shown behind every answer."""

Feedback = list[tuple[str, str, tuple[Markup, ...]]]
"""Paragraphs that are shown: for which response, by which identifier."""


def qti3(questions: Questions) -> dict[str, bytes]:
    """Write questions as the files of a package.

    Parameters
    ----------
    questions
        The questions. Each purpose becomes a test, with a section for each module.

    Returns
    -------
    dict
        Content by path.
    """
    files = {f"items/{one.id}.xml": document(_Item(one).written) for one in questions.asked}
    sections: dict[Purpose, list[ET.Element]] = {}
    for purpose, module, found in questions.by_module():
        title = questions.category(module)
        section = element("qti-assessment-section", title=title, visible="true")
        section.set("identifier", f"{purpose}-{module.id}")
        for one in found:
            ref = element("qti-assessment-item-ref", href=f"../items/{one.id}.xml")
            ref.set("identifier", f"ref-{one.id}")
            ref.set("category", " ".join(tag.replace(":", "-") for tag in one.tags))
            section.append(ref)
        sections.setdefault(purpose, []).append(section)
    for purpose, found_sections in sections.items():
        part = element("qti-test-part", navigation_mode="nonlinear", submission_mode="individual")
        part.set("identifier", "part")
        shown = "true" if purpose == "practice" else "false"
        part.append(
            element(
                "qti-item-session-control",
                max_attempts="0" if purpose == "practice" else "1",
                show_feedback=shown,
            )
        )
        part.extend(found_sections)
        score = element("qti-outcome-declaration", cardinality="single", base_type="float")
        score.set("identifier", "SCORE")
        total = element(
            "qti-set-outcome-value",
            element("qti-sum", element("qti-test-variables", variable_identifier="SCORE")),
            identifier="SCORE",
        )
        title = questions.strings.text(
            "banks.test.title",
            course=questions.course.about.title,
            purpose=questions.named(purpose),
        )
        test = _root("qti-assessment-test", purpose, title)
        test.extend([score, part, element("qti-outcome-processing", total)])
        files[f"tests/{purpose}.xml"] = document(test)
    files["imsmanifest.xml"] = document(_manifest(questions, sections))
    return files


def _root(name: str, identifier: str, title: str) -> ET.Element:
    root = element(name, xmlns=ASI, identifier=identifier, title=title)
    root.set("xmlns:xsi", _XSI)
    root.set("xsi:schemaLocation", f"{ASI} {_SCHEMAS}imsqti_asiv3p0_v1p0.xsd")
    return root


def _manifest(questions: Questions, purposes: Iterable[Purpose]) -> ET.Element:
    about = questions.course.about
    root = element(
        "manifest", xmlns=PACKAGING, identifier=f"{questions.course.copy_id}-{about.version}"
    )
    root.append(
        element(
            "metadata",
            element("schema", "QTI Package"),
            element("schemaversion", "3.0.0"),
            _lom(about.id, about.title, (), about.language, about.licence),
        )
    )
    root.append(element("organizations"))
    resources = element("resources")
    for purpose in purposes:
        test = _resource(f"test-{purpose}", "imsqti_test_xmlv3p0", f"tests/{purpose}.xml")
        test.extend(
            element("dependency", identifierref=f"item-{one.id}")
            for one in questions.asked
            if one.purpose == purpose
        )
        resources.append(test)
    for one in questions.asked:
        made = _resource(f"item-{one.id}", "imsqti_item_xmlv3p0", f"items/{one.id}.xml")
        lom = _lom(one.id, one.name, one.tags, one.item.language)
        made.insert(0, element("metadata", lom))
        resources.append(made)
    root.append(resources)
    return root


def _resource(identifier: str, kind: str, href: str) -> ET.Element:
    return element(
        "resource", element("file", href=href), identifier=identifier, type=kind, href=href
    )


def _lom(
    identifier: str, title: str, tags: tuple[str, ...], language: str, licence: str = ""
) -> ET.Element:
    general = element(
        "general",
        element("identifier", element("entry", identifier)),
        element("title", element("string", title, language=language)),
        element("language", language),
    )
    general.extend(element("keyword", element("string", tag, language="x-none")) for tag in tags)
    lom = element("lom", general, xmlns=LOM)
    if licence:
        said = element("description", element("string", licence, language=language))
        lom.append(element("rights", said))
    return lom


def _variable(name: str) -> ET.Element:
    return element("qti-variable", identifier=name)


def _base(kind: str, value: str) -> ET.Element:
    return element("qti-base-value", value, base_type=kind)


def _set(name: str, value: ET.Element) -> ET.Element:
    return element("qti-set-outcome-value", value, identifier=name)


def _if(condition: ET.Element, *then: ET.Element) -> ET.Element:
    return element("qti-response-condition", element("qti-response-if", condition, *then))


def _show(response: str, identifier: str) -> ET.Element:
    """Let a feedback be shown for a response."""
    return _set(f"SAID_{response}", _base("identifier", identifier))


def _is_answered(response: str) -> ET.Element:
    return element("qti-not", element("qti-is-null", _variable(response)))


def _show_chosen(response: str) -> ET.Element:
    """Let the feedback for what was chosen be shown."""
    return _if(_is_answered(response), _set(f"SAID_{response}", _variable(response)))


def _is_right(response: str) -> ET.Element:
    return element("qti-match", _variable(response), element("qti-correct", identifier=response))


def _plus(outcome: str, share: float) -> ET.Element:
    return _set(outcome, element("qti-sum", _variable(outcome), _base("float", f"{share:g}")))


def _mapping(entries: dict[str, float], *, lowest: float | None = None) -> ET.Element:
    made = element("qti-mapping", default_value="0")
    if lowest is not None:
        made.set("lower-bound", f"{lowest:g}")
    for key, value in entries.items():
        entry = element("qti-map-entry", map_key=key, mapped_value=f"{value:g}")
        entry.set("case-sensitive", "false")
        made.append(entry)
    return made


def _is_one_of(response: str, texts: Iterable[str]) -> ET.Element:
    """Ask whether one of some texts was typed, in capitals or not."""
    given = [
        element(
            "qti-string-match", _variable(response), _base("string", text), case_sensitive="false"
        )
        for text in texts
    ]
    return element("qti-or", *given)


def _words(gap: Gap) -> dict[str, list[str]]:
    """Give the ways to type each word of a gap, by the word as the course compares it."""
    words: dict[str, list[str]] = {}
    for answer in gap.answers:
        words.setdefault(plain(answer), []).append(answer)
    return words


def _said(*feedback: str) -> tuple[Markup, ...]:
    return tuple(html("<p>{}</p>", inline_html(one)) for one in feedback if one)


class _Item:
    """Writes a question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.declared: list[ET.Element] = []
        self.outcomes = ["SCORE"]
        self.body: list[ET.Element] = []
        self.scoring: list[ET.Element] = []
        self.feedback: Feedback = []
        self.chosen: dict[str, str] = {}
        parts = question.item.parts()
        reasons = [one for one in parts if isinstance(one, ChoicePart)]
        judgements = [one for one in parts if isinstance(one, JudgementPart)]
        steps = [one for one in parts if isinstance(one, StepPart)]
        if judgements and reasons:
            self._reasoned(judgements, reasons)
        elif steps:
            self._ordered(steps)
        else:
            self.write(question.task)

    @property
    def written(self) -> ET.Element:
        """The document."""
        root = _root("qti-assessment-item", self.question.id, self.question.name)
        root.set("adaptive", "false")
        root.set("time-dependent", "false")
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.question.item.language)
        root.extend(self.declared)
        for name in [*self.outcomes, "MAXSCORE"]:
            value = "1" if name == "MAXSCORE" else "0"
            default = element("qti-default-value", element("qti-value", value))
            made = element("qti-outcome-declaration", default, identifier=name)
            made.set("cardinality", "single")
            made.set("base-type", "float")
            root.append(made)
        cardinality = {one.attrib["identifier"]: one.attrib["cardinality"] for one in self.declared}
        said = dict(self.chosen)
        said |= {f"SAID_{response}": cardinality[response] for response, _, _ in self.feedback}
        for name, kind in [*said.items(), ("GENERAL", "single")]:
            made = element("qti-outcome-declaration", identifier=name, cardinality=kind)
            made.set("base-type", "identifier")
            root.append(made)
        body = element("qti-item-body", *self.body)
        general = _set("GENERAL", _base("identifier", GENERAL))
        root.extend([body, element("qti-response-processing", *self.scoring, general)])
        # In the text and not above it: some programs lay one window over the other.
        shown = [(f"SAID_{response}", id_, words) for response, id_, words in self.feedback]
        for outcome, identifier, words in [*shown, ("GENERAL", GENERAL, self.question.closing)]:
            if words:
                content = rich("qti-content-body", joined(words))
                block = element("qti-feedback-block", content, identifier=identifier)
                block.set("outcome-identifier", outcome)
                block.set("show-hide", "show")
                body.append(block)
        return root

    # --- pieces -----------------------------------------------------------------------------

    def _declare(
        self,
        response: str,
        cardinality: str,
        kind: str,
        correct: list[str],
        mapping: ET.Element | None = None,
    ) -> None:
        values = [element("qti-value", value) for value in correct]
        made = element(
            "qti-response-declaration",
            element("qti-correct-response", *values),
            identifier=response,
            cardinality=cardinality,
            base_type=kind,
        )
        if mapping is not None:
            made.append(mapping)
        self.declared.append(made)

    def _prompt(self, how: str = "") -> ET.Element:
        stem = inline_html(self.question.item.stem)
        more = html(" <em>{}</em>", inline_html(how)) if how else Markup("")
        return rich("qti-prompt", stem + more)

    def _choices(
        self,
        response: str,
        options: list[tuple[str, str, str]],
        prompt: ET.Element,
        *,
        several: bool = False,
        shuffled: bool = True,
    ) -> ET.Element:
        """Write options, each with its feedback in it, which is shown once it was chosen."""
        choices = []
        for id_, text, said in options:
            choice = rich("qti-simple-choice", inline_html(text), identifier=id_)
            if said:
                words = html(" <em>{}</em>", inline_html(said))
                inline = rich("qti-feedback-inline", words, identifier=id_)
                inline.set("outcome-identifier", f"SAID_{response}")
                inline.set("show-hide", "show")
                choice.append(inline)
            choices.append(choice)
        self.chosen[f"SAID_{response}"] = "multiple" if several else "single"
        return element(
            "qti-choice-interaction",
            prompt,
            *choices,
            response_identifier=response,
            max_choices="0" if several else "1",
            shuffle="true" if shuffled else "false",
        )

    def _score_single(self, response: str) -> None:
        self.scoring.append(_if(_is_right(response), _set("SCORE", _base("float", "1"))))
        self.scoring.append(_show_chosen(response))

    # --- the kinds --------------------------------------------------------------------------

    @singledispatchmethod
    def write(self, task: object) -> None:
        """Write what is asked."""
        raise NotImplementedError(type(task))

    @write.register
    def _(self, task: Choose) -> None:
        right = [one.id for one in task.options if one.share > 0]
        options = [(one.id, one.text, " ".join(one.feedback)) for one in task.options]
        mapping = None
        if task.several:
            wrong = len(options) - len(right)
            # Whole numbers, divided once: so the key has 1, and not nearly 1.
            worth = {id_: wrong if id_ in right else -len(right) for id_, _, _ in options}
            mapping = _mapping(dict(worth), lowest=0)
            whole = _base("float", str(len(right) * wrong))
            mapped = element("qti-map-response", identifier="RESPONSE")
            self.scoring.append(_set("SCORE", element("qti-divide", mapped, whole)))
            self.scoring.append(_show_chosen("RESPONSE"))
        else:
            self._score_single("RESPONSE")
        kind = "multiple" if task.several else "single"
        self._declare("RESPONSE", kind, "identifier", right, mapping)
        self.body.append(
            self._choices(
                "RESPONSE",
                options,
                self._prompt(task.how),
                several=task.several,
                shuffled=task.shuffled,
            )
        )

    @write.register
    def _(self, task: Judge) -> None:
        self._declare("RESPONSE", "single", "identifier", ["true" if task.key else "false"])
        words = self._words({"true": task.when_true, "false": task.when_false})
        self.body.append(self._choices("RESPONSE", words, self._prompt(task.how), shuffled=False))
        self._score_single("RESPONSE")

    def _words(self, said: Mapping[str, str]) -> list[tuple[str, str, str]]:
        strings = self.question.strings
        words = ("true", "false")
        return [(one, strings.text(f"items.truefalse.{one}"), said[one]) for one in words]

    def _reasoned(self, judgements: list[JudgementPart], reasons: list[ChoicePart]) -> None:
        strings = self.question.strings
        key = next(one.id for one in judgements if one.right)
        self._declare("JUDGEMENT", "single", "identifier", [key])
        right = [one.id for one in reasons if one.right]
        self._declare("REASON", "single", "identifier", right)
        how = strings.text("items.truefalse.how")
        said = {one.id: one.feedback for one in judgements}
        self.body = [
            self._choices("JUDGEMENT", self._words(said), self._prompt(how), shuffled=False),
            self._choices(
                "REASON",
                [(one.id, one.text, one.feedback) for one in reasons],
                rich("qti-prompt", html("{}", strings.text("items.truefalse.why"))),
            ),
        ]
        both = element("qti-and", _is_right("JUDGEMENT"), _is_right("REASON"))
        self.scoring = [
            _show_chosen("JUDGEMENT"),
            _if(_is_right("JUDGEMENT"), _set("SCORE", _base("float", "0.5"))),
            _if(both, _set("SCORE", _base("float", "1"))),
            _show_chosen("REASON"),
        ]

    def _ordered(self, steps: list[StepPart]) -> None:
        ordered = sorted(steps, key=lambda one: one.place)
        ids = [one.id for one in ordered]
        self._declare("RESPONSE", "ordered", "identifier", ids)
        task = self.question.task
        shown = [(line.id, line.text) for line in task.lines] if isinstance(task, Match) else []
        self.body.append(
            element(
                "qti-order-interaction",
                self._prompt(),
                *(
                    rich("qti-simple-choice", inline_html(text), identifier=id_)
                    for id_, text in shown
                ),
                response_identifier="RESPONSE",
                shuffle="false",  # as the course shows them: no step follows on rightly
            )
        )
        # A step counts if it comes straight after the one that it should follow.
        self.outcomes.append("FOLLOWS")
        for before, id_ in zip([None, *ids], ids, strict=False):
            if before is None:
                self.scoring.append(_if(self._stands(1, id_), _plus("FOLLOWS", 1)))
                continue
            places = range(1, len(ids))
            ways = [
                element("qti-and", self._stands(at, before), self._stands(at + 1, id_))
                for at in places
            ]
            self.scoring.append(_if(element("qti-or", *ways), _plus("FOLLOWS", 1)))
        self._share_of("FOLLOWS", len(ids))

    @staticmethod
    def _stands(place: int, id_: str) -> ET.Element:
        at = element("qti-index", _variable("RESPONSE"), n=str(place))
        return element("qti-match", at, _base("identifier", id_))

    def _share_of(self, outcome: str, whole: int) -> None:
        share = element("qti-divide", _variable(outcome), _base("float", str(whole)))
        self.scoring.append(_set("SCORE", share))

    @write.register
    def _(self, task: Match) -> None:
        pairs = [f"{line.id} {line.answer}" for line in task.lines]
        self._declare(
            "RESPONSE", "multiple", "directedPair", pairs, _mapping(dict.fromkeys(pairs, 1.0))
        )
        lines = [(line.id, line.text) for line in task.lines]

        def choices(texts: list[tuple[str, str]], most: str) -> ET.Element:
            return element(
                "qti-simple-match-set",
                *(
                    rich(
                        "qti-simple-associable-choice",
                        inline_html(text),
                        identifier=id_,
                        match_max=most,
                    )
                    for id_, text in texts
                ),
            )

        self.body.append(
            element(
                "qti-match-interaction",
                self._prompt(task.how),
                choices(lines, "1"),
                choices(list(task.answers.items()), "0"),
                response_identifier="RESPONSE",
                max_associations=str(len(lines)),
                shuffle="true",
            )
        )
        mapped = element("qti-map-response", identifier="RESPONSE")
        share = element("qti-divide", mapped, _base("float", str(len(lines))))
        self.scoring.append(_set("SCORE", share))

    @write.register
    def _(self, task: Fill) -> None:
        self.body.append(rich("p", inline_html(self.question.item.stem)))
        self.body.append(rich("p", html("<em>{}</em>", inline_html(task.how))))
        passage = around(task.passage, GAP_MARK, lambda mark: html('<x-gap n="{}"/>', mark[1]))
        text = rich("p", passage)
        gaps = {str(gap.number): gap for gap in task.gaps}
        for place in text.iter("x-gap"):
            self._gap(gaps[place.attrib.pop("n")], place)
        self.body.append(text)
        self.outcomes.append("RIGHT")
        for at, gap in enumerate(task.gaps):
            if gap.choices:
                response = f"GAP{gap.number}"
                self.scoring.append(_if(_is_right(response), _plus("RIGHT", 1)))
                self.scoring.append(_show_chosen(response))
            else:
                groups = [group for group in task.once if at in group]
                earlier = [task.gaps[one] for group in groups for one in group if one < at]
                self._typed(gap, earlier)
        self._share_of("RIGHT", len(task.gaps))

    def _typed(self, gap: Gap, earlier: list[Gap]) -> None:
        """Score a typed gap, in which a word of an earlier one may not count again."""
        response = f"GAP{gap.number}"
        self._say_of(gap, response, "right", gap.feedback)
        rules = [
            _if(
                _is_one_of(response, gap.answers),
                _plus("RIGHT", 1),
                _show(response, "right"),
            )
        ]
        for other in earlier:
            words = _words(other)
            again = [
                element(
                    "qti-and",
                    _is_one_of(response, ways),
                    _is_one_of(f"GAP{other.number}", words[word]),
                )
                for word, ways in _words(gap).items()
                if word in words
            ]
            twice = f"AGAIN{gap.number}"
            if twice not in self.outcomes:
                self.outcomes.append(twice)
            said = _if(element("qti-or", *again), _set(twice, _base("float", "1")))
            rules.append(_if(_is_answered(f"GAP{other.number}"), said))
        if earlier:
            counted = element("qti-subtract", _variable("RIGHT"), _variable(f"AGAIN{gap.number}"))
            rules.append(_set("RIGHT", counted))
        by_feedback: dict[str, list[str]] = {}
        for slip in gap.slips:
            by_feedback.setdefault(slip.feedback, []).append(slip.text)
        for number, (feedback, texts) in enumerate(by_feedback.items(), start=1):
            identifier = f"slip-{number}"
            rules.append(_if(_is_one_of(response, texts), _show(response, identifier)))
            self._say_of(gap, response, identifier, feedback)
        # Not every program compares texts where nothing was typed.
        self.scoring.append(_if(_is_answered(response), *rules))

    def _say_of(self, gap: Gap, response: str, identifier: str, said: str) -> None:
        """Add what is said of a gap, below the text, with the number of the gap."""
        count = len(self.question.task.gaps) if isinstance(self.question.task, Fill) else 1
        named = self.question.strings.text("items.cloze.gap", number=gap.number, count=count)
        if said:
            words = html("<p><em>{}.</em> {}</p>", named, inline_html(said))
            self.feedback.append((response, identifier, (words,)))

    def _gap(self, gap: Gap, place: ET.Element) -> None:
        """Write where a gap is filled into its place in the text."""
        response = f"GAP{gap.number}"
        place.set("response-identifier", response)
        if gap.choices:
            right = [one.id for one in gap.choices if one.share > 0]
            self._declare(response, "single", "identifier", right)
            place.tag = "qti-inline-choice-interaction"
            place.set("shuffle", "true")
            place.extend(
                rich("qti-inline-choice", inline_html(one.text), identifier=one.id)
                for one in gap.choices
            )
            for one in gap.choices:
                self._say_of(gap, response, one.id, " ".join(one.feedback))
        else:
            self._declare(response, "single", "string", [gap.key])
            place.tag = "qti-text-entry-interaction"
            longest = max(map(len, gap.answers))
            place.set("expected-length", str(max(10, longest + 4)))

    @write.register
    def _(self, task: Number) -> None:
        self._declare("RESPONSE", "single", "float", [task.value])
        self.body.append(rich("p", inline_html(self.question.item.stem)))
        self.body.append(rich("p", html("<em>{}</em>", inline_html(task.how))))
        entry = element(
            "qti-text-entry-interaction", response_identifier="RESPONSE", expected_length="12"
        )
        self.body.append(element("p", entry))
        value, tolerance = Decimal(task.value), Decimal(task.tolerance)
        lowest, highest = f"{value - tolerance:f}", f"{value + tolerance:f}"
        right = element(
            "qti-and",
            element("qti-gte", _variable("RESPONSE"), _base("float", lowest)),
            element("qti-lte", _variable("RESPONSE"), _base("float", highest)),
        )
        then = [_set("SCORE", _base("float", "1")), _show("RESPONSE", "right")]
        condition = element("qti-response-condition", element("qti-response-if", right, *then))
        self.feedback = [("RESPONSE", "right", _said(task.feedback))]
        for number, slip in enumerate(task.slips, start=1):
            given = element(
                "qti-equal",
                _variable("RESPONSE"),
                _base("float", slip.text),
                tolerance_mode="exact",
            )
            identifier = f"slip-{number}"
            shown = _show("RESPONSE", identifier)
            condition.append(element("qti-response-else-if", given, shown))
            self.feedback.append(("RESPONSE", identifier, _said(slip.feedback)))
        condition.append(element("qti-response-else", _show("RESPONSE", "other")))
        self.feedback.append(("RESPONSE", "other", _said(task.other)))
        self.scoring.append(_if(_is_answered("RESPONSE"), condition))
