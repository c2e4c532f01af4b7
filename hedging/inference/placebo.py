"""Placebo eras: is a window as special as the same window laid over every other stretch of the same history?

Tests that take years as independent reject break-free series far too often (47% at phi = .5, 72% at phi = .7, science
5.1, trap T6). Circular shifts keep the autocorrelation whole and hold their level.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.spans import Window, contrast_weights, observed

DIRECTIONS = ("higher", "lower")


@dataclass(frozen=True)
class ShiftTest:
    """Result of a circular-shift test; `contrast` and `shifted` are in the unit of the series.

    `p`: share of all `n_shifts` shifts whose contrast is at least as far in the tested direction; the true eras are one
    of them, so it is never under `smallest_p` = 1/n. `shifted[0]` is the contrast itself.
    """

    contrast: float
    p: float
    n_shifts: int
    smallest_p: float
    shifted: np.ndarray


def shift_test(
    series: pd.Series,
    window: Window,
    against: Window | None = None,
    direction: str = "higher",
    detrend: bool = False,
) -> ShiftTest:
    """Test mean(window) - mean(against, or all the rest) against all circular shifts of the series, science 5.2(2).

    `series`: yearly (integer index) or periodic, missing only at its ends (a gap inside raises HedgingError).
    `direction`: "higher" or "lower", the sign that the claim predicts. `detrend` takes a straight line out first: a
    trend makes a jump at the wrap-around. p in [1/n, 1], down = more special.
    """
    if direction not in DIRECTIONS:
        raise HedgingError(f"direction={direction!r}", remedy='direction is "higher" or "lower"')
    run = observed(series)
    values = without_trend(run.to_numpy()) if detrend else run.to_numpy()
    shifted = circulant(contrast_weights(run, window, against)) @ values
    n = len(values)
    tolerance = 1e-9 * float(run.abs().max())  # shifts that differ by rounding only are ties
    signed = shifted if direction == "higher" else -shifted
    reached = int((signed >= signed[0] - tolerance).sum())
    return ShiftTest(float(shifted[0]), reached / n, n, 1 / n, shifted)


def circulant(weights: np.ndarray) -> np.ndarray:
    """Return the n x n matrix whose row k holds the weights shifted by k places around the circle."""
    n = len(weights)
    return weights[(np.arange(n)[None, :] - np.arange(n)[:, None]) % n]


def without_trend(values: np.ndarray) -> np.ndarray:
    """Return the values minus their least-squares line over time."""
    time = np.arange(len(values)) - (len(values) - 1) / 2
    if len(values) < 2:
        return values - values.mean()
    return values - values.mean() - time * (time @ values) / (time @ time)
