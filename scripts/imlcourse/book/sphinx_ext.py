"""The small Sphinx extension that gives the book its look, its own search and nothing else.

Furo stays the theme that Sphinx knows; its page template is replaced by ours, which loads one
style, one small script, and the player where a page has a quiz. Everything that other extensions
would load is left out.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import minify_html
import rcssmin
import rjsmin

from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.languages.strings import Strings, load_strings

_THEME = Path(__file__).parent / "theme"
_LOOK = frozenset(path.name for path in (_THEME / "static").iterdir())
_DRAWING = re.compile(
    r'<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)" alt="([^"]*)"\s*/?>'
)
_SCRIPT = re.compile(r"<script\b.*?</script>\s*", re.DOTALL | re.IGNORECASE)
_STOPS = re.compile(r"[ ·]* · [ ·]*")  # where a block ends, so that sentences do not run together
_BLANK = re.compile(r"_{2,}")  # to be filled in by hand
_NEEDLESS = re.compile(r"([.!?…][”’)]*) · ")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)

Entry = tuple[str, str, str, str, str]
"""A searchable section: page address, anchor, its title, the page's title, its words."""


def _configure(app: Any, config: Any) -> None:
    config.templates_path.insert(0, str(_THEME / "templates"))
    config.html_static_path.append(str(_THEME / "static"))
    about = Path(app.srcdir) / "course.json"
    config.iml_course = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
    if language := config.iml_course.get("language"):
        # The course says what it is called and in which language; no second file has to.
        config.language = language.replace("-", "_")
        config.html_title = config.iml_course["title"]
    app.iml_entries = {}
    app.iml_sealed = {}


def _page(app: Any, pagename: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    about = app.config.iml_course
    strings = load_strings(about.get("language", "en"))
    body = context.get("body", "")
    context["iml"] = {"title": app.config.html_title, **about}
    context["t"] = strings.text
    context["iml_texts"] = strings
    context["iml_player"] = "data-iml-quiz" in body
    context["iml_worksheet"] = "data-iml-worksheet" in body
    context["iml_about_me"] = "data-iml-page" in body
    context["iml_filter"] = "data-iml-filter" in body or "iml-sortable" in body
    context["iml_aid"] = pagename.startswith("aid-")
    context["iml_parts"] = (
        context["iml_aid"] or context["iml_about_me"] or _PART.search(body) is not None
    )
    context["iml_tables"] = context["iml_about_me"] or _TABLE.search(body) is not None
    context["iml_module"] = about.get("modules", {}).get(pagename)
    context["iml_notebook"] = about.get("notebooks", {}).get(pagename)
    context["iml_toctree"] = _contents(context)
    context["iml_terms"] = False
    if doctree is not None:
        # No page has a script in its text: those are left by extensions that we do not use.
        body = _SCRIPT.sub("", body)
        body, sealed = _sealed_apart(body, pagename)
        if sealed:
            app.iml_sealed[pagename] = sealed
        context["iml_terms"] = 'class="iml-term"' in body
        terms = about.get("terms", {})
        context["body"] = _definitions(_tables(_drawings(body), strings), terms, strings)
        title = _plain(context.get("title", ""))
        entries = _sections(f"{pagename}.html", title, body)
        if pagename in PAGES_BY_NAME and PAGES_BY_NAME[pagename].titles_only:
            entries = ((*entry[:4], "") for entry in entries)
        app.iml_entries[pagename] = list(entries)


_PART = re.compile(
    'class="iml-(?:filter|activity|timeline|works|matrix|helps|sortable|worksheet|limits'
    "|cover|doors|modules|part-name|honest)"
)
_SEALED_QUIZ = re.compile(r'<div class="iml-quiz"[^>]* data-iml-mode="test"')
_SEALED = re.compile(
    r'(data-iml-item="(?P<item>[^"]+)"[^>]*? data-iml-sealed-item="(?P<whole>[^"]*)")'
    r'|data-iml-item="(?P<owner>[^"]+)"|data-iml-sealed="(?P<answer>[^"]*)"'
)


def _sealed_apart(body: str, pagename: str) -> tuple[str, dict[str, str]]:
    """Take what is sealed out of a page, to be loaded when a test is begun.

    It is most of what a page with a test weighs, and few visits begin one.
    """
    found: dict[str, str] = {}
    owner = ""

    def take(match: re.Match[str]) -> str:
        nonlocal owner
        if match["whole"] is not None:
            found[match["item"]] = unescape(match["whole"])
            return match[0].replace(match["whole"], "") if match["whole"] else match[0]
        if match["owner"] is not None:
            owner = match["owner"]
            return match[0]
        found[owner] = unescape(match["answer"])
        return 'data-iml-sealed=""'

    body = _SEALED.sub(take, body)
    if not found:
        return body, found
    name = _sealed_name(pagename)
    address = f"{'../' * pagename.count('/')}_static/{name}"
    return _SEALED_QUIZ.sub(lambda m: f'{m[0]} data-iml-sealed-in="{address}"', body), found


def _sealed_name(pagename: str) -> str:
    return f"sealed-{pagename.replace('/', '-')}.js"


def _contents(context: dict[str, Any]) -> str:
    """Give the contents, its captions as plain words above each list."""
    tree = str(
        context["toctree"](collapse=False, titles_only=True, maxdepth=1, includehidden=True) or ""
    )
    tree = tree.replace(' role="heading"', "")
    tree = re.sub(r'<span class="caption-text">(.*?)</span>', r"\1", tree)
    return tree.replace(
        'class="current reference internal" href="#"',
        'class="reference internal" aria-current="page" href="#"',
    )


def _drawings(body: str) -> str:
    """Put drawings into the page itself, so that their colours follow light and dark."""

    def inline(found: re.Match[str]) -> str:
        drawing = base64.b64decode(found[1]).decode("utf-8")
        drawing = re.sub(r"^\s*(<\?xml[^>]*\?>)?\s*", "", drawing)
        # Ids are made the page's own, should two drawings have the same ones.
        prefix = f"d{found.start()}-"
        drawing = re.sub(r'\bid="', f'id="{prefix}', drawing)
        drawing = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}", drawing)
        return drawing.replace("<svg ", f'<svg role="img" aria-label="{found[2]}" ', 1).strip()

    return _DRAWING.sub(inline, body)


