"""The Jupyter Book: its sources, written from the course, and its pages, made by Sphinx."""

from __future__ import annotations

import json
import os
import re
import shutil
from html import unescape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.course.glossary import Term
from imlcourse.course.model import Course
from imlcourse.document.reader import Document
from imlcourse.html.writer import Writer
from imlcourse.notebooks.make import atlas_notebook, module_notebook
from imlcourse.pages import book_pages
from imlcourse.player.bundle import STORE_PAGE, page_scripts, player_style
from imlcourse.player.data import course_scripts

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TAG = re.compile(r"<[^>]+>")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class BookError(Exception):
    """Sphinx could not make the book, or warned of something in it."""


def book_sources(course: Course, document: Document | None = None) -> dict[str, str]:
    """Make every source file of the Jupyter Book.

    Parameters
    ----------
    course
        The course.
    document
        The document, where the user holds it.

    Returns
    -------
    dict
        Text by path in the source folder: pages, notebooks, contents, scripts and styles.
    """
    sources = {f"{name}.md": text for name, text in book_pages(course, document).items()}
    for module in course.modules.values():
        sources[f"modules/{module.id}.ipynb"] = module_notebook(course, module)
    if course.library.atlas:
        # It lies beside those of the modules; Jupyter Book makes no page of it.
        sources["modules/case-atlas.ipynb"] = atlas_notebook(course)
    sources["_toc.yml"] = course.toc.path.read_text(encoding="utf-8")
    for name, script in page_scripts(course.about.language).items():
        sources[f"_static/{name}"] = script
    for name, script in course_scripts(course).items():
        sources[f"_static/{name}"] = script
    sources["_static/store.html"] = STORE_PAGE
    sources["_static/player.css"] = player_style()
    sources["course.json"] = json.dumps(_about(course), ensure_ascii=False, indent=1) + "\n"
    return sources


def _about(course: Course) -> dict[str, Any]:
    """Give what the look shows on every page."""
    about = course.about
    return {
        "id": about.id,
        "title": about.title,
        "subtitle": about.subtitle,
        "version": about.version,
        "date": Writer(course).date(about.date),
        "language": about.language,
        "licence": about.licence,
        "terms": {term.id: _definition(course, term) for term in course.glossary.values()},
        "modules": {f"modules/{m}": m for m in course.modules},
        "notebooks": {
            **{f"modules/{m}": f"notebooks/{m}.ipynb" for m in course.modules},
            **({"case-atlas": "notebooks/case-atlas.ipynb"} if course.library.atlas else {}),
        },
    }


def _definition(course: Course, term: Term) -> str:
    """Give what a term means as plain text, for showing it beside the word."""
    return unescape(_TAG.sub("", Writer(course).inline(term.definition)))


def write_changed(folder: Path, files: dict[str, str]) -> list[str]:
    """Write files into a folder, touching only what differs, and remove what is no longer made.

    Parameters
    ----------
    folder
        The folder, which is made if need be.
    files
        Text by relative path.

    Returns
    -------
    list of str
        Paths of the files that were written or removed.
    """
    changed = []
    wanted = {folder / name: text for name, text in files.items()}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and path not in wanted:
            path.unlink()
            changed.append(path.relative_to(folder).as_posix())
    for path, text in wanted.items():
        data = text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        changed.append(path.relative_to(folder).as_posix())
    return changed


def sphinx_problems() -> tuple[type[Exception], ...]:
    """Give what Sphinx and Jupyter Book raise at a configuration that is no use."""
    # They are slow to import, so only who builds pays for it.
    from jsonschema import ValidationError
    from sphinx.errors import SphinxError
    from yaml import YAMLError

    return SphinxError, ValidationError, YAMLError


def sphinx_app(
    root: Path, sources: Path, output: Path, doctrees: Path, warnings: StringIO
) -> Sphinx:
    """Set Sphinx up as ``jupyter-book build`` does with the configuration at the root.

    Parameters
    ----------
    root
        The folder of the course, with ``_config.yml``.
    sources
        The source folder.
    output
        Where pages are written.
    doctrees
        Where Sphinx keeps what it has read.
    warnings
        Where warnings are gathered.

    Returns
    -------
    sphinx.application.Sphinx
        Ready to build, more than once if need be.
    """
    # jupyter-book and Sphinx are slow to import, so only who builds pays for it.
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    # The book's text is dated and versioned by the course; nothing may depend on the clock.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1258070400")
    config, _ = get_final_config(
        user_yaml=root / "_config.yml",
        cli_config={
            "latex_individualpages": False,
            "external_toc_path": (sources / "_toc.yml").as_posix(),
        },
        sourcedir=sources,
        raise_on_invalid=True,
    )
    return Sphinx(
        srcdir=str(sources),
        confdir=None,
        outdir=str(output),
        doctreedir=str(doctrees),
        buildername="html",
        confoverrides=config,
        status=None,
        warning=warnings,
        warningiserror=False,
    )


def build_pages(root: Path, sources: Path, output: Path, doctrees: Path) -> None:
    """Make the pages of the book.

    Parameters
    ----------
    root, sources, output, doctrees
        As for `sphinx_app`.

    Raises
    ------
    BookError
        With what Sphinx warned of; the book is to be without any.
    """
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warnings = StringIO()
    try:
        with patch_docutils(), docutils_namespace():
            app = sphinx_app(root, sources, output, doctrees, warnings)
            app.build(force_all=True)
    except sphinx_problems() as error:
        raise BookError(f"_config.yml or what it names: {error}") from error
    said = _ANSI.sub("", warnings.getvalue()).strip()
    if app.statuscode or said:
        raise BookError(said or "Sphinx stopped without a word")
    add_notebooks(sources, output)


def add_notebooks(sources: Path, output: Path) -> None:
    """Put the notebooks beside the pages, for download."""
    folder = output / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in sorted((sources / "modules").glob("*.ipynb")):
        shutil.copyfile(notebook, folder / notebook.name)
