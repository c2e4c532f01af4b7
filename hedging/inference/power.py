"""How large would a shift have to be before this design could see it? (science 5.2(8))"""

import numpy as np
import pandas as pd

from hedging.inference.autoregression import ar1, simulate_ar1
from hedging.inference.placebo import circulant
from hedging.inference.spans import Window, contrast_weights, inside, observed

SERIES = 1000  # simulated series


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
    and the test run at `alpha`, one-sided. Infinite when no shift could reach alpha (1/n > alpha), 0 for a constant
    series. No grid is needed: contrasts are linear in the shift, so each draw has an exact threshold.
    """
    run = observed(series)
    n = len(run)
    allowed = int(np.floor(alpha * n + 1e-9))  # shifts that may reach the contrast, itself included
    if allowed < 1:
        return float("inf")
    phi, noise = ar1(run.to_numpy())
    shifts = circulant(contrast_weights(run, window, against))
    null = simulate_ar1(phi, noise, n, SERIES, np.random.default_rng(seed)) @ shifts.T
    gain = shifts @ inside(run, window).astype(float)  # what one unit of shift adds to each shifted contrast
    lead = gain[0] - gain[1:]
    excess = null[:, 1:] - null[:, [0]]
    with np.errstate(divide="ignore", invalid="ignore"):
        # a shift that gains as much as the truth can never be left behind
        thresholds = np.where(lead > 1e-12, excess / lead, np.where(excess >= 0, np.inf, -np.inf))
    needed = np.sort(thresholds, axis=1)[:, ::-1]
    per_series = needed[:, allowed - 1] if allowed <= n - 1 else np.zeros(SERIES)
    return float(max(np.quantile(per_series, power, method="higher"), 0.0))
