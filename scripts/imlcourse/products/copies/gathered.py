"""The copies in a folder, on a stick or in a zip: where each begins, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import dirname

from imlcourse.products.copies.channels import CHECKED, channels_in
from imlcourse.products.copies.compared import is_left_by_a_system
from imlcourse.products.copies.contents import Contents, DamagedFileError, of_zip, zips_in
from imlcourse.products.copies.diagnosis import NO_COPY, Diagnosis
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.one_copy import diagnosis_of
from imlcourse.products.copies.sums import LIST, read_sums
from imlcourse.products.signed.keys import PublicKey

__all__ = ["copies_in"]

_ALONE = "give the zip that you got, or the folder that it made"


def copies_in(contents: Contents, keys: Sequence[PublicKey], depth: int = 0) -> Iterator[Diagnosis]:
    """Look at all copies in a folder or a zip.

    Parameters
    ----------
    contents
        What is in it.
    keys
        The public keys that are known.
    depth
        In how many zips it lies itself.
    """
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
        diagnosed.append(diagnosis_of(Contents(called, part, findings), keys))
        findings = []
    for channel in channels:
        called = f"{name}/{channel.root}".rstrip("/")
        diagnosed.append(
            Diagnosis(called, findings=[*findings, *channel.findings], checked=CHECKED, unsure=True)
        )
        findings = []
    rest = list(_zips(contents, where, findings, keys, depth))
    if not channels or all(one.is_copy for one in rest):
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
            yield Diagnosis(name, findings=[*findings, Finding(NO_COPY, remedy=_ALONE)])
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
        found += copies_in(inner, keys, depth + 1)
    # On a stick, zips lie that are something else.
    ours = [one for one in found if one.is_copy]
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
