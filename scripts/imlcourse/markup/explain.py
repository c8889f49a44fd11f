"""What a model refused, told in plain words: which value, what is wrong, and how to write it.

How a value is to be written stands on its field, as `Form`; what to write where it is missing, as
`Missing`. So nothing here knows a model of the course.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from imlcourse.languages.spelling import nearest

__all__ = ["Flaw", "Form", "Missing", "Where", "explain", "shown"]

Where = tuple[str | int, ...]
"""Where something stands in a value: keys and indexes, as in the file."""


@dataclass(frozen=True)
class Flaw:
    """Something an author has to mend.

    Parameters
    ----------
    path
        Where it stands in the value. The last key may be one that is missing.
    message
        What is wrong, and how to mend it.
    """

    path: Where
    message: str


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is to be written: ``Annotated[str, Form("write the day as in 2026-11-23")]``."""

    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What to write where a value is missing."""

    text: str


_NAME_FORM = "use small letters, digits and single hyphens, as in m06-i01"
"""How a value with a pattern is written, where its field does not say otherwise: ids have most."""
_MEMBER = re.compile(r"[\[(]")
"""In a path of pydantic: the kind of value that was tried, which is none of the author's names."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """One fault that pydantic found."""

    name: str
    path: Where
    given: Any
    limits: Mapping[str, Any]
    message: str
    form: str
    missing: str
    names: list[str] = field(default_factory=list)
    guess: str | None = None

    @property
    def shown(self) -> str:
        return shown(self.given)

    @property
    def size(self) -> int:
        return len(self.given or ())


def _text(fault: _Fault) -> str:
    if isinstance(fault.given, (int, float, bool)):
        quoted = 'put it in "quotation marks"'
        return f"`{fault.name}` must be text, not {fault.shown}; {quoted}"
    return f"`{fault.name}` must be text; write it after the colon"


def _whole_number(fault: _Fault) -> str:
    if isinstance(fault.given, float):
        return f"`{fault.name}` cannot be {fault.shown}; write a whole number"
    return f"`{fault.name}` must be a whole number; write it in digits"


def _names_with_values(fault: _Fault) -> str:
    if fault.path and fault.path[-1] == fault.name:
        return f"`{fault.name}` holds names with values; write `name: value` lines"
    return "write `name: value` lines here, as the others have"


def _unknown_name(fault: _Fault) -> str:
    hint = (
        f"did you mean `{fault.guess}`?"
        if fault.guess
        else f"what may stand here: {', '.join(fault.names)}"
    )
    return f"`{fault.name}` is not known here; {hint}"


def _too_short(fault: _Fault) -> str:
    if fault.given:
        return (
            f"`{fault.name}` has {fault.size} entries; write {fault.limits['min_length']} or more"
        )
    return _empty(fault)


def _empty(fault: _Fault) -> str:
    return f"`{fault.name}` is empty; write it"


def _otherwise(fault: _Fault) -> str:
    return f"`{fault.name}` {fault.message.removeprefix('Input ')}; write it so"


_MESSAGES: dict[str, Callable[[_Fault], str]] = {
    "missing": lambda f: f"`{f.name}` is missing; {f.missing or 'write it'}",
    "extra_forbidden": _unknown_name,
    "string_type": _text,
    "bool_type": lambda f: f"`{f.name}` must be true or false; write one of them, unquoted",
    "list_type": lambda f: f"`{f.name}` must be a list; begin each of its lines with “- ”",
    "model_type": _names_with_values,
    "int_type": _whole_number,
    "float_type": lambda f: f"`{f.name}` cannot hold {f.shown}; write a number",
    "greater_than_equal": lambda f: f"`{f.name}` is {f.shown}; write {f.limits['ge']} or more",
    "less_than_equal": lambda f: f"`{f.name}` is {f.shown}; write {f.limits['le']} or less",
    "too_short": _too_short,
    "too_long": lambda f: (
        f"`{f.name}` has {f.size} entries; write {f.limits['max_length']} or fewer"
    ),
    "string_too_short": _empty,
    "string_too_long": lambda f: (
        f"`{f.name}` has {f.size} characters; write {f.limits['max_length']} or fewer"
    ),
    "blank": _empty,
    "role": lambda f: f"`{f.name}` holds a role, and none works here; write it in words",
    "literal_error": lambda f: f"`{f.name}` cannot be {f.shown}; write {f.limits['expected']}",
    "none_required": lambda f: f"`{f.name}` cannot be {f.shown}; leave it empty",
    "string_pattern_mismatch": lambda f: f"`{f.name}` cannot be {f.shown}; {f.form}",
    "no_such_day": lambda f: f"`{f.name}`: the calendar has no {f.shown}; {f.form}",
}
"""The message for each kind of fault."""
_ALIKE = {
    "bool_parsing": "bool_type",
    "dict_type": "model_type",
    "model_attributes_type": "model_type",
    "int_parsing": "int_type",
    "int_from_float": "int_type",
    "float_parsing": "float_type",
}
"""Kinds of faults that are one to an author."""


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[Flaw]:
    """Tell in plain words what a model refused.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The model that the data was read as.

    Yields
    ------
    Flaw
        One for each fault.
    """
    faults = error.errors(include_url=False)
    guesses = _guesses(model, faults)
    mistyped = {(*place[:-1], guess) for place, guess in guesses.items()}
    mixed: set[Where] = set()
    for found in faults:
        place = found["loc"]
        if found["type"] == "missing" and place in mistyped:
            continue
        path: Where = tuple(step for step in place if not _MEMBER.search(str(step)))
        kind = _ALIKE.get(found["type"], found["type"])
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "this")
        form = _said_at(model, path, Form, key="[key]" in place) or _NAME_FORM
        given = found.get("input")
        if "[key]" in place:
            yield Flaw(path, f"the name {shown(given)} cannot stand here; {form}")
        elif len(path) < len(place):
            # A value that may be of several kinds, and is of none: one fault for all of them.
            while path and isinstance(path[-1], int):
                path = path[:-1]
            if path not in mixed:
                mixed.add(path)
                yield Flaw(path, f"`{name}` cannot be {shown(given)}; {form}")
        else:
            fault = _Fault(
                name=name,
                path=path,
                given=given,
                limits=found.get("ctx", {}),
                message=str(found["msg"]),
                form=form,
                missing=_said_at(model, path, Missing) if kind == "missing" else "",
                names=_names_at(model, path[:-1]) if kind == "extra_forbidden" else [],
                guess=guesses.get(place),
            )
            yield Flaw(path, _MESSAGES.get(kind, _otherwise)(fault))


