"""The course is spelt as the Oxford dictionaries do: organization, labour, programme, centre."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from imlcourse.course.model import Course
from imlcourse.markup.roles import ROLE
from plain_yaml import load_yaml
from real_course import real_course
from small_course import ROOT

OWN = frozenset((Path(__file__).parent / "words.txt").read_text("utf-8").lower().split())
"""Words that no dictionary has: terms of the field, names written small, words of other tongues."""

# Oxford spelling is American in -ize and British in all else: so an American dictionary knows a
# word, or knows it once one of these British ways is undone.
BRITISH = [
    ("our", "or"), ("tre", "ter"), ("ogramme", "ogram"), ("lled", "led"), ("lling", "ling"),
    ("ller", "ler"), ("ence", "ense"), ("ogue", "og"), ("ae", "e"), ("oe", "e"), ("yse", "yze"),
    ("ysing", "yzing"), ("grey", "gray"), ("cheque", "check"), ("ilful", "illful"),
    ("lment", "llment"), ("wards", "ward"), ("mould", "mold"), ("learnt", "learned"),
    ("spelt", "spelled"), ("tyre", "tire"), ("whilst", "while"), ("kerb", "curb"),
    ("judgement", "judgment"), ("llor", "lor"), ("enrol", "enroll"), ("fulfil", "fulfill"),
    ("practise", "practice"), ("practising", "practicing"), ("storey", "story"),
    ("jewellery", "jewelry"), ("plough", "plow"), ("sceptic", "skeptic"), ("draught", "draft"),
    ("burnt", "burned"), ("dreamt", "dreamed"), ("leant", "leaned"), ("unlearnt", "unlearned"),
]  # fmt: skip
AMERICAN = re.compile(
    r"\b(?:color|labor|neighbor|favor|honor|behavior|harbor|humor|rumor|center|meter|theater|"
    r"program|catalog|dialog|defense|offense|pretense|traveled|traveling|traveler|labeled|labeling|"
    r"canceled|canceling|counseling|counselor|modeled|modeling|signaled|analyze|analyzed|analyzing|"
    r"fulfill(?!ed|ing)|enroll(?!ed|ing)|skeptic|gray|plow|mold|check(?=book))(?:s|ed|ing|able|ful)?\b"
)
BRITISH_ISE = re.compile(r"(?<=[a-z])is(?=(?:e|es|ed|ing|er|ers|ation|ations|able)$)")


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    return Dictionary.from_files("en_US")


@cache
def is_word(word: str) -> bool:
    word = word.replace("’", "'")
    bare = re.sub(r"'s?$", "", word)
    for form in {word, bare}:
        if form.lower() in OWN or dictionary().lookup(form):
            return True
        for british, american in BRITISH:
            if british in form and dictionary().lookup(form.replace(british, american)):
                return True
    parts = bare.split("-")
    return len(parts) > 1 and all(not part or is_word(part) for part in parts)


Texts = list[tuple[str, str]]


def texts(course: Course) -> Iterator[tuple[str, str]]:
    """Give every text that people read, with the name of what it stands in."""
    for module in course.modules.values():
        yield module.id, module.page.source
    for page in course.pages.values():
        yield page.path.name, page.source
    for item in course.items:
        for place, text in item.texts():
            # What a gap takes besides its answer may be a slip that its author knows of.
            if place[-2:-1] != ("answers",) or place[-1] == 0:
                yield item.id, text
    for path in sorted((course.root / "book").glob("*.yml")):
        if path.name in ("_toc.yml", "course.yml", "document.yml", "bibliography.yml"):
            continue
        for text in _values(load_yaml(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for path in sorted((ROOT / "scripts" / "imlcourse" / "languages" / "en").glob("*.json")):
        for text in json.loads(path.read_text(encoding="utf-8")).values():
            yield path.name, text


def _values(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in (
                "id",
                "url",
                "seen",
                "see",
                "units",
                "unit",
                "topics",
                "source",
                "sources",
                "named",
                "region",
                "kind",
                "group",
                "learner",
                "right",
                "output",
                "settings",
                "within",
                "body",
                "instrument",
            ):
                yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)
    elif isinstance(data, str):
        yield data


@cache
def plain(text: str) -> str:
    """Take out what is no prose: front matter, roles' targets, options' names, tags, addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(
        r"^:::.*$|^:drawing: .*$|^\([a-z0-9-]+\)=$|^:[a-z]+: ", " ", text, flags=re.MULTILINE
    )
    text = ROLE.sub(
        lambda r: re.sub(r"<[^<>]*>", "", r[2]) if r[1] in ("quote", "term") else " ", text
    )
    return re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+|`[^`]*`|\{[a-z_]+\}|&[a-z]+;", " ", text)


@cache
def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", plain(text))


def unknown(whole: Texts) -> dict[str, set[str]]:
    """Give the words that are no words, each with where it stands."""
    small: dict[str, set[str]] = {}
    for where, text in whole:
        for word in words(text):
            # A word that is never written small is a name.
            if word[0].islower() and not is_word(word):
                small.setdefault(word, set()).add(where)
    return small


@pytest.fixture(scope="module")
def whole() -> Texts:
    """Every text of the course."""
    return list(texts(real_course()))


def test_every_word_of_the_course_is_spelt_as_oxford_does(whole: Texts) -> None:
    assert unknown(whole) == {}


def test_no_word_is_spelt_the_american_way(whole: Texts) -> None:
    found = [
        (where, match[0])
        for where, text in whole
        for match in AMERICAN.finditer(plain(text))
        # What a computer runs is a program; names, with their capitals, are as they are.
        if where != "about.md"
    ]
    assert found == []


@pytest.mark.parametrize("wrong", ["organise", "recieve", "labeld", "realisation", "migrents"])
def test_a_misspelt_word_is_found(wrong: str) -> None:
    assert not is_word(wrong)


@pytest.mark.parametrize(
    "right", ["organize", "labour", "programme", "centre", "travelled", "licence"]
)
def test_a_word_spelt_the_oxford_way_is_none(right: str) -> None:
    assert is_word(right)


def test_the_list_of_own_words_holds_none_that_is_not_used(whole: Texts) -> None:
    used = {word.lower().replace("’", "'") for _, text in whole for word in words(text)}
    parts = {part for word in used for part in re.split("['-]", word)}
    assert sorted(OWN - used - parts) == []
