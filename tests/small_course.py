"""A small course, whole and without a problem, that tests spoil in one place."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

# Imported where they are needed, as in conftest.py.
if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.course.reader import Reader

ROOT = Path(__file__).resolve().parents[1]

MODULE = """\
---
id: m01
part: 1
title: Who answers for rights
units: [9, A30]
minutes: {self: 10, session: 45}
objectives:
  - id: m01-o1
    text: Tell who has the duty to protect.
  - id: m01-o2
    text: Judge what a fund for legal aid makes real.
---
An officer asks who protects. The document answers in {para}`9`.

:::{situation} At the desk
A family waits. *Who* is to act?
:::

(m01-s1)=
## Who has the duty

IOM says so itself: {quote}`IOM does not have a legal protection mandate <9>`.
See {term}`de facto protection` and {page}`for-learners`.

:::{misunderstanding} IOM decides who may stay.
States decide.
:::

:::{since} a-resolution
:::

:::{diagram} duty.svg
:alt: Two circles
:caption: Two kinds of protection.
The left circle is the mandate, the right one what help does.
:::

:::{quiz} m01-s1
:::

(m01-s2)=
## What help does

:::{case} A30
:place: Indonesia
:who: victims of trafficking and their families
:done: a fund paid for lawyers
:right: access to justice
:open: what happens after the trial
:::

| Help | Right |
|---|---|
| a lawyer | access to justice |

:::{keypoints}
- States have the duty.
:::

:::{quiz} m01-s2
:::

:::{item} m01-i06
:::

:::{worksheet} m01-note
:::
"""

BANK = """\
# yaml-language-server: $schema=items.schema.json
module: m01
pass_mark: 70
quizzes:
  - {id: m01-s1, title: Check yourself, items: [m01-i01, m01-i02, m01-i03]}
  - id: m01-s2
    title: Judge a case
    mode: test
    items: [m01-i04, m01-i05]
    blueprint:
      - {objective: m01-o2, items: 1}
worksheets:
  - id: m01-note
    title: A note
    intro: Write to a minister.
    fields:
      - id: problem
        label: The problem
        hint: Whose rights are at stake.
        words: 20
        model: "The State has the duty; see {para}`9`."
      - {id: help, label: The help, hint: What is to be done., words: 30, model: A lawyer is paid.}
    rubric:
      - id: duty
        criterion: The duty stays with the State
        levels: [It is left out., It is hinted at., It is named., It is named and kept to.]
        evidence: [{unit: 9, quote: "provide de facto protection for the human rights of migrants"}]
      - id: right
        criterion: A right is named
        levels: [None., A word., A right., A right and its words.]
        evidence: [{unit: A30, quote: "become informed regarding rights as a witness"}]
items:
  - id: m01-i01
    type: single
    objective: m01-o1
    level: understand
    stem: Which kind of mandate does IOM lack?
    options:
      - text: legal protection
        correct: true
        feedback: The document says so of IOM itself.
      - text: giving assistance
        feedback: It gives assistance; this is how it protects.
      - text: running of activities
        feedback: Its activities are where protection comes from.
    evidence:
      - {unit: 9, quote: "IOM does not have a legal protection mandate"}
  - id: m01-i02
    type: truefalse
    objective: m01-o1
    level: recall
    stem: IOM gives de facto protection.
    key: true
    feedback:
      true: So the document says.
      false: It is the legal mandate that it does not have.
    evidence:
      - {unit: 9, quote: "it does provide de facto protection for the human rights"}
  - id: m01-i03
    type: multiple
    objective: m01-o1
    level: apply
    stem: Through what does IOM protect?
    options:
      - {text: many of its activities, correct: true, feedback: Right.}
      - {text: a mandate in law, feedback: It has none.}
      - {text: rulings on claims, feedback: States rule on claims.}
    evidence:
      - {unit: 9, quote: "through many of its activities"}
  - id: m01-i04
    type: matching
    objective: m01-o2
    level: apply
    stem: Which need does each payment of the fund meet?
    pairs:
      - {left: legal representation, right: a lawyer at court, feedback: The first purpose.,
         wrong: See who speaks.}
      - {left: transportation costs, right: a way to court, feedback: A cost that may be paid.,
         wrong: See the road.}
      - {left: accommodation, right: a place to sleep, feedback: A cost that may be paid.,
         wrong: See the night.}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
  - id: m01-i05
    type: ordering
    objective: m01-o2
    level: analyse
    stem: In which order does help lead to a right?
    steps:
      - {text: The victim learns of her rights., feedback: First she must know them.}
      - {text: A lawyer is paid., feedback: Then somebody speaks for her.}
      - {text: Compensation is sought., feedback: Last comes redress.}
    evidence:
      - {unit: A30, quote: "bring civil charges against the suspect and seek compensation"}
  - id: m01-i06
    type: single
    objective: m01-o2
    level: apply
    stem: Whom does the fund help to appoint lawyers?
    options:
      - {text: NGOs that are its partners, correct: true, feedback: They appoint lawyers.}
      - {text: the courts of the province, feedback: They judge.}
      - {text: the police at the border, feedback: They identify.}
    evidence:
      - {unit: A30, quote: "IOM also assists partner NGOs in appointing lawyers"}
