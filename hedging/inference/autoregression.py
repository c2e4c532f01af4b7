"""Persistence: what last year leaves in this one, estimated from short histories and drawn anew without any break.

The usual estimate of an AR(1) is too low in short series, and a test that is calibrated by it rejects too often; where
a test is calibrated here, the estimate is corrected for that bias first.
"""

from itertools import pairwise

import numpy as np

LARGEST = 0.95  # a history that seems to have no mean at all is not told from one with this persistence
GRID = np.round(np.linspace(0.0, LARGEST, 20), 2)  # of phi, where a null distribution is tabulated


def ar1(values: np.ndarray) -> tuple[float, float]:
    """Return (phi, sd of the noise) of an AR(1) for one series: `corrected_phi`, and what it leaves of the variance."""
    phi = float(corrected_phi(values)[0])
    spread = float(values.std())
    constant = spread**2 <= 1e-24 * (1 + values.mean() ** 2)
    return phi, 0.0 if constant else spread * float(np.sqrt(1 - phi**2))


def corrected_phi(values: np.ndarray) -> np.ndarray:
    """Return phi of each row, corrected for the bias of short series, in [0, 0.95]; 0 for a constant row.

    r_1 of n observations has expectation near phi - (1 + 4 phi)/n, so phi = (n r_1 + 1)/(n - 4): M. G. Kendall,
    Biometrika 41 (1954), 403-404; F. H. C. Marriott and J. A. Pope, ibid., 390-402.
    `values`: rows series, columns years. Fewer than six years leave nothing to correct: 0.
    """
    rows = np.atleast_2d(values)
    n = rows.shape[1]
    if n < 6:
        return np.zeros(len(rows))
    centred = rows - rows.mean(axis=1, keepdims=True)
    total = (centred**2).sum(axis=1)
    constant = total <= 1e-24 * n * (1 + rows.mean(axis=1) ** 2)
    lagged = (centred[:, 1:] * centred[:, :-1]).sum(axis=1)
    r = lagged / np.where(constant, 1.0, total)
    return np.where(constant, 0.0, np.clip((n * r + 1) / (n - 4), 0.0, LARGEST))


def simulate_ar1(phi: float, noise: float, n: int, series: int, rng: np.random.Generator) -> np.ndarray:
    """Return `series` x `n` draws from a stationary AR(1) with mean 0."""
    years = (rng.standard_normal((series, n)) * noise).T.copy()  # a year of all series side by side in memory
    years[0] /= np.sqrt(1 - phi**2)
    for last, this in pairwise(years):
        this += phi * last
    return years.T.copy()
