"""The notebooks in a real JupyterLab, driven by a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbclient
import nbformat
import pytest
from playwright.sync_api import Browser, expect

from imlcourse import quiz


@pytest.fixture(scope="module")
def lab(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that shows the built notebooks, and nothing of this machine."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(built / "notebooks", home / "notebooks")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root",
         "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token=test",
         f"--ServerApp.root_dir={home / 'notebooks'}", "--LabApp.news_url=",
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


def test_a_module_opens_and_is_complete_before_anything_is_run(lab: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/tree/m06.ipynb?token=test")
    notebook = page.locator(".jp-NotebookPanel")
    expect(notebook).to_be_visible(timeout=60_000)
    expect(notebook).to_contain_text("What protection means", timeout=30_000)
    expect(notebook).to_contain_text("What you will be able to do")
    page.wait_for_function(
        """() => {
            const panel = document.querySelector('.jp-WindowedPanel-outer');
            if (panel) panel.scrollBy(0, 400);
            return document.querySelector('.jp-OutputArea .iml-item, .jp-OutputArea fieldset');
        }""",
        timeout=60_000,
        polling=200,
    )
    output = page.locator(".jp-OutputArea").filter(has_text="Which answer fits").first
    expect(output).to_contain_text("They aim at full respect")
    output.locator("summary").first.click()
    expect(output.locator("details[open]").first).to_contain_text("This is the direction")
    # Every kind of block is text, not markup that was left over.
    for left_over in (":::", "{para}", "{quote}", "{term}"):
        assert left_over not in notebook.inner_text()
    page.close()


def test_a_module_runs_from_beginning_to_end(built: Path) -> None:
    notebook = nbformat.read(built / "notebooks" / "m06.ipynb", as_version=4)
    before = [cell.outputs[0].data["text/html"] for cell in notebook.cells
              if cell.source.startswith("quiz(")]  # fmt: skip
    client = nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(built / "notebooks")}}
    )
    client.execute()
    after = [cell.outputs[0].data["text/html"] for cell in notebook.cells
             if cell.source.startswith("quiz(")]  # fmt: skip
    assert after == before


def test_a_quiz_that_does_not_exist_is_said_with_the_nearest() -> None:
    with pytest.raises(LookupError, match=r"no quiz m06-s9 \(did you mean m06-s"):
        quiz("m06-s9")


def test_a_single_item_is_shown_too() -> None:
    shown = quiz("m06-i07")
    assert "formally recognized objectives" in shown.html
    assert repr(shown) == "quiz('m06-i07')"
