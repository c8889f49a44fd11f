"""YAML read and written as plain data by libyaml, ten times as quick as Python's own way."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def load_yaml(text: str) -> Any:
    """Give what a text holds."""
    return yaml.load(text, Loader=_LOADER)


def dump_yaml(data: Any) -> str:
    """Write data in the order in which it stands."""
    text = yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
    return str(text)
