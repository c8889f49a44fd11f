"""Notebooks that are handed out: they stand alone, and show what the book shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from markdown_it import MarkdownIt

from imlcourse.checks.load import load_course
from imlcourse.notebooks.dollars import plain_markdown
from imlcourse.notebooks.make import notebooks
from real_course import real_course
from small_course import write_small_course

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def cells(notebook: str) -> list[Any]:
    made: list[Any] = json.loads(notebook)["cells"]
    return made


def html_of(cell: Any) -> str:
    """What a cell shows before anything is run."""
    html = [MARKDOWN.render("".join(cell["source"]))] if cell["cell_type"] == "markdown" else []
    html += ["".join(output["data"].get("text/html", "")) for output in cell.get("outputs", [])]
    return "".join(html)


def shown(cell: Any) -> BeautifulSoup:
    return BeautifulSoup(html_of(cell), "html.parser")


def assert_whole(made: dict[str, str]) -> int:
    """Follow every link of some notebooks that lie in one folder; give how many there are."""
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for name, text in made.items():
        page = etree.fromstring(f"<body>{''.join(map(html_of, cells(text)))}", etree.HTMLParser())
        # Jupyter makes the ids of headings of their words.
        heads = page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
        ids[name] = {"".join(head.itertext()).replace(" ", "-") for head in heads}
        links += [(name, address) for address in page.xpath("//a/@href")]
    for name, address in links:
        if re.match(r"https?://", address):
            continue
        file, fragment = urldefrag(address)
        assert (file or name) in ids, (name, address)
        assert not fragment or unquote(fragment) in ids[file or name], (name, address)
    return len(links)


def test_every_link_of_a_notebook_leads_to_a_note_in_it_or_to_one_beside_it(built: Path) -> None:
    made = {path.name: path.read_text("utf-8") for path in (built / "notebooks").glob("*.ipynb")}
    assert len(made) == len(real_course().modules) + 1
    assert assert_whole(made) > 1000


def test_a_citation_and_a_term_lead_to_notes_at_the_end(tmp_path: Path) -> None:
    course = load_course(write_small_course(tmp_path))
    made = notebooks(course)
    assert assert_whole(made) > 5
    *_, terms, units = cells(made["m01.ipynb"])
    assert shown(terms).select_one("h3").get_text() == "De facto protection"  # type: ignore[union-attr]
    assert "Protection that help gives in effect" in shown(terms).get_text()
    noted = [heading.get_text() for heading in shown(units).select("h3")]
    # The definition of the term cites paragraph 8.
    assert noted == ["Paragraph 8", "Paragraph 9", "Annex, paragraph 30"]
    opening = next(cell for cell in cells(made["m01.ipynb"]) if cell["id"] == "m01-opening")
    link = shown(opening).select_one("a.iml-cite")
    assert link is not None and link["href"] == "#Paragraph-9"
    # A page of the book is not at hand: it is named, and not linked.
    text = "".join("".join(cell["source"]) for cell in cells(made["m01.ipynb"]))
    assert "For learners" in text and ".html" not in text


def test_a_notebook_has_what_has_a_page_of_its_own_in_the_book_and_no_link_to_it(
    tmp_path: Path,
) -> None:
    course = load_course(write_small_course(tmp_path))
    made = {cell["id"]: cell for cell in cells(notebooks(course)["m01.ipynb"])}
    assert "Whose rights are at stake" in shown(made["m01-note-read"]).get_text()
    assert "…" in "".join(made["m01-note-write"]["source"])
    assert "iml-to-page" not in json.dumps(made)


PRICES = "It costs $5 to enter and $10 to leave"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("modules/m01-who-answers/module.md", "An officer asks who protects.", f"{PRICES}."),
        ("modules/m01-who-answers/module.md", "A family waits.", f"{PRICES}."),
        ("modules/m01-who-answers/module.md", "| a lawyer |", f"| {PRICES} |"),
        ("modules/m01-who-answers/module.md", "## Who has the duty", f"## {PRICES}"),
        ("modules/m01-who-answers/module.md", "title: Who answers for rights", f"title: {PRICES}"),
        ("quizzes/m01.yml", "stem: Which kind of mandate does IOM lack?", f"stem: {PRICES}, why?"),
        ("quizzes/m01.yml", "label: The problem", f"label: {PRICES}"),
        ("quizzes/m01.yml", "title: A note", f"title: {PRICES}"),
    ],
)
def test_dollar_signs_are_no_mathematics(tmp_path: Path, file: str, old: str, new: str) -> None:
    path = write_small_course(tmp_path) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    made = cells(notebooks(load_course(tmp_path))["m01.ipynb"])
    assert PRICES in " ".join(shown(cell).get_text() for cell in made)
    for cell in made:
        if cell["cell_type"] == "markdown":
            # Jupyter looks for mathematics in the source, and then in the text of each element.
            assert "$" not in "".join(cell["source"])
            pieces = [str(piece) for piece in shown(cell).find_all(string=True)]
            assert all(piece.count("$") < 2 for piece in pieces)
        for output in cell.get("outputs", []):
            html = BeautifulSoup("".join(output["data"]["text/html"]), "html.parser")
            assert html.div is not None and "mathjax_ignore" in html.div["class"]


@pytest.mark.parametrize(
    "source",
    [
        PRICES,
        r"It costs \$5, or \\(x\\), or \\[y\\]",
        r"\begin{x} and \$",
        r"\\begin{x}",
        '<a href="https://example.org/?a=$b">to $b</a>',
        "[words](https://example.org/x) $1 and `$2` and ``a ` $3``",
        "```\n$4 in code\n```\n\nand $5",
        "# A title with $1 and $2",
        "| $1 | $2 |\n|---|---|\n| $3 | `$4` |",
    ],
)
def test_what_is_not_to_be_mathematics_is_shown_as_it_was_written(source: str) -> None:
    def words(markdown: str) -> str:
        return BeautifulSoup(MARKDOWN.render(markdown), "html.parser").get_text()

    made = plain_markdown(source)
    assert words(made) == words(source)
    left = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", made, flags=re.DOTALL)
    assert not re.search(r"\$|\\\\[(\[]|\\begin", left)
