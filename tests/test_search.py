"""The search answers what officials ask: by meaning, slips forgiven, help at the counter first.

The engine and the index are those of the built course; they run in Node.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Engine
from imlcourse.book.search_index import Entry, PageReader, read_index, search_index, tokens_of
from imlcourse.languages.asked import asked_in, read_asked, stemmer_script
from imlcourse.languages.rules import rules_of
from imlcourse.languages.rules.base import MARKS
from plain_yaml import load_yaml

ASKED = load_yaml((Path(__file__).with_name("questions.yml")).read_text(encoding="utf-8"))
QUESTIONS = ASKED["questions"]
SEARCHER = """(given) => {
  const { packed } = imlPlayer;
  const raw = imlPlayer.inflate(packed.bytesOf(given.index.packed, given.index.size));
  const words = imlPlayer.words.wordsOf(
    Object.assign(given.language, { stem: globalThis.imlStem }));
  globalThis.searching = imlPlayer.finder.engineOf(imlPlayer.sections.read(raw), words);
}"""
ASK = """({ asks, named }) => {
  const found = searching.search(asks, named);
  return {
    all: found.all, corrected: found.corrected, hits: found.hits.length,
    lines: found.groups.map(([{ section }]) => [
      section.page.replace('.html', ''), section.anchor, section.heading, section.rank]),
  };
}"""

Search = Callable[..., dict[str, Any]]


def language_of(tag: str) -> dict[str, object]:
    return {"marks": MARKS, "prefixes": list(rules_of(tag).prefixes), **asked_in(tag).for_scripts()}


@pytest.fixture(scope="module")
def ask(engine: Engine, offline: Path) -> Iterator[Search]:
    """Ask the search of the built course."""
    script = (offline / "search-index.js").read_text(encoding="utf-8")
    index = json.loads(script[len("window.imlSearch = ") : -2])
    engine.evaluate(f"(0, eval)({json.dumps(stemmer_script('en'))})")
    engine.evaluate(SEARCHER, {"index": index, "language": language_of("en")})

    def asked(question: str, named: str = "") -> dict[str, Any]:
        found: dict[str, Any] = engine.evaluate(ASK, {"asks": question, "named": named})
        return found

    yield asked


def is_at(line: list[Any], wanted: str) -> bool:
    """Say whether a line leads to a page, or, with #, to a situation."""
    page, anchor = str(line[0]), str(line[1])
    return anchor == wanted[1:] if wanted.startswith("#") else page == wanted


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["asks"])
def test_a_question_as_officials_ask_it_leads_to_its_answer(
    ask: Search, row: dict[str, Any]
) -> None:
    named = {"A45": "Annex, paragraph 45", "paragraph 8": "Paragraph 8"}.get(row["asks"], "")
    lines = ask(row["asks"], named)["lines"]
    shown = "\n".join(str(line) for line in lines[:10])
    assert lines, "nothing found"
    assert any(is_at(lines[0], wanted) for wanted in row["first"].split("|")), shown
    for wanted in row.get("among", ()):
        assert any(is_at(line, wanted) for line in lines[:10]), f"{wanted} not among\n{shown}"
    ranks = [line[3] for line in lines]
    help_first = lines[: ranks.index(2)] if 2 in ranks else lines
    for wanted in row.get("before", ()):
        assert any(is_at(line, wanted) for line in help_first), f"{wanted} not before\n{shown}"


Here = Callable[[str], list[str] | None]


@pytest.fixture(scope="module")
def ask_here(engine: Engine, offline: Path) -> Here:
    """Type into the page of the situations, as its script answers; the page itself is built."""
    html = (offline / "what-is-in-front-of-you.html").read_text(encoding="utf-8")
    engine.evaluate(f"(0, eval)({json.dumps(stemmer_script('en'))})")
    engine.evaluate(
        """({ html, language }) => {
          const entries = [...documentOf(html).querySelectorAll('[data-iml-entry]')];
          globalThis.typing = imlPlayer.here.among(entries, imlPlayer.words.wordsOf(
            Object.assign(language, { stem: globalThis.imlStem })));
        }""",
        {"html": html, "language": language_of("en")},
    )

    def typed(words: str) -> list[str] | None:
        found: list[str] | None = engine.evaluate(
            "(words) => (typing(words) || null) && typing(words).map(({ id }) => id)",
            words,
        )
        return found

    return typed


@pytest.mark.parametrize("row", ASKED["here"], ids=lambda row: row["asks"])
def test_what_is_typed_in_front_of_somebody_finds_the_situation_first(
    ask_here: Here, row: dict[str, Any]
) -> None:
    found = ask_here(row["asks"])
    assert found, "nothing found"
    assert f"#{found[0]}" in row["first"].split("|"), found


def test_nothing_typed_leaves_all_situations_and_what_nobody_says_leaves_none(
    ask_here: Here,
) -> None:
    assert ask_here("") is None
    assert ask_here(" ?") is None
    assert ask_here("xqzzkvw") == []


