"""Readers of question banks that know nothing of the course: each by the rules of its format.

They read the written files and score answers as the programs for which they are written do. A
real Moodle, Canvas's own reader and the published schemas were asked too; see CONTRIBUTING.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

from bank_answers import Given, plain_words

QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
CANVAS = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


# --- Moodle XML ----------------------------------------------------------------------------------


@dataclass
class MoodleQuestion:
    """A question of a Moodle XML file, and the category that it stands in."""

    xml: Any
    category: str

    def text(self, path: str) -> str:
        return self.xml.findtext(path) or ""

    @property
    def id(self) -> str:
        return self.text("idnumber")

    @property
    def kind(self) -> str:
        return str(self.xml.get("type"))

    def shares(self) -> list[tuple[str, float]]:
        """Give each answer with what it is worth, from -1 to 1."""
        return [
            (plain_words(one.findtext("text")), float(one.get("fraction")) / 100)
            for one in self.xml.iterfind("answer")
        ]

    def score(self, given: Given) -> float:
        """Score an answer as Moodle does."""
        if self.kind == "truefalse":
            words = ["true" if one else "false" for one in given.chosen]
            return sum(share for text, share in self.shares() if text in words)
        if self.kind == "multichoice":
            texts = [text for text, _ in self.shares()]
            assert set(given.chosen) <= set(texts)
            assert len(set(texts)) == len(texts)
            points = sum(share for text, share in self.shares() if text in given.chosen)
            return min(1.0, max(0.0, points))
        if self.kind == "matching":
            pairs = {
                plain_words(one.findtext("text")): plain_words(one.findtext("answer/text"))
                for one in self.xml.iterfind("subquestion")
                if one.findtext("text")
            }
            answers = [one.findtext("answer/text") for one in self.xml.iterfind("subquestion")]
            offered = set(map(plain_words, answers))
            assert set(given.pairs) <= set(pairs)
            assert set(given.pairs.values()) <= offered
            return sum(given.pairs.get(line) == answer for line, answer in pairs.items()) / len(
                pairs
            )
        if self.kind == "numerical":
            return self._number(given.values[0])
        assert self.kind == "cloze"
        gaps = gaps_of(self.text("questiontext/text"))
        right = [gap.worth(value) for gap, value in zip(gaps, given.values, strict=True)]
        return sum(right) / len(right)

    def _number(self, value: str | None) -> float:
        for one in self.xml.iterfind("answer"):
            text, tolerance = one.findtext("text"), float(one.findtext("tolerance"))
            if text == "*" or (value and abs(float(value) - float(text)) <= tolerance + 1e-12):
                return float(one.get("fraction")) / 100
        return 0.0


@dataclass
class ClozeGap:
    """A gap that is written in a text: whether it is typed, and its answers with their worth."""

    typed: bool
    answers: list[tuple[str, float, str]]

    def worth(self, value: str | None) -> float:
        if not value:
            return 0.0
        known = [plain_words(text) for text, _, _ in self.answers]
        if not self.typed:
            assert value in known
        found = [
            share
            for (_, share, _), text in zip(self.answers, known, strict=True)
            if (text.casefold() == value.casefold() if self.typed else text == value)
        ]
        return found[0] if found else 0.0


_GAP = re.compile(r"\{1:(SHORTANSWER|MULTICHOICE_S):((?:[^}\\]|\\.)*)\}", re.DOTALL)


def gaps_of(text: str) -> list[ClozeGap]:
    """Read the gaps of a text as Moodle's help describes them."""
    gaps = []
    for kind, inside in _GAP.findall(text):
        answers = []
        for one in re.split(r"(?<!\\)~", inside):
            worth, rest = re.fullmatch(r"(=|%0%)(.*)", one, re.DOTALL).groups()  # type: ignore[union-attr]
            answer, said = re.split(r"(?<![\\&])#", rest, maxsplit=1)
            plain = [
                unescape(part).replace("\\}", "}").replace("\\#", "#") for part in (answer, said)
            ]
            answers.append((plain[0].replace("\\*", "*"), 1.0 if worth == "=" else 0.0, plain[1]))
        gaps.append(ClozeGap(kind == "SHORTANSWER", answers))
    assert len(gaps) == text.count("{1:")
    return gaps


def moodle_questions(data: bytes) -> list[MoodleQuestion]:
    """Read the questions of a Moodle XML file."""
    found, category = [], ""
    for one in etree.fromstring(data).iterfind("question"):
        if one.get("type") == "category":
            category = one.findtext("category/text")
        else:
            found.append(MoodleQuestion(one, category))
    return found


# --- GIFT, as gift-pegjs gives it ----------------------------------------------------------------


