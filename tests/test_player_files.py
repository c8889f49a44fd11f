"""The files of the player: whole, safe, small, translatable."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from imlcourse.languages.strings import load_strings
from imlcourse.player import bundle
from imlcourse.player.bundle import (
    bundles,
    page_scripts,
    player_script,
    player_style,
    scripts,
    unpacked,
)
from imlcourse.player.minify import small_script, small_style
from imlcourse.player.palette import PALETTE_MARK, colours, with_book_palette
from players import STRINGS


def test_the_script_is_safe_in_a_page_and_whole() -> None:
    script = player_script("en")
    assert "</" not in script
    assert "\u2028" not in script
    assert "import(" not in script
    assert "fetch(" not in script


# Comments, which name much that the code does not use.
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
FILES = sorted(scripts())
PLAYER_STYLE = Path(bundle.__file__).with_name("player.css")
LOOK = PLAYER_STYLE.parents[1] / "book" / "theme" / "static"


@cache
def code_of(name: str) -> str:
    return _COMMENT.sub("", scripts()[name].code)


@cache
def provider_of_names() -> dict[str, str]:
    """Give, for each name in the player's global, the file that sets it."""
    provided = {
        found: name
        for name in FILES
        for found in re.findall(r"(?<!\w)player\.(\w+) = ", code_of(name))
    }
    return (
        provided
        | dict.fromkeys(("types", "modes", "loaded", "shared"), "core/core")
        | {
            "texts": "core/texts",
            "fsrs": "vendor/ts-fsrs",
            "qr": "vendor/lean-qr",
            "ed25519": "vendor/noble-ed25519",
            "enhance": "core/quiz",
            "start": "core/quiz",
        }
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_player_names_the_texts_that_it_shows(name: str) -> None:
    code = code_of(name)
    # A key is written whole, or as the beginning of some to which the code puts the end.
    whole = set(re.findall(r"'((?:player|report)\.[a-z.-]+[a-z])'", code))
    begun = {f"{key}*" for key in re.findall(r"'((?:player|report)\.[a-z.-]+\.)'(?: \+|,)", code)}
    assert sorted(scripts()[name].texts) == sorted(whole | begun)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_player_names_the_files_that_it_needs(name: str) -> None:
    code = code_of(name)
    provided = provider_of_names()
    used = set(re.findall(r"(?<![\w'])player\.(\w+)", code))
    for names in re.findall(r"const \{ ([^}]*) \} = player;", code):
        used |= {one.strip() for one in names.split(",")}
    assert used <= provided.keys()
    needed = {provided[one] for one in used} - {name, "core/core"}
    script = scripts()[name]
    named = {one for one in (*script.needs, *script.later) if one != "core/core"}
    if name == "hosts/start":  # it starts what all types and modes have put into the global
        named -= {"types/*", "modes/practice", "modes/test"}
    named -= {"types/*"} if name == "group/opened" else set()  # it reads items of every type
    assert named == needed


@pytest.mark.parametrize("name", sorted(bundles()))
def test_each_script_of_the_pages_has_the_texts_that_it_shows(name: str) -> None:
    """Whatever the others hold that happen to be on the same page."""
    bundle = bundles()[name]
    there = "".join(unpacked(page_scripts("en")[one]) for one in (name, *bundle.before))
    for script in bundle.scripts:
        for key in script.texts:
            assert (f'"{key[:-1]}' if key.endswith("*") else f'"{key}":') in there, (name, key)


def test_the_player_as_one_script_has_the_texts_that_it_shows() -> None:
    whole = player_script("en")
    for name in FILES:
        if code_of(name).strip() in _COMMENT.sub("", whole):
            for key in scripts()[name].texts:
                assert f'"{key.removesuffix("*")}' in whole, (name, key)


def test_every_text_of_the_player_is_shown() -> None:
    named = {key for script in scripts().values() for key in script.texts}
    begun = tuple(key[:-1] for key in named if key.endswith("*"))
    unused = {k for k in STRINGS.under("player.") if k not in named and not k.startswith(begun)}
    assert unused == set()


def test_a_file_that_names_none_or_one_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "core").mkdir()
    file = tmp_path / "core" / "a.js"
    monkeypatch.setattr(bundle, "_FOLDER", tmp_path)
    for head, refused in (
        ("", "player/core/a.js: begin with “// needs:”"),
        ("// needs: core/b\n", "player/core/a.js: there is no file core/b.js"),
    ):
        file.write_text(f"{head}'use strict';\n", encoding="utf-8")
        with pytest.raises(ValueError, match=re.escape(refused)):
            bundle.scripts.__wrapped__()