def test_a_message_for_words_alone_speaks_of_no_choice(offline: Path) -> None:
    html = (offline / "what-is-in-front-of-you.html").read_text(encoding="utf-8")
    (told,) = re.findall(r'data-none-typed="([^"]*)"', html)
    assert "words" in told
    assert "choice" not in told


def test_there_are_forty_questions_or_more() -> None:
    assert len({row["asks"] for row in QUESTIONS}) == len(QUESTIONS) >= 40


def test_inflections_and_words_of_practice_meet(ask: Search) -> None:
    for words in (
        ("detain", "detained", "detention", "jail"),
        ("child", "children", "kids", "minor"),
        ("deport", "deportation", "expulsion", "removal"),
    ):
        found = [{tuple(line[:2]) for line in ask(word)["lines"][:8]} for word in words]
        assert all(ask(word)["all"] for word in words), words
        assert len(set.intersection(*found)) > 1, words


def test_a_slip_is_put_right_at_once_and_told(ask: Search) -> None:
    found = ask("trafficing")
    assert found["corrected"] == "trafficking"
    assert found["lines"][:5] == ask("trafficking")["lines"][:5]
    assert ask("trafficking")["corrected"] == ""


def test_words_that_say_nothing_are_not_looked_for(ask: Search) -> None:
    assert ask("can I detain a child?")["lines"] == ask("detain child")["lines"]
    # Where nothing else is asked, they are.
    assert ask("what is it")["lines"]


def test_situations_and_sheets_stand_before_modules_and_these_before_the_rest(ask: Search) -> None:
    ranks = [line[3] for line in ask("trafficking")["lines"]]
    modules = [at for at, rank in enumerate(ranks) if rank == 2]
    assert {*ranks[: modules[0]]} <= {0, 1}
    assert 1 <= modules[0] <= 5
    assert modules == list(range(modules[0], modules[-1] + 1))
    assert ranks[modules[-1] + 1 :] == sorted(ranks[modules[-1] + 1 :], key=lambda rank: rank > 1)


def test_a_situation_is_a_line_of_its_own(ask: Search) -> None:
    lines = [tuple(line[:2]) for line in ask("child")["lines"] if line[3] == 0]
    assert len(lines) == len(set(lines)) > 1


def test_what_is_found_nowhere_is_said_to_be_nowhere(ask: Search) -> None:
    assert ask("xqzzkvw")["lines"] == []
    assert not ask("trafficking xqzzkvw")["all"]


def test_a_passport_is_not_looked_for_under_each_document(ask: Search) -> None:
    # Nearly each section speaks of IOM’s document; a question for one may mean a passport.
    passports, documents = ask("passport")["hits"], ask("document")["hits"]
    assert passports < documents * 2 / 3
    assert any(is_at(line, "#passport-held") for line in ask("documents")["lines"][:5])


# --- what is shown of a section ---------------------------------------------------------------


@pytest.fixture
def tell(engine: Engine) -> Callable[[str, str], str]:
    """Show of a text what a word is looked for in it."""

    def told(text: str, word: str) -> str:
        shown: str = engine.evaluate(
            """({ text, word, language }) => imlPlayer.telling.tellerOf(
              imlPlayer.words.wordsOf(Object.assign(language, { stem: (one) => one })), 'no')(
              text, (written) => written === word)""",
            {"text": text, "word": word, "language": language_of("en")},
        )
        return shown

    return told


def test_a_number_stays_with_its_name_where_a_sentence_is_shown(
    tell: Callable[[str, str], str],
) -> None:
    text = "Law beside the document · ILO No. 189, article 9: They keep their own passport."
    assert tell(text, "passport") == "ILO No. 189, article 9: They keep their own passport."
    assert tell("7. They keep the passport. More.", "none") == "7. They keep the passport."


@pytest.mark.parametrize("before", range(0, 60, 3))
@pytest.mark.parametrize(
    "name", ["Convention on the Rights of the Child", "ILO Convention No. 189, article 9"]
)
def test_what_is_shown_of_a_long_sentence_begins_inside_no_name(
    tell: Callable[[str, str], str], before: int, name: str
) -> None:
    start = "many words that nobody asks for are here, " * 6
    between = "and it says many things more of it that have to be read, " * 2
    text = f"We say that {start}the {name} {between}{'so ' * (before // 3)}of a passport {start}."
    shown = tell(text, "passport")
    assert "passport" in shown
    assert len(shown) <= 330
    kept = shown.removeprefix("… ")
    assert shown != kept
    at = text.index(kept.removesuffix(" …"))
    begins, ends = text.index(name), text.index(name) + len(name)
    assert text[at - 1] == " "
    assert not begins < at < ends


# --- the words of a page ----------------------------------------------------------------------


class _Slow(PageReader):
    """Reads each tag as the standard library does."""

    parse_starttag = HTMLParser.parse_starttag
    parse_endtag = HTMLParser.parse_endtag


