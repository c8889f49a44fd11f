"""Writing the certificates of a workshop: all of them, or nothing where the list has problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.kit import Wanted, course_and_agenda
from imlcourse.build.made import Made, build_folder
from imlcourse.build.placing import put_files, put_folder
from imlcourse.build.transaction import locked

if TYPE_CHECKING:
    from imlcourse.products.signed.keys import PublicKey

__all__ = ["WrittenCertificates", "check_libraries", "new_key", "own_keys", "write_certificates"]

CERTIFICATES = "certificates"
"""The folder of certificates below that of made things."""


@dataclass(frozen=True, slots=True)
class WrittenCertificates:
    """What was written: where, for whom, who was at no session, and the key that signed."""

    made: Made
    people: list[str]
    absent: list[str]
    key: PublicKey


def key_folder(named: Path | None) -> Path:
    """Give the folder of a trainer's key: the one named, or the one in their own folder."""
    from imlcourse.products.signed.keys import FOLDER

    return named or Path.home() / FOLDER


def new_key(folder: Path | None, holder: str, passphrase: str) -> tuple[Path, PublicKey]:
    """Make a key; gives its folder and its public half."""
    from imlcourse.products.signed.keys import make_key

    check_libraries()
    place = key_folder(folder)
    return place, make_key(place, holder, passphrase)


def own_keys() -> list[PublicKey]:
    """Give the public half of a trainer's own key, if there is one."""
    from imlcourse.products.signed.keys import PUBLIC, read_public

    path = key_folder(None) / PUBLIC
    return read_public([path]) if path.is_file() else []


def write_certificates(
    root: Path,
    wanted: Wanted,
    path: Path,
    given: Mapping[str, str],
    *,
    key: Path | None,
    ask: Callable[[str], str],
    each: bool = False,
    to: Path | None = None,
) -> WrittenCertificates:
    """Write the certificates of a workshop.

    Parameters
    ----------
    root
        The folder of the course.
    wanted
        The agenda, the paper and the language.
    path
        The filled list.
    given
        Who gives the certificates, where and when.
    key
        The folder of the key.
    ask
        Asks for its passphrase.
    each
        Whether each person gets a file of their own too.
    to
        Where they are written; among what is built, if no folder is named.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If the course, the agenda or the list has problems.
    imlcourse.products.signed.keys.SigningKeyError
        If there is no key.
    imlcourse.products.kit.make.KitError
        If there is no such agenda, or something is not installed.
    OSError
        If something cannot be read or written.
    """
    from imlcourse.products.certificates.make import certificate_files
    from imlcourse.products.signed.keys import read_key

    check_libraries()
    course, agenda = course_and_agenda(root, wanted)
    signing = read_key(key_folder(key), ask)
    made_of = certificate_files(course, agenda, path, given, signing, paper=agenda.paper, each=each)
    files = made_of.files
    if to is None:
        name = f"{agenda.name}-{made_of.first_day}"
        folder = build_folder(root) / CERTIFICATES / name
        with locked(build_folder(root)):
            put_folder(folder.parent, name, files)
    else:
        folder = to
        put_files({folder / path: data for path, data in files.items()})
    size = sum(map(len, files.values()))
    made = Made("Certificates, the signed list, and the public key", folder, size)
    return WrittenCertificates(made, made_of.people, made_of.absent, signing.public)


def check_libraries() -> None:
    """See that what is needed is installed.

    Raises
    ------
    imlcourse.products.kit.make.KitError
        If something is not.
    """
    from imlcourse.products.certificates.make import LIBRARIES
    from imlcourse.products.kit.make import KitError, not_installed

    missing = sorted(called for module, called in LIBRARIES.items() if find_spec(module) is None)
    if missing:
        raise KitError(not_installed(missing, "certificates"))
