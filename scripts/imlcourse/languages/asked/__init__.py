"""How people ask in a language: words that say nothing, words that mean the same, word stems.

What the search of the book knows of a language stands in one file for each, ``<language>.json``:

- ``stop``: words that a question has and an answer need not have;
- ``same``: groups of words by which practice names one thing: *kid*, *child*, *minor*. Behind a
  ``<`` are words that may mean it and much else: *passport papers < document*. A question for a
  document finds passports, and a question for a passport does not find each document;
- ``phrases``: several words that say what one does: *lock up*.

Stems are those of Snowball, as Sphinx brings it: one script for each language that it has.
A language without a file has the stop words of Sphinx, where it has any, and no groups.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from imlcourse.languages.locales import fallbacks

__all__ = ["Asked", "asked_in", "read_asked", "stemmer_script"]

_FOLDER = Path(__file__).parent
_STEMMERS = {
    "en": "porter",
    "fr": "french",
    "es": "spanish",
    "de": "german",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
    "nl": "dutch",
    "ro": "romanian",
    "tr": "turkish",
}
"""Languages whose stems are known, and what Snowball calls them."""
_WORD = re.compile(r"[^\W\d_]+")
_LICENCE = (
    "/*! Stems of words: Snowball (snowballstem.org), Copyright 2001 Martin Porter, 2002 Richard "
    "Boulton and others; BSD licence. As Sphinx brings them. */\n"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How people ask in a language.

    Attributes
    ----------
    stop
        Words that say nothing of what is looked for.
    same
        Groups of words that mean one thing to practice.
    phrases
        For several words, those that are looked for in their place.
    """

    stop: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    phrases: dict[str, str] = field(default_factory=dict, hash=False)

    def for_scripts(self) -> dict[str, object]:
        """Give it as the search of the book takes it."""
        return {
            "stop": " ".join(self.stop),
            "same": [" ".join(group) for group in self.same],
            "phrases": self.phrases,
        }


def read_asked(path: Path) -> Asked:
    """Read and check the file of a language.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Asked
        What it holds.

    Raises
    ------
    ValueError
        With everything that is wrong in it.
    """
    name = path.name
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"{name}: no JSON ({error}); mend it"
        raise ValueError(msg) from error
    wrong: list[str] = []
    if not isinstance(written, dict) or set(written) != {"stop", "same", "phrases"}:
        msg = f"{name}: it has `stop`, `same` and `phrases`, and nothing else; mend it"
        raise ValueError(msg)
    stop = str(written["stop"]).split()
    wrong += [f"`stop`: “{word}” twice; delete one" for word in _twice(stop)]
    groups = [str(group).split() for group in written["same"]]
    home: dict[str, int] = {}
    for at, group in enumerate(groups):
        if group.count("<") > 1 or "<" in (group[:1] + group[-1:]):
            wrong.append(f"`same` {at + 1}: “<” has words before and behind it, once; mend it")
        words = [word for word in group if word != "<"]
        if len(words) < 2:
            wrong.append(f"`same` {at + 1}: a group of one; name another word, or delete it")
        for word in words:
            if not _WORD.fullmatch(word) or word != word.casefold():
                wrong.append(f"`same` {at + 1}: “{word}” is no single word in small letters")
            elif word in stop:
                wrong.append(f"`same` {at + 1}: “{word}” is a stop word; delete it in one place")
            elif word in home:
                wrong.append(
                    f"`same` {at + 1}: “{word}” stands in group {home[word] + 1} already; a word "
                    "is in one group"
                )
            home.setdefault(word, at)
    phrases = {str(key): str(value) for key, value in written["phrases"].items()}
    for phrase, meant in phrases.items():
        if " " not in phrase:
            wrong.append(f"`phrases`: “{phrase}” is a single word; put it into a group of `same`")
        wrong += [
            f"`phrases`: “{phrase}” means “{word}”, a stop word; name another"
            for word in meant.split()
            if word in stop
        ]
    if wrong:
        raise ValueError("\n".join(f"{name}: {what}" for what in wrong))
    return Asked(tuple(stop), tuple(map(tuple, groups)), phrases)


def _twice(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


@lru_cache(maxsize=16)
def asked_in(language: str) -> Asked:
    """Give how people ask in a language.

    Parameters
    ----------
    language
        Its tag, such as ``fr-CA``.
    """
    for tag in fallbacks(language):
        path = _FOLDER / f"{tag}.json"
        if path.is_file():
            return read_asked(path)
    main = language.partition("-")[0]
    if find_spec(f"sphinx.search.{main}") is None:
        return Asked()
    known = vars(import_module(f"sphinx.search.{main}"))
    lists = (words for name, words in known.items() if name.endswith("_stopwords"))
    return Asked(tuple(sorted(next(lists, ()))))


@lru_cache(maxsize=4)
def stemmer_script(language: str) -> str:
    """Give the script that finds the stems of a language's words.

    Parameters
    ----------
    language
        Its tag.

    Returns
    -------
    str
        A classic script that sets ``imlStem``, a function of a word in small letters; empty for
        a language whose stems are not known.
    """
    name = _STEMMERS.get(language.partition("-")[0])
    if name is None:
        return ""
    # Only its files are read: to load it takes as long as to write a page.
    spec = find_spec("sphinx")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent / "search" / "minified-js"
    parts = [
        (folder / f"{part}-stemmer.js").read_text(encoding="utf-8").strip().rstrip(";")
        for part in ("base", name)
    ]
    made = f"{name.capitalize()}Stemmer"
    return (
        f"{_LICENCE}var BaseStemmer, {made};\n{parts[0]};\n{parts[1]};\n"
        f"var imlStemmer = new {made}();\n"
        "var imlStem = function (word) { return imlStemmer.stemWord(word); };\n"
    )
