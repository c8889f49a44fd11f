"""What a report on very many learners costs: ``python tests/benchmarks/report.py``.

Learners of a plain model (Rasch: ability, difficulty of items, a gain that is the same in logits
for all) answer ten tests of 40 questions each, as one table in Parquet or as statements of a
record store (``--kind statements``, JSON lines packed by gzip), or as what a store gives out page
by page (``--kind store``, with a process of its own as the store). For 1,000, 10,000 and 100,000 of
them the time and the peak of memory are printed, each in a process of its own; and what the report
finds is held to what NumPy finds in the whole matrix.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.results.store import Endpoint
from small_course import ROOT

TESTS, QUESTIONS, OFFICES, CHUNK = 10, 40, 40, 2_000
GAIN = 0.6  # logits
AT = "2026-11-20T09:30:00.000Z"


def tests_of(course: Course) -> dict[str, list[tuple[str, str, str, str]]]:
    """Give ten tests: each item with its version, a right and a wrong answer."""
    items = [
        (one.id, one.version, next(p.id for p in one.parts() if p.right),
         next(p.id for p in one.parts() if not p.right))
        for one in course.items
        if one.type == "single"
    ]  # fmt: skip
    names = ["pre-test", *(f"m{n:02}-quiz" for n in range(1, TESTS - 1)), "post-test"]
    asked = {}
    for place, name in enumerate(names):
        start = 0 if name == "post-test" else place * 17
        asked[name] = [items[(start + n) % len(items)] for n in range(QUESTIONS)]
    return asked


def make(kind: str, learners: int, folder: Path) -> dict[str, float]:
    """Write the answers of learners; gives what is true of them."""
    course = load_course(ROOT)
    asked = tests_of(course)
    random = np.random.default_rng(298)
    hard = {name: random.normal(0, 1, QUESTIONS) for name in asked}
    hard["post-test"] = hard["pre-test"]
    kept: dict[str, list[np.ndarray[Any, Any]]] = {"pre-test": [], "post-test": []}
    for start in range(0, learners, CHUNK):
        size = min(CHUNK, learners - start)
        able = random.normal(0.3, 1, size)
        right = {}
        for name in asked:
            more = GAIN if name == "post-test" else 0.0
            chance = 1 / (1 + np.exp(-(able[:, None] + more - hard[name][None, :])))
            right[name] = random.random((size, QUESTIONS)) < chance
            if name in kept:
                kept[name].append(right[name].astype(np.uint8))
        if kind == "parquet":
            write_rows(folder / f"{start:06}.parquet", start, asked, right)
        else:
            write_statements(folder / f"{start:06}.jsonl.gz", start, course, asked, right)
    before, after = (np.concatenate(kept[name]).astype(float) for name in kept)
    gains = after.mean(axis=1) - before.mean(axis=1)
    totals = before.sum(axis=1)
    rest = totals - before[:, 3]
    k = QUESTIONS
    return {
        "gain": float(gains.mean()),
        "effect": float(gains.mean() / gains.std(ddof=1)),
        "alpha": float(k / (k - 1) * (1 - before.var(axis=0).sum() / totals.var())),
        "difficulty": float(before[:, 3].mean()),
        "discrimination": float(np.corrcoef(before[:, 3], rest)[0, 1]),
    }


def write_rows(
    path: Path, start: int, asked: dict[str, Any], right: dict[str, np.ndarray[Any, Any]]
) -> None:
    """Write a table in Parquet."""
    frames = []
    for name, items in asked.items():
        size = len(right[name])
        frames.append(
            pl.DataFrame(
                {
                    "participant": [f"L{n:07}" for n in range(start, start + size)],
                    "group": [f"Office {n % OFFICES + 1}" for n in range(start, start + size)],
                }
            )[np.repeat(np.arange(size), QUESTIONS)].with_columns(
                test=pl.lit(name),
                item=pl.Series([one[0] for one in items] * size),
                answer=pl.Series(
                    np.where(
                        right[name],
                        np.array([one[2] for one in items]),
                        np.array([one[3] for one in items]),
                    )
                    .reshape(-1)
                    .tolist()
                ),
            )
        )
    pl.concat(frames).write_parquet(path, row_group_size=100_000)


def write_statements(
    path: Path,
    start: int,
    course: Course,
    asked: dict[str, Any],
    right: dict[str, np.ndarray[Any, Any]],
) -> None:
    """Write statements as a record store gives them out: the last one of each test."""
    iri = course.about.iri
    pieces = {
        name: (
            ",".join(f'{{"id":"{i}","version":"{v}","type":"single"}}' for i, v, _, _ in items),
            [
                [f'"{i}":{{"response":"{given}","at":"{AT}"}}' for given in (wrong, yes)]
                for i, _, yes, wrong in items
            ],
            [[f'"{i}":{points}' for points in (0, 1)] for i, _, _, _ in items],
        )
        for name, items in asked.items()
    }
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for number in range(len(right["pre-test"])):
            for name, (items, answers, results) in pieces.items():
                row = right[name][number].tolist()
                entry = (
                    f'{{"v":1,"test":"{name}","course":"{course.about.version}","begun":"{AT}",'
                    f'"ended":"{AT}","at":"{AT}","points":{sum(row) / QUESTIONS},"items":[{items}],'
                    f'"answers":{{{",".join(a[r] for a, r in zip(answers, row, strict=True))}}},'
                    f'"results":{{{",".join(a[r] for a, r in zip(results, row, strict=True))}}}}}'
                )
                who = start + number
                file.write(
                    f'{{"id":"{who:08}-{name}","actor":{{"account":{{"homePage":"{iri}",'
                    f'"name":"{who:024x}"}}}},"verb":{{"id":"http://adlnet.gov/expapi/verbs/completed"'
                    f'}},"object":{{"id":"{iri}tests/{name}"}},"context":{{"team":{{"objectType":'
                    f'"Group","name":"Office {who % OFFICES + 1}"}},"extensions":{{'
                    f'"{iri}xapi/key":"attempt/{name}/x","{iri}xapi/entry":{entry}}}}}}}\n'
                )


def lines_of(folder: Path) -> Iterator[bytes]:
    """Give the statements of a folder, as they stand there."""
    for path in sorted(folder.iterdir()):
        with gzip.open(path, "rb") as file:
            yield from file


def serve(folder: Path) -> None:
    """Give out statements in pages of 500, as a record store does; prints the port."""
    lines = lines_of(folder)
    pages = count()

    class Store(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = list(islice(lines, 500))
            more = f"/statements?page={next(pages)}" if page else ""
            said = b'{"statements":[%s],"more":"%s"}' % (b",".join(page), more.encode())
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *words: object) -> None:
            """Say nothing of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