_NAMES = st.sampled_from(
    ["p", "h2", "section", "div", "span", "br", "svg", "path", "script", "style", "P", "label"]
)
_VALUES = st.sampled_from(
    ["iml-term", "iml-answer x", "a", "", "a &amp; b", "l’été", "1>0", "it's", "&lt;b&gt;"]
)
_ATTRIBUTES = st.sampled_from(
    ["id", "class", "data-iml-words", "data-x", "aria-describedby", "hidden", "viewBox", "CLASS"]
)
_FORMS = st.sampled_from([' {}="{}"', " {}='{}'", ' {} = "{}"', " {}", '\n{}="{}"', " {}=a"])
_TAGS = st.builds(
    lambda name, given, end: f"<{name}{''.join(form.format(*of) for form, of in given)}{end}",
    _NAMES,
    st.lists(st.tuples(_FORMS, st.tuples(_ATTRIBUTES, _VALUES)), max_size=3),
    st.sampled_from([">", ">", ">", " />", "/>", ""]),
)
_ENDS = st.builds("</{}{}".format, _NAMES, st.sampled_from([">", ">", ">", " >", " x>", ""]))
_WORDS = st.sampled_from(["Words. ", "a &amp; b", "1 < 2 ", "&copy", "<!-- <p> -->", "<", "&", ">"])


@given(st.lists(st.one_of(_TAGS, _ENDS, _WORDS), max_size=16).map("".join))
@example('<p data-iml-words="a &amp; b">Words</p>')
@example("<script>a <p> b</script><p>Words</p>")
@example('<h2 class="a &lt;b&gt;">Title</h2><P>Words</P><br/>')
def test_a_page_is_read_as_the_standard_library_reads_it(html: str) -> None:
    quick, slow = PageReader(html), _Slow(html)
    assert quick.entries("") == slow.entries("")
    assert (quick.text(), quick.marks, quick.terms) == (slow.text(), slow.marks, slow.terms)


# --- the index --------------------------------------------------------------------------------


def test_the_index_gives_back_each_text_as_it_was() -> None:
    texts = [
        "Sit down. Say your name, and stay: (a)–(b) “word” … 4/5 · l’avocat d'office ½ x_y",
        "الحق في الحماية، وَلَد",
        "",
        "(begins so) and ends (so)",
    ]
    entries = [Entry(f"s{at}", f"Title {at}", tokens_of(text)) for at, text in enumerate(texts)]
    found = read_index(search_index([("page", "Page", entries)]))
    assert [one.words for one in found] == texts
    assert found[1].address == "page.html#s1"


def test_more_words_than_two_bytes_can_number_are_kept() -> None:
    text = " ".join(f"w{number}" for number in range(21_000))
    (found,) = read_index(search_index([("page", "Page", [Entry("", "Page", tokens_of(text))])]))
    assert found.words == text


def test_the_index_of_the_course_and_the_script_read_it_alike(
    engine: Engine, offline: Path
) -> None:
    script = (offline / "search-index.js").read_text(encoding="utf-8")
    index = json.loads(script[len("window.imlSearch = ") : -2])
    read = engine.evaluate(
        """(index) => {
          const packed = imlPlayer.packed.bytesOf(index.packed, index.size);
          return imlPlayer.sections.read(imlPlayer.inflate(packed))
            .map(({ heading, text }) => [heading, text]);
        }""",
        index,
    )
    assert read == [[one.title, one.words] for one in read_index(script)]


# --- what a language knows of questions ---------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"stop": "a a", "same": [], "phrases": {}}, "“a” twice"),
        ({"stop": "", "same": ["kid"], "phrases": {}}, "a group of one"),
        ({"stop": "a", "same": ["a kid"], "phrases": {}}, "“a” is a stop word"),
        ({"stop": "", "same": ["kid child", "minor kid"], "phrases": {}}, "group 1 already"),
        ({"stop": "", "same": ["Kid child"], "phrases": {}}, "no single word in small letters"),
        ({"stop": "", "same": [], "phrases": {"lock": "detain"}}, "is a single word"),
        ({"stop": "a", "same": [], "phrases": {"lock up": "a"}}, "a stop word"),
        ({"stop": "", "same": ["< kid"], "phrases": {}}, "words before and behind"),
        ({"stop": "", "same": ["kid < child < minor"], "phrases": {}}, "words before and behind"),
        ({"stop": ""}, "`stop`, `same` and `phrases`"),
    ],
)
def test_a_mistake_in_what_a_language_knows_is_told(
    tmp_path: Path, written: object, told: str
) -> None:
    path = tmp_path / "en.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        read_asked(path)


def test_a_language_without_words_of_its_own_has_the_stop_words_that_are_known() -> None:
    assert "avec" in asked_in("fr").stop
    assert asked_in("ar").stop == ()
    assert stemmer_script("ar") == ""
