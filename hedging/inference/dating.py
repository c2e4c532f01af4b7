"""Dates of change: how many, when, and how sure, with a penalty that lets 5% of break-free histories through.

Descriptive (science 5.2(3)). The usual penalties take years for independent and find breaks in most persistent series
that have none (trap T6). Here the penalty is one that 95% of break-free AR(1) histories of the same length do not pass.
A break looks like persistence, so persistence and spread are measured about the means of the best three stretches, in
the series and in the break-free histories alike; and they are read with a caution that is itself calibrated.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference import partitions
from hedging.inference.autoregression import GRID, ar1, simulate_ar1
from hedging.inference.calibrate import cautious, read
from hedging.inference.power import smallest
from hedging.inference.segments import about_means, alarm_penalty, best_cut, cut
from hedging.inference.spans import varying

BOOTSTRAP = 300  # histories


@dataclass(frozen=True)
class Dating:
    """Breaks found: `dates` (first year or period of each new mean) and the `means` between them.

    `shares`: for each date the share of bootstrap histories in which a break is dated there. `penalty`: in squared
    units of the series. `phi`: persistence about the best three means, read with caution, so rather too high.
    `detectable`: the step in the middle of the history that is found, within 2 dates, four times in five (infinite: no
    step up to 16 sds is).
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
    series: pd.Series, least: int = 3, alpha: float = 0.05, draws: int = 800, seed: int = 20251123
) -> Dating:
    """Date the mean shifts of a series by exact least squares (as `ruptures` finds them), penalty calibrated.

    `least`: shortest stretch. The share of break-free AR(1) histories with a break is `alpha`. A gap inside, a constant
    series or one under 4 * least observations raises HedgingError.
    """
    run = varying(series)
    if least < 2 or len(run) < max(4 * least, 10) or not 0 < alpha < 1:
        raise HedgingError(
            f"{len(run)} observations, stretches of {least}: not testable with these data", where="date_breaks"
        )
    values = run.to_numpy() - run.mean()
    penalty, phi = (float(part[0]) for part in penalties(values[None, :], least, alpha, draws, seed))
    borders = np.array([0, *np.flatnonzero(cut(values[None, :], penalty, least)[0][0]), len(values)])
    means = tuple(float(run.iloc[start:end].mean()) for start, end in pairwise(borders))
    search = partial(breaks, least=least, alpha=alpha, draws=draws, seed=seed)
    shares, phi_rest, sd_rest = _bootstrap(values, borders, search, seed)
    step = _detectable(len(run), phi_rest, search, seed) * sd_rest
    dates = tuple(run.index[end] for end in borders[1:-1])
    return Dating(dates, means, pd.Series(shares, run.index), penalty, phi, step)


def breaks(
    values: np.ndarray, least: int = 3, alpha: float = 0.05, draws: int = 800, seed: int = 20251123
) -> np.ndarray:
    """Return the breaks of many histories at once (series x years, true at the first year of a new mean)."""
    return cut(values, penalties(values, least, alpha, draws, seed)[0], least)[0]


def penalties(values: np.ndarray, least: int, alpha: float, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (penalty in squared units, phi as read) of each history."""
    usual, bars = _table(values.shape[1], least, alpha, draws, seed)
    r, square = about_means(values, best_cut(values, least))
    return read(r, usual, bars) * square, read(r, usual, GRID)


@lru_cache(maxsize=32)
def _table(n: int, least: int, alpha: float, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """For each phi of GRID: the autocorrelation to be read as that phi, and the penalty in mean squares."""
    rng = np.random.default_rng(seed)
    found = []
    for phi in GRID:
        drawn = simulate_ar1(phi, 1.0, n, draws, rng)
        r, square = about_means(drawn, best_cut(drawn, least))
        saved = (drawn.var(axis=1) - square) * n  # by the two breaks of the best three stretches
        found.append((r, alarm_penalty(drawn, least, saved / 2) / square))
    return cautious(found, alpha)


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
    values: np.ndarray, borders: np.ndarray, search: Callable[[np.ndarray], np.ndarray], seed: int
) -> tuple[np.ndarray, float, float]:
    """Share of histories, drawn with the found means and AR(1) rests, with a break at each place; phi, sd of rests."""
    means = np.repeat([values[a:b].mean() for a, b in pairwise(borders)], np.diff(borders))
    phi, noise = ar1(values - means)
    sd = noise / np.sqrt(1 - phi**2)
    drawn = means + simulate_ar1(phi, noise, len(values), BOOTSTRAP, np.random.default_rng(seed + 1))
    return search(drawn).mean(axis=0), phi, float(sd)


def _detectable(n: int, phi: float, search: Callable[[np.ndarray], np.ndarray], seed: int, slack: int = 2) -> float:
    """Step in the middle of the history, in sds of what surrounds its means, that is found four times in five."""
    quiet = simulate_ar1(phi, np.sqrt(1 - phi**2), n, 200, np.random.default_rng(seed + 2))
    middle, after = n // 2, np.arange(n) >= n // 2

    def found(step: float) -> float:
        return search(quiet + step * after)[:, middle - slack : middle + slack + 1].any(axis=1).mean()

    return smallest(found, 0.8)
