"""Modules as notebooks: valid, readable without a kernel, the same bytes for the same course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.html.links import BookLinks
from imlcourse.html.term_links import TermLinks
from imlcourse.html.worksheets import worksheet_html, worksheet_link, worksheet_text
from imlcourse.html.writer import Writer
from imlcourse.languages.rules import rules_of
from imlcourse.markup.inline import inline_html, inline_text


def module_notebook(course: Course, module: Module) -> str:
    """Make the notebook of a module.

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

    Raises
    ------
    nbformat.ValidationError
        If the notebook were not valid.
    """
    writer = Writer(course, BookLinks("../"))
    notebook = new_notebook(
        cells=list(_cells(course, module, writer)),
        metadata={"title": module.title, **_metadata(course, module.id)},
    )
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _metadata(course: Course, name: str) -> dict[str, Any]:
    return {
        "language_info": {"name": "python"},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "imlcourse": {
            "course": course.about.id,
            "module": name,
            "version": course.about.version,
            **({"language": course.about.language} if course.own_language else {}),
        },
    }


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
    notebook = new_notebook(
        cells=[
            new_markdown_cell(
                f"# {strings.text('atlas.title')}\n\n{strings.text('atlas.notebook')}",
                id="atlas-title",
            ),
            new_code_cell(
                "from imlcourse import atlas\n\nexplorer = atlas()\nexplorer", id="atlas-explorer"
            ),
            new_markdown_cell(strings.text("atlas.notebook.table"), id="atlas-more"),
            new_code_cell(
                'explorer.choose(setting="reception", group="children")\nexplorer.table',
                id="atlas-table",
            ),
        ],
        metadata=_metadata(course, "case-atlas"),
    )
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _cells(course: Course, module: Module, writer: Writer) -> Iterator[Any]:
    yield new_markdown_cell(_head(course, module, writer), id=f"{module.id}-title")
    yield new_code_cell(
        "from imlcourse import quiz",
        id=f"{module.id}-import",
        metadata={"tags": ["remove-cell"]},
    )
    links = TermLinks(course.glossary.values(), rules_of(course.about.language))
    section = "opening"
    prose: list[str] = []
    count = 0

    def cell() -> Iterator[Any]:
        nonlocal count
        if prose:
            suffix = f"-{count}" if count else ""
            yield new_markdown_cell("\n\n".join(prose), id=f"{module.id}-{section}{suffix}")
            prose.clear()
            count += 1

    for block in module.page.blocks:
        if block.kind == "heading" and block.level == 2:
            yield from cell()
            section, count = block.label.removeprefix(f"{module.id}-"), 0
        if block.kind in ("quiz", "item"):
            yield from cell()
            yield _quiz_cell(course, block.argument, writer)
        elif block.kind == "worksheet":
            work = course.banks[module.id].worksheets[block.argument]
            prose.append(worksheet_link(work, writer))
            yield from cell()
            # In a notebook it is read and written where it stands; in the book it has a page.
            for name, text in (
                ("read", worksheet_html(work, writer)),
                ("write", worksheet_text(work)),
            ):
                yield new_markdown_cell(
                    text, id=f"{work.id}-{name}", metadata={"tags": ["remove-cell"]}
                )
        elif block.kind == "reading":
            page = course.pages[block.argument]
            prose.append(writer.reading(block.argument))
            yield from cell()
            # The same in a notebook, where the page is not at hand; its title becomes a heading.
            text = "\n\n".join(
                writer.block(replace(part, level=part.level + 2) if part.level else part)
                for part in page.blocks
            )
            yield new_markdown_cell(
                text, id=f"{module.id}-{block.argument}", metadata={"tags": ["remove-cell"]}
            )
        elif block.kind == "diagram":
            prose.append(writer.diagram(module.page, block))
        else:
            if block.kind != "heading":
                block = replace(block, text=links.link(block.text))
            prose.append(writer.block(block))
    yield from cell()


def _head(course: Course, module: Module, writer: Writer) -> str:
    strings = course.strings
    minutes = strings.text(
        "minutes", alone=module.front.minutes.self_paced, session=module.front.minutes.session
    )
    units = strings.text("module.units", units=writer.units(module.front.units))
    objectives = [f"<li>{inline_html(o.text)}</li>" for o in module.front.objectives]
    return "\n".join(
        [
            f"# {module.title}",
            "",
            '<div class="iml-block iml-objectives">',
            f'<p class="iml-block-title"><span class="iml-block-kind">'
            f"{strings.text('block.objectives')}</span></p>",
            "<ul>",
            *objectives,
            "</ul>",
            f'<p class="iml-minutes">{minutes}</p>',
            f'<p class="iml-source">{units}</p>',
            "</div>",
        ]
    )


def _quiz_cell(course: Course, quiz_id: str, writer: Writer) -> Any:
    return new_code_cell(
        f'quiz("{quiz_id}")',
        id=f"{quiz_id}-quiz",
        metadata={"tags": ["remove-input"]},
        outputs=[
            new_output(
                "display_data",
                data={"text/html": writer.quiz(quiz_id), "text/plain": _plain(course, quiz_id)},
            )
        ],
    )


def _plain(course: Course, quiz_id: str) -> str:
    """Give a quiz as plain text, for readers that show no HTML: its questions alone."""
    if quiz_id in course.quizzes:
        bank, quiz = course.quizzes[quiz_id]
        head = [inline_text(quiz.title)]
        items = [bank.items[item_id] for item_id in quiz.items]
    else:
        head, items = [], [item for item in course.items if item.id == quiz_id]
    stems = [f"{number}. {inline_text(item.stem)}" for number, item in enumerate(items, 1)]
    return "\n".join([*head, *stems])
