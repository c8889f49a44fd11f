"""Signing copies: a folder to hand out, made of what stands, beside which nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from imlcourse.build.certificates import check_libraries, key_folder
from imlcourse.build.freshness import made_files, products_of, read_state
from imlcourse.build.made import Made, build_folder
from imlcourse.build.packages import FOLDER as PACKAGES
from imlcourse.build.placing import put_folder
from imlcourse.build.transaction import BuildError, locked, settle
from imlcourse.products import offline, trainers
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums, read_sums, sum_of

if TYPE_CHECKING:
    from imlcourse.course.slice import Wanted
    from imlcourse.products.signed.keys import PublicKey, SigningKey

__all__ = ["SIGNED", "sign_copies"]

SIGNED = "signed"
"""The folder of signed copies below that of made things."""
_COPIES = (offline.PRODUCT, trainers.PRODUCT)


def sign_copies(
    root: Path,
    language: str | None,
    *,
    key: Path | None,
    ask: Callable[[str], str],
    part: Wanted | None = None,
) -> tuple[Made, PublicKey]:
    """Sign the copies and packages that stand: each zip of pages, and the list of all.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language of the build; ``None`` for the course's own.
    key
        The folder of the key; ``None`` for the usual one.
    ask
        Asks for its passphrase.
    part
        The slice of the course whose copies are meant; ``None`` for the whole.

    Raises
    ------
    imlcourse.build.transaction.BuildError
        If nothing stands, or something was changed since it was made.
    imlcourse.products.signed.keys.SigningKeyError
        If there is no key.
    imlcourse.products.kit.make.KitError
        If something is not installed.
    OSError
        If something cannot be read or written.
    """
    from imlcourse.products.copies.signature import signature_of
    from imlcourse.products.signed.keys import PUBLIC, read_key

    check_libraries()
    signing = read_key(key_folder(key), ask)
    folder = build_folder(root, language, part)
    if not folder.is_dir():
        raise _nothing_in(folder, part)
    with locked(folder):
        settle(folder)
        standing = _standing(folder, part)
        files = {
            path: _signed_zip(data, signing) if path.endswith(".zip") else data
            for path, data in standing.items()
        }
        files |= _inner_lists(files, signing)
        files[PUBLIC] = f"{signing.public.line()}\n".encode()
        sums = Sums({path: sum_of(data) for path, data in files.items()})
        files[LIST] = sums.text().encode()
        files[SIGNATURE] = signature_of(sums, signing)
        put_folder(folder, SIGNED, files)
    size = sum(map(len, files.values()))
    made = Made("Signed copies, their list, and the public key", folder / SIGNED, size)
    return made, signing.public


def _standing(folder: Path, part: Wanted | None) -> dict[str, bytes]:
    """Read what is handed out, and see that it is as it was made."""
    there = products_of(folder)
    files = {}
    for product in _COPIES:
        if product.name in there:
            _check(folder, product.place)
            for path in sorted((folder / product.place).glob("*.zip")):
                files[path.name] = path.read_bytes()
    if not files:
        raise _nothing_in(folder, part)
    place = folder / PACKAGES
    settle(place)
    for name in products_of(place):
        _check(place, name)
        for path in sorted((place / name).rglob("*")):
            if path.is_file():
                files[f"{name}/{path.relative_to(place / name).as_posix()}"] = path.read_bytes()
    return files


def _inner_lists(files: Mapping[str, bytes], key: SigningKey) -> dict[str, bytes]:
    """Write the list of each package anew, since its zips are signed now, and sign it."""
    from imlcourse.products.copies.signature import signature_of

    found: dict[str, bytes] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        if name == LIST:
            below = {
                one.removeprefix(f"{folder}/"): sum_of(data)
                for one, data in files.items()
                if one.startswith(f"{folder}/") and one != path
            }
            sums = Sums(below)
            found |= {path: sums.text().encode(), f"{folder}/{SIGNATURE}": signature_of(sums, key)}
    return found


def _nothing_in(folder: Path, part: Wanted | None) -> BuildError:
    option = f" {part.option}" if part else ""
    return BuildError(f"nothing is built in {folder}; run course build{option} first")


def _check(folder: Path, place: str) -> None:
    made = read_state(folder).get("made")
    known = made if isinstance(made, dict) else {}
    if made_files(folder, [place]) != {
        path: digest for path, digest in known.items() if path.startswith(f"{place}/")
    }:
        msg = f"{folder / place} was changed since it was made; build it again before you sign it"
        raise BuildError(msg)


def _signed_zip(data: bytes, key: SigningKey) -> bytes:
    """Put the signature beside the list that a zip holds, where it holds one."""
    from io import BytesIO

    from imlcourse.products.copies.signature import signature_of
    from imlcourse.products.zip import zipped

    with ZipFile(BytesIO(data)) as archive:
        lists = [name for name in archive.namelist() if name.rpartition("/")[2] == LIST]
        if len(lists) != 1:
            return data
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = read_sums(files[lists[0]])
    files[f"{lists[0].removesuffix(LIST)}{SIGNATURE}"] = signature_of(sums, key)
    return zipped(files)
