"""The configuration of the book as Sphinx takes it, from ``_config.yml`` by Jupyter Book."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from imlcourse.book.cache import Cache
from imlcourse.notebooks.valid import without_formats


class BookError(Exception):
    """Sphinx could not make the book, or warned of something in it."""


_UNUSED = frozenset(
    [
        *("sphinx_togglebutton", "sphinx_copybutton", "sphinx_thebe", "sphinx_comments"),
        *("sphinx_design", "sphinx_book_theme", "sphinx_jupyterbook_latex", "jupyter_book"),
        *("sphinx.ext.intersphinx", "sphinx_external_toc", "sphinx_multitoc_numbering"),
        *("myst_nb", "imlcourse.book.sphinx_ext"),
    ]
)
"""Extensions that Jupyter Book loads and nothing in the text of a page needs.

Ours puts pages together, which `imlcourse.book.make` does itself. The contents come from the
course; MyST-NB's part, of a notebook that is not run, from `imlcourse.book.notebook_parser`.
"""
_THEIRS = (
    *("nb_", "comments_", "thebe_", "togglebutton_", "copybutton_", "latex_", "external_toc_"),
    *("use_", "sd_", "intersphinx_", "bibtex_", "jupyterbook_", "iml_", "html_theme_options"),
    # of parts of Sphinx that `imlcourse.book.quick_sphinx` leaves out
    *("epub_", "linkcheck_", "man_", "texinfo_", "text_", "xml_", "changes_"),
    *("applehelp_", "devhelp_", "htmlhelp_", "qthelp_", "c_", "cpp_", "javascript_", "python_"),
)
"""Beginnings of the names of their settings."""


def sphinx_settings(config: Path, cache: Cache) -> dict[str, Any]:
    """Give the settings with which Sphinx writes the text of a page.

    Parameters
    ----------
    config
        ``_config.yml``.
    cache
        Where they are kept, since Jupyter Book is slow to load.

    Returns
    -------
    dict
        Values by name, as far as they bear on the text of a page.

    Raises
    ------
    BookError
        If Jupyter Book cannot read the configuration.
    """
    text = config.read_bytes()
    key = cache.key("settings", text)
    kept = cache.get(key)
    if kept is None:
        settings = _read(config)
        try:
            kept = json.dumps(settings).encode()
        except TypeError as error:
            msg = f"_config.yml: a value is neither text, number, list nor mapping ({error})"
            raise BookError(msg) from error
        cache.put(key, kept)
    loaded: dict[str, Any] = json.loads(kept)
    return loaded


def _read(config: Path) -> dict[str, Any]:
    with without_formats():
        from jsonschema import ValidationError
        from jupyter_book.config import get_final_config
    from yaml import YAMLError

    try:
        settings, _ = get_final_config(
            user_yaml=config,
            cli_config={"latex_individualpages": False},
            sourcedir=None,
            raise_on_invalid=True,
        )
    except ValidationError as error:
        raise BookError(f"_config.yml: {error.message}") from error
    except (YAMLError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise BookError(f"_config.yml: {error}") from error
    extensions = [name for name in settings["extensions"] if name not in _UNUSED]
    theme = settings["html_theme"]
    return {
        **{name: value for name, value in settings.items() if not name.startswith(_THEIRS)},
        "extensions": ["myst_parser", "imlcourse.book.notebook_parser", *extensions],
        "html_theme": "basic" if theme == "sphinx_book_theme" else theme,
        "primary_domain": None,  # no page describes a program
        # Found by the course itself.
        "html_static_path": [],
        "html_css_files": [],
        "html_js_files": [],
        "html_logo": "",
        "html_favicon": "",
    }
