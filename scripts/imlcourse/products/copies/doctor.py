"""Whether a copy that came back is whole, and would work; and if not, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from imlcourse.products.copies.contents import contents_of
from imlcourse.products.copies.diagnosis import Diagnosis
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.gathered import copies_in
from imlcourse.products.copies.kinds import Kind, faults_of, kind_of, zip_kind
from imlcourse.products.copies.listed import NOT_AS_LISTED, by_the_list_beside
from imlcourse.products.copies.ours import MOST, edition_in, is_of_the_course, may_be_of_the_course
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums, sum_of
from imlcourse.products.signed.keys import PublicKey

__all__ = ["diagnoses"]


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
    found = list(copies_in(contents_of(path), keys))
    return _with_files(path, found, keys) if path.is_dir() else found


def _with_files(folder: Path, found: list[Diagnosis], keys: Sequence[PublicKey]) -> list[Diagnosis]:
    """Look too at what lies in a folder beside copies, or in place of one."""
    copies = [one for one in found if one.is_copy]
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
    beside = by_the_list_beside(path, keys)
    kind = _kind(path)
    if beside:
        if beside.whole and (_is_zip(path) and not kind):
            return list(copies_in(contents_of(path), keys))
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
            return list(copies_in(contents, keys))
    return [_by_itself(path)]


def _say_how(diagnosis: Diagnosis, name: str, data: bytes) -> None:
    """Say of a file that is not as its list says how it differs, where that can be seen."""
    how = faults_of(name, data)
    if how:
        told = [one for one in diagnosis.findings if NOT_AS_LISTED not in one.what]
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
