"""GIFT: the questions of a bank as plain text, which many programs read.

It has no hints, no feedback for single lines of a matching question, and no text with several
gaps: those are left out, and `gift` says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imlcourse.html.compose import Markup, html, joined
from imlcourse.items.cloze import GAP_MARK
from imlcourse.markup.inline import inline_html, inline_text
from imlcourse.products.packages.banks.moodle_xml import grade
from imlcourse.products.packages.banks.questions import Question, Questions
from imlcourse.products.packages.banks.tasks import Choose, Fill, Judge, Match, Number

__all__ = ["gift", "left_out_of_gift"]

_MEANT = re.compile(r"([\\~=#{}:])")


def _guarded(text: str) -> str:
    return _MEANT.sub(r"\\\1", text)


def _rich(text: str) -> str:
    return _guarded(str(inline_html(text)))


def left_out_of_gift(questions: Questions) -> list[str]:
    """Give the ids of the questions that have no form in GIFT: texts with several gaps."""
    return [
        one.id
        for one in questions.asked
        if isinstance(one.task, Fill) and not _one_typed_gap(one.task)
    ]


def _one_typed_gap(task: Fill) -> bool:
    return len(task.gaps) == 1


def gift(questions: Questions) -> bytes:
    """Write questions as GIFT.

    Parameters
    ----------
    questions
        The questions. Each purpose becomes a category, and each of its modules one in it.

    Returns
    -------
    bytes
        The file.
    """
    left_out = set(left_out_of_gift(questions))
    course, written = questions.course, []
    for purpose, module, found in questions.by_module():
        path = ["top", course.about.title, questions.named(purpose), questions.category(module)]
        named = "/".join(name.replace("/", "//") for name in path)
        written.append(f"$CATEGORY: $course$/{named}\n")
        written += [_written(one) for one in found if one.id not in left_out]
    return "\n".join(written).encode()


def _written(question: Question) -> str:
    tags = " ".join(f"[tag:{tag}]" for tag in question.tags)
    lines = [f"// [id:{question.id}] {tags}", f"::{_guarded(question.name)}::[html]"]
    task = question.task
    lines[-1] += _asked(question)
    if isinstance(task, Fill):
        before, after = GAP_MARK.split(task.passage)[::2]
        lines[-1] += f"<br/>{_rich(before)} "
        close = f" {_rich(after)}" if inline_text(after) else ""
    else:
        close = ""
    lines[-1] += " {" + ("#" if isinstance(task, Number) else "")
    lines += _answers(question)
    said = _guarded(str(joined([Markup(_flat(one)) for one in question.closing])))
    if said:
        lines.append(f"####{said}")
    return "\n".join(lines) + "}" + close + "\n"


def _flat(paragraph: Markup) -> str:
    return str(paragraph).replace("\n", " ")


def _asked(question: Question) -> str:
    how = question.task.how
    to_do = html("<br/><em>{}</em>", inline_html(how)) if how else Markup("")
    return _guarded(str(inline_html(question.item.stem) + to_do))


def _answers(question: Question) -> Iterator[str]:
    task = question.task
    if isinstance(task, Choose):
        for option in task.options:
            said = "<br/>".join(map(_rich, option.feedback))
            mark = "=" if option.share == 1 and not task.several else f"~%{grade(option.share)}%"
            yield f"{'~' if mark == '~%0%' else mark}{_rich(option.text)}#{said}"
    elif isinstance(task, Judge):
        right, wrong = task.when_true, task.when_false
        if not task.key:
            right, wrong = wrong, right
        yield f"{'TRUE' if task.key else 'FALSE'}#{_rich(wrong)}#{_rich(right)}"
    elif isinstance(task, Match):
        used = {line.answer for line in task.lines}
        pairs = [(line.text, task.answers[line.answer]) for line in task.lines]
        pairs += [("", text) for id_, text in task.answers.items() if id_ not in used]
        for asked, answer in pairs:
            # An arrow parts the two; in HTML its head is an entity.
            plain = inline_text(answer).replace("->", "→")
            yield f"={_rich(asked)} -> {_guarded(plain)}"
    elif isinstance(task, Number):
        yield f"={task.value}:{task.tolerance}#{_rich(task.feedback)}"
        for slip in task.slips:
            yield f"=%0%{slip.text}:0#{_rich(slip.feedback)}"
        yield f"~#{_rich(task.other)}"
    else:
        (gap,) = task.gaps
        if gap.choices:
            for choice in gap.choices:
                said = "<br/>".join(map(_rich, choice.feedback))
                yield f"{'=' if choice.share == 1 else '~'}{_rich(choice.text)}#{said}"
        for answer in gap.answers:
            yield f"={_guarded(answer.replace('*', ''))}#{_rich(gap.feedback)}"
        for slip in gap.slips:
            yield f"=%0%{_guarded(slip.text.replace('*', ''))}#{_rich(slip.feedback)}"
