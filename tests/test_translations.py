"""A course in other languages: translations beside their originals, compared with them."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path

import pytest

from imlcourse.book.cache import Cache
from imlcourse.book.make import BookMaker
from imlcourse.book.sources import book_sources
from imlcourse.checks.load import load_course
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.course.translation import mark_of_file, translated_languages, translations
from imlcourse.document.quotations import hash_stretch
from imlcourse.document.words import words as normalised
from imlcourse.markup.problems import CourseError
from imlcourse.preview.preview import Preview
from small_course import load_again, write_small_course
from translated_course import beside, files, translate, translated_course, with_texts

MODULE = "modules/m01-who-answers/module.md"
BANK = "quizzes/m01.yml"
GLOSSARY = "book/glossary.yml"
COURSE = "book/course.yml"
TOC = "book/_toc.yml"
INDEX = "book/index.md"


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with its translations into French and Arabic, always in one place."""
    folder = tmp_path_factory.getbasetemp() / "translated"
    shutil.rmtree(folder, ignore_errors=True)
    return translated_course(folder / "course")


def problems(root: Path, language: str | None) -> list[str]:
    with pytest.raises(CourseError) as raised:
        load_again(root, language)
    return [str(problem) for problem in raised.value.problems]


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Change a file in one place, and give the line."""
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def versions(course: Course) -> dict[str, str]:
    return {item.id: item.version for item in course.items}


def test_a_course_is_read_in_each_language_with_the_same_ids(root: Path) -> None:
    english = load_again(root)
    for language, title in (("fr", "Qui répond des droits"), ("ar", "من يسأل عن الحقوق")):
        course = load_again(root, language)
        assert course.about.language == language
        assert course.modules["m01"].title == title
        assert list(course.quizzes) == list(english.quizzes)
        assert [item.id for item in course.items] == [item.id for item in english.items]
        assert course.about.id == english.about.id
        assert course.about.roles["ngo"].modules == english.about.roles["ngo"].modules
    assert english.modules["m01"].title == "Who answers for rights"
    assert english.about.language == "en"


def test_the_course_in_its_own_language_does_not_know_of_translations(
    root: Path, small_course: Path
) -> None:
    with_them, without = load_again(root), load_course(small_course)
    assert versions(with_them) == versions(without)
    assert with_them.pages.keys() == without.pages.keys()
    assert load_again(root, "en").about == with_them.about


def test_an_answer_stays_an_answer_when_its_learner_changes_language(root: Path) -> None:
    english = load_again(root)
    for language in ("fr", "ar"):
        course = load_again(root, language)
        assert versions(course) == versions(english)
        assert {item.id: item.key() for item in course.items} == {
            item.id: item.key() for item in english.items
        }
        assert course.orders == english.orders


def test_versions_of_items_are_those_that_records_of_the_first_edition_hold(root: Path) -> None:
    """Should this fail, every learner would be asked every question again."""
    first = {
        "m01-i01": "171b693b",
        "m01-i02": "50b2eb1e",
        "m01-i03": "79f7b672",
        "m01-i04": "a1a1328c",
        "m01-i05": "bdceac3d",
        "m01-i06": "6ee16bb3",
    }
    for language in (None, "fr", "ar"):
        assert versions(load_again(root, language)) == first


def test_a_region_reads_the_translations_of_its_language(root: Path) -> None:
    course = load_again(root, "ar-EG")
    assert course.about.language == "ar-EG"
    assert course.modules["m01"].title == "من يسأل عن الحقوق"


@pytest.mark.parametrize("name", [MODULE, BANK, GLOSSARY, COURSE, TOC, INDEX])
def test_what_is_not_translated_stays_in_english(root: Path, name: str) -> None:
    (root / beside(name, "fr")).unlink()
    load_again(root, "fr")
    states = {entry.original.name: entry.state for entry in translations(root, "fr")}
    assert states[Path(name).name] == "missing"


def test_without_any_translation_all_stays_in_english(small_course: Path) -> None:
    course = load_course(small_course, "fr")
    assert course.modules["m01"].title == "Who answers for rights"
    assert translated_languages(small_course) == []
    assert {entry.state for entry in translations(small_course, "fr")} == {"missing"}


@pytest.mark.parametrize("language", ["", "xx", "EN", "fr_CA", "../fr"])
def test_what_is_no_language_is_refused(root: Path, language: str) -> None:
    with pytest.raises(ValueError, match="there is no language"):
        load_again(root, language)


# --- what a translation may not change ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "after", "what"),
    [
        # item banks
        (BANK, "  - id: m01-i02\n    type: truefalse", "  - id: m01-i09\n    type: truefalse", 0,
         "m01.yml has no m01-i09; mend the id"),
        (BANK, "    key: true\n", "    key: false\n", 0, "`key` is “false”, and “true” in m01.yml"),
        (BANK, "        correct: true\n", "", -1, "lacks `correct`, which m01.yml has"),
        (BANK, "    level: recall", "    level: apply", 0, "`level` is “apply”, and “recall”"),
        (BANK, "    objective: m01-o1\n    level: apply",
         "    objective: m01-o2\n    level: apply", 0, "`objective` is “m01-o2”"),
        (BANK, "pass_mark: 70", "pass_mark: 60", 0, "`pass_mark` is “60”, and “70” in m01.yml"),
        (BANK, "      - {unit: 9, quote: \"through", "      - {unit: 8, quote: \"through", 0,
         "`unit` is “8”, and “9” in m01.yml"),
        (BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i02, m01-i01, m01-i03]", 0,
         "`items` is “m01-i02”, and “m01-i01” in m01.yml"),
        (BANK, "      - {objective: m01-o2, items: 1}\n",
         "      - {objective: m01-o2, items: 1}\n      - {objective: m01-o2, items: 1}\n", -1,
         "`blueprint` has 2 entries, and 1 in m01.yml"),
        # modules
        (MODULE, "units: [9, A30]", "units: [A30, 9]", 0, "`units` is “A30”, and “9” in module.md"),
        (MODULE, "minutes: {self: 10", "minutes: {self: 30", 0, "`self` is “30”, and “10”"),
        (MODULE, ":::{since} a-resolution\n:::\n", "", 1,
         "{diagram} duty.svg stands here, and {since}"),
        (MODULE, "(m01-s2)=\n", "", 0, "a heading ## stands here, and a heading ## (m01-s2)="),
        (MODULE, "{para}`9`", "{para}`8`", 0, "{para} leads to 8 here, and nowhere in module.md"),
        (MODULE, "{para}`9`", "{para}`9`, {article}`a-treaty 8`", 0,
         "{article} leads to a-treaty 8 here, and nowhere in module.md"),
        # data files and pages
        (GLOSSARY, "units: [8, 9]", "units: [8]", 0,
         "`units` has 1 entries, and 2 in glossary.yml"),
        (GLOSSARY, "id: de-facto-protection", "id: protection", 0,
         "glossary.yml has no protection"),
        (TOC, "- file: glossary\n", "- file: instruments\n", 0,
         "`file` is “instruments”, and “glossary”"),
        (COURSE, "  border: ", "  sailors: ", 0, "`roles` has no “sailors” in course.yml"),
        (INDEX, "<!-- iml:modules -->", "## Encore", 0,
         "a heading ## stands here, and nothing more"),
    ],
)  # fmt: skip
def test_what_departs_from_the_original_is_told_at_its_line_of_the_translation(
    root: Path, name: str, old: str, new: str, after: int, what: str
) -> None:
    translated = beside(name, "fr")
    line = spoil(root, translated, old, new) + after
    found = [problem for problem in problems(root, "fr") if problem.startswith(translated)]
    assert any(what in problem and problem.startswith(f"{translated}:{line}:")
               for problem in found), found  # fmt: skip
    load_again(root)
    load_again(root, "ar")


def test_a_file_is_translated_whole_or_not_at_all(root: Path) -> None:
    path = root / beside(BANK, "fr")
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  - id: m01-i06")], "utf-8")
    assert any(
        "m01-i06 is not translated; translate all of m01.yml, or nothing of it" in problem
        for problem in problems(root, "fr")
    )


def test_words_typed_answers_and_forms_are_each_languages_own(root: Path) -> None:
    cloze = """\
  - id: m01-i07
    type: cloze
    objective: m01-o2
    level: apply
    stem: {stem}
    text: "{text}"
    gaps:
      - answers: [{answers}]
        tolerance: {tolerance}
        feedback: x.
    evidence:
      - {{unit: A30, quote: "IOM also assists partner NGOs in appointing lawyers"}}
