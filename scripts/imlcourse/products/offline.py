"""Offline copies: a folder to open by double-click, and a zip of it to hand round."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_LEFT_OUT = {
    ".buildinfo",
    ".buildinfo.bak",
    "objects.inv",
    "searchindex.js",
    ".doctrees",
    "_sources",
}
# The oldest moment that a zip can hold, the same for every file: the bytes depend on the
# course alone.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def copy_site(pages: Path, folder: Path) -> None:
    """Copy the pages of the book without what only Sphinx needs.

    Parameters
    ----------
    pages
        Where Sphinx wrote the book.
    folder
        The offline copy, which does not exist yet.
    """
    shutil.copytree(pages, folder, ignore=lambda _, names: _LEFT_OUT.intersection(names))


def zip_folder(folder: Path, archive: Path) -> None:
    """Zip a folder, the same bytes for the same files.

    Parameters
    ----------
    folder
        What to zip; its name is the folder inside.
    archive
        The zip to write.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
            if path.is_file():
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, _MOMENT)
                info.external_attr = 0o644 << 16
                info.create_system = 3
                info.compress_type = zipfile.ZIP_DEFLATED
                zipped.writestr(info, path.read_bytes(), compresslevel=9)
