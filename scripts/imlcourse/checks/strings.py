"""Texts of the interface: those of the course's language can be read, and have their places."""

from __future__ import annotations

from imlcourse.course.sources import Sources
from imlcourse.languages.locales import fallbacks
from imlcourse.languages.strings import languages, string_problems


def check_strings(sources: Sources) -> None:
    """Check the texts of the interface, English and those of the course's own language.

    Parameters
    ----------
    sources
        What was read.
    """
    used = {"en", *(fallbacks(sources.about.language) if sources.about else [])}
    for language in languages():
        if language in used:
            for path, line, what in string_problems(language):
                sources.problems.add(path, line, what)
