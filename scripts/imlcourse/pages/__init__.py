"""The pages of the book: the made ones, each in the module of its name, and the written ones."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module

from imlcourse.course.contents import MADE_PAGES
from imlcourse.course.model import Course
from imlcourse.course.session import plan_page
from imlcourse.document.reader import Document
from imlcourse.pages.making import MAKERS, Making

__all__ = ["book_pages", "makers"]


def book_pages(
    course: Course, document: Document | None = None, before: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Make every page of the book but the modules.

    Parameters
    ----------
    course
        The course.
    document
        The document, where the user holds it.
    before
        Pages that were made before and would be the same, by name.

    Returns
    -------
    dict
        MyST Markdown by name of the page: first the written pages, then the made ones, then those
        of the worksheets and of session plans.
    """
    from imlcourse.pages.sessions import session_page
    from imlcourse.pages.worksheets import worksheet_pages
    from imlcourse.pages.written import written_page

    known = before or {}
    pages = {
        name: known.get(name) or written_page(course, page) for name, page in course.pages.items()
    }
    making = Making(course, document)
    for made in MADE_PAGES:
        text = known.get(made.name) or makers()[made.name](making)
        if text is not None:
            pages[made.name] = text
    pages |= worksheet_pages(course, known)
    for module_id in course.sessions:
        name = plan_page(module_id)
        pages[name] = known.get(name) or session_page(course, course.modules[module_id])
    return pages


@lru_cache(maxsize=1)
def makers() -> dict[str, Callable[[Making], str | None]]:
    """Gather what makes each page: every module of this package names the pages that it makes.

    Returns
    -------
    dict
        Makers by name of the page.
    """
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return MAKERS
