"""Whether a copy that came back is whole, and would work; and if not, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Literal
from urllib.parse import unquote, urlsplit

from imlcourse.products.copies.channels import CHECKED, channels_in
from imlcourse.products.copies.compared import compared, edition_of, is_left_by_a_system
from imlcourse.products.copies.contents import (
    Contents,
    DamagedFileError,
    contents_of,
    of_zip,
    zips_in,
)
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.kinds import Kind, faults_of, kind_of, zip_kind
from imlcourse.products.copies.licences import MANIFEST
from imlcourse.products.copies.ours import (
    MOST,
    edition_in,
    is_of_the_course,
    may_be_of_the_course,
)
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums, sum_of
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["Diagnosis", "diagnoses", "is_listed"]

_NONE = "there is no copy of the course in it: no index.html, and no list of files"
_LIST = "take the list from a whole copy"
_NOT_AS_LISTED = "it is not the file that"
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
    checked
        What was checked in place of a list; empty with a list.
    unsure
        Whether this does not show that it is whole.
    beside
        What lies beside it and was not looked at, since no list names it.
    free
        What no list names, in a copy or beside it.
    ours
        Whether it is of this course, as far as can be seen.
    shut
        Whether it is a zip that cannot be opened.
    """

    name: str
    edition: str = ""
    listed: int = 0
    findings: list[Finding] = field(default_factory=list)
    signature: Outcome | None = None
    checked: str = ""
    unsure: bool = False
    beside: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    ours: bool = True
    shut: bool = False

    @property
    def state(self) -> Literal["whole", "not whole", "not checked"]:
        """What is to be said of it."""
        if not self.whole:
            return "not whole"
        return "not checked" if self.unsure else "whole"

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
        if path.name in (LIST, SIGNATURE) or (path.name == "index.html" and not _kind(path)):
            path = path.resolve().parent
        else:
            return _of_file(path, keys)
    found = list(_in(contents_of(path), keys))
    return _with_files(path, found, keys) if path.is_dir() else found


def _with_files(folder: Path, found: list[Diagnosis], keys: Sequence[PublicKey]) -> list[Diagnosis]:
    """Look too at what lies in a folder beside copies, or in place of one."""
    copies = [one for one in found if not any(_NONE in fault.what for fault in one.faults)]
    beside = found[0].beside if found else ()
    free = [*(found[0].free if found else ())]
    # A zip that cannot be opened may be anybody's.
    shut = {
        one.name.partition(" > ")[2]: one
        for one in copies
        if one.shut and one.name.count(" > ") == 1
    }
    listed = _lists_in(folder)
    named = [one.name.rpartition(" > ")[2] for one in copies if one not in shut.values()]
    names = [*named, *(name for sums in listed for name in sums.digests)]
    known = {edition_in(name) for name in names}
    digests = {digest for sums in listed for digest in sums.digests.values()}
    read = {
        name: data
        for name in (*free, *shut)
        if may_be_of_the_course(name, folder / name)
        and sum_of(data := _data(folder / name)) not in digests
    }
    known |= {edition_in(name) for name, data in read.items() if is_of_the_course(name, data, ())}
    known.discard("")
    ours = [name for name, data in read.items() if is_of_the_course(name, data, known)]
    foreign = [one for name, one in shut.items() if name not in ours]
    copies = [one for one in copies if one not in foreign]
    if not copies and not ours:
        # Nothing says that it is of the course; what can be looked at is, all the same.
        ours = sorted(one.name for one in folder.iterdir() if one.is_file() and _kind(one))
    files = [one for name in ours if name not in shut for one in _alone(folder / name, keys)]
    looked = [*copies, *files]
    if not looked:
        return found
    looked[0].beside = tuple(sorted({*beside, *(set(shut) - set(ours))} - set(ours)))
    return looked


def _lists_in(folder: Path) -> list[Sums]:
    found = []
    for path in sorted(folder.rglob(LIST)):
        with suppress(OSError):
            found.append(read_sums(path.read_bytes()))
    return found


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _kind(path: Path) -> Kind | None:
    try:
        return kind_of(path.name, path.read_bytes()) if path.stat().st_size <= MOST else None
    except OSError:
        return None


