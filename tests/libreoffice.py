"""Files of the course for offices, of each kind, and what LibreOffice makes of them.

It has written none of them, and starts once for all.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imlcourse.book.cache import Cache
from imlcourse.course.model import Course
from imlcourse.products.kit import pptx
from imlcourse.products.kit.deck import deck_of
from imlcourse.products.kit.docx import write_docx
from imlcourse.products.kit.evaluation import form_sheet
from imlcourse.products.kit.part import KitMaking
from imlcourse.products.kit.plan_sheet import plan_sheet
from imlcourse.products.report import make_report

DECKS = ("m06", "m09", "m12", "capstone")
"""Slides of every kind, among them two sessions with which half a day begins."""
PLAN, FORM, REPORT = "plan.docx", "form.docx", "report.xlsx"


@contextmanager
def coarse() -> Iterator[None]:
    """Let pictures on slides have few pixels: where they stand, and what they say, is the same."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_SCENE_WIDTH", "_FIGURE_HEIGHT"):
            patch.setattr(pptx, name, getattr(pptx, name) // 8)
        yield


def write_files(folder: Path, course: Course) -> None:
    """Write a plan, a form, a report on a group, and slides, into a folder."""
    plan, agenda = course.sessions["m09"], course.agendas["half-day"]
    evaluation = course.library.evaluation
    assert evaluation
    making = KitMaking(course, agenda, Cache(folder / "cache", "test"))
    table = folder / "answers.csv"
    rows = (
        f"{person},{test},{item.id},{(person + number) % 2}"
        for person in range(12)
        for test in ("pre-test", "post-test")
        for number, item in enumerate(list(course.items)[:12])
    )
    table.write_text("\n".join(["participant,test,item,points", *rows]), "utf-8")
    files = {
        PLAN: write_docx(plan_sheet(course, plan, agenda.paper, agenda.people)),
        FORM: write_docx(form_sheet(making, evaluation, "evaluation")),
        REPORT: make_report(course, [table]).workbook,
    }
    with coarse():
        for id_ in DECKS:
            deck = deck_of(course, course.sessions[id_])
            files[f"{id_}.pptx"] = pptx.write_pptx(deck, course.strings)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def open_files(made: Path, folder: Path) -> None:
    """Let LibreOffice write what it shows of files as PDF, into a folder."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("there is no LibreOffice (soffice)")
    names = [PLAN, FORM, REPORT, *(f"{id_}.pptx" for id_ in DECKS)]
    for name in names:
        data = (made / name).read_bytes()
        (folder / name).write_bytes(unshrunk(data) if name.endswith(".pptx") else data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)


def unshrunk(data: bytes) -> bytes:
    """Take out of the layouts of slides what lets a program shrink text that does not fit."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<a:normAutofit/>", b"<a:noAutofit/>"))
    return made.getvalue()
