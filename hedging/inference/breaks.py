"""The single most likely date of a mean shift, with a false-alarm rate that autocorrelation does not inflate.

Descriptive only (science 5.2(3)): critical values for independent years find "breaks" in most break-free series
(trap T6), so the null here is an AR(1) with the series' own phi.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.autoregression import ar1, simulate_ar1
from hedging.inference.spans import observed


@dataclass(frozen=True)
class Break:
    """`date`: first year or period of the new mean; `before` and `after` the means; `p` of the F under an AR(1)."""

    date: Hashable
    before: float
    after: float
    f: float
    p: float
    phi: float


def best_break(series: pd.Series, least: int = 3, draws: int = 999, seed: int = 20251123) -> Break:
    """Least-squares date of one mean shift, each side at least `least` long (`baiperron1998` with one break).

    p = share of AR(1) series without a break (estimated phi, same length) whose largest F is as large, the observed one
    counted in: in [1/(draws + 1), 1], down = less likely a false alarm. A gap inside the series raises HedgingError.
    """
    run = observed(series)
    values = run.to_numpy()
    if least < 1 or len(values) < max(2 * least, 3):
        raise HedgingError(f"{len(values)} observations for two regimes of at least {least}")
    f = f_by_date(values[None, :], least)[0]
    cut = least + int(f.argmax())
    phi, noise = ar1(values)
    null = f_by_date(simulate_ar1(phi, noise or 1.0, len(values), draws, np.random.default_rng(seed)), least).max(
        axis=1
    )
    p = (1 + int((null >= f.max() * (1 - 1e-12)).sum())) / (draws + 1)
    return Break(
        run.index[cut], float(values[:cut].mean()), float(values[cut:].mean()), float(f.max()), p if noise else 1.0, phi
    )


def f_by_date(values: np.ndarray, least: int) -> np.ndarray:
    """Return the F of a mean shift at every admissible date: rows series, columns dates; 0 for a constant series."""
    n = values.shape[1]
    centred = values - values.mean(axis=1, keepdims=True)
    sizes = np.arange(least, n - least + 1)
    sums = centred.cumsum(axis=1)[:, sizes - 1]
    explained = sums**2 * n / (sizes * (n - sizes))
    total = (centred**2).sum(axis=1, keepdims=True)
    rest = np.maximum(total - explained, 1e-12 * total)
    return np.divide(explained * (n - 2), rest, out=np.zeros_like(explained), where=rest > 0)
