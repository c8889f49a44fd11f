"""Words that a command does not understand: one sentence, with the right word, and exit code 2."""

from __future__ import annotations

import argparse
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from imlcourse import cli
from imlcourse.checks import load
from imlcourse.commands.options import slice_of
from imlcourse.products.packages import PACKAGES
from real_course import real_course
from small_course import ROOT


def said(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> str:
    """Run a command that is refused, and give the one sentence that it gets."""
    try:
        code = cli.main(["--course", str(root), *words])
    except SystemExit as end:
        code = int(str(end.code))
    out, err = capsys.readouterr()
    assert (code, out) == (2, ""), err
    assert err.startswith("course: ") and err.endswith("\n")
    assert err.count("\n") == 1, "one message alone"
    assert "usage:" not in err and "Traceback" not in err
    return err.removeprefix("course: ").rstrip("\n")


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """The course, in a folder in which nothing is built."""
    for name in ("book", "modules", "quizzes", "_config.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


# --- what every command has in common ----------------------------------------------------------


def commands(
    parser: argparse.ArgumentParser, *before: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give each command, and each of its options that wants a word."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                yield from commands(one, *before, name)
        elif action.option_strings and action.nargs != 0:
            yield before, action.option_strings[-1]


EVERY = [*commands(cli.parser_of())]


@pytest.mark.parametrize(("command", "option"), EVERY, ids=str)
def test_an_option_without_its_word_says_what_belongs_there(
    command: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if option == "--packages":
        return  # all of them, where none is named
    told = said(capsys, ROOT, *command, option)
    assert told.startswith(f"{option} needs a ")
    assert told.endswith(f"; course {' '.join([*command, '--help'])} lists what it takes")


@pytest.mark.parametrize("command", sorted({command for command, _ in EVERY}), ids=" ".join)
def test_an_option_that_there_is_not_is_named(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, ROOT, *command, "--hepl")
    if not told.startswith("there is no option --hepl (did you mean --help?); "):
        assert " missing: " in f" {told}" or " is missing" in told


@pytest.mark.parametrize("command", ["build", "check", "schema", "serve", "kit", "bench"])
def test_a_word_too_many_is_told_with_the_command_that_takes_it(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, ROOT, command, "gift").startswith(
        "“gift” is one word too many (did you mean course package gift?)"
    )


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("pakage", "there is no command “pakage” (did you mean package?); course --help lists"),
        ("scorm12", "there is no command “scorm12” (did you mean course package scorm12?)"),
        ("nothing", "there is no command “nothing”; course --help lists"),
        ("", "no command is named; name one: build, package, check"),
        ("--langauge fr build", "--langauge stands before the command"),
        ("trial shet", "there is no step “shet” (did you mean sheet?)"),
        ("trial", "no step is named; name one: sheet or enter"),
        ("package scorm", "no package scorm (did you mean scorm12 or scorm2004?); course "),
        ("package kiwix", "no package kiwix (did you mean zim?)"),
        ("package ebook", "no package ebook (did you mean epub?)"),
        ("package all", "no package all; course package --all makes all of them"),
        ("package kit", "no package kit; course kit --agenda one-day makes the trainer's kit"),
        ("package offline", "no package offline; every course build makes that, in offline"),
        ("package epub3", "no package epub3 (did you mean epub?)"),
        ("package one-fil", "no package one-fil (did you mean one-file?)"),
        ("package pakage", "no package pakage; course package --list says what there is"),
        ("package", "no package is named; name some, as in course package one-file"),
        ("package gift --force nothing", "no package nothing; "),
        ("package --all gift", "--all makes every package; leave out the names"),
        ("package gift --lst", "there is no option --lst (did you mean --list?)"),
        ("package gift --list=1", "--list takes no value"),
        ("package gift --only m06 --track border", "--track and --only exclude each other"),
        ("bench --packages zmi epbu", "--packages: no package zmi"),
        ("package gift --only zz", "no module “zz”; there are m01, "),
        ("package gift --only m06-m09", "no module “m06-m09”; there are m01, "),
        ("package gift --track lawyers", "no track “lawyers” (did you mean judges?); there are bo"),
        ("build --track boarder", "no track “boarder” (did you mean border?)"),
        ("build --part 1 2", "2 parts; name one, or the modules of all of them with --only"),
        ("build --part field", "no part “field” (did you mean 3?); there are 1 (Int"),
        ("build --language french", "--language: no language french; write a tag, as in fr"),
        ("kit --paper A5", "--paper: A5 is not possible; write A4 or Letter"),
        ("kit --people 1", "--people: 1 is not possible; write a number from 2 to 200"),
        ("kit --people five", "--people: five is not possible; write a number from 2 to 200"),
        ("kit --large-print 201", "--large-print: 201 is not possible; write a number from 0 to"),
        ("sheets", "name a test, or items with --items, and not both"),
        ("sheets m06 --versions 0", "--versions: 0 is not possible; write a number from 1 to 26"),
        ("trial sheet x.txt --book shut", "--book: shut is not possible; write closed or open"),
        ("trial enter", "missing: FILE (the sheet that was answered), ANSWERS"),
        ("serve --port 99999", "--port: 99999 is not possible; write a number from 0 to 65535"),
        ("bench --times 1,0", "--times: 1,0 is not possible; write numbers from 1 to 100"),
        ("bench --times x", "--times: x is not possible"),
        ("bench --pairs x", "--pairs: x is not possible"),
        ("report", "no files and no codes; name files"),
        ("report FILE --user x", "--user goes with the address of a record store"),
        ("certificates", "no attendance list; give the filled one"),
        ("certificates --new-key", "whose key is it? Say so: course certificates --new-key --org"),
        ("certificates FILE --new-key --organizer X", "--new-key makes a key and no certificates"),
        ("certificates --passphrase", "--passphrase goes with --new-key"),
        ("certificates FILE --first-day today", "--first-day: today is no day; write it as in 20"),
        ("mark", "PHOTO is missing: a photo or scan"),
        ("doctor", "FILE is missing: a folder, a zip or another file"),
    ],
)  # fmt: skip
def test_a_name_that_there_is_not_is_told_with_the_one_that_was_meant(
    words: str, told: str, linked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (linked / "FILE").touch()
    given = [str(linked / word) if word == "FILE" else word for word in words.split()]
    assert said(capsys, linked, *given).startswith(told)
    assert not (linked / "_build").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kit --agenda half-dya", "no agenda “half-dya” (did you mean half-day?); there are "),
        ("kit --agenda no.yml", "no file no.yml; give the path of your agenda"),
        ("kit --only slidez", "the kit has no part “slidez” (did you mean slides?); there are "),
        ("sheets pretest", "no quiz or test “pretest” (did you mean pre-test?)"),
        ("sheets --items m06-i999", "no item “m06-i999”; ids stand at the questions in quizzes/"),
        ("trial sheet x.txt --of m77", "no item, module or choice is named m77"),
    ],
)
def test_so_is_one_that_only_the_course_itself_can_know(
    words: str, told: str, linked: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(load, "load_course", lambda *_, **__: real_course())
    assert said(capsys, linked, *words.split()).startswith(told)


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "build --document HERE", "build --office HERE", "check --document HERE",
        "check --office HERE", "kit --office HERE", "index HERE", "certificates HERE",
        "certificates FILE --key HERE", "sign --key HERE", "verify HERE", "verify FILE --key HERE",
        "doctor HERE", "doctor FILE --key HERE", "report HERE", "report FILE HERE", "mark HERE",
        "mark FILE --settled HERE", "mark FILE --sheets HERE", "trial enter HERE FILE --book open"
        " --reader x --date 2026-01-01", "trial sheet HERE/x.txt", "report FILE --names HERE/x.csv",
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_told_with_the_one_beside_it(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("FILE").touch()
    Path("attendance-list").touch()
    told = said(capsys, ROOT, *words.replace("HERE", "atendance-list").split())
    assert " no f" in told and "atendance-list" in told
    assert "did you mean attendance-list?" in told or "no folder" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("build --office FOLDER", "FOLDER is a folder; give the path of the file itself"),
        ("index FOLDER", "FOLDER is a folder; give the path of the file itself"),
        ("verify FILE --key FOLDER", "FOLDER is a folder; give the path of the file itself"),
        ("report FILE --names FOLDER", "FOLDER is a folder; give the path of a file in it"),
        ("trial sheet FOLDER", "FOLDER is a folder; give the path of a file in it"),
        ("report FILE --to FILE", "FILE is a file; give the path of a folder"),
        ("mark FILE --to FILE", "FILE is a file; give the path of a folder"),
        ("mark FILE --sheets FILE", "FILE is a file; give the path of a folder"),
        ("certificates FILE --to FILE", "FILE is a file; give the path of a folder"),
        ("certificates FILE --key FILE", "FILE is a file; give the path of a folder"),
        ("sign --key FILE", "FILE is a file; give the path of a folder"),
    ],
)
def test_a_folder_in_place_of_a_file_is_told_and_a_file_in_place_of_a_folder(
    words: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("FILE").touch()
    Path("FOLDER").mkdir()
    assert told in said(capsys, ROOT, *words.split())


def test_a_name_that_no_disk_could_hold_is_one_that_is_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["doctor"], ["certificates"], ["sign", "--key"]):
        assert "there is no f" in said(capsys, ROOT, *words, "x" * 400)


def test_a_sheet_without_the_file_that_reads_its_answers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "load_course", lambda *_, **__: real_course())
    (sheet := tmp_path / "sheet.txt").touch()
    words = ["--book", "open", "--reader", "x", "--date", "2026-01-01"]
    told = said(capsys, ROOT, "trial", "enter", str(sheet), str(sheet), *words)
    assert told.startswith(f"{sheet}.key.json, which course trial sheet writes")


