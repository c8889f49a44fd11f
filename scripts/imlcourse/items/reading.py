"""Reading an item from the data of a file, with every fault told in the author's words."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from imlcourse.items.base import Flaw, Item, Where
from imlcourse.languages.spelling import nearest

__all__ = ["explain", "read_item"]

_HINTS = {
    "feedback": "say why this is right, or why it is wrong and what was probably confused",
    "evidence": "give the unit that settles the item, and quote 5 to 25 of its words",
    "id": "give the item an id that never changes, such as m06-i01",
    "objective": "name the objective that it assesses, such as m06-o1",
    "level": "write recall, understand, apply or analyse",
    "key": "write `key: true` or `key: false`",
}


def read_item(data: object, kinds: dict[str, type[Item]]) -> tuple[Item | None, list[Flaw]]:
    """Read an item.

    Parameters
    ----------
    data
        What stands in the file, as plain dictionaries, lists, texts, numbers and booleans.
    kinds
        The item types by name.

    Returns
    -------
    tuple
        The item and no flaws, or None and all that keeps it from being read.
    """
    if not isinstance(data, dict):
        return None, [Flaw((), "this is no item; write `id: ...`, `type: ...` and so on under it")]
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        return None, [Flaw(("type",), _unknown_type(kind, kinds))]
    try:
        return kinds[kind].model_validate(data), []
    except ValidationError as error:
        return None, list(explain(error, kinds[kind]))


_FORMS = {
    "seen": "write the day as in 2026-11-23",
    "date": "write a date as in 2016, 2016-09 or 2016-09-19",
    "adopted": "write a date as in 2016, 2016-09 or 2016-09-19",
    "in_force": "write a date as in 2016, 2016-09 or 2016-09-19",
    "years": "write a year, or two with a dash between them, as in 2012–2013",
    "url": "write a whole address of the web, as in https://www.example.org/page",
    "countries": "write the two letters of ISO 3166, such as NE",
    "iri": "write an address of the web that ends with /, as in https://www.example.org/course/",
    "language": "write a language tag, as in en or es-419",
    "version": "write three numbers, as in 0.1.0",
    "parts": "number the parts: 1, 2, 3",
    "modules": "write ids of modules, as in m06",
    "objectives": "write the module's id and a number, as in m06-o1",
    "items": "write a list of ids, or: module quizzes",
}
_OF_MODELS = {
    ("ModuleFront", "id"): "write m and two digits, as in m06; or capstone",
    ("About", "date"): "write the day as in 2026-11-23",
}
_NAME_FORM = "use small letters, digits and single hyphens, as in m06-i01"
_TAG = re.compile(r"[\[(]")


def _form(model: type[BaseModel], path: Where) -> str:
    """Say how a value is to be written."""
    if len(path) == 1 and (hint := _OF_MODELS.get((model.__name__, str(path[0])))):
        return hint
    # The id of an entry is an id, whatever list it stands in.
    if path and path[-1] == "id" and "objectives" not in path:
        return _NAME_FORM
    for name in reversed(path):
        if name in _FORMS:
            return _FORMS[str(name)]
    return _NAME_FORM


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
    mixed: set[Where] = set()
    faults = error.errors(include_url=False)
    # What is written under a mistyped name is not missing too.
    missing = [fault["loc"] for fault in faults if fault["type"] == "missing"]
    meant: dict[Where, str | None] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            *holder, name = fault["loc"]
            lacking = [str(loc[-1]) for loc in missing if loc[:-1] == tuple(holder)]
            known = _names_at(model, tuple(holder))
            meant[fault["loc"]] = nearest(str(name), lacking) or nearest(str(name), known)
    mistyped = {(*place[:-1], guess) for place, guess in meant.items()}
    for fault in faults:
        if fault["type"] == "missing" and fault["loc"] in mistyped:
            continue
        # What a value may be in turn is named in the path, and is none of the author's names.
        path: Where = tuple(p for p in fault["loc"] if not _TAG.search(str(p)))
        name = next((str(p) for p in reversed(path) if isinstance(p, str)), "this")
        given = fault.get("input")
        if len(path) < len(fault["loc"]) and "[key]" not in fault["loc"]:
            while isinstance(path[-1], int):
                path = path[:-1]
            if path not in mixed:
                mixed.add(path)
                yield Flaw(path, f"`{name}` cannot be {_shown(given)}; {_form(model, path)}")
            continue
        if "[key]" in fault["loc"]:
            hint = _FORMS.get(str(path[-2]) if len(path) > 1 else "", _NAME_FORM)
            yield Flaw(path, f"the name {_shown(given)} cannot stand here; {hint}")
            continue
        match fault["type"]:
            case "missing":
                hint = _HINTS.get(name) or "write it"
                yield Flaw(path, f"`{name}` is missing; {hint}")
            case "extra_forbidden":
                known = _names_at(model, path[:-1])
                yield Flaw(path, _unknown_name(name, known, meant[fault["loc"]]))
            case "string_type" if isinstance(given, (int, float, bool)):
                yield Flaw(
                    path, f'`{name}` must be text, not {_shown(given)}; put it in "quotation marks"'
                )
            case "string_type":
                yield Flaw(path, f"`{name}` must be text; write it after the colon")
            case "bool_type" | "bool_parsing":
                yield Flaw(path, f"`{name}` must be true or false; write one of them, unquoted")
            case "list_type":
                yield Flaw(path, f"`{name}` must be a list; begin each of its lines with “- ”")
            case "model_type" | "dict_type" | "model_attributes_type" if path and path[-1] == name:
                yield Flaw(path, f"`{name}` holds names with values; write `name: value` lines")
            case "model_type" | "dict_type" | "model_attributes_type":
                yield Flaw(path, "write `name: value` lines here, as the others have")
            case "int_type" | "int_from_float" if isinstance(given, float):
                yield Flaw(path, f"`{name}` cannot be {_shown(given)}; write a whole number")
            case "greater_than_equal":
                yield Flaw(path, f"`{name}` is {_shown(given)}; write {fault['ctx']['ge']} or more")
            case "less_than_equal":
                yield Flaw(path, f"`{name}` is {_shown(given)}; write {fault['ctx']['le']} or less")
            case "too_short" if given:
                least = fault["ctx"]["min_length"]
                yield Flaw(path, f"`{name}` has {len(given)} entries; write {least} or more")
            case "too_long":
                yield Flaw(
                    path,
                    f"`{name}` has {len(given or ())} entries; write {fault['ctx']['max_length']} "
                    "or fewer",
                )
            case "float_type" | "float_parsing":
                yield Flaw(path, f"`{name}` cannot hold {_shown(given)}; write a number")
            case "int_type" | "int_parsing" | "int_from_float":
                yield Flaw(path, f"`{name}` must be a whole number; write it in digits")
            case "role":
                yield Flaw(path, f"`{name}` holds a role, and none works here; write it in words")
            case "too_short" | "string_too_short" | "blank":
                yield Flaw(path, f"`{name}` is empty; write it")
            case "literal_error":
                expected = fault["ctx"]["expected"]
                yield Flaw(path, f"`{name}` cannot be {_shown(given)}; write {expected}")
            case "string_pattern_mismatch":
                yield Flaw(path, f"`{name}` cannot be {_shown(given)}; {_form(model, path)}")
            case "no_such_day":
                yield Flaw(
                    path, f"`{name}`: the calendar has no {_shown(given)}; {_form(model, path)}"
                )
            case _:
                told = str(fault["msg"]).removeprefix("Input ")
                yield Flaw(path, f"`{name}` {told}; write it so")


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text[:40]}”"


def _unknown_type(kind: object, kinds: dict[str, type[Item]]) -> str:
    names = ", ".join(kinds)
    if kind is None:
        return f"`type` is missing; write one of: {names}"
    near = nearest(str(kind), kinds)
    hint = f"did you mean {near}?" if near else f"write one of: {names}"
    return f"there is no item type {_shown(kind)}; {hint}"


def _unknown_name(name: str, known: list[str], near: str | None) -> str:
    hint = f"did you mean `{near}`?" if near else f"what may stand here: {', '.join(known)}"
    return f"`{name}` is not known here; {hint}"


def _names_at(model: type[BaseModel], path: Where) -> list[str]:
    """Give the names that may stand at a place, following the models of the fields."""
    here: Any = model
    named_freely = False
    for key in path:
        if isinstance(key, int) or named_freely:
            named_freely = False
            continue  # the members of a list or mapping have the type that was found for it
        fields = {(f.alias or n): f for n, f in here.model_fields.items()}
        annotation = fields[key].annotation if key in fields else None
        here, named_freely = _model_in(annotation), get_origin(annotation) is dict
        if here is None:
            return []
    return [f.alias or n for n, f in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (list, dict, tuple, Union, types.UnionType):
        found = (_model_in(inner) for inner in get_args(annotation))
        return next((model for model in found if model is not None), None)
    return None
