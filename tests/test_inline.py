"""The Markdown subset of quiz texts."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from imlcourse.markup.inline import inline_html, inline_markdown, inline_text
from imlcourse.markup.quick_rules import QuickState, with_quick_rules


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("*de facto* and **not**", "<em>de facto</em> and <strong>not</strong>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("**one *in* other**", "<strong>one <em>in</em> other</strong>"),
        ("5 * 3 and 2*", "5 * 3 and 2*"),
        (r"\*starred\*", "*starred*"),
        ("two\n  lines", "two lines"),
        ('<b onclick="x">&amp;', "&lt;b onclick=&quot;x&quot;&gt;&amp;amp;"),
        ("[link](javascript:alert(1))", "[link](javascript:alert(1))"),
        ("![picture](x)", "![picture](x)"),
        ("# no heading", "# no heading"),
        ("`code` and <https://x.example>", "`code` and &lt;https://x.example&gt;"),
    ],
)
def test_the_subset(text: str, html: str) -> None:
    assert inline_html(text) == html


@given(st.text(alphabet="ab *_`\\\\<>&#[](){}!|~$:/\"'.;\n", max_size=30) | st.text(max_size=30))
def test_as_markdown_a_text_is_shown_as_it_is_in_html(text: str) -> None:
    shown = MarkdownIt("commonmark").enable("table").render(f"# {inline_markdown(text)}")
    assert shown == f"<h1>{inline_html(text).strip()}</h1>\n"


def test_plain_words() -> None:
    assert inline_text("Which is **not** a\n*duty* <b>?") == "Which is not a duty <b>?"


class _Tags(HTMLParser):
    """Collects the tags of a piece of HTML, and whether they are nested well."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        self.attributes += len(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet=st.sampled_from('ab <>&"*_\\[]()!`\n/=')))
def test_no_text_makes_other_tags_or_loses_words(text: str) -> None:
    html = inline_html(text)
    tags = _Tags()
    tags.feed(html)
    tags.close()
    assert tags.seen <= {"em", "strong"}
    assert not tags.open
    assert not tags.attributes
    assert "\n" not in html
    assert '"' not in html
    shown = unescape(re.sub(r"</?(em|strong)>", "", html))
    assert re.findall("[ab]", shown) == re.findall("[ab]", text)
    assert shown == inline_text(text)


@given(st.text(alphabet="ab *_`\\&<>\"'[](){}!#\n\t\x00é:-~=1."))
def test_a_text_without_marks_is_what_the_parser_would_make_of_it(text: str) -> None:
    """What is quicker than markdown-it gives what markdown-it gives."""
    plain = MarkdownIt("zero").enable(["emphasis", "escape"])
    line = " ".join(text.split())
    assert inline_html(text) == plain.renderInline(line)
    tokens = plain.parseInline(line)
    assert inline_text(text) == "".join(c.content for t in tokens for c in t.children or [])


@given(st.text(alphabet="ab \n\t\x00\r\x0b\u2028"))
@example("  ")
@example("a\n \t")
@example(" a\n\n\t b")
def test_lines_found_in_one_stride_are_the_lines_that_were_found(text: str) -> None:
    parser = MarkdownIt("commonmark")
    quick, slow = QuickState(text, parser, {}, []), StateBlock(text, parser, {}, [])
    assert vars(quick) == vars(slow)


@given(st.text(alphabet="ab *_`\\&<>\"'[](){}!#\n\t\x00é:-~=1.|"))
def test_plain_text_read_in_one_stride_ends_where_it_ended(text: str) -> None:
    slow = MarkdownIt("commonmark", {"html": True}).enable("table")
    quick = with_quick_rules(MarkdownIt("commonmark", {"html": True}).enable("table"))
    assert quick.parse(text) == slow.parse(text)
