"""A second opinion on an era: its shift under a persistent history, with the published error if known.

The model is y_t = level + shift * [t in the window] + u_t + e_t, where u is an AR(1) of unknown persistence and size
and e has the given sd. A stretch that is neither window nor comparison has a shift of its own. Priors (science 5.2(4)):
persistence uniform on [0, 0.95]; the sd of u log-uniform from a fifth to three times that of the series; shifts normal
round 0. Given persistence and sd all is linear and normal, so the posterior is summed over a grid: no sampling, no
seed.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.spans import Window, contrast_weights, observed

PHI = np.linspace(0.0, 0.95, 20)
SPREAD = np.geomspace(0.2, 3.0, 16)  # sd of u in units of the sd of the series
VAGUE = 10.0  # prior sd of the level, in the same unit


@dataclass(frozen=True)
class LevelShift:
    """Posterior of the shift, in the unit of the series: `mean`, 90% interval `low` to `high`, `above` = P(shift > 0).

    `phi`: posterior mean of the persistence. `prior`: sd of the shift's prior, in sds of the series.
    """

    mean: float
    low: float
    high: float
    above: float
    phi: float
    prior: float


def level_shift(
    series: pd.Series,
    window: Window,
    against: Window | None = None,
    error: pd.Series | float = 0.0,
    prior: float = 1.0,
) -> LevelShift:
    """Return the posterior of mean(window) - mean(against, or the rest) under persistence and measurement error.

    `error`: sd of the measurement, a number or a Series over the same dates (a missing or negative one raises
    HedgingError); `prior`: sd of the shift before looking, in sds of the series: report more than one. A gap inside the
    series, a constant series or one under six observations raises HedgingError.
    """
    run = observed(series)
    scale = float(run.std(ddof=0))
    if len(run) < 6 or scale <= 1e-12 * (1 + float(run.abs().max())) or prior <= 0:
        what = f"{len(run)} observations with sd {scale:g}, prior {prior:g}: not testable with these data"
        raise HedgingError(what, where="level_shift", remedy="six values that vary, and a prior above 0")
    sds = _errors(error, run) / scale
    standard = (run.to_numpy() - run.mean()) / scale
    weights = contrast_weights(run, window, against)
    drawn = posterior(standard[None, :], weights, sds, prior)
    low, high = (_quantile(drawn, q) * scale for q in (0.05, 0.95))
    mean = float((drawn.weight[0] * drawn.mean[0]).sum()) * scale
    return LevelShift(mean, low, high, float(above(drawn)[0]), float((drawn.weight[0] * drawn.phi).sum()), prior)


@dataclass(frozen=True)
class Mixture:
    """The posterior of the shift as a mixture of normals: rows series, columns grid points; `weight` sums to 1."""

    weight: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    phi: np.ndarray


def posterior(values: np.ndarray, weights: np.ndarray, error: np.ndarray, prior: float) -> Mixture:
    """Return the posterior of the shift for each row of `values` (mean 0, sd 1; series x years).

    `weights` as from `contrast_weights`: positive in the window, negative in the comparison, 0 elsewhere.
    """
    design = _design(weights)
    before = np.diag([VAGUE**-2.0] + [prior**-2.0] * (design.shape[1] - 1))
    made = _with_error(values.T, design, error) if error.any() else _without_error(values.T, design)
    gram, score, square, root = made
    precision = gram + before
    coefficients = np.linalg.solve(precision, score)
    log = 0.5 * ((score * coefficients).sum(axis=1) - square)
    log -= (root + 0.5 * np.linalg.slogdet(precision)[1])[:, None]
    weight = np.exp(log - log.max(axis=0))
    sd = np.broadcast_to(np.sqrt(np.linalg.inv(precision)[:, 1, 1]), (len(values), len(root)))
    return Mixture((weight / weight.sum(axis=0)).T, coefficients[:, 1].T, sd, np.repeat(PHI, len(SPREAD)))


def above(found: Mixture) -> np.ndarray:
    """Return P(shift > 0) of each series."""
    return (found.weight * _normal(found.mean / found.sd)).sum(axis=1)


# Of a covariance V with the root L: x'V^-1 x and x'V^-1 y of design x and series y, y'V^-1 y, and ln|L|, at each point.
Products = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _without_error(series: np.ndarray, design: np.ndarray) -> Products:
    """Return the products where the AR(1) is all the noise: its root takes from each year what the last one leaves."""
    found, years, scale = [], len(series), SPREAD[:, None, None] ** 2
    for phi in PHI:
        rest = np.sqrt(1 - phi**2)
        x, y = (np.concatenate([one[:1], (one[1:] - phi * one[:-1]) / rest]) for one in (design, series))
        root = years * np.log(SPREAD) + (years - 1) * np.log(rest)
        found.append((x.T @ x / scale, x.T @ y / scale, (y**2).sum(axis=0) / scale[:, 0], root))
    return tuple(map(np.concatenate, zip(*found, strict=True)))


def _with_error(series: np.ndarray, design: np.ndarray, error: np.ndarray) -> Products:
    """Return the products where each year has an error of its own beside the AR(1)."""
    years = np.arange(len(series))
    lags = np.abs(np.subtract.outer(years, years))
    found = []
    for phi, spread in product(PHI, SPREAD):
        root = np.linalg.cholesky(spread**2 * phi**lags + np.diag(error**2))
        x, y = np.linalg.solve(root, design), np.linalg.solve(root, series)
        found.append((x.T @ x, x.T @ y, (y**2).sum(axis=0), np.log(np.diag(root)).sum()))
    return tuple(map(np.stack, zip(*found, strict=True)))


def _design(weights: np.ndarray) -> np.ndarray:
    columns = [np.ones(len(weights)), weights > 0]
    if (weights == 0).any():
        columns.append(weights == 0)
    return np.column_stack(columns).astype(float)


def _errors(error: pd.Series | float, run: pd.Series) -> np.ndarray:
    sds = error.reindex(run.index) if isinstance(error, pd.Series) else pd.Series(float(error), run.index)
    if not (sds >= 0).all() or np.isinf(sds).any():
        raise HedgingError(
            "an error of measurement is missing or negative", where="level_shift", remedy="one sd a date"
        )
    return sds.to_numpy(float)


def _normal(z: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr  # scipy takes longer to import than most chapters to run

    return ndtr(z)


def _quantile(found: Mixture, share: float) -> float:
    """Quantile of the mixture of one series by bisection."""
    low, high = float((found.mean - 9 * found.sd).min()), float((found.mean + 9 * found.sd).max())
    for _ in range(60):
        middle = (low + high) / 2
        below = float((found.weight[0] * _normal((middle - found.mean[0]) / found.sd[0])).sum())
        low, high = (middle, high) if below < share else (low, middle)
    return middle
