"""Worksheets: something the learner writes, with a rubric to judge it by and a model answer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from imlcourse.inline import inline_html, inline_text
from imlcourse.items.base import Evidence, Flaw, Text, Where, quote_problems, text_problems

if TYPE_CHECKING:
    from imlcourse.render import Writer

__all__ = [
    "Criterion",
    "WorkField",
    "Worksheet",
    "worksheet_html",
    "worksheet_link",
    "worksheet_text",
]

LEVELS = 4
"""How many levels a criterion has: from 0 points to 3."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WorkField(_Data):
    """A part of what the learner writes."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="An id that never changes.")
    label: Text = Field(description="What the part is called.")
    hint: Text = Field(description="What a reader should find there.")
    words: int = Field(ge=5, le=400, description="About how many words it takes.")
    model: Text = Field(description="The model answer for this part.")


class Criterion(_Data):
    """A line of the rubric."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="An id that never changes.")
    criterion: Text = Field(description="What is judged.")
    levels: list[Text] = Field(
        min_length=LEVELS, max_length=LEVELS, description="What 0, 1, 2 and 3 points look like."
    )
    evidence: list[Evidence] = Field(min_length=1, description="What in the document settles it.")


class Worksheet(_Data):
    """Something that the learner writes, part by part."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="An id that never changes."
    )
    title: Text
    intro: Text = Field(description="What is to be written, and for whom.")
    fields: list[WorkField] = Field(min_length=1)
    rubric: list[Criterion] = Field(min_length=1)

    def told(self) -> Iterator[tuple[Where, str]]:
        """Give the texts in which roles work, each with its place in the worksheet."""
        yield ("intro",), self.intro
        for at, part in enumerate(self.fields):
            yield ("fields", at, "model"), part.model

    def texts(self) -> Iterator[tuple[Where, str]]:
        """Give the texts in which emphasis alone works, each with its place."""
        yield ("title",), self.title
        for at, part in enumerate(self.fields):
            yield ("fields", at, "label"), part.label
            yield ("fields", at, "hint"), part.hint
        for at, line in enumerate(self.rubric):
            yield ("rubric", at, "criterion"), line.criterion
            for number, level in enumerate(line.levels):
                yield ("rubric", at, "levels", number), level

    def problems(self) -> Iterator[Flaw]:
        """Check the worksheet as far as it shows by itself."""
        for place, text in self.texts():
            yield from text_problems(place, text)
        for place, text in self.told():
            if not text:
                yield Flaw(place, f"`{place[-1]}` is empty; write its text")
        for place, evidence in self.quotations():
            yield from quote_problems((*place, "quote"), evidence.quote)
        for group, entries in (("fields", self.fields), ("rubric", self.rubric)):
            ids = [entry.id for entry in entries]
            for at, id_ in enumerate(ids):
                if id_ in ids[:at]:
                    yield Flaw(
                        (group, at, "id"),
                        f"the id {id_} stands here a second time; give this one its own",
                    )

    def quotations(self) -> Iterator[tuple[tuple[str | int, ...], Evidence]]:
        """Give the evidence of the rubric, with its place in the worksheet."""
        for at, line in enumerate(self.rubric):
            for number, evidence in enumerate(line.evidence):
                yield ("rubric", at, "evidence", number), evidence


def worksheet_html(work: Worksheet, writer: Writer, *, titled: bool = True) -> str:
    """Write a worksheet as HTML that is complete by itself.

    A script puts a text area into each part, and a choice of points into each line of the
    rubric. Without it, the sheet can be printed and filled in by hand.

    Parameters
    ----------
    work
        The worksheet.
    writer
        The writer of the page.
    titled
        Whether it has its title; on a page of its own, that is the title of the page.

    Returns
    -------
    str
        HTML on lines that are not blank.
    """
    text = writer.course.strings.text
    lines = [
        f'<div class="iml-worksheet" id="{work.id}" data-iml-worksheet="{work.id}"'
        f' data-title="{escape(inline_text(work.title))}">',
        *([f'<p class="iml-block-title">{inline_html(work.title)}</p>'] if titled else []),
        f"<p>{writer.inline(work.intro)}</p>",
        '<ol class="iml-fields">',
    ]
    for part in work.fields:
        words = text("work.words", n=part.words)
        lines.append(
            f'<li class="iml-field" data-iml-field="{part.id}" data-words="{part.words}">'
            f'<p class="iml-field-label">{inline_html(part.label)}</p>'
            f'<p class="iml-hint">{inline_html(part.hint)} ({escape(words)})</p></li>'
        )
    lines += [
        "</ol>",
        f'<p class="iml-block-title">{escape(text("work.rubric"))}</p>',
        f"<p>{escape(text('work.rubric.how', most=(LEVELS - 1) * len(work.rubric)))}</p>",
        _rubric(work, writer),
        f'<details class="iml-model"><summary>{escape(text("work.model"))}</summary>',
        "<dl>",
        *(
            f"<div><dt>{inline_html(part.label)}</dt><dd>{writer.inline(part.model)}</dd></div>"
            for part in work.fields
        ),
        "</dl>",
        "</details>",
        "</div>",
    ]
    return "\n".join(lines)


def _rubric(work: Worksheet, writer: Writer) -> str:
    text = writer.course.strings.text
    lines = ['<ol class="iml-rubric">']
    for line in work.rubric:
        settled = " ".join(
            text("quote", words=escape(e.quote), link=writer.cite_html(e.unit))
            for e in line.evidence
        )
        levels = "".join(f"<li>{inline_html(level)}</li>" for level in line.levels)
        rates = "".join(
            f'<span class="iml-rate">{escape(text(f"work.{who}"))} '
            f'<span data-iml-rate="{who}">☐</span></span>'
            for who in ("self", "peer")
        )
        lines.append(
            f'<li data-iml-criterion="{line.id}">'
            f'<p class="iml-criterion">{inline_html(line.criterion)}</p>'
            f'<p class="iml-source">{settled}</p><ol class="iml-levels" start="0">{levels}</ol>'
            f'<p class="iml-rates">{rates}</p></li>'
        )
    return "\n".join([*lines, "</ol>"])


def worksheet_link(work: Worksheet, writer: Writer) -> str:
    """Write the link that stands in the module, to the page of the worksheet."""
    link = f'<a href="{writer.base}{work.id}.html">{inline_html(work.title)}</a>'
    return f'<p class="iml-to-page">{writer.course.strings.text("work.open", link=link)}</p>'


def worksheet_text(work: Worksheet) -> str:
    """Write a worksheet as Markdown to write into: a heading for each part.

    Parameters
    ----------
    work
        The worksheet.

    Returns
    -------
    str
        Markdown, for a cell of a notebook.
    """
    parts = [f"*{part.label}*\n\n…" for part in work.fields]
    return "\n\n".join([f"**{work.title}**", *parts])
