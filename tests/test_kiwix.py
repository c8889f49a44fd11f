"""The course as a book for Kiwix, read by programs that we did not write."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from conftest import NAME as COURSE
from conftest import files_of
from every_page import PHONE
from imlcourse.book.search_index import read_index
from imlcourse.build.packages import pages_of
from imlcourse.products.packages import PackageError, Packing, zim
from imlcourse.products.packages.boxes import kiwix
from real_course import real_course

NAME = "course"
ATOM = "{http://www.w3.org/2005/Atom}"
PATIENCE = 20  # seconds, until a server answers


def tool(name: str) -> str:
    """Find a program of Kiwix; tests that need it are skipped, by name, where there is none."""
    found = shutil.which(os.environ.get(name.upper().replace("-", "_"), name))
    if not found:
        pytest.skip(f"there is no {name}; install it: apt install zim-tools kiwix-tools")
    return found


def run(name: str, *words: str | Path) -> str:
    done = subprocess.run(
        [tool(name), *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def packing(learners_copy: Path) -> Packing:
    book = dict(pages_of(learners_copy))
    return Packing(real_course(), book, book, COURSE, None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, below a name of its own."""
    [(name, data)] = files_of(packed, "zim").items()
    assert name == f"{COURSE}.zim"
    path = tmp_path_factory.mktemp("kiwix") / f"{NAME}.zim"
    path.write_bytes(data)
    return path


def test_it_is_small_and_no_check_of_openzim_has_a_word_against_it(book: Path) -> None:
    assert book.stat().st_size < 2_000_000
    said = json.loads(run("zimcheck", "--all", "--json", book))
    assert said["status"] is True
    assert said["logs"] == []


def test_what_is_in_it_is_the_course_for_learners(
    book: Path, packing: Packing, tmp_path: Path
) -> None:
    run("zimdump", "dump", f"--dir={tmp_path}", book)
    held = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    licences = json.loads(held.pop("licences.spdx.json"))
    assert "index.html" in {one["fileName"].removeprefix("./") for one in licences["files"]}
    gone = {"_static/store.html", "licences.spdx.json", "SHA256SUMS"}
    pages = {path: data for path, data in held.items() if path.endswith(".html")}
    # Kiwix looks for these tags, and passes over what stands between these marks.
    added = r"<!--/?htdig_noindex-->|<style>#kiwix[^<]*</style></head>|</body></html>$"
    for path, data in pages.items():
        text = data.decode()
        assert text.count("</head><body") == 1
        bare = re.sub(added, "", text).replace("<body><p class=iml-gone", "<p class=iml-gone")
        held[path] = bare.encode()
    there = {path: data for path, data in packing.book.items() if path not in gone}
    assert held == {
        path: data.replace(b"<body><p class=iml-gone", b"<p class=iml-gone")
        for path, data in there.items()
    }
    kinds = dict(
        re.findall(
            r"^path: (\S+)\n(?:\*.*\n)*?\* mime-type:\s+(\S+)$",
            run("zimdump", "list", "--details", book),
            re.MULTILINE,
        )
    )
    assert kinds["index.html"] == "text/html"
    assert kinds["_static/record.js"] == "text/javascript"
    assert kinds["_static/emblem.svg"] == "image/svg+xml"


def test_it_says_what_it_is_within_the_bounds_of_openzim(packing: Packing) -> None:
    said = kiwix.metadata(packing)
    assert said["Title"] == packing.course.about.title
    assert len(said["Title"]) <= 30
    assert len(said["Description"]) <= 80
    assert said["Language"] == "eng"
    assert said["Name"] == "migrants-rights-in-practice_en_all"
    assert said["Date"] == packing.course.about.date
    assert all(said.values())
    long = "A course whose name is longer than any shelf of a library"
    assert kiwix._short(long, 30) == "A course whose name is longer…"
    assert kiwix._short("x" * 40, 30) == "x" * 29 + "…"


def test_the_text_of_every_page_is_found_and_not_the_contents_beside_it(book: Path) -> None:
    found = run("zimsearch", book, "trafficking")
    titles = re.findall(r"^score.*:\t(.+)$", found, re.MULTILINE)
    assert titles[0].startswith("Module 9: Trafficking")
    # A word of the contents, which stand on every page, finds the pages alone that speak of it.
    found = run("zimsearch", book, "Orvela dossier")
    assert 0 < len(re.findall("^score", found, re.MULTILINE)) < 12


