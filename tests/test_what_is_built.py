"""Which parts of a build are made anew, in which case, and what is kept of the last one."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from imlcourse.build import build as module
from imlcourse.build.freshness import STATE

ALL, NAMED = ["build", "packages", "kit"], ["epub"]


class World:
    """What a build would do, noted and not done."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.waited = self.current = self.kit_current = self.packages_current = False
        self.fails = False
        self.collects: list[bool] = []

        @contextmanager
        def locked(folder: Path) -> Iterator[bool]:
            yield self.waited

        def build(source: Any, mark: str, *, anew: bool) -> None:
            self.done.append("build anew" if anew else "build")
            self.collects.append(gc.isenabled())
            if self.fails:
                raise OSError

        def packages(folder: Path, mark: str, wanted: Any, load: Any, *, anew: bool) -> None:
            self.done.append(f"packages {','.join(wanted)}{' anew' * anew}")

        for name, does in {
            "locked": locked,
            "_build": build,
            "make_packages": packages,
            "settle": lambda folder: self.done.append("settle"),
            "unsettled": lambda folder: not self.done,
            "fingerprint": lambda *_: "mark",
            "is_current": lambda *_: self.current,
            "kit_is_current": lambda *_: self.kit_current,
            "packages_current": lambda folder, mark, wanted: self.packages_current or not wanted,
            "packages_named": lambda names: list(names),
            "check_installed": lambda wanted: None,
            "keep_kit": lambda *_: self.done.append("kit"),
            "what_is_made": lambda *_: ["all"],
            "built_kit": lambda folder: ["kit"],
        }.items():
            patched.setattr(module, name, does)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


@pytest.mark.parametrize(
    ("asked", "waited", "current", "done"),
    [
        ({}, False, False, ["build"]),
        ({}, False, True, ["build"]),
        # Another build has just made it all.
        ({}, True, True, []),
        ({}, True, False, ["build"]),
        # Who asks for packages, or lacks the kit alone, has the rest as it stands.
        ({"packages": NAMED}, False, True, ["packages epub"]),
        ({"packages": NAMED}, False, False, ["build", "packages epub"]),
        ({"packages": iter(NAMED)}, False, True, ["packages epub"]),
        ({"kit": True}, False, True, ["kit"]),
        ({"kit": True}, False, False, ["build", "kit"]),
        ({"kit": True, "packages": NAMED}, True, True, ["packages epub", "kit"]),
        ({"anew": True, "packages": NAMED}, True, True, ["build anew", "packages epub anew"]),
        ({"anew": True, "kit": True}, False, True, ["build anew", "kit"]),
    ],
)
def test_what_stands_as_it_should_is_not_made_again_unless_it_is_asked_for(
    world: World, tmp_path: Path, asked: dict[str, Any], waited: bool, current: bool,
    done: list[str],
) -> None:  # fmt: skip
    world.waited, world.current = waited, current
    made = module.build(tmp_path, **asked)
    assert world.done == ["settle", *done], "what was broken off is settled first"
    assert [str(one) for one in made] == (["all", "kit"] if asked.get("kit") else ["all"])


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_looking_for_what_may_be_thrown_away_is_as_it_was_afterwards(
    world: World, tmp_path: Path, enabled: bool, fails: bool
) -> None:
    world.fails, before = fails, gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        if fails:
            with pytest.raises(OSError):
                module.build(tmp_path)
        else:
            module.build(tmp_path)
        assert gc.isenabled() is enabled
        assert world.collects == [False]
    finally:
        gc.enable() if before else gc.disable()


@pytest.mark.parametrize(
    ("asked", "current", "kit", "packages", "said"),
    [
        ({}, True, False, False, True),
        ({}, False, True, True, False),
        ({"kit": True}, True, True, False, True),
        ({"kit": True}, True, False, False, False),
        ({"kit": True}, False, True, False, False),
        ({"packages": NAMED}, True, False, True, True),
        ({"packages": NAMED}, True, False, False, False),
    ],
)
def test_all_that_is_asked_for_has_to_be_up_to_date(
    world: World, tmp_path: Path, asked: dict[str, Any], current: bool, kit: bool, packages: bool,
    said: bool,
) -> None:  # fmt: skip
    world.current, world.kit_current, world.packages_current = current, kit, packages
    assert module.up_to_date(tmp_path, **asked) is said
    assert world.done == ["settle"], "what was broken off is settled first"


# --- one build ------------------------------------------------------------------------------------


class Making:
    """A build of products that are made of nothing."""

    def __init__(self, patched: pytest.MonkeyPatch, folder: Path, names: list[str]) -> None:
        self.done: list[str] = []
        self.put: list[Any] = []
        self.fails = ""
        self.mark = "mark"

        def make(name: str) -> Any:
            def made(making: Any) -> dict[str, bytes]:
                if name == self.fails:
                    raise ValueError(name)
                self.done.append(f"{name} of {','.join(making.made)}")
                return {name: b""}

            return made

        cache = SimpleNamespace(
            forget=lambda: self.done.append("forget"), commit=lambda: self.done.append("commit")
        )
        self.source: Any = module._Source(folder, None, None, None)
        patched.setattr(module._Source, "cache", lambda _: cache)
        patched.setattr(module._Source, "load", lambda *_: (None, None))
        patched.setattr(module._Source, "folder", folder)
        products = [
            SimpleNamespace(name=one, title=one, place=f"{one}-place", make=make(one))
            for one in names
        ]
        for name, does in {
            "in_order": lambda: products,
            "put_in_place": lambda *words: self.put.append(words),
            "fingerprint": lambda *_: self.mark,
            "_keep": lambda cache: self.done.append("keep"),
        }.items():
            patched.setattr(module, name, does)
        closes = SimpleNamespace(close=lambda: self.done.append("close"))
        patched.setattr("imlcourse.book.make.BookMaker", lambda *_: closes)


@pytest.mark.parametrize("state", [{"places": ["html", "book-place"]}, {"places": 5}, {}, None])
@pytest.mark.parametrize("anew", [True, False])
def test_products_are_made_in_order_and_places_of_others_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, anew: bool, state: Any
) -> None:
    making = Making(monkeypatch, tmp_path, ["book", "zip"])
    if state is not None:
        (tmp_path / STATE).write_text(json.dumps(state), "utf-8")
    module._build(making.source, "mark", anew=anew)
    expected = ["book of ", "zip of book", "close", "keep", "commit"]
    assert making.done == ["forget"] * anew + expected
    gone = ["html", "book-place"] if state == {"places": ["html", "book-place"]} else []
    places = {"book-place": {"book": b""}, "zip-place": {"zip": b""}}
    assert making.put == [(tmp_path, "mark", places, ["book", "zip"], gone)]


def test_what_was_made_of_a_file_that_was_saved_meanwhile_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    making = Making(monkeypatch, tmp_path, ["book"])
    making.mark = "another mark"
    module._build(making.source, "mark", anew=False)
    assert len(making.put) == 1
    assert "commit" not in making.done


def test_where_a_product_cannot_be_made_nothing_is_put_in_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    making = Making(monkeypatch, tmp_path, ["book", "zip"])
    making.fails = "zip"
    with pytest.raises(ValueError, match="zip"):
        module._build(making.source, "mark", anew=False)
    assert making.done == ["book of ", "close"]
    assert making.put == []
