"""Modules as notebooks: valid, readable without a kernel, the same bytes for the same course.

There are two of each module. One is a page of the book, which Jupyter Book makes of it. The other
is handed out, and stands alone: what has a page of its own in the book stands in it, and its links
lead to notes at its end and to the notebooks beside it (`imlcourse.notebooks.links`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from imlcourse.course.model import Course
from imlcourse.course.module import Module, Step
from imlcourse.html.citation import headed
from imlcourse.html.compose import Markup, html, lines
from imlcourse.html.links import BookLinks
from imlcourse.html.sealed import sealed_name
from imlcourse.html.term_links import TermLinks
from imlcourse.html.worksheets import worksheet_html, worksheet_link, worksheet_text
from imlcourse.html.writer import Writer
from imlcourse.languages.rules import rules_of
from imlcourse.markup.inline import inline_html, inline_markdown, inline_text
from imlcourse.markup.page import Block
from imlcourse.notebooks.cells import Cell, code_cell, markdown_cell, notebook_text
from imlcourse.notebooks.dollars import plain_html, plain_markdown
from imlcourse.notebooks.links import BesideLinks, NotedLinks, NoteLinks

__all__ = ["atlas_notebook", "module_notebook", "notebooks", "quiz_output", "standalone_notebook"]


def notebooks(course: Course) -> dict[str, str]:
    """Make the notebooks that are handed out.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        Notebooks as JSON by file name: one for each module, and one to explore the atlas with.
    """
    made = {
        f"{module.id}.ipynb": standalone_notebook(course, module)
        for module in course.modules.values()
    }
    if course.library.atlas:
        made["case-atlas.ipynb"] = atlas_notebook(course)
    return made


def standalone_notebook(course: Course, module: Module) -> str:
    """Make the notebook of a module that is handed out, and stands alone.

    Quizzes are code cells, ``quiz("m06-s1")``, whose output is there already: the whole quiz as
    static HTML. Nothing has to be run to read the module.

    Parameters
    ----------
    course
        The course.
    module
        One of its modules.

    Returns
    -------
    str
        The notebook as JSON.
    """
    links = NoteLinks.of(course)
    cells = _HandedOut(course, module, Writer(course, links)).cells_of_module()
    return _notebook(course, module.id, [*cells, *_notes(course, module, links)], module.title)


def module_notebook(course: Course, module: Module) -> str:
    """Make the notebook of a module of which Jupyter Book makes its page.

    Parameters
    ----------
    course
        The course.
    module
        One of its modules.

    Returns
    -------
    str
        The notebook as JSON.
    """
    links = BookLinks("../", f"modules/{module.id}")
    cells = _Cells(course, module, Writer(course, links)).cells_of_module()
    return _notebook(course, module.id, cells, module.title)


def atlas_notebook(course: Course) -> str:
    """Make the notebook in which the case atlas is explored.

    Parameters
    ----------
    course
        A course with an atlas.

    Returns
    -------
    str
        The notebook as JSON.
    """
    strings = course.strings
    cells = [
        markdown_cell(
            f"# {inline_markdown(strings.text('atlas.title'))}\n\n"
            f"{_paragraph(strings.html('atlas.notebook'))}",
            "atlas-title",
        ),
        code_cell(
            f"from imlcourse import atlas\n\nexplorer = atlas({_in_language(course)})\nexplorer",
            "atlas-explorer",
        ),
        markdown_cell(_paragraph(strings.html("atlas.notebook.table")), "atlas-more"),
        code_cell(
            'explorer.choose(setting="reception", group="children")\nexplorer.table',
            "atlas-table",
        ),
    ]
    return _notebook(course, "case-atlas", cells)


def quiz_output(course: Course, quiz_id: str, *, sealed: bool = True) -> Markup:
    """Write a quiz as the output of a cell, the same before the cell is run and after.

    Parameters
    ----------
    course
        The course.
    quiz_id
        Id of a quiz, or of a single item.
    sealed
        Whether what is sealed of a test is in it, for the player. Where there is no player, the
        questions are read without it.

    Returns
    -------
    Markup
        HTML.
    """
    nowhere = () if sealed else ("",)
    return plain_html(Writer(course, BesideLinks.of(course)).quiz(quiz_id, nowhere))


def _notebook(course: Course, name: str, cells: list[Cell], title: str = "") -> str:
    metadata: dict[str, Any] = {
        **({"title": title} if title else {}),
        "language_info": {"name": "python"},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "imlcourse": {
            "course": course.about.id,
            "module": name,
            "version": course.about.version,
            **({"language": course.about.language} if course.own_language else {}),
        },
    }
    return notebook_text(cells, metadata)


def _paragraph(words: Markup) -> Markup:
    return html("<p>{}</p>", words)


class _Cells:
    """Makes the cells of a module, block by block; prose is gathered until another cell begins.

    Parameters
    ----------
    course
        The course.
    module
        The module.
    writer
        Writes its blocks.
    """

    def __init__(self, course: Course, module: Module, writer: Writer) -> None:
        self.course = course
        self.module = module
        self.writer = writer
        self._cells: list[Cell] = []
        self._prose: list[str] = []
        self._section = "opening"
        self._count = 0
        language = course.about.language
        self._terms = TermLinks(course.glossary.values(), rules_of(language))

    def cells_of_module(self) -> list[Cell]:
        """Give all cells, in their order."""
        self._cells = [
            markdown_cell(
                self._text(f"# {inline_markdown(self.module.title)}"), f"{self.module.id}-title"
            ),
            code_cell(
                "from imlcourse import quiz",
                f"{self.module.id}-import",
                ["remove-cell"],
            ),
        ]
        # Somebody meets a person and decides; only then is told what is learned from it.
        for block in self.module.opening:
            self._add(block)
        self._prose.append(_objectives(self.module, self.writer))
        for step in self.module.steps:
            self._begin(step)
            opening = len(self.module.opening) if step.number == 1 else 0
            for block in step.blocks[opening:]:
                self._add(block)
        self._close()
        return self._cells

    def _begin(self, step: Step) -> None:
        self._close()
        self._section = step.id.removeprefix(f"{self.module.id}-")
        self._count = 0
        self._prose.append(self.writer.step_heading(step))

    def _add(self, block: Block) -> None:
        match block.kind:
            case "quiz" | "item":
                self._close()
                self._cells.append(self._quiz_cell(block.argument))
            case "worksheet":
                self._worksheet(block)
            case "reading":
                self._reading(block)
            case "diagram":
                self._prose.append(self._diagram(block))
            case "situation":
                linked = replace(block, text=self._terms.link(block.text))
                self._prose.append(self._situation(linked))
            case "heading":
                self._prose.append(self.writer.block(block))
            case _:
                self._prose.append(
                    self.writer.block(replace(block, text=self._terms.link(block.text)))
                )

    def _close(self) -> None:
        """Make a cell of the prose gathered, if there is any."""
        if self._prose:
            suffix = f"-{self._count}" if self._count else ""
            name = f"{self.module.id}-{self._section}{suffix}"
            self._cells.append(markdown_cell(self._text("\n\n".join(self._prose)), name))
            self._prose = []
            self._count += 1

    def _text(self, markdown: str) -> str:
        """Give Markdown as it stands in a cell."""
        return markdown

    def _quiz(self, quiz_id: str) -> Markup:
        return self.writer.quiz(quiz_id, [sealed_name(self.module.id)])

    def _worksheet(self, block: Block) -> None:
        work = self.course.banks[self.module.id].worksheets[block.argument]
        self._prose.append(worksheet_link(work, self.writer))

    def _reading(self, block: Block) -> None:
        self._prose.append(self.writer.reading(block.argument))

    def _diagram(self, block: Block) -> str:
        return self.writer.diagram(self.module.page, block)

    def _situation(self, block: Block) -> str:
        return self.writer.situation(self.module.page, block)

    def _quiz_cell(self, quiz_id: str) -> Cell:
        output = {"text/html": str(self._quiz(quiz_id)), "text/plain": _plain(self.course, quiz_id)}
        return code_cell(
            f'quiz("{quiz_id}"{_in_language(self.course, before=", ")})',
            f"{quiz_id}-quiz",
            ["remove-input"],
            shown=output,
        )


def _in_language(course: Course, before: str = "") -> str:
    """Give the argument that shows the course in another language than its own."""
    return f'{before}language="{course.about.language}"' if course.own_language else ""


class _HandedOut(_Cells):
    """Makes the cells of a notebook that stands alone."""

    def _diagram(self, block: Block) -> str:
        return self.writer.diagram(self.module.page, block, in_page=False)

    def _situation(self, block: Block) -> str:
        return self.writer.situation(self.module.page, block, in_page=False)

    def _text(self, markdown: str) -> str:
        return plain_markdown(markdown)

    def _quiz(self, quiz_id: str) -> Markup:
        return quiz_output(self.course, quiz_id, sealed=False)

    def _worksheet(self, block: Block) -> None:
        work = self.course.banks[self.module.id].worksheets[block.argument]
        self._close()
        # It is read and written where it stands; in the book it has a page.
        for name, text in (
            ("read", str(worksheet_html(work, self.writer))),
            ("write", worksheet_text(work)),
        ):
            self._cells.append(markdown_cell(self._text(text), f"{work.id}-{name}"))

    def _reading(self, block: Block) -> None:
        self._close()
        # The page is not at hand, so its text stands here; its title becomes a heading.
        text = "\n\n".join(
            self.writer.block(replace(part, level=part.level + 2) if part.level else part)
            for part in self.course.pages[block.argument].blocks
        )
        name = f"{self.module.id}-{block.argument}"
        self._cells.append(markdown_cell(self._text(text), name))


def _objectives(module: Module, writer: Writer) -> str:
    strings = writer.course.strings
    minutes = strings.text(
        "minutes",
        alone=writer.course.minutes_of(module),
        session=module.front.minutes.session,
    )
    units = strings.html("module.units", units=writer.units(module.front.units))
    kind = html('<span class="iml-block-kind">{}</span>', strings.text("block.objectives"))
    return lines(
        [
            Markup('<div class="iml-block iml-objectives">'),
            html('<p class="iml-block-title">{}</p>', kind),
            Markup("<ul>"),
            *(html("<li>{}</li>", inline_html(o.text)) for o in module.front.objectives),
            Markup("</ul>"),
            html('<p class="iml-minutes">{}</p>', minutes),
            html('<p class="iml-source">{}</p>', units),
            Markup("</div>"),
        ]
    )


def _notes(course: Course, module: Module, links: NoteLinks) -> Iterator[Cell]:
    """Make the cells with what was linked: what terms mean, and what units say."""
    strings = course.strings
    # What the definitions cite is noted too; what the notes on units cite only if it is there.
    terms = [
        (course.glossary[term].term, Writer(course, links).inline(course.glossary[term].definition))
        for term in links.terms
    ]
    units = [
        (
            headed(unit, strings),
            Writer(course, NotedLinks(links.sections, noted=links)).inline(
                course.digest.units[unit].digest
            ),
        )
        for unit in course.index.edition.unit_ids
        if unit in links.units
    ]
    for name, title, notes in (
        ("terms", "glossary.title", terms),
        ("units", "guide.title", units),
    ):
        if notes:
            text = "\n\n".join(
                f"### {inline_markdown(head)}\n\n{_paragraph(words)}" for head, words in notes
            )
            head = inline_markdown(strings.text(title))
            yield markdown_cell(plain_markdown(f"## {head}\n\n{text}"), f"{module.id}-note-{name}")


def _plain(course: Course, quiz_id: str) -> str:
    """Give a quiz as plain text, for readers that show no HTML: its questions alone."""
    if quiz_id in course.quizzes:
        bank, quiz = course.quizzes[quiz_id]
        head = [inline_text(quiz.title)]
        items = [bank.items[item_id] for item_id in quiz.item_ids]
    else:
        head, items = [], [item for item in course.items if item.id == quiz_id]
    stems = [f"{number}. {inline_text(item.stem)}" for number, item in enumerate(items, 1)]
    return "\n".join([*head, *stems])
