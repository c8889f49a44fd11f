"""The table of hosts that were tried says what is so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from hosts import table
from hosts.table import Host, problems, read
from imlcourse.products.packages import PACKAGES, Package

TRUE = {
    "of": ["anki"],
    "host": "Anki",
    "lock": "pypi anki",
    "tried": "tests/test_hosts.py::test_the_table_is_true_and_fresh",
    "done": "imported",
    "seen": "all cards",
}


def test_the_table_is_true_and_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.main(["--check"]) == 0, capsys.readouterr().err


def test_no_other_table_of_hosts_stands_beside_it() -> None:
    assert table.PAGE.read_text("utf-8").count("| host |") == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"of": ["ankle"]}, "there is no ankle"),
        ({"lock": None}, "give a version, or the lock that has it"),
        ({"version": "26"}, "give a version, or the lock that has it"),
        ({"lock": "pypi ankle"}, "no lock has pypi ankle"),
        ({"tried": "tests/test_gone.py::test_x"}, "there is no tests/test_gone.py"),
        ({"tried": "tests/test_hosts.py::test_x"}, "tests/test_hosts.py has no test test_x"),
        (
            {"tried": "by foot", "date": "2026-11-28"},
            "there is no by foot; name a test, a script, or by hand",
        ),
        ({"tried": "by hand"}, "say on which day it was tried"),
        ({"date": "2026-11-28"}, "no date, since tests try it on each run"),
        ({"seen": "one | two"}, "a table has no room for |"),
    ],
)
def test_what_is_not_so_is_told(changed: dict[str, object], said: str) -> None:
    others = [one for one in read() if one.of != ["anki"]]
    true, changed_one = Host.model_validate(TRUE), Host.model_validate({**TRUE, **changed})
    before = problems([*others, true])
    [problem] = [one for one in problems([*others, true, changed_one]) if one not in before]
    assert said in problem


def test_a_package_that_nobody_has_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = problems(read())
    new = Package("leaflet", "a leaflet", lambda _: {}, ())
    monkeypatch.setattr(table, "PACKAGES", [*PACKAGES, new])
    [problem] = [one for one in problems(read()) if one not in before]
    assert problem == "leaflet was opened by no host; add one to hosts.yml"


def test_a_name_that_there_is_not_and_an_empty_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "hosts.yml"
    for text in ("- {of: anki}", "- {of: [anki], host: '', done: a, seen: b, tried: by hand}"):
        file.write_text(text, "utf-8")
        with pytest.raises(ValidationError):
            read(file)


def test_a_page_without_the_marks_is_told() -> None:
    with pytest.raises(SystemExit, match="lacks the marks"):
        table.placed("# Contributing", "")
