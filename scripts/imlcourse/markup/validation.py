"""Values of a file checked against their model, every fault reported at its line."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from imlcourse.markup.explain import explain
from imlcourse.markup.problems import Problems
from imlcourse.markup.yamlfile import Place, YamlFile

Model = TypeVar("Model", bound=BaseModel)


def validated(
    model: type[Model], file: YamlFile, problems: Problems, place: Place = ()
) -> Model | None:
    """Check a value of a file against a model.

    Parameters
    ----------
    model
        The model.
    file
        The file.
    problems
        Where every fault is reported, at its line.
    place
        Where the value stands in the file.

    Returns
    -------
    Model or None
        The value as the model has it; ``None`` if it has faults.
    """
    value = file.value
    for step in place:
        value = value[step]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for flaw in explain(error, model):
            problems.add(file.path, file.line((*place, *flaw.path)), flaw.message)
        return None
