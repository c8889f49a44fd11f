"""A web server whose folder changes, breaks and goes away: for copies that a device keeps."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlparse


class Site:
    """What a server has, and how it stands.

    Attributes
    ----------
    files
        Content by path below the folder.
    is_up
        Whether it answers at all.
    cut
        Paths of which only half arrives.
    asked
        How often each path was asked for.
    address
        Where the folder is: no server has a course at its root alone.
    """

    def __init__(self, port: int) -> None:
        self.files: Mapping[str, bytes] = {}
        self.is_up = True
        self.cut: set[str] = set()
        self.asked: Counter[str] = Counter()
        self.address = f"http://localhost:{port}/courses/x/"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request, as servers do that say nothing of how long a file may be kept."""
        path = unquote(urlparse(handler.path).path).removeprefix("/courses/x/") or "index.html"
        if not self.is_up:
            handler.close_connection = True
            return
        self.asked[path] += 1
        data = self.files.get(path)
        handler.send_response(404 if data is None else 200)
        body = data or b"There is nothing."
        kind = mimetypes.guess_type(path)[0] or "text/plain"
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        # What lies in between keeps everything as long as it likes.
        handler.send_header("Cache-Control", "max-age=86400")
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if path in self.cut else body)
        handler.close_connection = path in self.cut


@contextmanager
def unsteady_server() -> Iterator[Site]:
    """Serve a folder, empty at first."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, *words: object) -> None:
            """Say nothing of requests."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        site = Site(server.server_port)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield site
        server.shutdown()
