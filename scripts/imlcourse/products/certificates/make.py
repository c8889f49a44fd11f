"""From a filled list to certificates: what each says, all of them as PDF, and the signed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imlcourse.course.agenda import Agenda, Paper
from imlcourse.course.model import Course
from imlcourse.markup.inline import inline_text
from imlcourse.markup.problems import CourseError, Problems
from imlcourse.products.certificates.attendance_list import (
    Listed,
    checked_given_by,
    read_list,
)
from imlcourse.products.certificates.certificate import (
    CertificateSheet,
    certificates_pdf,
    module_name,
    without_letters,
)
from imlcourse.products.certificates.sessions import Session, sessions_of
from imlcourse.products.certificates.signed_list import certificate_text, reference_of, signed_list
from imlcourse.products.kit.names import fit_name
from imlcourse.products.signed.keys import PUBLIC, SigningKey

__all__ = ["LIBRARIES", "CertificateFiles", "certificate_files"]

LIBRARIES = {
    "cryptography": "cryptography",
    "openpyxl": "openpyxl",
    "segno": "segno",
    "typst": "typst",
}
"""What it imports and a build does not need."""
_MOST_SIGNS = 1800
"""What a QR code of this size can hold and a phone still reads."""


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """The certificates of a workshop.

    Attributes
    ----------
    files
        Content by path.
    people
        Whose certificates they are.
    absent
        Who stands in the list and was at no session.
    first_day
        The first day of the workshop.
    """

    files: dict[str, bytes]
    people: list[str]
    absent: list[str]
    first_day: str


def certificate_files(
    course: Course,
    agenda: Agenda,
    path: Path,
    given: Mapping[str, str],
    key: SigningKey,
    *,
    paper: Paper,
    each: bool = False,
) -> CertificateFiles:
    """Make the certificates of a workshop.

    Parameters
    ----------
    course
        The course, in the language of the certificates.
    agenda
        What was held.
    path
        The filled list.
    given
        Who gives the certificates, where and when, as far as the list does not say it.
    key
        What they are signed with.
    paper
        The paper.
    each
        Whether each person gets a file of their own too.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If anything is wrong in the list; nothing is made then.
    """
    problems = Problems(Path.cwd())
    names = {id_: module_name(course, id_) for id_ in course.modules}
    sessions = sessions_of(agenda, names)
    listed = read_list(path, sessions, problems)
    if not listed.is_list:
        raise CourseError(problems.sorted())
    about = {**listed.given_by, **{name: words for name, words in given.items() if words}}
    about = checked_given_by(about, path, problems)
    _letters(course, listed, about, path, problems)
    there = [one for one in listed.people if one.sessions]
    if not problems and not there:
        what = "nobody has a name and a mark; write x for each session that a person attended"
        problems.add(path, 0, what)
    sheets = [] if problems else _sheets(course, sessions, listed, about, key, path, problems)
    if problems:
        raise CourseError(problems.sorted())
    t = course.strings.text
    files = {
        f"{fit_name(t('attendance.certificates'))}.pdf": certificates_pdf(course, sheets, paper),
        f"{fit_name(t('attendance.signed.list'))}.json": _list(
            course, agenda, sessions, about, sheets, key
        ),
        PUBLIC: f"{key.public.line()}\n".encode(),
    }
    if each:
        folder = fit_name(t("attendance.certificates"))
        for one in sheets:
            title = t("attendance.certificates.of", name=one.said["name"])
            name = fit_name(f"{one.said['name']} {one.said['ref']}")
            files[f"{folder}/{name}.pdf"] = certificates_pdf(course, [one], paper, title=title)
    absent = [one.name for one in listed.people if not one.sessions]
    return CertificateFiles(files, [one.said["name"] for one in sheets], absent, about["from"])


def _letters(
    course: Course, listed: Listed, about: dict[str, str], path: Path, problems: Problems
) -> None:
    """Tell which names cannot be written, since no face of this machine has their letters."""
    told = [(0, name, about[name]) for name in ("organizer", "trainer", "place")]
    for one in listed.people:
        told += [(one.line, "name", one.name), (one.line, "office", one.office)]
    for line, what, words in told:
        if missing := without_letters(words, course.about.language):
            problems.add(
                path,
                line,
                f"no typeface on this computer has “{missing}”, of the {what} “{words}”; "
                "install one that has them (such as Noto Sans of that script), or write it in "
                "other letters",
            )


def _sheets(
    course: Course,
    sessions: list[Session],
    listed: Listed,
    about: dict[str, str],
    key: SigningKey,
    path: Path,
    problems: Problems,
) -> list[CertificateSheet]:
    sheets = []
    for one in listed.people:
        if not one.sessions:
            continue
        said: dict[str, Any] = {
            **about,
            "name": one.name,
            "office": one.office,
            "course": course.about.id,
            "edition": course.about.version,
            "minutes": one.minutes,
            "of": sum(session.minutes for session in sessions),
            "modules": one.modules(sessions),
        }
        said["ref"] = reference_of(said, one.code, key.public)
        text = certificate_text(said, key)
        if len(text) > _MOST_SIGNS:
            what = "names, offices and places together are too long for the QR code; shorten them"
            problems.add(path, one.line, what)
        sheets.append(CertificateSheet(said, text, key.public.fingerprint))
    return sheets


def _list(
    course: Course,
    agenda: Agenda,
    sessions: list[Session],
    about: dict[str, str],
    sheets: list[CertificateSheet],
    key: SigningKey,
) -> bytes:
    held = {id_: module_name(course, id_) for id_ in agenda.modules}
    return signed_list(
        {
            "course": {
                "id": course.about.id,
                "title": inline_text(course.about.title),
                "version": course.about.version,
            },
            "workshop": {
                **about,
                "agenda": inline_text(agenda.title),
                "minutes": sum(session.minutes for session in sessions),
                "modules": held,
            },
        },
        [one.said for one in sheets],
        key,
    )
