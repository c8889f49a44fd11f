"""The real course, read and checked once for all tests of a process."""

from __future__ import annotations

from functools import lru_cache

from imlcourse.course.model import Course
from small_course import ROOT, load_again


@lru_cache(1)
def real_course() -> Course:
    """Give the course of this project, which no test changes."""
    return load_again(ROOT)
