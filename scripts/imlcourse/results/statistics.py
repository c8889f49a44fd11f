"""The figures of classical test theory, and of a gain between two tests.

Each function takes numbers and gives numbers: no course, no file, no words. What a small group
cannot carry is `None`. `tests/test_results_statistics.py` holds them to published worked values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance, stdev

__all__ = [
    "CONFIDENCE",
    "FEW",
    "FEWEST",
    "PairedGain",
    "alpha",
    "correlation",
    "kr20",
    "paired_gain",
    "share_interval",
]

FEWEST = 10
"""With fewer people, neither reliability nor discrimination is told: one person would turn it."""
FEW = 30
"""With fewer people, the report says that its figures are rough."""
CONFIDENCE = 0.95
"""Of every interval."""
_Z = 1.959963984540054  # the normal quantile that belongs to it
_TINY = 1e-12


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Give the product-moment correlation of two rows of numbers.

    Between an item that is right or wrong and the points for all *other* items, it is the
    corrected point-biserial correlation, by which an item's discrimination is told.

    Parameters
    ----------
    one, other
        Two numbers of each person.

    Returns
    -------
    float or None
        None where one of them is the same for all.
    """
    if len(one) < 2:
        return None
    middle, other_middle = fmean(one), fmean(other)
    spread = math.fsum((x - middle) ** 2 for x in one)
    other_spread = math.fsum((y - other_middle) ** 2 for y in other)
    if spread < _TINY or other_spread < _TINY:
        return None
    pairs = zip(one, other, strict=True)
    both = math.fsum((x - middle) * (y - other_middle) for x, y in pairs)
    return both / math.sqrt(spread * other_spread)


def alpha(points: Sequence[Sequence[float]]) -> float | None:
    """Give Cronbach's alpha of a test.

    Parameters
    ----------
    points
        Of each person, the points for each item; all were asked the same items.

    Returns
    -------
    float or None
        None for fewer than two items or people, or where all people have the same total.
    """
    if len(points) < 2 or len(points[0]) < 2:
        return None
    whole = pvariance([math.fsum(row) for row in points])
    if whole < _TINY:
        return None
    items = len(points[0])
    parts = math.fsum(pvariance(column) for column in zip(*points, strict=True))
    return items / (items - 1) * (1 - parts / whole)


def kr20(points: Sequence[Sequence[float]]) -> float | None:
    """Give the reliability of a test of right and wrong by Kuder and Richardson's formula 20.

    Parameters
    ----------
    points
        Of each person, 1 or 0 for each item. What is in part right counts as wrong.

    Returns
    -------
    float or None
        As `alpha` does.
    """
    return alpha([[1.0 if one >= 1 else 0.0 for one in row] for row in points])


def share_interval(right: int, of: int) -> tuple[float, float] | None:
    """Give the interval of a share, by Wilson's score method.

    Parameters
    ----------
    right, of
        How many of how many.

    Returns
    -------
    tuple or None
        Its lower and its upper limit, from 0 to 1; None of nobody.
    """
    if not of:
        return None
    share, square = right / of, _Z * _Z / of
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class PairedGain:
    """What a group gained between two tests that each person took.

    Attributes
    ----------
    count
        How many people took both.
    before, after, gain
        Means.
    interval
        Of the mean gain, by Student's t; None for one person.
    effect
        Cohen's d for paired data, d_z: the mean gain by the standard deviation of the gains. None
        where all have gained the same, or there is one person alone.
    effect_interval
        Of d_z, by the noncentral t distribution.
    """

    count: int
    before: float
    after: float
    gain: float
    interval: tuple[float, float] | None
    effect: float | None
    effect_interval: tuple[float, float] | None


def paired_gain(before: Sequence[float], after: Sequence[float]) -> PairedGain | None:
    """Compare two tests of the same people.

    Parameters
    ----------
    before, after
        Two numbers of each person.

    Returns
    -------
    PairedGain or None
        None of nobody.

    Raises
    ------
    ImportError
        If SciPy is not installed.
    """
    count = len(before)
    if not count:
        return None
    gains = [later - earlier for earlier, later in zip(before, after, strict=True)]
    gain = fmean(gains)
    interval = effect = effect_interval = None
    if count > 1:
        from scipy.stats import t

        spread = stdev(gains)
        error = spread / math.sqrt(count)
        half = float(t.ppf((1 + CONFIDENCE) / 2, count - 1)) * error
        interval = (gain - half, gain + half)
        if spread > _TINY:
            effect = gain / spread
            effect_interval = _effect_interval(effect, count)
    return PairedGain(count, fmean(before), fmean(after), gain, interval, effect, effect_interval)


def _effect_interval(effect: float, count: int) -> tuple[float, float]:
    """Find the two effects under which the one that was found would be as rare as 1 in 40."""
    from scipy.optimize import brentq
    from scipy.stats import nct

    root = math.sqrt(count)
    found, degrees = effect * root, count - 1

    def limit(share: float) -> float:
        reach = 10 + abs(found) + 3 * abs(found) / math.sqrt(degrees)

        def off(centre: float) -> float:
            return float(nct.cdf(found, degrees, centre)) - share

        return float(brentq(off, found - reach, found + reach)) / root

    tail = (1 - CONFIDENCE) / 2
    return limit(1 - tail), limit(tail)