def _tables(body: str, strings: Strings) -> str:
    """Let wide tables scroll by themselves on a phone, by touch and by keyboard."""
    label = escape(strings.text("book.table"))
    return _TABLE.sub(
        lambda table: (
            f'<div class="iml-table" role="group" tabindex="0" aria-label="{label}">'
            f"{table[0]}</div>"
        ),
        body,
    )


_TERM = re.compile(r'<a class="iml-term" href="[^"]*glossary\.html#term-([a-z0-9-]+)"')


def _definitions(body: str, terms: dict[str, str], strings: Strings) -> str:
    """Put the definitions of the terms that a page links at its end.

    A screen reader reads them with the link, and a script shows them on hover and on focus.
    """
    used = dict.fromkeys(term for term in _TERM.findall(body) if term in terms)
    if not used:
        return body
    described = _TERM.sub(
        lambda link: f'{link[0]} aria-describedby="def-{link[1]}"' if link[1] in used else link[0],
        body,
    )
    lines = [f'<p id="def-{term}">{escape(terms[term])}</p>' for term in used]
    again = escape(strings.text("book.term_again"))
    opening = f'<div class="iml-defs" hidden data-again="{again}">'
    return "\n".join([described, opening, *lines, "</div>"])


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return reader.text()


class _Words(HTMLParser):
    """Takes the words out of HTML, section by section, and leaves answers out."""

    _BLOCKS = frozenset(
        [
            "p",
            "li",
            "dt",
            "dd",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "tr",
            "td",
            "th",
            "legend",
            "label",
            "option",
            "figcaption",
            "summary",
            "br",
        ]
    )
    _VOID = frozenset(["br", "img", "input", "hr", "link", "meta", "source", "wbr"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._ids: list[str] = []
        self._in_heading = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        if self._hidden:
            self._hidden += tag not in self._VOID
            return
        # Of a question, its stem is found, and neither its options nor its answer; of a text, not
        # the line that names its sources.
        if (
            tag in ("style", "script", "svg", "label", "select", "fieldset")
            or {"iml-answer", "iml-source"} & set(named.get("class", "").split())
            or ("headerlink" in named.get("class", "").split())
        ):
            self._hidden = 1
            return
        if tag in ("section", "article"):
            self._ids.append(named.get("id", ""))
        if tag in ("h1", "h2", "h3") and "iml-quiz-title" not in named.get("class", ""):
            self.sections.append((self._ids[-1] if self._ids else "", [], []))
            self._in_heading = True
        if tag in self._BLOCKS:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        if tag in ("h1", "h2", "h3"):
            self._in_heading = False
        if tag in ("section", "article") and self._ids:
            self._ids.pop()
        if tag in self._BLOCKS:
            self._add(" · ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._add(data)

    def _add(self, data: str) -> None:
        _, title, words = self.sections[-1]
        (title if self._in_heading else words).append(data)

    def text(self) -> str:
        return " ".join(
            "".join("".join(title + words) for _, title, words in self.sections).split()
        )


def _sections(page: str, title: str, body: str) -> Iterator[Entry]:
    """Give the sections of a page with their words."""
    reader = _Words()
    reader.feed(body)
    for anchor, heading, words in reader.sections:
        name = " ".join("".join(heading).split())
        text = _STOPS.sub(" · ", " ".join("".join(words).split())).strip(" ·")
        text = _BLANK.sub("…", _NEEDLESS.sub(r"\1 ", text))
        if name or text:
            yield (page, "" if name == title else anchor, name or title, title, text)


def _search_index(entries: list[Entry]) -> str:
    """Write the search index: titles in the open, the words of the sections packed.

    In the open, the words of a whole course would be several times what a page may weigh.
    """
    pages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for page, anchor, name, title, _ in entries:
        pages.setdefault((page, title), []).append((anchor, name))
    titles = [[*page, sections] for page, sections in pages.items()]
    texts = json.dumps([entry[4] for entry in entries], ensure_ascii=False).encode()
    # Base 85 takes a fifteenth less room than base 64, and none of its signs needs an escape.
    squeezed = gzip.compress(texts, 9, mtime=0)
    packed = base64.b85encode(squeezed, pad=True).decode("ascii")
    index = json.dumps(
        {"titles": titles, "size": len(squeezed), "packed": packed},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f"window.imlSearch = {index};\n"


# Classes that other extensions give, and no style or script of ours asks for.
_UNASKED = re.compile(
    r' class="(?:reference (?:internal|external)|toctree-l1(?: current)?|output text_html'
    r'|row-odd|row-even|head|simple|docutils align-default|[a-z_ -]*docutils container)"'
)


def _small(page: str) -> str:
    """Write a page with fewer signs: no quotes and closing tags that HTML can do without."""
    page = _UNASKED.sub("", page)
    small: str = minify_html.minify(
        page, keep_html_and_head_opening_tags=True, minify_css=False, minify_js=False
    )
    return small


def _forget_buttons(app: Any, *_: Any) -> None:
    # jupyter-book sets options of its own theme while it builds; Furo would complain of them when
    # the same Sphinx builds again, as the live preview does.
    app.config.html_theme_options.clear()


def _finish(app: Any, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    for docname in set(app.iml_entries) - set(app.env.found_docs):
        del app.iml_entries[docname]
    entries = [entry for name in sorted(app.iml_entries) for entry in app.iml_entries[name]]
    (out / "search-index.js").write_text(_search_index(entries), encoding="utf-8", newline="\n")
    # Besides the look: what `book_sources` has written.
    ours = {*_LOOK, *(path.name for path in (Path(app.srcdir) / "_static").iterdir())}
    for pagename, sealed in app.iml_sealed.items():
        if pagename in app.env.found_docs:
            ours.add(_sealed_name(pagename))
            text = json.dumps(sealed, ensure_ascii=False, indent=0).replace("</", "<\\/")
            path = out / "_static" / _sealed_name(pagename)
            path.write_text(f"imlPlayer.addSealed({text});\n", encoding="utf-8", newline="\n")
    for path in out.rglob("*.html"):
        if path.parent.name != "_static":
            page = path.read_text(encoding="utf-8")
            path.write_text(_small(page), encoding="utf-8", newline="\n")
    # What other extensions bring is not loaded by any page.
    for path in sorted((out / "_static").rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.parent != out / "_static" or path.name not in ours:
            path.unlink()
        elif path.suffix == ".css":
            small = rcssmin.cssmin(path.read_text(encoding="utf-8"))
            path.write_text(f"{small}\n", encoding="utf-8", newline="\n")
        elif path.suffix == ".js" and path.name in _LOOK:
            # The others come small already.
            small = rjsmin.jsmin(path.read_text(encoding="utf-8"))
            path.write_text(f"{small}\n", encoding="utf-8", newline="\n")


def setup(app: Any) -> dict[str, Any]:
    """Connect the extension to Sphinx.

    Parameters
    ----------
    app
        The Sphinx application.

    Returns
    -------
    dict
        What Sphinx may do with it: pages are gathered for the search as they are written, so
        they are written one after the other.
    """
    app.add_config_value("iml_course", {}, "html")
    app.connect("config-inited", _configure)
    # After Furo, whose own context is not needed.
    app.connect("html-page-context", _page, priority=900)
    app.connect("env-before-read-docs", _forget_buttons, priority=900)
    app.connect("build-finished", _finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