def test_texts_are_filled_and_what_is_missing_is_named() -> None:
    assert STRINGS.text("items.number", number=3) == "Question 3"
    with pytest.raises(KeyError, match=r"needs a value for \{number\}"):
        STRINGS.text("items.number")
    with pytest.raises(KeyError, match=r"no text 'items\.nothing' in 'en'"):
        STRINGS.text("items.nothing")
    for language in ("xx", "..", "en/../en", ""):
        with pytest.raises(ValueError, match="there are: en"):
            load_strings(language)


def test_the_style_keeps_to_logical_sides_and_to_itself() -> None:
    style = re.sub(r"/\*.*?\*/", "", player_style(), flags=re.DOTALL)
    assert not re.search(r"(?<![\w-])(left|right|margin-left|padding-right)\s*:", style)
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", style)
    for selector in re.findall(r"^([^@{}\s][^{}]*)\{", style, flags=re.MULTILINE):
        assert all("iml-" in part for part in re.split(r",(?![^(]*\))", selector)), selector


def test_the_player_is_small() -> None:
    def size(text: str) -> int:
        return len(gzip.compress(text.encode()))

    script = player_script("en")
    every = [one.code for name, one in scripts().items() if name.startswith("vendor/")]
    # That which checks signatures is for one page of the book alone.
    libraries = [library for library in every if library in script]
    assert len(libraries) == len(every) - 1
    for library in libraries:
        script = script.replace(library, "")
    own = size(small_script(script)) + size(small_style(player_style()))
    assert own < 42_000, own
    assert sum(size(small_script(library)) for library in libraries) < 14_000


def test_the_parts_of_the_player_are_the_player() -> None:
    whole = _COMMENT.sub("", player_script("en"))
    parts = {name: [one.name for one in bundle.scripts] for name, bundle in bundles().items()}
    for name in ("record.js", "player.js", "sitting.js"):
        for file in parts[name]:
            # A host other than the book's pages has no pages about the learner.
            assert (code_of(file) in whole) != file.startswith("pages/"), file
    assert "modes/test" in parts["player.js"]
    assert "record/store" in parts["record.js"]
    every = [file for files in parts.values() for file in files]
    assert len(every) == len(set(every))
    # The widget is no classic script; what comes back below a quiz, it alone needs. What
    # shows the pages elsewhere than in the book is not one of its scripts.
    assert set(FILES) - set(every) == {
        "hosts/widget", "modes/review", "record/compact",
        *(f"hosts/{name}" for name in (
            "around", "beside", "dialects", "forms", "held", "install", "kolibri", "launch",
            "leads", "lrs", "onefile", "outbox", "platform", "reported", "saying", "scorm", "xapi",
        )),
    }  # fmt: skip


def test_each_colour_stands_once() -> None:
    """The look of the book and quizzes take theirs from one file; both have all of them."""
    styles = {path.name: path.read_text("utf-8") for path in (*LOOK.glob("*.css"), PLAYER_STYLE)}
    for name, style in styles.items():
        assert style.count(PALETTE_MARK) == int(name in ("course.css", "player.css")), name
        for light, dark in colours().values():
            assert light not in style or light == "#ffffff", (name, light)
            assert dark not in style, (name, dark)
    book = with_book_palette(styles["course.css"])
    for name, (light, dark) in colours().items():
        assert book.count(f"--iml-{name}: {light};") == (1 if light != dark else 3)
        assert f"--q-{name}: var(--iml-{name}, {light});" in player_style()
        assert f"--q-{name}: var(--iml-{name}, {dark});" in player_style()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_paper_in_both_schemes(scheme: str) -> None:
    """As WCAG counts contrast: 4.5:1 for words, 3:1 for edges."""
    at = ("light", "dark").index(scheme)

    def light_of(name: str) -> float:
        parts = [int(colours()[name][at][n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(one: str, other: str) -> float:
        dark, light = sorted((light_of(one), light_of(other)))
        return (light + 0.05) / (dark + 0.05)

    for paper in ("paper", "soft"):
        for ink in ("ink", "muted", "accent"):
            assert contrast(ink, paper) >= 4.5, (ink, paper)
    for kind in ("right", "wrong"):
        assert contrast(kind, f"{kind}-soft") >= 4.5
        assert contrast(kind, "paper") >= 4.5
    assert contrast("accent-ink", "accent") >= 4.5
    assert contrast("ink", "note-soft") >= 4.5
    assert contrast("edge", "paper") >= 3
