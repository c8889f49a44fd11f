"""What each check says and at which line, and what it lets be just short of that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.document.reader import Document
from imlcourse.markup.problems import CourseError
from small_course import BANK as BANK_TEXT
from small_course import DRAWING, HELD, write_small_course
from small_course import MODULE as MODULE_TEXT
from spoiling import Change, Said, Spoiling, line_of

MODULE = "modules/m01-who-answers/module.md"
BANK, TESTS, START = "quizzes/m01.yml", "quizzes/tests.yml", "quizzes/start-check.yml"
COURSE, TOC, LEARNERS = "book/course.yml", "book/_toc.yml", "book/for-learners.md"
AID, OFFICE, SITUATIONS = "book/aid-first-hour.md", "book/office.yml", "book/situations.yml"
MATRIX, CONFIG = "book/matrix.yml", "_config.yml"
SINCE, DIGEST, GLOSSARY = "book/since.yml", "book/digest.yml", "book/glossary.yml"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Spoiling:
    return Spoiling(write_small_course(tmp_path_factory.mktemp("checks") / "course"))


DRAWN = "modules/m01-who-answers/duty.svg"


def svg(*lines: str) -> str:
    first = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    return "\n".join([first, *lines, "</svg>", ""])


def scenario(steps: int) -> str:
    text = (
        "  - id: m01-i07\n    type: scenario\n    objective: m01-o2\n    level: apply\n"
        "    stem: A case.\n    debrief: It ends.\n    steps:\n"
    )
    for n in range(steps):
        onward = "end" if n == steps - 1 else f"s{n + 1}"
        text += (
            f"      - id: s{n}\n        text: T.\n        question: Q?\n"
            '        evidence: {unit: 9, quote: "it does provide de facto protection"}\n'
            "        choices:\n"
            f"          - {{text: One, rating: best, consequence: C., next: {onward}}}\n"
            f"          - {{text: Two, rating: poor, consequence: C., next: end}}\n"
        )
    return text + '    evidence:\n      - {unit: 9, quote: "it does provide de facto protection"}\n'


LAW_BOX = """\
:::{law} Who may leave
Who wants to leave is let go ({article}`a-treaty 8`), as {para}`9` has it.
:::
"""
PICTURE: list[Change] = [
    ("book/images/kit.webp", "", "x" * 64_000),
    (LEARNERS, "Read {module}", ":::{picture} kit.webp\n:alt: A sheet\n:::\n\nRead {module}"),
]
MISTAKES: dict[str, tuple[list[Change], list[Said]]] = {
    # --- banks ---
    "an id that is retired is used again": (
        [(BANK, "pass_mark: 70", "pass_mark: 70\nretired: [m01-i02]"),
         (BANK, "  - id: m01-i02\n    type: truefalse",
          "  - type: truefalse\n    id: m01-i02")],
        [(BANK, "id: m01-i02", "the id m01-i02 is retired: learners' records hold answers")],
    ),
    "an id is retired where it never stood": (
        [(BANK, "pass_mark: 70", "pass_mark: 70\nretired:\n  - m01-i70\n  - m02-i71")],
        [(BANK, "- m02-i71", "m02-i71 was no item of m01; list it in the bank where it stood")],
    ),
    "an id is retired twice": (
        [(BANK, "pass_mark: 70", "pass_mark: 70\nretired:\n  - m01-i70\n  - \"m01-i70\"")],
        [(BANK, '- "m01-i70"', "m01-i70 stands here twice; keep one")],
    ),
    "an id is not named after its module": (
        [(BANK, "  - id: m01-i06\n    type: single", "  - type: single\n    id: m02-i06"),
         (MODULE, ":::{item} m01-i06\n:::\n\n", "")],
        [(BANK, "id: m02-i06", "the id m02-i06 is not named after its module; begin it with m01-"),
         (BANK, "  - type: single", "the item m02-i06 is in no quiz")],
    ),
    "a test shows no hints": (
        [(BANK, "    stem: In which order", "    hint: Look at who begins.\n"
          "    stem: In which order")],
        [(BANK, "hint: Look at", "m01-i05 is asked in a test, and tests show no hints")],
    ),
    "two items ask the same, word for word": (
        [(BANK, "stem: Whom does the fund help to appoint lawyers?",
          "stem: Through what, does IOM protect?")],
        [(BANK, "stem: Through what, does", "m01-i06 asks what m01-i03 asks, word for word")],
    ),
    # --- balance and cues ---
    "most items ask for recall": (
        [(BANK, "understand\n    stem: Which", "recall\n    stem: Which"),
         (BANK, "apply\n    stem: Which", "recall\n    stem: Which need"),
         (BANK, "analyse\n    stem", "recall\n    stem")],
        [(BANK, "\nitems:", "4 of 6 items ask for recall; at least half are to be above it")],
    ),
    "two stems of six ask for what is not so": (
        [(BANK, "Which kind of mandate does IOM lack?", "Which does IOM **NOT** have?"),
         (BANK, "Through what does IOM protect?", "Through what does IOM **NOT** help?")],
        [(BANK, "  - id: m01-i03", "2 of 6 stems ask for what is not so")],
    ),
    "a key is far longer than the rest": (
        [(BANK, "{text: NGOs that are its partners,",
          "{text: NGOs that are its partners in all of the provinces of the whole country,")],
        [(BANK, "Whom does the fund help to appoint lawyers?\n    options:",
          "the key of m01-i06 is twice as long as any other option")],
    ),
    "a key is far shorter than the rest": (
        [(BANK, "{text: NGOs that are its partners,", "{text: NGOs,")],
        [(BANK, "Whom does the fund help to appoint lawyers?\n    options:",
          "the key of m01-i06 is half as long as any other option")],
    ),
    **{
        f"a single choice of which {what}": (
            [(BANK, old, new) for old, new in changes],
            [(BANK, "Whom does the fund help to appoint lawyers?\n    options:", said)],
        )
        for what, changes, said in (
            ("all options are right",
             [("the province, feedback", "the province, correct: true, feedback"),
              ("the border, feedback", "the border, correct: true, feedback")],
             "3 of the options are right; write `correct: true` at exactly one"),
            ("no option is right", [("its partners, correct: true, ", "its partners, ")],
             "none of the options is right; write `correct: true` at exactly one"),
        )
    },
    "the stem points at the key": (
        [(BANK, "text: NGOs that are its partners", "text: lawyers whom the fund may appoint")],
        [(BANK, "stem: Whom does", "words of the stem point at the key of m01-i06 alone (words "
          "that begin with appoi, fund, lawye)")],
    ),
    "every wrong option is absolute": (
        [(BANK, "text: giving assistance", "text: all assistance"),
         (BANK, "text: running of activities", "text: every activity")],
        [(BANK, "Which kind of mandate does IOM lack?\n    options:",
          "absolute words stand in every wrong option of m01-i01 and not in its key")],
    ),
    # --- objectives, coverage, evidence ---
    "an objective has one item": (
        [(BANK, "m01-o1\n    level: recall", "m01-o2\n    level: recall"),
         (BANK, "m01-o1\n    level: apply", "m01-o2\n    level: apply"),
         (MODULE, "  - id: m01-o1\n    text: Tell", "  - text: Tell"),
         (MODULE, "the duty to protect.\n", "the duty to protect.\n    id: m01-o1\n")],
        [(MODULE, "  - text: Tell",
          "the objective m01-o1 is assessed by 1 items; write at least 2 in quizzes/m01.yml")],
    ),
    "an objective is assessed by recall alone": (
        [(BANK, "level: understand", "level: recall"),
         (BANK, "m01-o1\n    level: apply", "m01-o1\n    level: recall")],
        [(MODULE, "  - id: m01-o1", "the objective m01-o1 is assessed by recall alone")],
    ),
    "a unit that is taught settles too few items": (
        [(MODULE, "units: [9, A30]", "units:\n  - A30\n  - 9"),
         (BANK, '{unit: 9, quote: "through many of its activities"}',
          '{unit: A30, quote: "IOM created a legal assistance fund"}')],
        [(MODULE, "\n  - 9", "unit 9 is the evidence of 2 items; write at least 3")],
    ),
    "evidence names a unit that is none": (
        [(BANK, '{unit: 9, quote: "it does provide de facto protection for the human rights"}',
          '{quote: "it does provide de facto protection for the human rights",\n'
          "         unit: 99}")],
        [(BANK, "         unit: 99", "no unit 99"),
         (MODULE, "units: [9, A30]", "unit 9 is the evidence of 2 items; write at least 3")],
    ),
    "twenty-five words that are not the document's": (
        [(BANK, '"through many of its activities"', f'"{" ".join(["protection"] * 25)}"')],
        [(BANK, '{unit: 9, quote: "protection',
          "the quotation does not stand in unit 9")],
    ),
    "a model answer names a unit that is none": (
        [(BANK, "has the duty; see {para}`9`.", "has the duty; see {para}`99`.")],
        [(BANK, "see {para}`99`", "no unit 99")],
    ),
    # --- modules and their pace ---
    "a module is of a part that there is not": (
        [(MODULE, "part: 1", "part: 9")],
        [(MODULE, "part: 9", "no part 9 in book/course.yml; write one of 1, 2, 3")],
    ),
    "an objective is not named after its module": (
        [(MODULE, "  - id: m01-o2\n    text: Judge", "  - text: Judge"),
         (MODULE, "legal aid makes real.\n", "legal aid makes real.\n    id: m02-o2\n")],
        [(MODULE, "    id: m02-o2",
          "the objective m02-o2 is not named after its module; write m01-o2"),
         *((BANK, f"  - id: {item}\n    type: {kind}\n    objective: m01-o2",
            "no objective m01-o2 in m01")
           for item, kind in (("m01-i04", "matching"), ("m01-i05", "ordering"),
                              ("m01-i06", "single")))],
    ),
    "a case is of a unit that is none": (
        [(MODULE, ":::{case} A30", ":::{case} A30, A99")],
        [(MODULE, ":::{case} A30, A99", "no unit A99")],
    ),
    "a module claims more minutes than it takes": (
        [(MODULE, "minutes: {self: 10, session: 45}", "minutes:\n  session: 45\n  self: 90")],
        [(MODULE, "  self: 90", "the module claims 90 minutes, and its words and items take 11 "
          "(course check --items shows each step); write 10")],
    ),
    "a step takes more than twenty minutes": (
        [(MODULE, "States decide.", "States decide." + " They do so." * 900),
         (MODULE, "self: 10", "self: 30")],
        [(MODULE, "## Who has the duty",
          "the step takes 24 minutes, and 5 to 8 are aimed at; shorten it, or divide its section")],
    ),
    "the end of a module takes more than twenty minutes": (
        [(MODULE, "States have the duty.", "States have the duty." + " They do so." * 900),
         (MODULE, "self: 10", "self: 30")],
        [(MODULE, "", "1: the step takes 28 minutes, and 5 to 8 are aimed at")],
    ),
    # --- the counter: situations and what an office fills in ---
    "a situation calls a field that there is not": (
        [(SITUATIONS, "call: [asylum, legal-aid]", "call:\n      - asylum\n      - legalaid")],
        [(SITUATIONS, "- legalaid", "no field in book/office.yml “legalaid” (did you mean legal-")],
    ),
    "a situation has a rule that there is not": (
        [(SITUATIONS, "rules: [appeal]", "rules:\n      - appeal\n      - apeal")],
        [(SITUATIONS, "- apeal", "no field in book/office.yml “apeal” (did you mean appeal?)")],
    ),
    "a situation names a page that is no job aid": (
        [(SITUATIONS, "aid: aid-first-hour", "aid: for-learners")],
        [(SITUATIONS, "aid: for-learners",
          "the page for-learners is no job aid; name one that begins with aid-")],
    ),
    "a situation names a job aid that there is not": (
        [(SITUATIONS, "aid: aid-first-hour", "aid: aid-frist-hour")],
        [(SITUATIONS, "aid: aid-frist-hour", "no job aid “aid-frist-hour” (did you mean aid-fi")],
    ),
    "a situation rests on an article that there is not": (
        [(SITUATIONS, 'law: [{instrument: a-treaty, article: "8"}]',
          'law:\n      - instrument: a-treaty\n        article: "9"')],
        [(SITUATIONS, 'article: "9"', "no article in book/instruments.yml “a-treaty 9”")],
    ),
    "a situation rests on an instrument that there is not, and nothing is said of the article": (
        [(SITUATIONS, 'law: [{instrument: a-treaty, article: "8"}]',
          'law:\n      - article: "9"\n        instrument: a-treatie')],
        [(SITUATIONS, "instrument: a-treatie",
          "no instrument in book/instruments.yml “a-treatie” (did you mean a-treaty?)")],
    ),
    "a situation leads to a section that there is not": (
        [(SITUATIONS, "lesson: m01-s1", "lesson: m01-s9")],
        [(SITUATIONS, "lesson: m01-s9", "no section “m01-s9”")],
    ),
    "a situation leads to a module that there is not, and nothing is said of the section": (
        [(SITUATIONS, "lesson: m01-s1", "lesson: m07-s1")],
        [(SITUATIONS, "lesson: m07-s1", "no module “m07”")],
    ),
    "an office fills in what is shown nowhere": (
        [(OFFICE, "fields:\n", "fields:\n  - kind: number\n    id: police\n    name: Police\n")],
        [(OFFICE, "id: police", "the field police is shown nowhere; name it in a situation or "
          "with :::{office}, or delete it")],
    ),
    "the last field that an office fills in is shown nowhere": (
        [(OFFICE, "name: An appeal is made by}\n", "name: An appeal is made by}\n"
          "  - kind: number\n    id: police\n    name: Police\n")],
        [(OFFICE, "id: police", "the field police is shown nowhere; name it in a situation or")],
    ),
    "a module shows a field that there is not": (
        [(MODULE, ":::{keypoints}", ":::{office} asilum\n:::\n\n:::{keypoints}")],
        [(MODULE, ":::{office} asilum",
          "no field in book/office.yml “asilum” (did you mean asylum?)")],
    ),
    "a module shows two fields of an office": (
        [(MODULE, ":::{keypoints}", ":::{office} asylum\n:::\n\n:::{office} appeal\n:::\n\n"
          ":::{keypoints}")],
        [(MODULE, ":::{office} appeal",
          "more than one field of the office in a module; keep the one that matters most")],
    ),
    "a block names a field twice": (
        [(AID, ":::{office} asylum legal-aid", ":::{office} asylum legal-aid asylum")],
        [(AID, ":::{office} asylum legal-aid asylum", "the field asylum stands here twice")],
    ),
    # --- contents ---
    "a page is listed twice": (
        [(TOC, "      - file: glossary\n", "      - file: glossary\n      - title: Words\n"
          "        file: glossary\n")],
        [(TOC, "title: Words\n        file: glossary",
          "“glossary” stands here a second time (first in line 12)")],
    ),
    "a module is not listed": (
        [(TOC, "      - file: modules/m01\n", "")],
        [(MODULE, "", "1: the page modules/m01 is not in the contents")],
    ),
    "a page that is made is not listed": (
        [(TOC, "      - file: bibliography\n", "")],
        [(TOC, "", "1: the page bibliography is not in the contents; add “- file: bibliography”")],
    ),
    "a page of one word is listed with its folder": (
        [(TOC, "- file: practise", "- file: book/practise.md")],
        [(TOC, "- file: book/practise.md", "no page “book/practise.md” (did you mean practise?)")],
    ),
    "a page is listed with many folders": (
        [(TOC, "- file: for-learners", "- file: some/deep/folder/of/for-learners.md")],
        [(TOC, "- file: some/deep", "no page “some/deep/folder/of/for-learners.md” (did you mean "
          "for-learners?)")],
    ),
    "a page is listed with its folder and its ending": (
        [(TOC, "- file: for-learners", "- file: book/for-learners.md")],
        [(TOC, "- file: book/for-learners.md",
          "no page “book/for-learners.md” (did you mean for-learners?)")],
    ),
    # --- pages and links ---
    "a page says of itself what is not known": (
        [(LEARNERS, "# For learners", "---\nunits: [9]\nunit: [9]\n---\n# For learners")],
        [(LEARNERS, "unit: [9]", "“unit” is not known here (did you mean units?)")],
    ),
    "the front matter of a page is a list": (
        [(LEARNERS, "# For learners", "---\n- units\n---\n# For learners")],
        [(LEARNERS, "", "1: the front matter holds names with values: units: [A7]")],
    ),
    "a job aid names a unit and does not cite it": (
        [(AID, "units: [A30]", "units:\n  - A30\n  - A7")],
        [(AID, "- A7", "unit A7 is named here and not cited in the text")],
    ),
    "a job aid names a unit that there is not": (
        [(AID, "units: [A30]", "units:\n  - A30\n  - A99")],
        [(AID, "- A99", "no unit A99")],
    ),
    "a page tells a fact that there is not": (
        [(LEARNERS, "Read {module}", ":::{since} a-revolution\n:::\n\nRead {module}")],
        [(LEARNERS, ":::{since}", "no fact “a-revolution” in book/since.yml")],
    ),
    "a job aid names no units": (
        [(AID, "---\nunits: [A30]\n---\n", "")],
        [(AID, "", "1: a job aid names its units; begin the file with ---")],
    ),
    "a job aid names an empty list of units": (
        [(AID, "units: [A30]", "units: []")],
        [(AID, "", "1: a job aid names its units; begin the file with ---")],
    ),
    "a job aid has no limits": (
        [(AID, ":::{limits}\nIt is no advice on law.\n:::\n", "")],
        [(AID, "", "1: a job aid says what it does not do; add a block :::{limits}")],
    ),
    "the first heading of a page is no title": (
        [(LEARNERS, "# For learners", "Words.\n\n## For learners")],
        [(LEARNERS, "## For learners", "the page has no title; begin it with “# …”")],
    ),
    "a label stands on two headings": (
        [(LEARNERS, "Read {module}", "(a)=\n## One\n\n(a)=\n## Two\n\nRead {module}")],
        [(LEARNERS, "## Two", "the label (a)= stands here a second time (first in line 4)")],
    ),
    **{
        f"a page of the book holds what belongs in a module: {kind}": (
            [(LEARNERS, "Read {module}", f":::{{{kind}}} {rest}\n:::\n\nRead {{module}}")],
            [(LEARNERS, f":::{{{kind}}}", f"{{{kind}}} belongs in a module")],
        )
        for kind, rest in (
            ("item", "m01-i01"),
            ("quiz", "m01-s1"),
            ("worksheet", "m01-note"),
            ("reading", "index"),
            ("diagram", "duty.svg\n:alt: x\n:caption: x\nWords."),
            ("case", "A30\n:place: x\n:who: x\n:done: x\n:right: x\n:open: x"),
        )
    },
    "a page of the book holds what belongs in a session plan": (
        [(LEARNERS, "Read {module}", ":::{say}\nGood morning.\n:::\n\nRead {module}")],
        [(LEARNERS, ":::{say}", "{say} belongs in a session plan")],
    ),
    "a module links to a file": (
        [(MODULE, "IOM says so itself", "[IOM](for-learners.md) says so itself")],
        [(MODULE, "[IOM](for-learners.md)",
          "a link to “for-learners.md”; write {page}`name`, {module}`m06` or {para}`8` instead")],
    ),
    "a page links to a page that there is not": (
        [(LEARNERS, "Read {module}", "See [this](for-learnrs.md). Read {module}")],
        [(LEARNERS, "See [this]", "a broken link: no page “for-learnrs.md” (did you mean for-l")],
    ),
    "a picture from elsewhere": (
        [(LEARNERS, "Read {module}", "![x](https://example.org/a.png) {module}")],
        [(LEARNERS, "![x]", "an image (https://example.org/a.png); use :::{diagram}")],
    ),
    "a picture has no words": (
        [*PICTURE, (LEARNERS, ":alt: A sheet", ":alt:")],
        [(LEARNERS, ":::{picture} kit.webp", "{picture} has no :alt: — add a line “:alt: …”")],
    ),
    "a picture that there is not": (
        [*PICTURE, (LEARNERS, "kit.webp", "kits.webp")],
        [(LEARNERS, ":::{picture} kits.webp",
          "no picture “kits.webp” in book/images (did you mean kit.webp?)")],
    ),
    "a picture of another kind": (
        [*PICTURE, (LEARNERS, "kit.webp", "kit.gif")],
        [(LEARNERS, ":::{picture} kit.gif",
          "“kit.gif” is no .png or .webp file of book/images; put it there")],
    ),
    "a picture of another folder": (
        [*PICTURE, (LEARNERS, "kit.webp", "more/kit.webp")],
        [(LEARNERS, ":::{picture} more/kit.webp",
          "“more/kit.webp” is no .png or .webp file of book/images; put it there")],
    ),
    "a picture that is heavy": (
        [("book/images/kit.webp", "", "x" * 64_001), *PICTURE[1:]],
        [(LEARNERS, ":::{picture} kit.webp",
          "“kit.webp” has 64 KB; save it smaller, with 64 KB at most")],
    ),
    # --- what data files rest on ---
    "a text names a term that there is not": (
        [(MODULE, "{term}`de facto protection`", "{term}`de facto protektion`")],
        [(MODULE, "{term}`de facto protektion`",
          "no term in book/glossary.yml “de-facto-protektion” (did you mean de-facto-protecti")],
    ),
    "a quotation without its unit": (
        [(MODULE, "{page}`for-learners`", "{page}`for-learners` and {quote}`through many of its`")],
        [(MODULE, "{quote}`through many",
          "a quotation without its unit; write {quote}`the words <8>`")],
    ),
    "a law box of a hundred and forty-one words": (
        [(MODULE, ":::{keypoints}", ":::{law} Who may leave\n" + "so " * 139 +
          "{article}`a-treaty 8` {para}`9`\n:::\n\n:::{keypoints}")],
        [(MODULE, ":::{law}", "the law box has 141 words; say it in 140, or make two of it")],
    ),
    "two law boxes have no title": (
        [(MODULE, ":::{keypoints}", (LAW_BOX.replace(" Who may leave", "") + "\n") * 2 +
          ":::{keypoints}")],
        [(MODULE, "", ":56: {law} lacks"), (MODULE, "", ":60: {law} lacks")],
    ),
    "a law box is empty": (
        [(MODULE, ":::{keypoints}", ":::{law} Who may leave\n:::\n\n:::{keypoints}")],
        [(MODULE, ":::{law}", "{law}")],
    ),
    "a fact without its name": (
        [(MODULE, ":::{since} a-resolution", ":::{since} a-resolution\n:::\n\n:::{since}  ")],
        [(MODULE, ":::{since}  ", "{since} lacks")],
    ),
    "two law boxes have one title": (
        [(MODULE, ":::{keypoints}", (LAW_BOX + "\n") * 2 + ":::{keypoints}")],
        [(MODULE, f"{LAW_BOX}\n:::{{law}}", "the title “Who may leave” stands here a second time "
          "(first in line 56); give this box its own")],
    ),
    "an objective has the id of another": (
        [(MODULE, "id: m01-o2", "id: m01-o1")],
        [(MODULE, "Tell who has the duty to protect.\n  - id: m01-o1",
          "the id m01-o1 stands here a second time (first in line 8); give this objective its "
          "own")],
    ),
    "a reference part quotes what the document does not say": (
        [(MATRIX, "quote: right not to be held in slavery or servitude",
          "quote: right not to be kept in slavery or servitude")],
        [(MATRIX, "right not to be kept", "the quotation does not stand in unit 11")],
    ),
    "a reference part quotes a unit that is none, and nothing is said of the words": (
        [(MATRIX, "unit: 11", "unit: 99")],
        [(MATRIX, "unit: 99", "no unit 99")],
    ),
    "what the digest says of a unit names one that is none": (
        [(DIGEST, '"24":\n    digest: "', '"24":\n    digest: "See {para}`88`. ')],
        [(DIGEST, "See {para}`88`", "no unit 88")],
    ),
    "a part of a law box": (
        [(MODULE, ":::{keypoints}", LAW_BOX.replace("{para}`9`", "the document") +
          "\n:::{keypoints}")],
        [(MODULE, ":::{law}", "the law box does not say to which words of the document it belong")],
    ),
    "an item of a test rests on law": (
        [(BANK, "    stem: In which order", '    law:\n      - article: "8"\n'
          "        instrument: a-treaty\n    stem: In which order")],
        [(BANK, "    law:", "m01-i05 is asked in a test and rests on law beside the document")],
    ),
    "an item rests on an article that there is not": (
        [(BANK, "    stem: Whom does", '    law:\n      - {instrument: a-treaty, article: "8"}\n'
          '      - {instrument: a-treaty, article: "7"}\n    stem: Whom does')],
        [(BANK, '- {instrument: a-treaty, article: "7"}', "no article “7” of a-treaty in")],
    ),
    "a link to a page by its address in the book": (
        [(LEARNERS, "Read {module}", '<a href="modules/m09.html">x</a> '
          '<a href="modules/m01.html">y</a> <a href="glossary.html">z</a> {module}')],
        [(LEARNERS, 'href="modules/m09.html"', "a broken link: no page “modules/m09.html”")],
    ),
    "a tag that leads to what is no page": (
        [(LEARNERS, "Read {module}", '<a href="../kit.zip">x</a> {module}')],
        [(LEARNERS, "<a href", "a link to “../kit.zip”; write a page as name.html, or an address")],
    ),
    "an article has another letter": (
        [(SITUATIONS, 'article: "8"}', 'article: "8A"}')],
        [(SITUATIONS, 'article: "8A"}', "no article in book/instruments.yml “a-treaty 8a”")],
    ),
    "a written page is not listed": (
        [(TOC, "      - file: for-learners\n", "")],
        [(LEARNERS, "", "1: the page for-learners is not in the contents; add “- file: for-learn")],
    ),
    # --- drawings ---
    "a situation has a drawing without words": (
        [(MODULE, ":::{situation} At the desk\n", ":::{situation} At the desk\n"
          ":drawing: duty.svg\n")],
        [(MODULE, ":::{situation}", "the situation has a drawing and no words for it")],
    ),
    "what is no drawing lies beside the module": (
        [("modules/m01-who-answers/note.txt", "", "x"), (MODULE, "duty.svg", "note.txt")],
        [(MODULE, ":::{diagram}",
          "“note.txt” is no SVG file in the module's folder; put it there")],
    ),
    "a drawing that is a style": (
        [(DRAWN, "", '<style xmlns="http://www.w3.org/2000/svg">g {}</style>\n')],
        [(DRAWN, "<style", "the outermost element is no <svg>; write <svg xmlns=")],
    ),
    "a name of a hundred signs is looked for": (
        [(MODULE, "duty.svg", "x" * 96 + ".svg")],
        [(MODULE, ":::{diagram}", "beside the module")],
    ),
    "a name of a hundred and one is not": (
        [(MODULE, "duty.svg", "x" * 97 + ".svg")],
        [(MODULE, ":::{diagram}", "no file has so long a name; write that of a drawing")],
    ),
    "the ending of a drawing is written large": (
        [(MODULE, "duty.svg", "duty.SVG")],
        [(MODULE, ":::{diagram}", "no file duty.SVG beside the module (did you mean duty.svg?)")],
    ),
    "a drawing in five parts": (
        [(DRAWN, "", svg(*(f'<g id="part-{n}"/>' for n in range(1, 6))))],
        [(DRAWN, "part-5", "the drawing is built up of 5 parts, and a reader is asked to press")],
    ),
    **{
        f"a drawing with {element}": (
            [(DRAWN, "", svg("<g>", element, "</g>"))],
            [(DRAWN, f"<g>\n{element[:3]}", said)],
        )
        for element, said in (
            ('<rect onclick="x()"/>', "holds <rect> with a script or an outside file"),
            ('<rect xmlns:a="a" a:onclick="x()"/>', "holds <rect> with a script or an outside"),
            ('<rect src="x.js"/>', "holds <rect> with a script or an outside file"),
            ('<use href="x.svg#a"/>', "holds <use> with a script or an outside file"),
            ('<rect fill="url( \'x.svg#a\')"/>', "holds <rect> with a script or an outside file"),
            *((f"<{name}/>", f"holds <{name}> with a script or an outside file")
              for name in ("script", "foreignObject", "image", "iframe", "audio", "video")),
            ("<animate/>", "holds <animate>, which is no shape; save it as plain SVG"),
            ('<g xmlns="http://example.org/"/>', "holds <g>, which is no shape; save it as plain"),
            ("<style>g { fill: red }</style>", "has a <style>, which would dress the whole page"),
            ("<style>@import 'x.css';</style>", "the style of the drawing loads an outside file"),
            ('<rect style="x: y"/>', "<rect> with `style`, which may change the page around"),
        )
    },
    "a style that loads a file, and one that does not": (
        [(DRAWN, "", svg("<style>@import 'x';</style>", "<style>g {}</style>", "<rect/>"))],
        [(DRAWN, "<style>@import", "the style of the drawing loads an outside file; take that"),
         (DRAWN, "<style>g {}", "has a <style>, which would dress the whole page")],
    ),
    "a drawing whose outermost element only looks like one": (
        [(DRAWN, "", '<svg xmlns="http://example.org/" viewBox="0 0 1 1"/>\n')],
        [(DRAWN, "<svg", "the outermost element is no <svg>; write <svg xmlns=")],
    ),
    "a drawing whose outermost element is a shape": (
        [(DRAWN, "", '<g xmlns="http://www.w3.org/2000/svg"/>\n')],
        [(DRAWN, "<g", "the outermost element is no <svg>; write <svg xmlns=")],
    ),
    # --- settings ---
    "a page that the contents lack would be built": (
        [(CONFIG, "only_build_toc_files: true", "only_build_toc_files: false")],
        [(CONFIG, "only_build_toc_files", "true")],
    ),
    "a button that starts a notebook elsewhere": (
        [(CONFIG, "thebe: false", "thebe: true")],
        [(CONFIG, "thebe", "false")],
    ),
    "an extension that no course needs": (
        [(CONFIG, "    - imlcourse.book.sphinx_ext", "    - imlcourse.book.sphinx_ext\n"
          "    - sphinx.ext.mathjax")],
        [(CONFIG, "- sphinx.ext.mathjax",
          "the extension “sphinx.ext.mathjax”, which no course needs; take it out")],
    ),
    "a value in a list that YAML 1.1 reads otherwise": (
        [(CONFIG, "suppress_warnings: [misc.highlighting_failure]",
          "suppress_warnings:\n      - misc.highlighting_failure\n      - off")],
        [(CONFIG, "- off", "`1` is read in another way by Jupyter Book")],
    ),
    "a text that YAML 1.1 reads as a date": (
        [(CONFIG, 'author: ""', "author: 2009-11-12")],
        [(CONFIG, "author:", "`author` is read in another way by Jupyter Book, which takes yes")],
    ),
    "a case names roles that there are not": (
        [(BANK, "\nitems:\n", "\nitems:\n" + scenario(4).replace(
            "    debrief:", "    roles:\n      - border\n      - polise\n    debrief:").replace(
            "- id: s2\n", "- id: s2\n        variants:\n          border: V.\n"
            "          bordr: V.\n")),
         (BANK, "m01-i03]}", "m01-i03, m01-i07]}")],
        [(BANK, "- polise", "no role polise in book/course.yml (did you mean police?)"),
         (BANK, "bordr: V.", "no role bordr in book/course.yml (did you mean border?)")],
    ),
    # --- what cannot be read is one problem, and nothing follows from it ---
    "an item cannot be read in a bank that asks for recall": (
        [(BANK, "apply\n    stem: Through", "applied\n    stem: Through"),
         (BANK, "understand\n    stem: Which", "recall\n    stem: Which"),
         (BANK, "apply\n    stem: Which need", "recall\n    stem: Which need"),
         (BANK, "analyse\n    stem", "recall\n    stem")],
        [(BANK, "level: applied", "write 'recall', 'understand'")],
    ),
    "an item cannot be read": (
        [(BANK, "apply\n    stem: Through", "applied\n    stem: Through")],
        [(BANK, "level: applied", "write 'recall', 'understand'")],
    ),
    "a quiz cannot be read": (
        [(BANK, "    mode: test", "    mode: tests")],
        [(BANK, "    mode: tests", "mode")],
    ),
    "a worksheet cannot be read": (
        [(BANK, "words: 20", "words: twenty")],
        [(BANK, "words: twenty", "words")],
    ),
    "a fact that no module tells": (
        [(SINCE, "facts:\n", 'facts:\n  - years: "2016"\n    id: another\n    title: T\n'
          "    text: X.\n    source: {title: R, url: \"https://example.org/r\", "
          'seen: "2026-11-23"}\n')],
        [(SINCE, "id: another",
          "the fact another is told in no module; place it with :::{since} another")],
    ),
    "a definition names a unit that is none": (
        [(GLOSSARY, 'see {para}`8`."', 'see {para}`88`."')],
        [(GLOSSARY, "see {para}`88`", "no unit 88")],
    ),
    # --- tests of the course ---
    "a quiz for practice has a blueprint": (
        [(BANK, "  - {id: m01-s1, title: Check yourself, items: [m01-i01, m01-i02, m01-i03]}",
          "  - id: m01-s1\n    title: Check yourself\n    items: [m01-i01, m01-i02, m01-i03]\n"
          "    blueprint: [{objective: m01-o1, items: 1}]")],
        [(BANK, "    blueprint: [", "m01-s1 has a blueprint and is for practice; write `mode: "
          "test`, or delete the blueprint")],
    ),
    "a module quiz has no blueprint": (
        [(BANK, "    blueprint:\n      - {objective: m01-o2, items: 1}\n", "")],
        [(BANK, "  - id: m01-s2", "m01-s2 has no `blueprint`; write one")],
    ),
    "a module quiz asks what is asked for practice": (
        [(BANK, "    items: [m01-i04, m01-i05]", "    items:\n      - m01-i04\n      - m01-i05\n"
          "      - \"m01-i03\"")],
        [(BANK, '- "m01-i03"', "m01-i03 is asked for practice in m01-s1, where its answer")],
    ),
    "a module quiz asks what the module asks by itself": (
        [(BANK, "items: [m01-i04, m01-i05]", "items: [m01-i04, m01-i05, m01-i06]")],
        [(BANK, "items: [m01-i04, m01-i05, m01-i06]",
          "m01-i06 is asked for practice in m01 by itself, where its answer is told")],
    ),
    "a line of a blueprint names nothing and asks for too many": (
        [(BANK, "- {objective: m01-o2, items: 1}", "- {items: 9}")],
        [(BANK, "- {items: 9}", "the blueprint asks for 9 items of any item, and 2 are left to")],
    ),
    "a line of a blueprint is of a module that is misspelt": (
        [(BANK, "- {objective: m01-o2, items: 1}", "- {level: apply, items: 1}\n"
          "      - {module: m1, items: 1}")],
        [(BANK, "- {module: m1", "the blueprint asks for 1 items of m1, and 0 are left "
          "to draw from (did you mean m01?)")],
    ),
    "a line of a blueprint is of an objective that is misspelt": (
        [(BANK, "- {objective: m01-o2, items: 1}", "- {level: apply, items: 1}\n"
          "      - {objective: M01-o2, items: 1}")],
        [(BANK, "- {objective: M01-o2", "the blueprint asks for 1 items of M01-o2, and 0 are left "
          "to draw from (did you mean m01-o2?)")],
    ),
    "a line of a blueprint is of more items than there are, and its name is right": (
        [(BANK, "- {objective: m01-o2, items: 1}", "- {objective: m01-o2, level: analyse, "
          "items: 2}")],
        [(BANK, "- {objective: m01-o2, level", "the blueprint asks for 2 items of m01-o2 × "
          "analyse, and 1 are left to draw from; write more of them, or ask for fewer")],
    ),
    "a quiz asks an item twice": (
        [(BANK, "items: [m01-i01, m01-i02, m01-i03]}",
          "items: [m01-i01, m01-i02, m01-i03,\n    m01-i01]}")],
        [(BANK, "    m01-i01]", "m01-i01 is asked twice in m01-s1; keep one")],
    ),
    "a module places an item twice": (
        [(MODULE, ":::{item} m01-i06\n:::\n", ":::{item} m01-i06\n:::\n\n"
          "Once more.\n\n:::{item} m01-i06\n:::\n")],
        [(MODULE, "Once more.\n\n:::{item} m01-i06",
          "the item m01-i06 stands here a second time (first in line 63)")],
    ),
    "a quiz is nowhere in the module": (
        [(MODULE, ":::{quiz} m01-s1\n:::\n\n", "")],
        [(BANK, "- {id: m01-s1", "the quiz m01-s1 is nowhere in the module; place it with "
          ":::{quiz} m01-s1")],
    ),
    "a module places a quiz that there is not": (
        [(MODULE, ":::{quiz} m01-s1", ":::{quiz} m01-s7")],
        [(MODULE, ":::{quiz} m01-s7", "no quiz m01-s7"),
         (BANK, "- {id: m01-s1", "the quiz m01-s1 is nowhere in the module")],
    ),
    "a module places a page to read that there is not": (
        [(MODULE, ":::{keypoints}", ":::{reading} for-lerners\n:::\n\n:::{keypoints}")],
        [(MODULE, ":::{reading}", "no reading for-lerners (did you mean for-learners?)")],
    ),
    "a block names no item": (
        [(MODULE, ":::{keypoints}", ":::{item}  \n:::\n\n:::{keypoints}")],
        [(MODULE, ":::{item}  ", "{item} lacks the id of an item behind its name")],
    ),
    "an item is in no quiz": (
        [(MODULE, ":::{item} m01-i06\n:::\n\n", "")],
        [(BANK, "  - id: m01-i06", "the item m01-i06 is in no quiz; add it to one")],
    ),
}  # fmt: skip


LISTED = "      - file: my-progress\n"
WITH_TESTS: list[Change] = [
    (TESTS, "", """\
