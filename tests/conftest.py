"""What tests share: the document, a small course, a browser, the built course."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from command import Commands, ended
from copied import copied
from small_course import ROOT, write_small_course

# What deals the tests out to workers reads this file too, before any worker starts: what tests
# alone need is imported where they need it.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from engine import Engine
    from firefox import Firefox
    from imlcourse.course.model import Course
    from imlcourse.document.edition import Edition
    from imlcourse.document.reader import Document

# A slow machine is no failure.
settings.register_profile("imlcourse", deadline=None)
settings.load_profile("imlcourse")

# Tests that drive a browser ask for one of these, or for what is made from them.
BROWSERS = {"browser", "firefox", "program", "lab", "lab_home"}


_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # bytes; all tests together write a quarter of it


def pytest_configure() -> None:
    """Let what tests write lie in memory, where there is plenty: they write files by thousands.

    And let nobody look for what can be thrown away while tests are read: it all stays.
    """
    gc.disable()
    if "TMPDIR" not in os.environ and _has_room(_MEMORY):
        folder = _MEMORY / "imlcourse-tests"
        with suppress(OSError):  # somebody else's, say
            folder.mkdir(exist_ok=True)
            os.environ["TMPDIR"] = str(folder)
            tempfile.tempdir = None


def _has_room(folder: Path) -> bool:
    """Tell whether a folder in memory takes all that tests write, and lets programs run in it."""
    try:
        about = os.statvfs(folder)
        free = Path("/proc/meminfo").read_text("ascii").partition("MemAvailable:")[2].split()[0]
    except (AttributeError, IndexError, OSError):
        return False
    return (
        os.access(folder, os.W_OK)
        and not about.f_flag & os.ST_NOEXEC
        and min(about.f_bavail * about.f_frsize, int(free) * 1024 - _ROOM) > _ROOM
    )


def pytest_collectstart() -> None:
    """Let tests be read without formats, which no schema names, and which take a second."""
    from imlcourse.notebooks.valid import without_formats

    with without_formats():
        import jsonschema  # noqa: F401


def pytest_collection_finish() -> None:
    """Look less often for what can be thrown away, and not among what stays to the end."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()


def pytest_unconfigure() -> None:
    """Look no more for what is left, as pytest does six times at its end: it all goes anyway."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, so that ``-m "not browser"`` leaves them out.

    And let files come first whose tests share what is made once for them, those before others that
    need what is made of the real course: it is made meanwhile. Single tests fill what is left.
    """
    needs: dict[Path, int] = {}
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if BROWSERS & asked:
            item.add_marker("browser")
        need = sum(name in asked for name in ("whole_build", "packed", "part"))
        needs[item.path] = max(need, needs.get(item.path, 0))
    items.sort(key=lambda item: (not _shares(item.path), needs[item.path]))


class _SharedOnce(LoadScopeScheduling):
    """Deals out test after test, in their order, but whole a file whose tests share something."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        name = nodeid.partition("::")[0]
        return name if _shares(self.config.rootpath / name) else nodeid.partition("[")[0]


@functools.cache
def _shares(path: Path) -> bool:
    return 'scope="module"' in path.read_text("utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _SharedOnce:
    """Give what deals the tests out to the workers."""
    return _SharedOnce(config, log)


COMMANDS = Commands()
DOCUMENT = ROOT.parent / "shared" / "source" / "MC-INF-298.txt"

NAME = "migrants-rights-in-practice-0.1.0"
"""What the copies and the packages of the real course are called."""
HEAVY = ("pdf",)
"""Packages that take minutes to make; `course bench --packages` makes them."""
OF_PART = ("one-file", "zim", "kolibri", "cmi5")
"""Packages that are made of a part of the course."""

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def document_path() -> Path:
    """The text of the document; tests that need it are skipped, by name, where it is absent."""
    if not DOCUMENT.is_file():
        pytest.skip(f"the document's text is not at {DOCUMENT}")
    return DOCUMENT


@pytest.fixture(scope="session")
def program() -> str:
    """The Firefox to drive; tests that need it are skipped, by name, where there is none."""
    named = os.environ.get("FIREFOX")
    found = named or shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        pytest.skip("there is no Firefox; name one: FIREFOX=/path/to/firefox")
    return found


@pytest.fixture(scope="session")
def running_firefox(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for all tests that need no restart of it."""
    from firefox import Firefox

    with Firefox(program, tmp_path_factory.mktemp("firefox") / "profile") as opened:
        yield opened