"""

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    '<circle cx="50" cy="50" r="40" fill="none" stroke="currentColor"/>'
    '<circle cx="150" cy="50" r="40" fill="none" stroke="currentColor"/></svg>\n'
)

GLOSSARY = """\
terms:
  - id: de-facto-protection
    term: De facto protection
    definition: "Protection that help gives in effect; see {para}`8`."
    units: [8, 9]
"""

TOC = """\
format: jb-book
root: index
parts:
  - caption: Part one
    chapters:
      - file: modules/m01
      - file: m01-note
  - caption: Reference
    chapters:
      - file: for-learners
      - file: paragraph-guide
      - file: glossary
      - file: index-of-topics
      - file: my-progress
      - file: practise
      - file: case-atlas
      - file: rights-and-activities
      - file: instruments
      - file: time-line
      - file: since-2009
      - file: bibliography
      - file: aid-first-hour
      - file: what-is-in-front-of-you
      - file: our-rules-here
"""

SINCE = """\
facts:
  - id: a-resolution
    years: "2016"
    title: A resolution
    text: Something changed; compare {para}`9`.
    source: {title: "A resolution, 2016", url: "https://example.org/resolution", seen: "2026-11-23"}
"""

MATRIX = """\
rights:
  justice: {name: Access to justice, about: A way to a court.}
  liberty: {name: Freedom from servitude, about: Nobody is held as a slave.}
helps:
  - help: Shelter for victims of trafficking
    unit: 11
    quote: provision of shelter and assistance to victims of trafficking
    rights:
      - {right: liberty, quote: right not to be held in slavery or servitude}
"""

ATLAS = """\
says: {unit: A1, quote: an illustrative sampling of recent IOM activities}
regions: {asia-oceania: Asia and Oceania, latin-america-caribbean: Latin America}
kinds:
  legal-aid: {name: Legal aid}
  shelter: {name: Shelter}
groups:
  trafficked-persons: {name: Victims of trafficking}
  children: {name: Children}
  unaccompanied-children: {name: Unaccompanied children, within: children}
learners:
  officials: {name: Officials}
settings:
  courts: {name: Courts}
  reception: {name: Reception}
outputs:
  fund: {name: Fund}
  centre: {name: Centre}
activities:
  - unit: A30
    title: A fund for lawyers
    summary: IOM paid for lawyers.
    region: asia-oceania
    countries: [ID]
    partners: [NGOs]
    kinds: [{kind: legal-aid, quote: financial support for legal representation or assistance}]
    groups: [{group: trafficked-persons, quote: IOM created a legal assistance fund in Indonesia}]
    settings: [courts]
    rights: [{right: justice, says: become informed regarding rights as a witness}]
    outputs: [{output: fund}]
  - unit: A27
    title: A centre for children alone
    summary: A centre takes children in.
    region: latin-america-caribbean
    countries: [MX]
    kinds: [{kind: shelter, quote: The centre provides a safe haven and care}]
    groups: [{group: unaccompanied-children, quote: have opened a centre for unaccompanied minors}]
    learners: [{learner: officials, quote: build the capacity of all institutions coming into}]
    settings: [reception]
    rights: [{right: justice, why: A child alone needs somebody who speaks for it.}]
    outputs: [{output: centre, title: A centre}]
    named: {MX: United Mexican States}
"""

INSTRUMENTS = """\
unit: 7
bodies:
  human-rights: {name: Human rights law, about: It protects every person.}
instruments:
  - id: a-treaty
    title: A Treaty on Something
    short: A Treaty
    body: human-rights
    adopted: "1990-12-18"
    in_force: "2003-07-01"
    about: It matters.
    articles: [{article: "8", says: Everyone may leave.}]
    units: [7]
    sources: [{title: A text, url: "https://example.org/treaty", seen: "2026-11-24",
               shows: [title, adopted, in_force, articles]}]
  - id: a-declaration
    title: A Declaration
    short: A Declaration
    kind: declaration
    body: human-rights
    adopted: "1948"
    about: It came first.
    articles: [{article: "13", says: Everyone may leave.}]
    units: [4]
    sources: [{title: A text, url: "https://example.org/declaration", seen: "2026-11-24",
               shows: [title, adopted, article 13]}]