FEWEST = ("index.html", "search-index.js", "_static/emblem.svg")


def test_a_program_that_fails_is_one_clear_message(
    packing: Packing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no room')", encoding="utf-8")
    monkeypatch.setattr(kiwix, "_PROGRAM", broken)
    few = {name: packing.book[name] for name in FEWEST}
    with pytest.raises(PackageError, match="could not be written: no room"):
        zim.PACKAGE.make(replace(packing, book=few))


# --- served ------------------------------------------------------------------------------------


@dataclass
class Library:
    """A library box: kiwix-serve on this machine."""

    address: str
    port: int
    book: Path

    @contextmanager
    def open(self) -> Iterator[None]:
        started = subprocess.Popen(
            [tool("kiwix-serve"), "--address", "127.0.0.1", "--port", str(self.port), self.book],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + PATIENCE
            while not self.answers():
                assert started.poll() is None, "kiwix-serve has ended"
                assert time.monotonic() < until, "kiwix-serve does not answer"
                time.sleep(0.05)
            yield
        finally:
            started.terminate()
            started.wait(PATIENCE)

    def answers(self) -> bool:
        try:
            self.read("/catalog/v2/entries")
        except urllib.error.URLError:
            return False
        return True

    def found(self, words: str) -> list[tuple[str, str]]:
        """Search the text; give the path of each page, and the words that are shown of it."""
        answer = self.read(f"/search?content={NAME}&pattern={quote(words)}")
        rows = re.findall(r'<a href="[^"]*?/course/([^"]*)">.*?<cite>(.*?)</cite>', answer, re.S)
        return [(path, words_in(shown)) for path, shown in rows]

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}") as answer:
            said: str = answer.read().decode()
            return said


@pytest.fixture(scope="module")
def library(book: Path) -> Library:
    tool("kiwix-serve")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Library(f"http://127.0.0.1:{port}", port, book)


def opened(page: Page, library: Library) -> Frame:
    """Open the book as a visitor of the library does; give the frame in which it is shown."""
    page.goto(library.address)
    page.locator("a.book__link, .book a, a[href*='course']").first.click()
    page.wait_for_url(re.compile("course"))
    frame = page.locator("#content_iframe")
    shown = frame.element_handle().content_frame() if frame.count() else page.main_frame
    assert shown
    return shown


def test_a_library_box_lists_it_suggests_its_titles_and_finds_its_text(library: Library) -> None:
    with library.open():
        [entry] = ET.fromstring(library.read("/catalog/v2/entries")).iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "Migrants’ Rights in Practice"
        assert entry.findtext(f"{ATOM}language") == "eng"
        suggested = json.loads(library.read(f"/suggest?content={NAME}&term=traffick"))
        titles = [one["value"] for one in suggested]
        assert "Trafficking or smuggling?" in titles
        assert "A person who may have been trafficked" in titles
        words = quote("took her passport away")
        found = library.read(f"/search?content={NAME}&pattern={words}")
        assert re.search(rf'href="[^"]*/{NAME}/[\w/-]+\.html"', found)


def shingles(words: str) -> set[str]:
    """Every five words that stand side by side."""
    said = re.findall(r"\w+", words.lower())
    return {" ".join(said[at : at + 5]) for at in range(len(said) - 4)}


def words_in(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_its_search_finds_lessons_and_tells_no_answer(library: Library, packing: Packing) -> None:
    pages = {path: packing.book[path].decode() for path in packing.book if path.endswith(".html")}
    lessons: dict[str, str] = {}
    for one in read_index(packing.book["search-index.js"].decode()):
        path = one.address.partition("#")[0]
        lessons[path] = f"{lessons.get(path, '')} {one.title} {one.words}"
    begun = {word[:4] for text in lessons.values() for word in re.findall(r"\w+", text.lower())}
    whys = {
        path: [words_in(why) for why in re.findall(r"<span class=iml-why>(.*?)</span>", page)]
        for path, page in pages.items()
    }
    # Nor does the search of the course find the model answer of a worksheet.
    [model] = re.findall(r"<details class=iml-model>(.*?)</details>", pages["capstone-note.html"])
    told = set().union(
        *(shingles(why) for one in [*whys.values(), [words_in(model)]] for why in one)
    )
    told -= set().union(*map(shingles, lessons.values()))
    told = {one for one in told if "paragraph" not in one}
    assert len(told) > 5000
    parts = re.findall(r"<dd[^>]*>([^<]{30})", model)
    assert parts
    assert not [one for one in parts if unescape(one) in lessons["capstone-note.html"]]
    modules = [path for path in pages if path.startswith("modules/")]
    # Words of lessons, of the foot that every page has, of a test, and of answers.
    tests = {"start-check.html", "pre-test.html", "post-test.html", "final-test.html"}
    asked = ["trafficking", "passport", "Independent not made or endorsed", "answers hidden test"]
    for path in modules:
        asked += whys[path][:2]
        asked += re.findall(r"[a-z]{6,}", " ".join(whys[path]).lower())[:60:20]
    with library.open():
        for words in asked:
            found = library.found(words)
            for path, shown in found:
                assert path not in tests
                assert not shingles(shown) & told, (words, path)
                assert "not made or endorsed by" not in shown, (words, path)
        small = {path: text.lower() for path, text in lessons.items()}
        for path in modules:
            # A word of an answer, and a word of the lesson, which stand there alone.
            only = next(
                word
                for word in sorted(set(re.findall(r"[a-z]{5,}", small[path])))
                if not any(word[:5] in small[other] for other in small if other != path)
            )
            assert path in [where for where, _ in library.found(only)], path
            secret = set(re.findall(r"[a-z]{8,}", " ".join(whys[path]).lower()))
            for word in sorted(one for one in secret if one[:4] not in begun)[:3]:
                assert library.found(word) == [], (path, word)
        # With accents and without, as people write it and as older and newer boxes look for it.
        assert library.found("Türkiye") == library.found("turkiye") != []


def test_it_is_learned_in_a_library_box_and_progress_outlives_a_restart(
    browser: Browser, library: Library
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    said: list[str] = []

    def heard(words: str, where: str) -> None:
        # The viewer of Kiwix, in newer versions, makes mistakes of its own; the scripts of the bar
        # in older ones are forbidden by our policy; and a box may be off.
        if f"/{NAME}/" in where and "/skin/" not in words and "net::ERR_CONNECTION" not in words:
            said.append(words)

    page.on("pageerror", lambda error: heard(str(error), error.stack or ""))
    page.on(
        "console",
        lambda one: heard(one.text, one.location["url"]) if one.type == "error" else None,
    )
    with library.open():
        frame = opened(page, library)
        expect(frame.get_by_role("heading", level=1)).to_have_text(re.compile("^Migrants’ Rights"))
        frame.locator("main").get_by_text("Labour inspectors").first.click()
        frame.locator("main a.iml-button:visible").first.click()
        # A question, and the next step.
        # An older box has its own bar above the page: a row in its style, and nothing is amiss.
        bar = frame.locator("#kiwixtoolbar")
        if bar.count():
            place = bar.bounding_box()
            assert place and place["y"] == 0 and place["height"] < 60, place
            top = frame.locator(".iml-top").bounding_box()
            assert top and top["y"] >= place["height"] - 1
        expect(frame.locator(".iml-gone")).to_be_hidden()
        box = frame.locator("[data-iml-item]:visible").first
        box.get_by_role("radio").first.check()
        box.get_by_role("button", name="Check").click()
        expect(box.locator(".iml-feedback, [role=status]").first).not_to_be_empty()
        frame.get_by_role("button", name="Continue", exact=True).click()
        expect(frame.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    # The box is switched off, and on again on another day.
    with library.open():
        frame = opened(page, library)
        frame.locator("a.iml-me").click()
        expect(frame.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
        # The search of the course itself.
        frame.locator("a.iml-find").click()
        field = frame.locator("#iml-query")
        field.fill("no passport")
        field.press("Enter")
        result = frame.locator("#iml-results a").first
        expect(result).to_be_visible()
        result.click()
        expect(frame.locator("main h1")).to_be_visible()
    kept = page.evaluate("Object.keys(localStorage)")
    # Other books are of the same origin: ours are known by the name of the course.
    ours = [key for key in kept if key.startswith("iml")]
    assert ours
    assert all("migrants-rights-in-practice" in key for key in ours), ours
    assert said == []
    context.close()
