"""The offline copy in Firefox with its stock settings, where each local file is its own origin."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from firefox import Firefox
from players import SETTLED
from test_look import LOADED
from test_steps import PLACES, TARGETS, WRONG

ITEM = '[data-iml-item="m06-i10"]'
RIGHT = f'{ITEM} input[value="false"]'
STEPS_READY = f"document.querySelector('{SETTLED}')"
HANDED_OVER = "Object.keys(localStorage).every((key) => !key.includes('/writing/'))"
"""Nothing that was answered is still on its way to the frame: the page may be left."""
SHOWN = """Array.from(document.querySelectorAll('.iml-text h2'))
  .filter((one) => !one.closest('[hidden]')).map((one) => one.textContent)"""


def answer(firefox: Firefox) -> None:
    firefox.wait(f"document.querySelector('{ITEM} .iml-check')")
    firefox.wait(STEPS_READY)  # a page that settles moves what is clicked on
    firefox.click(RIGHT)
    firefox.click(f"{ITEM} .iml-check")
    firefox.wait(f"document.querySelector('{ITEM} .iml-result.iml-right')")


Doing = Callable[[Firefox, Path], None]
FIRST_DAY: dict[str, Doing] = {}
"""What a user does before Firefox is closed, by the name of the test that looks the next day."""


def before(test: str) -> Callable[[Doing], Doing]:
    """Have something done on the day before a test, in a copy of the course of its own."""

    def remember(doing: Doing) -> Doing:
        FIRST_DAY[test] = doing
        return doing

    return remember


@dataclass(frozen=True)
class NextDay:
    """A Firefox that was restarted after the first day, and the copies that were used in it."""

    firefox: Firefox
    copies: dict[str, Path]


@pytest.fixture(scope="module")
def days(
    running_firefox: Firefox, offline: Path, tmp_path_factory: pytest.TempPathFactory
) -> NextDay:
    """One restart for all tests of what outlives one: each copy has a store of its own."""
    folder = tmp_path_factory.mktemp("days")
    copies = {}
    for test, doing in FIRST_DAY.items():
        copies[test] = shutil.copytree(offline, folder / test, copy_function=os.link)
        running_firefox.said = []
        doing(running_firefox, copies[test])
    running_firefox.restart()
    return NextDay(running_firefox, copies)


@pytest.fixture
def next_day(days: NextDay, request: pytest.FixtureRequest) -> tuple[Firefox, Path]:
    """The Firefox of the next day, and the copy in which this test's first day was spent."""
    days.firefox.said = []
    return days.firefox, days.copies[request.node.name]


