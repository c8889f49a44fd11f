"""What the page “Check a certificate” finds of signed things is what the command finds."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accessibility import violations
from engine import NODE
from firefox import Firefox
from imlcourse.player.bundle import scripts_for
from imlcourse.products.certificates.signed_list import certificate_text, signed_list
from imlcourse.products.signed.keys import SigningKey, make_key, read_key
from imlcourse.products.signed.writing import canonical

VECTORS = json.loads((Path(__file__).parent / "signatures.json").read_text("utf-8"))["vectors"]
SAID: dict[str, Any] = {
    "course": "migrants-rights-in-practice",
    "edition": "0.1.0",
    "minutes": 345,
    "of": 365,
    "from": "2026-11-25",
    "to": "2026-11-25",
    "modules": ["m09", "m06"],
    "place": "Genève",
    "name": "محمد “Mo” \\ الخطيب 😀",
    "office": "",
    "organizer": "Centre",
    "trainer": "Tom",
    "ref": "AAAAA-AAAAA",
}
OTHER = {**SAID, "name": "Олена Шевченко", "ref": "BBBBB-BBBBB"}
DRIVER = """
const { signed } = globalThis.imlPlayer;
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
(async () => {
  const told = [];
  for (const one of asked) {
    for (const own of [true, false]) {
      if (one.vector) {
        const { public: key, signature, message } = one.vector;
        told.push(await signed.verified(bytes(key), bytes(signature), bytes(message), own));
      } else if (one.canonical) {
        told.push(signed.canonical(one.canonical));
      } else {
        told.push(await signed.check(one.text, one.keys, own));
      }
    }
  }
  process.stdout.write(JSON.stringify(told));
})();
"""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    folder = tmp_path_factory.mktemp("key") / "mine"
    make_key(folder, "Regional Training Centre")
    return read_key(folder, lambda _: "")


@cache
def script() -> str:
    return scripts_for(("pages/signed",), "en") + DRIVER


def asked(*questions: dict[str, Any]) -> list[Any]:
    """Ask in Node, once by its own WebCrypto and once by the library: both have to say the same."""
    done = subprocess.run(
        [str(NODE), "-e", script()],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    told = json.loads(done.stdout)
    own, by_library = told[::2], told[1::2]
    assert own == by_library
    return list(own)


def test_signatures_are_those_of_the_standard() -> None:
    wrong = [{**one, "message": one["message"] + "00"} for one in VECTORS]
    other = [{**one, "public": VECTORS[0]["public"]} for one in VECTORS[1:]]
    told = asked(*({"vector": one} for one in [*VECTORS, *wrong, *other]))
    assert told == [True] * len(VECTORS) + [False] * (len(wrong) + len(other))


def test_what_is_signed_is_written_the_same_in_both() -> None:
    told = asked({"canonical": SAID}, {"canonical": {"b": [1, {"z": "\x7f\u2028é"}], "a": None}})
    assert told == [canonical(SAID), canonical({"b": [1, {"z": "\x7f\u2028é"}], "a": None})]


def test_a_certificate_is_whole_unknown_or_changed(key: SigningKey) -> None:
    text = certificate_text(SAID, key)
    line = key.public.line()
    swapped = text.replace('"minutes":345', '"minutes":365')
    cases = [
        *((text, line), (f"{text[:60]}\r\n{text[60:]}", line), (text, ""), (swapped, line)),
        *((text[:-1], line), (text, "a word"), ("", line), ("hello", line)),
    ]
    told = asked(*({"text": one, "keys": keys} for one, keys in cases))
    assert [one["state"] for one in told] == [
        *("whole", "whole", "unknown", "changed"),
        *("changed", "nokey", "empty", "other"),
    ]
    assert told[0]["said"] == SAID
    assert told[0]["key"] == {
        "fingerprint": key.public.fingerprint,
        "holder": "Regional Training Centre",
    }


def test_of_a_list_it_is_seen_which_line_was_changed(key: SigningKey) -> None:
    data = signed_list({"workshop": {"modules": {"m09": "Module 9"}}}, [SAID, OTHER], key)
    line = key.public.line()

    def changed(how: str) -> str:
        whole = json.loads(data)
        lines = whole["certificates"]
        if how == "name":
            lines[1]["name"] = "Someone"
        elif how == "swapped":
            lines.reverse()
        elif how == "removed":
            lines.pop()
        return json.dumps(whole, ensure_ascii=False, indent=3)

    kinds = ("nothing", "name", "swapped", "removed")
    told = asked(*({"text": changed(how), "keys": line} for how in kinds))
    assert [one["state"] for one in told] == ["whole", "changed", "changed", "changed"]
    assert [one["name"] for one in told[0]["list"]] == [SAID["name"], OTHER["name"]]
    assert told[1]["changed"] == [{"number": 2, "name": "Someone"}]
    assert told[2]["changed"] == told[3]["changed"] == []


@pytest.mark.browser
def test_the_page_checks_a_list_from_a_file_and_a_certificate_from_its_code(
    page: Page, offline: Path, key: SigningKey, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_bytes(signed_list({}, [SAID, OTHER], key))
    (tmp_path / "public-key.txt").write_text(key.public.line(), encoding="utf-8")
    text = certificate_text(SAID, key)
    page.goto((offline / "check-certificate.html").as_uri())
    field = page.get_by_label("Text of the QR code")
    told = page.locator("#iml-signed-told")
    check = page.get_by_role("button", name="Check the signature")
    check.click()
    expect(told).to_contain_text("Paste the text of the QR code")
    expect(field).to_be_focused()
    page.get_by_label("or choose the signed list").set_input_files(tmp_path / "list.json")
    check.click()
    expect(told).to_contain_text("you have not given the key")
    assert violations(page) == []
    page.get_by_label("or choose the file with it").set_input_files(tmp_path / "public-key.txt")
    check.click()
    expect(told).to_contain_text("No line was changed, added or removed.")
    expect(told.get_by_role("row", name="Олена Шевченко")).to_contain_text("5 h 45 min")
    assert violations(page) == []
    field.fill(text)
    check.click()
    expect(told).to_contain_text("Module 9: Trafficking")
    expect(told).to_contain_text(key.public.fingerprint)
    expect(told).to_contain_text("does not show that the person was in the room")
    field.fill(text.replace("Tom", "Tim"))
    field.press("Tab")
    check.click()
    expect(told).to_contain_text("changed since it was signed")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_the_page_checks_in_firefox_from_a_disk(
    firefox: Firefox, offline: Path, key: SigningKey
) -> None:
    firefox.open((offline / "check-certificate.html").as_uri())
    firefox.wait("document.querySelector('#iml-signed-text')")
    for place, words in (("text", certificate_text(SAID, key)), ("key", key.public.line())):
        firefox.run(f"document.querySelector('#iml-signed-{place}').value = {json.dumps(words)}")
    firefox.click(".iml-signed-form .iml-check")
    told = "document.querySelector('#iml-signed-told')"
    firefox.wait(f"{told}.textContent.includes('as it was signed')")
    assert key.public.fingerprint in firefox.run(f"{told}.textContent")
