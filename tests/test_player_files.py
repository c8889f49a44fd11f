"""The files of the player: whole, safe, small, translatable."""

from __future__ import annotations

import gzip
import json
import re

import pytest
import rcssmin
import rjsmin

from imlcourse.languages.strings import load_strings
from imlcourse.player.bundle import page_scripts, player_script, player_style, widget_script
from players import STRINGS


def test_the_script_is_safe_in_a_page_and_whole() -> None:
    script = player_script("en")
    assert "</" not in script
    assert "\u2028" not in script
    assert "import(" not in script
    assert "fetch(" not in script


def test_every_text_is_there_and_every_text_is_used() -> None:
    texts = STRINGS.under("player.")
    code = player_script("en") + widget_script() + "".join(page_scripts("en").values())
    for key, text in texts.items():
        code = code.replace(f"{json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}", "")
    named = set(re.findall(r"'(player\.[a-z.-]+[a-z])'", code))
    missing = {key for key in named if key not in texts}
    assert missing == set()
    unused = {
        key
        for key in set(texts) - named
        # Keys that are put together from a beginning and a name.
        if not (f"'{key.rpartition('.')[0]}.'" in code or key.endswith(".nothing"))
    }
    assert unused == set()


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
    script = rjsmin.jsmin(player_script("en"))
    style = rcssmin.cssmin(player_style())
    size = len(gzip.compress(script.encode())) + len(gzip.compress(style.encode()))
    assert size < 40_000, size


def test_the_parts_of_the_player_are_the_player() -> None:
    parts = page_scripts("en")
    whole = player_script("en")
    for name in ("record.js", "player.js"):
        for piece in ("modes.practice", "modes.test", "makeStore", "types.scenario"):
            if piece in parts[name]:
                assert piece in whole
    assert "modes.test" not in parts["record.js"]
    assert "modes.test" in parts["player.js"]
    assert "makeStore" in parts["record.js"]
