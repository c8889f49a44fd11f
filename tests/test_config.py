"""``_config.yml``: what `course check` lets pass, Jupyter Book and Sphinx can use."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imlcourse.book.body import Written
from imlcourse.book.cache import Cache
from imlcourse.book.jupyter_config import sphinx_settings
from imlcourse.book.write import DocumentWriter
from small_course import load_again, spoil
from test_authors_mistakes import CONFIG, told

FAULTS = [
    ("title: Migrants’ Rights in Practice\nauthor", "title: 2009\nauthor", "must be text"),
    ("title: Migrants’ Rights in Practice\nauthor", "title: no\nauthor", "in another way"),
    ("title: Migrants’ Rights in Practice\nauthor", "title: 2009-11-13\nauthor", "in another"),
    ("title: Migrants’ Rights in Practice\nauthor", "title: 12:30\nauthor", "in another way"),
    ("title: Migrants’ Rights in Practice\nauthor", "title:\nauthor", "`title` must be text"),
    ("title: Migrants’ Rights in Practice\nauthor", "title: [a]\nauthor", "must be text"),
    ("title: Migrants’ Rights in Practice\nauthor", "author", "`title` is missing"),
    ("title: Migrants’ Rights in Practice\nauthor", f"title: {'long ' * 1000}\nauthor", "`title`"),
    ("title: Migrants’ Rights in Practice\nauthor", "true: x\nauthor", "knows no “true”"),
    ("title: Migrants’ Rights in Practice\nauthor", "1: x\nauthor", "knows no “1”"),
    ("title: Migrants’ Rights in Practice\nauthor", "? [a]\n: x\nauthor", "a name is expected"),
    ('author: ""', "author: {name: x}", "must be text"),
    ('author: ""', "author: &a x", "an anchor"),
    ('author: ""', "author: !!python/name:os.system x", "a tag"),
    ('logo: ""', "logo: /etc/hostname.png", "`logo` cannot be"),
    ("only_build_toc_files: true", "only_build_toc_files: 1", "`only_build_toc_files`"),
    ("only_build_toc_files: true", "only_build_toc_files: perhaps", "`only_build_toc_files`"),
    ("only_build_toc_files: true", "only_build_toc_files: yes", "in another way"),
    ("only_build_toc_files: true", "only_build_toc_files: false", "`only_build_toc_files`"),
    ('execute_notebooks: "off"', "execute_notebooks: off", "in another way"),
    ('execute_notebooks: "off"', "execute_notebooks: force", "`execute_notebooks` cannot be"),
    ('execute_notebooks: "off"', 'execute_notebooks: "off"\n  timeout: soon', "`timeout`"),
    ('execute_notebooks: "off"', 'execute_notebooks: "off"\n  timeout: -5', "`timeout` is"),
    ('execute_notebooks: "off"', 'execute_notebooks: "off"\n  cache: /etc', "`cache`"),
    ("[colon_fence]", "[colon_fence, substitution]", "`myst_enable_extensions`"),
    ("[colon_fence]", "[]", "`myst_enable_extensions`"),
    ("[colon_fence]", "colon_fence", "must be a list"),
    ("[colon_fence]", "[colon-fence]", "`myst_enable_extensions`"),
    ("[http, https, mailto]", "[http, https, mailto, file]", "`myst_url_schemes`"),
    ("[http, https, mailto]", "{file: null}", "must be a list"),
    ("thebe: false", "thebe: true", "`thebe` cannot be"),
    ("use_issues_button: false", "use_issues_button: 0", "`use_issues_button`"),
    ("use_issues_button: false", "use_issues_button: perhaps", "`use_issues_button`"),
    ("use_repository_button: false", "use_repository_button: true", "`use_repository_button`"),
    ("\nhtml:\n", "\nhtml:\n  extra_footer: <script>x()</script>\n", "`extra_footer`"),
    ("\nhtml:\n", "\nhtml:\n  analytics: {google_analytics_id: x}\n", "`analytics`"),
    ("\nhtml:\n", "\nhtml:\n  favicon: /etc/hostname\n", "`favicon`"),
    ("\nhtml:\n", "\nhtml: false\nlatex:\n", "`html` holds names with values"),
    ("    - imlcourse.book.sphinx_ext\n", "    - imlcourse.book.sphinx_ext\n    - no.such\n",
     "the extension “no.such”"),
    ("    - imlcourse.book.sphinx_ext\n", "    - 5\n", "`extra_extensions`"),
    ("  extra_extensions:\n    - imlcourse.book.sphinx_ext\n", "  extra_extensions:\n",
     "`extra_extensions` must be a list"),
    ("  extra_extensions:\n", "  local_extensions: {x: .}\n  extra_extensions:\n",
     "`local_extensions`"),
    ("html_theme: basic", "html_theme: no-such-theme", "`html_theme` cannot be"),
    ("html_theme: basic", "html_theme: 5", "`html_theme` cannot be"),
    ("html_theme_options: {}", "html_theme_options: []", "`html_theme_options`"),
    ("html_theme_options: {}", "html_theme_options: {a: b}", "`html_theme_options`"),
    ("html_copy_source: false", "html_copy_source: perhaps", "must be true or false"),
    ("html_last_updated_fmt: null", "html_last_updated_fmt: 5", "`html_last_updated_fmt`"),
    ("html_permalinks_icon: \"#\"", "html_permalinks_icon: [1]", "must be text"),
    ("nb_output_stderr: show", "nb_output_stderr: loudly", "`nb_output_stderr` cannot be"),
    ("language: en", "language: [en]", "must be text"),
    ("language: en", "language: no", "in another way"),
    ("suppress_warnings: [misc.highlighting_failure]", "suppress_warnings: all", "must be a list"),
    ("use_multitoc_numbering: false\n", "use_multitoc_numbering: false\n    extensions: [x]\n",
     "`extensions` is not known here"),
    ("use_multitoc_numbering: false\n", "use_multitoc_numbering: false\n    html_extra_path: [/]\n",
     "`html_extra_path` is not known here"),
    ("use_multitoc_numbering: false\n", "use_multitoc_numbering: false\n    rst_prolog: x\n",
     "`rst_prolog` is not known here"),
    ("use_multitoc_numbering: false\n", "use_multitoc_numbering: false\n    5: x\n",
     "`config` is read in another way"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_what_jupyter_book_cannot_use_is_told_by_line(
    small_course: Path, old: str, new: str, said: str
) -> None:
    spoil(small_course, CONFIG, old, new)
    problems = told(small_course)
    assert any(said in problem for problem in problems), problems
    assert all(re.match(r"_config\.yml:\d+: ", problem) for problem in problems), problems


SECTIONS = ["execute", "parse", "launch_buttons", "html", "sphinx"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("value", ["", " null", " []", " text", " 5"])
def test_a_section_that_was_emptied_is_told(small_course: Path, section: str, value: str) -> None:
    path = small_course / CONFIG
    text = path.read_text("utf-8")
    emptied = re.sub(rf"^{section}:\n(?:  .*\n|\n)*", f"{section}:{value}\n\n", text, flags=re.M)
    assert emptied != text
    path.write_text(emptied, "utf-8")
    problems = told(small_course)
    line = emptied[: emptied.index(f"\n{section}:")].count("\n") + 2
    assert any(problem.startswith(f"_config.yml:{line}: ") for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('author: ""', "author: A team"),
        ("html:\n  use_issues_button: false\n  use_repository_button: false\n", ""),
        ("launch_buttons:\n  thebe: false\n", ""),
        ('execute_notebooks: "off"', 'execute_notebooks: "off"\n  timeout: 60'),
        ("[http, https, mailto]", "[https]"),
        ("language: en", "language: fr"),
        ("suppress_warnings: [misc.highlighting_failure]", "suppress_warnings: []"),
        ("sphinx:\n", "repository:\n  url: https://example.org/course\n\nsphinx:\n"),
        ("sphinx:\n", "sphinx:\n  recursive_update: true\n"),
    ],
)
def test_what_the_check_lets_pass_makes_pages(small_course: Path, old: str, new: str) -> None:
    spoil(small_course, CONFIG, old, new)
    load_again(small_course)
    cache = Cache(small_course / "cache", "test")
    writer = DocumentWriter(sphinx_settings(small_course / CONFIG, cache))
    written = writer.write(["p"], {"p.md": "# Page\n\nWords with a [link](https://example.org).\n"})
    writer.close()
    assert "Words with a" in written["p"]["body"]


def test_the_language_of_the_book_before_leaves_nothing_in_the_next(small_course: Path) -> None:
    def heading() -> str:
        cache = Cache(small_course / "cache", "test")
        writer = DocumentWriter(sphinx_settings(small_course / CONFIG, cache))
        written = writer.write(["p"], {"p.md": "# Page\n\nWords.\n"})
        writer.close()
        return written["p"]["body"]

    in_english = heading()
    spoil(small_course, CONFIG, "language: en", "language: fr")
    assert "Lien vers" in heading()
    spoil(small_course, CONFIG, "language: fr", "language: en")
    assert heading() == in_english


def test_a_writer_goes_on_to_documents_that_it_only_knew_by_name(small_course: Path) -> None:
    """Those that are only linked stand empty in its folder, until they are wanted themselves."""
    writer = DocumentWriter(sphinx_settings(small_course / CONFIG, Cache(small_course, "test")))
    names = ["a", "b", "c"]
    sources = {f"{name}.md": f"# Page {name}\n\nOf {name}; see [](b.md).\n" for name in names}
    written: dict[str, Written] = {}
    for name in names:
        written |= writer.write([name], sources, ["b"])
        assert "Page b" in written[name]["body"]
    again = writer.write(["a"], sources, ["b"])
    writer.close()
    assert again["a"] == written["a"]
    assert [f"Of {name}; see" in written[name]["body"] for name in names] == [True] * 3


def test_what_a_page_hardly_ever_needs_is_loaded_when_it_needs_it(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from imlcourse.book.late import _LATE, load_late
        load_late()
        load_late()  # a second time changes nothing
        import imlcourse.book.quick_myst
        from sphinx.transforms.post_transforms import images
        from sphinx.ext import doctest
        held = [name for name in _LATE if type(sys.modules[name]).__name__ == "_Late"]
        assert held == list(_LATE), held
        assert "requests" not in sys.modules
        images.requests.get
        assert "requests" in sys.modules
        assert doctest.doctestopt_re.sub("", "x # doctest: +SKIP")
        import PIL.Image
        assert PIL.Image.new("L", (2, 3)).size == (2, 3)
        import snowballstemmer
        assert snowballstemmer.stemmer("porter").stemWord("rights") == "right"
        assert not hasattr(snowballstemmer, "__no_such_name__")
        assert not hasattr(images.requests, "no_such_name")
        load_late()  # nor once they are there
        assert PIL.Image.new("L", (2, 3)).size == (2, 3)
        print("well")
    """
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout == "well\n", done.stderr
