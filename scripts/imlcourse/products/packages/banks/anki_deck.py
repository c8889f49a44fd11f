"""Anki: the practice questions as cards, a deck for each module.

Each note keeps its identity by the id of its item, so that a new edition mends the cards that are
there, and no learner loses what was learned. Tests are not in it: who learns their answers by
heart would measure nothing with them.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from imlcourse.html.compose import Markup, html, joined
from imlcourse.items.cloze import GAP_MARK
from imlcourse.items.parts import JudgementPart
from imlcourse.markup.inline import around, inline_html
from imlcourse.products.packages.banks.questions import Question, Questions
from imlcourse.products.packages.banks.tasks import (
    Choose,
    Fill,
    Gap,
    Judge,
    Match,
    Number,
    reasons_of,
)
from imlcourse.products.zip import zipped

if TYPE_CHECKING:
    import genanki

__all__ = ["anki_deck"]

_MOMENT = 1_230_768_000.0
"""When its cards were made, as far as the file is concerned: always the same."""
_FIELDS = ("Question", "Answer", "Reasons", "Source", "Id")
_STYLE = """
.card { font-family: system-ui, sans-serif; font-size: 1.1rem; line-height: 1.45;
  text-align: start; max-width: 40rem; margin-inline: auto; padding: 0.75rem; }
