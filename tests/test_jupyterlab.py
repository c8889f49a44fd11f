"""The notebooks in a real JupyterLab, driven by a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from imlcourse import atlas, quiz
from imlcourse.items import Single
from imlcourse.markup.inline import inline_text
from real_course import real_course
from waiting import wait_for


@pytest.fixture(scope="module")
def lab_home(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with its built notebooks."""
    home = tmp_path_factory.mktemp("lab") / "course"
    shutil.copytree(built.parent, home, ignore=shutil.ignore_patterns("_build"))
    shutil.copytree(built / "notebooks", home / "notebooks")
    return home / "notebooks"


@pytest.fixture(scope="module")
def lab(lab_home: Path) -> Iterator[str]:
    """The address of a JupyterLab that shows the built notebooks, and nothing of this machine."""
    home = lab_home.parent
    settings = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root",
         "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token=test",
         f"--ServerApp.root_dir={home / 'notebooks'}", "--LabApp.news_url=",
         "--LabApp.expose_app_in_browser=True",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"),
             "JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "run")},
    )  # fmt: skip
    assert process.stderr is not None
    address = ""
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+/lab(?=\?token=)", line):
            address = found[0]  # the log hides the token
            break
    assert address
    # What it says further on has to go somewhere, or it stops.
    subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """One browser for all of them, as a person has: what the interface loads, it keeps."""
    made = browser.new_context(viewport={"width": 1400, "height": 1200})
    yield made
    made.close()


@pytest.fixture(scope="module")
def asked(desk: BrowserContext) -> list[str]:
    """The addresses that are asked for, from the beginning."""
    addresses: list[str] = []
    desk.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture(scope="module")
def module_page(lab: str, desk: BrowserContext, asked: list[str]) -> Iterator[Page]:
    """The notebook of a module, opened in JupyterLab; the other notebooks come into its place."""
    page = desk.new_page()
    take_kernels(page)
    page.goto(f"{lab}/tree/m06.ipynb?token=test&reset")
    yield page
    page.close()


def test_a_module_opens_and_is_complete_before_anything_is_run(
    module_page: Page,
) -> None:
    page = module_page
    notebook = page.locator(".jp-NotebookPanel")
    expect(notebook).to_be_visible(timeout=60_000)
    expect(notebook).to_contain_text("What protection means", timeout=60_000)
    expect(notebook).to_contain_text("What you will be able to do")
    wait_for(
        page,
        """() => {
            const panel = document.querySelector('.jp-WindowedPanel-outer');
            if (panel) panel.scrollBy(0, 400);
            return document.querySelector('.jp-OutputArea .iml-item, .jp-OutputArea fieldset');
        }""",
        patience=60,
    )
    first = real_course().banks["m06"].items["m06-i01"]
    assert isinstance(first, Single)
    (key,) = (option for option in first.options if option.correct)
    output = page.locator(".jp-OutputArea").filter(has_text=inline_text(first.stem)).first
    expect(output).to_contain_text(inline_text(key.text))
    output.locator("summary").first.click()
    expect(output.locator("details[open]").first).to_contain_text(inline_text(key.feedback))
    # Every kind of block is text, not markup that was left over.
    for left_over in (":::", "{para}", "{quote}", "{term}"):
        assert left_over not in notebook.inner_text()


def test_a_citation_leads_to_its_note_at_the_end_of_the_notebook(
    module_page: Page,
) -> None:
    page = module_page
    page.set_viewport_size({"width": 1400, "height": 700})
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    wait_for(page, "document.querySelector('.jp-WindowedPanel-outer').scrollTop < 100")
    link = page.locator(".jp-RenderedMarkdown a.iml-cite").first
    expect(link).to_be_visible(timeout=60_000)
    note = str(link.get_attribute("href")).removeprefix("#")
    # The notebook draws what it scrolls to. On a busy machine it is still settling, and comes back
    # to its beginning after a press that was too soon.
    heading = page.locator(f".jp-RenderedMarkdown [data-jupyter-id='{note}']")
    scrolled = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop > 1000"
    for patience in (5_000, 10_000, 20_000, 60_000):
        link.click()
        try:
            expect(heading).to_have_count(1, timeout=patience)
            wait_for(page, scrolled, patience=patience / 1000)
            break
        except (AssertionError, TimeoutError):
            assert patience < 60_000, "the citation leads nowhere"
    # What the book does not set as mathematics is not set so here.
    expect(page.locator("mjx-container")).to_have_count(0)


