"""Modules that are loaded when something of them is used, which in most builds is never.

What writes a page imports, at its beginning, the parts that fetch from the web, look into pictures
and know the stems of words for a search that the course does not use. To load them takes as long
as to write several pages.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_LATE = (
    "PIL.Image",  # the size of a picture that asks for a scale
    "snowballstemmer",  # Sphinx's own search
    "sphinx.ext.doctest",  # blocks of Python's doctest
    "sphinx.util.requests",  # pictures and inventories on the web
)


class _Late(ModuleType):
    """Stands for a module until something of it is asked for.

    The standard library's `importlib.util.LazyLoader` loads a module already when it is imported
    from its package, as these are.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system itself asks for
            raise AttributeError(name)
        full = self.__name__
        if sys.modules.get(full) is self:
            del sys.modules[full]
        module = import_module(full)
        self.__dict__.update(vars(module))
        return getattr(module, name)


def load_late() -> None:
    """Let the modules that writing a page hardly ever needs be loaded at their first use.

    One that is loaded already, or is not installed, stays as it is.
    """
    for name in _LATE:
        parent, _, own = name.rpartition(".")
        try:
            if name in sys.modules or find_spec(name) is None:
                continue
        except ImportError:  # what it is part of is not installed
            continue
        late = sys.modules[name] = _Late(name)
        if parent:
            setattr(sys.modules[parent], own, late)
