"""The forms of a workshop on paper: in the frame of tests, so that the same camera reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from imlcourse.course.agenda import Paper
from imlcourse.course.model import Course
from imlcourse.course.reference.evaluation import Evaluation, FormLine, FormPart
from imlcourse.languages.locales import direction
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.paper.frame import Frame
from imlcourse.products.kit.paper.geometry import (
    BoxPlace,
    Code,
    LinePlace,
    OnPage,
    QuestionPlace,
    TestPlaces,
    VersionPlaces,
)
from imlcourse.products.kit.paper.question_pages import box_name, marked_words
from imlcourse.products.kit.paper.set import paper_opening
from imlcourse.products.kit.pdf import quoted, told, typeset

__all__ = ["FormPages"]

_TEMPLATE = Path(__file__).with_name("form.typ")
_COLOUR = "1d5c7a"
_VERSION = "A"
_LINES = 6
"""Lines to write on, for each question."""


@dataclass(frozen=True)
class FormPages:
    """A form on paper.

    Attributes
    ----------
    course
        The course.
    evaluation
        Its forms.
    name
        Which of them.
    paper
        The paper.
    """

    course: Course
    evaluation: Evaluation
    name: str
    paper: Paper

    @cached_property
    def frame(self) -> Frame:
        """The frame of its pages."""
        mirrored = direction(self.course.about.language) == "rtl"
        return Frame(self.paper, large=False, mirrored=mirrored)

    @cached_property
    def lines(self) -> list[FormLine]:
        """Its lines of boxes."""
        return list(self.evaluation.lines(self.name))

    @cached_property
    def statements(self) -> dict[str, list[FormLine]]:
        """Its lines of boxes, by the statement that they rate."""
        found: dict[str, list[FormLine]] = {}
        for line in self.lines:
            found.setdefault(line.id, []).append(line)
        return found

    @cached_property
    def form(self) -> str:
        """What settles all that is on it, in eight hexadecimal digits."""
        said = [self.name, self.paper, self.course.about.language]
        said += [part for line in self.lines for part in (line.key, line.text, *line.scale)]
        said += self.evaluation.questions(self.name).values()
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]

    @cached_property
    def _body(self) -> str:
        return "\n".join([_TEMPLATE.read_text(encoding="utf-8"), *self._written()])

    @cached_property
    def _draft(self) -> str:
        return f"{self._opening('#let framed(page) = none')}\n{self._body}"

    @cached_property
    def pages(self) -> int:
        """How many pages it has."""
        return int(told(self._draft, self.course.about.language, "pages")[0])

    def _opening(self, framed: str) -> str:
        title = inline_text(self.evaluation.form(self.name).title)
        return paper_opening(self.course, self.frame, _COLOUR, title, framed)

    def pdf(self) -> bytes:
        """Set it."""
        t, about = self.course.strings.text, self.course.about
        frames = []
        for page in range(1, self.pages + 1):
            texts = {
                "version": "",
                "title": inline_text(self.evaluation.form(self.name).title),
                "page": t("paper.page", page=page, pages=self.pages),
                "code": t("evaluation.code"),
                "foot": t("paper.foot", course=inline_text(about.title), version=about.version),
            }
            code = Code(
                *(about.id, self.name, self.form, _VERSION, "questions", page, self.paper),
            )
            frames.append(f"  [{''.join(self.frame.drawn(texts, code))}],")
        framed = "\n".join(
            ["#let frames = (", *frames, ")", "#let framed(page) = frames.at(page - 1)"]
        )
        return typeset(f"{self._opening(framed)}\n{self._body}", about.language)

    def places(self) -> TestPlaces:
        """Give the file that says where its boxes are: twice the same, since it is one sheet."""
        about, side = self.course.about, self.frame.box
        there = {
            str(one["name"]): OnPage(
                x=round(float(one["x"]), 3),
                y=round(float(one["y"]), 3),
                w=side,
                h=side,
                page=int(one["page"]),
            )
            for one in told(self._draft, about.language, "mark")
        }
        questions = []
        for number, (id_, lines) in enumerate(self.statements.items(), start=1):
            placed = [
                LinePlace(
                    part=line.time or "answer",
                    several=False,
                    written=False,
                    boxes=[
                        BoxPlace(
                            label=str(value),
                            answer=str(value),
                            on_questions=there[box_name(number, at, value - 1)],
                            on_answers=there[box_name(number, at, value - 1)],
                        )
                        for value in range(1, len(line.scale) + 1)
                    ],
                )
                for at, line in enumerate(lines)
            ]
            version = self.evaluation.version_of(lines[0])
            questions.append(
                QuestionPlace(
                    number=number, item=id_, item_version=version, type="rating", lines=placed
                )
            )
        return TestPlaces(
            course=about.id,
            course_version=about.version,
            language=about.language,
            test=self.name,
            title=inline_text(self.evaluation.form(self.name).title),
            form=self.form,
            seed=0,
            paper=self.paper,
            large=False,
            frame=self.frame.places(),
            versions={
                _VERSION: VersionPlaces(
                    question_pages=self.pages, answer_pages=0, questions=questions
                )
            },
        )

    def _written(self) -> Iterator[str]:
        t, form = self.course.strings.text, self.evaluation.form(self.name)
        yield (
            f'#heading(level: 1, text(size: 1.7em, weight: "bold", fill: colour, '
            f"{quoted(inline_text(form.title))}))"
        )
        yield f"#v(0.1em)\n#par(text(fill: soft, {quoted(inline_text(form.when))}))"
        yield f"#par({quoted(inline_text(form.lead))})"
        how = t("paper.how.cross", cross="{cross}", filled="{filled}")
        yield f"#par[{marked_words(how)}]"
        for part in form.parts:
            yield f"#part-title({quoted(inline_text(part.title))})"
            if part.questions:
                for question in part.questions.values():
                    yield f"#in-words({quoted(inline_text(question))}, {_LINES})"
            elif part.twice:
                yield self._twice(part)
            else:
                yield self._once(part)
        yield "#context [#metadata(counter(page).final().first())<pages>]"

    def _once(self, part: FormPart) -> str:
        scale = self.evaluation.scale_of(part)
        rows = ", ".join(
            f"({quoted(inline_text(text))}, {self._names(id_, 0, len(scale))})"
            for id_, text in part.statements.items()
        )
        return f"#rated(({', '.join(map(quoted, scale))},), ({rows},))"

    def _twice(self, part: FormPart) -> str:
        t, scale = self.course.strings.text, self.evaluation.scale_of(part)
        rows = ", ".join(
            f"({quoted(inline_text(text))}, {self._names(id_, 0, len(scale))}, "
            f"{self._names(id_, 1, len(scale))})"
            for id_, text in part.statements.items()
        )
        legend = t("list.separator").join(
            t("evaluation.scale", number=number, words=words)
            for number, words in enumerate(scale, start=1)
        )
        before, now = quoted(t("evaluation.before")), quoted(t("evaluation.now"))
        return f"#rated-twice({quoted(legend)}, {before}, {now}, {len(scale)}, ({rows},))"

    def _names(self, id_: str, line: int, many: int) -> str:
        number = list(self.statements).index(id_) + 1
        return "(" + "".join(f"{quoted(box_name(number, line, at))}, " for at in range(many)) + ")"