NOTEBOOK = [
    "from imlcourse import quiz, progress",
    'q = quiz("m06-s3")\nq',
    'print("SCORE", q.score, sorted(q.responses), len(q.statements()))',
    "progress()",
]


def write_notebook(folder: Path, name: str) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in NOTEBOOK]
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / name)


def answer(quiz_: Locator) -> None:
    """Answer one item rightly and one wrongly, in the live widget."""
    for id_, value, said in (("m06-i10", "false", "Correct"), ("m06-i11", None, "Incorrect")):
        item = quiz_.locator(f'[data-iml-item="{id_}"]')
        option = item.locator(f'input[value="{value}"]') if value else item.get_by_role(
            "radio", name="It has a legal protection mandate, and this"
        )  # fmt: skip
        option.check()
        item.get_by_role("button", name="Check", exact=True).click()
        expect(item.locator(".iml-result-head strong")).to_have_text(said)


def open_notebook(page: Page, name: str) -> None:
    """Open a notebook in a JupyterLab that has started, in place of what is open there."""
    page.evaluate(
        """async () => {
          await jupyterapp.commands.execute('docmanager:save-all');
          await jupyterapp.commands.execute('application:close-all');
        }"""
    )
    expect(page.locator(".jp-NotebookPanel")).to_have_count(0)
    page.evaluate(
        "path => jupyterapp.commands.execute('docmanager:open', {path}).then(() => true)", name
    )
    expect(page.locator(".jp-Cell").first).to_be_visible(timeout=60_000)


def take_kernels(page: Page) -> None:
    """Whenever a busy machine asks which kernel, take the one it proposes."""
    page.set_default_timeout(60_000)
    page.add_locator_handler(
        page.locator(".jp-Dialog", has_text="Select Kernel"),
        lambda asked: asked.locator(".jp-mod-accept").click(),
    )


def run_all(page: Page, ran: Locator) -> None:
    """Run all cells, until what the last of them shows is there."""
    # What is run before the kernel listens is not run at all.
    page.locator("[data-status='idle']").first.wait_for(state="attached")
    for _ in range(8):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        try:
            ran.wait_for(timeout=20_000)
            break
        except PlaywrightTimeout:
            continue  # on a busy machine, what is run before the kernel listens is not run at all
    expect(ran).to_be_visible()


def test_the_atlas_is_explored_in_two_clicks_and_python_knows(
    module_page: Page, lab_home: Path
) -> None:
    notebook = nbformat.read(lab_home / "case-atlas.ipynb", as_version=4)
    notebook.cells[-1].source = 'print("FOUND", *(a.unit for a in explorer.found))'
    nbformat.write(notebook, lab_home / "explore.ipynb")
    page = module_page
    # The notebook draws only what is in view.
    page.set_viewport_size({"width": 1400, "height": 9000})
    open_notebook(page, "explore.ipynb")
    outputs = page.locator(".jp-OutputArea-output")
    run_all(page, outputs.filter(has_text="FOUND A2 A3"))
    explorer = outputs.filter(has_text="of 47 shown")
    expect(explorer).to_contain_text("47 of 47 shown", timeout=60_000)
    explorer.get_by_role("button", name="Reception", exact=True).click(timeout=60_000)
    explorer.get_by_role("button", name="Children", exact=True).click()
    expect(outputs.filter(has_text="of 47 shown")).not_to_contain_text("47 of 47", timeout=60_000)
    page.locator(".jp-Cell").last.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Shift+Enter")
    told = outputs.filter(has_text="FOUND A27")
    expect(told).to_contain_text("A41", timeout=60_000)
    assert "A30" not in told.inner_text()


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"grup": "children"}, r"nothing is chosen by grup \(did you mean group\?\)"),
        ({"group": "childrn"}, r"no group childrn \(did you mean children\?\); there are "),
    ],
)
def test_a_choice_that_does_not_exist_is_said_with_the_nearest(
    wanted: dict[str, str], said: str
) -> None:
    with pytest.raises(LookupError, match=said):
        atlas().choose(**wanted)