"""
    english = cloze.format(
        stem="Fill in.", text="States {1}.", answers="protect, guard", tolerance=1
    )
    french = cloze.format(
        stem="Complétez.", text="Les États {1}.", answers="protègent", tolerance=2
    )
    for name, more in ((BANK, english), (beside(BANK, "fr"), french)):
        path = root / name
        path.write_text(
            path.read_text("utf-8").replace("[m01-i01, m01-i02, m01-i03]",
                                            "[m01-i01, m01-i02, m01-i03, m01-i07]") + more, "utf-8"
        )  # fmt: skip
    spoil(root, beside(GLOSSARY, "fr"), "    units:", "    forms: [protection de fait]\n    units:")
    course = load_again(root, "fr")
    assert versions(course)["m01-i07"] == versions(load_again(root))["m01-i07"]


def test_a_mistake_in_a_translation_is_told_at_its_own_line(root: Path) -> None:
    translated = beside(BANK, "ar")
    line = spoil(root, translated, "أي ولاية تفتقر إليها المنظمة؟", "أي ولاية تفتقر إليها المنظمة?")
    assert problems(root, "ar") == [
        f"{translated}:{line}: the stem is no whole question; write one that ends with “؟”"
    ]
    translated = beside(MODULE, "fr")
    line = spoil(root, translated, "does not have a legal", "has a legal")
    (problem,) = problems(root, "fr")
    assert problem.startswith(f"{translated}:{line}: the quotation does not stand in unit 9")


def test_quotations_are_those_of_the_edition_in_the_language_where_there_is_one(
    root: Path,
) -> None:
    """As long as there is no such edition, the words of the original are quoted."""
    words = "L’OIM n’a pas de mandat juridique de protection"
    spoil(root, beside(MODULE, "fr"), "IOM does not have a legal protection mandate", words)
    assert any("does not stand in unit 9" in problem for problem in problems(root, "fr"))

    known = json.loads((root / "book" / "document-index.json").read_text("utf-8"))
    said = normalised(f"{words}. IOM does not have a legal protection mandate. It does provide de "
                      "facto protection for the human rights of migrants through many of its "
                      "activities")  # fmt: skip
    name = "MC/INF/298, 12 November 2009"
    hashes = [hash_stretch(said[i : i + 5], name) for i in range(len(said) - 4)]
    known["units"]["9"]["words"] = len(said)
    known["units"]["9"]["hashes"] = base64.b64encode(b"".join(hashes)).decode()
    (root / "book" / "document-index.fr.json").write_text(json.dumps(known), "utf-8")
    load_again(root, "fr")
    load_again(root)
    load_again(root, "ar")


# --- where a translation stands -----------------------------------------------------------------


def test_a_translation_is_stale_as_soon_as_its_original_changes(root: Path) -> None:
    assert {entry.state for entry in translations(root, "fr")} == {"current", "missing"}
    spoil(root, GLOSSARY, "Protection that help gives", "Protection which help gives")
    stale = [entry for entry in translations(root, "fr") if entry.state == "stale"]
    assert [entry.original.name for entry in stale] == ["glossary.yml"]
    assert stale[0].mark == mark_of_file(root / GLOSSARY)
    load_again(root, "fr")  # which is no problem: it is told, and the course is built
    translate(root, "fr", GLOSSARY)
    assert {entry.state for entry in translations(root, "fr")} == {"current", "missing"}


def test_line_ends_of_windows_make_no_translation_stale(root: Path) -> None:
    path = root / GLOSSARY
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "stale" not in {entry.state for entry in translations(root, "fr")}


@pytest.mark.parametrize("name", [BANK, INDEX, GLOSSARY])
def test_a_translation_that_does_not_say_what_it_was_made_from_is_told_the_mark(
    root: Path, name: str
) -> None:
    translated = beside(name, "fr")
    mark = mark_of_file(root / name)
    spoil(root, translated, f"source: {mark}\n", "")
    if name == INDEX:
        spoil(root, translated, "---\n---\n", "")
    (problem,) = problems(root, "fr")
    assert problem.startswith(f"{translated}:1: the translation does not say from which text")
    assert f"write source: {mark} at its top" in problem


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("book/nowhere.fr.md", "nowhere.md, is not there"),
        ("quizzes/m09.fr.yml", "m09.yml, is not there"),
        ("book/index.en.md", "the course is in “en” itself; put its text into index.md"),
    ],
)
def test_a_translation_of_nothing_is_told_whatever_the_language(
    root: Path, name: str, what: str
) -> None:
    (root / name).write_text("# x\n", "utf-8")
    for language in (None, "fr"):
        (problem,) = problems(root, language)
        assert problem.startswith(f"{name}: ")
        assert what in problem


def test_every_file_that_has_words_for_readers_is_counted(root: Path) -> None:
    write_small_course(root)
    names = {entry.original.relative_to(root).as_posix() for entry in translations(root, "fr")}
    assert set(files("fr")) < names
    assert "quizzes/tests.yml" not in names
    assert "book/document.yml" not in names


# --- commands -----------------------------------------------------------------------------------


def run(root: Path, *words: str) -> int:
    return main(["--course", str(root), *words])


def test_a_check_takes_in_every_language_in_one_run(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "check") == 0
    said = capsys.readouterr().out
    assert re.search(r"^fr: 6 of \d+ files translated, \d+ of \d+ texts of the interface; the rest "
                     r"is in en\.$", said, re.MULTILINE)  # fmt: skip
    spoil(root, beside(BANK, "fr"), "    key: true\n", "    key: false\n")
    spoil(root, beside(BANK, "ar"), "    key: true\n", "    key: false\n")
    spoil(root, BANK, "    level: recall\n", "    level: recal\n")
    assert run(root, "check") == 1
    problems_told = capsys.readouterr().err
    for name in (BANK, beside(BANK, "fr"), beside(BANK, "ar")):
        assert f"{name}:" in problems_told
    assert run(root, "check", "--language", "ar") == 1
    assert beside(BANK, "fr") not in capsys.readouterr().err


def test_what_is_stale_or_missing_is_listed_with_the_mark_to_write(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(root, GLOSSARY, "Protection that help gives", "Protection which help gives")
    mark = mark_of_file(root / GLOSSARY)
    assert run(root, "translations", "fr") == 0
    said = capsys.readouterr().out
    assert re.search(r"^fr: 1 stale, 0 unmarked, \d+ missing, 5 current$", said, re.MULTILINE)
    assert (
        f"stale     book/glossary.fr.yml  glossary.yml has changed since; bring it up to date, "
        f"then source: {mark}"
    ) in said
    assert re.search(r"missing   book/since\.fr\.yml  .* begins with source: t[0-9a-f]{7}", said)
    assert run(root, "check") == 0
    assert "Made from a text that has changed since: 1 (course translations fr)" in (
        capsys.readouterr().out
    )
    assert run(root, "translations") == 0
    assert "ar: 1 stale" in capsys.readouterr().out


def test_what_is_no_language_is_not_understood(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["build", "--language", "xx"], ["translations", "fr_FR"]):
        with pytest.raises(SystemExit) as raised:
            run(root, *command)
        assert raised.value.code == 2
        assert "write a tag, as in fr, ar or es-419" in capsys.readouterr().err


def test_each_language_is_built_into_a_folder_and_a_zip_of_its_own(root: Path) -> None:
    # Also where nothing was built before.
    assert run(root, "build", "--language", "ar") == 0
    made = root / "_build" / "ar"
    assert "dir=rtl lang=ar" in (made / "book" / "index.html").read_text("utf-8")
    (archive,) = (made / "offline").glob("*.zip")
    assert archive.name == "migrants-rights-in-practice-0.1.0-ar.zip"
    assert not (root / "_build" / "book").exists()

    def built(below: Path) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(below.rglob("*")) if path.is_file()}

    arabic = built(made)
    assert run(root, "build") == 0
    assert built(made) == arabic
    before = {path: data for path, data in built(root / "_build").items() if path not in arabic}
    # Either is built again, and the other stays as it is.
    spoil(root, beside(MODULE, "ar"), "title: من يسأل عن", "title: من يجيب عن")
    assert run(root, "build", "--language", "ar") == 0
    assert built(made) != arabic
    assert {path: path.read_bytes() for path in before} == before
    english = (root / "_build" / "book" / "index.html").read_text("utf-8")
    assert " lang=en" in english
    assert "dir=" not in english.partition("<body")[0]
    assert run(root, "build", "--language", "en") == 0
    assert not (root / "_build" / "en").exists()


def test_the_course_in_its_own_language_is_the_same_bytes_with_and_without_translations(
    root: Path, small_course: Path
) -> None:
    assert book_sources(load_again(root)) == book_sources(load_course(small_course))


def test_the_preview_of_a_language_follows_its_translations(root: Path) -> None:
    preview = Preview(root, "fr")
    assert preview.update(), preview.problems
    page = preview.pages / "modules" / "m01.html"
    assert "Qui répond des droits" in page.read_text("utf-8")
    spoil(root, beside(MODULE, "fr"), "title: Qui répond des droits", "title: Qui répond")
    assert preview.update(), preview.problems
    assert "Qui répond –" in page.read_text("utf-8")
    assert preview.pages.is_relative_to(root / "_build" / "fr")


def test_what_a_language_has_no_rules_for_is_said_and_not_judged_by_english(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / BANK).read_text("utf-8")
    german = text.replace("text: rulings on claims", "text: all of the above")
    (root / beside(BANK, "de")).write_text(
        f"source: {mark_of_file(root / BANK)}\n{german}", "utf-8"
    )
    assert run(root, "check", "--language", "de") == 0
    said = capsys.readouterr().out
    assert "Not looked for in “de”, which has no rules for it (languages/rules/): " in said
    assert "options that lump others together" in said
    assert run(root, "check", "--language", "fr") == 0
    assert "Not looked for" not in capsys.readouterr().out


@pytest.mark.parametrize(("language", "tag"), [("fr", "lang=fr"), ("es-419", "lang=es-419")])
def test_a_course_may_be_written_in_any_language(
    small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, tag: str
) -> None:
    texts = with_texts(tmp_path / "texts", monkeypatch)
    (texts / "es").mkdir()
    (texts / "es" / "a.json").write_text('{"book.search": "Buscar"}', "utf-8")
    spoil(small_course, COURSE, "language: en", f"language: {language}")
    course = load_again(small_course)
    maker = BookMaker(small_course, Cache(tmp_path / "cache", "test"))
    page = maker.make(book_sources(course))["glossary.html"].decode()
    maker.close()
    assert f" {tag}>" in page
    assert {"fr": "27 novembre 2026", "es-419": "27 de noviembre de 2026"}[language] in page
    assert load_again(small_course, language).own_language is None


def test_the_preview_shows_what_a_translator_of_the_interface_saves(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = with_texts(tmp_path / "texts", monkeypatch)
    preview = Preview(root, "fr")
    assert preview.update(), preview.problems
    page = preview.pages / "index.html"
    assert "Recherche" in page.read_text("utf-8")
    path = texts / "fr" / "small.json"
    path.write_text(path.read_text("utf-8").replace("Recherche", "Trouver"), "utf-8")
    assert preview.update(), preview.problems
    assert "Trouver" in page.read_text("utf-8")
    assert "Recherche" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (MODULE, "part: 1", "part: un", "`part` must be a whole number"),
        (MODULE, "---\nsource", "----\nsource", "front matter begins with a line ---"),
        (MODULE, "title: Qui répond des droits\n", "", "`title` is missing"),
        (BANK, "quizzes:", "quizes:", "did you mean quizzes?"),
        (BANK, "  - id: m01-i03\n", "  - id: m01-i03\n    x: y\n", "`x` is not known here"),
        (BANK, "    key: true\n", "", "`key` is missing"),
        (BANK, "source: t", "source: [t", "is not closed, or lacks a comma"),
        (BANK, "module: m01", "module: m02", "the bank of m02 is named m01.fr.yml"),
        (GLOSSARY, "    term: ", "    terme: ", "did you mean `term`?"),
        (COURSE, "title:", "titre:", "did you mean `title`?"),
        (TOC, "format: jb-book\n", "", "`format` is missing"),
        (INDEX, "# Un petit", "Un petit", "the page has no title"),
    ],
)  # fmt: skip
def test_one_mistake_in_a_translation_is_told_once(
    root: Path, name: str, old: str, new: str, what: str
) -> None:
    spoil(root, beside(name, "fr"), old, new)
    (problem,) = problems(root, "fr")
    assert problem.startswith(f"{beside(name, 'fr')}:")
    assert what in problem


def test_a_folder_in_place_of_a_translation_is_one_problem(root: Path) -> None:
    path = root / beside(MODULE, "fr")
    path.unlink()
    path.mkdir()
    (problem,) = problems(root, "fr")
    assert "cannot be read" in problem
