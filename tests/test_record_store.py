"""A report on what a record store holds: read page by page, and told when the store fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from engine import Engine
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.results.errors import ReportError
from imlcourse.results.gather import Gathered, gather
from imlcourse.results.store import Endpoint, statements
from real_course import real_course
from record_store import RecordStore, store_running
from test_compact_record import whole


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def told(engine: Engine, course: Course) -> list[dict[str, Any]]:
    """What three learners have done, as statements."""
    record = whole()
    one = engine.evaluate(
        "([about, entries]) => imlPlayer.xapi.statements(about, '', entries)",
        [{"id": course.about.id, "iri": course.about.iri, "title": course.about.title,
          "version": course.about.version, "language": "en"},
         {key: entry for key, entry in record.items() if re.match("item/m0[1-3]|attempt/", key)}],
    )  # fmt: skip
    return [
        {
            **statement,
            "id": f"{number:08}{statement['id'][8:]}",
            "actor": {"account": {"homePage": "https://lms.example", "name": f"{number}"}},
        }
        for number in range(3)
        for statement in one
    ]


@pytest.fixture
def store(told: list[dict[str, Any]]) -> Iterator[RecordStore]:
    with store_running() as started:
        started.statements = {one["id"]: one for one in told}
        other = {"id": "x", "object": {"id": "https://other.example/thing"}, "verb": {"id": "v"}}
        started.statements["x"] = {**other, "timestamp": "2026-11-01T00:00:00Z"}
        yield started


def endpoint(store: RecordStore, **changed: str) -> Endpoint:
    given = {"address": f"{store.address}/xapi", "user": "reader", "password": "secret"}
    return Endpoint(**{**given, **changed})


def figures(gathered: Gathered) -> Any:
    """What is known of each learner, whatever they are called."""
    return sorted(
        (
            sorted((s.test, s.begun, [(a.item, a.points, a.response) for a in s.answers])
                   for s in one.sittings),
            sorted((a.item, a.points) for a in one.practice),
        )
        for one in gathered.learners.values()
    )  # fmt: skip


def test_a_store_says_the_same_as_a_file_of_its_statements(
    store: RecordStore, course: Course, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    store.page = 97
    gathered = gather(course, [], stores=[endpoint(store)])
    path = tmp_path / "told.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert figures(gathered) == figures(gather(course, [path]))
    assert gathered.people.height == 3
    assert not gathered.problems
    pages = [call for call in store.calls if call[0] == "GET"]
    assert len(pages) == -(-len(told) // 97)
    # In both, each statement counts once.
    assert figures(gather(course, [path], stores=[endpoint(store)])) == figures(gathered)


def test_a_busy_store_is_asked_again_and_one_that_cannot_choose_gives_all(
    store: RecordStore,
    course: Course,
    told: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_related(words: dict[str, str]) -> str:
        return urlencode(
            {**words, "activity": "https://x.example"} if "activity" in words else words
        )

    iri = f"{course.about.iri}course"
    store.answers.extend([(503, {}), (429, {"Retry-After": "0"}), (400, {})])
    found = list(statements(endpoint(store), iri, pause=0.01))
    assert [call[2] for call in store.calls][:4] == [503, 429, 400, 200]
    assert len(found) == len(told) + 1
    assert len(list(statements(endpoint(store), iri))) == len(told)
    # It takes the question for one about the course itself; Ralph 5.1 does so.
    monkeypatch.setattr("imlcourse.results.store.urlencode", without_related)
    assert len(list(statements(endpoint(store), iri))) == len(told) + 1


@pytest.mark.parametrize(
    ("changed", "answers", "said"),
    [
        ({"user": "nobody"}, [], "give it with --user, and its password in LRS_PASSWORD"),
        ({}, [(403, {})], "may not read the statements of others"),
        ({}, [(404, {})], "it often ends in /xapi"),
        ({}, [(200, {})], "it often ends in /xapi"),
        ({}, [(502, {})] * 9, "gives no statements: it answers 502; nothing was written"),
        ({}, [(302, {"Location": "https://elsewhere.example/"})], "it answers 302"),
        ({"address": "http://lrs.example/xapi"}, [], "begins with https://"),
        ({"address": "https://me:word@lrs.example/xapi"}, [], "the account behind --user"),
        ({"address": "http://127.0.0.1:9/xapi"}, [], "gives no statements: it is silent"),
    ],
)
def test_a_store_that_gives_nothing_is_told_with_what_to_do(
    store: RecordStore, changed: dict[str, str], answers: list[Any], said: str
) -> None:
    store.answers.extend(answers)
    with pytest.raises(ReportError, match=said):
        list(statements(endpoint(store, **changed), "https://course.example/", pause=0.001))


def test_a_password_goes_to_no_other_server_and_no_page_comes_twice(
    store: RecordStore, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: dict[str, Any] = {"statements": [], "more": "https://elsewhere.example/more"}
    answer: tuple[int, dict[str, str], bytes] = (200, {}, json.dumps(page).encode())
    monkeypatch.setattr(store, "answer", lambda *_: answer)
    with pytest.raises(ReportError, match=r"names elsewhere\.example for its next page"):
        list(statements(endpoint(store), course.about.iri))
    page["more"] = "/xapi/statements?more=1"
    answer = (200, {}, json.dumps(page).encode())
    with pytest.raises(ReportError, match="gives the same page again"):
        list(statements(endpoint(store), course.about.iri))


def test_the_command_asks_a_store_with_the_password_of_the_environment(
    store: RecordStore,
    small_course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--course", str(small_course), "report", f"{store.address}/xapi", "--user", "reader"]
    monkeypatch.setenv("LRS_PASSWORD", "wrong")
    assert main(words) == 1
    assert "its password in LRS_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("LRS_PASSWORD", "secret")
    assert main(words) == 0
    assert "Report on 3 people" in capsys.readouterr().out
    page = (small_course / "_build" / "report" / "report.html").read_text("utf-8")
    assert "127.0.0.1" not in page
    assert [call[2] for call in store.calls][:2] == [401, 200]
