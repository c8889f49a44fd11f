"""What holds for every shape of the course: names, sizes, instructions, and where it may lie."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import HEAVY, course
from every_page import Watch
from imlcourse.build.packages import FilesOnDisk
from imlcourse.course.slice import sliced, wanted_slice
from imlcourse.products.copies.names import name_problems, names_of
from imlcourse.products.packages import PACKAGES, Package
from imlcourse.products.packages.leaflet import NAME, PAGE, section_of, with_leaflet
from real_course import real_course
from served import served
from size_words import sizes_said
from small_course import ROOT

# --- instructions, and sizes in words ---------------------------------------------------------


def opened_sizes(folder: Path, package: Package) -> list[int]:
    """The sizes of all files of a package that somebody opens."""
    found = []
    for opening in package.openings:
        for path in folder.glob(opening.pattern) if opening.pattern else [folder]:
            inner = path.rglob("*") if path.is_dir() else [path]
            found += [one.stat().st_size for one in inner if one.is_file() and one.name != NAME]
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one.name)
def test_every_package_has_its_section_and_its_row_in_the_readme(package: Package) -> None:
    section = section_of(real_course(), package.name)
    assert section, f"name `course package {package.name}` in a section of book/{PAGE}.md"
    text = " ".join(block.text for block in section[1:])
    assert re.search(r"(^|\s)1\. .*\s2\. ", text), "a section says step by step how it is used"
    assert list(sizes_said(text)), "a section says the size in words"
    assert f"`packages/{package.name}/`" in (ROOT / "README.md").read_text("utf-8")


def test_sizes_in_words_are_those_of_the_files(packed: Path) -> None:
    sections = {p.name: section_of(real_course(), p.name) for p in PACKAGES if p.name not in HEAVY}
    for heading in {section[0].text for section in sections.values() if section}:
        about = [p for p in PACKAGES if (s := sections.get(p.name)) and s[0].text == heading]
        text = " ".join(block.text for block in sections[about[0].name])
        said = list(sizes_said(text))
        sizes = [size for one in about for size in opened_sizes(packed / one.name, one)]
        for one in said:
            assert one.is_true(sizes), (heading, one.words, sorted(sizes))
        for size in sizes:
            assert any(one.covers(size) for one in said), (heading, size)


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("one file of less than two megabytes", 1_657_000, 2_100_000),
        ("of less than two megabytes", 1_657_000, 700_000),
        ("a little over one\nmegabyte", 1_360_000, 1_600_000),
        ("about a third of a megabyte each", 365_000, 600_000),
        ("below 400 kilobytes", 343_000, 400_001),
        ("it has 1.7 MB", 1_660_000, 1_990_000),
    ],
)
def test_a_size_in_words_is_understood(text: str, true: int, false: int) -> None:
    [said] = sizes_said(text)
    assert said.is_true([true]) and said.covers(true)
    assert not said.is_true([false])


def test_each_package_has_a_readme_that_says_how_it_is_used(packed: Path) -> None:
    for package in PACKAGES:
        if package.name in HEAVY:
            continue
        text = (packed / package.name / NAME).read_text("utf-8")
        assert text.startswith("Migrants’ Rights in Practice, version 0.1.0: ")
        assert re.search(r"^HOW TO (USE|OPEN) IT$", text, re.MULTILINE)
        assert "\n1. " in text and "\n2. " in text
        assert "CC BY 4.0" in text
        assert not re.search(r"\{[a-z]+\}`|`|\*\*", text), "a leaflet is plain text"


PART = """
WHICH PART OF THE COURSE THIS IS
Module 6 and Module 9: 2 of 14 modules, about 1 h 30 min.
- Module 6: What protection means: legal mandate and de facto protection, 44 min
- Module 9: Trafficking: identify, assist, prosecute, 44 min

