"""How the book looks: its colours, its typeface, its drawings, and the bar of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from imlcourse.book import typeface
from imlcourse.book.paint import paint, with_paint
from imlcourse.book.template import THEME
from imlcourse.course.model import Course
from imlcourse.player.palette import colours
from real_course import real_course

ROOT = Path(__file__).parents[1]
SCENES = sorted(ROOT.glob("modules/*/scene.svg"))
STYLES = THEME / "static"
PHONE = {"width": 390, "height": 844}
LAPTOP_AT_200 = {"width": 512, "height": 384}
ALPHABETS = {
    "French": "àâæçéèêëîïôœùûüÿ«»",
    "Spanish": "áéíñóúü¿¡",
    "German": "äöüß",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșțşţ",
    "Turkish": "çğıİöşü",
    "Maltese": "ċġħż",
    "Baltic": "āčēģīķļņšūžąęėįųū",
    "Nordic": "åäæøöðþ",
    "Welsh": "ŵŷẁỳ",
}


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


# --- colours --------------------------------------------------------------------------------------


def light_of(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("part", sorted(paint()["parts"]))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_the_colour_of_each_part_and_on_it(part: str, scheme: str) -> None:
    """4.5:1, as WCAG asks of words: on paper, on what is laid under blocks, and in filled boxes."""
    at = ("light", "dark").index(scheme)
    base = {name: pair[at] for name, pair in colours().items()}
    colour, soft = paint()["parts"][part][2 * at : 2 * at + 2]
    for paper in (base["paper"], base["soft"], soft):
        assert contrast(colour, paper) >= 4.5, paper
    for ink in ("ink", "muted", "accent", "wrong", "right"):
        assert contrast(base[ink], soft) >= 4.5, ink
    # The number of the module, and the filled boxes of figures.
    assert contrast(base["paper"], colour) >= 4.5
    assert contrast(base["accent-ink"], colour) >= 4.5


def test_every_module_has_the_colour_of_its_part_and_the_capstone_its_own(offline: Path) -> None:
    found = {
        name: re.findall(r"data-iml-part=\"?(\w+)", re.findall("<body[^>]*>", html)[0])
        for name in ("m01", "m06", "m09", "capstone")
        for html in [(offline / "modules" / f"{name}.html").read_text("utf-8")]
    }
    assert found == {"m01": ["1"], "m06": ["2"], "m09": ["3"], "capstone": ["capstone"]}


def test_a_style_holds_the_colours_of_parts_and_scenes_in_both_schemes() -> None:
    book = with_paint((STYLES / "course.css").read_text("utf-8"))
    scenes = with_paint((STYLES / "figures.css").read_text("utf-8"))
    for light, soft, dark, dark_soft in paint()["parts"].values():
        assert f"--iml-part: {light};--iml-part-soft: {soft};" in book
        assert book.count(f"--iml-part: {dark};--iml-part-soft: {dark_soft};") == 2
    for light, dark in paint()["scenes"].items():
        assert f'[fill="{light}"]' in scenes
        assert scenes.count(f": {dark};") == 2


# --- scenes and figures ---------------------------------------------------------------------------


def test_every_module_opens_with_a_scene_and_says_in_words_what_it_shows(course: Course) -> None:
    for module in course.modules.values():
        (situation,) = module.page.of_kind("situation")
        assert situation.options["drawing"] == "scene.svg", module.id
        assert 80 <= len(situation.options["alt"]) <= 250, module.id
    assert len(SCENES) == len(course.modules) == 14


@pytest.mark.parametrize("scene", SCENES, ids=lambda path: path.parent.name[:8])
def test_a_scene_is_painted_with_the_colours_of_scenes_alone(scene: Path) -> None:
    svg = scene.read_text("utf-8")
    used = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    assert used <= set(paint()["scenes"])
    assert set(re.findall(r'(?:fill|stroke)="([^"#]+)"', svg)) <= {"none"}
    assert 'viewBox="0 0 640 320"' in svg
    assert 2_500 <= len(svg.encode()) <= 7_500


def test_a_figure_is_built_up_part_by_part_and_is_whole_on_paper(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m06.html").as_uri() + "#m06-s2")
    figure = page.locator(".iml-figure[data-iml-next]")
    last = figure.locator("[data-iml-part-of]").last
    status = figure.get_by_role("status")
    expect(status).to_have_text("Part 1 of 4 shown")
    expect(last.locator("text").first).to_be_hidden()
    # The buttons stand above the drawing, and what is to come leaves a calm, empty place.
    top = "(one) => one.getBoundingClientRect().top"
    button, drawing = figure.get_by_role("button").first, figure.get_by_role("img")
    assert button.evaluate(top) < drawing.evaluate(top)
    assert last.evaluate("(one) => getComputedStyle(one).visibility") == "hidden"
    page.emulate_media(media="print")
    expect(last.locator("text").first).to_be_visible()
    assert last.evaluate("(one) => getComputedStyle(one).opacity") == "1"
    page.emulate_media(media="screen")
    figure.get_by_role("button", name="Next part").click()
    expect(status).to_have_text("Part 2 of 4 shown")
    # The whole drawing is described at any time; the focus stays where the buttons were.
    assert figure.get_by_role("img").get_attribute("aria-label")
    figure.get_by_role("button", name="Show the whole figure").press("Enter")
    expect(last.locator("text").first).to_be_visible()
    expect(figure).to_be_focused()
    expect(figure.get_by_role("button")).to_have_count(0)


def test_no_figure_asks_for_more_than_three_presses() -> None:
    drawings = sorted((ROOT / "modules").glob("*/*.svg"))
    parts = {one.name: one.read_text("utf-8").count('id="part-') for one in drawings}
    assert {name for name, count in parts.items() if count > 4} == set()
    assert sum(count > 1 for count in parts.values()) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_legend_of_the_map_shows_the_colours_of_the_map(
    browser: Browser, offline: Path, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((offline / "case-atlas.html").as_uri())
    legend = page.locator(".iml-legend")
    expect(legend).to_contain_text("3 or more")
    looks = (
        "(all) => all.map((one) => getComputedStyle(one))"
        ".map((its) => [its.fill, +its.fillOpacity])"
    )
    shown = legend.locator("rect").evaluate_all(looks)
    for step, look in enumerate(shown, 1):
        on_map = page.locator(f".iml-map path.iml-step-{step}").first
        assert on_map.evaluate_all(looks) == [look]
    assert [strength for _, strength in shown] == sorted(strength for _, strength in shown)
    # Words that are true of one scheme alone stand nowhere beside it.
    assert not re.search(r"dark|bright|light", page.locator("figcaption").first.inner_text())
    page.close()


# --- the typeface ---------------------------------------------------------------------------------


def test_the_typeface_has_the_letters_of_europe(course: Course) -> None:
    near, west, far = (
        typeface.letters(re.findall("unicode-range:([^;]+)", style)[0])
        for style in typeface.typeface_styles().values()
    )
    for language, alphabet in ALPHABETS.items():
        assert set(alphabet + alphabet.upper()) - {"SS"} <= near | west | far, language
    assert not near & west
    assert not near & far
    assert not west & far


def test_a_page_loads_the_letters_that_it_has() -> None:
    assert typeface.faces_for("The Human Rights of Migrants – “café”, España") == ()
    assert typeface.faces_for("Où ?") == ("typeface-west.css",)
    assert typeface.faces_for("Łódź") == ("typeface-far.css",)


def test_the_typeface_stands_in_the_style_with_its_licence_beside_it() -> None:
    styles = typeface.typeface_styles()
    assert all(style.count("url(data:font/woff2;base64,") == 1 for style in styles.values())
    assert len(styles["typeface.css"]) < 20_000
    assert "SIL Open Font License" in (THEME / "typeface" / "OFL.txt").read_text("utf-8")


LOADED = (
    "document.fonts.load('16px \"Atkinson Hyperlegible Next\"').then((faces) =>"
    " faces.length > 0 && faces.every((face) => face.status === 'loaded')"
    " && getComputedStyle(document.body).fontFamily.startsWith('\"Atkinson'))"
)


def test_the_typeface_loads_in_chromium_from_a_file(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m06.html").as_uri())
    assert page.evaluate(LOADED)


# --- blocks ---------------------------------------------------------------------------------------


def test_kinds_of_blocks_differ_in_their_sign_and_not_by_colour_alone(
    page: Page, offline: Path
) -> None:
    page.goto((offline / "modules" / "m09.html").as_uri())
    signs = page.locator(".iml-block").evaluate_all(
        "(all) => all.map((one) => [[...one.classList].find((name) => /^iml-(?!block)/.test(name)),"
        " getComputedStyle(one.querySelector('.iml-block-kind'), '::before').maskPosition])"
    )
    by_kind = dict(signs)
    kinds = {"situation", "case", "misunderstanding", "law", "keypoints", "objectives", "example"}
    assert {f"iml-{kind}" for kind in kinds} <= by_kind.keys()
    assert len(set(by_kind.values())) == len(by_kind)


# --- the bar, the contents, and tables ------------------------------------------------------------


@pytest.fixture(params=[PHONE, LAPTOP_AT_200], ids=["phone", "200 %"])
def small(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=request.param, reduced_motion="reduce")
    yield opened
    opened.close()


def test_one_slim_row_stays_and_covers_no_question(small: Page, offline: Path) -> None:
    small.goto((offline / "modules" / "m09.html").as_uri() + "#m09-i01")
    bar = small.get_by_role("banner")
    expect(bar).to_contain_text("Module 9")
    expect(bar).to_contain_text("Step 1 of")
    stem = small.locator("[data-iml-item='m09-i01'] .iml-stem")
    expect(stem).to_be_in_viewport(ratio=0.9)
    for name in ("Menu", "Search", "My progress"):
        expect(bar.get_by_role("link", name=name)).to_be_visible()
    box = bar.bounding_box()
    at = stem.bounding_box()
    assert box
    assert at
    assert box["y"] == 0
    assert box["height"] <= 52
    assert at["y"] >= box["height"]


def test_the_contents_fold_and_the_group_of_the_page_is_open(page: Page, offline: Path) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto((offline / "modules" / "m09.html").as_uri())
    contents = page.get_by_role("navigation", name="Contents")
    here = contents.locator("[aria-current=page]")
    expect(here).to_have_text("Module 9 Trafficking: identify, assist, prosecute")
    expect(here).to_be_visible()
    other = contents.get_by_role("link", name="Paragraph guide")
    expect(other).to_be_hidden()
    contents.get_by_text("Reference", exact=True).press("Enter")
    expect(other).to_be_visible()


def test_the_list_of_sections_marks_where_the_reader_is(browser: Browser, offline: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 800}, reduced_motion="reduce")
    page.goto((offline / "for-trainers.html").as_uri())
    sections = page.get_by_role("navigation", name="On this page")
    target = sections.get_by_role("link").nth(3)
    page.locator(str(target.get_attribute("href"))).evaluate("(one) => one.scrollIntoView()")
    expect(sections.locator("[aria-current]")).to_have_count(1)
    expect(target).to_have_attribute("aria-current", "true")
    page.close()


def test_the_days_of_an_agenda_stand_above_its_hours_on_a_phone(
    browser: Browser, offline: Path
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto((offline / "session-plans.html").as_uri())
    heads = page.locator("table.iml-stack").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert [head for head in heads if "Day" in head] == [
        '"Day 1" / ""', '"Day 2" / ""', '"Day 3" / ""',
    ]  # fmt: skip
    page.close()