@pytest.fixture
def firefox(running_firefox: Firefox) -> Iterator[Firefox]:
    """A tab of a Firefox in which nothing is kept yet."""
    with running_firefox.fresh() as opened:
        yield opened


@pytest.fixture(scope="session")
def edition() -> Edition:
    """What the program knows of the document."""
    from imlcourse.document.edition import read_edition
    from imlcourse.markup.problems import Problems

    read = read_edition(ROOT / "book" / "document.yml", Problems(ROOT))
    assert read
    return read


@pytest.fixture(scope="session")
def document(document_path: Path, edition: Edition) -> Document:
    from imlcourse.document.reader import read_document

    return read_document(document_path, edition)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The parts of the player that need no page, in Node."""
    from engine import Engine

    started = Engine(tmp_path_factory.mktemp("engine") / "player.js")
    yield started
    started.close()


@pytest.fixture
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small course that has no problem.

    It is written anew for each test, in one place, so that `load_again` knows its files.
    """
    folder = tmp_path_factory.getbasetemp() / "small"
    shutil.rmtree(folder, ignore_errors=True)
    return write_small_course(folder / "course")


@pytest.fixture
def whole_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources of the real course, in one place too."""
    folder = tmp_path_factory.getbasetemp() / "whole"
    shutil.rmtree(folder, ignore_errors=True)
    return copy_course(folder / "course")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or shutil.which("chromium")
        launched = playwright.chromium.launch(executable_path=named, args=BROWSER_FLAGS)
        yield launched
        launched.close()


def copy_course(to: Path) -> Path:
    """Copy the sources of the real course, as a clone has them, and give the folder."""
    for name in ("_config.yml", "pyproject.toml"):
        to.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)
    for name in ("book", "modules", "quizzes", "scripts/requirements"):
        shutil.copytree(ROOT / name, to / name)
    return to


def course(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a course, as a process."""
    return COMMANDS.run(["--course", str(root), *words])


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what runs in this process take the real course as it has been read in it."""

    from imlcourse.checks.load import load_course
    from real_course import real_course

    def load(root: Path, language: str | None = None, **more: Any) -> Course:
        as_it_is = not any(value for name, value in more.items() if name != "reader")
        if root.resolve() == ROOT and language is None and as_it_is:
            return real_course()
        return load_course(root, language, **more)

    monkeypatch.setattr("imlcourse.checks.load.load_course", load)
    if notebooks := sys.modules.get("imlcourse.live.api"):
        monkeypatch.setattr(notebooks, "load_course", load)


def shared_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """Give a folder for what is made once and read by all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def build_begins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Begin to make what is made once as soon as tests begin, so that few have to wait for it."""
    asked = {name for one in request.session.items for name in getattr(one, "fixturenames", ())}
    if "whole_build" in asked:
        folder = shared_folder(tmp_path_factory, "whole-build")
        with suppress(FileExistsError):  # another worker has begun
            (folder / "said").mkdir()
            copy_course(folder / "course")
            COMMANDS.begin(_made_once(folder, asked), folder / "said")


def _made_once(folder: Path, asked: set[str]) -> dict[str, tuple[str, list[str]]]:
    """Give what is made once, one after another, of what is asked for."""

    def made(root: Path, *words: str) -> tuple[str, list[str]]:
        return "imlcourse", ["--course", str(root), *words]

    def copy_of(root: Path, to: Path) -> tuple[str, list[str]]:
        return str(Path(__file__).with_name("copy_folder.py")), [str(root), str(to)]

    root, as_built, part = folder / "course", folder / "as-built", folder / "part"
    steps = {
        "build": made(root, "build", "--without-kit"),
        "as-built": copy_of(root, as_built),
    }
    if "packed" in asked:
        from imlcourse.products.packages import PACKAGES

        names = [package.name for package in PACKAGES if package.name not in HEAVY]
        steps["packed"] = made(root, "package", *names)
    if "part" in asked:
        steps["to-part"] = copy_of(as_built, part)
        steps["part"] = made(part, "package", *OF_PART, "--only", "m06,m09")
    return steps


def _when_made(tmp_path_factory: pytest.TempPathFactory, *steps: str) -> Path:
    """Wait for steps of what is made once, and give the folder of it all."""
    folder = shared_folder(tmp_path_factory, "whole-build")
    for name in steps:
        said, patience = folder / "said" / name, time.monotonic() + 300
        while not (said / "code").exists():
            assert time.monotonic() < patience, f"{name}: not made"
            time.sleep(0.05)
        done = ended([name], said)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def whole_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course, built once for all workers: its folder, which no test changes."""
    return _when_made(tmp_path_factory, "build", "as-built") / "as-built"