def _of_file(path: Path, keys: Sequence[PublicKey]) -> list[Diagnosis]:
    """Look at a file: by the list beside it, by the list in it, or by what its kind carries."""
    beside = _by_the_list_beside(path, keys)
    kind = _kind(path)
    if beside:
        if beside.whole and (_is_zip(path) and not kind):
            return list(_in(contents_of(path), keys))
        if beside.faults:
            _say_how(beside, path.name, path.read_bytes())
        return [beside]
    return _alone(path, keys)


def _alone(path: Path, keys: Sequence[PublicKey]) -> list[Diagnosis]:
    """Look at a file without the list beside it."""
    if _is_zip(path):
        contents = contents_of(path)
        listed = any(inner.rpartition("/")[2] == LIST for inner in contents.files)
        if listed or not zip_kind(contents):
            return list(_in(contents, keys))
    return [_by_itself(path)]


def _say_how(diagnosis: Diagnosis, name: str, data: bytes) -> None:
    """Say of a file that is not as its list says how it differs, where that can be seen."""
    how = faults_of(name, data)
    if how:
        told = [one for one in diagnosis.findings if _NOT_AS_LISTED not in one.what]
        diagnosis.findings = [*told, *how] if len(told) < len(diagnosis.findings) else told


def _by_itself(path: Path) -> Diagnosis:
    """Look at a file by what it carries itself."""
    data = path.read_bytes()
    kind = kind_of(path.name, data) if len(data) <= MOST else None
    diagnosis = Diagnosis(str(path))
    diagnosis.ours = is_of_the_course(path.name, data, {edition_in(path.name)} - {""})
    if kind is None:
        if not data:
            diagnosis.findings.append(Finding("the file is empty", remedy="copy it again"))
        diagnosis.unsure = True
        return diagnosis
    diagnosis.checked = f"{kind.checked} (it is {kind.name})"
    diagnosis.unsure = not kind.proves
    diagnosis.findings += kind.check(data)
    if path.suffix.lower() != kind.ending:
        what = f"its name does not end in {kind.ending}, so no program opens it"
        diagnosis.findings.append(
            Finding(what, remedy=f"give it a name that ends in {kind.ending}")
        )
    return diagnosis


