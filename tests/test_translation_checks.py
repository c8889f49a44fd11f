"""What a translation may not change: each departure at its line, and what is free."""

from __future__ import annotations

import pytest

from imlcourse.course.translation import mark_of_file
from spoiling import Change, Said, Spoiling
from translated_course import beside, translated_course

MODULE = "modules/m01-who-answers/module.fr.md"
BANK, GLOSSARY = "quizzes/m01.fr.yml", "book/glossary.fr.yml"
COURSE, TOC, INDEX = "book/course.fr.yml", "book/_toc.fr.yml", "book/index.fr.md"
MATRIX, TEXTS = "book/matrix.fr.yml", "book/texts.fr.yml"
NUMERIC = """\
  - id: m01-i07
    type: numeric
    objective: m01-o2
    level: apply
    stem: {0}
    answer: 2
    unit: {1}
    feedback: {{right: {2}, wrong: {2}}}
    evidence:
      - {{unit: A30, quote: "IOM also assists partner NGOs in appointing lawyers"}}
"""


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Spoiling:
    """The small course and its translations, with one of a reference part too."""
    root = translated_course(tmp_path_factory.mktemp("french") / "course", "fr")
    text = (root / "book/matrix.yml").read_text("utf-8")
    mark = mark_of_file(root / "book/matrix.yml")
    (root / MATRIX).write_text(f"source: {mark}\n{text}", "utf-8")
    text = (root / "book/texts.yml").read_text("utf-8")
    mark = mark_of_file(root / "book/texts.yml")
    (root / TEXTS).write_text(f"source: {mark}\n{text}", "utf-8")
    return Spoiling(root)


