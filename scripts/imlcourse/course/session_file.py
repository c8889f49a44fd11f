"""Reading the file of a session plan: its blocks, and what is wrong in it by itself."""

from __future__ import annotations

import re
from pathlib import Path

from imlcourse.course.pace import without_roles
from imlcourse.course.session import (
    CARD_KINDS,
    GROUP_SIZES,
    METHODS,
    MOMENTS,
    MOST_SIGNS_ON_SIGN,
    MOST_WORDS_IN_TITLE,
    MOST_WORDS_ON_SLIDE,
    WHENS,
    Activity,
    CardKind,
    Cards,
    Change,
    FlipChart,
    PlanFront,
    SessionPlan,
    shown_by,
)
from imlcourse.languages.spelling import near
from imlcourse.markup.directives import OF_PLANS
from imlcourse.markup.inline import inline_text
from imlcourse.markup.page import Block, Page, read_fronted_page
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import YamlFile


def read_session(path: Path, problems: Problems, module: str) -> SessionPlan | None:
    """Read the plan of a session.

    Parameters
    ----------
    path
        Its ``session.md``.
    problems
        Where problems are reported.
    module
        The id of its module.

    Returns
    -------
    SessionPlan or None
        The plan; ``None`` if its front matter cannot be used.
    """
    page = read_fronted_page(path, problems, "---, title, materials")
    if page is None or page.front is None:
        return None
    front = validated(PlanFront, page.front, problems)
    return None if front is None else _PlanReader(page, problems).read(module, front, page.front)


