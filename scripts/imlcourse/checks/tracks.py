"""Tracks: each role has a core of four to six modules, in about four hours."""

from __future__ import annotations

from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import near
from imlcourse.markup.problems import repeated

FEWEST, MOST = 4, 6
"""Modules of a track: fewer leave gaps in what a role needs, more are no core."""
SHORTEST, LONGEST = 180, 300
"""Minutes of a track: about four hours, as two half-days of work can hold."""


def check_tracks(sources: Sources) -> None:
    """Check that each role has a track, with which its way through the course begins.

    Parameters
    ----------
    sources
        What was read.
    """
    about, file = sources.about, sources.about_file
    if about is None or file is None:
        return
    report, names = sources.problems.add, sources.names
    for role, modules in about.tracks.items():
        place = ("tracks", role)
        line = file.line(place)
        if role not in about.roles:
            hint = near(role, about.roles)
            report(file.path, line, f"no role “{role}”{hint}; name a role of `roles`")
            continue
        for number, module_id in enumerate(modules):
            at = file.line((*place, number))
            if modules.index(module_id) != number:
                report(file.path, at, repeated(module_id))
            elif about.coverage == "whole" and names.complete("module"):
                names.report_missing(
                    "module",
                    module_id,
                    file.path,
                    at,
                    f"no module {module_id}",
                    "name one there is",
                )
        count = len(set(modules))
        if not FEWEST <= count <= MOST:
            report(
                file.path,
                line,
                f"the track of “{role}” has {count} modules; name {FEWEST} to {MOST}, those that "
                "the role needs most",
            )
        way = about.roles[role].modules
        if len(modules) == count and way[: len(modules)] != modules:
            report(
                file.path,
                file.line(("roles", role, "modules")),
                f"the way of “{role}” does not begin with its track; begin it with "
                f"{', '.join(modules)}, in this order",
            )
        minutes = [
            sources.modules[one].front.minutes.self_paced
            for one in modules
            if one in sources.modules
        ]
        if len(minutes) == count and not SHORTEST <= sum(minutes) <= LONGEST:
            report(
                file.path,
                line,
                f"the track of “{role}” takes {sum(minutes)} minutes by its modules; choose "
                f"modules that take {SHORTEST} to {LONGEST} together",
            )
    if any(role not in about.roles for role in about.tracks):
        return  # one of them may be the role that has none
    # A course of few modules needs no core.
    if about.tracks or (about.coverage == "whole" and about.modules_planned > MOST):
        for role in about.roles:
            if role not in about.tracks:
                report(
                    file.path,
                    file.line(("roles", role)),
                    f"the role “{role}” has no track; write one under `tracks`, with {FEWEST} to "
                    f"{MOST} of its modules",
                )
