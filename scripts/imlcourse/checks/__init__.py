"""What has to be true of the course as a whole: each check reads the sources and reports.

There is a module for each thing that is checked. What one file can show by itself is reported by
whoever reads that file.

To add a check: write a function that takes the sources, in the module for what it looks at or in
a new one, and name it in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable

from imlcourse.checks.balance import check_balance
from imlcourse.checks.banks import check_banks, check_hints, check_mentions, check_same_questions
from imlcourse.checks.blueprints import check_tests
from imlcourse.checks.contents import check_contents
from imlcourse.checks.counter import check_counter
from imlcourse.checks.coverage import check_coverage
from imlcourse.checks.evidence import check_evidence
from imlcourse.checks.files import check_files
from imlcourse.checks.law import check_law
from imlcourse.checks.library import check_glossary, check_library
from imlcourse.checks.links import check_links
from imlcourse.checks.modules import check_modules, check_ways
from imlcourse.checks.objectives import check_objectives
from imlcourse.checks.pace import check_pace
from imlcourse.checks.pages import check_pages
from imlcourse.checks.placing import check_placing
from imlcourse.checks.quotations import check_quotation
from imlcourse.checks.roles import check_roles
from imlcourse.checks.scenarios import check_scenarios
from imlcourse.checks.sessions import check_sessions
from imlcourse.checks.strings import check_strings
from imlcourse.checks.tracks import check_tracks
from imlcourse.checks.translations import check_strays, check_translations
from imlcourse.checks.wholeness import check_wholeness
from imlcourse.course.glossary import term_id
from imlcourse.course.sources import Sources

__all__ = ["CHECKS", "check_quotation", "check_sources", "term_id"]

CHECKS: tuple[Callable[[Sources], None], ...] = (
    # What there is, from the outside in: the contents, and the pages and modules they list.
    check_files,
    check_contents,
    check_pages,
    check_modules,
    check_ways,
    check_tracks,
    check_wholeness,
    check_pace,
    check_strings,
    # What stands beside the course in other languages.
    check_strays,
    check_translations,
    # What their texts point to, in pages first and then in the data files that have texts too.
    check_roles,
    check_law,
    check_links,
    check_glossary,
    check_library,
    check_counter,
    # Item banks: their ids, each item by itself, what it rests on, and where it is asked.
    check_banks,
    check_mentions,
    check_hints,
    check_evidence,
    check_placing,
    check_tests,
    check_scenarios,
    # Session plans, which use items, figures and pages.
    check_sessions,
    # What can be said of many items together only.
    check_objectives,
    check_coverage,
    check_balance,
    check_same_questions,
)
"""All checks, from the course as it is listed to the single item, and then to all items together.

None needs what another found, and the report is sorted by file and line: the order is for readers.
"""


_OF_BANKS = frozenset({check_balance, check_same_questions})
"""Those that look at item banks and at nothing else, and take long."""


def check_sources(sources: Sources) -> None:
    """Check everything that involves more than one file, reporting through the sources.

    Parameters
    ----------
    sources
        What was read. What passed need not be checked again while the files that it looks at are
        the same.
    """
    reader = sources.reader
    # What a translated item is bound to stands in the original.
    read = (sources, sources.original) if sources.original else (sources,)
    banks = [bank.file.path for one in read for bank in one.banks.values()]
    language = repr([sources.language_of(path) for path in banks])
    for check in CHECKS:
        if check not in _OF_BANKS:
            check(sources)
        elif not reader.passed(check, banks, language):
            check(sources)
            if not sources.problems:
                reader.passes(check, banks, language)
