"""Pages with quizzes of every type, and how they are answered: shared by the browser's tests."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdfium2 import PdfDocument

from imlcourse.html.citation import Citation
from imlcourse.html.items import quiz_html
from imlcourse.items import Item, Scenario, places, read_item
from imlcourse.languages.strings import load_strings
from imlcourse.player.bundle import player_script, player_style

VECTORS = json.loads((Path(__file__).parent / "items" / "vectors.json").read_text("utf-8"))
DONE = (Path(__file__).parent / "done.js").read_text("utf-8")
"""Writes a record in which some modules are done, and the final test if that is asked for."""
STRINGS = load_strings("en")
COMMON = {
    "objective": "m06-o1",
    "level": "apply",
    "evidence": [{"unit": 8, "quote": "protection that is given through what it does"}],
}
ITEMS: list[dict[str, Any]] = [
    {
        "id": "i-single",
        "type": "single",
        "stem": "Who holds the *prime* responsibility?",
        "options": [
            {"text": "States", "correct": True, "feedback": "They answer for everyone there."},
            {"text": "Employers", "feedback": "Employers have duties, but other ones."},
            {"text": "Nobody", "feedback": "Somebody always answers."},
        ],
    },
    {
        "id": "i-multiple",
        "type": "multiple",
        "stem": "Which of these show protection?",
        "options": [
            {"text": "A shelter", "correct": True, "feedback": "A shelter keeps people safe."},
            {"text": "A lawyer", "correct": True, "feedback": "A lawyer makes a right real."},
            {"text": "A border fence", "feedback": "A fence keeps people out."},
            {"text": "A toll", "feedback": "A toll raises money."},
        ],
    },
    {
        "id": "i-truefalse",
        "type": "truefalse",
        "stem": "IOM has a legal protection mandate.",
        "key": False,
        "feedback": {"true": "No treaty gives one.", "false": "Its protection is de facto."},
    },
    {
        "id": "i-matching",
        "type": "matching",
        "stem": "Whose act is it?",
        "pairs": [
            {
                "left": "A visit by a consul",
                "right": "The home State",
                "feedback": "It goes out.",
                "wrong": "Look at who comes from abroad.",
            },
            {
                "left": "An inspection",
                "right": "The host State",
                "feedback": "It looks inside.",
                "wrong": "Look at whose doors open.",
            },
            {
                "left": "A shelter",
                "right": "An organization",
                "feedback": "It takes people in.",
                "wrong": "Look at who runs it.",
            },
        ],
        "distractors": [{"text": "A court", "feedback": "No court acts here."}],
    },
    {
        "id": "i-ordering",
        "type": "ordering",
        "stem": "What comes first, and what after it?",
        "steps": [
            {"text": "Make safe", "feedback": "Nothing goes before safety."},
            {"text": "Talk", "feedback": "Who is safe can speak."},
            {"text": "Refer", "feedback": "What was said shows where to."},
            {"text": "Record", "feedback": "Records come last."},
        ],
    },
    {
        "id": "i-cloze",
        "type": "cloze",
        "stem": "Complete the sentence.",
        "text": "IOM gives {1} protection, and *only* States hold the {2} responsibility.",
        "gaps": [
            {
                "answers": ["de facto", "factual"],
                "tolerance": 1,
                "feedback": "It lies in the effect of help.",
                "mistakes": [{"text": "de jure", "feedback": "That would be protection in law."}],
            },
            {
                "choices": [
                    {"text": "prime", "correct": True, "feedback": "It is theirs first."},
                    {"text": "shared", "feedback": "It is not shared out."},
                ]
            },
        ],
    },
    {
        "id": "i-categorise",
        "type": "categorise",
        "stem": "Whose task is it?",
        "groups": [{"id": "state", "text": "The State"}, {"id": "iom", "text": "IOM"}],
        "cards": [
            {
                "text": "To protect",
                "group": "state",
                "feedback": "The duty is the State's.",
                "wrong": "Ask who must.",
            },
            {
                "text": "To decide",
                "group": "state",
                "feedback": "Decisions are the State's.",
                "wrong": "Ask who may say no.",
            },
            {
                "text": "To support",
                "group": "iom",
                "feedback": "IOM supports.",
                "wrong": "Ask who helps.",
            },
            {
                "text": "To supplement",
                "group": "iom",
                "feedback": "IOM supplements.",
                "wrong": "Ask who adds.",
            },
        ],
    },
    {
        "id": "i-numeric",
        "type": "numeric",
        "stem": "In which year was IOM founded?",
        "answer": 1951,
        "feedback": {"right": "It began in Brussels.", "wrong": "It began after the war."},
        "mistakes": [{"value": 1953, "feedback": "That is its Constitution."}],
    },
    {
        "id": "i-scenario",
        "type": "scenario",
        "stem": "A case at the quay.",
        "steps": [
            {
                "id": "call",
                "text": "The ministry calls.",
                "variants": {"border": "Your commander calls."},
                "question": "What do you answer?",
                "choices": [
                    {
                        "text": "We stay",
                        "rating": "best",
                        "consequence": "They stay.",
                        "next": "desk",
                    },
                    {
                        "text": "We go",
                        "rating": "poor",
                        "consequence": "They go.",
                        "next": "alone",
                    },
                ],
                "evidence": {"unit": 19, "quote": "in no way absolve States from duty"},
            },
            {
                "id": "alone",
                "text": "Nobody is there.",
                "question": "What now?",
                "choices": [
                    {
                        "text": "We return",
                        "rating": "best",
                        "consequence": "Late.",
                        "next": "desk",
                    },
                    {
                        "text": "We wait",
                        "rating": "poor",
                        "consequence": "Later.",
                        "next": "end",
                    },
                ],
                "evidence": {"unit": 19, "quote": "in no way absolve States from duty"},
            },
            {
                "id": "desk",
                "text": "A woman asks.",
                "question": "What do you tell her?",
                "choices": [
                    {
                        "text": "Both desks",
                        "rating": "best",
                        "consequence": "She sits.",
                        "next": "end",
                    },
                    {
                        "text": "Neither",
                        "rating": "poor",
                        "consequence": "She goes.",
                        "next": "end",
                    },
                ],
                "evidence": {
                    "unit": 8,
                    "quote": "the actual assistance being rendered constitutes",
                },
            },
        ],
        "debrief": "Help supports the duty.",
    },
]
TYPES = [item["type"] for item in ITEMS]
COUNT = len(TYPES)
# What the policy of a page may forbid. Nothing inline is needed, and nothing from elsewhere.
POLICY = "default-src 'none'; script-src file:; style-src file:; img-src file:"


def made(data: dict[str, Any]) -> Item:
    item, flaws = read_item({**COMMON, **data})
    assert item is not None, flaws
    return item


def item_of(kind: str) -> dict[str, Any]:
    return copy.deepcopy(next(item for item in ITEMS if item["type"] == kind))


def quiz(name: str, items: list[dict[str, Any]], title: str | None = "Check yourself") -> str:
    bank = [made(data) for data in items]

    def cite(unit: str) -> Citation:
        return Citation(f"paragraph {unit}", f"guide.html#para-{unit}")

    return str(quiz_html(name, title, bank, places(bank), cite, STRINGS, heading=2))


def write_page(folder: Path, name: str, *quizzes: str, starts: bool = True) -> str:
    """Write a page with quizzes, with the player beside it, and give its address."""
    (folder / "player.js").write_text(player_script("en"), encoding="utf-8")
    # The page says nothing of colours, but lets the browser draw it dark.
    scheme = ":root { color-scheme: light dark } body { font: 1rem sans-serif }\n"
    (folder / "player.css").write_text(scheme + player_style(), encoding="utf-8")
    course = ' data-iml-course="test"' if starts else ""
    path = folder / f"{name}.html"
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="player.css"><script src="player.js" defer{course}></script>'
        f'</head><body><main><h1>{name}</h1><p id="outside">Outside.</p>'
        f"{''.join(quizzes)}</main></body></html>",
        encoding="utf-8",
    )
    return path.as_uri()


def printed(page: Page, folder: Path, paper: str = "A4") -> list[str]:
    """Print a page as its reader does, and give the words of each sheet."""
    path = folder / f"{paper}.pdf"
    page.pdf(path=path, format=paper)
    # Its letters may be tied together in print: fi.
    with PdfDocument(path) as sheets:
        texts = [normalize("NFKC", sheet.get_textpage().get_text_range()) for sheet in sheets]
    return [" ".join(text.split()) for text in texts]


def item(page: Page, kind: str) -> Locator:
    return page.locator(f'[data-iml-type="{kind}"]')


def live(box: Locator, said: str | re.Pattern[str]) -> None:
    """Expect something in the live region of an item."""
    expect(box.get_by_role("status")).to_contain_text(said)


def press(box: Locator, name: str) -> None:
    box.get_by_role("button", name=name, exact=True).click()


def wait_until_pressable(page: Page) -> None:
    """Let the time pass in which another press is taken for a double click: by the page's clock."""
    page.evaluate(
        "() => { const now = performance.now.bind(performance);"
        " performance.now = () => now() + 450; }"
    )