.card ul, .card ol { padding-inline-start: 1.5rem; }
.card li { margin-block: 0.4rem; }
.how, .source, .id { opacity: 0.8; font-size: 0.9em; }
.right { font-weight: 700; }
.cloze { font-weight: 700; }
"""


def anki_deck(questions: Questions) -> bytes:
    """Write questions as a package that Anki opens.

    Parameters
    ----------
    questions
        The questions.

    Returns
    -------
    bytes
        The ``.apkg`` file; the same bytes for the same questions.
    """
    import genanki

    course = questions.course
    cards = _model(genanki, questions, cloze=False)
    gaps = _model(genanki, questions, cloze=True)
    decks = []
    for _, module, found in questions.by_module():
        # Two colons make a deck within a deck; a module's title has none.
        name = f"{course.about.title}::{questions.category(module).replace('::', ': ')}"
        deck = genanki.Deck(_number(course.about.id, module.id), name)
        for one in found:
            note = genanki.Note(
                model=gaps if isinstance(one.task, Fill) else cards,
                fields=[str(words) for words in _fields(one)],
                guid=genanki.guid_for(course.about.id, one.id),
                tags=[tag.replace(":", "::") for tag in one.tags],
                due=len(deck.notes),
            )
            deck.add_note(note)
        decks.append(deck)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(decks).write_to_file(str(path), timestamp=_MOMENT)
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as made:
            files = {name: _of_any_sqlite(made.read(name)) for name in made.namelist()}
    return zipped(files)


def _of_any_sqlite(data: bytes) -> bytes:
    """Take out which version of SQLite wrote a database: nobody reads it, and machines differ."""
    if not data.startswith(b"SQLite format 3\0"):
        return data
    return data[:96] + bytes(4) + data[100:]


def _number(*of: str) -> int:
    """Give the number by which Anki knows a deck or a kind of note: always the same."""
    digest = hashlib.sha256("/".join(of).encode()).digest()
    return int.from_bytes(digest[:4], "big") % (1 << 30) + (1 << 30)


def _model(library: Any, questions: Questions, *, cloze: bool) -> genanki.Model:
    strings, about = questions.strings, questions.course.about
    kind = "gaps" if cloze else "cards"
    way = strings.direction
    asked = "{{cloze:Question}}" if cloze else "{{Question}}"
    front = f'<div dir="{way}" lang="{about.language}">{asked}</div>'
    behind = (
        f'<div dir="{way}" lang="{about.language}">{asked}<hr id="answer">'
        "{{#Answer}}<div>{{Answer}}</div>{{/Answer}}<div>{{Reasons}}</div>"
        '<div class="source">{{Source}}</div><p class="id">{{Id}}</p></div>'
    )
    return library.Model(
        _number(about.id, kind),
        strings.text(f"banks.anki.note.{kind}", course=about.title),
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": kind, "qfmt": front, "afmt": behind}],
        css=_STYLE,
        model_type=library.Model.CLOZE if cloze else library.Model.FRONT_BACK,
        sort_field_index=_FIELDS.index("Id"),
    )


def _fields(question: Question) -> tuple[Markup, Markup, Markup, Markup, Markup]:
    """Give what stands in the fields of a note."""
    asked, answer, reasons = _sides(question)
    stem = html("<p>{}</p>", inline_html(question.item.stem))
    how = question.task.how
    if reasons_of(question.item):
        strings = question.strings
        how = f"{strings.text('items.truefalse.how')} {strings.text('items.truefalse.why')}"
    to_do = html('<p class="how">{}</p>', inline_html(how)) if how else Markup("")
    # Of a match the reasons stand on the back already.
    closing = question.closing[1:] if isinstance(question.task, Match) else question.closing
    return stem + to_do + asked, answer, reasons, joined(closing), html("{}", question.id)


def _listed(rows: list[Markup], *, lettered: bool = False) -> Markup:
    entries = joined([html("<li>{}</li>", row) for row in rows])
    return html('<ol type="A">{}</ol>' if lettered else "<ul>{}</ul>", entries)


def _why(text: Markup, said: tuple[str, ...], *, right: bool) -> Markup:
    marked = html('<span class="right">✓ {}</span>' if right else "✗ {}", text)
    return joined([marked, *(html("<br>{}", inline_html(one)) for one in said if one)])


def _reasoned(question: Question) -> tuple[Markup, Markup, Markup] | None:
    """Write a statement with reasons as the course asks it: it needs no list of both together."""
    reasons = reasons_of(question.item)
    if not reasons:
        return None
    judgements = [one for one in question.item.parts() if isinstance(one, JudgementPart)]
    words = [
        _why(
            html("{}", question.strings.text(f"items.truefalse.{one.id}")),
            (one.feedback,),
            right=one.right,
        )
        for one in judgements
    ]
    places = question.order.get(reasons[0].group, range(len(reasons)))
    shown = [reasons[place] for place in places]
    said = [_why(inline_html(one.text), (one.feedback,), right=one.right) for one in shown]
    asked = _listed([inline_html(one.text) for one in shown], lettered=True)
    return asked, Markup(""), _listed(words) + _listed(said, lettered=True)


def _sides(question: Question) -> tuple[Markup, Markup, Markup]:
    """Give what a card asks behind its question, its answer, and the reasons."""
    task, strings, none = question.task, question.strings, Markup("")
    reasoned = _reasoned(question)
    if reasoned:
        return reasoned
    if isinstance(task, Choose):
        options = [inline_html(one.text) for one in task.options]
        reasons = [
            _why(text, one.feedback, right=one.share > 0 and (task.several or one.share == 1))
            for text, one in zip(options, task.options, strict=True)
        ]
        return _listed(options, lettered=True), none, _listed(reasons, lettered=True)
    if isinstance(task, Judge):
        words = {word: strings.text(f"items.truefalse.{word}") for word in ("true", "false")}
        said = {"true": task.when_true, "false": task.when_false}
        key = "true" if task.key else "false"
        rows = [
            _why(html("{}", text), (said[word],), right=word == key) for word, text in words.items()
        ]
        return none, none, _listed(rows)
    if isinstance(task, Match):
        lines = _listed([inline_html(line.text) for line in task.lines])
        answers = _listed([inline_html(text) for text in task.answers.values()], lettered=True)
        rows = [
            html(
                '{} → <span class="right">{}</span><br>{}',
                inline_html(line.text),
                inline_html(task.answers[line.answer]),
                inline_html(line.feedback),
            )
            for line in task.lines
        ]
        return lines + answers, none, _listed(rows)
    if isinstance(task, Fill):
        gaps = {gap.number: gap for gap in task.gaps}
        passage = around(task.passage, GAP_MARK, lambda mark: _gap(gaps[int(mark[1])]))
        rows = [_gap_reason(gap) for gap in task.gaps]
        return html("<p>{}</p>", passage), none, _listed(rows)
    if isinstance(task, Number):
        about = ""
        if float(task.tolerance):
            about = strings.text("items.numeric.about", tolerance=task.tolerance)
        answer = html('<p class="right">{}</p>', " ".join([task.value, task.unit, about]).strip())
        return none, answer, html("<p>{}</p>", inline_html(task.feedback))
    raise NotImplementedError(type(task))


def _gap(gap: Gap) -> Markup:
    """Write a gap as Anki has it; what may be chosen is its hint."""
    key = html("{}", gap.key)
    hint = Markup("")
    if gap.choices:
        hint = Markup("::") + Markup(" / ").join(inline_html(one.text) for one in gap.choices)
    return Markup(f"{{{{c{gap.number}::{key}{hint}}}}}")


def _gap_reason(gap: Gap) -> Markup:
    said = gap.feedback or next(
        (one.feedback[0] for one in gap.choices if one.share == 1 and one.feedback), ""
    )
    return _why(html("{}", gap.key), (said,), right=True)