_ACTIVITY_PARTS = ("say", "ask", "trouble", "slide")
_ENTRY = re.compile(r"^(?:[-*+]|\d+[.)])\s+", re.MULTILINE)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class _PlanReader:
    def __init__(self, page: Page, problems: Problems) -> None:
        self.page = page
        self.problems = problems
        self.first: dict[tuple[str, str], int] = {}

    def report(self, line: int, what: str) -> None:
        self.problems.add(self.page.path, line, what)

    def read(self, module: str, front: PlanFront, file: YamlFile) -> SessionPlan:
        purpose: Block | None = None
        begun: list[tuple[Block, list[Block]]] = []
        named: dict[str, dict[str, Block]] = {
            kind: {} for kind in ("prepare", "people", "sensitive", "cards", "flipchart")
        }
        changes: dict[str, list[Change]] = {"cut": [], "extend": []}
        belongs = False  # whether what comes next can belong to an activity
        for block in self.page.blocks:
            kind = block.kind
            if kind not in OF_PLANS:
                self._foreign(block)
            elif kind == "activity":
                begun.append((block, []))
            elif kind in _ACTIVITY_PARTS:
                if belongs:
                    begun[-1][1].append(block)
                else:
                    self.report(
                        block.line,
                        f"{{{kind}}} belongs to an activity; move it below an :::{{activity}}, "
                        "above the next block of another kind",
                    )
            elif kind == "purpose":
                if purpose is not None:
                    self.report(block.line, repeated("{purpose}", line=purpose.line))
                purpose = purpose or block
            elif kind in changes:
                changes[kind].append(Change(block.argument, self._minutes(block), block))
            elif block.argument in named[kind]:
                first = named[kind][block.argument].line
                self.report(block.line, repeated(f"{{{kind}}} {block.argument}", line=first))
            else:
                named[kind][block.argument] = block
            belongs = kind == "activity" or (belongs and kind in _ACTIVITY_PARTS)
        return SessionPlan(
            module,
            front,
            file,
            self.page,
            purpose,
            {when: b for when in WHENS if (b := self._known(named["prepare"], WHENS).get(when))},
            self._activities(begun),
            tuple(changes["cut"]),
            tuple(changes["extend"]),
            self._people(named["people"]),
            {at: b for at in MOMENTS if (b := self._known(named["sensitive"], MOMENTS).get(at))},
            self._cards(named["cards"]),
            {
                id_: FlipChart(id_, block.options.get("title", ""), block)
                for id_, block in named["flipchart"].items()
                if self._id(block)
            },
        )

    def _foreign(self, block: Block) -> None:
        what = (
            f"{{{block.kind}}} has"
            if block.kind not in ("prose", "heading")
            else ("text outside a block has" if block.kind == "prose" else "a heading has")
        )
        self.report(
            block.line,
            f"{what} no place in a session plan; there are "
            + ", ".join(f"{{{kind}}}" for kind in OF_PLANS),
        )

    def _known(self, blocks: dict[str, Block], names: tuple[str, ...]) -> dict[str, Block]:
        for name, block in blocks.items():
            once = ("name", f"{block.kind} {name}")
            if name and name not in names and once not in self.first:
                self.first[once] = block.line
                self.report(
                    block.line,
                    f"no {{{block.kind}}} “{name}”{near(name, names)}; write {_either(names)}",
                )
        return blocks

    def _people(self, blocks: dict[str, Block]) -> dict[int, Block]:
        known = self._known(blocks, tuple(map(str, GROUP_SIZES)))
        return {size: known[str(size)] for size in GROUP_SIZES if str(size) in known}

    def _minutes(self, block: Block) -> int:
        written = block.options.get("minutes", "")
        if written.isascii() and written.isdecimal() and 0 < int(written) <= 240:
            return int(written)
        if written:
            self.report(block.line, f"“{written}” are no minutes; write a whole number, as in 8")
        return 0

    def _activities(self, begun: list[tuple[Block, list[Block]]]) -> tuple[Activity, ...]:
        activities: list[Activity] = []
        starts = 0
        for number, (block, parts) in enumerate(begun, start=1):
            method = block.options.get("method", "")
            if method and method not in METHODS:
                self.report(
                    block.line,
                    f"no method “{method}”{near(method, METHODS)}; write {_either(METHODS)}",
                )
            uses = tuple(
                dict.fromkeys(
                    name
                    for one in block.options.get("uses", "").split(",")
                    if (name := one.strip())
                )
            )
            for part in parts:
                if part.kind == "slide":
                    self._slide(part)
            activity = Activity(
                number,
                block.argument,
                self._minutes(block),
                next((one for one in METHODS if one == method), "plenary"),
                starts,
                uses,
                block,
                tuple(parts),
            )
            starts = activity.ends
            activities.append(activity)
        return tuple(activities)

    def _slide(self, block: Block) -> None:
        """Check what a slide says that it shows, and that it has few words."""
        shows, target = shown_by(block)
        words = block.options.get("show", "").split()
        if shows == "words" and words:
            self.report(
                block.line,
                f"a slide cannot show “{' '.join(words)}”; write scene, figure NAME, question ID, "
                "case ID or quote",
            )
        elif shows in ("figure", "question", "case") and not target:
            self.report(block.line, f"the slide names no {shows}; write :show: {shows} NAME")
        elif shows in ("scene", "quote") and target:
            self.report(block.line, f"nothing may stand behind :show: {shows}; take it out")
        if shows in ("words", "quote") and not block.text.strip():
            self.report(block.line, "the slide is empty; write its words, or say what it shows")
        title = spoken_words(block.argument)
        if title > MOST_WORDS_IN_TITLE:
            self.report(
                block.line,
                f"the title of the slide has {title} words; {MOST_WORDS_IN_TITLE} are the most",
            )
        count = spoken_words(block.text)
        if count > MOST_WORDS_ON_SLIDE:
            self.report(
                block.text_line,
                f"the slide has {count} words, and {MOST_WORDS_ON_SLIDE} are the most; shorten "
                "it, make two of it, or let the trainer :::{say} it",
            )

    def _cards(self, blocks: dict[str, Block]) -> dict[str, Cards]:
        found = {}
        for id_, block in blocks.items():
            kind = block.options.get("kind", "")
            if kind and kind not in CARD_KINDS:
                self.report(
                    block.line,
                    f"no kind of cards “{kind}”{near(kind, CARD_KINDS)}; write "
                    f"{_either(CARD_KINDS)}",
                )
            texts = entries_of(block.text)
            if len(texts) < 2:
                self.report(
                    block.line, "cards are a list, with an entry for each card; write two or more"
                )
            if kind == "signs" and (long := max(map(len, texts), default=0)) > MOST_SIGNS_ON_SIGN:
                self.report(
                    block.line,
                    f"a card of kind signs has {long} letters and spaces, and {MOST_SIGNS_ON_SIGN} "
                    "are the most that can be read across a room; shorten it, or write kind case",
                )
            if self._id(block):
                known: CardKind = next((one for one in CARD_KINDS if one == kind), "slips")
                found[id_] = Cards(id_, block.options.get("title", ""), known, texts, block)
        return found

    def _id(self, block: Block) -> bool:
        if _ID.fullmatch(block.argument):
            return True
        self.report(
            block.line,
            f"“{block.argument}” is no name for {{{block.kind}}}; write small letters, digits and "
            "single hyphens, as in first-signs",
        )
        return False


def entries_of(text: str) -> tuple[str, ...]:
    """Give the entries of a list, each without its mark and as one paragraph or more."""
    starts = list(_ENTRY.finditer(text))
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return tuple(
        re.sub(r"\n[ \t]+", "\n", text[one.end() : end]).strip()
        for one, end in zip(starts, ends, strict=True)
    )


def spoken_words(text: str) -> int:
    """Count the words of a text, without marks and with what roles show."""
    return len(inline_text(without_roles(_ENTRY.sub("", text))).split())


def _either(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