def gift_score(question: dict[str, Any], given: Given) -> float:
    """Score an answer to a question as it was parsed."""
    if question["type"] == "TF":
        return float(given.chosen == [question["isTrue"]])
    if question["type"] == "MC":
        points = 0.0
        for choice in question["choices"]:
            if plain_words(choice["text"]["text"]) in given.chosen:
                weight = choice["weight"]
                points += (100 if choice["isCorrect"] else 0) if weight is None else weight
        return min(1.0, max(0.0, points / 100))
    if question["type"] == "Matching":
        pairs = {
            # This parser writes &&058; for a guarded sign and leaves it so in an answer.
            plain_words(pair["subquestion"]["text"]): re.sub(
                r"&&0?(\d+);", lambda code: chr(int(code[1])), pair["subanswer"]
            )
            for pair in question["matchPairs"]
            if pair["subquestion"]["text"]
        }
        assert set(given.pairs) <= set(pairs)
        return sum(given.pairs.get(line) == answer for line, answer in pairs.items()) / len(pairs)
    if question["type"] == "Numerical":
        value = given.values[0]
        for choice in question["choices"]:
            if "number" not in choice["text"]:  # any other number
                return 0.0
            number, spread = choice["text"]["number"], choice["text"]["range"]
            if value and abs(float(value) - number) <= spread + 1e-12:
                return float(choice["isCorrect"] and choice["weight"] is None)
        return 0.0
    assert question["type"] == "Short"
    for choice in question["choices"]:
        if (given.values[0] or "").casefold() == choice["text"]["text"].casefold():
            return float(choice["weight"] is None)
    return 0.0


# --- QTI 3 ---------------------------------------------------------------------------------------


class QtiItem:
    """An item of QTI 3: what may be answered, and its response processing, run step by step."""

    def __init__(self, data: bytes) -> None:
        self.xml = etree.fromstring(data)
        self.declared = {
            one.get("identifier"): one
            for one in self.xml.iterfind(f"{QTI}qti-response-declaration")
        }
        self.texts = {
            one.get("identifier"): plain_words(
                etree.tostring(one, encoding="unicode", with_tail=False)
            )
            for name in ("qti-simple-choice", "qti-simple-associable-choice", "qti-inline-choice")
            for one in self.xml.iter(f"{QTI}{name}")
        }

    def processed(self, responses: dict[str, Any]) -> dict[str, Any]:
        """Run the response processing, and give the outcomes."""
        values: dict[str, Any] = dict(responses)
        for one in self.xml.iterfind(f"{QTI}qti-outcome-declaration"):
            default = one.findtext(f"{QTI}qti-default-value/{QTI}qti-value")
            values[one.get("identifier")] = None if default is None else float(default)
        self._run(self.xml.find(f"{QTI}qti-response-processing"), values)
        return values

    def _run(self, rules: Any, values: dict[str, Any]) -> None:
        for rule in rules:
            name = rule.tag.removeprefix(QTI)
            if name == "qti-set-outcome-value":
                values[rule.get("identifier")] = self._value(rule[0], values)
                continue
            assert name == "qti-response-condition"
            for branch in rule:
                is_else = branch.tag == f"{QTI}qti-response-else"
                if is_else or self._value(branch[0], values):
                    self._run(branch if is_else else branch[1:], values)
                    break

    def _correct(self, identifier: str) -> Any:
        values = [one.text for one in self.declared[identifier].iter(f"{QTI}qti-value")]
        return values[0] if self.declared[identifier].get("cardinality") == "single" else values

    def _mapped(self, identifier: str, value: Any) -> float:
        mapping = self.declared[identifier].find(f"{QTI}qti-mapping")
        keys = {one.get("map-key").casefold(): float(one.get("mapped-value")) for one in mapping}
        given = [] if value is None else [value] if isinstance(value, str) else value
        total = sum(keys.get(one.casefold(), 0.0) for one in given)
        return float(max(total, float(mapping.get("lower-bound", total))))

    def _value(self, node: Any, values: dict[str, Any]) -> Any:
        name = node.tag.removeprefix(QTI)
        if name == "qti-variable":
            return values.get(node.get("identifier"))
        if name == "qti-correct":
            return self._correct(node.get("identifier"))
        if name == "qti-map-response":
            return self._mapped(node.get("identifier"), values.get(node.get("identifier")))
        if name == "qti-base-value":
            return float(node.text) if node.get("base-type") == "float" else node.text
        inside = [self._value(one, values) for one in node]
        if name == "qti-index":
            place = int(node.get("n")) - 1
            return inside[0][place] if inside[0] and place < len(inside[0]) else None
        if name == "qti-is-null":
            return not inside[0]
        if name == "qti-not":
            return not inside[0]
        if name == "qti-and":
            return all(inside)
        if name == "qti-or":
            return any(inside)
        if name == "qti-sum":
            return sum(inside)
        if any(one is None for one in inside):
            return None
        if name == "qti-subtract":
            return inside[0] - inside[1]
        if name == "qti-divide":
            return inside[0] / inside[1]
        if name in ("qti-gte", "qti-lte"):
            far = float(inside[0]) - float(inside[1])
            return far >= 0 if name == "qti-gte" else far <= 0
        if name == "qti-match":
            return inside[0] == inside[1]
        if name == "qti-string-match":
            assert node.get("case-sensitive") == "false"
            return inside[0].casefold() == inside[1].casefold()
        assert name == "qti-equal" and node.get("tolerance-mode") == "exact"
        return float(inside[0]) == float(inside[1])

    def answered(self, given: Given) -> dict[str, Any]:
        """Put an answer into the responses that the item declares."""
        ids: dict[str, list[str]] = {}
        for identifier, text in self.texts.items():
            ids.setdefault(text, []).append(identifier)
        response = given.response
        if "JUDGEMENT" in self.declared:
            judged, reason = [*response, None, None][:2]
            return {"JUDGEMENT": judged, "REASON": reason}
        if "GAP1" in self.declared:
            responses = {}
            for number, value in enumerate(given.values, start=1):
                chosen = self.declared[f"GAP{number}"].get("base-type") == "identifier"
                found = [one for one in ids.get(value or "", []) if one in self._choices(number)]
                responses[f"GAP{number}"] = found[0] if chosen and value else value
            return responses
        declared = self.declared["RESPONSE"]
        if declared.get("base-type") == "directedPair":
            return {"RESPONSE": [f"{line} {answer}" for line, answer in response.items()] or None}
        if declared.get("cardinality") in ("multiple", "ordered"):
            return {"RESPONSE": response or None}
        return {"RESPONSE": response or None}

    def _choices(self, number: int) -> set[str]:
        return {
            one.get("identifier")
            for gap in self.xml.iter(f"{QTI}qti-inline-choice-interaction")
            if gap.get("response-identifier") == f"GAP{number}"
            for one in gap.iter(f"{QTI}qti-inline-choice")
        }


