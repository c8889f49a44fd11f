"""The server of the live preview: `course serve` shows a saved change in the browser by itself."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import mimetypes
import re
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

import uvicorn
import watchfiles
from filelock import FileLock, Timeout
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from imlcourse.preview.preview import Preview
from imlcourse.preview.watch import watched

_LIVE = Path(__file__).with_name("reload.js")
_HOSTS = ("127.0.0.1", "localhost", "[::1]", "::1")
"""What this machine is called. A page elsewhere whose name was turned to this machine has another
name in its requests, and is refused."""
_POLICY = re.compile(r"<meta\b[^>]*\bContent-Security-Policy\b[^>]*>", re.IGNORECASE)
_RULES = re.compile(r'\bcontent="([^"]*)"', re.IGNORECASE)
_NONCE = re.compile(r"'nonce-([A-Za-z0-9+/=_-]+)'")
"""What a page knows its own scripts by."""
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOOK_AGAIN = 1000
"""Milliseconds after which files are looked at though no change was announced: not every file
system announces them, nor a link to a folder elsewhere."""


class _Listeners:
    """Browsers that wait to be told of a change."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def tell(self, message: str) -> None:
        """Send a message to all."""
        for queue in self._queues:
            queue.put_nowait(message)

    def close(self) -> None:
        """End what all of them listen to, and let nobody listen who comes back."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self, first: Callable[[], str]) -> AsyncIterator[str]:
        """Give the messages to one of them, beginning with how things stand."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield "retry: 500\n\n"
            yield first()
            while not self._closed and (message := await queue.get()) is not None:
                yield message
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


def preview_policy(policy: str) -> str:
    """Give the content policy of a page as the preview serves it.

    Parameters
    ----------
    policy
        That of the book, which opens from files and connects to nothing.

    Returns
    -------
    str
        The same for this server: nothing comes from files, and a page may listen for its news.
    """
    rules = [rule.split() for rule in policy.split(";") if rule.strip()]
    kept = [
        " ".join(word for word in rule if word != "file:")
        for rule in rules
        if rule[0] != "connect-src"
    ]
    return "; ".join([*kept, "connect-src 'self'"])


def _live_page(html: str, version: str) -> str:
    """Give a page as it is served: with its policy, and the script that follows the news."""

    def live(rules: re.Match[str]) -> str:
        return f'content="{preview_policy(rules[1])}"'

    html = _POLICY.sub(lambda meta: _RULES.sub(live, meta[0]), html)
    policy = _POLICY.search(html)
    nonce = _NONCE.search(policy[0]) if policy else None
    known = f' nonce="{nonce[1]}"' if nonce else ""
    return f'{html}<script src="/-/reload.js"{known} data-version="{version}"></script>'


def preview_app(preview: Preview) -> Starlette:
    """Make the web application: pages with a live script, and the news of changes.

    Parameters
    ----------
    preview
        The book.

    Returns
    -------
    Starlette
        An application that watches the sources as long as it runs. Its ``state.goodbye`` ends
        what browsers listen to.
    """
    listeners = _Listeners()
    worker = ThreadPoolExecutor(1)
    # A browser that comes back after the preview was started again is to see that it was.
    started = time.time_ns()

    def version() -> str:
        return f"{started}-{preview.version}"

    def state() -> str:
        data = json.dumps({"version": version(), "problems": preview.problems})
        return f"event: state\ndata: {data}\n\n"

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        changes = watchfiles.awatch(
            *watched(preview.root),
            debounce=100,
            step=20,
            rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True,
        )
        # What was saved while the preview was started is found here, before any news comes.
        await refresh(loop)
        async for _ in changes:
            await refresh(loop)

    async def refresh(loop: asyncio.AbstractEventLoop) -> None:
        if not preview.is_stale():
            return
        before = (preview.version, preview.problems)
        began = time.perf_counter()
        if await loop.run_in_executor(worker, preview.update):
            print(f"Updated in {time.perf_counter() - began:.2f} s.", flush=True)
        elif preview.problems != before[1]:
            print(preview.problems, file=sys.stderr, flush=True)
        if (preview.version, preview.problems) != before:
            listeners.tell(state())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(watch())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        worker.shutdown()

    async def news(_: Request) -> Response:
        return StreamingResponse(
            listeners.stream(state), media_type="text/event-stream", headers=_HEADERS
        )

    async def live(_: Request) -> Response:
        return Response(_LIVE.read_bytes(), media_type="text/javascript", headers=_HEADERS)

    async def page(request: Request) -> Response:
        name = request.path_params["path"] or "index.html"
        path = _inside(preview.pages, name)
        if path is None:
            return HTMLResponse(
                "<!doctype html><title>404</title><p>No such page. "
                '<a href="/">To the cover</a></p>',
                status_code=404,
                headers=_HEADERS,
            )
        # What stands in a frame of a page has its own policy, and nothing to show.
        if path.suffix == ".html" and path.parent.name != "_static":
            # The version is read first: a page that changes meanwhile is then loaded again.
            now = version()
            return HTMLResponse(_live_page(path.read_text("utf-8"), now), headers=_HEADERS)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Response(path.read_bytes(), media_type=kind, headers=_HEADERS)

    app = Starlette(
        routes=[Route("/-/news", news), Route("/-/reload.js", live), Route("/{path:path}", page)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS, www_redirect=False)],
        lifespan=lifespan,
    )
    app.state.goodbye = listeners.close
    return app


class _Server(uvicorn.Server):
    """A server that sends its listeners home when it is stopped, and so need not wait for them."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        # Whoever is in the middle of a request is left after a second, which is no fault to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._app.state.goodbye()


def serve(root: Path, port: int, *, open_browser: bool = False, language: str | None = None) -> int:
    """Serve the preview on this machine alone until it is stopped.

    Parameters
    ----------
    root
        The folder of the course.
    port
        The port; 0 picks a free one.
    open_browser
        Whether to open the browser.
    language
        The language that is shown; ``None`` for the course's own.

    Returns
    -------
    int
        Exit code: 0, or 1 if it could not start.
    """
    preview = Preview(root, language)
    preview.work.mkdir(parents=True, exist_ok=True)
    with socket.socket() as listener:
        if sys.platform != "win32":  # where it lets two servers share a port
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
        try:
            with FileLock(preview.work / "lock", timeout=0):
                return _serve(preview, listener, open_browser=open_browser)
        except Timeout:
            print(
                f"course: a preview of {root} is running already; use that one, or stop it first",
                file=sys.stderr,
            )
            return 1


def _serve(preview: Preview, listener: socket.socket, *, open_browser: bool) -> int:
    print(f"Making the book of {preview.root} …", flush=True)
    if not preview.update():
        print(preview.problems, file=sys.stderr, flush=True)
        if not (preview.pages / "index.html").is_file():
            print("Mend these first; there is nothing to show yet.", file=sys.stderr)
            return 1
    # What stands now stays to the end, so nobody need look through it again.
    gc.freeze()
    gc.enable()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    print(
        f"The book is at {address} – save a file and see it change. Stop with Ctrl+C.",
        flush=True,
    )
    if open_browser:
        webbrowser.open(address)
    # Ctrl+C is how it is meant to end.
    with contextlib.suppress(KeyboardInterrupt):
        _Server(preview_app(preview)).run(sockets=[listener])
    return 0
