"""The configuration of the book: names that Jupyter Book knows, and the course's own extension."""

from __future__ import annotations

from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import near
from imlcourse.markup.yamlfile import read_yaml

_NAMES = (
    *("title", "author", "logo", "copyright", "only_build_toc_files", "exclude_patterns"),
    *("execute", "parse", "launch_buttons", "repository", "html", "latex", "sphinx"),
    "bibtex_bibfiles",
)
_EXTENSION = "imlcourse.book.sphinx_ext"


def check_config(sources: Sources) -> None:
    """Check the configuration as far as the course depends on it.

    Parameters
    ----------
    sources
        What was read.
    """
    path = sources.root / "_config.yml"
    report = sources.problems.add
    file = read_yaml(path, sources.problems)
    if file is None:
        return
    if not isinstance(file.value, dict):
        report(path, 1, "no configuration; restore it from the project's history")
        return
    for name in file.value:
        if name not in _NAMES:
            hint = near(name, _NAMES)
            report(path, file.line((name,)), f"Jupyter Book knows no “{name}”{hint}; mend it")
    if set(file.value) - set(_NAMES):
        return
    sphinx = file.value.get("sphinx")
    extensions = sphinx.get("extra_extensions") if isinstance(sphinx, dict) else None
    if not isinstance(extensions, list) or _EXTENSION not in extensions:
        report(
            path,
            file.line(("sphinx", "extra_extensions")),
            f"the book has no look without {_EXTENSION}; name it under sphinx, extra_extensions",
        )
