"""What is checked in the reference parts: each mistake is reported once, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from imlcourse.markup.problems import CourseError
from small_course import load_again

ATLAS, MATRIX, INSTRUMENTS = "book/atlas.yml", "book/matrix.yml", "book/instruments.yml"
SITUATIONS, OFFICE = "book/situations.yml", "book/office.yml"
TIMELINE, SINCE, BIBLIOGRAPHY = "book/timeline.yml", "book/since.yml", "book/bibliography.yml"

SECOND_ACTIVITY = """\
  - unit: A30
    title: The same fund
    summary: IOM paid for lawyers.
    region: asia-oceania
    kinds: [{kind: legal-aid, quote: financial support for legal representation or assistance}]
"""
SECOND_FACT = """\
  - id: a-resolution
    years: "2017"
    title: Another
    text: It changed again.
    source: {title: "A resolution, 2017", url: "https://example.org/other", seen: "2026-11-23"}
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        # the atlas
        (ATLAS, "unit: A1,", "unit: A49,", "no unit A49"),
        (ATLAS, "activities:\n", "activities:\n" + SECOND_ACTIVITY,
         "A30 stands here a second time (first in line"),
        (ATLAS, "region: asia-oceania", "region: asia", "no region “asia”"),
        (ATLAS, "{kind: legal-aid,", "{kind: legal-ade,", "no kind “legal-ade” (did you mean"),
        (ATLAS, "{group: trafficked-persons,", "{group: trafficked-person,",
         "no group “trafficked-person” (did you mean"),
        (ATLAS, "{learner: officials,", "{learner: oficials,", "no learner “oficials” (did you"),
        (ATLAS, "settings: [courts]", "settings: [court]", "no setting “court” (did you mean"),
        (ATLAS, "{output: fund}", "{output: found}", "no output “found” (did you mean fund?)"),
        (ATLAS, "{right: justice, why:", "{right: justise, why:", "no right “justise” (did you"),
        (ATLAS, "says: become informed", "why: We read so., says: become informed", "one of them"),
        (ATLAS, ", says: become informed regarding rights as a witness", "", "one of them"),
        (ATLAS, "countries: [ID]", "countries: [XA]", "XA is no country; write the two letters"),
        (ATLAS, "within: children", "within: childern", "no heading “childern” (did you mean"),
        (ATLAS, "  shelter: {name: Shelter}\n",
         "  shelter: {name: Shelter}\n  food: {name: Food}\n", "nothing is under “food”"),
        # rights and activities
        (MATRIX, "{right: liberty,", "{right: libertty,", "no right “libertty” (did you mean"),
        (MATRIX, "rights:\n  justice:", "rights:\n  speech: {name: Speech, about: To speak.}\n"
         "  justice:", "nothing is under “speech”"),
        # instruments
        (INSTRUMENTS, "id: a-declaration", "id: a-treaty", "a-treaty stands here a second time"),
        (INSTRUMENTS, "short: A Treaty\n    body: human-rights",
         "short: A Treaty\n    body: human-right", "no body of law “human-right” (did you mean"),
        (INSTRUMENTS, "bodies:\n", "bodies:\n  sea: {name: Law of the sea}\n", "under “sea”"),
        (INSTRUMENTS, '"1948"', '"2027"', "`adopted`: 2027 is later than 2026-11-24"),
        (INSTRUMENTS, "kind: declaration", "kind: declaration\n    in_force: \"1950\"",
         "a declaration does not come into force"),
        (INSTRUMENTS, "adopted, in_force, articles]", "adopted, articles]",
         "no reference of a-treaty shows `in_force`"),
        (INSTRUMENTS, "[title, adopted, article 13]", "[title, adopted]",
         "no reference of a-declaration shows article 13"),
        (INSTRUMENTS, "adopted, in_force, articles]", "adopted, in_force, article]",
         "`shows`: no “article”; write articles"),
        (INSTRUMENTS, '[{article: "8", says: Everyone may leave.}]',
         '[{article: "8", says: Everyone may leave.}, {article: "8", says: They may.}]',
         "article 8 stands here twice"),
        (INSTRUMENTS, "kind: declaration", "kind: guidance\n    in_force: \"1950\"",
         "guidance does not come into force"),
        (INSTRUMENTS, '[{article: "8", says: Everyone may leave.}]',
         '[{article: "8", says: Everyone may leave., quote: "' + "a " * 25 + 'b"}]',
         "26 words are quoted; quote 25 at most"),
        # the time line
        (TIMELINE, '"1951"', '"2010"', "2010 is later than the document, which is of 2009-11-12"),
        (TIMELINE, '"1951"', '"2009-11-13"', "2009-11-13 is later than the document"),
        (TIMELINE, "    unit: fn4\n    quote: one reason for creating IOM was the need to protect "
         "migrants\n", "", "“IOM begins” rests on nothing, or on two things"),
        (TIMELINE, '"2016-09-19"', '"1950"', "1950 stands after 1951; put the events in order"),
        # since the document
        (SINCE, 'seen: "2026-11-23"}\n', 'seen: "2026-11-23"}\n' + SECOND_FACT,
         "a-resolution stands here a second time (first in line 2)"),
        (SINCE, 'years: "2016"', 'years: "2008"', "2008 lies before the document of 2009"),
        # what is in front of you
        (SITUATIONS, "who: [child]", "who: [childe]", "no heading “childe” (did you mean child?)"),
        (SITUATIONS, "where: [border]", "where: [border, border]", "border stands here twice"),
        (SITUATIONS, "call: [asylum, legal-aid]", "call: [asylm, legal-aid]",
         "no field in book/office.yml “asylm” (did you mean asylum?)"),
        (SITUATIONS, "aid: aid-first-hour", "aid: aid-first-our",
         "no job aid “aid-first-our” (did you mean aid-first-hour?)"),
        (SITUATIONS, "aid: aid-first-hour", "aid: for-learners", "for-learners is no job aid"),
        (SITUATIONS, "lesson: m01-s1", "lesson: m01-s9", "no section “m01-s9”"),
        (SITUATIONS, "lesson: m01-s1", "lesson: m99-s1", "no module “m99”"),
        (SITUATIONS, "instrument: a-treaty", "instrument: a-treety",
         "no instrument in book/instruments.yml “a-treety” (did you mean a-treaty?)"),
        (SITUATIONS, 'article: "8"', 'article: "9"',
         "no article in book/instruments.yml “a-treaty 9”"),
        (SITUATIONS, "    quote: become informed regarding rights as a witness\n", "",
         "`unit` without `quote`; write both"),
        (SITUATIONS, "become informed regarding rights", "become informed about rights",
         "A30"),
        (SITUATIONS, "first: [Hear it as a claim., Ask", "first: [Ask", "first"),
        (SITUATIONS, "where:\n  border:", "where:\n  desk: {name: Desk}\n  border:",
         "nothing is under “desk”"),
        # what only an office can know
        (OFFICE, "id: legal-aid, kind: number", "id: legal-aid, kind: phone", "kind"),
        (OFFICE, "  - {id: appeal,", "  - {id: other, kind: number, name: Other}\n  - {id: appeal,",
         "the field other is shown nowhere"),
        (OFFICE, "  - {id: appeal,",
         "  - {id: asylum, kind: number, name: Twice}\n  - {id: appeal,",
         "asylum stands here a second time"),
        # the bibliography
        (BIBLIOGRAPHY, "units: [fn8]", 'units: [fn8], url: "https://example.org/x"', "or neither"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_reference_part_is_reported_once(
    small_course: Path, name: str, old: str, new: str, message: str
) -> None:
    path = small_course / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    (problem,) = error.value.problems
    assert problem.path == name
    assert message in problem.what
    assert problem.line > 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (TIMELINE, '"1951"', '"2009-11-12"'),  # the day of the document itself
        (SINCE, 'years: "2016"', 'years: "2009"'),
        (SINCE, 'years: "2016"', 'years: "2026"'),  # seen in the same year
        (INSTRUMENTS, '"1948"', '"2026-11-24"'),  # seen on the same day
        (TIMELINE, '"2016-09-19"', '"2026-11-24"'),
        (INSTRUMENTS, '"2003-07-01"', '"1990"'),  # of the same year, as far as both tell
    ],
)
def test_what_is_just_possible_is_no_mistake(
    small_course: Path, name: str, old: str, new: str
) -> None:
    path = small_course / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    load_again(small_course)


def test_without_a_matrix_no_right_of_the_atlas_is_unknown(small_course: Path) -> None:
    (small_course / MATRIX).unlink()
    contents = small_course / "book" / "_toc.yml"
    text = contents.read_text(encoding="utf-8")
    contents.write_text(text.replace("      - file: rights-and-activities\n", ""), "utf-8")
    load_again(small_course)


def test_a_right_that_only_the_atlas_names_is_unused_without_it_and_not_if_it_cannot_be_read(
    small_course: Path,
) -> None:
    atlas, contents = small_course / ATLAS, small_course / "book" / "_toc.yml"
    whole = atlas.read_text(encoding="utf-8")
    atlas.write_text("regions: [\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    assert {problem.path for problem in error.value.problems} == {ATLAS}
    assert "justice" in whole
    atlas.unlink()
    text = contents.read_text(encoding="utf-8")
    contents.write_text(text.replace("      - file: case-atlas\n", ""), "utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    assert [problem.what for problem in error.value.problems] == [
        "nothing is under “justice”; use it, or delete it"
    ]
