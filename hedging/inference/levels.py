"""An interval for the level of a window: how far could its mean or median be luck, in a history this persistent?

Resampling the few years of a window takes them for nearly independent and makes its interval far too short: a one-sided
5% becomes 13% to 36% for six years (`hedging.inference.simulation` counts it). Here persistence and spread come from
the whole history, with the window and what lies before and after it each about its own mean, and the interval is that
of an AR(1) treated in just the same way. An AR(1) has one hump, and a balance that is either high or low has two: so
where resampling gives the wider interval, that one counts.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.autoregression import GRID, simulate_ar1
from hedging.inference.bootstrap import STATISTICS, block_interval
from hedging.inference.calibrate import cautious, read
from hedging.inference.segments import rests
from hedging.inference.spans import Window, inside, months, ordinals

LEAST = 12  # observations in all: with fewer, persistence cannot be told at all
DRAWS = 1000


@dataclass(frozen=True)
class Level:
    """A window's `estimate` with its interval, in the unit of the series; `n` observed values in the window.

    `phi`: persistence of the history about its stretches' means. `detectable`: the distance of the true level from a
    threshold at which the interval leaves the threshold on the right side four times in five.
    """

    estimate: float
    low: float
    high: float
    n: int
    phi: float
    detectable: float


def level_interval(
    series: pd.Series, window: Window, statistic: str = "median", level: float = 0.9, seed: int = 20251123
) -> Level:
    """Return the interval for the level of `window`: the wider of the calibrated one and a block bootstrap's.

    The first is calibrated by an AR(1) with the history's own persistence.

    `series`: over years or months; missing values are left out where they are, never filled. Under 12 observed values
    in all, a window without any, or a history that does not vary raises HedgingError. Same series, same interval.
    """
    if statistic not in STATISTICS or not 0 < level < 1:
        raise HedgingError(f"statistic={statistic!r}, level={level}", remedy='statistic is "mean" or "median"')
    values, stretch = _calendar(series, window)
    known = ~np.isnan(values)
    count = int((known & (stretch == 1)).sum())
    if known.sum() < LEAST or not count:
        what = f"{int(known.sum())} observations, {count} in the window"
        raise HedgingError(
            f"no interval from {what}", where="level_interval", remedy=f"{LEAST} in all, 1 in the window"
        )
    r, spread = within(values[None, :], stretch)
    if spread[0] <= 1e-12 * (1 + np.nanmax(np.abs(values))):
        raise HedgingError("a history without variation has no interval", where="level_interval")
    table = reference(tuple(stretch.tolist()), tuple(known.tolist()), statistic, level, seed)
    phi, reach, power = (float(read(r, table[0], column)[0]) for column in (GRID, *table[1:]))
    estimate = float(STATISTICS[statistic](values[known & (stretch == 1)]))
    half = reach * float(spread[0])
    drawn = block_interval(pd.Series(values[stretch == 1]), statistic, level, seed=seed)
    low, high = min(estimate - half, drawn.low), max(estimate + half, drawn.high)
    return Level(estimate, low, high, count, phi, power * float(spread[0]))


def within(values: np.ndarray, stretch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (lag-1 autocorrelation, sd) of each row about the means of its stretches, missing values left out."""
    known = np.flatnonzero(~np.isnan(values[0]))
    seen, part = values[:, known], stretch[known]
    same = np.diff(part) == 0
    rest = rests(seen, np.broadcast_to(np.append(False, ~same), seen.shape))
    squares = np.einsum("st,st->s", rest, rest)
    near = same & (np.diff(known) == 1)  # two dates of one stretch, and no gap between them
    lagged = np.einsum("st,st,t->s", rest[:, 1:], rest[:, :-1], near.astype(float)) / max(1, near.sum())
    mean_square = squares / len(known)
    r = np.divide(lagged, mean_square, out=np.zeros(len(values)), where=mean_square > 0)
    return r, np.sqrt(squares / max(1, len(known) - len(np.unique(part))))


@lru_cache(maxsize=64)
def reference(
    stretch: tuple[int, ...], known: tuple[bool, ...], statistic: str, level: float, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each phi of GRID: the usual autocorrelation found, half the interval, and the detectable distance.

    The last two in sds about the stretches' means. The first is made to rise with phi, so that it can be read
    backwards: that is the correction for the bias of short histories.
    """
    stretches, seen, rng = np.array(stretch), np.array(known), np.random.default_rng(seed)
    target, found = seen & (stretches == 1), []
    for phi in GRID:
        drawn = simulate_ar1(phi, 1.0, len(stretches), DRAWS, rng)
        centre = STATISTICS[statistic](drawn[:, target], axis=1)
        drawn[:, ~seen] = np.nan
        found.append((*within(drawn, stretches), centre))
    usual, reach = cautious([(r, np.abs(centre / spread)) for r, spread, centre in found], 1 - level)
    # in each draw the interval is as wide as that draw's own persistence makes it
    need = [np.quantile(read(r, usual, reach) * spread - centre, 0.8) / spread.mean() for r, spread, centre in found]
    return usual, reach, np.array(need)


def _calendar(series: pd.Series, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Return the values over an unbroken calendar, NaN where not observed, and 0, 1, 2 for before, inside, after."""
    if not isinstance(series, pd.Series) or series.index.has_duplicates:
        raise HedgingError("a series with one value a date is needed", where="level_interval")
    months(series)
    run = series.astype(float).dropna().sort_index()
    target = inside(run, window)
    if not target.any():
        raise HedgingError("no observation in the window", where=f"{window[0]} to {window[1]}")
    places = ordinals(run) - ordinals(run)[0]
    values = np.full(places[-1] + 1, np.nan)
    values[places] = run.to_numpy()
    stretch = np.zeros(len(values), int)
    first, last = places[target][0], places[target][-1]
    stretch[first : last + 1], stretch[last + 1 :] = 1, 2
    return values, stretch
