"""An interval for the mean or median of a short, autocorrelated series."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError

STATISTICS = {"mean": np.mean, "median": np.median}


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval, in the unit of the series; `n` observed values, blocks of `block`."""

    estimate: float
    low: float
    high: float
    n: int
    block: int


def block_interval(
    series: pd.Series,
    statistic: str = "mean",
    level: float = 0.9,
    block: int | None = None,
    draws: int = 4000,
    seed: int = 20251123,
) -> Interval:
    """Percentile interval by the circular block bootstrap, seed fixed: same series, same interval.

    Missing values are left out, never filled. `block` defaults to n^(1/3) rounded up, so that neighbouring years stay
    together. Too narrow for a handful of points, as every bootstrap is: claims name their least number of years.
    """
    if statistic not in STATISTICS:
        raise HedgingError(f"statistic={statistic!r}", remedy='statistic is "mean" or "median"')
    values = series.astype(float).dropna().to_numpy()
    n = len(values)
    if n == 0:
        raise HedgingError("no observed value for an interval")
    length = min(n, block or int(np.ceil(n ** (1 / 3) - 1e-9)))
    starts = np.random.default_rng(seed).integers(0, n, size=(draws, -(-n // length)))
    picks = (starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :n] % n
    drawn = STATISTICS[statistic](values[picks], axis=1)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(STATISTICS[statistic](values)), float(low), float(high), n, length)
