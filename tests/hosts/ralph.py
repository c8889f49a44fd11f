"""The packages for cmi5 with a real record store: ``python tests/hosts/ralph.py RALPH``.

RALPH is the command of Ralph (``pip install "ralph-malph[backend-lrs,cli,lrs]"`` in a venv of its
own, since it wants other versions than the course). It is started on files of a folder that is
deleted afterwards. Ralph is a store and no platform: it has no documents and launches nothing, so
that `record_store` does that and hands all statements on to it, as they are.

What is done: a module is launched, answered with the network on and off, closed in the middle,
launched by another browser, passed, and left; then ``course report`` reads Ralph. Package it first:
``course package cmi5``. With ``--learners N`` and ``--answers M``, as many statements are put into
Ralph besides, and it is measured how long the report takes to read them.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import urllib3
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from conftest import BROWSER_FLAGS
from imlcourse.results.gather import gather
from imlcourse.results.store import Endpoint
from real_course import real_course
from record_store import RecordStore, serving
from small_course import ROOT
from test_launched import Learner, check_sessions, heard
from test_scorm import pass_quiz, practise

# As it comes, Ralph makes its file anew with each call, and refuses the second one.
_START = """
import sys
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend
FSDataBackend.default_operation_type = BaseOperationType.APPEND
import uvicorn
uvicorn.run("ralph.api:app", host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""
_AUTH = "Basic " + base64.b64encode(b"reader:secret").decode()
_HEADERS = {"Authorization": _AUTH, "X-Experience-API-Version": "1.0.3"}


class BehindRalph(RecordStore):
    """Launches as a platform does, and hands statements on to Ralph."""

    def __init__(self, ralph: str) -> None:
        super().__init__()
        self.ralph = ralph

    def _take(self, given: Any) -> tuple[int, dict[str, str], bytes]:
        answer = urllib3.request(
            "POST", f"{self.ralph}/xAPI/statements", json=given, headers=_HEADERS
        )
        if answer.status == 200:  # what Ralph has taken, for the rules of cmi5 to be held to
            self.statements.update({one["id"]: one for one in given})
        else:
            print(f"    Ralph answers {answer.status}: {answer.data.decode()[:200]}")
        return answer.status, {}, answer.data


@contextmanager
def ralph_running(command: Path) -> Iterator[str]:
    """Start Ralph on an empty folder; gives its address."""
    folder = Path(tempfile.mkdtemp())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    known = folder / "auth.json"
    env = {
        **os.environ,
        "RALPH_APP_DIR": str(folder),
        "RALPH_AUTH_FILE": str(known),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder),
    }
    account = ["-u", "reader", "-p", "secret", "-s", "all", "-M", "mailto:reader@example.org", "-w"]
    subprocess.run([command, "auth", *account], env=env, check=True, capture_output=True)
    log = (folder / "log").open("wb")
    python = command.with_name("python")
    started = subprocess.Popen([python, "-c", _START, port], env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    try:
        while True:
            try:
                urllib3.request("GET", f"{address}/__heartbeat__", retries=False)
                break
            except urllib3.exceptions.HTTPError:
                if started.poll() is not None or time.monotonic() - begun > 60:
                    raise SystemExit((folder / "log").read_text()[-3000:]) from None
                time.sleep(0.2)
        print(f"Ralph is there after {time.monotonic() - begun:.1f} s")
        yield address
    finally:
        started.terminate()
        started.wait()
        log.close()
        shutil.rmtree(folder)


def learn(store: BehindRalph, site: str) -> None:
    """Launch, answer, lose the network, close, resume elsewhere, pass."""
    course = real_course()
    page = f"{site}/cmi5-m06.html"
    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=named, args=BROWSER_FLAGS)
        print("Chromium", browser.version)
        learner = Learner(browser)
        pages = learner.open(store.launch(page, "s1", masteryScore=0.7))
        ids = practise(pages, course, 1)
        heard(store, "answered")
        learner.context.set_offline(True)
        pages.get_by_role("button", name="Continue", exact=True).click()
        ids += practise(pages, course, 1)
        learner.page.close()  # in the middle, without a network
        learner.context.set_offline(False)
        learner.page = learner.window()
        learner.open(store.launch(page, "s2", masteryScore=0.7))
        heard(store, "answered", 2)
        learner.leave()
        heard(store, "terminated", 2)

        again = Learner(browser)
        pages = again.open(store.launch(page, "s3", masteryScore=0.7))
        for _ in range(1, len(course.modules["m06"].steps) - 1):
            pages.get_by_role("button", name="Continue", exact=True).click()
        pass_quiz(pages, course)
        again.leave()
        heard(store, "terminated", 3)
        assert learner.errors + again.errors == []
        assert again.waiting(site.removesuffix("/cmi5")) <= 20
        browser.close()
    check_sessions(store)
    told = [one["object"]["id"].rpartition("/")[2] for one in store.told("answered")]
    assert told[:2] == ids
    assert len(store.told("passed", cmi5=True)) == len(store.told("completed", cmi5=True)) == 1
    print(f"Told: {len(store.statements)} statements; {len(told)} answers, each once")


def fill(ralph: str, store: BehindRalph, learners: int, answers: int) -> None:
    """Put the answers of many more learners into Ralph."""
    [one] = store.told("answered")[:1]
    course = real_course()
    begun = time.monotonic()
    batch: list[dict[str, Any]] = []
    for number in range(learners):
        for item in list(course.items)[:answers]:
            made = json.loads(json.dumps(one).replace("m06-i52", item.id))
            made["id"] = f"{number:08x}-0000-8000-a000-{len(batch):012x}"
            made["actor"]["account"]["name"] = f"many-{number}"
            batch.append(made)
        if len(batch) >= 2000 or number == learners - 1:
            answer = urllib3.request(
                "POST", f"{ralph}/xAPI/statements", json=batch, headers=_HEADERS, timeout=600
            )
            assert answer.status == 200, answer.data[:300]
            batch = []
    print(f"{learners * answers:,} more statements put in: {time.monotonic() - begun:.0f} s")


def main() -> None:
    """Do all of it, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ralph", type=Path)
    parser.add_argument("--learners", type=int, default=0)
    parser.add_argument("--answers", type=int, default=10)
    given = parser.parse_args()
    version = subprocess.run([given.ralph, "--version"], capture_output=True, text=True, check=True)
    print(version.stdout.strip())
    [package] = (ROOT / "_build" / "packages" / "cmi5").glob("*.zip")
    with tempfile.TemporaryDirectory() as folder, ralph_running(given.ralph) as ralph:
        with ZipFile(package) as archive:
            archive.extractall(Path(folder) / "cmi5")
        store = BehindRalph(ralph)
        with serving(store) as address, serving(RecordStore(), Path(folder)) as site:
            store.address = address
            learn(store, f"{site}/cmi5")
        if given.learners:
            fill(ralph, store, given.learners, given.answers)
        begun = time.monotonic()
        course = real_course()
        gathered = gather(course, [], stores=[Endpoint(f"{ralph}/xAPI", "reader", "secret")])
        spent = time.monotonic() - begun
        assert not gathered.problems, gathered.problems
        first = gathered.learners if not given.learners else {}
        for learner in first.values():
            quiz = [sitting for sitting in learner.sittings if sitting.test == "m06-quiz"]
            assert len(quiz) == 1
            assert all(answer.points == 1 for answer in quiz[0].answers)
            print(f"Read back: {len(learner.practice)} answers, one test passed with all points")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{gathered.people.height:,} people read in {spent:.1f} s; at most {memory:.0f} MB")


if __name__ == "__main__":
    main()
