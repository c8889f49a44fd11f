"""One copy: its files, held against its list; or against its own pages, where it has no list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from imlcourse.products.copies.compared import compared, edition_of
from imlcourse.products.copies.contents import Contents, DamagedFileError
from imlcourse.products.copies.diagnosis import Diagnosis
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.licences import MANIFEST
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums
from imlcourse.products.signed.keys import PublicKey

__all__ = ["diagnosis_of"]

_LIST = "take the list from a whole copy"


def diagnosis_of(contents: Contents, keys: Sequence[PublicKey]) -> Diagnosis:
    """Look at a copy.

    Parameters
    ----------
    contents
        Its files; a list that is called otherwise is called by its own name from here on.
    keys
        The public keys that are known.
    """
    diagnosis = Diagnosis(contents.name, findings=list(contents.findings))
    found = diagnosis.findings
    diagnosis.edition, version = _edition(contents)
    sums = _sums(contents, found)
    if sums is None:
        found += _without_list(contents)
        return diagnosis
    diagnosis.listed = sum(path in contents.files for path in sums.digests)
    if sums.unreadable:
        lines = ", ".join(map(str, sums.unreadable[:5]))
        what = f"the list {LIST} is damaged (line {lines})"
        found.append(Finding(what, remedy=_LIST))
    found += compared(contents, sums, version)
    if SIGNATURE in contents.files:
        diagnosis.check_signature(contents.read(SIGNATURE), sums, keys)
    return diagnosis


def _edition(contents: Contents) -> tuple[str, str]:
    """Say which course and version a copy is, by its own list of licences or its pages."""
    try:
        packages = json.loads(contents.read(MANIFEST))["packages"]
        return f"{packages[0]['name']}, version {packages[0]['versionInfo']}", str(
            packages[0]["versionInfo"]
        )
    except (KeyError, IndexError, TypeError, ValueError, DamagedFileError):
        pass
    told: dict[str, int] = {}
    for path in contents.files:
        if path.endswith(".js"):
            try:
                version = edition_of(contents.read(path))
            except DamagedFileError:
                continue
            told[version] = told.get(version, 0) + bool(version)
    version = max(told, key=lambda one: told[one], default="")
    return (f"version {version}", version) if version else ("", "")


def _sums(contents: Contents, found: list[Finding]) -> Sums | None:
    """Read the list of a copy, under whatever name it has."""
    names = [
        path for path in contents.files if path.casefold().removesuffix(".txt") == LIST.casefold()
    ]
    if not names:
        return None
    name = LIST if LIST in names else names[0]
    if name != LIST:
        what = f"the list is called {name}, and should be {LIST}"
        found.append(Finding(what, remedy=f"call it {LIST} again"))
        contents.files[LIST] = contents.files.pop(name)
    try:
        sums = read_sums(contents.read(LIST))
    except DamagedFileError as error:
        found.append(Finding(f"the list {LIST} cannot be read: {error}", remedy=_LIST))
        return None
    if not sums.digests:
        found.append(Finding(f"the list {LIST} is empty or damaged", remedy=_LIST))
        return None
    return sums


class _Links(HTMLParser):
    """Gathers what a page loads and leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for name, value in attrs:
            if name in ("href", "src") and value:
                address = urlsplit(value)
                if not address.scheme and not address.netloc and address.path:
                    self.found.add(unquote(address.path))


def _without_list(contents: Contents) -> Iterator[Finding]:
    """Say of a copy without a list whether its pages find what they load."""
    if set(contents.files) == {"index.html"}:
        yield Finding(
            "index.html is here by itself, without the folder that it was in, and opens no course",
            remedy="take the whole folder, or the zip",
        )
        return
    yield Finding(
        f"its list {LIST} is missing, so nobody can say whether its files are as they were",
        remedy="take a copy that has its list; below is what can be seen without it",
    )
    missing: dict[str, int] = {}
    damaged = []
    for path in contents.files:
        try:
            data = contents.read(path)
        except DamagedFileError:
            damaged.append(path)
            continue
        if path.lower().endswith(".html"):
            links = _Links()
            links.feed(data.decode("utf-8", "replace"))
            for link in links.found:
                target = normpath(join(dirname(path), link))
                if target not in contents.files and not target.startswith(".."):
                    missing[target] = missing.get(target, 0) + 1
    if damaged:
        yield Finding("files that cannot be read", tuple(damaged), "copy the course anew")
    if "index.html" not in contents.files:
        yield Finding("index.html, where the course begins, is missing", remedy="copy it anew")
    if missing:
        names = sorted(missing, key=lambda name: (-missing[name], name))
        what = "pages load or lead to files that are not there"
        yield Finding(what, tuple(names), "copy the course anew, best as the zip")
