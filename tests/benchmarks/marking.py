"""How well marks are read: ``python tests/benchmarks/marking.py [--sheets N] [--seed N]``.

Sheets of the pre-test and of a module quiz are rendered (`rendered_sheets.py`): no photographs.
Seeds below 1000 are for setting the limits of `imlcourse/marking/thresholds.py` (``--tune`` lists
each box that was read wrong, and writes its sheet); figures that are told come from others.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from imlcourse.checks.load import load_course
from imlcourse.marking.photos import photos
from imlcourse.marking.reading import ReadSheet, read_sheet
from imlcourse.markup.problems import Problems
from imlcourse.products.kit.paper.asked import asked_test
from imlcourse.products.kit.paper.geometry import TestPlaces
from imlcourse.products.kit.paper.make import paper_files
from imlcourse.products.kit.paper.set import PaperTest
from rendered_sheets import Truth, sheets
from small_course import ROOT

Counts = Counter[str]


def compare(sheet: ReadSheet, truth: Truth, places: TestPlaces) -> Counts:
    """Count boxes and lines: right, flagged, and wrong without a flag."""
    counts: Counts = Counter()
    questions = places.versions[truth.version].questions
    lines = [(q, line) for q in questions for line in q.lines]
    read = {(one.question.number, one.line.part): one for one in sheet.lines}
    counts["sheets"] += 1
    if sheet.problem:
        counts["sheets refused"] += 1
    for question, line in lines:
        name = (question.number, line.part)
        wanted, taken = set(truth.lines[name]), set(truth.taken[name])
        marks = len(wanted) + len(taken)
        count = len(line.boxes)
        counts["lines"] += 1
        counts["marks"] += marks
        counts["boxes"] += count
        one = read.get(name)
        if sheet.problem or one is None:
            counts["lines flagged"] += 1
            counts["marks flagged"] += marks
            counts["boxes flagged"] += count
            continue
        says = one.says
        single = not (line.several or line.written)
        if says.doubts:
            counts["lines flagged"] += 1
            flagged = set(range(count)) if single else set(says.boxes) or set(range(count))
            counts["boxes flagged"] += len(flagged)
            counts["marks flagged"] += len((wanted | taken) & flagged)
            for doubt in says.doubts:
                counts[f"doubt {doubt}"] += 1
            if single:
                continue
        else:
            flagged = set()
            wrong_line = set(says.marked) != wanted
            counts["lines wrong"] += wrong_line
        for n in range(count):
            if n not in flagged and (n in says.marked) != (n in wanted):
                counts["boxes wrong"] += 1
                counts["marks wrong"] += n in wanted | taken
                counts["marks invented"] += n not in wanted | taken
    counts["codes"] += 1
    if not sheet.person:
        counts["codes flagged"] += 1
    elif sheet.person != truth.person:
        counts["codes wrong"] += 1
    return counts


def main() -> None:
    """Render, read, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=594)
    parser.add_argument("--seed", type=int, default=3007)
    parser.add_argument("--tune", type=Path)
    parser.add_argument("--only", default="")
    parsed = parser.parse_args()
    course = load_course(ROOT)
    folder = parsed.tune or Path("/tmp")
    total: dict[str, Counts] = defaultdict(Counter)
    spent = 0.0
    for at, name in enumerate(("pre-test", "m06")):
        paper = PaperTest(course, asked_test(course, name, 1), "A4", False, 2)
        files = {f.kind + f.version: f.data for f in paper_files(paper)}
        places = TestPlaces.model_validate_json(files["places"])
        pdfs = {version: files[f"answers{version}"] for version in places.versions}
        for number, data, truth in sheets(pdfs, places, parsed.seed + at, parsed.sheets // 2):
            if parsed.only and parsed.only not in (truth.hand, truth.distortion):
                continue
            path = folder / f"marking-{name}-{number}.jpg"
            path.write_bytes(data)
            began = time.perf_counter()
            (photo,) = photos(path, Problems(folder))
            sheet = read_sheet(photo, {places.form: places})
            spent += time.perf_counter() - began
            counts = compare(sheet, truth, places)
            for key in ("all", f"hand: {truth.hand}", f"distortion: {truth.distortion}"):
                total[key] += counts
            bad = counts["boxes wrong"] or counts["codes wrong"]
            if parsed.tune and (counts["lines flagged"] or counts["codes flagged"] or bad):
                print(
                    path.name, truth.hand, truth.distortion, sheet.problem, dict(counts), sheet.pen
                )
                tell(sheet, truth)
            else:
                path.unlink()
    show(total, spent)


def tell(sheet: ReadSheet, truth: Truth) -> None:
    """List what is in doubt, or wrong, with what is in its boxes."""
    for one in sheet.lines:
        name = (one.question.number, one.line.part)
        wanted = set(truth.lines[name])
        if one.says.doubts or set(one.says.marked) != wanted:
            print("   ", name, "said", one.says.marked, one.says.doubts, "true", sorted(wanted),
                  "taken", truth.taken[name])  # fmt: skip
    if sheet.person != truth.person:
        print("    code", [(d.marked, d.doubts) for d in sheet.digits], "true", truth.person)


def show(total: dict[str, Counts], spent: float) -> None:
    """Print the table."""
    print(f"{'':26}{'sheets':>7}{'lines':>7}{'marks':>7}{'right %':>9}{'flagged':>9}{'wrong':>7}"
          f"{'boxes':>8}{'right %':>9}{'wrong':>7}{'codes flagged/wrong':>21}")  # fmt: skip
    for key in sorted(total, key=lambda k: (k != "all", k)):
        c = total[key]
        marks = 100 * (1 - (c["marks flagged"] + c["marks wrong"]) / max(1, c["marks"]))
        boxes = 100 * (1 - (c["boxes flagged"] + c["boxes wrong"]) / max(1, c["boxes"]))
        print(f"{key:26}{c['sheets']:7}{c['lines']:7}{c['marks']:7}{marks:9.2f}"
              f"{c['marks flagged']:9}{c['marks wrong']:7}{c['boxes']:8}{boxes:9.2f}"
              f"{c['boxes wrong']:7}{c['codes flagged']:14} / {c['codes wrong']}")  # fmt: skip
    c = total["all"]
    print(
        f"lines: {c['lines flagged']} flagged, {c['lines wrong']} wrong without a flag; "
        f"sheets refused: {c['sheets refused']}; marks where there is none: {c['marks invented']}"
    )
    print({k: v for k, v in c.items() if k.startswith("doubt")})
    print(f"{spent / max(1, c['sheets']):.2f} s a sheet")


if __name__ == "__main__":
    main()
