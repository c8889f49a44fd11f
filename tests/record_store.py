"""A small platform with a record store, for the tests of what happens when one misbehaves.

It keeps to xAPI 1.0.3 where the course needs it: a batch is taken whole or not at all, an id that
is there already is refused (409), documents have an ETag and ``If-Match``, lists come in pages with
``more``. It launches as cmi5 does, with a token that is given once. ``answers`` puts other answers
before its own.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

__all__ = ["RecordStore", "serving", "store_running"]

Statement = dict[str, Any]
_SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
_HEADERS = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"


class RecordStore:
    """What the store holds, and how it behaves."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.statements: dict[str, Statement] = {}
        self.documents: dict[str, bytes] = {}
        self.tokens: dict[str, str] = {}
        """By key of a launch, its token; empty once it was given."""
        self.known: set[str] = {"Basic " + base64.b64encode(b"reader:secret").decode()}
        self.calls: list[tuple[str, str, int]] = []
        """Method, resource and status of what was asked."""
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        """Answers to the next calls of ``statements``, before its own."""
        self.refuses: Callable[[Statement], bool] = lambda _: False
        self.versioned = True
        """Whether documents have an ETag."""
        self.keeps = True
        """Whether it keeps documents that are not its own."""
        self.page = 0
        """Statements in a page; 0: as many as are asked for."""
        self.lock = Lock()
        self.reached = Event()
        """Somebody waits for an answer that is held back."""
        self.free = Event()
        self.free.set()

    # --- a launch --------------------------------------------------------------------------------

    def launch(self, page: str, session: str = "s1", **more: Any) -> str:
        """Give the address with which a cmi5 platform opens a page."""
        actor = {
            "objectType": "Agent",
            "account": {"homePage": "https://lms.example", "name": more.pop("learner", "0042")},
        }
        registration = more.pop("registration", "760e3480-ba55-4991-94b0-01820dbd23a2")
        activity = more.pop("activity", "https://lms.example/units/" + page.rsplit("/", 1)[-1])
        data = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": "https://publisher.example/unit"}]},
                "extensions": {_SESSION: session},
            },
            "launchMode": "Normal",
            "moveOn": "CompletedAndPassed",
            **more,
        }
        asked = {
            "activityId": activity,
            "agent": actor,
            "stateId": "LMS.LaunchData",
            "registration": registration,
        }
        key = f"{session}-{len(self.tokens)}"
        self.tokens[key] = base64.b64encode(f"au:{key}".encode()).decode()
        self.documents[_name("activities/state", asked)] = json.dumps(data).encode()
        words = {
            "endpoint": f"{self.address}/xapi/",
            "fetch": f"{self.address}/fetch?key={quote(key)}",
            "actor": json.dumps(actor),
            "registration": registration,
            "activityId": activity,
        }
        return f"{page}?{urlencode(words)}"

    # --- what is asked ---------------------------------------------------------------------------

    def answer(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Answer a call."""
        parts = urlsplit(target)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self.lock:
            if parts.path == "/fetch":
                return 200, {}, self._token(method, asked["key"])
            resource = parts.path.removeprefix("/xapi/")
            if self.answers and resource == "statements":
                status, more = self.answers.popleft()
                return status, more, b"{}"
            if headers.get("authorization") not in self.known:
                return 401, {}, b"{}"
            if not headers.get("x-experience-api-version", "").startswith("1.0"):
                return 400, {}, b'"no version"'
            if resource == "statements":
                if method == "POST":
                    return self._take(json.loads(body))
                return self._give(asked)
            return self._document(method, _name(resource, asked), headers, body)

    def _token(self, method: str, key: str) -> bytes:
        token = self.tokens.get(key) if method == "POST" else ""
        if not token:
            return b'{"error-code": "1", "error-text": "The token was given already."}'
        self.tokens[key] = ""
        self.known.add(f"Basic {token}")
        return json.dumps({"auth-token": token}).encode()

    def _take(self, given: Any) -> tuple[int, dict[str, str], bytes]:
        batch: list[Statement] = given if isinstance(given, list) else [given]
        ids = [one["id"] for one in batch]
        if any(self.refuses(one) for one in batch) or len(set(ids)) < len(ids):
            return 400, {}, b'"one of them is not taken"'
        if any(one in self.statements for one in ids):
            return 409, {}, b"{}"
        self.statements.update({one["id"]: one for one in batch})
        return 200, {}, json.dumps(ids).encode()

    def _give(self, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        found = list(self.statements.values())
        if activity := asked.get("activity"):
            found = [one for one in found if activity in json.dumps(one)]
        start = int(asked.get("from", 0))
        limit = self.page or int(asked.get("limit", 100))
        more = ""
        if start + limit < len(found):
            words = {**asked, "from": str(start + limit)}
            more = f"/xapi/statements?{urlencode(words)}"
        page = {"statements": found[start : start + limit], "more": more}
        return 200, {}, json.dumps(page).encode()

    def _document(
        self, method: str, name: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        there = self.documents.get(name)
        mark = f'"{hash(there)}"'
        if method == "GET":
            if there is None:
                return 404, {}, b""
            return 200, {"ETag": mark} if self.versioned else {}, there
        if not self.keeps:
            return 404, {}, b""
        wanted = headers.get("if-match")
        if wanted and wanted != mark:
            return 412, {}, b""
        self.documents[name] = body
        return 204, {}, b""

    def wait(self, done: Callable[[], bool], what: str, patience: float = 15.0) -> None:
        """Wait until something is so."""
        end = time.monotonic() + patience
        while not done():
            assert time.monotonic() < end, what
            time.sleep(0.02)

    @contextmanager
    def holding_back(self) -> Iterator[None]:
        """Take what is sent, and answer only at the end."""
        self.reached.clear()
        self.free.clear()
        yield
        self.free.set()

    # --- what was heard --------------------------------------------------------------------------

    def verbs(self) -> list[str]:
        """Give the verbs of what was told, in the order of their times."""
        heard = sorted(self.statements.values(), key=lambda one: one["timestamp"])
        return [one["verb"]["id"].rpartition("/")[2] for one in heard]

    def told(self, verb: str, *, cmi5: bool | None = None) -> list[Statement]:
        """Give the statements with a verb, in the order of their times; of cmi5, or not of it."""
        return [
            one
            for one in sorted(self.statements.values(), key=lambda one: one["timestamp"])
            if one["verb"]["id"].endswith(f"/{verb}") and cmi5 in (None, is_defined(one))
        ]


def is_defined(statement: Statement) -> bool:
    """Say whether cmi5 defines a statement."""
    categories = statement["context"].get("contextActivities", {}).get("category", [])
    return any(one["id"].endswith("/cmi5/context/categories/cmi5") for one in categories)


def _name(resource: str, asked: dict[str, Any]) -> str:
    """Give what names a document, whatever way its agent is written."""
    plain = {
        name: json.loads(value) if name == "agent" and isinstance(value, str) else value
        for name, value in asked.items()
    }
    return resource + json.dumps(plain, sort_keys=True)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the store, and the packages where a folder is given."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, store: RecordStore, **more: Any) -> None:
        self.store = store
        super().__init__(*given, **more)

    def log_message(self, *words: object) -> None:
        """Say nothing of requests."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Expose-Headers", "ETag, Retry-After")
        super().end_headers()

    def do_OPTIONS(self) -> None:
        self.send_response(204)
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
        self.send_header("Access-Control-Allow-Headers", _HEADERS)
        self.send_header("Access-Control-Max-Age", "600")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        if re.match("/(xapi|fetch)", self.path):
            self._store()
        else:
            super().do_GET()

    def do_POST(self) -> None:
        self._store()

    do_PUT = do_POST  # noqa: N815 - the library calls it so

    def _store(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, more, said = self.store.answer(self.command, self.path, headers, body)
        resource = urlsplit(self.path).path
        if not self.store.free.is_set():
            self.store.reached.set()
            self.store.free.wait(10)
        self.store.calls.append((self.command, resource, status))
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@contextmanager
def serving(store: RecordStore, folder: Path | None = None) -> Iterator[str]:
    """Serve a store, and the files of a folder beside it; gives the address."""
    handler = partial(_Handler, store=store, directory=str(folder or "/nowhere"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def store_running(folder: Path | None = None) -> Iterator[RecordStore]:
    """Serve a new store."""
    store = RecordStore()
    with serving(store, folder) as address:
        store.address = address
        yield store
