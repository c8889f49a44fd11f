"""Live preview: one warm process that shows a saved change in the browser by itself."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from imlcourse.book.cache import Cache
from imlcourse.book.jupyter_config import BookError
from imlcourse.book.make import BookMaker
from imlcourse.book.sources import book_sources, write_changed
from imlcourse.build.freshness import program_mark
from imlcourse.checks.load import load_course
from imlcourse.markup.problems import CourseError

_LIVE = Path(__file__).with_name("live.js")
_POLICY = re.compile(rb"<meta\b[^>]*\bContent-Security-Policy\b[^>]*>")
_SOURCES = (
    "book",
    "modules",
    "quizzes",
    "_config.yml",
    "scripts/imlcourse/player",
    "scripts/imlcourse/book/theme",
    "scripts/imlcourse/languages",
)


class Preview:
    """The book, kept up to date in a folder of its own.

    Parameters
    ----------
    root
        The folder of the course.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / "_build" / "preview"
        self.pages = self.work / "html"
        self.problems = ""
        self._cache = Cache(root / "_build" / "cache", program_mark())
        self._maker = BookMaker(root, self._cache)

    def update(self) -> bool:
        """Bring the pages up to date with the sources.

        Returns
        -------
        bool
            Whether it could be done; if not, `problems` says why, and the pages stay.
        """
        try:
            course = load_course(self.root)
            pages = self._maker.make(book_sources(course))
        except (CourseError, BookError) as error:
            self.problems = str(error)
            return False
        write_changed(self.pages, pages)
        self._cache.commit(sweep=False)
        self.problems = ""
        return True


class _Listeners:
    """Browsers that wait to be told of a change."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str]] = set()

    def tell(self, event: str, data: str = "") -> None:
        message = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        for queue in self._queues:
            queue.put_nowait(message)

    async def stream(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield "retry: 500\n\n"
            while True:
                yield await queue.get()
        finally:
            self._queues.discard(queue)


def _inside(folder: Path, name: str) -> Path | None:
    """Find a file of a folder by its name in an address, or nothing outside it."""
    try:
        path = (folder / name).resolve()
        found = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return None
    return path if found else None


def preview_app(preview: Preview) -> Starlette:
    """Make the web application: pages with a live script, and the news of changes.

    Parameters
    ----------
    preview
        The book.

    Returns
    -------
    Starlette
        An application that watches the sources as long as it runs.
    """
    listeners = _Listeners()
    worker = ThreadPoolExecutor(1)

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        watched = [preview.root / name for name in _SOURCES if (preview.root / name).exists()]
        async for _ in watchfiles.awatch(*watched, debounce=150, step=20):
            began = time.perf_counter()
            try:
                good = await loop.run_in_executor(worker, preview.update)
            except Exception as error:  # the preview goes on, whatever a half-saved file does
                preview.problems, good = f"{type(error).__name__}: {error}", False
            if good:
                print(f"Updated in {time.perf_counter() - began:.2f} s.", flush=True)
                listeners.tell("reload")
            else:
                print(preview.problems, file=sys.stderr, flush=True)
                listeners.tell("problems", preview.problems)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(watch())
        yield
        task.cancel()

    async def news(_: Request) -> Response:
        return StreamingResponse(
            listeners.stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def live(_: Request) -> Response:
        return Response(_LIVE.read_bytes(), media_type="text/javascript")

    async def page(request: Request) -> Response:
        name = request.path_params["path"] or "index.html"
        path = _inside(preview.pages, name)
        if path is None:
            return HTMLResponse(
                "<!doctype html><title>404</title><p>No such page. "
                '<a href="/">To the cover</a></p>',
                status_code=404,
            )
        data = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".html":
            # The book's policy forbids connections; the preview lives by one, to itself.
            data = _POLICY.sub(b"", data)
            data += b'<script src="/-/live.js"></script>'
            kind = "text/html; charset=utf-8"
        return Response(data, media_type=kind, headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[Route("/-/news", news), Route("/-/live.js", live), Route("/{path:path}", page)],
        lifespan=lifespan,
    )


def serve(root: Path, port: int, *, open_browser: bool = False) -> int:
    """Serve the preview on this machine alone until it is stopped.

    Parameters
    ----------
    root
        The folder of the course.
    port
        The port; 0 picks a free one.
    open_browser
        Whether to open the browser.

    Returns
    -------
    int
        Exit code: 0, or 1 if it could not start.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            # From here on a browser that comes early waits, and is not turned away.
            listener.listen()
        except (OSError, OverflowError):
            print(
                f"course: port {port} is taken or not to be had; name another: "
                "course serve --port 0",
                file=sys.stderr,
            )
            return 1
        preview = Preview(root)
        print(f"Making the book of {root} …", flush=True)
        if not preview.update():
            print(preview.problems, file=sys.stderr)
            if not (preview.pages / "index.html").is_file():
                print("Mend these first; there is nothing to show yet.", file=sys.stderr)
                return 1
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        print(
            f"The book is at {address} – save a file and see it change. Stop with Ctrl+C.",
            flush=True,
        )
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            preview_app(preview), log_level="warning", timeout_graceful_shutdown=1
        )
        uvicorn.Server(config).run(sockets=[listener])
    return 0
