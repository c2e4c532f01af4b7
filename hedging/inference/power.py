"""How large would a shift have to be before this design could see it? (science 5.2(8))

Every kind of test that judges a claim has its statement: contrasts here, levels in `levels`, breaks in `dating`,
comparison states in `comparison`, counts in `counts`.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from hedging.inference.autoregression import ar1, simulate_ar1
from hedging.inference.placebo import rejecting
from hedging.inference.spans import Window, contrast_weights, observed

SERIES = 1000  # simulated series
FURTHEST = 16.0  # sds: a shift beyond that is no finding of statistics


def smallest_detectable(
    series: pd.Series,
    window: Window,
    against: Window | None = None,
    alpha: float = 0.05,
    power: float = 0.8,
    seed: int = 20251123,
) -> float:
    """Smallest shift of the window, in the unit of the series, that `shift_test` finds with the given power.

    Series of the same length are drawn from an AR(1) with the estimated phi and noise; a shift of the window is added
    and the test run at `alpha`, one-sided. Infinite when no shift could reach alpha (1/n > alpha) or none up to 16 sds
    does, 0 for a constant series.
    """
    run = observed(series)
    n = len(run)
    if np.floor(alpha * n + 1e-9) < 1:
        return float("inf")
    phi, noise = ar1(run.to_numpy())
    if noise == 0:
        return 0.0
    weights = contrast_weights(run, window, against)
    return step_found(weights, phi, alpha, power, seed) * noise / float(np.sqrt(1 - phi**2))


def step_found(weights: np.ndarray, phi: float, alpha: float = 0.05, power: float = 0.8, seed: int = 20251123) -> float:
    """Smallest shift of the window, in sds of an AR(1) with this phi, that the shift test finds with the given power.

    `weights` as from `contrast_weights`: positive in the window. Infinite if no shift up to 16 sds is found.
    """
    quiet = simulate_ar1(phi, np.sqrt(1 - phi**2), len(weights), SERIES, np.random.default_rng(seed))
    at = rejecting(quiet, weights, alpha, seed)
    return smallest(lambda size: float(at(size).mean()), power)


def smallest(found: Callable[[float], float], power: float, furthest: float = FURTHEST) -> float:
    """Return by bisection the smallest size in [0, furthest] at which `found` reaches `power`; infinite if none does.

    `found` maps a size to the share of draws in which the test announces it, and must not fall with the size.
    """
    if found(furthest) < power:
        return float("inf")
    if found(0.0) >= power:
        return 0.0
    low, high = 0.0, furthest
    while high - low > 0.005 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if found(middle) >= power else (middle, high)
    return high
