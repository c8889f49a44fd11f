"""Session plans: minutes that add up, and everything that a plan uses there, or made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from imlcourse.course.bank import Quiz
from imlcourse.course.module import Module
from imlcourse.course.names import Answer
from imlcourse.course.pace import WORDS_A_MINUTE
from imlcourse.course.session import (
    GROUP_SIZES,
    METHODS,
    MINUTES_OF_VOTE,
    MOMENTS,
    WHENS,
    Activity,
    Material,
    SessionPlan,
)
from imlcourse.course.session_file import spoken_words
from imlcourse.course.sources import Sources
from imlcourse.items import Item
from imlcourse.languages.spelling import near, nearest
from imlcourse.markup.page import Block
from imlcourse.markup.problems import repeated

ON_SCREEN = "scene"
"""What an activity names that is on the screen alone: the drawing of the opening situation."""


def check_sessions(sources: Sources) -> None:
    """Check every session plan.

    Parameters
    ----------
    sources
        What was read.
    """
    for plan in sources.sessions.values():
        module = sources.modules[plan.module]
        if plan.page.whole:
            _Plan(plan, module, sources).check()


def _folded(text: str) -> str:
    """Write a text so that what a pattern that ignores case finds in it is in it letter by letter.

    Both i without a dot and I with one are an i to such a pattern, and to nothing else.
    """
    return text.replace("\u0131", "i").replace("\u0130", "i").casefold()


@dataclass
class _Plan:
    plan: SessionPlan
    module: Module
    sources: Sources
    used: set[str] = field(default_factory=set)

    def report(self, line: int, what: str) -> None:
        self.sources.problems.add(self.plan.path, line, what)

    def check(self) -> None:
        self._parts()
        self._minutes()
        self._materials()
        for activity in self.plan.activities:
            self._activity(activity)
        self._unused()
        self._props()

    # --- what a plan holds ------------------------------------------------------------------

    def _parts(self) -> None:
        plan = self.plan
        missing = []
        if plan.purpose is None:
            missing.append(("purpose", ":::{purpose}"))
        lacking = [when for when in WHENS if when not in plan.prepare]
        missing += [(f"preparation for the {when}", f":::{{prepare}} {when}") for when in lacking]
        sizes = [size for size in GROUP_SIZES if size not in plan.people]
        missing += [(f"word on {size} people", f":::{{people}} {size}") for size in sizes]
        moments = [at for at in MOMENTS if at not in plan.moments]
        missing += [(f"word on “{at}”", f":::{{sensitive}} {at}") for at in moments]
        if not plan.cuts:
            missing.append(("word on what to cut when it is late", ":::{cut} What"))
        if not plan.extras:
            missing.append(("word on what to add when there is time", ":::{extend} What"))
        written = {one.block.options.get("method", "") for one in plan.activities}
        if "debrief" not in written and written <= set(METHODS):
            missing.append(("debrief", ":::{activity} Title, with :method: debrief"))
        for what, begins in missing:
            self.report(1, f"the plan has no {what}; add a block {begins} … :::")

    def _minutes(self) -> None:
        plan, claimed = self.plan, self.module.front.minutes.session
        if not all(activity.minutes for activity in plan.activities):
            return  # which is reported
        if plan.minutes != claimed:
            line = plan.activities[-1].block.line if plan.activities else 1
            by = plan.minutes - claimed
            self.report(
                line,
                f"the activities take {plan.minutes} minutes together, and the module says "
                f"session: {claimed}; {'take' if by > 0 else 'add'} {abs(by)}, or change it there",
            )

    # --- what it needs ----------------------------------------------------------------------

    def _materials(self) -> None:
        seen: dict[str, int] = {}
        for number, material in enumerate(self.plan.materials):
            line = self.plan.file.line(("materials", number))
            if material.name in seen:
                self.report(line, repeated(material.name, line=seen[material.name]))
            seen.setdefault(material.name, line)
            for what in self._material(material, line):
                self.report(line, what)

    def _material(self, material: Material, line: int) -> Iterator[str]:
        kind, id_, plan = material.kind, material.id, self.plan
        if kind == "keypoints":
            if id_:
                yield "key points are those of the module; leave the id out"
            return
        if not id_:
            yield f"the {kind} has no id; write which one it is"
        elif kind == "figure":
            yield from self._figure(id_)
        elif kind == "cards" and id_ not in plan.cards:
            yield (
                f"no cards “{id_}” in this plan{near(id_, plan.cards)}; write a block "
                f":::{{cards}} {id_}"
            )
        elif kind == "flipchart" and id_ not in plan.flipcharts:
            yield (
                f"no flip chart “{id_}” in this plan{near(id_, plan.flipcharts)}; write a block "
                f":::{{flipchart}} {id_}"
            )
        elif kind == "bring":
            training = self.sources.library.training
            if training is not None and id_ not in training.bring:
                yield (
                    f"nothing to bring is called “{id_}”{near(id_, training.bring)}; there are "
                    f"{', '.join(training.bring)} (book/training.yml)"
                )
        elif kind in ("sheet", "case"):
            yield from self._asked(id_, line, "scenario" if kind == "case" else "")
        elif kind == "worksheet":
            self._named("worksheet", id_, line)
        elif kind in ("aid", "reading"):
            self._named("written page", id_, line, f"no page “{id_}”")
            if kind == "aid" and not id_.startswith("aid-"):
                yield f"“{id_}” is no job aid; write kind: reading, or name an aid-…"

    def _named(self, kind: str, id_: str, line: int, message: str = "") -> bool:
        """Say whether something is there, and report that it is not."""
        answer = self.sources.names.report_missing(kind, id_, self.plan.path, line, message)
        return answer is Answer.YES

    def _figure(self, name: str) -> Iterator[str]:
        drawn = [block.argument for block in self.module.page.of_kind("diagram")]
        scenes = (
            block.options.get("drawing", "") for block in self.module.page.of_kind("situation")
        )
        drawn += [scene for scene in scenes if scene]
        if name not in drawn:
            yield f"no figure “{name}” in the module{near(name, drawn)}; it has {', '.join(drawn)}"

    # --- what it asks -----------------------------------------------------------------------

    def _asked(self, id_: str, line: int, kind: str = "") -> Iterator[str]:
        """Check an item or a quiz that is asked or printed."""
        quiz = self._quiz(id_)
        if quiz is not None:
            if kind:
                yield f"{id_} is a quiz, and a case is one item; write kind: sheet"
            if quiz.mode == "test":
                yield (
                    f"{id_} is a test, and what it asks is not for practice before; name a quiz "
                    "“Check yourself”"
                )
            return
        item = self._item(id_)
        if item is None:
            self._named("item", id_, line, f"no item and no quiz “{id_}”")
            return
        if kind and item.type != kind:
            yield f"{id_} is no case that branches (it is {item.type}); write kind: sheet"
        if not kind and item.type == "scenario":
            yield f"{id_} is a case that branches; write kind: case"
        if id_ in self._kept():
            yield (
                f"{id_} is an item of a test, and is not for practice before; name one of a quiz "
                "“Check yourself”"
            )

    def _quiz(self, id_: str) -> Quiz | None:
        for bank in self.sources.banks.values():
            if id_ in bank.quizzes:
                return bank.quizzes[id_]
        return None

    def _item(self, id_: str) -> Item | None:
        for bank in self.sources.banks.values():
            if id_ in bank.items:
                return bank.items[id_]
        return None

    def _kept(self) -> set[str]:
        """Give the items of all tests: of modules, before and after, and of the start check."""
        sources = self.sources
        kept = {
            id_
            for bank in sources.banks.values()
            for quiz in bank.quizzes.values()
            if quiz.mode == "test"
            for id_ in quiz.item_ids
        }
        kept.update(sources.tests.reserved_ids if sources.tests else ())
        kept.update(sources.start.items if sources.start else ())
        return kept

    # --- what is done -----------------------------------------------------------------------

    def _activity(self, activity: Activity) -> None:
        line, materials = activity.block.line, {one.name for one in self.plan.materials}
        questions = 0
        for name in activity.uses:
            self.used.add(name)
            if name in materials:
                by_name = next(one for one in self.plan.materials if one.name == name)
                questions += self._questions(name) if by_name.kind in ("sheet", "case") else 0
            elif name == ON_SCREEN:
                self._scene(line)
            elif name.endswith(".svg"):
                for what in self._figure(name):
                    self.report(line, what)
            elif self._quiz(name) or self._item(name) or self._is_item(name):
                scenario = self._item(name)
                kind = "scenario" if scenario and scenario.type == "scenario" else ""
                for what in self._asked(name, line, kind):
                    self.report(line, what)
                questions += self._questions(name)
            else:
                known = [*materials, ON_SCREEN]
                self.report(
                    line,
                    f"“{name}” is none of the materials{near(name, known)}; add it to `materials`, "
                    "or name the scene, a figure of the module, an item or a quiz",
                )
        self._vote(activity, questions)
        self._said(activity)
        for slide in activity.slides:
            self._slide(slide.block, slide.shows, slide.target)

    def _is_item(self, name: str) -> bool:
        return bool(re.fullmatch(r"(m[0-9]{2,4}|capstone)-[a-z]+[0-9]*", name))

    def _questions(self, name: str) -> int:
        quiz = self._quiz(name)
        return len(quiz.item_ids) if quiz else 1

    def _scene(self, line: int) -> None:
        situations = self.module.page.of_kind("situation")
        if not any(block.options.get("drawing") for block in situations):
            self.report(line, "the module has no scene; take it out")

    def _vote(self, activity: Activity, questions: int) -> None:
        if activity.method != "vote" or not activity.minutes:
            return
        line = activity.block.line
        if not questions:
            self.report(line, "a vote is on a question; name the item or the quiz in :uses:")
        least = questions * MINUTES_OF_VOTE
        if activity.minutes < least:
            self.report(
                line,
                f"{questions} question{'s' * (questions > 1)} by show of hands in "
                f"{activity.minutes} minutes; each takes {MINUTES_OF_VOTE} at least: give "
                f"{least}, or ask fewer",
            )

    def _said(self, activity: Activity) -> None:
        said = sum(spoken_words(part.text) for part in activity.of_kind("say"))
        minutes = -(-said // WORDS_A_MINUTE)
        if activity.minutes and minutes > activity.minutes:
            self.report(
                activity.block.line,
                f"what is said here has {said} words, which take {minutes} minutes aloud, and the "
                f"activity has {activity.minutes}; shorten it, or give it more time",
            )

    def _slide(self, block: Block, shows: str, target: str) -> None:
        if shows == "scene":
            self._scene(block.line)
        elif shows == "figure" and target:
            for what in self._figure(target):
                self.report(block.line, what)
        elif shows in ("question", "case") and target:
            for what in self._asked(target, block.line, "scenario" if shows == "case" else ""):
                what = what.replace("kind: sheet", ":show: question …")
                self.report(block.line, what.replace("kind: case", ":show: case …"))
        elif shows == "quote" and "{quote}`" not in block.text:
            self.report(block.line, "the slide quotes nothing; write {quote}`the words <8>` in it")

    # --- what is named and not there --------------------------------------------------------

    def _unused(self) -> None:
        for number, material in enumerate(self.plan.materials):
            unused = material.kind != "bring" and material.name not in self.used
            if unused and not nearest(material.name, self.used):
                self.report(
                    self.plan.file.line(("materials", number)),
                    f"no activity uses {material.name}; name it in the :uses: of one, or delete it",
                )
        listed = {material.name for material in self.plan.materials}
        for kind, made in (("cards", self.plan.cards), ("flipchart", self.plan.flipcharts)):
            for id_, one in made.items():
                if id_ not in listed and not nearest(id_, listed):
                    self.report(
                        one.block.line,
                        f"the {kind} {id_} is not among the materials; add "
                        f"- {{kind: {kind}, id: {id_}, for: …}}",
                    )

    def _props(self) -> None:
        """Report what a plan speaks of and nobody makes or brings."""
        training = self.sources.library.training
        if training is None:
            return
        kinds = {material.kind for material in self.plan.materials}
        brought = {one.id for one in self.plan.materials if one.kind == "bring"}
        for made, words in training.words.items():
            if made not in kinds:
                self._spoken_of(words, f"a material of kind: {made}")
        for id_, one in training.bring.items():
            if id_ not in brought:
                self._spoken_of(one.words, f"- {{kind: bring, id: {id_}, for: …}}")

    @cached_property
    def _described(self) -> list[tuple[Block, str]]:
        """The blocks in which a prop may not be named without being supplied, and their words."""
        blocks = (one for one in self.plan.page.blocks if one.kind not in ("say", "cards"))
        return [(block, _folded(block.text)) for block in blocks]

    def _spoken_of(self, words: list[str], remedy: str) -> None:
        if not words:
            return
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
        sought = [_folded(word) for word in words]
        for block, folded in self._described:
            if not any(word in folded for word in sought):
                continue  # as in most blocks; the pattern takes fifty times as long to find it out
            if found := pattern.search(block.text):
                line = block.text_line + block.text.count("\n", 0, found.start())
                self.report(
                    line,
                    f"“{found[0]}” stands here, and no material supplies it; add {remedy} to "
                    "`materials`, or say it otherwise",
                )
                return
