"""Ordinary links and images: a link leads somewhere, and an image is a drawing instead."""

from __future__ import annotations

import re

from imlcourse.course.names import Answer
from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import near
from imlcourse.markup.page import Page
from imlcourse.markup.page_lint import Link


def check_links(sources: Sources) -> None:
    """Check that every ordinary link leads somewhere.

    Parameters
    ----------
    sources
        What was read.
    """
    for page in sources.every_page:
        labels = {block.label for block in page.blocks if block.label}
        in_module = page.path.parent.parent == sources.root / "modules"
        for link in page.links:
            target = link.target
            if re.match(r"(https?|mailto):", target) and not link.image:
                continue
            if link.tag:
                _tag(link, page, sources)
            elif link.image:
                sources.problems.add(
                    page.path,
                    link.line,
                    f"an image ({target}); use "
                    ":::{diagram} with an SVG file, which has a description",
                )
            elif target.startswith("#"):
                if target[1:] not in labels:
                    sources.problems.add(
                        page.path,
                        link.line,
                        f"a broken link: no label ({target[1:]})= on this page"
                        f"{near(target[1:], labels)}",
                    )
            elif in_module:
                sources.problems.add(
                    page.path,
                    link.line,
                    f"a link to “{target}”; write "
                    "{page}`name`, {module}`m06` or {para}`8` instead",
                )
            else:
                name, _, fragment = target.partition("#")
                name = name.removesuffix(".md")
                there = sources.pages[name].blocks if name in sources.pages else ()
                marks = {block.label for block in there if block.label}
                if fragment and there and fragment not in marks:
                    sources.problems.add(
                        page.path,
                        link.line,
                        f"a broken link: no label ({fragment})= on the page {name}"
                        f"{near(fragment, marks)}",
                    )
                sources.names.report_missing(
                    "page", name, page.path, link.line, f"a broken link: no page “{target}”"
                )


def _tag(link: Link, page: Page, sources: Sources) -> None:
    """Check a link that is written as a tag, which names a page by its address in the book."""
    name, ending, _ = link.target.partition(".html")
    bare = name.removeprefix("../").removeprefix("modules/")
    if ending and sources.names.has("module", bare) is Answer.NO:
        message = f"a broken link: no page “{name}.html”"
        sources.names.report_missing("page", bare, page.path, link.line, message)