def _is_zip(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        return True
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04" and path.suffix.lower() in ("", ".part", ".download")


def _by_the_list_beside(path: Path, keys: Sequence[PublicKey]) -> Diagnosis | None:
    """Look at a file by the list in its folder, or in the one above."""
    full = path.resolve()
    for folder in (full.parent, full.parent.parent):
        try:
            sums = read_sums((folder / LIST).read_bytes())
        except OSError:
            continue
        name = full.relative_to(folder).as_posix()
        digest = sum_of(full.read_bytes())
        wanted = _listed_as(name, digest, sums)
        if not wanted:
            continue
        diagnosis = Diagnosis(str(path), listed=1)
        if sums.digests[wanted] != digest:
            what = f"{_NOT_AS_LISTED} {folder / LIST} names: it was damaged or changed"
            remedy = "copy or download it again"
            diagnosis.findings.append(Finding(what, remedy=remedy))
        if wanted != name:
            opens = full.suffix == Path(wanted).suffix
            what = f"it is called {name}, and {folder / LIST} calls it {wanted}"
            remedy = f"call it {Path(wanted).name} again"
            diagnosis.findings.append(Finding(what, (), remedy, harmless=opens))
        _signed(diagnosis, folder, sums, keys)
        return diagnosis
    return None


def is_listed(path: Path) -> bool:
    """Say whether a list beside a file, or in the folder above, names it."""
    return path.is_file() and _by_the_list_beside(path, ()) is not None


def _listed_as(name: str, digest: str, sums: Sums) -> str:
    """Say how a list calls a file: by its name, its bytes, or its name in other letter case."""
    if name in sums.digests:
        return name
    for path, known in sums.digests.items():
        if known == digest:
            return path
    return next((path for path in sums.digests if path.casefold() == name.casefold()), "")


def _signed(diagnosis: Diagnosis, folder: Path, sums: Sums, keys: Sequence[PublicKey]) -> None:
    """See who has signed the list beside a file."""
    if (folder / SIGNATURE).is_file() and find_spec("cryptography"):
        from imlcourse.products.copies.signature import check_signature

        _sign_of(diagnosis, check_signature((folder / SIGNATURE).read_bytes(), sums, keys))


def _sign_of(diagnosis: Diagnosis, signature: Outcome) -> None:
    diagnosis.signature = signature
    if signature.state in ("changed", "unreadable"):
        what = f"its list is not the one that was signed: {LIST} or {SIGNATURE} was changed"
        remedy = "trust nothing in it; take a copy from the publisher"
        diagnosis.findings.append(Finding(what, remedy=remedy))


def _in(contents: Contents, keys: Sequence[PublicKey], depth: int = 0) -> Iterator[Diagnosis]:
    """Look at all copies in a folder or a zip."""
    name = contents.name
    if contents.damaged() and not contents.files:
        yield Diagnosis(name, findings=contents.findings, shut=True)
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
    named_by = {root: _named_by(contents, root) for root in roots}
    named = set().union(*named_by.values())
    channels = [one for one in channels_in(contents) if named.isdisjoint(one.files)]
    for channel in channels:
        for path in channel.files:
            del files[path]
    unlisted = [] if roots else [_beginning(contents)]
    where = roots or [root for root in unlisted if root is not None]
    # A list that another one names, with all that it names itself, has nothing more to say.
    where = [
        root
        for root in where
        if f"{root}/{LIST}" not in named or not named_by[root] <= named - {root}
    ]
    seen: set[str] = set()
    diagnosed: list[Diagnosis] = []
    for root in where:
        inner = [other for other in where if other != root and _below(other, root)]
        own = named_by.get(root, set())
        part = {
            path[len(root) + 1 if root else 0 :]: read
            for path, read in files.items()
            if _below(path, root)
            and (path in own or not any(_below(path, other) for other in inner))
        }
        seen |= {path for path in files if _below(path, root)}
        called = f"{name}{'/' if root and not name.endswith('/') else ''}{root}"
        if len(where) == 1 and not Path(name).is_dir():
            called = name  # the folder that every zip holds
        diagnosed.append(_diagnosis(Contents(called, part, findings), keys))
        findings = []
    for channel in channels:
        called = f"{name}/{channel.root}".rstrip("/")
        diagnosed.append(
            Diagnosis(called, findings=[*findings, *channel.findings], checked=CHECKED, unsure=True)
        )
        findings = []
    rest = list(_zips(contents, where, findings, keys, depth))
    if not channels or not any(_NONE in fault.what for one in rest for fault in one.faults):
        diagnosed += rest
    if diagnosed and Path(name).is_dir():
        looked = {one.name.partition(" > ")[2] for one in diagnosed}
        diagnosed[0].beside = tuple(path for path in files if path not in looked | seen)
        diagnosed[0].free = tuple(path for path in files if path not in looked | named)
    yield from diagnosed


def _named_by(contents: Contents, root: str) -> set[str]:
    """Give the paths of the files that the list in a folder names."""
    path = f"{root}/{LIST}" if root else LIST
    try:
        sums = read_sums(contents.read(path))
    except (KeyError, DamagedFileError):
        return set()
    return {f"{root}/{name}" if root else name for name in sums.digests}


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
        elif name.casefold() == "index.html":
            mark, where = b"iml-", folder
        elif name.lower().endswith(".html") and folder.rpartition("/")[2] == "modules":
            mark, where = b"iml-", dirname(folder)
        else:
            continue
        try:
            data = contents.read(path)
            if mark in data and b"data-iml-home" not in data[:4000]:
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
    diagnosis.listed = sum(path in contents.files for path in sums.digests)
    if sums.unreadable:
        lines = ", ".join(map(str, sums.unreadable[:5]))
        what = f"the list {LIST} is damaged (line {lines})"
        found.append(Finding(what, remedy=_LIST))
    found += compared(contents, sums, version)
    if SIGNATURE in contents.files and find_spec("cryptography"):
        from imlcourse.products.copies.signature import check_signature

        _sign_of(diagnosis, check_signature(contents.read(SIGNATURE), sums, keys))
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