Not in it: Start check, Final test, Certificate, Check a certificate, Pre-test and Post-test."""


def test_the_readme_of_a_part_describes_this_part_whoever_writes_it() -> None:
    whole = real_course()
    wanted = wanted_slice(whole.root, ["m06,m09"], None, None)
    assert wanted
    some = sliced(whole, wanted)
    own = {NAME: b"A title\n\nOf its own\n", "a.xml": b""}
    for of, is_said in ((whole, False), (some, True)):
        for files in ({"a.epub": b"x" * 2_000}, own):
            text = with_leaflet(of, "epub", files)[NAME].decode()
            part = re.sub(
                r"about .*min\.", "about 1 h 30 min.", re.sub(r", \d+ min", ", 44 min", text)
            )
            assert (PART in part) == is_said
            assert "megabyte" not in text, "what the files have is told, and no other size"
    assert (
        "- a.epub (2 KB)\n" in with_leaflet(some, "epub", {"a.epub": b"x" * 2_000})[NAME].decode()
    )
    kept = with_leaflet(whole, "epub", own)[NAME].decode()
    assert kept.startswith(own[NAME].decode())
    assert "IS IT WHOLE?" in kept


def test_a_file_of_one_module_stands_beside_its_title(packed: Path) -> None:
    title = "Module 6: What protection means: legal mandate and de facto protection"
    name = "migrants-rights-in-practice-0.1.0-m06"
    for folder, line in (
        (packed / "one-file-modules", rf"- {name}\.html \(\d+ KB\): {title}"),
        (packed / "scorm12", rf"  - {name}-scorm12\.zip \(\d+ KB\): {title}"),
        (packed / "xapi", rf"  - {name}-xapi\.zip \(\d+ KB\): {title}"),
        (packed.parent / "notebooks", rf"- m06\.ipynb \(\d+ KB\): {title}"),
        (packed / "moodle", rf"  - {title}: \d+ questions"),
    ):
        text = (folder / NAME).read_text("utf-8")
        assert len(re.findall(rf"^{line}$", text, re.MULTILINE)) == 1, text
    notebooks = (packed.parent / "notebooks" / NAME).read_text("utf-8")
    assert re.findall(r"^- ([\w-]+)\.ipynb", notebooks, re.MULTILINE) == [
        *(real_course().modules),
        "case-atlas",
    ]
    assert "- Pass mark: None is needed" in (packed / "scorm12" / NAME).read_text("utf-8")
    # The name of a part is no name of a module.
    wanted = wanted_slice(real_course().root, ["m06,m09"], None, None)
    assert wanted
    part = sliced(real_course(), wanted)
    files = {f"{name}-m09{rest}.html": b"" for rest in ("", "-m06")}
    text = with_leaflet(part, "one-file", files)[NAME].decode()
    assert f"- {name}-m09.html (0 KB)\n" in text
    assert f"- {name}-m09-m06.html (0 KB): {title}\n" in text


def test_the_list_of_packages_says_what_stands_how_large_it_is_and_what_is_missing(
    packed: Path,
) -> None:
    done = course(packed.parent.parent, "package", "--list")
    lines = done.stdout.partition("\n\n")[0].splitlines()
    assert [line.split(":")[0] for line in lines if not line.startswith(" ")] == [
        package.name for package in PACKAGES
    ]
    size = (packed / "anki" / "migrants-rights-in-practice-0.1.0.apkg").stat().st_size
    [anki] = [n for n, line in enumerate(lines) if line.startswith("anki:")]
    what = "Cards of the practice questions, for Anki and AnkiDroid"
    assert lines[anki + 1] == f"  {what} ({size / 1e3:.0f} KB)"
    assert lines[anki + 2].strip().endswith("/anki/migrants-rights-in-practice-0.1.0.apkg")
    [pdf] = [n for n, line in enumerate(lines) if line.startswith("pdf:")]
    assert "  not made yet; make it with course package pdf" in lines[pdf : pdf + 4]


# --- names ------------------------------------------------------------------------------------


def test_every_disk_takes_the_names_and_every_zip_opens_at_its_root(packed: Path) -> None:
    for package in PACKAGES:
        if package.name in HEAVY:
            continue
        files = FilesOnDisk(packed / package.name)
        for where, paths in names_of(files):
            assert name_problems(paths) == [], (package.name, where)
            if where and any(path.endswith(".html") for path in paths):
                # For a machine: what it looks for first is at the very root.
                root = [path for path in paths if "/" not in path]
                named = [path for path in root if path == "index.html" or path.endswith(".xml")]
                assert named, (package.name, where)


# --- where it may lie -------------------------------------------------------------------------


def learn(page: Page, address: str) -> None:
    """Choose a role, open a module, answer a question, go on, and find it all again."""
    page.goto(f"{address}/index.html")
    page.locator("main").get_by_text("Labour inspectors").first.click()
    page.locator("main a.iml-button:visible").first.click()
    box = page.locator("[data-iml-item]:visible").first
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".iml-feedback, [role=status]").first).not_to_be_empty()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    page.goto(f"{address}/my-progress.html")
    expect(page.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
    for trouble in page.locator(".iml-troubles").all():
        expect(trouble).to_be_hidden()


def test_the_zip_for_a_web_server_works_from_a_folder_that_is_served(
    built: Path, browser: Browser, tmp_path: Path
) -> None:
    [path] = (built / "packages" / "web").glob("*.zip")
    with ZipFile(path) as archive:
        archive.extractall(tmp_path / "course")
    log = Watch()
    with browser.new_context() as context, served(tmp_path) as address:
        learn(log.on(context.new_page()), f"{address}/course")
        assert log.errors == []
        assert [one for one in log.requests if not one.startswith(address)] == []


def test_a_copy_on_a_medium_that_takes_no_writing_works_and_stays_as_it_is(
    learners_copy: Path, browser: Browser, tmp_path: Path
) -> None:
    copy = tmp_path / "stick" / "course"
    shutil.copytree(learners_copy, copy)
    every = [copy, *copy.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in every}
    log = Watch()
    with browser.new_context(offline=True) as context:
        learn(log.on(context.new_page()), copy.as_uri())
    assert (log.errors, log.requests) == ([], [])
    assert {path: path.stat().st_mtime_ns for path in [copy, *copy.rglob("*")]} == before
