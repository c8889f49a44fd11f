"""The words of the interface, kept apart from the code so that they can be translated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from imlcourse.languages.spelling import near

__all__ = ["Strings", "languages", "load_strings", "string_problems"]

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Strings(Mapping[str, str]):
    """Texts of the interface in one language, by key.

    Parameters
    ----------
    language
        The language tag, which is also the name of the folder.
    texts
        Text by key; ``{name}`` in a text is a place for a value.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __getitem__(self, key: str) -> str:
        try:
            return self._texts[key]
        except KeyError:
            msg = f"no text {key!r} in {self.language!r}: add it to languages/{self.language}/"
            raise KeyError(msg) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, key: str, **values: object) -> str:
        """Give a text with its places filled.

        Parameters
        ----------
        key
            The text's key, such as ``"player.check"``.
        **values
            A value for each ``{name}`` in the text.

        Returns
        -------
        str
            The filled text.

        Raises
        ------
        KeyError
            If there is no such text, or a place in it has no value.
        """

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            if name not in values:
                msg = f"the text {key!r} needs a value for {{{name}}}"
                raise KeyError(msg)
            return str(values[name])

        return _PLACEHOLDER.sub(fill, self[key])

    def under(self, prefix: str) -> dict[str, str]:
        """Give the texts whose key begins with a prefix, under their whole keys."""
        return {key: text for key, text in self._texts.items() if key.startswith(prefix)}


def languages() -> list[str]:
    """Give the languages that there are texts in."""
    return sorted(path.name for path in _FOLDER.iterdir() if any(path.glob("*.json")))


def string_problems(language: str) -> Iterator[tuple[Path, int, str]]:
    """Find what is wrong in the texts of a language.

    Parameters
    ----------
    language
        The name of a folder in ``strings``.

    Yields
    ------
    tuple
        The file, the line (0 where it is not known) and what to mend.
    """
    english = {} if language == "en" else _wanted()
    seen: dict[str, Path] = {}
    for path in sorted((_FOLDER / language).glob("*.json")):
        try:
            text = path.read_text(encoding="utf-8")
            found = json.loads(text)
        except json.JSONDecodeError as error:
            yield path, error.lineno, f"not JSON that can be read ({error.msg}); mend this line"
            continue
        except (OSError, UnicodeDecodeError):
            yield path, 0, "cannot be read; save it as UTF-8"
            continue
        if not isinstance(found, dict) or not all(isinstance(t, str) for t in found.values()):
            yield path, 1, 'write one flat object, {"key": "text"}'
            continue
        for key, value in found.items():
            line = _line(text, key)
            if key in seen:
                yield path, line, f"“{key}” stands in {seen[key].name} too; keep one"
            seen.setdefault(key, path)
            if language == "en":
                continue
            if key not in english:
                yield path, line, f"no text is called “{key}”{near(key, english)}; mend its name"
            elif (places := set(_PLACEHOLDER.findall(value))) != english[key]:
                wanted = ", ".join(f"{{{name}}}" for name in sorted(english[key])) or "none"
                given = ", ".join(f"{{{name}}}" for name in sorted(places)) or "none"
                yield path, line, f"“{key}” has the places {given}; those of English are: {wanted}"


def _line(text: str, key: str) -> int:
    at = text.find(json.dumps(key, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _wanted() -> dict[str, set[str]]:
    """Give the places for values in each English text."""
    return {key: set(_PLACEHOLDER.findall(text)) for key, text in load_strings("en").items()}


@lru_cache(maxsize=8)
def load_strings(language: str) -> Strings:
    """Read the texts of one language from ``languages/<language>/*.json``.

    What a translation lacks is taken from English.

    Parameters
    ----------
    language
        The name of a folder in ``strings``, such as ``"en"``.

    Returns
    -------
    Strings
        The texts of all files together.

    Raises
    ------
    ValueError
        If there is no such language, a file is not a flat object of texts, or a key stands twice.
    """
    folder = _FOLDER / language
    if not re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)*", language) or not folder.is_dir():
        known = ", ".join(languages())
        msg = f"there are no texts in the language {language!r}; there are: {known}"
        raise ValueError(msg)
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not all(isinstance(t, str) for t in found.values()):
            msg = f'{path.name}: write one flat object, {{"key": "text"}}'
            raise ValueError(msg)
        twice = texts.keys() & found.keys()
        if twice:
            msg = f"{path.name}: these keys stand in another file too: {', '.join(sorted(twice))}"
            raise ValueError(msg)
        texts.update(found)
    if language != "en":
        texts = {**load_strings("en"), **texts}
    return Strings(language, texts)
