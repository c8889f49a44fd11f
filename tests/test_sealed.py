"""What is sealed of the tests: packed small, stands once, opens to what was sealed."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from engine import Engine, EngineError
from every_page import MOST
from imlcourse.html.seal import _states, sealed_script
from real_course import real_course
from small_course import ROOT

UNPACK = "(packed) => Array.from(imlPlayer.inflate(new Uint8Array(packed)))"


def packed(data: bytes, level: int = 9, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("strategy", [zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_what_is_packed_is_unpacked_by_the_player(
    engine: Engine, level: int, strategy: int
) -> None:
    lot = random.Random(level)
    texts = [
        b"",
        b"a",
        b"ab" * 40_000,
        bytes(lot.randrange(256) for _ in range(3000)),
        "Wörter, الكلمات, 字 ".encode() * 500,
        (ROOT / "quizzes" / "m06.yml").read_bytes(),
    ]
    for text in texts:
        assert bytes(engine.evaluate(UNPACK, list(packed(text, level, strategy)))) == text


def test_damaged_data_is_refused_and_not_read_for_ever(engine: Engine) -> None:
    good = packed((ROOT / "README.md").read_bytes())
    for damaged in (bytes([good[0] | 6]) + good[1:], b"\xff" * 50):
        with pytest.raises(EngineError, match="packed data is damaged"):
            engine.evaluate(UNPACK, list(damaged))


def test_base_85_is_read_as_python_writes_it(engine: Engine) -> None:
    data = bytes(range(256)) + b"odd"
    text = base64.b85encode(data, pad=True).decode()
    read = "([text, size]) => Array.from(imlPlayer.packed.bytesOf(text, size))"
    assert bytes(engine.evaluate(read, [text, len(data)])) == data


def opened(path: Path) -> Any:
    """What stands in a sealed file."""
    script = path.read_text(encoding="utf-8")
    found = re.fullmatch(r'imlPlayer\.addSealed\((\d+),"(.*)"\);\n', script)
    assert found
    sealed = base64.b85decode(found[2])[: int(found[1])]
    data = bytes(byte ^ turn & 0xFF for byte, turn in zip(sealed, _states(""), strict=False))
    return json.loads(zlib.decompress(data, -zlib.MAX_WBITS))


def html_text(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


def test_each_answer_of_a_test_stands_once_and_opens_to_what_was_sealed(
    page: Page, offline: Path
) -> None:
    course = real_course()
    page.goto((offline / "final-test.html").as_uri())
    addresses = page.locator("[data-iml-sealed-in]").get_attribute("data-iml-sealed-in")
    assert addresses
    answers: list[str] = []
    for path in sorted((offline / "_static").glob("sealed-*.js")):
        found = opened(path)
        answers += found["answers"]
        for name in found["answers"]:
            item = next(item for item in course.items if item.id == name)
            assert found["answers"][name].count("<details") == 1
            assert html_text(found["answers"][name]).count(item.evidence[0].quote) == 1
        assert all("iml-stem" in question for question in found["questions"].values())
    assert len(answers) == len(set(answers))
    tested = {name for quiz in course.module_quizzes.values() for name in quiz.item_ids}
    assert set(answers) == tested | set(course.reserved_ids)
    # The final test loads all that it draws on.
    assert course.tests
    modules = {str(cell.module) for cell in course.tests.final.blueprint}
    assert {Path(one).name for one in addresses.split()} == {
        f"sealed-{name}.js" for name in {"final-test", *modules}
    }


@pytest.mark.parametrize("name", ["final-test", "pre-test", "post-test"])
def test_an_opened_question_has_ids_of_its_own_and_links_that_lead_somewhere(
    page: Page, offline: Path, name: str
) -> None:
    page.goto((offline / f"{name}.html").as_uri())
    page.get_by_role("button", name="Start", exact=True).click()
    question = page.locator(".iml-test-stage .iml-item").first
    question.wait_for()
    html = question.evaluate("(element) => element.outerHTML")
    assert "\ue000" not in html
    assert "\ue001" not in html
    described = question.locator("fieldset.iml-question").get_attribute("aria-describedby")
    assert described
    assert page.locator(f"[id='{described.split()[0]}']").count() == 1


def test_a_browser_that_cannot_unpack_by_itself_begins_a_test_too(
    page: Page, offline: Path
) -> None:
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto((offline / "pre-test.html").as_uri())
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator(".iml-test-stage .iml-item").first.wait_for()


def test_a_damaged_file_begins_no_test(page: Page, offline: Path) -> None:
    page.goto((offline / "pre-test.html").as_uri())
    sealed = "imlPlayer.seal.sealedOf(document.querySelector('[data-iml-sealed-in]'))"
    page.evaluate("imlPlayer.addSealed(4, '00000')")
    assert page.evaluate(sealed) is False


def test_the_answers_of_a_module_quiz_lead_to_the_guide(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m06.html").as_uri())
    found = opened(offline / "_static" / "sealed-m06.js")
    assert page.evaluate("imlPlayer.seal.sealedOf(document.querySelector('[data-iml-sealed-in]'))")
    name = next(iter(found["answers"]))
    href = page.evaluate(
        "(id) => { const item = document.createElement('div'); item.dataset.imlItem = id;"
        " item.innerHTML = '<div data-iml-sealed></div>';"
        " return imlPlayer.seal.answerOf(item).querySelector('a.iml-cite').href; }",
        name,
    )
    assert re.search(r"/paragraph-guide\.html#", href)
    assert "/modules/" not in href


def test_a_sealed_file_is_not_legible() -> None:
    script = sealed_script({"answers": {"m01-i01": "The key is here. " * 40}})
    assert "key" not in script
    assert len(script) < 250
    assert json.loads(script[script.index('"') : script.rindex('"') + 1])


def test_no_page_weighs_too_much_with_all_that_it_loads_and_its_test_begun(
    offline: Path,
) -> None:
    weights = {}
    for path in offline.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        static = f"{'../' * (len(path.relative_to(offline).parts) - 1)}_static"
        loaded = set(re.findall(r"(?:src|href)=\"?([^\s\">]+\.(?:js|css|svg))", html))
        for addresses in re.findall(r"data-iml-sealed-in=\"?([^\">]+?)[\">]", html):
            loaded.update(re.findall(r"\S+\.js", addresses))
        if "data-iml-quiz" in html:
            loaded.update(f"{static}/{name}.js" for name in ("sitting", "code", "coded"))
        if path.name != "store.html":
            # The hidden page that keeps the record, which every page loads.
            loaded.update(f"{static}/{name}" for name in ("store.html", "frame.js"))
        parts = [path, *((path.parent / address).resolve() for address in loaded)]
        weights[path.stem] = sum(part.stat().st_size for part in parts)
    assert {name: weight for name, weight in weights.items() if weight >= MOST} == {}