@pytest.fixture(scope="session")
def part(whole_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with what `course package … --only m06,m09` makes in it."""
    return _when_made(tmp_path_factory, "to-part", "part") / "part"


@pytest.fixture(scope="session")
def built(whole_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course, built for tests to read: the folder of made things."""
    return _copy(whole_build, tmp_path_factory) / "_build"


@pytest.fixture(scope="session")
def built_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course, built once: its folder, which no test changes."""
    folder = shared_folder(tmp_path_factory, "built-small")
    return _copy(_built_in(folder, write_small_course), tmp_path_factory)


@pytest.fixture
def built_course(small_course: Path, built_small: Path) -> Path:
    """A folder with a small course that has just been built."""
    shutil.rmtree(small_course)
    return copied(built_small, small_course)


def _built_in(folder: Path, write: Callable[[Path], Path]) -> Path:
    """Build a course in a folder for all workers, unless one has, and give the course's folder."""
    with FileLock(folder / "lock"):
        if not (folder / "built").exists():
            done = course(write(folder / "course"), "build")
            assert done.returncode == 0, done.stderr
            (folder / "built").touch()
    return folder / "course"


def _copy(root: Path, factory: pytest.TempPathFactory) -> Path:
    """Copy a course that was built, for one worker: some tests put more in its folder."""
    return copied(root, factory.mktemp("built") / "course")


@pytest.fixture(scope="session")
def packed(whole_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages of the real course but the heavy ones, made once: their folder."""
    return _when_made(tmp_path_factory, "packed") / "course" / "_build" / "packages"


@pytest.fixture(scope="session")
def office_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan, a form, a report and slides, made once for all workers: their folder."""
    from libreoffice import write_files
    from real_course import real_course

    folder = shared_folder(tmp_path_factory, "office-files")
    with FileLock(folder / "lock"):
        if not (folder / "made").exists():
            write_files(folder, real_course())
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def opened_in_office(office_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice shows of these, as PDF, in one start for all workers: their folder."""
    from libreoffice import open_files

    folder = shared_folder(tmp_path_factory, "opened-in-office")
    with FileLock(folder / "lock"):
        if not (folder / "opened").exists():
            open_files(office_files, folder)
            (folder / "opened").touch()
    return folder


def files_of(packed: Path, name: str) -> dict[str, bytes]:
    """Give the files of a package by their paths in it, but for what every package has."""
    folder = packed / name
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if path.is_file() and name not in ("README.txt", "SHA256SUMS")
    }


@pytest.fixture(scope="session")
def offline(built: Path) -> Path:
    """The folder of the offline copy with all pages: the trainers'."""
    return _folder(built / "trainers")


@pytest.fixture(scope="session")
def learners_copy(built: Path) -> Path:
    """The folder of the learners' offline copy."""
    return _folder(built / "offline")


def _folder(place: Path) -> Path:
    (folder,) = (path for path in place.iterdir() if path.is_dir())
    return folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made_context = browser.new_context(offline=True)
    made_context.set_default_timeout(5000)
    yield made_context
    made_context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must stay without errors and without requests to anywhere."""
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda r: None if r.url.startswith("file:") else said.append(f"asked {r.url}")
    )
    yield opened
    assert said == []
