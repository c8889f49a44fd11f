"""The figures of classical test theory, and of a gain between two tests.

Each function takes numbers and gives numbers: no course, no file, no words. They are sums, which
`tally.py` gathers from few people or from many in one way. What a small group cannot carry is
`None`. `tests/test_results_statistics.py` holds them to published worked values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "CONFIDENCE",
    "FEW",
    "FEWEST",
    "Moments",
    "PairedGain",
    "alpha",
    "correlation",
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


@dataclass(frozen=True, slots=True)
class Moments:
    """What has to be known of two numbers of each person, and no more: it can be added up.

    Attributes
    ----------
    count
        How many people.
    mean, other_mean
        Of the one number and of the other.
    spread, other_spread
        Sums of the squared deviations from these means.
    both
        Sum of the products of the deviations.
    """

    count: int
    mean: float
    other_mean: float
    spread: float
    other_spread: float
    both: float


def correlation(of: Moments) -> float | None:
    """Give the product-moment correlation of two numbers.

    Between an item that is right or wrong and the points for all *other* items, it is the
    corrected point-biserial correlation, by which an item's discrimination is told.

    Parameters
    ----------
    of
        What is known of the two numbers.

    Returns
    -------
    float or None
        None where one of them is the same for all.
    """
    if of.count < 2 or of.spread < _TINY or of.other_spread < _TINY:
        return None
    return of.both / math.sqrt(of.spread * of.other_spread)


def alpha(count: int, items: Sequence[float], whole: float) -> float | None:
    """Give Cronbach's alpha of a test.

    Where each item gives 1 or 0, it is the reliability by Kuder and Richardson's formula 20.

    Parameters
    ----------
    count
        How many people took the test; all were asked the same items.
    items
        Of the points for each item, the sum of the squared deviations from their mean.
    whole
        The same of the totals.

    Returns
    -------
    float or None
        None for fewer than two items or people, or where all people have the same total.
    """
    if count < 2 or len(items) < 2 or whole / count < _TINY:
        return None
    return len(items) / (len(items) - 1) * (1 - math.fsum(items) / whole)


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


def paired_gain(of: Moments) -> PairedGain | None:
    """Compare two tests of the same people.

    Parameters
    ----------
    of
        What is known of the results before (the one number) and of the gains (the other).

    Returns
    -------
    PairedGain or None
        None of nobody.

    Raises
    ------
    ImportError
        If SciPy is not installed.
    """
    count = of.count
    if not count:
        return None
    gain, after = of.other_mean, of.mean + of.other_mean
    interval = effect = effect_interval = None
    if count > 1:
        from scipy.special import stdtrit  # scipy.stats has the same, and takes long to load

        spread = math.sqrt(of.other_spread / (count - 1))
        error = spread / math.sqrt(count)
        half = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * error
        interval = (gain - half, gain + half)
        if spread > _TINY:
            effect = gain / spread
            effect_interval = _effect_interval(effect, count)
    return PairedGain(count, of.mean, after, gain, interval, effect, effect_interval)


def _effect_interval(effect: float, count: int) -> tuple[float, float]:
    """Find the two effects under which the one that was found would be as rare as 1 in 40."""
    from scipy.optimize import brentq
    from scipy.special import nctdtr, ndtr

    root = math.sqrt(count)
    found, degrees = effect * root, count - 1
    width = math.sqrt(1 + found * found / (2 * degrees))

    def limit(share: float) -> float:
        def off(centre: float) -> float:
            value = float(nctdtr(degrees, centre, found))
            if math.isnan(value):  # SciPy gives none for some values far from the limit
                value = float(ndtr((found * (1 - 0.25 / degrees) - centre) / width))
            return value - share

        reach = 8 * width
        return float(brentq(off, found - reach, found + reach, xtol=1e-12)) / root

    tail = (1 - CONFIDENCE) / 2
    return limit(1 - tail), limit(tail)