def test_each_local_file_has_a_store_of_its_own(firefox: Firefox, tmp_path: Path) -> None:
    """What the hidden frame is for; if this ever changes, it is not needed any more."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text("<title>t</title>", encoding="utf-8")
    firefox.open((tmp_path / "one.html").as_uri())
    firefox.run("localStorage.setItem('a', 'kept')")
    assert firefox.run("localStorage.getItem('a')") == "kept"
    firefox.open((tmp_path / "two.html").as_uri())
    assert firefox.run("localStorage.getItem('a')") is None


@before("test_the_record_is_one_for_all_pages_and_after_a_restart")
def answer_and_give_a_name(firefox: Firefox, course: Path) -> None:
    firefox.open((course / "modules" / "m06.html").as_uri() + "#m06-i10")
    answer(firefox)
    firefox.wait(HANDED_OVER)
    # A page of another folder knows it ...
    firefox.open((course / "my-progress.html").as_uri())
    firefox.wait("document.querySelector('.iml-mastery')")
    told = firefox.wait("document.querySelector('.iml-me-mastery').textContent")
    assert "100 % (questions: 1)" in told
    firefox.run("(document.querySelector('#iml-name').value = 'Amina', 1)")
    firefox.run("document.querySelector('#iml-name').dispatchEvent(new Event('change')), 1")
    firefox.wait(HANDED_OVER)
    # ... and nothing of it lies in the store of the page itself, but for who it was.
    assert [key.rpartition("/")[2] for key in firefox.run("Object.keys(localStorage)")] == ["heard"]
    assert firefox.said == []


def test_the_record_is_one_for_all_pages_and_after_a_restart(
    next_day: tuple[Firefox, Path],
) -> None:
    firefox, course = next_day
    firefox.open((course / "modules" / "m06.html").as_uri() + "#m06-i10")
    firefox.wait(f"document.querySelector('{ITEM} .iml-result.iml-right')")
    firefox.open((course / "my-progress.html").as_uri())
    assert firefox.wait("document.querySelector('#iml-name')") is not None
    assert firefox.run("document.querySelector('#iml-name').value") == "Amina"


def test_an_answer_on_its_way_is_not_lost_with_the_page(firefox: Firefox, offline: Path) -> None:
    module = (offline / "modules" / "m06.html").as_uri() + "#m06-i10"
    firefox.open(module)
    firefox.wait(f"document.querySelector('{ITEM} .iml-check')")
    firefox.run(
        "imlPlayer.store.open({course: 'migrants-rights-in-practice', frame:"
        " '../_static/store.html'}).load().then(() => 1)"
    )
    # Checked, and the page is left in the same moment, before the frame can answer.
    firefox.run(
        f"(document.querySelector('{RIGHT}').checked = true,"
        f" document.querySelector('{ITEM} .iml-check').click(),"
        " Promise.resolve().then(() => { location.href = '../glossary.html'; }), 1)"
    )
    firefox.wait("location.href.includes('glossary')")
    firefox.open(module)
    firefox.wait(f"document.querySelector('{ITEM} .iml-result.iml-right')")
    firefox.open((offline / "my-progress.html").as_uri())
    firefox.wait("document.querySelector('.iml-mastery')")


def test_a_question_that_an_address_leads_to_shows_its_answer_however_late_the_record_comes(
    firefox: Firefox, offline: Path
) -> None:
    """The question has the focus by then, which is not yet the learner's hand."""
    module = (offline / "modules" / "m06.html").as_uri() + "#m06-i10"
    firefox.open(module)
    answer(firefox)
    firefox.wait(HANDED_OVER)
    slow = (
        "() => { const listen = window.addEventListener; window.addEventListener ="
        " (type, action, ...more) => listen(type, type === 'message' ?"
        " (event) => setTimeout(action, 1500, event) : action, ...more);"
        # A page that has been long on its way is shown at once.
        " const now = performance.now.bind(performance); performance.now = () => now() + 1000; }"
    )
    firefox.send(
        "script.addPreloadScript", {"functionDeclaration": slow, "contexts": [firefox.tab]}
    )
    firefox.open(module)
    firefox.wait(f"document.activeElement.matches('{ITEM}')")
    assert firefox.run(f"document.querySelector('{ITEM} .iml-result').hidden") is True
    firefox.wait(f"document.querySelector('{ITEM} .iml-result.iml-right')")


def test_where_the_shared_store_is_missing_it_is_said(
    firefox: Firefox, offline: Path, tmp_path: Path
) -> None:
    """A copy from which somebody has left out a file still works, page by page.

    When the file is there again, what was answered meanwhile comes into the record.
    """
    copy = tmp_path / "copy"
    shutil.copytree(offline, copy, copy_function=os.link)
    firefox.hasten(5_000)  # which the page waits for an answer of the frame
    store = (copy / "_static" / "store.html").rename(tmp_path / "store.html")
    firefox.open((copy / "modules" / "m06.html").as_uri() + "#m06-i10")
    said = firefox.wait("document.querySelector('.iml-troubles:not([hidden])').innerText")
    assert "The file store.html does not respond" in said
    answer(firefox)
    for there in (False, True):
        if there:
            store.rename(copy / "_static" / "store.html")
        firefox.open((copy / "modules" / "m06.html").as_uri() + "#m06-i10")
        firefox.wait(f"document.querySelector('{ITEM} .iml-result.iml-right')")
        hidden = "!document.querySelector('.iml-troubles:not([hidden])')"
        firefox.wait(hidden if there else f"!({hidden})")
    firefox.open((copy / "my-progress.html").as_uri())
    firefox.wait("document.querySelector('.iml-mastery')")


