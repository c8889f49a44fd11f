"""The live preview: a saved change is seen in an open browser."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from copied import copied
from imlcourse.build.freshness import fingerprint
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.course.reader import Reader
from imlcourse.languages import strings
from imlcourse.markup.problems import CourseError
from imlcourse.preview import preview as preview_module
from imlcourse.preview import watch
from imlcourse.preview.preview import Preview
from imlcourse.preview.server import _Listeners, _Server, preview_app, preview_policy, serve
from small_course import load_again

MODULE = "modules/m01-who-answers/module.md"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- as a process, with a browser ---------------------------------------------------------------


class Serving:
    """``course serve`` on a course, and what it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "imlcourse", "--course", str(root), "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                self.address = found[0]
                break
        else:
            pytest.fail("".join(self.said))
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        self.said.extend(self._process.stdout)

    def stop(self) -> int:
        """Stop it as Ctrl+C does, and give its exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(timeout=20)
        self._listener.join(timeout=20)
        return code


def test_a_saved_change_is_seen_without_a_reload_by_hand(
    small_course: Path, browser: Browser
) -> None:
    serving = Serving(small_course)
    page = browser.new_page()
    page.goto(f"{serving.address}modules/m01.html")
    module = serving.root / MODULE
    # a module
    change(module, "A family waits.", "A family has waited since dawn.")
    expect(page.locator("main")).to_contain_text("since dawn", timeout=15_000)
    # a quiz
    change(serving.root / "quizzes" / "m01.yml", "Which kind of mandate", "What sort of mandate")
    expect(page.locator("main")).to_contain_text("What sort of mandate", timeout=15_000)
    # a mistake is shown, and the page stays
    change(module, "{para}`9`", "{para}`99`")
    expect(page.get_by_role("alert")).to_contain_text("no unit 99", timeout=15_000)
    expect(page.locator("main")).to_contain_text("since dawn")
    # also on a page that is opened now
    page.goto(f"{serving.address}for-learners.html")
    expect(page.get_by_role("alert")).to_contain_text("no unit 99", timeout=15_000)
    # and mended
    change(module, "{para}`99`", "{para}`9`")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=15_000)
    # a page of the book
    change(serving.root / "book" / "for-learners.md", "Read ", "Begin with ")
    expect(page.locator("main")).to_contain_text("Begin with", timeout=15_000)
    # Stopped with a page still open, it goes at once, and has no more to say.
    said = len(serving.said)
    assert serving.stop() == 0
    assert [line for line in serving.said[said:] if not line.startswith("Updated")] == []
    page.close()


# --- in this process ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small course whose preview was made once."""
    from small_course import write_small_course

    root = write_small_course(tmp_path_factory.mktemp("preview") / "course")
    first = Preview(root)
    assert first.update(), first.problems
    first.close()
    return root


@pytest.fixture
def preview(made: Path, tmp_path: Path) -> Iterator[Preview]:
    """The preview of a small course, up to date."""
    root = tmp_path / "course"
    copied(made, root)
    preview = Preview(root)
    assert preview.update(), preview.problems
    yield preview
    preview.close()


def client_of(preview: Preview) -> TestClient:
    return TestClient(preview_app(preview), base_url="http://127.0.0.1:8298")


def wait_for(client: TestClient, address: str, text: str) -> None:
    deadline = time.monotonic() + 20
    while text not in client.get(address).text:
        assert time.monotonic() < deadline, f"{text!r} does not appear in {address}"
        time.sleep(0.05)


def test_what_is_saved_while_the_preview_starts_is_shown(preview: Preview) -> None:
    change(preview.root / MODULE, "A family waits.", "A family has waited since dawn.")
    with client_of(preview) as client:  # only now does it begin to watch
        wait_for(client, "/modules/m01.html", "since dawn")


