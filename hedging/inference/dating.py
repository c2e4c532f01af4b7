"""Dates of change: how many, when, and how sure, with a penalty that lets 5% of break-free histories through.

Descriptive (science 5.2(3)). The usual penalties take years for independent and find breaks in most persistent series
that have none (trap T6); here the penalty is the one that 95% of AR(1) histories of the same length and persistence do
not pass. A real break looks like persistence too, so the search misses small ones: what it could find is stated.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference import partitions
from hedging.inference.autoregression import GRID, corrected_phi, simulate_ar1
from hedging.inference.power import smallest
from hedging.inference.segments import alarm_penalty, cut
from hedging.inference.spans import varying


@dataclass(frozen=True)
class Dating:
    """Breaks found: `dates` (first year or period of each new mean) and the `means` between them.

    `shares`: for each date the share of bootstrap histories in which a break is dated there. `penalty` in variances of
    the series, `phi` the persistence it is calibrated for, `detectable` the step in the middle of the history that is
    found, within 2 dates, four times in five (infinite: no step up to 16 sds is).
    """

    dates: tuple[Hashable, ...]
    means: tuple[float, ...]
    shares: pd.Series
    penalty: float
    phi: float
    detectable: float


@dataclass(frozen=True)
class Hits:
    """`hit` of the `expected` dates lie within `slack` of a break; `random` is the mean under random dates.

    `p`: share of random sets of as many breaks, at least `least` apart, that hit as many.
    """

    hit: int
    expected: int
    random: float
    p: float
    slack: int


def date_breaks(
    series: pd.Series, least: int = 3, alpha: float = 0.05, draws: int = 500, seed: int = 20251123
) -> Dating:
    """Date the mean shifts of a series by exact least squares (ruptures' Pelt, jump=1), penalty calibrated.

    `least`: shortest stretch. The share of break-free AR(1) histories with a break is `alpha`. A gap inside, a constant
    series or one under 4 * least observations raises HedgingError.
    """
    import ruptures  # heavy, and only this search needs it

    run = varying(series)
    if least < 2 or len(run) < max(4 * least, 10) or not 0 < alpha < 1:
        raise HedgingError(
            f"{len(run)} observations, stretches of {least}: not testable with these data", where="date_breaks"
        )
    scale = float(run.std(ddof=0))
    standard = (run.to_numpy() - run.mean()) / scale
    phi = float(corrected_phi(standard[None, :])[0])
    penalty = calibrated_penalty(len(run), phi, least, alpha, draws, seed)
    ends = ruptures.Pelt(model="l2", min_size=least, jump=1).fit(standard[:, None]).predict(pen=penalty)
    borders = np.array([0, *ends])
    means = np.array([run.iloc[start:end].mean() for start, end in pairwise(borders)])
    shares = _bootstrap((run.to_numpy() - run.mean()) / scale, borders, least, penalty, draws, seed)
    step = _detectable(len(run), phi, least, penalty, seed) * scale
    dates = tuple(run.index[end] for end in borders[1:-1])
    return Dating(dates, tuple(float(mean) for mean in means), pd.Series(shares, run.index), penalty, phi, step)


def calibrated_penalty(n: int, phi: float, least: int, alpha: float = 0.05, draws: int = 500, seed: int = 0) -> float:
    """Return the penalty, in variances of the series, that a share `alpha` of AR(1) histories passes.

    Read between the two nearest phi of `autoregression.GRID`.
    """
    high = int(np.clip(np.searchsorted(GRID, phi), 1, len(GRID) - 1))
    ends = [_penalty(n, float(GRID[number]), least, alpha, draws, seed) for number in (high - 1, high)]
    return float(np.interp(phi, GRID[high - 1 : high + 1], ends))


@lru_cache(maxsize=512)
def _penalty(n: int, phi: float, least: int, alpha: float, draws: int, seed: int) -> float:
    drawn = simulate_ar1(phi, 1.0, n, draws, np.random.default_rng(seed))
    return float(np.quantile(alarm_penalty(standardised(drawn), least), 1 - alpha, method="higher"))


def standardised(values: np.ndarray) -> np.ndarray:
    """Return each row with mean 0 and (population) sd 1."""
    centred = values - values.mean(axis=1, keepdims=True)
    return centred / centred.std(axis=1, keepdims=True)


def hits(
    found: Sequence[int],
    expected: Sequence[int],
    first: int,
    last: int,
    slack: int = 2,
    least: int = 3,
    draws: int = 10_000,
    seed: int = 20251123,
) -> Hits:
    """Count the expected years within +-`slack` of a break found, against random dates in [first, last].

    Random sets hold as many breaks, each stretch at least `least` years. Without any break found nothing is compared:
    p = 1. Expected years outside the series raise HedgingError.
    """
    if not expected or not all(first < year <= last for year in expected):
        raise HedgingError(f"expected years {list(expected)} outside {first + 1} to {last}", where="hits")
    dates = np.asarray(expected)
    if not found:
        return Hits(0, len(dates), 0.0, 1.0, slack)
    drawn = first + partitions.sample(last - first + 1, len(found) + 1, least, draws, seed)[:, 1:-1]
    hit = _count(np.asarray(found)[None, :], dates, slack)[0]
    random = _count(drawn, dates, slack)
    return Hits(int(hit), len(dates), float(random.mean()), float((1 + (random >= hit).sum()) / (1 + draws)), slack)


def _count(breaks: np.ndarray, dates: np.ndarray, slack: int) -> np.ndarray:
    near = np.abs(breaks[:, :, None] - dates) <= slack
    return near.any(axis=1).sum(axis=1)


def _bootstrap(
    standard: np.ndarray, borders: np.ndarray, least: int, penalty: float, draws: int, seed: int
) -> np.ndarray:
    """Share of histories, drawn with the found means and AR(1) rests, in which a break is dated at each place."""
    lengths = np.diff(borders)
    means = np.repeat([standard[a:b].mean() for a, b in pairwise(borders)], lengths)
    rest = standard - means
    phi = float(corrected_phi(rest[None, :])[0])
    noise = float(rest.std()) * np.sqrt(1 - phi**2)
    drawn = means + simulate_ar1(phi, noise, len(standard), draws, np.random.default_rng(seed + 1))
    return cut(standardised(drawn), penalty, least)[0].mean(axis=0)


def _detectable(n: int, phi: float, least: int, penalty: float, seed: int, slack: int = 2) -> float:
    """Step in the middle of the history, in its sds without the step, that is found four times in five; bisection."""
    quiet = simulate_ar1(phi, np.sqrt(1 - phi**2), n, 200, np.random.default_rng(seed + 2))
    middle, after = n // 2, np.arange(n) >= n // 2

    def found(step: float) -> float:
        breaks = cut(standardised(quiet + step * after), penalty, least)[0]
        return breaks[:, middle - slack : middle + slack + 1].any(axis=1).mean()

    return smallest(found, 0.8)
