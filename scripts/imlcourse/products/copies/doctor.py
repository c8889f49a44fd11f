"""Whether a copy that came back is whole, and would work; and if not, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from imlcourse.products.copies.compared import compared, edition_of, is_left_by_a_system
from imlcourse.products.copies.contents import (
    Contents,
    DamagedFileError,
    contents_of,
    of_zip,
    zips_in,
)
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.licences import MANIFEST
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums, sum_of
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["Diagnosis", "diagnoses"]

_NONE = "there is no copy of the course in it: no index.html, and no list of files"
_LIST = "take the list from a whole copy"
_ALONE = "give the zip that you got, or the folder that it made"


@dataclass
class Diagnosis:
    """What was found of a copy.

    Attributes
    ----------
    name
        What was looked at.
    edition
        Which course, and which version; empty if it does not say.
    listed
        How many files its list names; 0 without one.
    findings
        What was found.
    signature
        What its signature says; None without one, or where it could not be checked.
    """

    name: str
    edition: str = ""
    listed: int = 0
    findings: list[Finding] = field(default_factory=list)
    signature: Outcome | None = None

    @property
    def whole(self) -> bool:
        """Whether it is whole, and would work."""
        return not any(not finding.harmless for finding in self.findings)

    @property
    def faults(self) -> list[Finding]:
        """What is wrong."""
        return [finding for finding in self.findings if not finding.harmless]


def diagnoses(path: Path, keys: Sequence[PublicKey] = ()) -> list[Diagnosis]:
    """Look at a copy, or at all copies that lie in a folder.

    Parameters
    ----------
    path
        A zip, a folder, a page or the list of a copy, or a file that a list beside it names.
    keys
        The public keys that are known.
    """
    if not path.exists():
        what = "there is no such file or folder"
        return [Diagnosis(str(path), findings=[Finding(what, remedy="see how it is called")])]
    if path.is_file():
        if path.name in ("index.html", LIST, SIGNATURE):
            path = path.resolve().parent
        elif (beside := _by_the_list_beside(path)) and (beside.faults or not _is_zip(path)):
            return [beside]
        elif not _is_zip(path):
            what = "this is no zip and no folder, and no list beside it names it"
            return [Diagnosis(str(path), findings=[Finding(what, remedy=_ALONE)])]
    return list(_in(contents_of(path), keys))


def _is_zip(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        return True
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04" and path.suffix.lower() in ("", ".part", ".download")


def _by_the_list_beside(path: Path) -> Diagnosis | None:
    """Look at a file by the list in its folder, or in the one above."""
    full = path.resolve()
    for folder in (full.parent, full.parent.parent):
        try:
            sums = read_sums((folder / LIST).read_bytes())
        except OSError:
            continue
        name = full.relative_to(folder).as_posix()
        if digest := sums.digests.get(name):
            diagnosis = Diagnosis(str(path), listed=1)
            if sum_of(full.read_bytes()) != digest:
                what = f"it is not the file that {folder / LIST} names: it was damaged or changed"
                remedy = "copy or download it again"
                diagnosis.findings.append(Finding(what, remedy=remedy))
            return diagnosis
    return None


def _in(contents: Contents, keys: Sequence[PublicKey], depth: int = 0) -> Iterator[Diagnosis]:
    """Look at all copies in a folder or a zip."""
    name = contents.name
    if contents.damaged() and not contents.files:
        yield Diagnosis(name, findings=contents.findings)
        return
    systems = [path for path in contents.files if is_left_by_a_system(path)]
    files = {path: read for path, read in contents.files.items() if path not in systems}
    findings = list(contents.findings)
    if systems:
        what = "hidden files that the system left there"
        findings.append(Finding(what, tuple(systems), harmless=True))
    contents = Contents(name, files, findings)
    roots = sorted({dirname(path) for path in files if path.rpartition("/")[2] == LIST})
    odd = sorted(
        path
        for path in files
        if path.rpartition("/")[2].casefold() in (LIST.casefold(), f"{LIST}.txt".casefold())
        and dirname(path) not in roots
    )
    roots = sorted({*roots, *map(dirname, odd)})
    unlisted = [] if roots else [_beginning(contents)]
    where = roots or [root for root in unlisted if root is not None]
    for root in where:
        inner = [other for other in where if other != root and _below(other, root)]
        part = {
            path[len(root) + 1 if root else 0 :]: read
            for path, read in files.items()
            if _below(path, root) and not any(_below(path, other) for other in inner)
        }
        called = f"{name}{'/' if root and not name.endswith('/') else ''}{root}"
        if len(where) == 1 and not Path(name).is_dir():
            called = name  # the folder that every zip holds
        yield _diagnosis(Contents(called, part, findings), keys)
        findings = []
    yield from _zips(contents, where, findings, keys, depth)


def _zips(
    contents: Contents,
    roots: Sequence[str],
    findings: list[Finding],
    keys: Sequence[PublicKey],
    depth: int,
) -> Iterator[Diagnosis]:
    """Look at the zips that lie beside copies, or in place of one."""
    zips = list(zips_in(contents, lambda path: any(_below(path, root) for root in roots)))
    name = contents.name
    if not zips or depth > 1:
        if not roots:
            yield Diagnosis(name, findings=[*findings, Finding(_NONE, remedy=_ALONE)])
        return
    found: list[Diagnosis] = []
    for path in zips:
        try:
            inner = of_zip(f"{name} > {path}", contents.read(path))
        except DamagedFileError as error:
            what = f"the zip in it cannot be read: {error}"
            remedy = "copy or download it again"
            found.append(Diagnosis(f"{name} > {path}", findings=[Finding(what, (path,), remedy)]))
            continue
        if not roots and not Path(name).is_dir():
            what = "this is a zip in a zip: who opens the outer one finds no index.html"
            inner.findings.append(
                Finding(what, (path,), "unzip the outer one, and hand on the zip that is in it")
            )
        found += _in(inner, keys, depth + 1)
    # On a stick, zips lie that are something else.
    ours = [one for one in found if not any(_NONE in fault.what for fault in one.faults)]
    yield from ours or ([] if roots else found[:1])


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _beginning(contents: Contents) -> str | None:
    """Find where a copy without a list begins: at its cover, or above its scripts.

    On a stick lie other pages too, which are no business of ours.
    """
    found = []
    for path in contents.files:
        folder, _, name = path.rpartition("/")
        if folder.rpartition("/")[2].casefold() == "_static" and path.endswith(".js"):
            mark, where = b"imlPlayer", dirname(folder)
        elif name.lower().endswith(".html"):
            mark, where = b"iml-", folder
        else:
            continue
        try:
            if mark in contents.read(path):
                found.append((name.casefold() != "index.html", where.count("/"), where))
        except DamagedFileError:
            continue
    return min(found)[2] if found else None


def _diagnosis(contents: Contents, keys: Sequence[PublicKey]) -> Diagnosis:
    diagnosis = Diagnosis(contents.name, findings=list(contents.findings))
    found = diagnosis.findings
    diagnosis.edition, version = _edition(contents)
    sums = _sums(contents, found)
    if sums is None:
        found += _without_list(contents)
        return diagnosis
    diagnosis.listed = len(sums.digests)
    if sums.unreadable:
        lines = ", ".join(map(str, sums.unreadable[:5]))
        what = f"the list {LIST} is damaged (line {lines})"
        found.append(Finding(what, remedy=_LIST))
    found += compared(contents, sums, version)
    if SIGNATURE in contents.files and find_spec("cryptography"):
        from imlcourse.products.copies.signature import check_signature

        diagnosis.signature = check_signature(contents.read(SIGNATURE), sums, keys)
        if diagnosis.signature.state in ("changed", "unreadable"):
            what = f"its list is not the one that was signed: {LIST} or {SIGNATURE} was changed"
            remedy = "trust nothing in it; take a copy from the publisher"
            found.append(Finding(what, remedy=remedy))
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
