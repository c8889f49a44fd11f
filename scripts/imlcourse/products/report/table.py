"""A row for each person as CSV, where they are too many for a page and a workbook."""

from __future__ import annotations

import polars as pl

from imlcourse.products.report.words import Words
from imlcourse.results.analysis import Analysis
from imlcourse.results.groups import shown_groups
from imlcourse.results.tally import STAGES

__all__ = ["no_formula", "people_table"]


def people_table(words: Words, analysis: Analysis) -> bytes:
    """Write the table: codes and no names, shares from 0 to 1, groups that are shown alone."""
    text = words.strings.text
    table, shown = analysis.table, list(shown_groups(analysis.table))
    modules = {
        one: words.module_short(module.id)
        for module in words.course.modules.values()
        for one in (module.id, *(objective.id for objective in module.front.objectives))
    }
    needs = (
        pl.col("needs").list.eval(pl.element().replace(modules)).list.unique(maintain_order=True)
    )
    team = pl.when(pl.col("team").is_in(shown)).then("team").otherwise(pl.lit(""))
    groups = {name: no_formula(name) for name in shown}
    columns: dict[str, str] = {
        "code": text("report.person"),
        "team": text("report.groups.group"),
        **{stage: text(f"report.stage.{stage}") for stage in STAGES},
        "gain": text("report.gain.points"),
        "needs": text("report.next.modules"),
    }
    written = (
        table.with_columns(team=team.replace(groups), needs=needs.list.join("; "))
        .with_columns(pl.col(*STAGES, "gain").round(4))
        .select(pl.col(name).alias(head) for name, head in columns.items())
    )
    return written.write_csv(include_bom=True, line_terminator="\r\n").encode()


def no_formula(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