@pytest.mark.parametrize("interface", ["lab", "notebooks"])
def test_a_quiz_is_answered_in_a_live_notebook_and_python_knows(
    module_page: Page,
    lab: str,
    lab_home: Path,
    desk: BrowserContext,
    asked: list[str],
    interface: str,
) -> None:
    """In JupyterLab, and in Notebook 7."""
    folder = lab_home / interface
    folder.mkdir()
    write_notebook(folder, "live.ipynb")
    page = module_page if interface == "lab" else desk.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if interface == "lab":
        page.set_viewport_size({"width": 1400, "height": 1200})
        open_notebook(page, "lab/live.ipynb")
    else:
        take_kernels(page)
        page.goto(f"{lab.removesuffix('/lab')}/notebooks/notebooks/live.ipynb?token=test&reset")
        expect(page.locator(".jp-Cell").first).to_be_visible(timeout=60_000)
    quiz_ = page.locator(".iml-quiz[data-iml-quiz='m06-s3']")
    outputs = page.locator(".jp-OutputArea-output")
    run_all(page, outputs.filter(has_text="SCORE None [] 0"))
    expect(quiz_.get_by_role("button", name="Check").first).to_be_visible(timeout=60_000)
    errors.clear()  # what the interface itself reports while it starts
    answer(quiz_)
    expect(quiz_.locator(".iml-troubles")).to_be_hidden()
    page.locator(".jp-Cell").nth(2).locator(".jp-InputArea-editor").click()
    page.keyboard.press("Shift+Enter")
    told = outputs.filter(has_text=f"SCORE {1 / 4}")
    expect(told).to_contain_text("['m06-i10', 'm06-i11'] 2", timeout=60_000)
    page.keyboard.press("Shift+Enter")
    table = page.locator(".jp-OutputArea table")
    course = real_course()
    bank = course.banks["m06"]
    practised = sum(len(one.items) for one in bank.quizzes.values() if one.mode != "test")
    practised += len(list(course.modules["m06"].placed("item")))
    expect(table).to_contain_text(f"2 of {practised} answered", timeout=60_000)
    # The record is a file beside the notebook, of the form that the browser exports.
    record = json.loads((folder / "my-record.json").read_text("utf-8"))
    assert {one["verb"]["display"]["en-US"] for one in record} == {"answered"}
    # Run again, the quiz brings the answers back.
    page.locator(".jp-Cell").nth(1).locator(".jp-InputArea-editor").click()
    page.keyboard.press("Shift+Enter")
    again = quiz_.locator('[data-iml-item="m06-i10"] .iml-result-head strong')
    expect(again).to_have_text("Correct", timeout=60_000)
    assert errors == []
    assert not [url for url in asked if not re.match(r"(http|ws)://127\.0\.0\.1|data:|blob:", url)]


def test_a_quiz_in_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    from imlcourse.live.widget import QuizWidget

    course = real_course()
    (tmp_path / "file").write_text("no folder")
    shown = QuizWidget(course, "m06-s3", "<p>x</p>", tmp_path / "file" / "r.json")
    sent: list[Any] = []
    shown.send = sent.append
    shown._asked(shown, {"number": 1, "put": "item/m06-i10", "entry": {}, "statements": []}, [])
    assert sent == [{"number": 1, "kept": False, "there": None, "trouble": "forbidden"}]
    assert shown.score is None
    assert (shown.responses, shown.statements()) == ({}, [])


def test_a_damaged_record_is_set_aside_and_the_quiz_says_so(tmp_path: Path) -> None:
    from imlcourse.live.widget import QuizWidget

    record = tmp_path / "my-record.json"
    record.write_text("{", encoding="utf-8")
    shown = QuizWidget(real_course(), "m06-s3", "<p>x</p>", record)
    assert shown.troubles == ["damaged"]
    assert [path.read_text("utf-8") for path in tmp_path.glob("*.damaged-*")] == ["{"]


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("m6-s1", r"no quiz m6-s1 \(did you mean m06-s1\?\); there are "),
        ("m06-i7", r"no quiz m06-i7 \(did you mean m06-i07\?\); there are "),
        ("m06-s9", r"no quiz m06-s9; there are .*m06-s1, m06-s2"),
    ],
)
def test_a_quiz_that_does_not_exist_is_said_with_the_nearest(asked: str, said: str) -> None:
    with pytest.raises(LookupError, match=said):
        quiz(asked)


@pytest.mark.usefixtures("read_once")
def test_a_single_item_is_shown_too() -> None:
    shown = quiz("m06-i07")
    assert "does not mention protection" in shown.html
    assert repr(shown) == "quiz('m06-i07')"
