"""Placebo eras: is a window as special as the same window laid over every other stretch of the same history?

Tests that take years as independent reject break-free series far too often (47% at phi = .5, 72% at phi = .7, science
5.1, trap T6). Circular shifts keep the autocorrelation whole. They have one weakness: where the circle is closed there
is a jump, and a window at the end of a very persistent history profits from it (10% to 17% false alarms at phi = .85 to
.95, `hedging.inference.simulation`). So a contrast is also held against break-free AR(1) histories with the persistence
of the series, and the larger of the two p counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.autoregression import GRID, simulate_ar1
from hedging.inference.calibrate import cautious, read
from hedging.inference.segments import about_means
from hedging.inference.spans import Window, contrast_weights, varying

DIRECTIONS = ("higher", "lower")
DRAWS = 999  # break-free histories
ALPHA = 0.05  # the level at which persistence is read with enough caution


@dataclass(frozen=True)
class ShiftTest:
    """Result of a circular-shift test; `contrast` and `shifted` are in the unit of the series.

    `shift_p`: share of all `n_shifts` shifts whose contrast is at least as far in the tested direction; the true eras
    are one of them, so it is never under `smallest_p` = 1/n. `model_p`: share of break-free AR(1) histories with the
    persistence `phi` whose contrast is as far, in sds; both are read about the means of the stretches compared, where
    a real shift does not pass for persistence. `p` is the larger of the two.
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
    weights = contrast_weights(run, window, against)
    shifted = circulant(weights) @ values
    n, sign = len(values), 1 if direction == "higher" else -1
    tolerance = 1e-9 * float(run.abs().max())  # shifts that differ by rounding only are ties
    shift_p = int((sign * shifted >= sign * shifted[0] - tolerance).sum()) / n
    null = break_free(tuple(weights.tolist()), detrend, seed)
    r, size = in_spreads(values[None, :], weights)
    reached = (1 + (null.sizes >= sign * size[0] - 1e-12).sum(axis=1)) / (1 + DRAWS)
    model_p, phi = (float(read(r, null.usual, column)[0]) for column in (reached, GRID))
    return ShiftTest(float(shifted[0]), max(shift_p, model_p), n, 1 / n, shifted, shift_p, model_p, phi)


def in_spreads(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (lag-1 autocorrelation, contrast in sds) of each row, both about the means of the contrast's stretches.

    A shift between the stretches is no persistence, and must not pass for it. A row without any spread has size 0 if
    its contrast is 0, else an endless one.
    """
    r, square = _about_stretches(values, weights)
    return r, _in_sds(values @ weights, square, np.abs(values).max(axis=1))


def _about_stretches(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return `about_means` of the stretches in which the contrast's weights have one sign."""
    borders = np.append(False, np.diff(np.sign(weights)) != 0)
    return about_means(values, np.broadcast_to(borders, values.shape))


def _in_sds(contrast: np.ndarray, square: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """Return contrasts by the roots of the mean squares; `largest` value of each row tells rounding from spread."""
    spread = np.sqrt(square)
    flat = spread <= 1e-12 * largest
    endless = np.where(np.abs(contrast) > 1e-9 * largest, np.copysign(np.inf, contrast), 0.0)
    return np.where(flat, endless, contrast / np.where(flat, 1.0, spread))


@dataclass(frozen=True)
class Null:
    """What break-free histories show, by phi of GRID: `usual` autocorrelation; `sizes` of the contrast, phi x draws."""

    usual: np.ndarray
    sizes: np.ndarray


@lru_cache(maxsize=128)
def break_free(weights: tuple[float, ...], detrend: bool, seed: int) -> Null:
    """Return what a contrast shows in AR(1) histories without any era, read as `in_spreads` reads the series."""
    contrast = np.array(weights)
    drawn = _histories(len(contrast), seed)
    found = [in_spreads(without_trend(one) if detrend else one, contrast) for one in drawn]
    return Null(cautious(found, ALPHA)[0], np.array([size for _, size in found]))


@lru_cache(maxsize=2)  # contrasts of one history follow one another, and 20 x 999 histories of 75 years take 12 MB
def _histories(years: int, seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [simulate_ar1(phi, 1.0, years, DRAWS, rng) for phi in GRID]


def rejected(values: np.ndarray, weights: np.ndarray, alpha: float, seed: int) -> np.ndarray:
    """Say for many histories at once (series x years) where `shift_test` gives p <= alpha, direction "higher"."""
    return rejecting(values, weights, alpha, seed)(0.0)


def rejecting(values: np.ndarray, weights: np.ndarray, alpha: float, seed: int) -> Callable[[float], np.ndarray]:
    """Return the function that says where `rejected` holds once a shift, in the unit of the values, lifts the window.

    The shift moves every contrast by so much for each unit, and nothing about the means of the stretches compared: what
    is left about them, and so how far a contrast must go, is found once for all shifts.
    """
    places, era = circulant(weights), (weights > 0).astype(float)
    # of each shifted place less the true one; the place of the window itself gains most by a shift of the window
    ahead, gain = (part @ (places - places[0]).T for part in (values, era))
    largest = np.abs(values).max(axis=1, keepdims=True)
    null = break_free(tuple(weights.tolist()), False, seed)
    r, square = _about_stretches(values, weights)
    bar = read(r, null.usual, np.quantile(null.sizes, 1 - alpha, axis=1))

    def at(shift: float) -> np.ndarray:
        reached = ahead >= -1e-9 * (largest + shift) - shift * gain
        size = _in_sds(values @ weights + shift, square, largest[:, 0] + shift)
        return (reached.mean(axis=1) <= alpha + 1e-12) & (size >= bar)

    return at


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
