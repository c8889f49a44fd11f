"""What a notebook imports, called again and again; and what it tells beside the pages."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import imlcourse
from engine import Engine
from imlcourse import quiz
from imlcourse.live.api import ModuleProgress, Progress, my_progress
from imlcourse.live.widget import QuizWidget
from real_course import real_course

CALLS = {
    "quiz": 'quiz("m01-s1")',
    "progress": "progress()",
    "atlas": "atlas()",
}
PUBLIC = [name for name in imlcourse.__all__ if callable(getattr(imlcourse, name))]


def test_every_public_function_is_called_here() -> None:
    assert sorted(CALLS) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_in_the_package_is_named_like_a_public_function(name: str) -> None:
    """A module of that name would take its place in the package once it is imported."""
    modules = pkgutil.walk_packages(imlcourse.__path__, "imlcourse.")
    assert f"imlcourse.{name}" not in {module.name for module in modules}


@pytest.fixture(scope="module")
def kernel(built_small: Path) -> Iterator[nbclient.NotebookClient]:
    """A kernel in the folder of a course, on which notebooks are run one after another."""
    client = nbclient.NotebookClient(
        new_notebook(), timeout=120, resources={"metadata": {"path": str(built_small)}}
    )
    with client.setup_kernel():
        yield client


def run(kernel: nbclient.NotebookClient, *cells: str) -> list[Any]:
    """Run a notebook of some cells; give them with what they show."""
    kernel.nb = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    for number, cell in enumerate(kernel.nb.cells):
        kernel.execute_cell(cell, number)
    return list(kernel.nb.cells)


def test_all_is_imported_and_called_again_in_one_process(kernel: nbclient.NotebookClient) -> None:
    lines = [
        line
        for _ in range(2)
        for name, call in CALLS.items()
        for line in (f"from imlcourse import {name}", call, "import imlcourse", f"imlcourse.{call}")
    ]
    # And once more when all modules have been imported.
    lines += ["import pkgutil, importlib"]
    lines += ["for m in pkgutil.iter_modules(imlcourse.__path__): m.name.startswith('__') or "
              "importlib.import_module('imlcourse.' + m.name)"]  # fmt: skip
    lines += [f"from imlcourse import {name}; {call}" for name, call in CALLS.items()]
    run(kernel, "\n".join(lines))


def test_two_notebooks_run_twice_on_one_kernel(kernel: nbclient.NotebookClient) -> None:
    cells = [f"from imlcourse import {name}\n{call}" for name, call in CALLS.items()]
    for notebook in (cells, cells[::-1]) * 2:
        assert all(cell.outputs for cell in run(kernel, *notebook))


def test_a_module_runs_from_beginning_to_end(
    kernel: nbclient.NotebookClient, built_small: Path
) -> None:
    """Each quiz becomes a widget, and beside it there is what can be read without one."""
    notebook = nbformat.read(built_small / "_build" / "notebooks" / "m01.ipynb", as_version=4)
    before = [data["text/html"] for data in shown_quizzes(notebook)]
    kernel.nb = notebook
    for number, cell in enumerate(notebook.cells):
        kernel.execute_cell(cell, number)
    shown = shown_quizzes(notebook)
    assert [data["text/html"] for data in shown] == before
    assert all(WIDGET in data for data in shown)
    assert [data["text/plain"] for data in shown] == [
        f"quiz('m01-{name}')" for name in ("s1", "s2", "i06")
    ]


def shown_quizzes(notebook: nbformat.NotebookNode) -> list[Any]:
    """Give what a notebook shows of its quizzes."""
    return [cell.outputs[0].data for cell in quiz_cells(notebook)]


def quiz_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.source.startswith("quiz(")]


WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.mark.usefixtures("read_once")
def test_a_quiz_of_any_type_shows_what_stands_in_the_notebook(built: Path) -> None:
    course = real_course()
    types: set[str] = set()
    for module in ("m06", "m11"):
        notebook = nbformat.read(built / "notebooks" / f"{module}.ipynb", as_version=4)
        ids = [cell.source.split('"')[1] for cell in quiz_cells(notebook)]
        for id_, stands in zip(ids, shown_quizzes(notebook), strict=True):
            shown = quiz(id_)
            assert isinstance(shown, QuizWidget)
            live = shown._repr_mimebundle_()
            assert live is not None
            assert live[0]["text/html"] == stands["text/html"]
            assert WIDGET in live[0]
            asked = course.quizzes[id_][1].item_ids if id_ in course.quizzes else [id_]
            types |= {item.type for item in course.items if item.id in asked}
    assert types == {item.type for item in course.items}


def record_with(tmp_path: Path, entries: dict[str, Any]) -> Path:
    iri = real_course().about.iri
    path = tmp_path / "my-record.json"
    path.write_text(
        json.dumps([
            {"context": {"extensions": {f"{iri}xapi/key": key, f"{iri}xapi/entry": one}}}
            for key, one in entries.items()
        ]),
        encoding="utf-8",
    )  # fmt: skip
    return path


def attempts(*points: float, mark: float) -> dict[str, Any]:
    return {
        f"attempt/m06-quiz/{n}": {
            "v": 1, "at": f"2026-01-0{n}T00:00:00.000Z", "test": "m06-quiz", "kind": "module",
            "course": "1", "id": str(n), "begun": f"2026-01-0{n}T00:00:00.000Z",
            "ended": f"2026-01-0{n}T00:00:00.000Z", "seed": 1, "place": 0, "items": [],
            "answers": {}, "results": {}, "points": share, "passed": share >= mark,
        }
        for n, share in enumerate(points, start=1)
    }  # fmt: skip


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("points", [(), (0.5,), (0.5, 0.9), (0.9, 0.2), (0.69999, 0.7)])
def test_the_notebook_and_the_pages_tell_the_same_of_a_module_quiz(
    engine: Engine, tmp_path: Path, points: tuple[float, ...]
) -> None:
    entries = attempts(*points, mark=0.7)
    told = next(one for one in my_progress(record_with(tmp_path, entries)) if one.id == "m06")
    state = engine.evaluate(
        """([entries]) => {
          const store = {get: (key) => entries[key] || null,
            keys: (start) => Object.keys(entries).filter((key) => key.startsWith(start))};
          const module = {id: 'm06', sections: [], minutes: 30, quiz: {id: 'm06-quiz'}};
          const {best, passed} = imlPlayer.course.moduleState(module, store);
          return {best: best && best.points, passed};
        }""",
        [entries],
    )
    assert (told.quiz, told.passed) == (state["best"], state["passed"])


@pytest.mark.usefixtures("read_once")
def test_progress_is_a_list_of_modules_and_a_table(tmp_path: Path) -> None:
    table = my_progress(record_with(tmp_path, attempts(0.9, mark=0.7)))
    assert isinstance(table, Progress)
    assert isinstance(table, Sequence)
    assert len(table) == len(real_course().modules)
    assert all(isinstance(one, ModuleProgress) for one in table)
    assert table[0] == table.modules[0]
    assert table[:2] == table.modules[:2]
    assert "90" in repr(table)
    assert "<table" in table._repr_html_()
    assert table == my_progress(tmp_path / "my-record.json")
