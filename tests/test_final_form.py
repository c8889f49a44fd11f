"""What writers write is what stands on the page: nothing has to be changed in finished HTML."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bs4 import BeautifulSoup

from imlcourse.checks.load import load_course
from imlcourse.html.drawing import drawing_as_image, drawing_in_page
from imlcourse.html.links import Links
from imlcourse.html.writer import Writer
from small_course import ROOT, write_small_course

DRAWING = """\
\ufeff<?xml version="1.0"?>
<!-- made by hand -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">

<linearGradient id="a"/>

<circle r="4" fill="url(#a)"/><use href="#a"/></svg>
"""


def test_a_drawing_is_part_of_the_page_with_ids_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "drawing.svg"
    path.write_text(DRAWING, encoding="utf-8")
    made = drawing_in_page(path, 'Two "circles" & a <line>', "d7-")
    assert made.startswith("<svg role=")
    assert "\n\n" not in made  # a blank line would end it in Markdown
    page = BeautifulSoup(made, "html.parser")
    assert page.svg is not None
    assert page.svg["aria-label"] == 'Two "circles" & a <line>'
    assert {tag["id"] for tag in page.select("[id]")} == {"d7-a"}
    assert 'fill="url(#d7-a)"' in made and 'href="#d7-a"' in made


def test_where_a_host_takes_drawings_out_of_a_page_it_is_an_image(tmp_path: Path) -> None:
    path = tmp_path / "drawing.svg"
    path.write_text(DRAWING, encoding="utf-8")
    image = BeautifulSoup(drawing_as_image(path, 'a "b"'), "html.parser").img
    assert image is not None
    assert str(image["src"]).startswith("data:image/svg+xml;base64,")
    assert image["alt"] == 'a "b"'


def test_a_term_names_its_definition_where_the_page_has_it(tmp_path: Path) -> None:
    course = load_course(write_small_course(tmp_path))
    role = "{term}`de facto protection`"
    assert Writer(course).inline(role) == (
        '<a class="iml-term" href="glossary.html#term-de-facto-protection" '
        'aria-describedby="def-de-facto-protection">de facto protection</a>'
    )
    assert Writer(course, Links()).inline(role) == "de facto protection"


def test_a_figure_of_a_module_is_its_drawing_in_the_book_and_an_image_elsewhere(
    tmp_path: Path,
) -> None:
    course = load_course(write_small_course(tmp_path))
    page = course.modules["m01"].page
    (block,) = page.of_kind("diagram")
    assert "<svg role=" in Writer(course).diagram(page, block)
    assert "<img src=" in Writer(course).diagram(page, block, in_page=False)


def test_no_formatted_text_makes_tags() -> None:
    """What goes into HTML is escaped by its type, which a formatted text would forget."""
    looked_at = 0
    for folder in ("html", "pages", "notebooks", "live", "player"):
        for path in (ROOT / "scripts" / "imlcourse" / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr):
                    looked_at += 1
                    pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
                    tags = [piece for piece in pieces if re.search(r"(?<!\?P)</?[a-z]", str(piece))]
                    assert not tags, (path.name, node.lineno)
    assert looked_at > 40
