"""Checking a copy of the course: whether each file is as it was signed, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imlcourse.products.copies.diagnosis import Diagnosis
from imlcourse.products.copies.doctor import diagnoses
from imlcourse.products.copies.listed import is_listed
from imlcourse.products.copies.sums import LIST, SIGNATURE
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["check_copy", "is_copy"]


def is_copy(path: Path) -> bool:
    """Say whether something is a copy of the course, or its list."""
    if path.is_dir() or path.name in (LIST, SIGNATURE) or path.suffix.lower() == ".zip":
        return True
    return is_listed(path)


def check_copy(path: Path, keys: Sequence[PublicKey]) -> Outcome:
    """Check a copy, or all copies of a folder; the worst of what is found counts."""
    outcomes = [_outcome(diagnosis) for diagnosis in diagnoses(path, keys)]
    worst = min(outcomes, key=lambda outcome: _ORDER.index(outcome.state))
    facts = [line for outcome in outcomes for line in outcome.facts]
    changed = [line for outcome in outcomes for line in outcome.changed]
    return Outcome(worst.state, worst.key, facts, changed)


_ORDER = ("unreadable", "changed", "unsigned", "unknown", "whole")
"""From what is worst."""


def _outcome(diagnosis: Diagnosis) -> Outcome:
    signature = diagnosis.signature
    key = signature.key if signature else None
    if diagnosis.faults:
        return Outcome("changed", key, changed=[fault.line() for fault in diagnosis.faults])
    if not diagnosis.listed:
        return Outcome("unsigned", facts=[f"no list names {diagnosis.name}, so nobody signed it"])
    told = f"{diagnosis.edition}: " if diagnosis.edition else ""
    many = f"{diagnosis.listed} file{'s' if diagnosis.listed != 1 else ''}"
    facts = [f"{told}{many} as the list says"]
    facts += [f"not signed: {finding.line()}" for finding in diagnosis.findings]
    return Outcome(signature.state if signature else "unsigned", key, facts)
