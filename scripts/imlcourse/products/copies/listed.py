"""A file, and the list in its folder or in the one above."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imlcourse.products.copies.diagnosis import Diagnosis
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums, sum_of
from imlcourse.products.signed.keys import PublicKey

__all__ = ["NOT_AS_LISTED", "by_the_list_beside", "is_listed"]

NOT_AS_LISTED = "it is not the file that"
"""How it begins what is said of a file that is not as its list says."""


def by_the_list_beside(path: Path, keys: Sequence[PublicKey]) -> Diagnosis | None:
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
            what = f"{NOT_AS_LISTED} {folder / LIST} names: it was damaged or changed"
            remedy = "copy or download it again"
            diagnosis.findings.append(Finding(what, remedy=remedy))
        if wanted != name:
            opens = full.suffix == Path(wanted).suffix
            what = f"it is called {name}, and {folder / LIST} calls it {wanted}"
            remedy = f"call it {Path(wanted).name} again"
            diagnosis.findings.append(Finding(what, (), remedy, harmless=opens))
        if (folder / SIGNATURE).is_file():
            diagnosis.check_signature((folder / SIGNATURE).read_bytes(), sums, keys)
        return diagnosis
    return None


def is_listed(path: Path) -> bool:
    """Say whether a list beside a file, or in the folder above, names it."""
    return path.is_file() and by_the_list_beside(path, ()) is not None


def _listed_as(name: str, digest: str, sums: Sums) -> str:
    """Say how a list calls a file: by its name, its bytes, or its name in other letter case."""
    if name in sums.digests:
        return name
    for path, known in sums.digests.items():
        if known == digest:
            return path
    return next((path for path in sums.digests if path.casefold() == name.casefold()), "")