def test_to_sign_a_part_that_is_not_built_says_how_it_is_built(
    linked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Path, "home", lambda: linked)
    assert cli.main(["--course", str(linked), "certificates", "--new-key", "--organizer=X"]) == 0
    out = capsys.readouterr().out
    assert str(linked / "course-certificates-key") in out
    assert "course certificates LIST makes certificates" in out
    assert "course sign signs the copies" in " ".join(out.split())
    assert cli.main(["--course", str(linked), "sign", "--only", "9", "m06"]) == 1
    assert "run course build --only m06,m09 first" in capsys.readouterr().err


def test_all_names_that_are_not_there_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("verify", "doctor"):
        names = [str(tmp_path / name) for name in ("one.zip", "two.zip")]
        assert cli.main([command, *names]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert [line.partition(";")[0] for line in lines] == [
            f"course: there is no file or folder {name}" for name in names
        ]


# --- what is understood all the same -----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        ("--only m06 m09", "m06-m09"),
        ("--only m06,m09", "m06-m09"),
        ("--only 9 --only M6", "m06-m09"),
        ("--only m06-what-protection-means", "m06"),
        ("--track Border", "track-border"),
        ("--track border and immigration officers", "track-border"),
        ("--part 2", "part-2"),
        ("--part Part 2", "part-2"),
        ("--part field practice", "part-3"),
    ],
)
@pytest.mark.parametrize("order", ["{} gift", "gift {}"])
def test_a_part_may_be_named_as_people_write_it_before_a_package_and_behind_it(
    words: str, folder: str, order: str, linked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = order.format(words).split()
    assert cli.main(["--course", str(linked), "package", "--list", *given]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["gift: questions as GIFT"]
    written = lines[-1].partition("course package gift ")[2].split()
    parsed = cli.parser_of().parse_args(["package", "gift", *written])
    part = slice_of(linked, parsed)
    assert part is not None and part.name == folder


def test_the_list_of_packages_names_all_that_a_part_can_be_called_by(
    linked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--course", str(linked), "package", "--list"]) == 0
    out = capsys.readouterr().out
    for line in (
        "Modules, as in course package one-file --only m01:",
        "  m06: What protection means: legal mandate and de facto protection",
        "Tracks, as in course package one-file --track border:",
        "  judges: Judges and lawyers",
        "Parts, as in course package one-file --part 1:",
        "  3: Field practice",
    ):
        assert f"\n{line}\n" in out
    # Of named packages these alone are told.
    assert cli.main(["--course", str(linked), "package", "epub", "--list", "pdf"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == ["epub", "pdf"]


def test_a_language_that_nothing_is_translated_into_is_noted(
    linked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--course", str(linked), "package", "gift", "--list", "--language=fr"]) == 0
    assert capsys.readouterr().err.startswith("Note: nothing is translated into fr, so all is made")
    assert cli.main(["--course", str(linked), "package", "gift", "--list", "--language=en"]) == 0
    assert capsys.readouterr().err == ""


def test_help_says_where_the_names_of_parts_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["package", "--help"])
    assert "course package --list names all modules, tracks and parts" in " ".join(
        capsys.readouterr().out.split()
    )


@pytest.mark.parametrize(
    ("words", "installed", "passed"),
    [
        ("", "kit", "build"),
        ("--only m06", "kit", "build --only m06"),
        ("--without-kit", "build", "build --without-kit"),
        ("build --force", "kit", "build --force"),
        ("package epub", "packages", "package epub"),
        ("pakage epub", "build", "pakage epub"),
        ("--help", "build", "--help"),
    ],
)
def test_the_program_of_a_fresh_clone_passes_words_on_with_the_name_it_was_called_by(
    words: str, installed: str, passed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = runpy.run_path(str(ROOT / "scripts" / "build.py"))
    prepared: list[str] = []
    ran: list[tuple[list[str], str]] = []

    def run(command: list[str], env: dict[str, str], **_: object) -> SimpleNamespace:
        ran.append((command[command.index("--course") + 2 :], env["COURSE_CALLED"]))
        return SimpleNamespace(returncode=2)

    monkeypatch.setitem(program["main"].__globals__, "prepare", prepared.append)
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["build.py", *words.split()])
    assert program["main"]() == 2
    assert prepared == [installed]
    assert ran == [(passed.split(), "python3 scripts/build.py")]


def test_messages_name_commands_as_they_are_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COURSE_CALLED", "python3 scripts/build.py")
    told = said(capsys, ROOT, "package", "scorm")
    assert "python3 scripts/build.py package --list" in told
    assert " course " not in told
    assert {package.name for package in PACKAGES} >= {"scorm12", "scorm2004"}