@contextmanager
def store_of(folder: Path) -> Iterator[Endpoint]:
    """Let another process be the store."""
    command = [sys.executable, __file__, "--step", "serve", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        yield Endpoint(f"http://127.0.0.1:{int(started.stdout.readline())}")
        started.terminate()


def report(kind: str, folder: Path) -> dict[str, float]:
    """Make the report as ``course report`` does; gives what it found and what it cost."""
    from imlcourse.products.report.page import report_page
    from imlcourse.products.report.table import people_table
    from imlcourse.products.report.words import Words
    from imlcourse.products.report.workbook import report_workbook
    from imlcourse.results.analysis import analyse
    from imlcourse.results.gather import gather

    course = load_course(ROOT)
    begun, used = time.perf_counter(), time.process_time()
    if kind == "store":
        with store_of(folder) as store:
            gathered = gather(course, [], stores=[store])
    else:
        gathered = gather(course, [folder])
    read = time.perf_counter()
    found = analyse(course, gathered)
    analysed = time.perf_counter()
    words = Words(course)
    page = report_page(words, gathered, found)
    book = report_workbook(words, gathered, found)
    table = people_table(words, found)
    ended = time.perf_counter()
    assert not gathered.problems, gathered.problems[:3]
    before = next(one for one in found.tests if one.test == "pre-test")
    name = tests_of(course)["pre-test"][3][0]
    item = next(one for one in found.items if (one.test, one.item) == ("pre-test", name))
    assert item.discrimination is not None and before.alpha is not None
    gain = found.gains[0].figures
    assert gain.effect is not None
    return {
        "learners": found.count,
        "answers": gathered.answers.rows,
        "read": read - begun,
        "analyse": analysed - read,
        "write": ended - analysed,
        "processor": time.process_time() - used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "page": len(page) / 1000,
        "workbook": len(book) / 1000,
        "table": len(table) / 1000,
        "groups": len(found.groups),
        "gain": gain.gain,
        "effect": gain.effect,
        "alpha": before.alpha,
        "difficulty": item.difficulty,
        "discrimination": item.discrimination,
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kind", choices=("parquet", "statements", "store"), default="parquet")
    asked.add_argument("--learners", default="1000,10000,100000")
    asked.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    parsed = asked.parse_args()
    if parsed.step:
        step, folder = parsed.step
        if step == "serve":
            serve(Path(folder))
        elif step == "make":
            print(json.dumps(make(parsed.kind, int(parsed.learners), Path(folder))))
        else:
            print(json.dumps(report(parsed.kind, Path(folder))))
        return
    peaks = []
    for learners in parsed.learners.split(","):
        with tempfile.TemporaryDirectory(prefix="report-benchmark-") as folder:
            told = []
            for step in ("make", "report"):
                command = [sys.executable, __file__, "--kind", parsed.kind]
                command += ["--learners", learners, "--step", step, folder]
                ran = subprocess.run(command, check=True, capture_output=True, text=True)
                told.append(json.loads(ran.stdout))
            size = sum(one.stat().st_size for one in Path(folder).iterdir()) / 1e6
        true, found = told
        peaks.append(found["peak"])
        print(
            f"{parsed.kind}, {found['learners']:,.0f} learners, {found['answers']:,.0f} answers, "
            f"{size:,.0f} MB: read {found['read']:.1f} s, analysed {found['analyse']:.1f} s, "
            f"written {found['write']:.1f} s ({found['processor']:.0f} s of processors); "
            f"peak {found['peak']:,.0f} MB; page {found['page']:,.0f} kB, workbook "
            f"{found['workbook']:,.0f} kB, table of people {found['table']:,.0f} kB",
            flush=True,
        )
        for name, value in true.items():
            off = abs(value - found[name])
            print(f"  {name}: {found[name]:.6f}, off by {off:.0e}", flush=True)
            assert off < 1e-9, name
    for smaller, larger in pairwise(peaks):
        print(f"memory: {larger / smaller:.2f} times for 10 times the learners")


if __name__ == "__main__":
    main()
