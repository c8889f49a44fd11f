"""The course made ready for one kind of place: one package, one file of this folder.

A package is one line in the list below. ``course package``, its help, ``course build`` (of the
light ones) and the check of what stands all read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from imlcourse.products.packages import (
    anki,
    canvas,
    cmi5,
    epub,
    gift,
    kolibri,
    moodle,
    one_file,
    one_file_modules,
    pdf,
    qti,
    scorm12,
    scorm2004,
    trainer_tests,
    web,
    xapi,
    zim,
)
from imlcourse.products.packages.package import Package, PackageError, Packing, check_installed

__all__ = ["PACKAGES", "Package", "PackageError", "Packing", "check_installed", "packages_named"]

PACKAGES: list[Package] = [
    one_file.PACKAGE,
    one_file_modules.PACKAGE,
    web.PACKAGE,
    epub.PACKAGE,
    pdf.PACKAGE,
    scorm12.PACKAGE,
    scorm2004.PACKAGE,
    cmi5.PACKAGE,
    xapi.PACKAGE,
    zim.PACKAGE,
    kolibri.PACKAGE,
    moodle.PACKAGE,
    gift.PACKAGE,
    qti.PACKAGE,
    canvas.PACKAGE,
    anki.PACKAGE,
    trainer_tests.PACKAGE,
]
"""All packages, the easiest and most used first. A list, so that a test can add one."""


def packages_named(names: Iterable[str]) -> list[Package]:
    """Give the packages that every build makes and the named ones, in the order of the list.

    Parameters
    ----------
    names
        Names of further packages; a name that no package has is left alone.
    """
    wanted = set(names)
    return [package for package in PACKAGES if package.light or package.name in wanted]
