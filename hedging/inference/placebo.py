"""Placebo eras: is a window as special as the same window laid over every other stretch of the same history?

Tests that take years as independent reject break-free series far too often (47% at phi = .5, 72% at phi = .7, science
5.1, trap T6). Circular shifts keep the autocorrelation whole. They have one weakness: where the circle is closed there
is a jump, and a window at the end of a very persistent history profits from it (10% to 17% false alarms at phi = .85 to
.95, `hedging.inference.simulation`). So a contrast is also held against break-free AR(1) histories with the persistence
of the series, and the larger of the two p counts.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.autoregression import GRID, corrected_phi, simulate_ar1
from hedging.inference.spans import Window, contrast_weights, varying

DIRECTIONS = ("higher", "lower")
DRAWS = 999  # break-free histories


@dataclass(frozen=True)
class ShiftTest:
    """Result of a circular-shift test; `contrast` and `shifted` are in the unit of the series.

    `shift_p`: share of all `n_shifts` shifts whose contrast is at least as far in the tested direction; the true eras
    are one of them, so it is never under `smallest_p` = 1/n. `model_p`: share of break-free AR(1) histories with the
    same persistence `phi` whose contrast is as far, in sds of its own shifts. `p` is the larger of the two.
    `shifted[0]` is the contrast itself.
    """

    contrast: float
    p: float
    n_shifts: int
    smallest_p: float
    shifted: np.ndarray
    shift_p: float
    model_p: float
    phi: float


def shift_test(
    series: pd.Series,
    window: Window,
    against: Window | None = None,
    direction: str = "higher",
    detrend: bool = False,
    seed: int = 20251123,
) -> ShiftTest:
    """Test mean(window) - mean(against, or all the rest) against all circular shifts of the series, science 5.2(2).

    `series`: yearly (integer index) or periodic, missing only at its ends (a gap inside or a constant raises
    HedgingError). `direction`: "higher" or "lower", the sign that the claim predicts. `detrend` takes a straight line
    out first, as a fork: a trend makes a jump at the wrap-around. p in [1/n, 1], down = more special.
    """
    if direction not in DIRECTIONS:
        raise HedgingError(f"direction={direction!r}", remedy='direction is "higher" or "lower"')
    run = varying(series)
    values = without_trend(run.to_numpy()) if detrend else run.to_numpy()
    shifts = circulant(contrast_weights(run, window, against))
    shifted = shifts @ values
    n, sign = len(values), 1 if direction == "higher" else -1
    tolerance = 1e-9 * float(run.abs().max())  # shifts that differ by rounding only are ties
    shift_p = int((sign * shifted >= sign * shifted[0] - tolerance).sum()) / n
    phi = float(corrected_phi(run.to_numpy())[0])
    null = break_free(phi, shifts, detrend, DRAWS, seed)
    model_p = (1 + int((null >= sign * standing_out(shifted[None, :])[0] - 1e-12).sum())) / (1 + DRAWS)
    return ShiftTest(float(shifted[0]), max(shift_p, model_p), n, 1 / n, shifted, shift_p, model_p, phi)


def standing_out(shifted: np.ndarray) -> np.ndarray:
    """Return each row's first contrast in sds of all its shifted contrasts; 0 where they do not differ."""
    spread = shifted.std(axis=1)
    flat = spread <= 1e-12 * np.abs(shifted).max(axis=1)
    return np.divide(shifted[:, 0], spread, out=np.zeros(len(shifted)), where=~flat)


def break_free(phi: float, shifts: np.ndarray, detrend: bool, draws: int, seed: int) -> np.ndarray:
    """Return how far the real contrast stands out in each of `draws` AR(1) histories without any era."""
    drawn = simulate_ar1(phi, 1.0, len(shifts), draws, np.random.default_rng(seed))
    return standing_out((without_trend(drawn) if detrend else drawn) @ shifts.T)


@lru_cache(maxsize=64)
def critical(weights: tuple[float, ...], alpha: float, detrend: bool, seed: int) -> np.ndarray:
    """Return, for each phi of `autoregression.GRID`, how far a contrast must stand out for model_p <= alpha."""
    shifts = circulant(np.array(weights))
    return np.array([np.quantile(break_free(phi, shifts, detrend, DRAWS, seed), 1 - alpha) for phi in GRID])


def rejected(values: np.ndarray, weights: np.ndarray, alpha: float, seed: int, detrend: bool = False) -> np.ndarray:
    """Say for many histories at once (series x years) where `shift_test` gives p <= alpha, direction "higher"."""
    shifted = (without_trend(values) if detrend else values) @ circulant(weights).T
    tolerance = 1e-9 * np.abs(values).max(axis=1, keepdims=True)
    by_shift = (shifted >= shifted[:, :1] - tolerance).mean(axis=1) <= alpha + 1e-12
    bars = np.interp(corrected_phi(values), GRID, critical(tuple(weights.tolist()), alpha, detrend, seed))
    return by_shift & (standing_out(shifted) >= bars)


def circulant(weights: np.ndarray) -> np.ndarray:
    """Return the n x n matrix whose row k holds the weights shifted by k places around the circle."""
    n = len(weights)
    return weights[(np.arange(n)[None, :] - np.arange(n)[:, None]) % n]


def without_trend(values: np.ndarray) -> np.ndarray:
    """Return the values minus their least-squares line over time; the last axis is time, other axes are series."""
    n = values.shape[-1]
    centred = values - values.mean(axis=-1, keepdims=True)
    if n < 2:
        return centred
    time = np.arange(n) - (n - 1) / 2
    return centred - (centred @ time)[..., None] * time / (time @ time)
