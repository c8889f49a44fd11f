"""The table of hosts that were tried: ``python tests/hosts/table.py`` writes it.

`hosts.yml` beside this file says which programs opened which shapes of the course. The table stands
in CONTRIBUTING.md, between two marks. Before it is written, what `hosts.yml` says is checked: every
shape has a host, each test or script that is named is there, and a version that a lock knows is
that of the lock. With ``--check`` nothing is written; the exit code says whether all is true.
"""

from __future__ import annotations

import ast
import datetime
import json
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from imlcourse.products import PRODUCTS
from imlcourse.products.packages import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
HOSTS = Path(__file__).with_name("hosts.yml")
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- hosts: made by tests/hosts/table.py -->", "<!-- end of hosts -->"
BY_HAND = "by hand"
_PYPI = ROOT / "scripts" / "requirements" / "test.txt"
_NPM = ROOT / "scripts" / "requirements" / "node" / "package-lock.json"
_HEAD = ("product", "host", "version", "tried", "what was done", "what was seen")


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Host(BaseModel):
    """A program that opened something, and what came of it; `hosts.yml` explains each field."""

    model_config = ConfigDict(extra="forbid", str_min_length=1)

    of: list[str]
    host: str
    version: str | None = None
    lock: str | None = None
    tried: Annotated[list[str], BeforeValidator(_listed)]
    date: datetime.date | None = None
    done: str
    seen: str

    @property
    def by_tests(self) -> bool:
        """Whether tests try it each time they run."""
        return all("::" in one for one in self.tried)


def shapes() -> list[str]:
    """Name every shape that somebody opens: products, packages and the trainer's kit."""
    products = [product.name for product in PRODUCTS if product.openings]
    return [*products, "kit", *(package.name for package in PACKAGES)]


@lru_cache
def _locked() -> Mapping[str, str]:
    """Give what the locks hold: versions by the kind of lock and name."""
    npm = json.loads(_NPM.read_text("utf-8"))["packages"]
    start = "node_modules/"
    return {
        **{f"npm {path.removeprefix(start)}": one["version"] for path, one in npm.items() if path},
        **{
            f"pypi {name}": version
            for name, version in re.findall(
                r"^([\w.-]+)==([\w.+-]+)", _PYPI.read_text("utf-8"), re.MULTILINE
            )
        },
    }


@lru_cache
def _functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def read(file: Path = HOSTS) -> list[Host]:
    """Read the hosts; raise `ValidationError` of what makes no sense."""
    return TypeAdapter(list[Host]).validate_python(yaml.safe_load(file.read_text("utf-8")))


def problems(hosts: Iterable[Host]) -> list[str]:
    """Say what of it is not so, and how to mend it."""
    hosts, found, known = list(hosts), [], shapes()
    tried = {name for host in hosts for name in host.of}
    found += [
        f"{name} was opened by no host; add one to {HOSTS.name}"
        for name in known
        if name not in tried
    ]
    for host in hosts:
        what = f"{host.host} ({', '.join(host.of)})"
        found += [f"{what}: there is no {name}" for name in host.of if name not in known]
        found += [f"{what}: {wrong}" for one in host.tried if (wrong := _not_there(one))]
        if (host.version is None) == (host.lock is None):
            found.append(f"{what}: give a version, or the lock that has it")
        elif host.lock and host.lock not in _locked():
            found.append(f"{what}: no lock has {host.lock}")
        if host.by_tests == bool(host.date):
            why = "tests try it on each run" if host.by_tests else "say on which day it was tried"
            found.append(f"{what}: {'no date, since ' if host.by_tests else ''}{why}")
        found += [f"{what}: a table has no room for | or a new line" for one in _cells(host) if
                  "|" in one or "\n" in one]  # fmt: skip
    return found


def _not_there(tried: str) -> str:
    """Say what is wrong with the name of a test or a script."""
    if tried == BY_HAND:
        return ""
    name, _, function = tried.partition("::")
    file = ROOT / name
    if not (name.startswith("tests/") and file.is_file()):
        return f"there is no {name}; name a test, a script, or {BY_HAND}"
    return "" if not function or function in _functions(file) else f"{name} has no test {function}"


def _cells(host: Host) -> tuple[str, ...]:
    version = host.version or _locked().get(host.lock or "", "")
    return (
        ", ".join(f"`{name}`" for name in host.of),
        host.host,
        version,
        _how(host),
        host.done,
        host.seen,
    )


def _how(host: Host) -> str:
    files = dict.fromkeys(one.partition("::")[0] for one in host.tried if one != BY_HAND)
    named = ", ".join(f"`{file.removeprefix('tests/')}`" for file in files)
    if host.by_tests:
        return f"each run of {named}"
    day = f"{host.date.day} {host.date:%B %Y}" if host.date else ""
    return f"{day}, {named or BY_HAND}"


def table(hosts: Iterable[Host]) -> str:
    """Write the table, in the order of the shapes."""
    known = shapes()
    rows = sorted(hosts, key=lambda host: min(map(known.index, host.of)))
    lines = [_HEAD, ("---",) * len(_HEAD), *map(_cells, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).replace("| --- ", "|---")


def placed(page: str, made: str) -> str:
    """Put the table between its marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE.name} lacks the marks {BEGIN} and {END}; put them back")
    return f"{before}{begin}\n\n{made}\n{end}{after}"


def main(words: list[str]) -> int:
    """Check what is said, and write the table."""
    try:
        hosts = read()
    except (ValidationError, yaml.YAMLError) as error:
        print(f"{HOSTS.name}: {error}", file=sys.stderr)
        return 1
    if wrong := problems(hosts):
        print("\n".join(wrong), file=sys.stderr)
        return 1
    page = PAGE.read_text("utf-8")
    new = placed(page, table(hosts))
    if "--check" in words:
        if new != page:
            print(f"{PAGE.name} is stale; run python tests/hosts/table.py", file=sys.stderr)
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8", newline="\n")
    print(f"{PAGE.name}: {len(hosts)} hosts of {len(shapes())} shapes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