"""

TIMELINE = """\
events:
  - date: "1951"
    title: IOM begins
    text: People leave Europe.
    unit: fn4
    quote: one reason for creating IOM was the need to protect migrants
  - date: "2016-09-19"
    title: Something else
    text: It changed.
    source: {title: A resolution, url: "https://example.org/resolution", seen: "2026-11-24"}
"""

BIBLIOGRAPHY = """\
cited:
  - {title: A Compendium, by: "Two editors", year: "2007", units: [fn8]}
added:
  - {title: A guide, for: the items, url: "https://example.org/guide", seen: "2026-11-24"}
"""

OFFICE = """\
kinds:
  number: Whom to call
  deadline: Our deadlines
fields:
  - {id: asylum, kind: number, name: Asylum authority}
  - {id: legal-aid, kind: number, name: Legal aid, hint: Day and night}
  - {id: appeal, kind: deadline, name: An appeal is made by}
"""

SITUATIONS = """\
who:
  child: {name: A child}
where:
  border: {name: Border}
situations:
  - id: not-back
    says: “I cannot go back.”
    about: Somebody who is afraid to return
    words: asylum refugee
    who: [child]
    where: [border]
    first: [Hear it as a claim., Ask for no proof., Pass it on today.]
    call: [asylum, legal-aid]
    rules: [appeal]
    aid: aid-first-hour
    unit: A30
    quote: become informed regarding rights as a witness
    law: [{instrument: a-treaty, article: "8"}]
    lesson: m01-s1
"""

AID = """\
---
units: [A30]
---
# First hour

Ask who pays the lawyer: {quote}`IOM created a legal assistance fund in Indonesia <A30>`.

:::{office} asylum legal-aid
:::

:::{limits}
It is no advice on law.
:::
"""


HELD = """\
  - id: m01-i07
    type: truefalse
    objective: m01-o2
    level: apply
    stem: The fund pays for the way to court.
    key: true
    feedback: {true: It may., false: It may.}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
  - id: m01-i08
    type: truefalse
    objective: m01-o2
    level: apply
    stem: The fund pays for a place to sleep near the court.
    key: true
    feedback: {true: It may., false: It may.}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
"""
"""Items that the small course's tests may keep, at the end of the bank of its module."""


@cache
def reader() -> Reader:
    """Give what keeps what was read of files, for tests that read a course again."""
    from imlcourse.course.reader import Reader

    return Reader()


def load_again(root: Path, language: str | None = None) -> Course:
    """Load and check a course of which most files are as they were when it was loaded last.

    For tests that change files and nothing else. What is read again gives what reading anew gives
    (`test_reading_again.py`), in a tenth of the time.
    """
    from imlcourse.checks.load import load_course

    return load_course(root, language, reader=reader())


def write_small_course(root: Path) -> Path:
    """Write the small course into a folder, and give the folder."""
    files = {
        "modules/m01-who-answers/module.md": MODULE,
        "modules/m01-who-answers/duty.svg": DRAWING,
        "quizzes/m01.yml": BANK,
        "book/glossary.yml": GLOSSARY,
        "book/_toc.yml": TOC,
        "book/index.md": "# A small course\n\nIt has one module.\n\n<!-- iml:modules -->\n",
        "book/since.yml": SINCE,
        "book/matrix.yml": MATRIX,
        "book/atlas.yml": ATLAS,
        "book/instruments.yml": INSTRUMENTS,
        "book/timeline.yml": TIMELINE,
        "book/bibliography.yml": BIBLIOGRAPHY,
        "book/office.yml": OFFICE,
        "book/situations.yml": SITUATIONS,
        "book/aid-first-hour.md": AID,
        "book/for-learners.md": "# For learners\n\nRead {module}`m01`, then {para}`A30`.\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in (
        "_config.yml",
        "book/course.yml",
        "book/digest.yml",
        "book/texts.yml",
        "book/document.yml",
        "book/document-index.json",
    ):
        shutil.copyfile(ROOT / name, root / name)
    about = root / "book/course.yml"
    text = about.read_text(encoding="utf-8")
    about.write_text(text.replace("coverage: whole", "coverage: modules"), encoding="utf-8")
    return root


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replace a text that stands once in a file, and give the line where it stood."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
