"""Tests that this book does not use, so that it can be counted how often they find eras in histories without any.

Each takes series x years. They are correct for independent years; years are not independent.
"""

import numpy as np

from hedging.inference.eras import LEFT_OUT
from hedging.inference.segments import cut


def pelt_bic(values: np.ndarray, noise: str, least: int = 3) -> np.ndarray:
    """Say where least squares with the penalty 2 * s2 * ln n makes at least one break (PELT with BIC).

    `noise`: s2 from "differences" (half the variance of the first differences) or "total" variance.
    """
    n = values.shape[1]
    s2 = np.diff(values, axis=1).var(axis=1) / 2 if noise == "differences" else values.var(axis=1)
    return cut(values, 2 * s2 * np.log(n), least)[0].any(axis=1)


def era_p(values: np.ndarray, numbers: np.ndarray, lags: int = 0) -> np.ndarray:
    """Return the p of the F test of equal means over the eras, by history; `lags` > 0 takes Newey-West errors.

    `numbers` as from `eras.labels`: dates in no era have a mean of their own, which is not part of the test.
    """
    from scipy.special import fdtrc  # scipy.stats takes longer to import than most chapters to run

    groups = np.unique(numbers)
    dummies = (numbers[:, None] == groups).astype(float)
    sizes = dummies.sum(axis=0)
    means = values @ dummies / sizes
    rest = values - means @ dummies.T
    covariance = _covariance(rest, dummies, lags) / np.outer(sizes, sizes)
    kept = np.flatnonzero(groups != LEFT_OUT)
    contrast = np.zeros((len(kept) - 1, len(groups)))
    contrast[:, kept[0]], contrast[np.arange(len(kept) - 1), kept[1:]] = -1, 1
    steps, spread = means @ contrast.T, contrast @ covariance @ contrast.T
    wald = (steps * np.linalg.solve(spread, steps[:, :, None])[:, :, 0]).sum(axis=1) / len(contrast)
    return fdtrc(len(contrast), len(numbers) - len(groups), wald)


def _covariance(rest: np.ndarray, dummies: np.ndarray, lags: int) -> np.ndarray:
    """Sum of the scores' covariances: of independent years with one variance, or Bartlett-weighted over `lags`."""
    if not lags:
        n, k = dummies.shape
        return ((rest**2).sum(axis=1) / (n - k))[:, None, None] * np.diag(dummies.sum(axis=0))
    scores = rest[:, :, None] * dummies
    total = scores.transpose(0, 2, 1) @ scores
    for lag in range(1, lags + 1):
        part = scores[:, lag:].transpose(0, 2, 1) @ scores[:, :-lag]
        total += (1 - lag / (lags + 1)) * (part + part.transpose(0, 2, 1))
    return total


def block_bootstrap(values: np.ndarray, draws: int = 400, seed: int = 20251123) -> np.ndarray:
    """Say where the 90% circular-block-bootstrap interval of the median lies above the true level, 0."""
    n = values.shape[1]
    length = min(n, int(np.ceil(n ** (1 / 3) - 1e-9)))
    starts = np.random.default_rng(seed).integers(0, n, size=(draws, -(-n // length)))
    picks = (starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :n] % n
    ordered = np.sort(values[:, picks], axis=2)  # which for so few years takes less time than to select the middle
    medians = (ordered[:, :, (n - 1) // 2] + ordered[:, :, n // 2]) / 2
    return np.quantile(medians, 0.05, axis=1) > 0
