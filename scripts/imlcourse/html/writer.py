"""The blocks and roles of the course, written as plain Markdown with HTML around it.

The result reads well in a notebook without any extension, and in the book, where the look is
added by style sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imlcourse.checks import term_id
from imlcourse.course.bank import section_words
from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.course.model import Course
from imlcourse.course.module import Module, Step
from imlcourse.course.reference import Reference
from imlcourse.course.reference.instruments import Article, Instrument
from imlcourse.course.reference.since import Fact
from imlcourse.course.result_codes import coded_test
from imlcourse.course.session import SessionPlan, plan_page
from imlcourse.html.citation import Citation, cited, in_language
from imlcourse.html.compose import Markup, html, in_markdown, joined, lines
from imlcourse.html.drawing import (
    BUILT_UP,
    drawing_as_image,
    drawing_in_page,
    picture_in_page,
    picture_path,
)
from imlcourse.html.items import quiz_html
from imlcourse.html.items.sheet import Told
from imlcourse.html.links import BookLinks, Links, link
from imlcourse.html.office import office_lines, office_note
from imlcourse.items import Item
from imlcourse.items.blueprint import Cell
from imlcourse.items.shared import module_of
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import around, inline_html, inline_markdown, inline_text, one_line
from imlcourse.markup.page import Block, Page
from imlcourse.markup.roles import Role, expand_roles, expand_roles_inline, role_article

_LINKED = re.compile(
    r"""\[(?P<words>[^\]\n]*)\]\((?P<page>[\w./-]+)(?:\#[^)\n]*)?\)"""
    r"""|<a\b[^>]*\bhref="(?P<tagged>[\w./-]+\.html)(?:\#[^"]*)?"[^>]*>(?P<inner>.*?)</a>""",
    re.DOTALL,
)
"""Ordinary links to pages of the book, in Markdown and as tags."""

_TITLE = "\ue000"  # a sign that no text has, in the place of words that are Markdown already
NO_MARKUP = Markup("")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class TestAbout:
    """What a test is.

    Parameters
    ----------
    id
        Its id.
    kind
        ``"module"``, ``"start"``, ``"pre"``, ``"post"`` or ``"final"``.
    pass_mark
        Share of points that passes, in per cent; None where none is asked for.
    blueprint
        How many items of each kind are drawn.
    shares
        Ids of the tests that draw on the same items, itself among them.
    """

    __test__ = False  # no test of ours

    id: str
    kind: str
    pass_mark: int | None
    blueprint: Sequence[Cell]
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Writer:
    """Writes blocks and roles for one page.

    Parameters
    ----------
    course
        The course.
    links
        Where links from the page lead.
    """

    course: Course
    links: Links = field(default_factory=BookLinks)

    def cite(self, unit_id: str) -> Citation:
        """Cite a unit from this page, or an article of an instrument: ``crc 3``."""
        if " " in unit_id:
            instrument, article = self.course.library.articles[" ".join(role_article(unit_id))]
            href = self.links.article(instrument.id, article.anchor)
            return Citation(
                self.article_label(instrument, article),
                href,
                says=article.says,
                binds=instrument.kind != "guidance",
            )
        language = self.course.document_language
        return Citation(self.cited(unit_id), self.links.unit(unit_id), language)

    def words(self, quote: object) -> Markup:
        """Write words of the document, marked where they are in another language."""
        return in_language(quote, self.course.document_language)

    def cite_html(self, unit_id: str, *, begins: bool = False) -> Markup:
        """Give the link that cites a unit; with a capital where a sentence begins with it."""
        cited_as = self.cite(unit_id)
        label = _capital(cited_as.label) if begins else cited_as.label
        return link(cited_as.href, label, "iml-cite")

    def date(self, iso: str) -> str:
        """Write a day, a month or a year in words."""
        return self.course.strings.date(iso)

    def role(self, role: Role) -> Markup:
        """Write a role."""
        strings = self.course.strings
        if role.name == "para":
            return self.cite_html(role.target, begins=role.begins)
        if role.name == "quote":
            return strings.html(
                "quote", words=self.words(inline_html(role.text)), link=self.cite_html(role.target)
            )
        if role.name == "term":
            words = _capital(role.text) if role.begins else role.text
            id_ = term_id(role.target)
            described = f"def-{id_}" if self.links.defines_terms else ""
            return link(self.links.term(id_), words, "iml-term", described)
        if role.name == "instrument":
            named = self.course.library.instrument_ids[role.target]
            words = role.text or named.short
            return link(self.links.instrument(named.id), words)
        if role.name == "article":
            return self.article(role)
        if role.name == "section":
            words = role.text or section_words(role.target, self.course.strings, begins=role.begins)
            id_ = module_of(role.target)
            if id_ not in self.course.modules:
                return self.left_out(words, id_)
            return link(self.links.module(id_, role.target), words)
        if role.name == "module":
            module = self.course.whole.modules[role.target]
            words = role.text or numbered_title(module, strings)
            if module.id not in self.course.modules:
                # Its title has its number already.
                return self.left_out(words, module.id if role.text else "")
            return link(self.links.module(module.id), words)
        words = role.text or self.page_title(role.target)
        if role.target in self.course.left_out:
            return self.left_out(words)
        return link(self.links.page(role.target), words)

    def left_out(self, words: str, module_id: str = "") -> Markup:
        """Name what the whole course has and this slice of it has not, and say so.

        Parameters
        ----------
        words
            What it is called.
        module_id
            The module in which it is, where the words do not say it.
        """
        strings = self.course.strings
        module = self.course.whole.modules.get(module_id)
        if module is None or module.number is None:
            return strings.html("slice.note", words=words)
        return strings.html("slice.note.of", words=words, label=module.label(strings))

    def article(self, role: Role) -> Markup:
        """Write the link to an article of an instrument, by both names or by its own words."""
        instrument, article = self.course.library.articles[" ".join(role_article(role.target))]
        words = role.text or self.article_label(instrument, article)
        return link(self.links.article(instrument.id, article.anchor), inline_html(words))

    def article_label(self, instrument: Instrument, article: Article) -> str:
        """Name an article as it is cited: “CRC, article 3”."""
        strings, number = self.course.strings, article.article
        if " " in number:
            number = number[:1].lower() + number[1:]
        else:
            number = strings.text("law.article", number=number)
        return strings.text(
            "law.cited", instrument=instrument.cited or instrument.short, article=number
        )

    def page_link(self, name: str) -> Markup:
        """Write the link to a page of the book, by its title."""
        return link(self.links.page(name), inline_html(self.page_title(name)))

    def page_title(self, name: str) -> str:
        """Give the title of a page of the book; of a slice, of one that it has not too."""
        course = self.course.whole if name in self.course.left_out else self.course
        if name in PAGES_BY_NAME:
            return course.strings.text(PAGES_BY_NAME[name].title)
        for bank in course.banks.values():
            if name in bank.worksheets:
                return inline_text(bank.worksheets[name].title)
        for plan in course.sessions.values():
            if name == plan_page(plan.module):
                return plan_title(course, plan)
        return title_of(course.pages[name])

    def markdown(self, text: str) -> str:
        """Write Markdown with its roles put in."""
        if self.course.left_out:
            text = _LINKED.sub(self._linked, text)
        return expand_roles(text, lambda role: in_markdown(self.role(role)))

    def _linked(self, found: re.Match[str]) -> str:
        """Leave an ordinary link as it is, or write its words where a slice has no such page."""
        name = (found["page"] or found["tagged"]).removesuffix(".md").removesuffix(".html")
        if name.removeprefix("../") not in self.course.left_out:
            return found[0]
        note = in_markdown(self.course.strings.html("slice.note", words=_TITLE))
        return note.replace(_TITLE, found["words"] or found["inner"])

    def inline(self, text: str) -> Markup:
        """Write one line of text as HTML, with its roles put in."""
        return expand_roles_inline(text, self.role)

    def block(self, block: Block) -> str:
        """Write a block as Markdown.

        Parameters
        ----------
        block
            Prose, a heading, code or any directive but quizzes and items.

        Returns
        -------
        str
            Markdown, without blank lines at its ends.
        """
        if block.kind == "heading":
            anchor = html('<span id="{}"></span>\n\n', block.label) if block.label else ""
            return f"{anchor}{'#' * block.level} {self.markdown(block.text)}"
        if block.kind == "prose":
            return self.markdown(block.text)
        if block.kind == "code":
            return block.text
        if block.kind == "diagram":
            raise ValueError("a diagram belongs to a module; see `diagram`")
        if block.kind == "picture":
            return self.picture(block)
        if block.kind == "since":
            return self.since(self.course.library.facts[block.argument])
        if block.kind == "law":
            return self.law(block)
        if block.kind == "office":
            return self.office(block)
        return self._boxed(block)

    def step_heading(self, step: Step) -> str:
        """Write the heading of a step as Markdown, with its place in the module and its time.

        The number of a section is part of its heading, wherever it is read: texts name it.
        """
        strings = self.course.strings
        anchor = html('<span id="{}"></span>', step.id)
        title = self.step_title(step)
        if step.kind != "end":
            numbered = strings.text("section.heading", number=step.number, title=_TITLE)
            title = inline_markdown(numbered).replace(_TITLE, title)
        about = html('<p class="iml-step-at">{}</p>', self.step_at(step))
        return f"{anchor}\n\n## {title}\n\n{about}"

    def step_title(self, step: Step) -> str:
        """Give the title of a step as Markdown."""
        if step.kind == "end":
            return inline_markdown(self.course.strings.text("steps.end"))
        return self.markdown(step.title)

    def step_at(self, step: Step) -> str:
        """Say which step of its module it is, and how long it takes."""
        course = self.course
        total = len(course.modules[step.module].steps)
        minutes = course.minutes_of_steps[step.id]
        return course.strings.plural("steps.at", minutes, number=step.number, total=total)

    def reading(self, page: str) -> Markup:
        """Write the link that stands in a module, to a page that is to be read there."""
        to_page = link(self.links.page(page), self.page_title(page))
        words = self.course.strings.html("reading.open", link=to_page)
        return html('<p class="iml-to-page">{}</p>', words)

    def situation(self, page: Page, block: Block, *, in_page: bool = True) -> str:
        """Write an opening situation, with its scene where one is drawn.

        Parameters
        ----------
        page
            The page that it stands on.
        block
            The directive.
        in_page
            Whether the drawing is part of the page, or an image in it.

        Returns
        -------
        str
            Markdown.
        """
        scene = Markup("")
        if drawing := block.options.get("drawing"):
            draw = drawing_as_image if not in_page else _scene_in_page
            scene = draw(page.path.parent / drawing, block.options.get("alt", ""))
        return self._boxed(block, scene)

    def _boxed(self, block: Block, scene: Markup = NO_MARKUP) -> str:
        strings = self.course.strings
        parts: list[str] = [html('<div class="iml-block iml-{}">', block.kind)]
        if scene:
            parts.append(html('<figure class="iml-art">{}</figure>', scene))
        parts.append(self._title(block))
        if block.kind == "case":
            parts.append(self._case_facts(block))
        if block.text:
            parts += ["", self.markdown(block.text), ""]
        if block.kind == "case":
            units = [part.strip() for part in block.argument.split(",") if part.strip()]
            drawn = strings.text("case.drawn")
            parts.append(html('<p class="iml-source">{} {}</p>', drawn, self.units(units)))
        return "\n".join([*parts, "</div>"])

    def law(self, block: Block) -> str:
        """Write what the law asks, beside what the document says.

        A note, and no landmark: a page may have several.
        """
        return "\n".join(
            [
                html(
                    '<aside class="iml-block iml-law" role="note" id="{}" aria-label="{}">',
                    block.anchor,
                    self.course.strings.text("block.law"),
                ),
                self._title(block),
                "",
                self.markdown(block.text),
                "",
                "</aside>",
            ]
        )

    def office(self, block: Block) -> Markup:
        """Write fields that an office fills in; a single one, as in a module, says what it is."""
        names = block.argument.split()
        listed = office_lines(self.course, names)
        if len(names) > 1:
            return lines([listed, note]) if (note := office_note(self.course)) else listed
        return lines(
            [
                Markup('<div class="iml-block iml-our-rule">'),
                html('<p class="iml-block-title">{}</p>', self._kind("office")),
                listed,
                Markup("</div>"),
            ]
        )

    def since(self, fact: Fact) -> Markup:
        """Write what has changed since 2009, with its source."""
        strings = self.course.strings
        head = inline_html(strings.text("since.head", years=fact.years, title=fact.title))
        return lines(
            [
                # Open as it stands, so that it is read where no script folds it, and printed.
                Markup('<details class="iml-block iml-since" open>'),
                html('<summary class="iml-block-title">{} {}</summary>', self._kind("since"), head),
                html("<p>{}</p>", self.inline(fact.text)),
                html('<p class="iml-source">{}</p>', self.reference(fact.source)),
                Markup("</details>"),
            ]
        )

    def reference(self, source: Reference, text: str = "source") -> Markup:
        """Name a public reference, with its address and the day on which it was seen."""
        to_web = link(source.url, inline_html(source.title))
        return self.course.strings.html(text, link=to_web, date=self.date(source.seen))

    def _kind(self, kind: str) -> Markup:
        words = self.course.strings.text(f"block.{kind}")
        return html('<span class="iml-block-kind">{}</span>', words)

    def _title(self, block: Block) -> Markup:
        kind = self._kind(block.kind)
        if block.kind == "misunderstanding":
            claim = inline_html(block.argument.strip('“”"'))
            return html(
                '<p class="iml-block-title">{}</p>\n<p class="iml-said">{}</p>',
                kind,
                self.course.strings.html("said", words=claim),
            )
        words = block.argument
        if block.kind == "case":
            words = _capital(block.options["place"])  # “the Caribbean” heads a card
        return html('<p class="iml-block-title">{} {}</p>', kind, self.inline(words))

    def _case_facts(self, block: Block) -> Markup:
        facts = [
            html(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                self.course.strings.text(key),
                self.inline(block.options[name]),
            )
            for name, key in (
                ("who", "case.who"),
                ("done", "case.done"),
                ("right", "case.right"),
                ("open", "case.open"),
            )
        ]
        return lines([Markup('<dl class="iml-case-facts">'), *facts, Markup("</dl>")])

    def diagram(self, page: Page, block: Block, *, in_page: bool = True) -> str:
        """Write a figure, with its drawing inside, so that it goes wherever the page goes.

        Parameters
        ----------
        page
            The page that it stands on.
        block
            The directive.
        in_page
            Whether the drawing is part of the page, or an image in it.

        Returns
        -------
        str
            Markdown.
        """
        path, alt = page.path.parent / block.argument, block.options["alt"]
        figure = Markup('<figure class="iml-figure">')
        if in_page:
            drawing = drawing_in_page(path, alt, f"d{block.line}-")
            if drawing.count(BUILT_UP) > 1:
                text = self.course.strings.text
                figure = html(
                    '<figure class="iml-figure" data-iml-next="{}" data-iml-all="{}" '
                    'data-iml-shown="{}">',
                    text("figure.next"),
                    text("figure.all"),
                    self.course.strings["figure.shown"],
                )
        else:
            drawing = drawing_as_image(path, alt)
        parts: list[str] = [figure, drawing]
        if block.options.get("caption"):
            caption = self.inline(block.options["caption"])
            parts.append(html("<figcaption>{}</figcaption>", caption))
        if block.text:
            summary = self.course.strings.text("figure.description")
            parts += [
                html("<details><summary>{}</summary>", summary),
                "",
                self.markdown(block.text),
                "",
                "</details>",
            ]
        return "\n".join([*parts, "</figure>"])

    def picture(self, block: Block) -> Markup:
        """Write a picture, which the page holds, so that it goes wherever the page goes."""
        path = picture_path(self.course.root, block.argument)
        parts = [Markup('<figure class="iml-figure iml-picture">')]
        parts.append(picture_in_page(path, block.options["alt"]))
        if block.options.get("caption"):
            parts.append(html("<figcaption>{}</figcaption>", self.inline(block.options["caption"])))
        return lines([*parts, Markup("</figure>")])

    def quiz(self, quiz_id: str, sealed_in: Sequence[str] = ()) -> Markup:
        """Write a quiz, or a single item by its id, as HTML that is complete by itself.

        Parameters
        ----------
        quiz_id
            The id of the quiz or of the item.
        sealed_in
            Of a test, the files that hold what is sealed of it; it stands in the quiz if none do.
        """
        course = self.course
        told = self.told(module_of(quiz_id))
        if quiz_id not in course.quizzes:
            items = [item for item in course.items if item.id == quiz_id]
            return quiz_html(
                quiz_id,
                None,
                items,
                course.orders,
                self.cite,
                course.strings,
                read=self.reading_place,
                told=told,
            )
        bank, quiz = course.quizzes[quiz_id]
        test = None
        if quiz.mode == "test":
            about = TestAbout(quiz.id, "module", bank.pass_mark, quiz.blueprint, (quiz.id,))
            test = self.test(about, quiz.item_ids)
        return quiz_html(
            quiz_id,
            quiz.title,
            [bank.items[item_id] for item_id in quiz.item_ids],
            course.orders,
            self.cite,
            course.strings,
            mode=quiz.mode,
            test=test,
            # The questions can be read without a script; their answers are not told.
            sealed="answer" if test else None,
            sealed_in=[self.links.file(name) for name in sealed_in] if test else (),
            pick=quiz.pick,
            read=self.reading_place,
            told=told,
        )

    def told(self, module_id: str) -> Told:
        """Give what draws texts of a module's items, with the sections that they name linked."""
        leads: dict[str, str] = {}
        for _, section_id in self.course.banks[module_id].mentions:
            words = section_words(section_id, self.course.strings, begins=False)
            if href := self.links.module(module_id, section_id):
                leads[words.lower()] = href
        if not leads:
            return inline_html
        named = "|".join(sorted(map(re.escape, leads)))
        pattern = re.compile(rf"(?<!\w)(?:{named})(?!\w)", re.IGNORECASE)

        def draw(text: str) -> Markup:
            return around(one_line(text), pattern, lambda at: link(leads[at[0].lower()], at[0]))

        return draw

    def reading_place(self, item_id: str) -> Markup | None:
        """Write the link to the section in which what an item asks can be read."""
        place = self.course.read_in.get(item_id)
        if place is None:
            return None
        module, number, section = place
        words = self.course.strings.text(
            "items.section", number=number, title=inline_text(section.title)
        )
        return link(self.links.module(module, section.id), words)

    def course_test(
        self, about: TestAbout, title: str, items: Sequence[Item], sealed_in: Sequence[str] = ()
    ) -> Markup:
        """Write a test of the whole course, which shows nothing before it is begun."""
        return quiz_html(
            about.id,
            title,
            items,
            self.course.orders,
            self.cite,
            self.course.strings,
            heading=2,
            mode="test",
            test=self.test(about, [item.id for item in items]),
            sealed="item",
            read=self.reading_place,
            sealed_in=[self.links.file(name) for name in sealed_in],
        )

    def test(self, about: TestAbout, item_ids: Iterable[str]) -> dict[str, Any]:
        """Give what the player has to know of a test."""
        by_id = {item.id: item for item in self.course.items}
        objectives = sorted({by_id[item_id].objective for item_id in item_ids})
        coded = coded_test(self.course, about.id)
        return {
            "test": about.id,
            "kind": about.kind,
            "pass": about.pass_mark,
            "blueprint": [cell.model_dump(exclude_none=True) for cell in about.blueprint],
            "shares": list(about.shares),
            "objectives": {name: self.objective(name) for name in objectives},
            "version": self.course.about.version,
            "code": coded.data() if coded else None,
        }

    def objective(self, objective_id: str) -> dict[str, Any]:
        """Give an objective's words, and the sections in which it is practised, with links."""
        module = self.course.modules[objective_id.rpartition("-o")[0]]
        text = next(o.text for o in module.front.objectives if o.id == objective_id)
        return {
            "text": inline_text(text),
            "sections": [
                {
                    "href": self.links.module(module.id, section.id),
                    "title": inline_text(section.title),
                }
                for section in self.course.practised_in.get(objective_id, [])
            ],
        }

    def units(self, unit_ids: Iterable[str]) -> Markup:
        """Write a list of citations."""
        return joined(map(self.cite_html, unit_ids), self.course.strings.text("list.separator"))

    def cited(self, unit_id: str) -> str:
        """Name a unit, without a link."""
        return cited(unit_id, self.course.strings)


def _scene_in_page(path: Path, alt: str) -> Markup:
    return drawing_in_page(path, alt, "scene-")


def title_of(page: Page) -> str:
    """Give the title of a page: its first heading."""
    return next((block.text for block in page.of_kind("heading")), page.name)


def module_label(module: Module, strings: Strings) -> str:
    """Say which module it is: by its number, as in “Module 9”; a capstone has a name instead."""
    return module.label(strings)


def numbered_title(module: Module, strings: Strings) -> str:
    """Name a module by its number and its title."""
    label = module_label(module, strings)
    return strings.text("module.named", label=label, title=module.title)


def plan_title(course: Course, plan: SessionPlan) -> str:
    """Say what the page of a plan is called, in the Markdown of titles."""
    label = module_label(course.modules[plan.module], course.strings)
    return course.strings.text("session.page", label=label, title=plan.title)


def part_colour(module: Module) -> str:
    """Name the colour of a module: the number of its part; a capstone has one of its own."""
    return "capstone" if module.number is None else str(module.front.part)


def module_link(module: Module) -> Markup:
    """Give the link to a module, by its title, from a page at the root of the book.

    Its number stands before the link, wherever modules are listed.

    Parameters
    ----------
    module
        The module.

    Returns
    -------
    Markup
        HTML.
    """
    return link(BookLinks().module(module.id), inline_html(module.title))