before_after:
  items:
    - m01-i07
    - m01-i08
  blueprint:
    - {objective: m01-o2, items: 1}
final:
  pass_mark: 70
  items: module quizzes
  blueprint:
    - {module: m01, items: 1}
"""),
    (BANK, "IOM also assists partner NGOs in appointing lawyers\"}\n",
     "IOM also assists partner NGOs in appointing lawyers\"}\n" + HELD),
    (TOC, LISTED, LISTED + "".join(
        f"      - file: {name}\n"
        for name in ("pre-test", "post-test", "final-test", "certificate", "check-certificate"))),
]  # fmt: skip
TO_START: list[Change] = [(TOC, LISTED, LISTED + "      - file: start-check\n")]
IN_TESTS: dict[str, tuple[list[Change], list[Said]]] = {
    "the tests draw an item that there is not": (
        [(TESTS, "    - m01-i08\n", "    - m01-i08\n    - m01-i99\n")],
        [(TESTS, "- m01-i99", "no item m01-i99")],
    ),
    "the tests list an item twice": (
        [(TESTS, "    - m01-i08\n", "    - m01-i08\n    - \"m01-i07\"\n")],
        [(TESTS, '- "m01-i07"', "m01-i07 stands here twice; keep one")],
    ),
    "the tests before and after share an item with a module quiz": (
        [(TESTS, "    - m01-i08\n", "    - m01-i08\n    - m01-i05\n")],
        [(TESTS, "- m01-i05", "m01-i05 is drawn in m01-s2 too; keep it for one of them")],
    ),
    "the tests draw what is asked for practice": (
        [(TESTS, "    - m01-i08\n", "    - m01-i08\n    - m01-i01\n")],
        [(TESTS, "- m01-i01", "m01-i01 is asked for practice in m01-s1, where its answer is")],
    ),
    "the tests before and after have no items of their own": (
        [(TESTS, "  items:\n    - m01-i07\n    - m01-i08\n", "  items: module quizzes\n")],
        [(TESTS, "before_after:\n  items: module quizzes",
          "the pre-test and the post-test need items of their own; write a list of ids"),
         (BANK, "  - id: m01-i07", "the item m01-i07 is in no quiz"),
         (BANK, "  - id: m01-i08", "the item m01-i08 is in no quiz")],
    ),
    "two tests need twice what one of them asks": (
        [(TESTS, "- {objective: m01-o2, items: 1}", "- {level: apply, items: 1}\n"
          "    - {objective: m01-o2, items: 1}")],
        [(TESTS, "\n    - {objective: m01-o2, items: 1}",
          "the blueprint asks for 2 items of m01-o2 for both tests, and 0 are left to draw from; "
          "write more")],
    ),
    "the final test asks for more than the module quizzes have": (
        [(TESTS, "{module: m01, items: 1}", "{module: m01, items: 3}")],
        [(TESTS, "{module: m01, items: 3}",
          "the blueprint asks for 3 items of m01, and 2 are left to draw from; write more")],
    ),
    **{
        f"beside a start check, {what}": (
            [*TO_START, (START, "", "items:\n  - m01-i03\n"), *changes,
             (BANK, "[m01-i01, m01-i02, m01-i03]", f"[{asked}]")],
            said,
        )
        for what, asked, changes, said in (
            ("what no quiz asks is told", "m01-i01", [],
             [(BANK, "  - id: m01-i02", "the item m01-i02 is in no quiz; add it to one")]),
            ("what cannot be drawn is told", "m01-i01, m01-i02",
             [(TESTS, "{module: m01, items: 1}", "{module: m01, items: 3}")],
             [(TESTS, "{module: m01, items: 3}", "the blueprint asks for 3 items of m01, and 2")]),
            ("what settles too little is told", "m01-i01, m01-i02",
             [(BANK, '{unit: 9, quote: "through many of its activities"}',
               '{unit: A30, quote: "IOM created a legal assistance fund"}')],
             [(MODULE, "units: [9, A30]", "unit 9 is the evidence of 2 items; write at least 3")]),
        )
    },
    "an item that the module quiz draws cannot be read": (
        [(BANK, "apply\n    stem: Which need", "applied\n    stem: Which need"),
         (TESTS, "{module: m01, items: 1}", "{module: m01, items: 2}")],
        [(BANK, "level: applied", "write 'recall', 'understand'")],
    ),
    "the start check asks what the module quiz asks": (
        [*TO_START, (START, "", "items:\n  - m01-i04\n")],
        [(START, "- m01-i04", "m01-i04 is drawn in m01-s2 too; keep it for one of them")],
    ),
    "the start check asks what the tests before and after ask": (
        [*TO_START, (START, "", "items:\n  - m01-i08\n")],
        [(START, "- m01-i08", "m01-i08 is drawn in the pre-test and the post-test too; keep it")],
    ),
    "the start check asks what is asked for practice": (
        [*TO_START, (START, "", "items:\n  - m01-i01\n")],
        [(START, "- m01-i01", "m01-i01 is asked for practice in m01-s1, where its answer is")],
    ),
    "the start check asks two items of a module, one of which there is not": (
        [*TO_START, (START, "", "items:\n  - m01-i97\n  - m01-i04\n  - m01-i05\n")],
        [(START, "- m01-i97", "no item m01-i97"),
         (START, "- m01-i04", "m01-i04 is drawn in m01-s2 too; keep it for one of them"),
         (START, "- m01-i05", "the start check asks m01-i04 of m01 already; keep one of them")],
    ),
    "the final test lists an item that there is not": (
        [(TESTS, "items: module quizzes", "items: [m01-i04, m01-i98]")],
        [(TESTS, "items: [m01-i04, m01-i98]", "no item m01-i98")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", IN_TESTS)
def test_a_mistake_in_the_tests_is_named_at_its_line_and_nothing_else_is(
    small: Spoiling, mistake: str
) -> None:
    changes, said = IN_TESTS[mistake]
    small.assert_said([*WITH_TESTS, *changes], said)


LET_BE: dict[str, list[Change]] = {
    "the small course": [],
    "the small course with tests": WITH_TESTS,
    "a final test of items that are listed, those of module quizzes too": [
        *WITH_TESTS,
        (TESTS, "items: module quizzes", "items: [m01-i04, m01-i05]"),
    ],
    "the start check asks what is asked nowhere else": [
        *WITH_TESTS,
        *TO_START,
        (BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i01, m01-i02]"),
        (START, "", "items:\n  - m01-i03\n"),
    ],
    "half of the items ask for recall": [
        (BANK, "apply\n    stem: Which", "recall\n    stem: Which"),
        (BANK, "analyse\n    stem", "recall\n    stem"),
    ],
    "one stem of twenty asks for what is not so": [
        (BANK, "Through what does IOM protect?", "Through what does IOM **NOT** help?"),
    ],
    "an objective has two items, one of them above recall": [
        (BANK, "m01-o1\n    level: apply", "m01-o2\n    level: apply"),
    ],
    "a module shows one field of an office": [
        (MODULE, ":::{keypoints}", ":::{office} asylum\n:::\n\n:::{keypoints}"),
    ],
    "a module claims five minutes more than it takes": [(MODULE, "self: 10", "self: 15")],
    "a situation leads to its module": [(SITUATIONS, "lesson: m01-s1", "lesson: m01-s2")],
    "ids that were retired": [
        (BANK, "pass_mark: 70", "pass_mark: 70\nretired: [m01-i70, m01-i71]"),
    ],
    "a hint on what no test asks": [
        (BANK, "    stem: Whom does", "    hint: Look at who pays.\n    stem: Whom does"),
    ],
    "links to the web and to mail": [
        (LEARNERS, "Read {module}",
         "[a](https://example.org) [b](http://example.org) [c](mailto:a@example.org) {module}"),
    ],
    "a link to a label": [
        (LEARNERS, "Read {module}", "(here)=\n## Here\n\n[a](#here), {module}"),
        ("book/index.md", "It has one module.", "It has [one](for-learners.md#here) module."),
    ],
    "a dilemma on what no test asks": [
        (BANK, "    stem: Whom does", "    dilemma: [speed, care]\n    stem: Whom does"),
    ],
    "a page of the book that is called as a file of a module": [
        ("book/session.md", "", "# A session\n\nRead [this](for-learners.md).\n"),
        (TOC, "      - file: for-learners\n", "      - file: for-learners\n"
         "      - file: session\n"),
    ],
    "a job aid that cites its units in any order": [
        (AID, "units: [A30]", "units: [A27, A30]"),
        (AID, "Ask who pays", "See {para}`A27`. Ask who pays"),
    ],
    "a picture as heavy as it may be": PICTURE,
    "a drawing in four parts": [
        (DRAWN, "", svg(*(f'<g id="part-{n}"/>' for n in range(1, 5)))),
    ],
    "a drawing that uses its own parts": [
        (DRAWN, "", svg('<defs><g id="a"/><linearGradient id="b"/></defs>', '<use href="#a"/>',
                        '<rect fill="url(#b)" stroke="url( \'#b\' )"/>')),
    ],
    "a situation with a drawing and its words": [
        (MODULE, ":::{situation} At the desk\n", ":::{situation} At the desk\n"
         ":drawing: duty.svg\n:alt: Two circles\n"),
    ],
    "headings that go down by one": [
        (LEARNERS, "Read {module}", "## One\n\n### Two\n\n## Three\n\nRead {module}"),
    ],
    "a law box of a hundred and forty words": [
        (MODULE, ":::{keypoints}", ":::{law} Who may leave\n" + "so " * 138 +
         "{article}`a-treaty 8` {para}`9`\n:::\n\n:::{keypoints}"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", LET_BE)
def test_what_is_just_right_is_let_be(small: Spoiling, what: str) -> None:
    assert small.told(LET_BE[what])[0] == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_at_its_line_and_nothing_else_is(small: Spoiling, mistake: str) -> None:
    changes, said = MISTAKES[mistake]
    small.assert_said(changes, said)


# --- several modules ----------------------------------------------------------------------------

SECOND, SECOND_BANK = "modules/m02-who-asks/module.md", "quizzes/m02.yml"
TWO_MODULES: list[Change] = [
    (SECOND, "", MODULE_TEXT.replace("m01", "m02")),
    ("modules/m02-who-asks/duty.svg", "", DRAWING),
    (SECOND_BANK, "",
     BANK_TEXT.replace("m01", "m02").replace("    stem: ", "    stem: Once more, ")),
    (TOC, "      - file: m01-note\n",
     "      - file: m01-note\n      - file: modules/m02\n      - file: m02-note\n"),
]  # fmt: skip
IN_THE_SECOND: list[Change] = [
    (SECOND_BANK, "m02-o1\n    level: recall", "m02-o2\n    level: recall"),
    (SECOND_BANK, "m02-o1\n    level: apply", "m02-o2\n    level: apply"),
    (SECOND_BANK, "items: [m02-i01, m02-i02, m02-i03]", "items: [m02-i01, m02-i02]"),
    (SECOND_BANK, "level: understand", "level: recall"),
    (SECOND_BANK, "apply\n    stem: Once more, Which need", "recall\n    stem: Which need"),
    (SECOND_BANK, "level: analyse", "level: recall"),
]
IN_THE_FIRST: dict[str, list[Change]] = {
    "nothing": [],
    "an objective twice": [(MODULE, "id: m01-o2", "id: m01-o1")],
    "an objective that there is not": [(BANK, "objective: m01-o2\n    level: analyse",
                                        "objective: m01-o7\n    level: analyse")],
    "an item that cannot be read": [(BANK, "level: analyse", "level: analysis")],
    "a bank of another module": [(BANK, "module: m01", "module: m03")],
    "a bank that cannot be read": [(BANK, "module: m01", "\tmodule: m01")],
    "a module that cannot be read": [(MODULE, "---\nAn officer", "--\nAn officer")],
}  # fmt: skip


@pytest.mark.parametrize("mistake", IN_THE_FIRST)
def test_a_mistake_in_one_module_hides_none_in_the_next(small: Spoiling, mistake: str) -> None:
    told, texts = small.told([*TWO_MODULES, *IN_THE_FIRST[mistake], *IN_THE_SECOND])
    line = line_of(texts[SECOND], "  - id: m02-o1")
    assert f"{SECOND}:{line}: the objective m02-o1 is assessed by 1 items" in "\n".join(told)
    line = line_of(texts[SECOND_BANK], "  - id: m02-i03")
    assert f"{SECOND_BANK}:{line}: the item m02-i03 is in no quiz" in "\n".join(told)
    line = line_of(texts[SECOND_BANK], "\nitems:")
    assert f"{SECOND_BANK}:{line}: 4 of 6 items ask for recall" in "\n".join(told)
    if mistake == "nothing":
        assert len(told) == 4  # what is of recall alone is told too


def test_two_modules_without_a_mistake(small: Spoiling) -> None:
    assert small.told(TWO_MODULES)[0] == []


ACROSS: dict[str, tuple[list[Change], list[Said]]] = {
    "an id stands in two banks": (
        [(SECOND_BANK, "  - id: m02-i06\n    type: single",
          "  - type: single\n    id: m01-i06"),
         (SECOND, ":::{item} m02-i06\n:::\n\n", "")],
        [(SECOND_BANK, "id: m01-i06", "the id m01-i06 is not named after its module; begin it"),
         (SECOND_BANK, "id: m01-i06",
          "the id m01-i06 stands in quizzes/m01.yml too; give this one its own"),
         (SECOND_BANK, "  - type: single", "the item m01-i06 is in no quiz")],
    ),
    "a bank of a module that there is not": (
        [("quizzes/m03.yml", "", BANK_TEXT.replace("m01", "m03").replace(
            "    stem: ", "    stem: A third time, ")),
         (TOC, "      - file: m01-note\n      - file: modules/m02\n",
          "      - file: m01-note\n      - file: m03-note\n      - file: modules/m02\n")],
        [("quizzes/m03.yml", "module: m03", "no module m03")],
    ),
    "an item of another module in a quiz": (
        [(SECOND_BANK, "items: [m02-i01, m02-i02, m02-i03]",
          "items: [m02-i01, m02-i02, m02-i03, m01-i01]")],
        [(SECOND_BANK, "m02-i03, m01-i01]", "no item m01-i01")],
    ),
    "a question is asked in two modules": (
        [(SECOND_BANK, "stem: Once more, Which kind of mandate does IOM lack?",
          "stem: Which kind of mandate does IOM lack?")],
        [(SECOND_BANK, "stem: Which kind of", "m02-i01 asks what m01-i01 asks, word for word")],
    ),
    "a fact is told in the second module alone": (
        [(MODULE, ":::{since} a-resolution\n:::\n", "")],
        [],
    ),
    "the start check asks one item of each": (
        [(BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i01, m01-i02]"),
         (SECOND_BANK, "[m02-i01, m02-i02, m02-i03]", "[m02-i01, m02-i02]"),
         (TOC, LISTED, LISTED + "      - file: start-check\n"),
         (START, "", "items:\n  - m01-i03\n  - m02-i03\n")],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", ACROSS)
def test_what_two_modules_have_in_common_is_named_at_the_second(
    small: Spoiling, mistake: str
) -> None:
    changes, said = ACROSS[mistake]
    small.assert_said([*TWO_MODULES, *changes], said)


# --- a whole course, and the document at hand ---------------------------------------------------

WHOLE: Change = (COURSE, "coverage: modules", "coverage: whole")
MORE_STEPS: Change = (
    MODULE,
    ":::{keypoints}",
    "".join(f"(m01-s{n})=\n## Step {n}\n\nWords.\n\n" for n in range(3, 9)) + ":::{keypoints}",
)
OF_A_WHOLE_COURSE: dict[str, tuple[list[Change], str]] = {
    "few steps": ([], f"{MODULE}:1: the module has 3 steps, a section each and its end; write 5 "
                  "to 7: divide a long section"),
    "many steps": ([MORE_STEPS], f"{MODULE}:1: the module has 9 steps, a section each and its end; "
                   "write 5 to 7: join two short sections"),
    "an activity of the annex": ([], "book/atlas.yml:18: the activity of A2 is not here; write it"),
    "a unit that no module teaches": ([], "modules: unit 8 is taught by no module; teach it in"),
    "a module of a way": ([], "no module m06; name one there is"),
    "a module of a track": (
        [(COURSE, "  ngo: [m06, m01, m07, m08, m09]", "  ngo: [m66, m01, m07, m08, m09]")],
        "no module m66; name one there is",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", OF_A_WHOLE_COURSE)
def test_a_whole_course_is_asked_for_more(small: Spoiling, what: str) -> None:
    changes, said = OF_A_WHOLE_COURSE[what]
    assert said not in "\n".join(small.told(changes)[0])
    assert said in "\n".join(small.told([WHOLE, *changes])[0])


def test_what_a_whole_course_has_is_not_asked_for(small: Spoiling) -> None:
    told = "\n".join(small.told([WHOLE])[0])
    for said in ("the activity of A1 ", "the activity of A27", "the activity of A30",
                 "unit 9 is taught", "unit A30 is taught", "no key points", "no case card",
                 "no module m01;", "minutes by its modules"):  # fmt: skip
        assert said not in told


@pytest.mark.parametrize(
    ("spoilt", "not_said"),
    [
        ((MODULE, ":::{keypoints}", "::::{keypoints}"), "no scenario"),
        ((MODULE, ":::{keypoints}", "::::{keypoints}"), "no worked example"),
        ((BANK, "  - id: m01-i06", "  - words\n  - id: m01-i06"), "no scenario"),
    ],
)
def test_of_what_cannot_be_read_to_its_end_no_part_is_missing(
    small: Spoiling, spoilt: Change, not_said: str
) -> None:
    assert not_said in "\n".join(small.told([WHOLE])[0])
    told = "\n".join(small.told([WHOLE, spoilt])[0])
    assert f"{MODULE}:1: the module has {not_said}" not in told


def test_the_ways_and_the_tracks_of_a_whole_course_lead_to_modules(small: Spoiling) -> None:
    told, texts = small.told([WHOLE])
    lines = texts[COURSE].splitlines()
    named = [lines[int(one.split(":")[1]) - 1] for one in told if "no module m06; name" in one]
    assert any(line.startswith("  ngo: [m06") for line in named)
    assert any("modules: [m06" in line or "modules:" in line for line in named)


@pytest.mark.parametrize("spoilt", [(MODULE, "---\nAn officer", "--\nAn officer"),
                                    (BANK, "module: m01", "\tmodule: m01")])  # fmt: skip
def test_a_whole_course_of_which_a_part_cannot_be_read_still_asks_of_the_next(
    small: Spoiling, spoilt: Change
) -> None:
    told = "\n".join(small.told([WHOLE, *TWO_MODULES, spoilt])[0])
    assert f"{SECOND_BANK}:1: a module has 18 items or more, and m02 has 6; write 12 more" in told
    assert f"{SECOND}:1: the module has no scenario of 4 steps or more" in told
    assert "and m01 has" not in told


@pytest.mark.parametrize(
    ("quotation", "said"),
    [
        (
            "IOM does not have a legal protection duty",
            "it departs at “duty”, after “a legal protection”; restore the words",
        ),
        (
            "IOM does not have a legal duty to protection",
            "it departs at “duty”, after “have a legal”",
        ),
        ("Nobody does not have a legal protection mandate", "it departs at “nobody”; restore"),
        ("through many of its deeds", "it departs at “deeds”, after “many of its”"),
    ],
)
def test_with_the_document_at_hand_the_word_is_named_at_which_a_quotation_departs(
    small: Spoiling, document: Document, quotation: str, said: str
) -> None:
    whole = "IOM does not have a legal protection mandate <9>"
    (told,) = small.told([(MODULE, whole, f"{quotation} <9>")], document=document)[0]
    assert said in told


def test_without_it_the_words_are_named_within_which_it_departs(small: Spoiling) -> None:
    whole = "IOM does not have a legal protection mandate <9>"
    quotation = "IOM does never have one legal protection mandate <9>"
    (told,) = small.told([(MODULE, whole, quotation)])[0]
    assert "it departs within “" in told


@pytest.mark.parametrize("name", ["quizzes", "modules"])
def test_a_folder_that_is_missing_is_told(tmp_path: Path, name: str) -> None:
    root = write_small_course(tmp_path / "course")
    shutil.rmtree(root / name)
    with pytest.raises(CourseError) as raised:
        load_course(root)
    assert f"{name}: this folder is missing; restore it" in map(str, raised.value.problems)


def test_a_folder_that_is_called_as_a_file_is_none(tmp_path: Path) -> None:
    root = write_small_course(tmp_path / "course")
    for name in ("book/drafts.yaml", "quizzes/m01.yaml"):
        (root / name).mkdir()
    load_course(root)


def with_guessable(count: int) -> list[Change]:
    """Items whose key is the longest option, so many of them."""
    ids = [f"m01-i{n}" for n in range(20, 20 + count)]
    return [
        (BANK, "items: [m01-i01, m01-i02, m01-i03]}",
         f"items: [m01-i01, m01-i02, m01-i03, {', '.join(ids)}]}}"),
        (BANK, "  - id: m01-i02", "".join(
            f"  - id: {id_}\n    type: single\n    objective: m01-o1\n    level: apply\n"
            f"    stem: What is asked for the time of number {id_[5:]}?\n    options:\n"
            f"      - {{text: kept in sight of many {id_[5:]}, correct: true, feedback: Right.}}\n"
            f"      - {{text: kept in hand {id_[5:]}, feedback: No.}}\n"
            f"      - {{text: kept in mind {id_[5:]}, feedback: No.}}\n    evidence:\n"
            '      - {unit: 9, quote: "through many of its activities"}\n' for id_ in ids)
         + "  - id: m01-i02"),
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "of_all"), [(57, False), (58, True)])
def test_what_gives_keys_away_over_a_bank_is_told_and_over_sixty_items_of_all(
    small: Spoiling, count: int, of_all: bool
) -> None:
    told, texts = small.told([*with_guessable(count), (MODULE, "self: 10", "self: 60")])
    line = line_of(texts[BANK], "\nitems:")
    start = f"{BANK}:{line}: who guesses the longest option is right in "
    assert any(one.startswith(start) for one in told), told
    assert any(one.startswith("quizzes: who guesses the longest option is right in ")
               for one in told) is of_all  # fmt: skip


def with_items(count: int) -> list[Change]:
    """So many more items of which nothing gives the key away."""
    ids = [f"m01-i{n}" for n in range(20, 20 + count)]
    return [
        (BANK, "items: [m01-i01, m01-i02, m01-i03]}",
         f"items: [m01-i01, m01-i02, m01-i03, {', '.join(ids)}]}}"),
        (BANK, "  - id: m01-i02", "".join(
            f"  - id: {id_}\n    type: truefalse\n    objective: m01-o1\n    level: apply\n"
            f"    stem: Number {id_[5:]} is so.\n    key: {str(n % 2 == 0).lower()}\n"
            "    feedback: {true: It is so., false: It is so.}\n    evidence:\n"
            '      - {unit: 9, quote: "through many of its activities"}\n'
            for n, id_ in enumerate(ids)) + "  - id: m01-i02"),
        (MODULE, "self: 10", "self: 20"),
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "told"), [(14, True), (15, False)])
def test_one_stem_in_twenty_may_ask_for_what_is_not_so(
    small: Spoiling, count: int, told: bool
) -> None:
    changes = [
        *with_items(count),
        (BANK, "Which kind of mandate does IOM lack?", "Which does IOM **NOT** have?"),
        (BANK, "Through what does IOM protect?", "Through what does IOM **NOT** help?"),
    ]
    problems = "\n".join(small.told(changes)[0])
    assert (f"2 of {6 + count} stems ask for what is not so" in problems) is told


@pytest.mark.parametrize(
    ("steps", "where", "told"),
    [(4, "in a quiz", False), (4, "by itself", False), (3, "in a quiz", True), (4, "", True)],
)
def test_a_case_of_four_steps_is_met_in_a_quiz_or_by_itself(
    small: Spoiling, steps: int, where: str, told: bool
) -> None:
    changes: list[Change] = [WHOLE, (BANK, "\nitems:\n", f"\nitems:\n{scenario(steps)}")]
    if where == "in a quiz":
        changes.append((BANK, "m01-i03]}", "m01-i03, m01-i07]}"))
    if where == "by itself":
        changes.append((MODULE, ":::{item} m01-i06", ":::{item} m01-i07\n:::\n\n:::{item} m01-i06"))
    problems = "\n".join(small.told(changes)[0])
    assert ("the module has no scenario of 4 steps or more" in problems) is told