STEM = "De quel mandat l’OIM manque-t-elle ?"
DEPARTURES: dict[str, tuple[list[Change], list[Said]]] = {
    # --- what a course says of itself ---
    "a part is not translated": (
        [(COURSE, ', 3: "Le terrain"}', "}")],
        [(COURSE, 'parts: {1: "Le droit", 2: "La protection"}',
          "`parts` lacks “3”; translate it too")],
    ),
    "a part too many": (
        [(COURSE, 'parts: {1: "Le droit", 2: "La protection", 3: "Le terrain"}',
          'parts:\n  1: "Le droit"\n  2: "La protection"\n  3: "Le terrain"\n  4: "La mer"')],
        [(COURSE, '4: "La mer"', "`parts` has no “4” in course.yml; delete it")],
    ),
    "a role is not translated": (
        [(COURSE, '  ngo: {name: "Rôle 9"}\n', "")],
        [(COURSE, "\nroles:", "`roles` lacks “ngo”; translate it too")],
    ),
    # --- data: what is the same in every language ---
    "a number is another one": (
        [(BANK, "words: 20", "words: 21")],
        [(BANK, "words: 21", "`words` is “21”, and “20” in m01.yml; it is the same in every lang")],
    ),
    "what is right is another one": (
        [(BANK, "    key: true\n", "    key: false\n")],
        [(BANK, "    key: false", "`key` is “false”, and “true” in m01.yml")],
    ),
    "a value of forty-one signs is another one, and is cut": (
        [(TOC, "- file: glossary\n", f"- file: {'a' * 41}\n")],
        [(TOC, "a" * 41, f"`file` is “{'a' * 39}…”, and “glossary” in _toc.yml"),
         (TOC, "a" * 41, f"no page “{'a' * 41}”"),
         (TOC, "", "1: the page glossary is not in the contents")],
    ),
    "a value of forty signs is another one": (
        [(TOC, "- file: glossary\n", f"- file: {'a' * 40}\n")],
        [(TOC, "a" * 40, f"`file` is “{'a' * 40}”, and “glossary” in _toc.yml"),
         (TOC, "a" * 40, f"no page “{'a' * 40}”"),
         (TOC, "", "1: the page glossary is not in the contents")],
    ),
    "a name is lacking in an entry with an id": (
        [(GLOSSARY, "    units: [8, 9]\n", "")],
        [(GLOSSARY, "  - id: de-facto-protection",
          "de-facto-protection lacks `units`, which glossary.yml has; translate it too")],
    ),
    "a name is lacking in an entry without an id": (
        [(BANK, "- {objective: m01-o2, items: 1}", "- {items: 1}")],
        [(BANK, "- {items: 1}",
          "the translation lacks `objective`, which m01.yml has; translate it too")],
    ),
    "a name is lacking in a block with a name": (
        [(MATRIX, "justice: {name: Access to justice, about: A way to a court.}",
          "justice: {name: Access to justice}")],
        [(MATRIX, "justice: {name: Access to justice}",
          "`justice` lacks `about`, which matrix.yml has; translate it too")],
    ),
    "a name too many": (
        [(GLOSSARY, "    units: [8, 9]", "    units: [8, 9]\n    see: [x]")],
        [(GLOSSARY, "see: [x]", "`see` is not in glossary.yml; delete it, or add it there first"),
         (GLOSSARY, "see: [x]", "x")],
    ),
    "entries without ids change places": (
        [(TOC, "- file: glossary\n", "- file: glosary\n"),
         (TOC, "- file: bibliography\n", "- file: glossary\n"),
         (TOC, "- file: glosary\n", "- file: bibliography\n")],
        [(TOC, "- file: bibliography", "`file` is “bibliography”, and “glossary” in _toc.yml"),
         (TOC, "- file: glossary", "`file` is “glossary”, and “bibliography” in _toc.yml")],
    ),
    "entries with ids change places": (
        [(BANK, "  - id: m01-s2", "  - id: m01-s1"), (BANK, "  - {id: m01-s1,", "  - {id: m01-s2,"),
         (BANK, "    mode: test\n    items: [m01-i04, m01-i05]\n    blueprint:\n"
          "      - {objective: m01-o2, items: 1}\n", "    items: [m01-i01, m01-i02, m01-i03]\n"),
         (BANK, "items: [m01-i01, m01-i02, m01-i03]}",
          "mode: test, items: [m01-i04, m01-i05],\n"
          "     blueprint: [{objective: m01-o2, items: 1}]}")],
        [(BANK, "  - {id: m01-s2", "m01-s2 stands here, and m01-s1 in m01.yml; keep its order")],
    ),
    "a right of the matrix is another one": (
        [(MATRIX, "      - {right: liberty,", "      - {right: justice,")],
        [(MATRIX, "- {right: justice,", "`right` is “justice”, and “liberty” in matrix.yml"),
         (MATRIX, "\n  liberty:", "nothing is under “liberty”; use it, or delete it")],
    ),
    "a text about the document too many": (
        [(TEXTS, "\ntexts:\n", "\ntexts:\n  more: x\n")],
        [(TEXTS, "more: x", "`more` is not in texts.yml; delete it, or add it there first"),
         (TEXTS, "more: x", "no page shows a text “more”; mend its name")],
    ),
    "a list is shorter": (
        [(BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i01, m01-i02]")],
        [(BANK, "items: [m01-i01, m01-i02]", "`items` has 2 entries, and 3 in m01.yml; keep"),
         (BANK, "  - id: m01-i03", "the item m01-i03 is in no quiz")],
    ),
    "a quotation is settled by another unit": (
        [(BANK, '{unit: A30, quote: "bring civil', '{unit: A27, quote: "bring civil')],
        [(BANK, '{unit: A27, quote: "bring civil',
          "`unit` is “A27”, and “A30” in m01.yml; it is the same in every language"),
         (BANK, '{unit: A27, quote: "bring civil', "the quotation does not stand in unit A27")],
    ),
    "a number stands where a block of words is": (
        [(BANK, '- {unit: A30, quote: "IOM also assists partner NGOs in appointing lawyers"}',
          "- 5")],
        [(BANK, "      - 5", "write `name: value` lines here, as the others have")],
    ),
    "an entry that there is not in the original": (
        [(GLOSSARY, "  - id: de-facto-protection", "  - id: asile\n    term: Asile\n"
          "    definition: Mot.\n  - id: de-facto-protection")],
        [(GLOSSARY, "  - id: asile",
          "glossary.yml has no asile; mend the id, or delete the entry")],
    ),
    # --- pages ---
    "a page ends before its original": (
        [(MODULE, "\n:::{worksheet} m01-note\n:::\n", "")],
        [(MODULE, ":::{item} m01-i06",
          "{worksheet} m01-note of module.md is not translated; translate the whole file"),
         (BANK, "  - id: m01-note", "the worksheet m01-note is nowhere in the module")],
    ),
    "a page goes on behind its original": (
        [(INDEX, "<!-- iml:modules -->", "<!-- iml:modules -->\n\n## Encore\n\n## Une fois")],
        [(INDEX, "## Encore", "a heading ## stands here, and nothing more in index.md")],
    ),
    "a page has no title": (
        [(INDEX, "# Un petit cours", "Un petit cours")],
        [(INDEX, "", "the page has no title; begin it with “# …”")],
    ),
    "a block without words behind its name is lost": (
        [(MODULE, ":::{keypoints}\n- Les États ont le devoir.\n:::\n\n", "")],
        [(MODULE, ":::{quiz} m01-s2",
          "{quiz} m01-s2 stands here, and {keypoints} in module.md; keep its order")],
    ),
    "a citation is lost": (
        [(MODULE, " Le document répond au {para}`9`.", " Le document répond.")],
        [(MODULE, "", "1: {para} leads to 9 in module.md (line 13), and nowhere here; keep every")],
    ),
    "a drawing is another one": (
        [(MODULE, ":::{diagram} duty.svg", ":::{diagram} other.svg")],
        [(MODULE, ":::{diagram} other.svg",
          "{diagram} other.svg stands here, and {diagram} duty.svg in module.md; keep its order"),
         (MODULE, ":::{diagram} other.svg", "no file other.svg beside the module")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("departure", DEPARTURES)
def test_a_departure_is_named_at_its_line_and_nothing_else_is(
    french: Spoiling, departure: str
) -> None:
    changes, said = DEPARTURES[departure]
    french.assert_said(changes, said, "fr")


FREE: dict[str, list[Change]] = {
    "the translation as it is": [],
    "a drawing with words of its own language": [
        (MODULE, ":::{diagram} duty.svg", ":::{diagram} duty.fr.svg"),
        ("modules/m01-who-answers/duty.fr.svg", "",
         '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0"/></svg>\n'),
    ],
    "the unit of a number, which is a word": [
        ("quizzes/m01.yml", "\nitems:\n", "\nitems:\n" + NUMERIC.format(
            "How many days is it?", "days", "It is two.")),
        (BANK, "\nitems:\n", "\nitems:\n" + NUMERIC.format(
            "Combien de jours est-ce ?", "jours", "C’est deux.")),
        ("quizzes/m01.yml", "m01-i03]}", "m01-i03, m01-i07]}"),
        (BANK, "m01-i03]}", "m01-i03, m01-i07]}"),
    ],
    "what is wrong in the original, which is told when that is checked": [
        ("modules/m01-who-answers/module.md", ":::{keypoints}", "::::{keypoints}"),
    ],
    "texts about the document that cannot be read in the original, which is told there": [
        ("book/texts.yml", "\ntexts:\n", "\ntexts: [\n"),
    ],
    "forms of a term, of which a language has its own or none": [
        ("book/glossary.yml", "    units: [8, 9]", "    forms: [protected in fact]\n"
         "    units: [8, 9]"),
    ],
    "links and terms, which a language places as it likes": [
        (MODULE, " et {page}`for-learners`", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", FREE)
def test_what_is_a_languages_own_is_let_be(french: Spoiling, what: str) -> None:
    assert french.told(FREE[what], "fr")[0] == []


def test_an_item_that_cannot_be_read_is_one_problem_and_is_not_compared(french: Spoiling) -> None:
    french.assert_said(
        [(BANK, "    level: analyse\n", "    level: analyze\n    more: 1\n")],
        [(BANK, "level: analyze", "write 'recall', 'understand'"),
         (BANK, "more: 1", "`more` is not known here")],
        "fr",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["modules/m01-who-answers/module.en.md", "quizzes/m01.en.yml", "book/since.en.yml"]
)
def test_a_translation_into_the_courses_own_language_is_told_in_every_folder(
    french: Spoiling, name: str
) -> None:
    original = name.rpartition("/")[2].replace(".en", "")
    told, _ = french.told([(name, "", "x: 1\n")])
    assert told == [f"{name}: the course is in “en” itself; put its text into {original}"]


@pytest.mark.parametrize("name", ["book/since.yml", "book/aid-first-hour.md"])
def test_the_translation_of_a_file_that_is_gone_is_told(french: Spoiling, name: str) -> None:
    translation = beside(name, "fr").replace("since", "nothing").replace("aid-first", "aid-last")
    told, _ = french.told([(translation, "", "x: 1\n")], "fr")
    original = translation.rpartition("/")[2].replace(".fr", "")
    assert f"{translation}: the file that it translates, {original}, is not there; restore that, " \
        "or delete this one" in told  # fmt: skip
