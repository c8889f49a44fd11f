"""``course doctor``: whether a copy that came back is whole and would work."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.commands.exits import NOT_CHECKED, OK, PROBLEMS
from imlcourse.commands.options import add_public_keys, see_all_there

if TYPE_CHECKING:
    from imlcourse.products.copies.diagnosis import Diagnosis


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    doctor = commands.add_parser(
        "doctor",
        help="say whether a copy that came back from a stick is whole and would work",
        description="Look at copies of the course: zips, folders, or a whole stick. Each fault is "
        "named, with what to do: files that are missing, renamed or damaged, zips that were cut "
        "off, letter case that a stick has changed, versions that were mixed. It changes nothing, "
        "and needs no internet and no course.",
        epilog="Exit code: 0 if all copies are whole, 1 if one is not, 2 if a name is not there, 3 "
        "if none is damaged as far as can be seen, but one has nothing to compare it with.",
    )
    doctor.add_argument(
        "copies", nargs="+", type=Path, metavar="FILE", help="a folder, a zip or another file"
    )
    add_public_keys(doctor, "hands out the course")
    doctor.set_defaults(run=run, anywhere=True)


def run(_: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.build.certificates import own_keys
    from imlcourse.products.copies.doctor import diagnoses
    from imlcourse.products.signed.keys import read_public

    see_all_there(parsed.copies)
    keys = [*read_public(parsed.key), *own_keys()]
    states = set()
    for path in parsed.copies:
        for diagnosis in diagnoses(path, keys):
            states.add(diagnosis.state)
            _say_diagnosis(diagnosis)
    if "not whole" in states:
        return PROBLEMS
    return NOT_CHECKED if "not checked" in states else OK


def _say_diagnosis(diagnosis: Diagnosis) -> None:
    """Say what was found of a copy, and what was checked."""
    faults = diagnosis.faults
    named = f"{diagnosis.name}{f' ({diagnosis.edition})' if diagnosis.edition else ''}"
    if faults:
        some = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        print(f"{named}: NOT WHOLE, {some}:")
    elif diagnosis.unsure:
        looked = diagnosis.checked
        seen = f"; only {looked} could be looked at, and no fault was seen" if looked else ""
        print(f"{named}: not checked, since there is no list to compare it with{seen}")
        if diagnosis.ours:
            print("  What to do: put the SHA256SUMS of its folder beside it, and look again.")
        else:
            print("  Nothing in it says that it is of the course.")
    elif diagnosis.checked:
        print(f"{named}: whole. Checked: {diagnosis.checked}. No list was there to compare with.")
    else:
        many = diagnosis.listed
        files = f"all {many} files are" if many != 1 else "the file is"
        print(f"{named}: whole; {files} as the list says")
    for fault in faults:
        print(f"  - {fault.line()}")
        if fault.remedy:
            print(f"    What to do: {fault.remedy}.")
    for finding in diagnosis.findings:
        if finding.harmless:
            print(f"  Harmless: {finding.line()}")
    if diagnosis.beside:
        from imlcourse.products.copies.finding import Finding

        what = "Not checked: nothing says that it is of the course"
        print(f"  {Finding(what, diagnosis.beside).line()}")
    _say_signature(diagnosis)


def _say_signature(diagnosis: Diagnosis) -> None:
    """Say who has signed a copy, and what it proves."""
    from importlib.util import find_spec

    from imlcourse.products.copies.sums import SIGNATURE

    signature = diagnosis.signature
    if signature and signature.key and signature.state in ("whole", "unknown"):
        holder = signature.key.holder or "somebody who is not named"
        said = "Signed by" if signature.state == "whole" else "Says it was signed by"
        print(f"  {said} {holder}, key {signature.key.fingerprint}.")
        if signature.state == "unknown":
            print("  Get the public key in another way than this copy, and give it with --key.")
    elif not diagnosis.whole or not diagnosis.listed:
        return
    elif not find_spec("cryptography"):
        print(f"  Whether {SIGNATURE} is there was not looked at: cryptography is not installed.")
    else:
        print("  Not signed: this shows damage by chance, and not what was changed on purpose.")
