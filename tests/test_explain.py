"""What a model refuses is told with how its fields say that a value is to be written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from imlcourse.markup.explain import Form, Missing, explain


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Colour = Annotated[str, Field(pattern="^[a-z]+$"), Form("write a colour, as in red")]


class Wheel(Strict):
    id: str = Field(pattern="^w[0-9]$")
    colour: Colour
    spokes: int = Field(default=8, ge=1, le=40)


class Cart(Strict):
    wheels: Annotated[list[Wheel], Missing("a cart has wheels; list them")] = Field(max_length=4)
    paint: list[Colour] = Field(default=[])
    names: dict[Annotated[str, Field(pattern="^[a-z]+$"), Form("begin with a small letter")], str]\
        = Field(default={})  # fmt: skip
    load: Annotated[list[str] | Literal["hay"], Form("list what it carries, or write: hay")]\
        = Field(default="hay")  # fmt: skip
    note: str = Field(default="", max_length=10)


GOOD: dict[str, Any] = {"wheels": [{"id": "w1", "colour": "red"}]}


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"wheels": [{"id": "w1", "colour": "Red"}]}, ("wheels", 0, "colour"),
         "`colour` cannot be “Red”; write a colour, as in red"),
        ({"paint": ["red", "5"]}, ("paint", 1), "`paint` cannot be “5”; write a colour, as in red"),
        ({"wheels": [{"id": "x", "colour": "red"}]}, ("wheels", 0, "id"),
         "`id` cannot be “x”; use small letters, digits and single hyphens, as in m06-i01"),
        ({"names": {"A": "x"}}, ("names", "A"),
         "the name “A” cannot stand here; begin with a small letter"),
        ({"load": 5}, ("load",), "`load` cannot be “5”; list what it carries, or write: hay"),
        ({"wheels": [{"id": "w1", "color": "red"}]}, ("wheels", 0, "color"),
         "`color` is not known here; did you mean `colour`?"),
        ({"wheels": [{"id": "w1", "colour": "red", "x": 1}]}, ("wheels", 0, "x"),
         "`x` is not known here; what may stand here: id, colour, spokes"),
        ({"wheels": [{"id": "w1", "colour": 5}]}, ("wheels", 0, "colour"),
         "`colour` must be text, not “5”; put it in \"quotation marks\""),
        ({"wheels": [{"id": "w1", "colour": "red", "spokes": 2.5}]}, ("wheels", 0, "spokes"),
         "`spokes` cannot be “2.5”; write a whole number"),
        ({"wheels": [{"id": "w1", "colour": "red", "spokes": 0}]}, ("wheels", 0, "spokes"),
         "`spokes` is “0”; write 1 or more"),
        ({"wheels": [{"id": "w1", "colour": "red", "spokes": 99}]}, ("wheels", 0, "spokes"),
         "`spokes` is “99”; write 40 or less"),
        ({"wheels": ["round"]}, ("wheels", 0),
         "write `name: value` lines here, as the others have"),
        ({"wheels": GOOD["wheels"] * 5}, ("wheels",), "`wheels` has 5 entries; write 4 or fewer"),
        ({"wheels": "round"}, ("wheels",),
         "`wheels` must be a list; begin each of its lines with “- ”"),
        ({"note": "x" * 11}, ("note",), "`note` has 11 characters; write 10 or fewer"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_words_of_its_field(
    change: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Cart.model_validate({**GOOD, **change})
    (flaw,) = explain(refused.value, Cart)
    assert flaw.path == path
    assert flaw.message == message


def test_what_is_missing_is_told_in_the_words_of_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        Cart.model_validate({})
    (flaw,) = explain(refused.value, Cart)
    assert flaw.message == "`wheels` is missing; a cart has wheels; list them"
    with pytest.raises(ValidationError) as refused:
        Cart.model_validate({"wheels": [{"id": "w1"}]})
    (flaw,) = explain(refused.value, Cart)
    assert flaw.message == "`colour` is missing; write it"
