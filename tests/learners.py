"""A group of learners and their records, made by the player’s own code as a browser makes them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from engine import Engine
from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.single import Single
from imlcourse.items.truefalse import TrueFalse

NAMES = [
    "Amina Diallo", "Bruno Costa", "Chen Wei", "Dilnoza Karimova", "Émile O’Neil", "Farah Haddad",
    "Grace Mwangi", "Hugo Peña", "Ines Ferreira", "Jonas Lindqvist", "Khadija Benali",
    "Liam Murphy", "Mariam Traoré", "Nikola Petrović", "Olga Shevchenko", "Pilar Gómez",
    "Quang Nguyen", "Rania Khoury", "Samuel Okafor", "Tomás Vargas",
]  # fmt: skip

DRAW = """([pool, blueprint, seed, used]) =>
  imlPlayer.blueprint.draw(pool, blueprint, seed,
    new Map(used.map((id) => [id, { times: 1, last: '' }])))"""
MARKED = """([attempt, points, now]) =>
  imlPlayer.marking.marked(attempt, null, (id) => points[id], now)"""
STATEMENTS = """([course, account, entries]) =>
  imlPlayer.xapi.statements(course, account, entries)"""


@dataclass
class Group:
    """Makes records of learners who know more or less."""

    engine: Engine
    course: Course
    seed: int = 298

    def attempt(
        self,
        test: str,
        items: list[Item],
        skill: float,
        day: str,
        random: Random,
        **more: Any,
    ) -> dict[str, Any]:
        """Take a test to its end, with a chance to be right; as the player keeps it."""
        answers, points = {}, {}
        for item in items:
            response = answer(item, skill, random)
            points[item.id] = item.score(response).points
            answers[item.id] = {"response": response, "at": f"{day}T09:30:00.000Z"}
        open_: dict[str, Any] = {
            "v": 1, "test": test, "kind": "course", "course": self.course.about.version,
            "id": f"{day}-x", "begun": f"{day}T09:00:00.000Z", "ended": None, "seed": self.seed,
            "place": 0, "answers": answers, "results": {}, "points": None, "passed": None,
            "items": [{"id": i.id, "version": i.version, "type": i.type} for i in items],
            "at": f"{day}T09:30:00.000Z", **more,
        }  # fmt: skip
        ended: dict[str, Any] = self.engine.evaluate(
            MARKED, [open_, points, f"{day}T10:00:00.000Z"]
        )
        return ended

    def drawn(self, seed: int, used: list[str]) -> list[Item]:
        """Draw a pre-test or a post-test as the player does."""
        tests = self.course.tests
        assert tests
        pool = {one.id: one for one in self.course.drawn_from(tests.before_after)}
        listed = [{"id": i.id, "objective": i.objective, "level": i.level} for i in pool.values()]
        cells = [cell.model_dump(exclude_none=True) for cell in tests.before_after.blueprint]
        ids = self.engine.evaluate(DRAW, [listed, cells, seed, used])
        return [pool[id_] for id_ in ids]

    def record(self, number: int, *, same: bool = False) -> list[dict[str, Any]]:
        """Give the file of a learner who took pre-test, a module and post-test.

        Parameters
        ----------
        number
            Which learner.
        same
            Whether all learners are asked the same, as on one computer’s sheet.
        """
        random = Random(f"{self.seed}/{number}")
        skill = random.uniform(0.25, 0.6)
        before = self.drawn(1 if same else 100 + number, [])
        after = self.drawn(2 if same else 200 + number, [one.id for one in before])
        entries: dict[str, Any] = {
            "me": {"v": 1, "at": "2026-11-20T08:00:00.000Z", "name": NAMES[number % 20],
                   "account": account(number)},
            "attempt/pre-test/a": self.attempt("pre-test", before, skill, "2026-11-20", random),
            "attempt/post-test/b": self.attempt(
                "post-test", after, min(0.95, skill + random.uniform(0, 0.4)), "2026-11-22", random
            ),
        }  # fmt: skip
        quiz = self.course.module_quizzes["m09"]
        bank = self.course.banks["m09"]
        asked = [bank.items[one] for one in quiz.items[:8]]
        entries["attempt/m09-quiz/c"] = self.attempt(
            "m09-quiz", asked, skill + 0.15, "2026-11-21", random, kind="module"
        )
        return self.statements(number, entries)

    def statements(self, number: int, entries: dict[str, Any]) -> list[dict[str, Any]]:
        """Write entries as the player exports them."""
        about = self.course.about
        course = {"id": about.id, "iri": about.iri, "title": about.title,
                  "version": about.version, "language": about.language}  # fmt: skip
        made: list[dict[str, Any]] = self.engine.evaluate(
            STATEMENTS, [course, account(number), entries]
        )
        return made


def account(number: int) -> str:
    """Give the account of a learner."""
    return f"{number:024x}"


def answer(item: Item, skill: float, random: Random) -> Any:
    """Answer an item rightly with some chance, else with something else; easy ones are easier."""
    ease = Random(item.id).uniform(-0.3, 0.3)
    if random.random() < skill + ease:
        return item.key()
    if random.random() < 0.05:
        return None
    if isinstance(item, Single):
        wrong = [one for one in item.option_ids() if one != item.key()]
        return wrong[0] if random.random() < 0.6 else random.choice(wrong)
    if isinstance(item, TrueFalse) and not item.reasons:
        return "false" if item.key() == "true" else "true"
    if item.type == "multiple":
        return item.key()[:1]
    return None