def test_what_is_saved_while_an_update_runs_is_shown(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = load_course

    def slow(root: Path, language: str | None, *, reader: Reader) -> Course:
        course = load(root, language, reader=reader)
        monkeypatch.undo()
        change(preview.root / MODULE, "since dawn", "since nightfall")
        return course

    monkeypatch.setattr(preview_module, "load_course", slow)
    change(preview.root / MODULE, "A family waits.", "A family has waited since dawn.")
    assert preview.update()
    assert preview.is_stale()


def test_only_the_pages_that_change_are_written(preview: Preview) -> None:
    def times() -> dict[str, int]:
        return {
            path.relative_to(preview.pages).as_posix(): path.stat().st_mtime_ns
            for path in preview.pages.rglob("*")
            if path.is_file()
        }

    before = times()
    change(preview.root / MODULE, "A family waits.", "A family has waited since dawn.")
    assert preview.update()
    after = times()
    assert {name for name in after if after[name] != before.get(name)} == {
        "modules/m01.html",
        "search-index.js",
    }


def test_a_preview_that_is_started_again_is_whole(preview: Preview) -> None:
    def pages() -> dict[str, bytes]:
        return {
            path.relative_to(preview.pages).as_posix(): path.read_bytes()
            for path in preview.pages.rglob("*")
            if path.is_file()
        }

    change(preview.root / MODULE, "A family waits.", "A family has waited since dawn.")
    assert preview.update()
    whole = pages()
    change(preview.root / MODULE, "since dawn", "since nightfall")
    preview.close()
    again = Preview(preview.root)
    assert again.update()
    again.close()
    changed = {name for name, data in pages().items() if whole.get(name) != data}
    assert pages().keys() == whole.keys()
    assert changed == {"modules/m01.html", "search-index.js"}


def test_a_file_saved_without_a_change_changes_nothing(preview: Preview) -> None:
    version = preview.version
    os.utime(preview.root / MODULE)
    assert preview.is_stale()
    assert preview.update()
    assert preview.version == version
    assert not preview.is_stale()


def test_a_mistake_is_told_with_its_line_until_it_is_mended(preview: Preview) -> None:
    version = preview.version
    change(preview.root / MODULE, "{para}`9`", "{para}`99`")
    assert not preview.update()
    assert re.search(rf"^{MODULE}:\d+: no unit 99", preview.problems)
    assert preview.version == version
    change(preview.root / MODULE, "{para}`99`", "{para}`9`")
    assert preview.update()
    assert preview.problems == ""


def test_whatever_happens_in_an_update_the_next_one_makes_it_good(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    change(preview.root / MODULE, "A family waits.", "A family has waited since dawn.")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", fail)
        assert not preview.update()
    assert "No space left on device" in preview.problems
    assert preview.update()
    assert "since dawn" in (preview.pages / "modules" / "m01.html").read_text("utf-8")


def test_pages_that_were_deleted_are_made_again(preview: Preview) -> None:
    shutil.rmtree(preview.pages)
    assert preview.update()
    assert (preview.pages / "modules" / "m01.html").is_file()


def test_a_page_that_goes_is_gone(preview: Preview) -> None:
    page = preview.root / "book" / "one-more.md"
    toc = preview.root / "book" / "_toc.yml"
    contents = toc.read_text("utf-8")
    page.write_text("# One more\n\nWords.\n", "utf-8")
    change(toc, "- file: for-learners\n", "- file: for-learners\n      - file: one-more\n")
    assert preview.update(), preview.problems
    with client_of(preview) as client:
        assert client.get("/one-more.html").status_code == 200
    page.unlink()
    toc.write_text(contents, "utf-8")
    assert preview.update(), preview.problems
    assert not (preview.pages / "one-more.html").exists()


def test_a_text_of_the_interface_that_is_saved_is_shown(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "imlcourse"
    shutil.copytree(strings._FOLDER, package / "languages")
    monkeypatch.setattr(strings, "_FOLDER", package / "languages")
    monkeypatch.setattr(watch, "_PACKAGE", package)
    assert preview.update()
    text = strings.load_strings("en").text("book.skip")
    change(package / "languages" / "en" / "book.json", text, "Straight to the text")
    with client_of(preview) as client:
        wait_for(client, "/for-learners.html", "Straight to the text")
        wait_for(client, "/modules/m01.html", "Straight to the text")


# --- what is served, and to whom ------------------------------------------------------------------


def test_a_request_for_another_host_is_refused(preview: Preview) -> None:
    with client_of(preview) as client:
        for host in ("127.0.0.1:8298", "localhost:8298", "localhost", "LOCALHOST", "[::1]:8298"):
            assert client.get("/", headers={"Host": host}).status_code == 200, host
        for host in ("evil.example", "evil.example:8298", "127.0.0.1.evil.example", "", "a@b"):
            answer = client.get("/", headers={"Host": host})
            assert answer.status_code == 400, host
            assert "iml-main" not in answer.text


def test_only_the_book_is_served(preview: Preview) -> None:
    with client_of(preview) as client:
        for wrong in ("nowhere.html", "..%2f..%2fbook%2fcourse.yml", "%00", "modules", "a" * 9000):
            answer = client.get(f"/{wrong}")
            assert answer.status_code == 404, wrong
            assert "parts:" not in answer.text


def test_a_page_keeps_its_content_policy_in_the_preview(preview: Preview) -> None:
    with client_of(preview) as client:
        for name in ("index.html", "modules/m01.html", "search.html"):
            page = client.get(f"/{name}").text
            (meta,) = re.findall(r"<meta\b[^>]*Content-Security-Policy[^>]*>", page)
            (policy,) = re.findall(r'content="([^"]*)"', meta)
            rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
            assert rules["default-src"] == ["'none'"]
            nonce, dynamic = rules["script-src"]
            assert dynamic == "'strict-dynamic'"
            assert rules["connect-src"] == ["'self'"]
            assert "file:" not in policy
            live = f'<script src="/-/reload.js" nonce="{nonce[7:-1]}" data-version='
            assert nonce == f"'nonce-{nonce[7:-1]}'"
            assert live in page


def test_the_policy_of_the_preview_is_that_of_the_book_without_files() -> None:
    assert (
        preview_policy("default-src 'none'; script-src 'self' file:; connect-src 'none'")
        == "default-src 'none'; script-src 'self'; connect-src 'self'"
    )


def test_a_browser_that_comes_is_told_how_things_stand(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(preview.root / MODULE, "{para}`9`", "{para}`99`")
    app = preview_app(preview)
    assert not preview.update()

    async def first_news() -> None:
        listeners = _Listeners()
        stream = listeners.stream(lambda: "how things stand")
        assert (await anext(stream)).startswith("retry: ")
        assert await anext(stream) == "how things stand"
        listeners.tell("news")
        assert await anext(stream) == "news"
        listeners.close()
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    # Not in this thread, where a browser of other tests may keep a loop.
    with ThreadPoolExecutor(1) as worker:
        worker.submit(asyncio.run, first_news()).result()
    plain = _Listeners.stream

    async def stream(listeners: _Listeners, first: Callable[[], str]) -> AsyncIterator[str]:
        """What a browser listens to, until it has been told once."""
        async for message in plain(listeners, first):
            yield message
            if "event: state" in message:
                app.state.goodbye()

    monkeypatch.setattr(_Listeners, "stream", stream)
    with TestClient(app, base_url="http://localhost") as client:
        told = client.get("/-/news").text
    (data,) = re.findall(r"event: state\ndata: (.*)\n", told)
    assert "no unit 99" in json.loads(data)["problems"]


# --- starting -------------------------------------------------------------------------------------


def test_who_is_in_the_middle_of_a_request_when_it_stops_is_no_fault_to_report(
    preview: Preview, caplog: pytest.LogCaptureFixture
) -> None:
    log, server = logging.getLogger("uvicorn.error"), _Server(preview_app(preview))
    log.addHandler(caplog.handler)
    try:
        log.error("a fault while it runs")
        server.handle_exit(signal.SIGINT, None)
        log.error("Cancel 0 running task(s), timeout graceful shutdown exceeded")
    finally:
        log.removeHandler(caplog.handler)
        log.setLevel(logging.WARNING)
    assert caplog.messages == ["a fault while it runs"]


def test_a_port_that_is_taken_is_said(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve(small_course, port) == 1
    said = capsys.readouterr()
    assert said.err == (
        f"course: port {port} is taken or not to be had; name another: course serve --port 0\n"
    )
    assert said.out == ""


def test_a_second_preview_of_the_same_course_is_refused_in_one_line(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_course / "_build" / "preview"
    folder.mkdir(parents=True)
    with FileLock(folder / "lock"):
        assert serve(small_course, 0) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "is running already" in said.err


# --- what is no source ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [".#index.md", "~$index.md", "._index.md", "#index.md#"])
@pytest.mark.parametrize("folder", ["book", "quizzes", "modules", "modules/m01-who-answers"])
def test_a_file_that_an_editor_keeps_for_itself_is_ignored(
    small_course: Path, folder: str, name: str
) -> None:
    before = fingerprint(small_course, None), watch.state_of(small_course)
    if folder == "quizzes":
        name = name.replace("index.md", "m01.yml")
    (small_course / folder / name).write_bytes(b"\x00\xff lock of an editor")
    load_again(small_course)
    assert (fingerprint(small_course, None), watch.state_of(small_course)) == before


def test_a_lock_file_that_is_a_link_to_nothing_is_ignored(small_course: Path) -> None:
    (small_course / "book" / ".#index.md").symlink_to("somebody@somewhere.1234")
    load_course(small_course)
    fingerprint(small_course, None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize(
    "name",
    ["book/more.md", "book/since.yml", "book/document.yml", "quizzes/m02.yml",
     "book/document-index.json", "_config.yml", MODULE, "modules/m01-who-answers/duty.svg"],
)  # fmt: skip
def test_a_pipe_among_the_sources_is_told_and_nobody_waits_for_it(
    small_course: Path, name: str
) -> None:
    (small_course / name).unlink(missing_ok=True)
    os.mkfifo(small_course / name)
    fingerprint(small_course, None)
    watch.state_of(small_course)
    with pytest.raises(CourseError) as raised:
        load_again(small_course)
    assert Path(name).name in str(raised.value)


def test_a_module_in_a_folder_that_is_a_link_is_watched(small_course: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (small_course / MODULE).parent.rename(elsewhere)
    (small_course / MODULE).parent.symlink_to(elsewhere)
    before = watch.state_of(small_course)
    change(elsewhere / "module.md", "A family waits.", "A family has waited since dawn.")
    assert watch.state_of(small_course) != before
