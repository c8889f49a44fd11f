"""No file of the builder's machine gets into the course, whatever an author writes and wherever."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docutils import nodes
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from imlcourse.book.cache import Cache
from imlcourse.book.jupyter_config import BookError, sphinx_settings
from imlcourse.book.refusal import refuse_copies
from imlcourse.book.write import DocumentWriter
from imlcourse.document.edition import read_edition
from imlcourse.markup.myst import EXTENSIONS, myst_parser
from imlcourse.markup.page import parse_page
from imlcourse.markup.problems import CourseError, Problem, Problems
from small_course import ROOT, load_again

SECRET = "the-combination-of-the-safe-is-4711"
FENCED = {
    "include": "{{include}} {path}",
    "include with a space": " {{include}} {path}",
    "include of lines": "{{include}} {path}\n:start-line: 0",
    "include as code": "{{include}} {path}\n:literal:",
    "literalinclude": "{{literalinclude}} {path}",
    "literalinclude of a language": "{{literalinclude}} {path}\n:language: text",
    "a difference": "{{literalinclude}} {path}\n:diff: {path}",
    "csv-table": "{{csv-table}} Table\n:file: {path}",
    "csv-table by address": "{{csv-table}} Table\n:url: file://{path}",
    "raw": "{{raw}} html\n:file: {path}",
    "raw by address": "{{raw}} html\n:url: file://{path}",
    "raw with text": "{{raw}} html\n<b>raw</b>",
    "reStructuredText": "{{eval-rst}}\n.. include:: {path}",
    "reStructuredText, literally": "{{eval-rst}}\n.. literalinclude:: {path}",
    "reStructuredText, raw": "{{eval-rst}}\n.. raw:: html\n   :file: {path}",
    "reStructuredText, table": "{{eval-rst}}\n.. csv-table:: T\n   :file: {path}",
    "reStructuredText, download": "{{eval-rst}}\n:download:`x <{path}>`",
    "image": "{{image}} {path}",
    "figure": "{{figure}} {path}\nWords.",
    "a figure in Markdown": "{{figure-md}}\n![x]({path})",
    "mdinclude": "{{mdinclude}} {path}",
    "code from a file": "{{code-block}} text\n:file: {path}",
    "code from a file, cell": "{{code-cell}} python\n:load: {path}",
    "card": "{{card}} T\n:img-top: {path}",
    "video": "{{video}} {path}",
    "bibliography": "{{bibliography}} {path}",
    "graph": "{{graphviz}} {path}",
    "list of pages": "{{toctree}}\n{path}",
    "substitution": "{{eval-rst}}\n.. |x| image:: {path}\n\n|x|",
    "note around it": "{{note}}\n~~~{{include}} {path}\n~~~",
}
"""Directives of a fence, without its marks."""
PLAIN = {
    "an image": "![x]({path})",
    "an image by name": "![x][name]\n\n[name]: {path}",
    "an image in a link": "[![x]({path})](https://example.org)",
    "a link to a file": "[x]({path})",
    "a link to a file by name": "[x][name]\n\n[name]: {path}",
    "a link by scheme": "[x](path:{path})",
    "an address by scheme": "<path:{path}>",
    "a link of a project": "<project:{path}>",
    "a link of file": "[x](file://{path})",
    "download": "{{download}}`x <{path}>`",
    "download without words": "{{download}}`{path}`",
    "doc": "{{doc}}`{path}`",
    "raw role": "{{raw}}`<b>x</b>`",
    "ref": "{{ref}}`{path}`",
    "download in two backticks": "{{download}}``x <{path}>``",
    "substituted": "{{{{ x }}}}",
    "footnote": "Words.[^a]\n\n[^a]: ![x]({path})",
    "a footnote that nothing names": "[^a]: {{download}}`{path}`",
    "comment": "% ![x]({path})",
    "break": '+++ {{"x": 1}}',
    "label": "(a label)=\nWords.",
    "img": '<img src="{path}" alt="x">',
    "img in a sentence": 'Words <img src="file://{path}"> words.',
    "img with a slash": "<img/src={path}>",
    "object": '<object data="{path}"></object>',
    "embed": '<embed src="{path}">',
    "iframe": '<iframe src="{path}"></iframe>',
    "frames in a block": '<div>\n<iframe src="{path}"></iframe>\n</div>',
    "link tag": '<link rel="stylesheet" href="{path}">',
    "style": "<style>@import '{path}';</style>",
    "style attribute": "<p style=\"background: url('{path}')\">x</p>",
    "svg": '<svg><image href="{path}"/></svg>',
    "svg use": '<svg><use xlink:href="{path}#a"/></svg>',
    "video tag": '<video src="{path}"></video>',
    "source": '<picture><source srcset="{path}"><b>x</b></picture>',
    "input": '<input type="image" src="{path}">',
    "base": '<base href="file:///">',
    "meta": '<meta http-equiv="refresh" content="0;url={path}">',
    "form": '<form action="{path}"><b>x</b></form>',
    "script": '<script src="{path}"></script>',
    "frame of another": '<portal src="{path}"></portal>',
    "link out of the book": '<a href="file://{path}">x</a>',
    "link up": '<a href="../../../../{path}">x</a>',
    "comment that browsers end": '<!--> <img src="{path}"> -->',
    "declaration": '<!ENTITY x SYSTEM "{path}">',
    "instruction": '<?include "{path}"?>',
}
"""Other marks and tags."""


def constructs() -> Iterator[tuple[str, str]]:
    """Give each construct by its name: fences in three kinds of marks, then the others."""
    for name, text in FENCED.items():
        inside = text.replace("~~~", "~~~~") if name == "note around it" else text
        for marks in ("```", "~~~", ":::"):
            yield f"{name} in {marks}", f"{marks}{inside}\n{marks}"
    yield from PLAIN.items()


CONSTRUCTS = dict(constructs())


def within(before: str, prefix: str, after: str, construct: str) -> str:
    """Put a construct into a text, each of its lines with what stands before it there."""
    lines = construct.split("\n")
    return before + "\n".join(prefix + line if line else prefix.rstrip() for line in lines) + after


POSITIONS = {
    "on the page": ("", "", ""),
    "behind words": ("Words.\n\n", "", "\n\nWords."),
    "indented": ("", "  ", ""),
    "in a situation": ("::::::{situation} Title\n", "", "\n::::::"),
    "in key points, below words": ("::::::{keypoints}\nWords.\n\n", "", "\n::::::"),
    "in an example, in a list": ("::::::{example} Title\n- One\n\n", "  ", "\n::::::"),
    "in a situation, in a quotation": ("::::::{situation} Title\n", "> ", "\n::::::"),
    "in a list": ("- One\n\n", "  ", ""),
    "in a list in a list": ("- One\n\n  1. Two\n\n", "     ", ""),
    "in a quotation": ("", "> ", ""),
    "in a quotation in a list": ("- One\n\n", "  > ", ""),
    "in a section": ("## Section\n\n", "", "\n\n## Another"),
}


def refused(root: Path) -> list[Problem]:
    """What the checks say of a course."""
    try:
        load_again(root)
    except CourseError as error:
        return error.problems
    return []


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(f"{SECRET}\n", "utf-8")
    return path


@pytest.mark.parametrize("position", POSITIONS)
def test_what_would_bring_in_a_file_is_refused_in_every_position_of_a_page(
    small_course: Path, secret: Path, position: str
) -> None:
    toc = small_course / "book" / "_toc.yml"
    names = {f"p{number}": name for number, name in enumerate(CONSTRUCTS)}
    for page, name in names.items():
        text = within(*POSITIONS[position], CONSTRUCTS[name].format(path=secret))
        (small_course / "book" / f"{page}.md").write_text(f"# Title\n\n{text}\n", "utf-8")
    listed = "".join(f"      - file: {page}\n" for page in names)
    toc.write_text(toc.read_text("utf-8") + listed, "utf-8")
    problems = refused(small_course)
    named = {Path(problem.path).stem for problem in problems if problem.line >= 3}
    missed = {names[page] for page in names if page not in named}
    # In a quotation or a list, a line that only seems to be a comment or a label is one too.
    assert missed == set()


def test_what_would_bring_in_a_file_is_refused_in_a_module(
    small_course: Path, secret: Path
) -> None:
    path = small_course / "modules/m01-who-answers/module.md"
    good = path.read_text("utf-8")
    line = good[: good.index("An officer asks")].count("\n") + 1
    for number, (name, construct) in enumerate(CONSTRUCTS.items()):
        prefix = "> " if number % 2 else ""
        text = within("", prefix, "\n\n", construct.format(path=secret))
        path.write_text(good.replace("An officer asks", f"{text}An officer asks"), "utf-8")
        problems = refused(small_course)
        assert any(
            problem.path.endswith("module.md") and problem.line >= line for problem in problems
        ), name


FIELDS = [
    ("book/course.yml", "title: ", r"^title: .*$"),
    ("book/course.yml", "  1: ", r"^  1: .*$"),
    ("book/texts.yml", "  block.since: ", r"^  block.since: .*$"),
    ("book/_toc.yml", "  - caption: ", r"^  - caption: Part one$"),
    ("book/digest.yml", "    digest: ", r"^    digest: .*(?:\n      .*)*$"),
    ("book/glossary.yml", "    definition: ", r"^    definition: .*$"),
    ("book/since.yml", "    text: ", r"^    text: .*$"),
    ("book/atlas.yml", "    summary: ", r"^    summary: IOM paid.*$"),
    ("book/matrix.yml", "  - help: ", r"^  - help: .*$"),
    ("book/instruments.yml", "    about: ", r"^    about: It matters.*$"),
    ("book/timeline.yml", "    text: ", r"^    text: It changed.*$"),
    ("quizzes/m01.yml", "    stem: ", r"^    stem: Which kind.*$"),
    ("quizzes/m01.yml", "    intro: ", r"^    intro: .*$"),
    ("modules/m01-who-answers/module.md", "title: ", r"^title: .*$"),
    ("modules/m01-who-answers/module.md", "    text: ", r"^    text: Tell who.*$"),
]
"""Texts of data files: the file, what stands before the text, and the lines that hold it."""


def test_what_would_bring_in_a_file_is_refused_in_every_text_of_a_data_file(
    small_course: Path, secret: Path
) -> None:
    good = {name: (small_course / name).read_text("utf-8") for name, *_ in FIELDS}
    # Of the digest one entry, which is read as all are.
    digest = good["book/digest.yml"]
    entries = [found.start() for found in re.finditer(r"^  \S+:$", digest, re.MULTILINE)]
    assert len(entries) > 90
    good["book/digest.yml"] = digest[: entries[1]] + digest[digest.index("\ntopics:") + 1 :]
    for number, (name, construct) in enumerate(CONSTRUCTS.items()):
        value = json.dumps("Words.\n\n" * (number % 2) + construct.format(path=secret))
        files = dict(good)
        for file, key, pattern in FIELDS:
            found = re.search(pattern, files[file], re.MULTILINE)
            assert found, (file, pattern)
            files[file] = files[file].replace(found[0], key + value, 1)
        for file, text in files.items():
            (small_course / file).write_text(text, "utf-8")
        places = [
            (file, files[file][: files[file].index(key + value)].count("\n") + 1)
            for file, key, _ in FIELDS
        ]
        problems = refused(small_course)
        named = {(problem.path, problem.line) for problem in problems}
        assert [place for place in places if place not in named] == [], name
        assert not any(SECRET in str(problem) for problem in problems)


def test_the_text_of_a_page_is_parsed_as_the_book_parses_it() -> None:
    config = (ROOT / "_config.yml").read_text("utf-8")
    assert f"myst_enable_extensions: [{', '.join(EXTENSIONS)}]" in config
    theirs = create_md_parser(MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML)
    of_book, ours = theirs.get_active_rules(), myst_parser().get_active_rules()
    # Characters that a backslash guards stay apart, and words are not counted.
    assert set(of_book["core"]) - set(ours["core"]) == {"text_join", "wordcount"}
    assert ours["block"] == of_book["block"]
    assert ours["inline"] == of_book["inline"]
    assert ours["inline2"] == of_book["inline2"]


COPIED = re.compile(r"image|figure|card|download|link|doc|by scheme|substitution|footnote|comment")


@pytest.fixture
def writer(small_course: Path) -> Iterator[DocumentWriter]:
    """Whatever writes the text of pages, with the settings of the course."""
    cache = Cache(small_course / "cache", "test")
    made = DocumentWriter(sphinx_settings(small_course / "_config.yml", cache))
    yield made
    made.close()


def test_the_book_reads_no_other_file_even_where_nothing_was_checked(
    secret: Path, writer: DocumentWriter
) -> None:
    sources = {}
    climbing = "../" * 12 + str(secret).lstrip("/")
    for number, (name, construct) in enumerate(CONSTRUCTS.items()):
        if COPIED.search(name):
            continue
        whole, up = (construct.format(path=path) for path in (secret, climbing))
        boxed = f'<div class="iml-block">\n\n{up}\n\n</div>'
        inside = (within(*POSITIONS[at], up) for at in ("in a list", "in a quotation"))
        sources[f"p{number}.md"] = "\n\n".join(["# Page", whole, up, boxed, *inside]) + "\n"
    names = [path.removesuffix(".md") for path in sources]
    written = dict(writer._written(names, sources, []))
    assert list(written) == names
    assert [name for name, made in written.items() if SECRET in str(made)] == []
    with pytest.raises(BookError, match=r"disabled|unknown|Unknown"):
        writer.write(names[:1], sources)


@pytest.mark.parametrize("name", ["an image", "a link by scheme", "download"])
def test_the_book_copies_no_other_file_even_where_nothing_was_checked(
    secret: Path, writer: DocumentWriter, name: str
) -> None:
    sources = {"p.md": f"# Page\n\n{CONSTRUCTS[name].format(path=secret)}\n"}
    with pytest.raises(BookError, match="would bring in a file"):
        writer.write(["p"], sources)


# --- what is allowed goes on working ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("See {para}`8`.", ["8"]),
        ("`` {para}`8` `` and {para}`9`.", ["9"]),
        ("Code `{para}` and {para}`9`.", ["9"]),
        ("```\n{para}`8`\n```\n\n{para}`9`", ["9"]),
        ("<!-- {para}`8` -->\n\n{para}`9`", ["9"]),
        (r"\{para}`8` {para}`9`", ["9"]),
        ("- One\n  {para}`8`\n- > {quote}`words\n  > go on <9>`", ["8", "9"]),
        ("| a | b |\n|---|---|\n| {para}`8` | x {para}`8` {para}`9` |", ["8", "8", "9"]),
        ("<ul>\n<li>{para}`8`</li>\n</ul>", ["8"]),
        ("**{para}`8`** and [{para}`9`](x.md)", ["8", "9"]),
        ("Title\n=====\n\n{para}`8`", ["8"]),
    ],
)
def test_a_role_is_found_where_it_is_one_and_nowhere_else(text: str, roles: list[str]) -> None:
    page = parse_page(Path("x.md"), text, Problems(Path()))
    assert [role.target for role in page.roles] == roles
    for role in page.roles:
        assert f"{role.name}" in text.split("\n")[role.line - 1]


def test_what_stands_in_a_drawing_is_no_file_to_copy() -> None:
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document += nodes.image(uri="data:image/svg+xml;base64,AAAA")
    refuse_copies(None, document)


def test_what_would_bring_in_a_file_is_refused_in_what_is_known_of_the_document(
    small_course: Path, secret: Path
) -> None:
    path = small_course / "book" / "document.yml"
    good = path.read_text("utf-8")
    (title,) = re.findall(r"^title: .*$", good, re.MULTILINE)
    line = good[: good.index(title)].count("\n") + 1
    for name, construct in CONSTRUCTS.items():
        value = json.dumps(construct.format(path=secret))
        path.write_text(good.replace(title, f"title: {value}"), "utf-8")
        problems = Problems(small_course)
        read_edition(path, problems)
        found = {(problem.path, problem.line) for problem in problems.sorted()}
        assert ("book/document.yml", line) in found, name
    # Whoever reads the course refuses what the reader of this file does.
    assert set(problems.sorted()) <= set(refused(small_course))


def test_no_test_waits_in_a_way_that_the_policy_of_our_pages_forbids() -> None:
    # See waiting.py: such a wait passes on a slow machine and fails on a quick one.
    waiting = ".wait_for_" + "function("
    assert [
        one.name for one in Path(__file__).parent.glob("*.py") if waiting in one.read_text()
    ] == []
