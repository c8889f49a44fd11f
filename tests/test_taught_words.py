"""Which words of a module count as teaching, and what its sentences are."""

from __future__ import annotations

from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.checks.prose import Prose, module_texts, taught_words
from imlcourse.course.module import Module
from imlcourse.course.reader import Reader
from small_course import write_small_course

NAME = "modules/m01-who-answers/module.md"


class Written:
    """The module of the small course, written otherwise in one place."""

    def __init__(self, root: Path) -> None:
        self._root, self._reader = write_small_course(root), Reader()
        self._text = (root / NAME).read_text("utf-8")

    def module(self, old: str = "", new: str = "") -> Module:
        assert not old or self._text.count(old) == 1, old
        (self._root / NAME).write_text(self._text.replace(old, new) if old else self._text, "utf-8")
        return load_course(self._root, reader=self._reader).modules["m01"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(tmp_path_factory.mktemp("taught") / "course")


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        # what teaches
        ("An officer asks who protects.", "An officer asks us who protects.", 1),
        ("## Who has the duty", "## Who has the whole duty", 1),
        ("A family waits.", "A large family waits.", 1),
        (":::{situation} At the desk", ":::{situation} At the front desk", 1),
        ("- States have the duty.", "- States have the whole duty.", 1),
        ("| a lawyer |", "| a good lawyer |", 1),
        (":done: a fund paid", ":done: a small fund paid", 1),
        (":caption: Two kinds", ":caption: Here are two kinds", 2),
        # a role is what it shows
        ("document answers in {para}`9`.", "document answers.", -2),
        # what is folded, asked or only seen
        (":alt: Two circles", ":alt: Two circles side by side", 0),
        ("The left circle is the mandate", "The circle at the left is the mandate", 0),
        (":::{keypoints}", ":::{item} m01-i01\n:::\n\n:::{keypoints}", 0),
        (":::{keypoints}", ":::{office} asylum\n:::\n\n:::{keypoints}", 0),
    ],
)
def test_words_that_teach_are_counted_and_others_are_not(
    written: Written, old: str, new: str, more: int
) -> None:
    before = taught_words(written.module())
    assert taught_words(written.module(old, new)) - before == more


def test_the_running_text_is_given_by_paragraph_without_marks_and_tables(
    written: Written,
) -> None:
    texts = list(
        module_texts(
            written.module(
                "States decide.",
                "States *decide*.\n\n- One\n- Two\n\n2) Three\n\n| A | B |\n|---|---|\n| x | y |",
            )
        )
    )
    assert texts[0].startswith("An officer asks who protects. The document answers in ")
    for text in ("A family waits. Who is to act?", "States decide.", "One", "Two", "Three",
                 "States have the duty.", "Two kinds of protection."):  # fmt: skip
        assert text in texts
    assert not any("|" in text or text == "" for text in texts)
    assert not any(text.startswith(("A fact", "Something changed")) for text in texts)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("One two three. Four five!", (3, 2)),
        ("Is it? “It is.” (It is.)", (2, 2, 2)),
        ("No sentence, as an option is", ()),
        ("It ends. And this does not", (2,)),
        ("", ()),
    ],
)
def test_what_ends_as_a_sentence_is_one(text: str, lengths: tuple[int, ...]) -> None:
    assert Prose.of([text], "en").lengths == (lengths,)


def test_sentences_are_counted_over_all_texts_and_runs_within_one() -> None:
    def words(*lengths: int) -> str:
        return " ".join("Word" + " word" * (length - 1) + "." for length in lengths)

    texts = [words(4, 4, 4, 5), words(4, 4), words(4, 25, 26, 4, 4, 4, 4), ""]
    prose = Prose.of(texts, "en")
    assert prose.count == 13
    assert prose.mean == pytest.approx((17 + 8 + 71) / 13)
    assert prose.long == 1
    assert prose.runs == 2
    assert Prose.of([], "en").mean == 0
