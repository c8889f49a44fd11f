"""Cards to cut out: slips to sort, case cards and role cards, as the plans hold them."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from imlcourse.book.paint import paint
from imlcourse.course.session import CardKind, Cards, SessionPlan
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.languages.locales import direction
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.rich import rich

_TEMPLATE = Path(__file__).with_suffix(".typ")
_SIZES: dict[CardKind, tuple[float, int]] = {
    "slips": (14, 30),
    "case": (12.5, 80),
    "role": (12.5, 80),
}
"""For each kind: the size of its letters in points, and the least height of a card in mm."""


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
    size, least = _SIZES[cards.kind]
    region = quoted(region) if len(region) == 2 else "none"
    paper = PAPERS[making.agenda.paper]
    texts = (f"[{paras_source(rich(text, writer))}]" for text in cards.texts)
    colour = paint()["parts"][part_colour(module)][0]
    return "\n".join(
        [
            _TEMPLATE.read_text(encoding="utf-8"),
            "#cards(",
            f"title: {quoted(inline_text(cards.title))}, "
            f"kind: {quoted(t(f'session.cards.{cards.kind}'))}, "
            f"about: {quoted(module_label(module, making.strings))}, "
            f"hint: {quoted(t('kit.cards.hint'))}, "
            f"author: {quoted(inline_text(course.about.title))}, "
            f"language: {quoted(language)}, region: {region}, "
            f'direction: {direction(course.about.language)}, paper: "{paper}", '
            f'colour: rgb("{colour}"), size: {size}pt, least: {least}mm, '
            f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}),",
            ",\n".join(texts),
            ")",
        ]
    )


PART = KitPart("cards", "kit.folder.cards", _make, libraries={"typst": "typst"})