# --- QTI 1.2 for Canvas --------------------------------------------------------------------------


def _words(text: Any) -> str:
    html = text.get("texttype") == "text/html"
    return plain_words(text.text) if html else " ".join(text.text.split())


class CanvasItem:
    """An item of QTI 1.2 as Canvas writes it."""

    def __init__(self, xml: Any) -> None:
        self.xml = xml
        self.id = xml.get("ident")
        labels = [one.text for one in xml.iter(f"{CANVAS}fieldlabel")]
        entries = [one.text for one in xml.iter(f"{CANVAS}fieldentry")]
        self.fields = dict(zip(labels, entries, strict=True))
        self.kind = self.fields["question_type"]

    def offered(self) -> dict[str, dict[str, str]]:
        """Give what may be answered: by response, the texts by id."""
        return {
            one.get("ident"): {
                label.get("ident"): _words(label.find(f".//{CANVAS}mattext"))
                for label in one.iter(f"{CANVAS}response_label")
            }
            for one in self.xml.iter(f"{CANVAS}response_lid")
        }

    def named(self) -> dict[str, str]:
        """Give the words before each response: the line, or the name of the gap."""
        return {
            one.get("ident"): one.findtext(f"{CANVAS}material/{CANVAS}mattext")
            for one in self.xml.iter(f"{CANVAS}response_lid")
        }

    def score(self, given: Given) -> float:
        """Score an answer by the conditions that are written; of several options all or nothing."""
        offered, named = self.offered(), self.named()
        answers: dict[str, set[str]] = {}
        for response, texts in offered.items():
            wanted = set(given.chosen)
            if self.kind == "matching_question":
                wanted = {given.pairs.get(named[response], "")}
            elif self.kind in ("fill_in_multiple_blanks_question", "multiple_dropdowns_question"):
                value = given.values[int(named[response].removeprefix("gap")) - 1] or ""
                found = {id_ for id_, text in texts.items() if text.casefold() == value.casefold()}
                if found and self.kind.startswith("fill"):
                    found = {next(iter(texts))}  # what is accepted counts as the first
                answers[response] = found
                continue
            elif self.kind == "true_false_question":
                wanted = {{True: "True", False: "False"}[one] for one in given.chosen}
            answers[response] = {id_ for id_, text in texts.items() if text in wanted}
        points = 0.0
        for rule in self.xml.iter(f"{CANVAS}respcondition"):
            worth = rule.find(f"{CANVAS}setvar")
            if worth is None or not self._holds(
                rule.find(f"{CANVAS}conditionvar")[0], answers, given
            ):
                continue
            points = (points if worth.get("action") == "Add" else 0.0) + float(worth.text)
        return points / 100

    def _holds(self, node: Any, answers: dict[str, set[str]], given: Given) -> bool:
        name = node.tag.removeprefix(CANVAS)
        if name in ("and", "or"):
            told = [self._holds(one, answers, given) for one in node]
            return all(told) if name == "and" else any(told)
        if name == "not":
            return not self._holds(node[0], answers, given)
        if node.get("respident") in answers:
            assert node.text in self.offered()[node.get("respident")]
            return node.text in answers[node.get("respident")]
        value = given.values[0]
        if not value:
            return False
        far = float(value) - float(node.text)
        return {"varequal": far == 0, "vargte": far >= -1e-12, "varlte": far <= 1e-12}[name]


def canvas_items(data: bytes) -> list[CanvasItem]:
    """Read the items of a quiz."""
    return [CanvasItem(one) for one in etree.fromstring(data).iter(f"{CANVAS}item")]