SETTLED = "html[data-iml-steps]:not([data-iml-wait])"
"""The page of a module that shows the step that it opens with."""


def settled(page: Page) -> None:
    """Wait until the page of a module shows the step that it opens with."""
    page.locator(SETTLED).wait_for(state="attached")


def read_through(page: Page) -> None:
    """Continue through the steps of a module, to its end."""
    settled(page)
    onward = page.get_by_role("button", name="Continue", exact=True)
    while onward.is_visible():
        onward.click()


def show_whole(page: Page) -> None:
    """Show all steps of a module at once."""
    settled(page)
    page.locator(".iml-step-turn").get_by_role("button", name="Show the whole module").click()


def has_focus(locator: Locator) -> bool:
    return bool(locator.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, target: Locator) -> None:
    """Press the tab key until an element has the focus."""
    wanted = target.element_handle()  # found once: names are computed for the whole page each time
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tab key does not lead to {target}")


def answer(box: Locator, kind: str, right: bool) -> None:
    """Answer an item with the pointer, wholly right or wholly wrong."""
    if kind in ("single", "truefalse", "multiple"):
        role: Any = "checkbox" if kind == "multiple" else "radio"
        chosen = {
            ("single", True): ["States"],
            ("single", False): ["Employers"],
            ("truefalse", True): ["False"],
            ("truefalse", False): ["True"],
            ("multiple", True): ["A shelter", "A lawyer"],
            ("multiple", False): ["A toll"],
        }[kind, right]
        for name in chosen:
            box.get_by_role(role, name=name, exact=True).check()
    elif kind == "matching":
        fits = dict(zip(*(["consul", "inspection", "shelter"], HOLDERS[right]), strict=True))
        for prompt, wanted in fits.items():
            select = box.get_by_role("combobox", name=re.compile(prompt))
            label = select.locator("option", has_text=wanted).inner_text()
            select.select_option(label=label)
    elif kind == "cloze":
        box.get_by_role("textbox", name="Gap 1 of 2").fill("de Facto" if right else "de jure")
        box.get_by_role("combobox", name="Gap 2 of 2").select_option(
            label="prime" if right else "shared"
        )
    elif kind == "categorise":
        for card, group in GROUPS[right].items():
            box.get_by_role("combobox", name=card, exact=True).select_option(label=group)
    elif kind == "numeric":
        box.get_by_role("textbox", name="Your answer").fill("1951" if right else "1953")
    elif kind == "scenario":
        for place, choice in enumerate(WAYS[right]):
            if place:
                press(box, "Next decision")
            box.get_by_role("radio", name=choice, exact=True).check()
            press(box, "Decide")
    else:
        wanted_order = ["Make safe", "Talk", "Refer", "Record"]
        for place, name in enumerate(wanted_order if right else wanted_order[::-1]):
            while cards(box).index(name) > place:
                press(box, f"Move up: {name}")
        if not right:
            # It may have stood so from the start, and untouched is unanswered.
            press(box, "Move up: Talk")
            press(box, "Move down: Talk")


