"""Statements of a learning record store, asked for page by page.

A store is asked for what belongs to the course alone; one that cannot be asked so gives all it has,
and what is about something else is left. Only one page is held at a time. Where the network or the
store fails, the page is asked for again, ever more seldom; what fails for good ends the report,
since half of a group is worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from imlcourse.results.errors import ReportError, ReportUsageError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

__all__ = ["Endpoint", "is_endpoint", "statements"]

_VERSION = "1.0.3"
_PAGE = 500
"""Statements that a page is to have; stores give fewer if they like."""
_TRIES, _FIRST_PAUSE, _LONGEST_PAUSE = 6, 1.0, 60.0
_BUSY = (429, 500, 502, 503, 504)
_WAIT = 60.0
"""Seconds for an answer."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A record store, and who asks.

    Attributes
    ----------
    address
        Its address, without ``statements``.
    user, password
        The account; it needs the right to read everybody’s statements.
    """

    address: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The name of its server."""
        return urlsplit(self.address).netloc


def is_endpoint(word: str) -> bool:
    """Say whether a word of the command names a store, and no file."""
    return word.lower().startswith(("https://", "http://"))


def statements(store: Endpoint, course: str, pause: float = _FIRST_PAUSE) -> Iterator[Any]:
    """Give the statements of a course, the oldest first.

    Parameters
    ----------
    store
        The store.
    course
        What names the course: the id of its activity.
    pause
        Seconds before a page is asked for again; they double each time.

    Raises
    ------
    ReportError
        If the store does not give them; the message says why, and what to do.
    """
    _check(store)
    limited = {"limit": str(_PAGE), "ascending": "true"}
    own = {"activity": course, "related_activities": "true", **limited}
    related = False
    for one in _listed(store, own, pause):
        related = related or _object_of(one) != course
        yield one
    if not related:
        # It knows no such question, or takes it for one about the course itself.
        yield from _listed(store, limited, pause)


def _object_of(statement: object) -> object:
    about = statement.get("object") if isinstance(statement, dict) else None
    return about.get("id") if isinstance(about, dict) else None


def _listed(store: Endpoint, words: dict[str, str], pause: float) -> Iterator[Any]:
    """Give what a store answers to a question, page by page; nothing if it does not know it."""
    base = store.address.rstrip("/") + "/"
    address = f"{base}statements?{urlencode(words)}"
    asked: set[str] = set()
    given = 0
    while address:
        asked.add(address)
        answer = _answer(store, address, pause, given)
        if answer.status in (400, 501) and "activity" in words and len(asked) == 1:
            return
        page = _page_of(store, answer, given)
        for one in page["statements"]:
            given += 1
            yield one
        address = _next(store, base, page.get("more"), asked)


def _check(store: Endpoint) -> None:
    parts = urlsplit(store.address)
    if not parts.hostname or parts.username:
        msg = (
            f"{store.address} is no address of a record store; write it as in "
            "https://lrs.example.org/xapi, and the account behind --user"
        )
        raise ReportUsageError(msg)
    if parts.scheme.lower() != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        msg = (
            f"{store.address} would send the password and the answers so that others can read "
            "them; give the address that begins with https://"
        )
        raise ReportUsageError(msg)


def _answer(store: Endpoint, address: str, pause: float, given: int) -> BaseHTTPResponse:
    import urllib3

    retries = urllib3.Retry(
        _TRIES,
        redirect=False,
        backoff_factor=pause,
        backoff_max=_LONGEST_PAUSE,
        status_forcelist=_BUSY,
        raise_on_status=False,
    )
    headers = {"X-Experience-API-Version": _VERSION, "Accept": "application/json"}
    if store.user:
        account = f"{store.user}:{store.password}"
        headers |= urllib3.make_headers(basic_auth=account)
    try:
        return urllib3.request(
            "GET",
            address,
            headers=headers,
            retries=retries,
            redirect=False,
            timeout=urllib3.Timeout(_WAIT),
        )
    except urllib3.exceptions.HTTPError as error:
        reason = getattr(error, "reason", None) or error
        what = "its certificate is not trusted" if "CERTIFICATE" in str(reason) else "it is silent"
        raise _failure(store, f"{what} ({reason})", given) from None


def _failure(store: Endpoint, why: str, given: int) -> ReportError:
    so_far = f" after {given:,} statements" if given else ""
    return ReportError(
        f"{store.host} gives no statements{so_far}: {why}; nothing was written. Try again later, "
        "or ask whoever runs the store"
    )


_REFUSALS = {
    401: "it does not know the account; give it with --user, and its password in LRS_PASSWORD",
    403: "the account may not read the statements of others; ask for one that may",
    404: "there is no record store at this address; it often ends in /xapi",
}


def _page_of(store: Endpoint, answer: BaseHTTPResponse, given: int) -> dict[str, Any]:
    if answer.status != 200:
        why = _REFUSALS.get(answer.status)
        if why:
            raise ReportError(f"{store.host}: {why}")
        raise _failure(store, f"it answers {answer.status}", given)
    try:
        page = json.loads(answer.data)
    except ValueError:
        page = None
    if not isinstance(page, dict) or not isinstance(page.get("statements"), list):
        raise ReportError(f"{store.host}: {_REFUSALS[404]}")
    return page


def _next(store: Endpoint, base: str, more: object, asked: set[str]) -> str:
    """Give the address of the next page; nothing behind the last one."""
    if not isinstance(more, str) or not more:
        return ""
    address = urljoin(base, more)
    there, here = urlsplit(address), urlsplit(base)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        msg = (
            f"{store.host} names {there.netloc} for its next page, to which the password does not "
            "go; ask whoever runs the store to mend its address"
        )
        raise ReportError(msg)
    if address in asked:
        raise ReportError(f"{store.host} gives the same page again; ask whoever runs the store")
    return address