def shown(value: object) -> str:
    """Write a value as a message repeats it: within quotation marks, and not longer than needed."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text[:40]}”"


def _guesses(model: type[BaseModel], faults: list[Any]) -> dict[Where, str | None]:
    """Give what each unknown name was probably meant to be: one that is missing, if need be."""
    missing = [fault["loc"] for fault in faults if fault["type"] == "missing"]
    guesses: dict[Where, str | None] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *holder, name = fault["loc"]
            lacking = [str(place[-1]) for place in missing if place[:-1] == tuple(holder)]
            known = _names_at(model, tuple(holder))
            guesses[fault["loc"]] = nearest(str(name), lacking) or nearest(str(name), known)
    return guesses


def _said_at(
    model: type[BaseModel], path: Where, kind: type[Form] | type[Missing], *, key: bool = False
) -> str:
    """Give what the fields that lead to a value say of it, the nearest last."""
    hint_of = ""
    for step, (_, metadata) in _fields(model, path, key=key):
        here = next((one.text for one in metadata if isinstance(one, kind)), "")
        # The form of a list is that of its entries too; what is missing is the value itself.
        hint_of = here or (hint_of if kind is Form and not _is_id(step) else "")
    return hint_of


def _is_id(step: str | int) -> bool:
    """Say whether a value is the id of an entry, which is written as such whatever holds it."""
    return step == "id"


def _names_at(model: type[BaseModel], path: Where) -> list[str]:
    """Give the names that may stand at a place."""
    here: Any = model
    for _, (annotation, _) in _fields(model, path):
        here = annotation
    found = _model_in(here)
    return [f.alias or n for n, f in found.model_fields.items()] if found else []


_Typed = tuple[Any, tuple[Any, ...]]
"""A type, and what is hint_of beside it in `Annotated`."""


def _fields(
    model: type[BaseModel], path: Where, *, key: bool = False
) -> Iterator[tuple[str | int, _Typed]]:
    """Follow a path through the types of a model: each step, and the type that it leads to."""
    here: Any = model
    for number, step in enumerate(path):
        container = _container_in(here)
        inner = _model_in(here) if container is None else None
        if inner is not None:
            fields = {(f.alias or n): f for n, f in inner.model_fields.items()}
            if step not in fields:
                return
            found = fields[str(step)]
            here = found.annotation
            yield step, (here, tuple(found.metadata))
        elif container is not None:
            names = key and number == len(path) - 1
            typed = _unwrapped(get_args(container)[0 if names or not _is_mapping(container) else 1])
            here = typed[0]
            yield step, typed
        else:
            return


def _unwrapped(annotation: Any) -> _Typed:
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return inner, tuple(metadata)
    return annotation, ()


def _is_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict


def _container_in(annotation: Any) -> Any:
    """Give the list or mapping that a type is, or may be."""
    annotation = _unwrapped(annotation)[0]
    if get_origin(annotation) in (list, dict):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        found = (_container_in(inner) for inner in get_args(annotation))
        return next((one for one in found if one is not None), None)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Give the model that a type is, or may be."""
    annotation = _unwrapped(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        found = (_model_in(inner) for inner in get_args(annotation))
        return next((model for model in found if model is not None), None)
    return None
