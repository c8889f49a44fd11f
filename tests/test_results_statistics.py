"""The formulas of the report give the values that others have published for the same data."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from imlcourse.results import statistics
from imlcourse.results.statistics import PairedGain, share_interval

pl = pytest.importorskip("polars", reason="Polars is not installed (kit.in)")
pytest.importorskip("scipy", reason="SciPy is not installed (kit.in)")


def moments(one: Sequence[float], other: Sequence[float]) -> statistics.Moments:
    """Add two rows of numbers up as a report does, divided into pieces as if they were many."""
    from imlcourse.results.tally import added, moments, of_row

    rows = pl.DataFrame({"x": one, "y": other}, schema={"x": pl.Float64, "y": pl.Float64})
    pieces = [piece.select(moments("x", "y")) for piece in rows.iter_slices(3)]
    if not pieces:
        return statistics.Moments(0, 0, 0, 0, 0, 0)
    return of_row(pl.concat(pieces).select(added()).row(0, named=True))


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    return statistics.correlation(moments(one, other))


def alpha(points: Sequence[Sequence[float]]) -> float | None:
    items = [moments(column, column).spread for column in zip(*points, strict=True)]
    totals = [math.fsum(row) for row in points]
    return statistics.alpha(len(points), items, moments(totals, totals).spread)


def paired_gain(before: Sequence[float], after: Sequence[float]) -> PairedGain | None:
    gains = [later - earlier for earlier, later in zip(before, after, strict=True)]
    return statistics.paired_gain(moments(before, gains))


# Ten students, ten items: K. Wuensch, “The Kuder-Richardson 20”, East Carolina University,
# https://core.ecu.edu/wuenschk/StatHelp/KR20.txt. Published there: the totals, p and pq of each
# item, the variance 5.84 of the totals, and that KR-20 is alpha where all is 0 or 1.
WUENSCH = [
    [int(one) for one in row]
    for row in (
        "1111110110", "1011011101", "1111011001", "0010001000", "0000010010",
        "1110111111", "1101110111", "1111111101", "0101111101", "1101101110",
    )
]  # fmt: skip
PQ = [0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24]


def test_kr_20_of_wuenschs_quiz_is_what_his_figures_give() -> None:
    assert [sum(row) for row in WUENSCH] == [8, 7, 7, 2, 2, 9, 8, 9, 7, 7]
    shares = [sum(column) / 10 for column in zip(*WUENSCH, strict=True)]
    assert [p * (1 - p) for p in shares] == pytest.approx(PQ)
    # Where all is 0 or 1, it is alpha.
    assert alpha(WUENSCH) == pytest.approx(10 / 9 * (1 - sum(PQ) / 5.84))
    assert alpha(WUENSCH) == pytest.approx(0.696, abs=0.0005)


def test_alpha_of_a_survey_is_the_published_one() -> None:
    """Z. Bobbitt, “How to Calculate Cronbach’s Alpha in Python”, Statology: 0.7734375."""
    columns = [
        [1, 2, 2, 3, 2, 2, 3, 3, 2, 3],
        [1, 1, 1, 2, 3, 3, 2, 3, 3, 3],
        [1, 1, 2, 1, 2, 3, 3, 3, 2, 3],
    ]
    assert alpha(list(zip(*columns, strict=True))) == pytest.approx(0.7734375)


def test_the_point_biserial_correlation_is_the_published_one() -> None:
    """Z. Bobbitt, statology.org/point-biserial-correlation-python: 0.21816."""
    right = [0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0]
    points = [12, 14, 17, 17, 11, 22, 23, 11, 19, 8, 12]
    assert correlation(right, points) == pytest.approx(0.21816, abs=0.000005)


def test_each_items_correlation_with_the_rest_is_scipys_point_biserial() -> None:
    from scipy import stats

    for place in range(10):
        right = [row[place] for row in WUENSCH]
        rest = [sum(row) - row[place] for row in WUENSCH]
        assert correlation(right, rest) == pytest.approx(stats.pointbiserialr(right, rest)[0])


# Student (1908), The Probable Error of a Mean, Biometrika 6: hours of sleep that ten patients
# gained by two drugs; R has them as `sleep`.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_the_gain_of_students_patients_is_the_published_one() -> None:
    """R’s t.test(sleep, paired): mean 1.58, t = 4.0621, 95 % interval 0.7001142 to 2.4598858."""
    gain = paired_gain(FIRST, SECOND)
    assert gain
    assert gain.interval and gain.effect is not None
    assert gain.gain == pytest.approx(1.58)
    assert (gain.before, gain.after) == pytest.approx((0.75, 2.33))
    assert gain.interval == pytest.approx((0.7001142, 2.4598858), abs=1e-6)
    assert gain.effect * math.sqrt(10) == pytest.approx(4.0621, abs=0.00005)


def test_the_intervals_of_a_gain_are_scipys() -> None:
    from scipy import stats

    gain = paired_gain(FIRST, SECOND)
    assert gain
    assert gain.interval and gain.effect is not None and gain.effect_interval
    theirs = stats.ttest_rel(SECOND, FIRST).confidence_interval(0.95)
    assert gain.interval == pytest.approx((theirs.low, theirs.high))
    low, high = (limit * math.sqrt(10) for limit in gain.effect_interval)
    found = gain.effect * math.sqrt(10)
    # The limits are the effects under which a t as large, or as small, comes 1 time in 40.
    assert stats.nct.sf(found, 9, low) == pytest.approx(0.025, abs=1e-9)
    assert stats.nct.cdf(found, 9, high) == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize(("right", "of"), [(0, 20), (1, 3), (14, 20), (81, 263), (20, 20)])
def test_the_interval_of_a_share_is_wilsons_in_scipy(right: int, of: int) -> None:
    from scipy import stats

    theirs = stats.binomtest(right, of).proportion_ci(method="wilson")
    assert share_interval(right, of) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_what_cannot_be_said_is_not_said() -> None:
    assert alpha([[1, 0]]) is None
    assert alpha([[1, 0], [0, 1]]) is None  # all have the same total
    assert alpha([[1], [0]]) is None  # one item
    assert statistics.alpha(0, [0, 0], 0) is None  # nobody
    assert alpha([[1, 1], [0, 0]]) == pytest.approx(1)  # two people are enough
    assert correlation([1, 1, 1], [0, 1, 0]) is None
    assert share_interval(0, 0) is None
    assert paired_gain([], []) is None
    alone = paired_gain([0.5], [0.75])
    assert alone and (alone.interval, alone.effect) == (None, None)
    alike = paired_gain([0.25, 0.5, 0.25], [0.5, 0.75, 0.5])
    assert alike and alike.effect is None and alike.interval == pytest.approx((0.25, 0.25))


@pytest.mark.parametrize("people", [2, 5, 12, 20, 100, 1000, 100_000])
@pytest.mark.parametrize("effect", [-3.0, 0.0, 0.8, 3.0, 8.0])
def test_each_effect_has_an_interval_however_large_it_or_the_group_is(
    people: int, effect: float
) -> None:
    from scipy import stats

    gain = statistics.paired_gain(statistics.Moments(people, 0.4, effect, 1, people - 1, 0))
    assert gain and gain.effect_interval
    assert gain.effect == pytest.approx(effect)
    low, high = (limit * math.sqrt(people) for limit in gain.effect_interval)
    found = effect * math.sqrt(people)
    assert stats.nct.cdf(found, people - 1, low) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(found, people - 1, high) == pytest.approx(0.025, abs=1e-6)