def test_another_local_page_cannot_speak_in_the_name_of_the_store(
    firefox: Firefox, offline: Path
) -> None:
    firefox.open((offline / "modules" / "m06.html").as_uri())
    firefox.wait(f"document.querySelector('{ITEM} .iml-check')")
    firefox.run(
        "window.postMessage({imlStore: 'told', told: ['migrants-rights-in-practice', 'me',"
        " 'item/m06-i10', {v: 1, at: '2999', item: 'x'}]}, '*'), 1"
    )
    firefox.run("new Promise((done) => setTimeout(done, 300))")
    assert firefox.run(f"document.querySelector('{ITEM} .iml-result').hidden") is True


@before("test_a_test_is_gone_on_with_after_a_restart")
def begin_the_final_test(firefox: Firefox, course: Path) -> None:
    firefox.open((course / "final-test.html").as_uri())
    firefox.wait("document.querySelector('.iml-test-stage .iml-check')")
    firefox.click(".iml-test-stage .iml-check")
    firefox.wait("document.querySelector('.iml-test-head')?.innerText.startsWith('Question 1')")
    firefox.run(
        "Array.from(document.querySelectorAll('.iml-test-foot button'))"
        ".find((b) => b.innerText === 'Next').click(), 1"
    )
    firefox.wait("document.querySelector('.iml-test-head')?.innerText.startsWith('Question 2')")
    firefox.wait(HANDED_OVER)


def test_a_test_is_gone_on_with_after_a_restart(next_day: tuple[Firefox, Path]) -> None:
    firefox, course = next_day
    firefox.open((course / "final-test.html").as_uri())
    firefox.wait("document.querySelector('.iml-test-head')?.innerText.startsWith('Question 2')")


def test_a_case_left_before_its_look_back_is_gone_on_with_and_begun_again(
    firefox: Firefox, offline: Path
) -> None:
    case = '[data-iml-type="scenario"]'
    module = (offline / "modules" / "m01.html").as_uri() + "#m01-i24"
    shown = f"document.querySelectorAll('{case} .iml-scene:not([hidden])').length"
    look_back = f"document.querySelector('{case} .iml-onward-button:not([hidden])')?.textContent"
    firefox.open(module)
    firefox.wait(f"document.querySelector('{case} .iml-decide')")
    steps = firefox.run(
        f"(() => {{ const box = document.querySelector('{case}'); let steps = 0;"
        " for (;;) {"
        "   const scene = Array.from(box.querySelectorAll('.iml-scene:not([hidden])')).pop();"
        "   scene.querySelector('input').click(); scene.querySelector('.iml-decide').click();"
        "   steps += 1;"
        "   const onward = scene.querySelector('.iml-onward-button');"
        "   if (onward.textContent === imlPlayer.texts.text('player.scenario.end')) return steps;"
        "   onward.click(); } })()"
    )
    firefox.wait(HANDED_OVER)
    firefox.open(module)
    assert firefox.wait(look_back) == "Look back on the case"
    assert firefox.run(shown) == steps
    firefox.run(f"(document.querySelector('{case} .iml-restart').click(), 1)")
    assert firefox.run(shown) == 1
    firefox.wait(HANDED_OVER)
    firefox.open(module)
    firefox.wait(f"document.querySelector('{case} .iml-decide')")
    firefox.wait(STEPS_READY)
    assert firefox.run(shown) == 1
    assert firefox.said == []


@before("test_the_steps_of_a_module_are_kept_and_addresses_lead_to_them")
def go_to_the_second_step(firefox: Firefox, course: Path) -> None:
    firefox.open((course / "modules" / "m01.html").as_uri())
    firefox.wait(STEPS_READY)
    assert len(firefox.run(SHOWN)) == 1
    assert firefox.run(f"({WRONG})()") >= 10
    firefox.click(".iml-continue")
    firefox.wait("document.activeElement.textContent.startsWith('2. ')")
    firefox.wait(HANDED_OVER)
    assert firefox.said == []


