"""The configuration of the book: what Jupyter Book and Sphinx take, of the kinds that they take.

Of the many settings that these know, a course has use for the few that are named here. The others
would load extensions, files and services, or undo what the book relies on; a wrong kind of value
stops them in the middle of a build.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from imlcourse.languages.spelling import near
from imlcourse.markup.fields import Data
from imlcourse.markup.problems import Problems
from imlcourse.markup.textfile import read_text
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import Place, read_yaml

_NAMES = (
    *("title", "author", "logo", "copyright", "only_build_toc_files", "exclude_patterns"),
    *("execute", "parse", "launch_buttons", "repository", "html", "latex", "sphinx"),
    "bibtex_bibfiles",
)
"""Names of its settings that Jupyter Book knows."""
_EXTENSION = "imlcourse.book.sphinx_ext"

Line = Annotated[str, Field(max_length=200, pattern=r"^[^\n]*$")]
"""A text of one line."""
Nothing = Literal[""]


def _only(wanted: bool) -> AfterValidator:
    def check(value: bool) -> bool:
        if value is not wanted:
            raise PydanticCustomError("literal_error", "", {"expected": str(wanted).lower()})
        return value

    return AfterValidator(check)


# To a `Literal` of a truth value, 0 and 1 are as good.
Yes = Annotated[bool, _only(True)]
No = Annotated[bool, _only(False)]
Empty = Annotated[dict[str, str], Field(max_length=0)]


class Execute(Data):
    """Whether notebooks are run: they are not."""

    execute_notebooks: Literal["off"]
    timeout: int = Field(default=30, ge=-1, le=3600)
    allow_errors: bool = False
    run_in_temp: bool = False
    stderr_output: Literal["show", "remove", "remove-warn", "warn", "error", "severe"] = "show"


class Parse(Data):
    """How Markdown is read: as `imlcourse.markup.myst` reads it, so that checks see the same."""

    myst_enable_extensions: list[Literal["colon_fence"]] = Field(min_length=1, max_length=1)
    myst_url_schemes: list[Literal["http", "https", "mailto"]] = Field(min_length=1, max_length=3)
    myst_dmath_double_inline: bool = True


class LaunchButtons(Data):
    """Buttons that would start a notebook elsewhere: none."""

    thebe: No = False


class Repository(Data):
    """Where the sources of the course can be seen."""

    url: str = Field(default="", max_length=200, pattern=r"^(https?://[^\s<>\"']+)?$")
    branch: Line = ""
    path_to_book: Line = ""


class Html(Data):
    """Parts of the look that Jupyter Book would add: none."""

    favicon: Nothing = ""
    extra_footer: Nothing = ""
    announcement: Nothing = ""
    baseurl: Nothing = ""
    use_issues_button: No = False
    use_repository_button: No = False
    use_edit_page_button: No = False
    use_multitoc_numbering: bool = False
    home_page_in_navbar: bool = True


class Latex(Data):
    """Settings of LaTeX, which the course does not use."""

    latex_engine: Literal["pdflatex", "xelatex", "luatex", "platex", "uplatex"] = "pdflatex"
    use_jupyterbook_latex: bool = True


class SphinxSettings(Data):
    """Settings of Sphinx itself."""

    html_theme: Literal["basic"]
    html_theme_options: Empty = Field(default={})
    html_title: Line
    html_short_title: Line = ""
    html_copy_source: bool = False
    html_show_sphinx: bool = False
    html_show_copyright: bool = False
    html_show_sourcelink: bool = False
    html_use_index: bool = False
    html_last_updated_fmt: None = None
    html_permalinks: bool = True
    html_permalinks_icon: Line = "#"
    nb_ipywidgets_js: Empty = Field(default={})
    nb_output_stderr: Literal["show", "remove", "remove-warn", "warn", "error", "severe"] = "show"
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
    suppress_warnings: list[Line] = Field(default=[], max_length=50)
    use_multitoc_numbering: bool = False
    numfig: bool = True
    project: Line = ""
    version: Line = ""
    release: Line = ""


class Sphinx(Data):
    """What is passed on to Sphinx."""

    extra_extensions: list[Line] = Field(min_length=1, max_length=50)
    recursive_update: bool = False
    config: SphinxSettings


class Config(Data):
    """``_config.yml``."""

    title: Line
    author: Line = ""
    copyright: Line = ""
    logo: Nothing = ""
    only_build_toc_files: Yes
    execute: Execute
    parse: Parse
    launch_buttons: LaunchButtons = Field(default_factory=LaunchButtons)
    repository: Repository = Field(default_factory=Repository)
    html: Html = Field(default_factory=Html)
    latex: Latex = Field(default_factory=Latex)
    sphinx: Sphinx


def check_config(path: Path, problems: Problems) -> None:
    """Check that Jupyter Book and Sphinx can use the configuration.

    Parameters
    ----------
    path
        ``_config.yml``.
    problems
        Where problems are reported.
    """
    report = problems.add
    text = read_text(path, problems)
    file = read_yaml(path, problems, text=text) if text is not None else None
    if file is None or text is None:
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
    for place in _read_otherwise(file.value, text):
        report(
            path,
            file.line(place),
            f"`{place[-1] if place else 'this'}` is read in another way by Jupyter Book, which "
            'takes yes, off, dates and the like for something else than text; put it in "quotes"',
        )
        return
    if validated(Config, file, problems) is None:
        return
    extensions = file.value["sphinx"]["extra_extensions"]
    place = ("sphinx", "extra_extensions")
    if _EXTENSION not in extensions:
        report(
            path,
            file.line(place),
            f"the book has no look without {_EXTENSION}; name it under sphinx, extra_extensions",
        )
    for number, name in enumerate(extensions):
        if name != _EXTENSION and _EXTENSION in extensions:
            report(
                path,
                file.line((*place, number)),
                f"the extension “{name}”, which no course needs; take it out",
            )


def _read_otherwise(value: Any, text: str) -> Iterator[Place]:
    """Give the places of values that a reader of YAML 1.1 takes for something else."""
    try:
        theirs = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):
        yield ()
        return
    yield from _differences(value, theirs, ())


def _differences(ours: Any, theirs: Any, place: Place) -> Iterator[Place]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if list(ours) != list(theirs):
            yield place
            return
        for key in ours:
            yield from _differences(ours[key], theirs[key], (*place, key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(our, their, (*place, number))
    elif type(ours) is not type(theirs) or ours != theirs:
        yield place
