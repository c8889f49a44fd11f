"""Hostile texts in every text field of a course, and what of them shows in HTML."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from imlcourse.course.bank import Bank
from imlcourse.course.model import Course
from imlcourse.items import Item, read_item
from imlcourse.languages.strings import Strings
from test_items import sample

HOSTILE = (
    'zq"><script src="file:///zq.js"></script><img src=zq onerror=zq()>'
    '<form action="https://zq.example"><button>zq</button></form><svg onload=zq()></svg>'
    '<meta http-equiv="refresh" content="0;url=https://zq.example"><base href="//zq.example/">'
    '<iframe src="https://zq.example"></iframe><style>zq{}</style><zq-tag zq-name=1></zq-tag>',
    "zq [zq](javascript:zq) <javascript:zq> ![zq](data:text/html,zq) ![zq](https://zq.example/x)"
    ' <a href="javascript:zq">zq</a> <zq-tag zq-name="1">zq</zq-tag> [zq]: javascript:zq ',
    'zq\' onmouseover=\'zq()\' zq-name=\'" onmouseover="zq()" style="zq" zq-name="1'
    " </textarea></title></script><!-- zq --> ]]> {{ zq }} {% zq %} {{%zq%}} &lt;zq-tag&gt;",
    "zq\n\n<zq-tag zq-name=1>\n\n</zq-tag>\n\n```{raw} html\n<zq-tag zq-name=2></zq-tag>\n```\n\n"
    ":::{raw} html\n<zq-tag zq-name=3></zq-tag>\n:::\n\n# zq\n\n(zq)=\n## zq\n\n"
    "<script>zq()</script>",
)
"""Each tries to become a tag, an attribute, a script, a link or a directive."""

REFERENCES = frozenset(
    {
        *("items", "objective", "module", "modules", "next", "group", "topics", "see", "shows"),
        *("within", "unit", "units", "Beside.instrument", "Beside.article"),
        "Article.article",  # others name it
    }
)
"""Fields that name something else; `course check` refuses a name that is not there."""


def _names(value: Any) -> bool:
    """Say whether a value is an id, or a list of ids."""
    return (
        value is None
        or isinstance(value, str)
        or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    )


class Poisoner:
    """Puts hostile texts, one after the other, into all fields that take any text.

    Parameters
    ----------
    first
        With which of the texts it begins.
    texts
        The texts.

    Attributes
    ----------
    fields
        The fields that were poisoned, as ``Model.field``.
    """

    def __init__(self, first: int, texts: Sequence[str] = HOSTILE) -> None:
        self._texts = texts
        self._next = first
        self.fields: set[str] = set()

    def poison(self, value: Any, kind: Any, name: str) -> Any:
        """Give a value with all its texts replaced that may be any text."""
        if isinstance(value, BaseModel):
            fields = type(value).model_fields
            return value.model_copy(
                update={
                    field: self.poison(
                        getattr(value, field),
                        about.rebuild_annotation(),
                        f"{type(value).__name__}.{field}",
                    )
                    for field, about in fields.items()
                    if not (
                        {field, f"{type(value).__name__}.{field}"} & REFERENCES
                        and _names(getattr(value, field))
                    )
                }
            )
        bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
        if get_origin(bare) in (Union, types.UnionType) and isinstance(value, (list, dict)):
            bare = next(arg for arg in get_args(bare) if get_origin(arg) is type(value))
        if isinstance(value, list):
            return [self.poison(inner, get_args(bare)[0], name) for inner in value]
        if isinstance(value, dict):
            return {key: self.poison(v, get_args(bare)[1], name) for key, v in value.items()}
        if value is None or isinstance(value, str):
            return self._text(value, kind, bare, name)
        return value

    def _text(self, value: str | None, kind: Any, bare: Any, name: str) -> str | None:
        optional = get_origin(bare) in (Union, types.UnionType)
        wanted = next((arg for arg in get_args(bare) if arg is not type(None)), kind)
        hostile = self._texts[self._next % len(self._texts)]
        try:
            taken = _adapter(wanted if optional else kind).validate_python(hostile)
        except ValidationError:
            return value
        if not isinstance(taken, str):
            return value
        self.fields.add(name)
        self._next += 1
        return taken


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def with_every_type(course: Course) -> Course:
    """Give the small course with an item of every type in its first quiz."""
    (bank,) = course.banks.values()
    added: dict[str, Item] = {}
    for number, kind in enumerate(("cloze", "categorise", "numeric", "scenario"), start=10):
        item, _ = read_item(sample(kind, id=f"m01-i{number}", objective="m01-o2"))
        assert item is not None
        added[item.id] = item
    quiz = bank.quizzes["m01-s1"]
    longer = quiz.model_copy(update={"items": [*quiz.item_ids, *added]})
    whole = replace(bank, items={**bank.items, **added}, quizzes={**bank.quizzes, "m01-s1": longer})
    return replace(course, banks={bank.module: whole})


def poisoned(course: Course, first: int) -> tuple[Course, set[str]]:
    """Give a course with a hostile text in every field of its data that takes any text.

    Parameters
    ----------
    course
        A course that is whole.
    first
        With which of the hostile texts to begin: in as many courses, each field has each text.

    Returns
    -------
    tuple
        The course, and the fields that were poisoned.
    """
    poisoner = Poisoner(first)

    def each(models: Mapping[str, Any]) -> dict[str, Any]:
        return {name: poisoner.poison(model, None, "") for name, model in models.items()}

    def bank(of: Bank) -> Bank:
        return replace(
            of,
            items=each(of.items),
            quizzes=each(of.quizzes),
            worksheets=each(of.worksheets),
        )

    spoilt = replace(
        course,
        about=poisoner.poison(course.about, None, ""),
        digest=course.digest.model_copy(
            update={
                "topics": poisoner.poison(course.digest, None, "").topics,
                # Some of them: all units are of one kind.
                "units": {
                    unit: poisoner.poison(entry, None, "") if unit in ("8", "9", "A30") else entry
                    for unit, entry in course.digest.units.items()
                },
            }
        ),
        glossary=each(course.glossary),
        banks={name: bank(of) for name, of in course.banks.items()},
        modules={
            name: replace(module, front=poisoner.poison(module.front, None, ""))
            for name, module in course.modules.items()
        },
        library=replace(course.library, parts=each(course.library.parts)),
    )
    return spoilt, poisoner.fields


_MEANT = re.compile(r"(?:items\.letters|player\.locale|date\.|.*\.one|.*\.other)")


def poisoned_texts(strings: Strings) -> Strings:
    """Give the texts of the interface, each with a tag and what looks like an entity behind it."""
    return Strings(
        strings.language,
        {
            key: text if _MEANT.match(key) else f'{text}<zq-tag zq-name="1">&lt;zq'
            for key, text in strings.items()
        },
    )


class Found(HTMLParser):
    """Finds in HTML what no text may become."""

    _ADDRESSES = frozenset(["href", "src", "action", "formaction", "data", "poster", "srcdoc"])
    _NEVER = frozenset(["iframe", "object", "embed", "base", "applet", "frame"])

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._in_script = False
        # In a title, browsers read no tag but its end.
        self.feed(re.sub(r"(<title[^>]*>).*?(?=</title)", r"\1", html, flags=re.DOTALL))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag in ("script", "style")
        given = {name: value or "" for name, value in attrs}
        if tag.startswith("zq") or tag in self._NEVER:
            self.faults.append(self.get_starttag_text() or tag)
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.faults.append("meta refresh")
        for name, value in given.items():
            address = value.strip().lower()
            # A link to the web is what some texts may hold; a place on the same page is harmless.
            harmless = name == "href" and tag == "a" and address.startswith(("https://", "#"))
            if (
                name.startswith(("on", "zq"))
                or (name == "style" and "zq" in address)
                or (name in self._ADDRESSES and "zq" in address and not harmless)
            ):
                self.faults.append(f"<{tag} {name}={value!r}>")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and "zq" in data:
            self.faults.append(f"script: {data[:60]}")

    def handle_comment(self, data: str) -> None:
        if "zq" in data:
            self.faults.append(f"comment: {data[:60]}")


def faults(pages: Mapping[str, str]) -> Iterator[str]:
    """Say what of hostile texts became more than text, page by page."""
    for name, html in pages.items():
        for fault in dict.fromkeys(Found(html).faults):
            yield f"{name}: {fault}"
