"""Try the channel in a real Kolibri: ``python tests/hosts/kolibri.py FOLDER --at FOLDER``.

The first folder is that of the package, ``_build/packages/kolibri``. In the other one Kolibri is
installed from PyPI where it is not yet (half a gigabyte, which is why no test does it), with a home
of its own that is made anew. The channel is imported from the disk as people do it, Kolibri is
started, and a learner is led through the course in Chromium: questions, a search, the next day,
another browser, a module to its end and opened again elsewhere. What was seen is printed; the exit
code says whether all was as it should be.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conftest import BROWSER_FLAGS
from every_page import PHONE, WIDE
from real_course import real_course
from test_scorm import pass_quiz, practise
from waiting import wait_for

VERSION = "0.19.5"
PORT, ZIP_PORT = 18095, 18096
ADDRESS = f"http://127.0.0.1:{PORT}"
TRAINER, LEARNER = ("trainer", "Tariq Trainer"), ("amina", "Amina Okoye")
PASSWORD = "a-long-password"
PATIENCE = 120  # seconds


class Kolibri:
    """A Kolibri in a folder of its own."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.home = place / "home"
        folder = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self._program, self._python = folder / "kolibri", folder / "python"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        self._environment = {**kept, "KOLIBRI_HOME": str(self.home)}

    def install(self) -> None:
        if not self._program.exists():
            venv = self._place / "venv"
            subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
            pip = [str(self._python), "-m", "pip", "install", "--quiet", f"kolibri=={VERSION}"]
            subprocess.run(pip, check=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def manage(self, *words: str) -> None:
        subprocess.run(
            [self._program, "manage", *words],
            env=self._environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        ports = ("--port", str(PORT), "--zip-port", str(ZIP_PORT))
        started = subprocess.Popen(
            [self._program, "start", "--foreground", *ports],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + PATIENCE
            while not answers():
                if started.poll() is not None or time.monotonic() > until:
                    raise SystemExit("Kolibri does not start")
                time.sleep(0.3)
            yield
        finally:
            started.terminate()
            started.wait(PATIENCE)

    def heard(self, content: str, user: str, least: float) -> float:
        """Wait until Kolibri says that somebody is so far, from 0 to 1; give how far."""
        until = time.monotonic() + PATIENCE / 4
        while (now := self._progress(content, user)) < least and time.monotonic() < until:
            time.sleep(0.2)
        assert now >= least, now
        return now

    def _progress(self, content: str, user: str) -> float:
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as data:
            found = data.execute(
                "SELECT progress FROM logger_contentsummarylog "
                "WHERE content_id = ? AND user_id = ?",
                (content, user),
            ).fetchone()
        return float(found[0]) if found else 0.0


def answers() -> bool:
    try:
        urllib.request.urlopen(f"{ADDRESS}/api/public/info/").close()
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


def asked(page: Page, method: str, path: str, data: object = None) -> Any:
    """Ask Kolibri for something, as its own pages do."""
    said = page.evaluate(
        """async ([method, path, data]) => {
          const [, token] = document.cookie.match(/kolibri_csrftoken=([^;]+)/);
          const answer = await fetch(path, {
            method, headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
            ...(data ? { body: JSON.stringify(data) } : {}),
          });
          return [answer.status, await answer.text()];
        }""",
        [method, path, data],
    )
    status, text = said
    assert status < 300, (method, path, status, text[:300])
    return json.loads(text)


def signed_in(page: Page, name: str) -> str:
    """Sign somebody in; give who it is to Kolibri."""
    page.goto(f"{ADDRESS}/en/auth/")
    wait_for(page, "document.cookie.includes('kolibri_csrftoken')")
    [facility] = asked(page, "GET", "/api/auth/facility/")
    own = {"username": name, "password": PASSWORD, "facility": facility["id"]}
    session = asked(page, "POST", "/api/auth/session/", own)
    user: str = session["user_id"]
    return user


def opened(page: Page, node: str) -> FrameLocator:
    """Open a resource of the channel; give the frame with the pages of the course."""
    page.goto("about:blank")
    page.goto(f"{ADDRESS}/en/learn/#/topics/c/{node}")
    course = page.frame_locator("iframe.iframe").frame_locator("iframe").frame_locator("iframe")
    expect(course.locator("main").first).to_be_visible(timeout=60_000)
    return course


def left(page: Page) -> None:
    """Leave by Kolibri's own arrow, as people do."""
    page.get_by_role("button", name=re.compile("Go back|Back|Close")).first.click()
    expect(page.locator("iframe.iframe")).to_have_count(0)


class Trial:
    """What is tried, and what comes of it."""

    def __init__(self, kolibri: Kolibri, browser: Browser, images: Path | None) -> None:
        self._kolibri, self._browser, self._images = kolibri, browser, images
        self._errors: list[str] = []

    def said(self, words: str) -> None:
        print(f"- {words}", flush=True)

    def window(self, **wishes: Any) -> Page:
        page = self._browser.new_context(**wishes).new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on(
            "console",
            lambda one: self._errors.append(one.text) if one.type == "error" else None,
        )
        return page

    def picture(self, page: Page, name: str) -> None:
        if self._images:
            self._images.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self._images / f"kolibri-{name}.png")

    def people(self) -> None:
        page = self.window(viewport=WIDE)
        signed_in(page, TRAINER[0])
        [facility] = asked(page, "GET", "/api/auth/facility/")
        name, full = LEARNER
        own = {"username": name, "full_name": full, "password": PASSWORD}
        asked(page, "POST", "/api/auth/facilityuser/", {**own, "facility": facility["id"]})
        page.context.close()

    def nodes(self, channel: str) -> dict[str, dict[str, Any]]:
        page = self.window(viewport=WIDE)
        signed_in(page, LEARNER[0])
        found = asked(page, "GET", f"/api/content/contentnode/?channel_id={channel}")
        page.goto(f"{ADDRESS}/en/learn/#/topics/t/{channel}")
        expect(page.get_by_text("The whole course").first).to_be_visible()
        self.picture(page, "channel")
        page.context.close()
        assert all(one["available"] for one in found)
        self.said(f"{len(found)} topics and resources, all of them available")
        return {one["title"]: one for one in found}

    def first_day(self, whole: dict[str, Any]) -> str:
        page = self.window(viewport=WIDE)
        user = signed_in(page, LEARNER[0])
        course = opened(page, whole["id"])
        self.picture(page, "cover")
        course.locator("main").get_by_text("Labour inspectors").first.click()
        course.locator("main a.iml-button:visible").first.click()
        practise(course, real_course(), 1)
        course.get_by_role("button", name="Continue", exact=True).click()
        expect(course.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
        self.picture(page, "step")
        self.said("whole course: role chosen, a question answered, the next step")
        field = course.locator("header input[type=search]")
        field.fill("took her passport")
        field.press("Enter")
        expect(course.locator("#iml-results a").first).to_be_visible()
        self.picture(page, "search")
        self.said("search of the course: Enter leads to results, without a form that is sent")
        course.locator("#iml-results a").first.click()
        expect(course.locator("main h1")).to_be_visible()
        course.locator("a.iml-me").click()
        expect(course.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
        course.get_by_text("Save my record as a file").dispatch_event("click")
        line = page.frame_locator("iframe.iframe").frame_locator("iframe").get_by_role("status")
        expect(line).to_contain_text("Kolibri does not let this page save a file")
        self.said("saving a file: it is said that Kolibri does not let it")
        left(page)
        progress = self._kolibri.heard(whole["content_id"], user, 0.01)
        assert progress < 0.2, progress
        page.context.close()
        self.said(f"progress with Kolibri: {progress:.2f}")
        return user

    def next_day(self, whole: dict[str, Any]) -> None:
        page = self.window(viewport=PHONE, is_mobile=True, has_touch=True)
        signed_in(page, LEARNER[0])
        course = opened(page, whole["id"])
        course.locator("a.iml-me").click()
        expect(course.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
        self.picture(page, "phone")
        kept = page.frames[-1].evaluate("Object.keys(localStorage).filter((k) => /^iml/.test(k))")
        assert not any("item" in one for one in kept), kept
        self.said("after a restart, on another device: the same record; none of it in the browser")
        page.context.close()

    def module(self, node: dict[str, Any], user: str) -> None:
        page = self.window(viewport=WIDE)
        signed_in(page, LEARNER[0])
        course = opened(page, node["id"])
        expect(course.locator("a.iml-me")).to_contain_text("0 of 1")
        self.picture(page, "module-begun")
        onward = course.get_by_role("button", name="Continue", exact=True)
        while onward.is_visible():
            onward.click()
        pass_quiz(course, real_course())
        # Kolibri says so itself, in a window of its own.
        expect(page.get_by_text("Resource completed")).to_be_visible()
        self.picture(page, "module")
        page.get_by_role("button", name=re.compile("^(Stay|Close)")).first.click()
        left(page)
        self._kolibri.heard(node["content_id"], user, 1)
        self.picture(page, "done")
        page.context.close()
        self.said("a module read to its end, its quiz passed: Kolibri has it as completed")

    def module_again(self, node: dict[str, Any]) -> None:
        page = self.window(viewport=PHONE, is_mobile=True, has_touch=True)
        signed_in(page, LEARNER[0])
        course = opened(page, node["id"])
        expect(course.locator("a.iml-me")).to_contain_text("1 of 1")
        self.picture(page, "module-back")
        course.locator("a.iml-me").click()
        main = course.locator("main")
        expect(main.get_by_role("heading", level=1)).to_contain_text("My progress")
        expect(main).to_contain_text("100")
        # Nothing counts modules that are not here.
        told = main.inner_text()
        assert not re.search(r"of 1[0-9]|Module (?!6)\d", told), told
        self.picture(page, "module-progress")
        page.context.close()
        self.said("the module again, on another device: 1 of 1, the result of its quiz")

    def guest(self, node: dict[str, Any]) -> None:
        page = self.window(viewport=PHONE)
        page.goto(f"{ADDRESS}/en/auth/")
        opened(page, node["id"])
        line = page.frame_locator("iframe.iframe").frame_locator("iframe").get_by_role("status")
        expect(line).to_contain_text("You are not signed in")
        self.picture(page, "guest")
        self.said("without signing in: it is said that answers are lost")
        page.context.close()

    def broken(self, node: dict[str, Any]) -> None:
        page = self.window(viewport=PHONE)
        signed_in(page, LEARNER[0])
        expect(opened(page, node["id"]).locator(".iml-gone")).to_be_hidden()
        page.route("**/_static/steps.js*", lambda route: route.abort())
        line = opened(page, node["id"]).locator(".iml-gone")
        expect(line).to_be_in_viewport()
        self.picture(page, "broken")
        page.context.close()
        self._errors = [one for one in self._errors if "net::ERR_FAILED" not in one]
        self.said("a script that does not come: the page says so, and else it does not")

    def quiet(self) -> None:
        mine = [one for one in self._errors if f":{PORT}/" not in one]
        for one in sorted(set(mine)):
            print(f"  console: {one[:200]}")


def main() -> int:
    """Try it, and say what was seen."""
    reader = argparse.ArgumentParser(description="Try the channel in a real Kolibri.")
    reader.add_argument("package", type=Path, help="such as _build/packages/kolibri")
    reader.add_argument("--at", type=Path, required=True, help="where Kolibri is installed")
    reader.add_argument("--images", type=Path, help="where pictures of the screen are put")
    asked_for = reader.parse_args()
    data = (asked_for.package / "KOLIBRI_DATA").resolve()
    [database] = (data / "content" / "databases").glob("*.sqlite3")
    kolibri = Kolibri(asked_for.at.resolve())
    kolibri.install()
    print(f"Kolibri {VERSION}, channel {database.stem}")
    kolibri.manage("importchannel", "disk", database.stem, str(data))
    kolibri.manage("importcontent", "disk", database.stem, str(data))
    kolibri.manage(
        *("provisiondevice", "--facility", "Border school", "--preset", "nonformal"),
        *("--superusername", TRAINER[0], "--superuserpassword", PASSWORD),
        *("--language_id", "en", "--noinput"),
    )
    print("- imported from the disk")
    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=named, args=BROWSER_FLAGS)
        trial = Trial(kolibri, browser, asked_for.images)
        with kolibri.running():
            trial.people()
            nodes = trial.nodes(database.stem)
            user = trial.first_day(nodes["The whole course"])
        with kolibri.running():
            trial.next_day(nodes["The whole course"])
            [module] = [one for title, one in nodes.items() if title.startswith("Module 6")]
            trial.module(module, user)
        with kolibri.running():
            trial.module_again(module)
            trial.guest(module)
            trial.broken(module)
        trial.quiet()
        browser.close()
    print("All as it should be.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
