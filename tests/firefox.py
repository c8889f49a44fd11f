"""A Firefox with its stock settings, spoken to over WebDriver BiDi."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from websocket import WebSocket, create_connection

PATIENCE = 30
"""How many seconds something may take on a busy machine."""

# Firefox under remote control changes many settings, some of which hide what users meet: on
# file:// it would treat all files as one origin. With this, it changes none.
_SETTINGS = """\
user_pref("remote.prefs.recommended", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


class BiDiError(Exception):
    """Firefox could not do what a command asked for."""


class Firefox:
    """A running Firefox with one tab.

    Parameters
    ----------
    executable
        The program.
    profile
        Folder of the profile; what pages keep stays in it.
    """

    def __init__(self, executable: str, profile: Path) -> None:
        profile.mkdir(exist_ok=True)
        (profile / "user.js").write_text(_SETTINGS, encoding="utf-8")
        self._command = [executable, "--headless", "--no-remote", "--profile", str(profile),
                         "--remote-debugging-port", "0"]  # fmt: skip
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stderr is not None
        address = ""
        for line in self._process.stderr:
            if found := re.search(r"BiDi listening on (ws://\S+)", line):
                address = found[1]
                break
        # What it says further on has to go somewhere, or it stops.
        subprocess.Popen(["cat"], stdin=self._process.stderr, stdout=subprocess.DEVNULL)
        self._socket: WebSocket = create_connection(
            f"{address}/session", timeout=30, suppress_origin=True
        )
        self._count = 0
        self.said: list[str] = []
        self.send("session.new", {"capabilities": {}})
        self.send("session.subscribe", {"events": ["log.entryAdded"]})
        self.tab: str = self.send("browsingContext.getTree", {})["contexts"][0]["context"]

    def __enter__(self) -> Firefox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop at once: nothing is kept of what is over."""
        self._process.kill()
        self._process.wait(timeout=20)
        self._socket.close()

    def close(self) -> None:
        """Close the browser as a user does, so that it writes what it keeps."""
        try:
            self.send("browser.close", {})
            self._socket.close()
            self._process.wait(timeout=20)
        finally:
            self._process.kill()

    def restart(self) -> None:
        """Close the browser, and open it again: on the next day, say."""
        self.close()
        self._start()

    @contextlib.contextmanager
    def fresh(self) -> Iterator[Firefox]:
        """Show another tab for a while, in a container of its own: as in a new profile."""
        container = self.send("browser.createUserContext", {})["userContext"]
        before = self.tab
        made = self.send("browsingContext.create", {"type": "tab", "userContext": container})
        self.tab = made["context"]
        self.said = []
        try:
            yield self
        finally:
            self.tab = before
            self.send("browser.removeUserContext", {"userContext": container})

    def hasten(self, wait: int) -> None:
        """Let a wait of so many milliseconds be over at once, on every page that is opened next."""
        quick = (
            "() => { const after = window.setTimeout;"
            " window.setTimeout = (action, wait, ...more) =>"
            f" after(action, wait === {wait} ? 200 : wait, ...more); }}"
        )
        self.send("script.addPreloadScript", {"functionDeclaration": quick, "contexts": [self.tab]})

    def send(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Send a command, and give its result."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.said.append(str(told["params"]["text"]))
            if told.get("id") == self._count:
                if told["type"] != "success":
                    raise BiDiError(told)
                result: dict[str, Any] = told["result"]
                return result

    def open(self, address: str) -> None:
        """Open a page, and wait until it is loaded; anew if it is the one that is there."""
        there = self._evaluate("JSON.stringify(location.href)", awaits=False)
        if "#" in address and there.partition("#")[0] == address.partition("#")[0]:
            self._leave()
        self.send(
            "browsingContext.navigate", {"context": self.tab, "url": address, "wait": "complete"}
        )

    def _leave(self) -> None:
        """Go to an empty page.

        Where the page that is left was still loading something, Firefox may take what arrives of
        that for the page that was asked for, and call its address rejected: it is asked again.
        """
        for left in (2, 1, 0):
            try:
                self.send(
                    "browsingContext.navigate",
                    {"context": self.tab, "url": "about:blank", "wait": "complete"},
                )
                return
            except BiDiError:
                if not left:
                    raise

    def run(self, code: str) -> Any:
        """Run JavaScript in the page, wait for its promise, and give its value as JSON has it."""
        return self._evaluate(
            f"Promise.resolve(({code})).then((v) => JSON.stringify(v))", awaits=True
        )

    def _evaluate(self, expression: str, *, awaits: bool) -> Any:
        result = self.send(
            "script.evaluate",
            {
                "expression": expression,
                "target": {"context": self.tab},
                "awaitPromise": awaits,
                "userActivation": True,
            },
        )
        assert result["type"] == "success", result
        value = result["result"].get("value")
        return None if value is None else json.loads(value)

    def wait(self, code: str) -> Any:
        """Wait until some JavaScript gives something true, and give it.

        It is asked again and again from here: a promise in a page that is left is never kept.
        """
        look = f"JSON.stringify(((found) => found instanceof Element || found || null)({code}))"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # Between two pages there may be nothing that could answer, or nothing to look at.
            with contextlib.suppress(BiDiError, AssertionError):
                if found := self._evaluate(look, awaits=False):
                    return found
            time.sleep(0.02)
        pytest.fail(f"never true: {code}; {self._told()}")

    def _told(self) -> str:
        """Tell where the tab is, whether it is in front, and what the page says of the record."""
        look = (
            "JSON.stringify([location.href, document.visibilityState, scrollY,"
            " {...document.documentElement.dataset}, Array.from(document.querySelectorAll("
            "'.iml-troubles, .iml-result:not([hidden])'), (one) => one.textContent)])"
        )
        try:
            return f"{self._evaluate(look, awaits=False)} {self.said}"
        except (BiDiError, AssertionError) as error:
            return str(error)

    def click(self, selector: str) -> None:
        """Click on an element as a user does, with the pointer."""
        named = json.dumps(selector)
        box = self.run(
            f"(() => {{ const e = document.querySelector({named});"
            " e.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        x, y = (int(place) for place in box)
        self.send(
            "input.performActions",
            {
                "context": self.tab,
                "actions": [
                    {
                        "type": "pointer",
                        "id": "mouse",
                        "actions": [
                            {"type": "pointerMove", "x": x, "y": y},
                            {"type": "pointerDown", "button": 0},
                            {"type": "pointerUp", "button": 0},
                        ],
                    }
                ],
            },
        )