HOLDERS = {
    True: ["The home State", "The host State", "An organization"],
    False: ["The host State", "An organization", "A court"],
}


GROUPS = {
    True: {"To protect": "The State", "To decide": "The State", "To support": "IOM",
           "To supplement": "IOM"},
    False: {"To protect": "IOM", "To decide": "IOM", "To support": "The State",
            "To supplement": "The State"},
}  # fmt: skip
WAYS = {True: ["We stay", "Both desks"], False: ["We go", "We wait"]}


def submit(box: Locator, kind: str) -> None:
    """Ask whether what was answered is right."""
    press(box, "Look back on the case" if kind == "scenario" else "Check")


def cards(box: Locator) -> list[str]:
    return box.locator(".iml-card-text").all_inner_texts()


RIGHT_SAID: dict[str, str | re.Pattern[str]] = {
    "single": "Correct. They answer for everyone there.",
    "multiple": re.compile(r"Correct\. Correct answers ticked: 2 of 2.*keeps people safe"),
    "truefalse": "Correct. Its protection is de facto.",
    "matching": re.compile(
        r"Correct\. Correct lines: 3 of 3\. A visit by a consul: Correct\. It goes out\."
    ),
    "ordering": re.compile(
        r"Correct\. Steps in the correct order: 4 of 4\. "
        r"Make safe: Correct first step\. Nothing goes before"
    ),
    "cloze": re.compile(r"Correct\. Correct gaps: 2 of 2\. Gap 1 of 2: Correct\. It lies in"),
    "categorise": re.compile(r"Correct\. Cards in the correct group: 4 of 4\. To \w+: Correct\."),
    "numeric": "Correct. It began in Brussels.",
    "scenario": re.compile(r"Correct\. Best choices: 2 of 2\. We stay: Best choice\."),
}
WRONG_SAID: dict[str, str | re.Pattern[str]] = {
    "single": "Incorrect. Employers have duties, but other ones.",
    "multiple": re.compile(r"Incorrect\. Correct answers ticked: 0 of 2.*A toll raises money"),
    "truefalse": "Incorrect. No treaty gives one.",
    "matching": re.compile(
        r"Incorrect\. Correct lines: 0 of 3\..*Incorrect\. Look at who comes from abroad\."
    ),
    "ordering": re.compile(r"Incorrect\. Steps in the correct order: 0 of 4\."),
    "cloze": re.compile(r"Incorrect\. Correct gaps: 0 of 2\. Gap 1 of 2: Incorrect\. That would"),
    "categorise": re.compile(
        r"Incorrect\. Cards in the correct group: 0 of 4\. .*: Incorrect\. \w+"
    ),
    "numeric": "Incorrect. That is its Constitution.",
    "scenario": re.compile(r"Incorrect\. Best choices: 0 of 2\. We go: Poor choice\. They go\."),
}


def kept(page: Page) -> dict[str, Any]:
    """Give the entries of items in the browser's store, by item id, when all is written."""
    found: dict[str, str] = page.evaluate(
        """async () => {
          let before = '';
          for (let turn = 0; turn < 40; turn += 1) {
            const now = JSON.stringify(localStorage);
            if (now === before && !now.includes('/writing/')) break;
            before = now;
            await new Promise((done) => setTimeout(done, 60));
          }
          return {...localStorage};
        }"""
    )
    mark = "imlcourse/1/test/me/item/"
    return {k.removeprefix(mark): json.loads(v) for k, v in found.items() if k.startswith(mark)}


# What learners may type.
TYPED = ["de facto", "De Fäcto", "dé  facot!", "in fact", "etat", "1951", "1 950,5", "١٩٥٢", ""]


def way(scored: Item, random: Random) -> Any:
    """A way through a case, or a beginning of one."""
    if not isinstance(scored, Scenario):
        return None
    steps = {step.id: step for step in scored.steps}
    here, found = scored.steps[0].id, []
    while here in steps and random.random() < 0.8:
        at = random.randrange(len(steps[here].choices))
        found.append(scored.choice_ids(steps[here])[at])
        here = steps[here].choices[at].next
    return found
