"""Cards to cut out, as plans hold them: slips to sort, case and role cards; and large signs."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

from imlcourse.book.paint import paint
from imlcourse.course.session import CardKind, Cards, SessionPlan
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.languages.locales import direction
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.rich import rich

_TEMPLATE = Path(__file__).with_suffix(".typ")
_NAME = re.compile(r"^(\*\*[^*]+\*\*)\s+")
_SIZES: dict[CardKind, tuple[float, int]] = {
    "slips": (14, 30),
    "case": (12.5, 80),
    "role": (12.5, 80),
}
"""For each kind to cut out: the size of its letters in points, and the least height of a card in
mm. A sign has a page, and the largest letters that fit there."""


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import typeset

    files = []
    for number, plan in enumerate(making.plans, start=1):
        label = module_label(making.course.modules[plan.module], making.strings)
        for cards in plan.cards.values():
            source = cards_source(making, plan, cards)
            made = partial(typeset, source, making.course.about.language)
            title = inline_text(cards.title)
            share = next(one for one in plan.materials if one.name == cards.id)
            files.append(
                KitFile(
                    fit_name(f"{number:02d} {label} {title}") + ".pdf",
                    making.kept("cards", (source,), made),
                    making.strings.text(
                        "session.material.named",
                        kind=making.strings.text(f"session.cards.head.{cards.kind}"),
                        title=title,
                    ),
                    copies=share.copies(making.agenda.people),
                    module=plan.module,
                    material=cards.id,
                )
            )
    return files


def cards_source(making: KitMaking, plan: SessionPlan, cards: Cards) -> str:
    """Write the pages of some cards for Typst.

    Parameters
    ----------
    making
        What the kit is made from.
    plan
        The plan that they belong to.
    cards
        The cards.
    """
    from imlcourse.products.kit.pdf import PAPERS, paras_source, quoted

    course, t = making.course, making.strings.text
    module, writer = course.modules[plan.module], Writer(course)
    language, _, region = course.about.language.partition("-")
    day = date.fromisoformat(course.about.date)
    sign = cards.kind == "signs"
    hint = t("kit.cards.hint.signs" if sign else "kit.cards.hint")
    region = quoted(region) if len(region) == 2 else "none"
    paper = PAPERS[making.agenda.paper]
    # The name of a sign stands on a line of its own.
    written = (_NAME.sub(r"\1\n\n", one) if sign else one for one in cards.texts)
    texts = (f"[{paras_source(rich(text, writer))}]" for text in written)
    colour = paint()["parts"][part_colour(module)][0]
    return "\n".join(
        [
            _TEMPLATE.read_text(encoding="utf-8"),
            "#signs(" if sign else "#cards(",
            f"title: {quoted(inline_text(cards.title))}, "
            f"kind: {quoted(t(f'session.cards.{cards.kind}'))}, "
            f"about: {quoted(module_label(module, making.strings))}, "
            f"hint: {quoted(hint)}, "
            f"author: {quoted(inline_text(course.about.title))}, "
            f"language: {quoted(language)}, region: {region}, "
            f'direction: {direction(course.about.language)}, paper: "{paper}", '
            f'colour: rgb("{colour}"), '
            + ("" if sign else "size: {}pt, least: {}mm, ".format(*_SIZES[cards.kind]))
            + f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}),",
            ",\n".join(texts),
            ")",
        ]
    )


PART = KitPart("cards", "kit.folder.cards", _make, libraries={"typst": "typst"})
