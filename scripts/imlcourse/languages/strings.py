"""The words of the interface, kept apart from the code so that they can be translated."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from markupsafe import Markup, escape

from imlcourse.languages.locales import (
    TAG,
    date_in_words,
    direction,
    fallbacks,
    locale_of,
    plural_categories,
    plural_category,
)
from imlcourse.languages.spelling import near

__all__ = ["Strings", "languages", "load_strings", "string_problems"]

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LOCALE = "player.locale"
"""The text that says how a language writes its dates. It is never taken from another language."""
_LETTERS = "items.letters"
_FEWEST_LETTERS = 12
"""As many answers as a matching item can have, its distractors counted."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class Strings(Mapping[str, str]):
    """Texts of the interface in one language, by key.

    Parameters
    ----------
    language
        The language tag, which is also the name of the folder.
    texts
        Text by key; ``{name}`` in a text is a place for a value.
    own
        Keys of the texts that are in this language; the others are in English still. All are, if
        none are named.

    Attributes
    ----------
    language
        The language tag.
    own
        Keys of the texts that are in this language.
    """

    def __init__(
        self, language: str, texts: Mapping[str, str], own: Collection[str] | None = None
    ) -> None:
        self.language = language
        self.own = frozenset(texts if own is None else own)
        self._texts = dict(texts)
        self._under: dict[str, dict[str, str]] = {}

    @property
    def locale(self) -> str:
        """The tag by which dates are written, such as ``en-GB``."""
        return self._texts.get(_LOCALE, self.language)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The side from which the language is written: ``"ltr"`` or ``"rtl"``."""
        return direction(self.language)

    def date(self, when: str) -> str:
        """Write a day, a month or a year (``2016-09-19``, ``2016-09``, ``2016``) in words."""
        return date_in_words(when, self.locale)

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

    def by_key(self) -> dict[str, str]:
        """Give all texts, as `dict` would, which asks for one after another."""
        return dict(self._texts)

    def html(self, key: str, **values: object) -> Markup:
        """Give a text as HTML, with its places filled.

        Parameters
        ----------
        key
            The text's key.
        **values
            A value for each ``{name}`` in the text: HTML as `Markup`, or text, which is escaped
            as the text around it is.

        Returns
        -------
        Markup
            HTML.

        Raises
        ------
        KeyError
            If there is no such text, or a place in it has no value.
        """
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(self._filled(key, str(escape(self[key])), escaped))

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
        return self._filled(key, self[key], values)

    def _filled(self, key: str, text: str, values: Mapping[str, object]) -> str:
        def fill(found: re.Match[str]) -> str:
            name = found[1]
            if name not in values:
                msg = f"the text {key!r} needs a value for {{{name}}}"
                raise KeyError(msg)
            return str(values[name])

        return _PLACEHOLDER.sub(fill, text)

    def enumerated(self, words: Sequence[str]) -> str:
        """Write words in a row, as “a, b and c”."""
        return format_list(words, locale=locale_of(self.locale))

    def plural(self, key: str, count: int, **values: object) -> str:
        """Give the form of a text that goes with a number.

        Parameters
        ----------
        key
            The beginning of the keys of its forms: ``"search.found"`` for the texts
            ``search.found.one`` and ``search.found.other``.
        count
            The number; it fills the place ``{count}``.
        **values
            A value for each other place.

        Returns
        -------
        str
            The filled text; of the form ``other`` where the language has no text for its own.
        """
        category = plural_category(self.language, count)
        form = category if category in self.forms(key) else "other"
        return self.text(f"{key}.{form}", count=count, **values)

    def forms(self, key: str) -> dict[str, str]:
        """Give the forms of a text that goes with a number, by plural category.

        Where the language has none of its own, those of English are given: its ``other`` fits
        every number.
        """
        found = {name: self[f"{key}.{name}"] for name in _CATEGORIES if f"{key}.{name}" in self}
        own = {name: text for name, text in found.items() if f"{key}.{name}" in self.own}
        return own if "other" in own else found

    def with_texts(self, texts: Mapping[str, str], *, own: bool = True) -> Strings:
        """Give these texts and more, such as those that a course brings.

        Parameters
        ----------
        texts
            Text by key; they stand in place of those of the same keys.
        own
            Whether they are in this language.
        """
        known = self.own | texts.keys() if own else self.own - texts.keys()
        return Strings(self.language, {**self._texts, **texts}, known)

    def under(self, prefix: str) -> dict[str, str]:
        """Give the texts whose key begins with a prefix, under their whole keys."""
        if prefix not in self._under:
            found = {key: text for key, text in self._texts.items() if key.startswith(prefix)}
            self._under[prefix] = found
        return dict(self._under[prefix])


def languages() -> list[str]:
    """Give the languages that there are texts in."""
    return sorted(
        path.name
        for path in _FOLDER.iterdir()
        if re.fullmatch(TAG, path.name) and any(path.glob("*.json"))
    )


Mistake = tuple[Path, int, str]
"""The file, the line (0 where it is not known) and what to mend."""


def string_problems(language: str) -> Sequence[Mistake]:
    """Find what is wrong in the texts of a language.

    Parameters
    ----------
    language
        The name of a folder in ``languages``.

    Returns
    -------
    sequence of Mistake
        Kept until a file has changed: a preview asks at every save.
    """
    try:
        signature = _signature([_FOLDER / tag for tag in dict.fromkeys((language, "en"))])
    except OSError:  # which is among what is wrong
        return tuple(_problems_of(language))
    known = _judged.get(language)
    if known is None or known[0] != signature:
        known = _judged[language] = (signature, tuple(_problems_of(language)))
    return known[1]


def _problems_of(language: str) -> Iterator[Mistake]:
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
            if key in seen:
                yield path, _line(text, key), f"“{key}” stands in {seen[key].name} too; keep one"
            seen.setdefault(key, path)
            for what in _text_problems(key, value, language, english):
                yield path, _line(text, key), what
    for key, path in seen.items():
        family, _, category = key.rpartition(".")
        if language != "en" and category == "other" and f"{family}.other" in english:
            wanted_forms = (f"{family}.{name}" for name in plural_categories(language))
            if lacking := [form for form in wanted_forms if form not in seen]:
                yield (
                    path,
                    _line(path.read_text(encoding="utf-8"), key),
                    f"“{family}” has no form {', '.join(lacking)}; add what this language says "
                    "for such numbers",
                )


def _text_problems(
    key: str, value: str, language: str, english: Mapping[str, set[str]]
) -> Iterator[str]:
    """Find what is wrong in a text."""
    yield from _list_problems(key, value, language)
    if language == "en":
        return
    family, _, category = key.rpartition(".")
    if category in _CATEGORIES and f"{family}.other" in english:
        yield from _plural_problems(family, category, value, language, english)
    elif key not in english:
        yield f"no text is called “{key}”{near(key, english)}; mend its name"
    elif (places := set(_PLACEHOLDER.findall(value))) != english[key]:
        wanted, given = _listed(english[key]), _listed(places)
        yield f"“{key}” has the places {given}; those of English are: {wanted}"


def _listed(places: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(places)) or "none"


def _list_problems(key: str, value: str, language: str) -> Iterator[str]:
    """Find what is wrong in a text that is no sentence but stands for something else."""
    if key == _LETTERS and (
        len(value) < _FEWEST_LETTERS or len(set(value)) < len(value) or not value.isalpha()
    ):
        yield (
            f"“{key}” names answers by a letter each; write {_FEWEST_LETTERS} letters or more, "
            "all different, with nothing between them"
        )
    if key == _LOCALE:
        tag = value.partition("-u-")[0]
        try:
            named = Locale.parse(tag, sep="-").language
        except (UnknownLocaleError, ValueError):
            named = ""
        if named != language.partition("-")[0]:
            yield f"“{key}” cannot be “{value}”; write the tag of a locale, as in {language}"


def _plural_problems(
    family: str, category: str, value: str, language: str, english: Mapping[str, set[str]]
) -> Iterator[str]:
    """Find what is wrong in a form of a text that goes with a number."""
    categories = plural_categories(language)
    if category not in categories and category != "many":
        yield (
            f"this language has no plural form “{category}”; its forms of “{family}” end in: "
            f"{', '.join(categories)}"
        )
    # A form for one number alone may leave the number out, and none can have more than the rest.
    wanted = english[f"{family}.other"]
    places = set(_PLACEHOLDER.findall(value))
    if not wanted - {"count"} <= places <= wanted or (category == "other" and places != wanted):
        yield (
            f"“{family}.{category}” has the places {_listed(places)}; those of English are: "
            f"{_listed(wanted)}"
        )


def _line(text: str, key: str) -> int:
    at = text.find(json.dumps(key, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _wanted() -> dict[str, set[str]]:
    """Give the places for values in each English text."""
    return {key: set(_PLACEHOLDER.findall(text)) for key, text in load_strings("en").items()}


_Signature = tuple[tuple[str, int, int], ...]
_loaded: dict[str, tuple[_Signature, Strings]] = {}
_judged: dict[str, tuple[_Signature, tuple[Mistake, ...]]] = {}


def _signature(folders: Collection[Path]) -> _Signature:
    """Give what changes when a text of some folders does: names, times and sizes of the files."""
    return tuple(
        (str(path), (stat := path.stat()).st_mtime_ns, stat.st_size)
        for folder in folders
        for path in sorted(folder.glob("*.json"))
    )


def has_texts(language: str) -> bool:
    """Say whether there are texts of the interface in a language, or in a wider one."""
    return any(any((_FOLDER / tag).glob("*.json")) for tag in fallbacks(language))


def load_strings(language: str) -> Strings:
    """Read the texts of one language from ``languages/<language>/*.json``.

    What a translation lacks is taken from the wider language, and then from English. A file that
    has changed is read again.

    Parameters
    ----------
    language
        A language tag, such as ``"en"`` or ``"es-419"``.

    Returns
    -------
    Strings
        The texts of all files together.

    Raises
    ------
    ValueError
        If there is no such language, a file is not a flat object of texts, or a key stands twice.
    """
    if not re.fullmatch(TAG, language) or not has_texts(language):
        known = ", ".join(languages())
        msg = f"there are no texts in the language {language!r}; there are: {known}"
        raise ValueError(msg)
    return strings_of(language)


def strings_of(language: str) -> Strings:
    """Give the texts of a language as `load_strings` does; all in English where there are none.

    Parameters
    ----------
    language
        A language tag.

    Returns
    -------
    Strings
        The texts; `Strings.own` says which are in the language.
    """
    ways = [tag for tag in fallbacks(language) if (_FOLDER / tag).is_dir()]
    folders = [_FOLDER / tag for tag in dict.fromkeys((*ways, "en"))]
    signature = _signature(folders)
    known = _loaded.get(language)
    if known and known[0] == signature:
        return known[1]
    own: dict[str, str] = {}
    for tag in reversed(ways):
        texts = _texts_of(_FOLDER / tag)
        if tag != language:
            texts.pop(_LOCALE, None)
        own.update(texts)
    rest = _texts_of(_FOLDER / "en")
    rest[_LOCALE] = language
    strings = Strings(language, {**rest, **own}, own)
    _loaded[language] = (signature, strings)
    return strings


def _texts_of(folder: Path) -> dict[str, str]:
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
    return texts