def test_the_steps_of_a_module_are_kept_and_addresses_lead_to_them(
    next_day: tuple[Firefox, Path],
) -> None:
    firefox, course = next_day
    module = (course / "modules" / "m01.html").as_uri()
    firefox.open(module)
    firefox.wait(STEPS_READY)
    assert firefox.run(SHOWN)[0].startswith("2. ")
    for place in TARGETS:
        firefox.open("about:blank")
        firefox.open(f"{module}#{place}")
        at = f"(({PLACES})('{place}'))"
        firefox.wait(f"{at}.answered >= 10 && {at}.below >= -1 && {at}.below < 40")
    assert firefox.said == []


def test_the_typeface_loads_from_a_file(firefox: Firefox, offline: Path) -> None:
    """From another folder Firefox loads none; the style holds it."""
    firefox.open((offline / "modules" / "m06.html").as_uri())
    firefox.run(f"{LOADED}.then((loaded) => {{ document.title = String(loaded); }})")
    firefox.wait("document.title === 'true'")


def test_the_track_is_chosen_once_for_all_pages(firefox: Firefox, offline: Path) -> None:
    firefox.open((offline / "index.html").as_uri())
    firefox.click('[data-iml-role="reception"]')
    assert firefox.wait("document.querySelector('.iml-track.iml-chosen h3').textContent") == (
        "Reception and shelter staff"
    )
    firefox.click(".iml-track.iml-chosen .iml-track-start a")
    firefox.wait("document.body.dataset.imlModule === 'm06'")
    own = "Array.from(document.querySelectorAll('.iml-nav-track a'), (a) => a.dataset.imlTo)"
    assert firefox.wait(f"{own}.length && {own}.join()") == "m06,m01,m12,m11,m09"
    firefox.open((offline / "certificate.html").as_uri())
    told = firefox.wait("(document.querySelector('.iml-page ul') || '').textContent")
    assert "Health and children" in told
    assert firefox.said == []


WHO = "document.querySelector('.iml-who:not([hidden]) .iml-who-name')"


@before("test_the_next_day_the_cover_continues_and_two_learners_are_told_apart")
def two_learners_share_a_computer(firefox: Firefox, course: Path) -> None:
    firefox.open((course / "modules" / "m09.html").as_uri())
    firefox.wait(STEPS_READY)
    firefox.click(".iml-continue")
    firefox.wait(HANDED_OVER)
    firefox.open((course / "my-progress.html").as_uri())
    firefox.wait("document.querySelector('#iml-name')")
    firefox.run("(document.querySelector('#iml-name').value = 'Amina', 1)")
    firefox.run("document.querySelector('#iml-name').dispatchEvent(new Event('change')), 1")
    firefox.wait(f"{WHO} && {WHO}.textContent === 'Amina'")
    firefox.click(".iml-who")
    firefox.wait("document.querySelector('.iml-who-dialog[open]')")
    firefox.run("(document.querySelector('.iml-who-dialog details').open = true, 1)")
    firefox.run("(document.querySelector('#iml-who-name').value = 'Boris', 1)")
    firefox.click(".iml-who-new button")
    firefox.wait(f"{WHO} && {WHO}.textContent === 'Boris'")
    # Asked once, it is known on every page.
    firefox.open((course / "index.html").as_uri())
    firefox.wait(f"{WHO} && {WHO}.textContent === 'Boris'")
    assert firefox.run("document.querySelectorAll('dialog').length") == 0
    assert firefox.said == []


def test_the_next_day_the_cover_continues_and_two_learners_are_told_apart(
    next_day: tuple[Firefox, Path],
) -> None:
    firefox, course = next_day
    firefox.open((course / "index.html").as_uri())
    firefox.wait("document.querySelector('.iml-who-dialog[open]')")
    firefox.click(".iml-who-list li:nth-child(2) button")
    welcome = "document.querySelector('.iml-welcome:not([hidden]) a.iml-check')"
    assert "Continue: step 2 of" in firefox.wait(f"{welcome} && {welcome}.textContent")
    firefox.click(".iml-welcome a.iml-check")
    firefox.wait("location.href.endsWith('m09.html#m09-s2')")
    assert firefox.said == []
