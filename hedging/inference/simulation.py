"""How often does each procedure find an era where there is none? Counted on AR(1) histories without any break.

A test at 5% may be wrong once in twenty. Every procedure here, the usual ones and those that judge this book's claims,
is given the same break-free histories, and the share in which it announces something is its false-positive rate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.inference import bayes, dating, levels, naive, partitions
from hedging.inference.autoregression import simulate_ar1
from hedging.inference.calibrate import read
from hedging.inference.eras import LEFT_OUT, labels, r2_by_shift
from hedging.inference.placebo import circulant, rejected, without_trend

ALPHA = 0.05
PHIS = (0.0, 0.3, 0.5, 0.7, 0.85)
LAST = 2024
LENGTHS = {75: 1950, 34: 1991}  # years: the first of them
ERAS = {
    "tiling": ((1950, 1990), (1991, 2002), (2003, 2009), (2010, 2019), (2020, LAST)),
    "own stretch": ((1950, 1990), (1991, 2002), (2003, 2009), (2010, 2017), (2018, 2019), (2020, LAST)),
    "left out": ((1950, 1990), (1991, 2002), (2003, 2009), (2018, 2019), (2020, LAST)),
}
LEVEL = (2003, 2008)  # the window of the level test
PARTITIONS = 999


@dataclass(frozen=True)
class Design:
    """What a procedure is told beside the histories: era of each year, its last era against the rest, level window."""

    numbers: np.ndarray
    contrast: np.ndarray
    stretch: np.ndarray


Procedure = Callable[[np.ndarray, Design], np.ndarray]


def false_positives(
    series: int = 300,
    lengths: Sequence[int] = (75, 34),
    phis: Sequence[float] = PHIS,
    eras: str = "left out",
    procedures: Sequence[str] | None = None,
    seed: int = 20251123,
) -> pd.DataFrame:
    """Return one row a procedure, length and phi: rate in [0, 1] and its Monte Carlo error (one standard error).

    Columns procedure, used (true: judges claims of this book), length, phi, rate, error. `eras`: "tiling" (science
    5.1), "own stretch" or "left out" (2010-17, as the chapters do). Same arguments, same histories. Unknown names and
    fewer than 20 series raise HedgingError.
    """
    names = list(PROCEDURES) if procedures is None else list(procedures)
    for kind, given, known in (("procedure", names, PROCEDURES), ("length", lengths, LENGTHS), ("eras", [eras], ERAS)):
        for one in given:
            if one not in known:
                raise unknown(kind, str(one), map(str, known), where="false_positives")
    if series < 20 or not all(0 <= phi <= 0.95 for phi in phis):
        raise HedgingError(f"{series} series, phi {list(phis)}", where="false_positives", remedy="20 or more; 0 to .95")
    rows = []
    for length in lengths:
        plan = design(length, eras)
        for phi in phis:
            rng = np.random.default_rng([seed, length, round(100 * phi)])
            histories = simulate_ar1(phi, 1.0, length, series, rng)
            for name in names:
                rate = float(PROCEDURES[name](histories, plan).mean())
                error = float(np.sqrt(rate * (1 - rate) / series))
                rows.append((name, name in USED, length, float(phi), rate, error))
    return pd.DataFrame(rows, columns=["procedure", "used", "length", "phi", "rate", "error"])


def design(length: int, eras: str) -> Design:
    """Return the design for a history of 75 or 34 years that ends in 2024."""
    years = pd.RangeIndex(LENGTHS[length], LAST + 1)
    run = pd.Series(0.0, pd.Index(years))
    numbers = labels(run, [era for era in ERAS[eras] if era[1] >= years[0]])
    last = numbers == numbers.max()
    rest = ~last & (numbers != LEFT_OUT)
    stretch = np.select([years < LEVEL[0], years <= LEVEL[1]], [0, 1], 2)
    return Design(numbers, last / last.sum() - rest / rest.sum(), stretch)


def _r2_shift(histories: np.ndarray, plan: Design, detrend: bool) -> np.ndarray:
    values = without_trend(histories) if detrend else histories
    r2 = r2_by_shift(values, plan.numbers)
    return (r2 >= r2[:, :1] - 1e-12).mean(axis=1) <= ALPHA


def _partition(histories: np.ndarray, plan: Design) -> np.ndarray:
    borders, kept = partitions.stretches(plan.numbers)
    least = int(np.diff(borders).min())
    others = partitions.sample(histories.shape[1], len(kept), least, PARTITIONS, 20251123)
    real = partitions.r2_by_partition(histories, borders[None, :], kept)
    drawn = partitions.r2_by_partition(histories, others, kept)
    return (1 + (drawn >= real - 1e-12).sum(axis=1)) / (1 + len(others)) <= ALPHA


def _contrast(histories: np.ndarray, plan: Design) -> np.ndarray:
    shifted = histories @ circulant(plan.contrast).T
    return (shifted >= shifted[:, :1] - 1e-12).mean(axis=1) <= ALPHA


def _bayes(histories: np.ndarray, plan: Design) -> np.ndarray:
    centred = histories - histories.mean(axis=1, keepdims=True)
    standard = centred / centred.std(axis=1, keepdims=True)
    found = bayes.posterior(standard, plan.contrast, np.zeros(histories.shape[1]), prior=1.0)
    return bayes.above(found) >= 1 - ALPHA


def _level(histories: np.ndarray, plan: Design) -> np.ndarray:
    known = (True,) * histories.shape[1]
    usual, reach, _ = levels.reference(tuple(plan.stretch.tolist()), known, "median", 1 - 2 * ALPHA, 20251123)
    r, spread = levels.within(histories, plan.stretch)
    return np.median(histories[:, plan.stretch == 1], axis=1) > read(r, usual, reach) * spread


PROCEDURES: dict[str, Procedure] = {
    "PELT, differences": lambda histories, plan: naive.pelt_bic(histories, "differences"),
    "PELT, variance": lambda histories, plan: naive.pelt_bic(histories, "total"),
    "F test": lambda histories, plan: naive.era_p(histories, plan.numbers) < ALPHA,
    "F, Newey-West": lambda histories, plan: naive.era_p(histories, plan.numbers, lags=4) < ALPHA,
    "bootstrapped level": lambda histories, plan: naive.block_bootstrap(histories[:, plan.stretch == 1]),
    "shifted eras, raw": lambda histories, plan: _r2_shift(histories, plan, detrend=False),
    "shifted contrast, raw": _contrast,
    "shifted eras": lambda histories, plan: _r2_shift(histories, plan, detrend=True),
    "partitions": _partition,
    "shifted contrast": lambda histories, plan: rejected(histories, plan.contrast, ALPHA, 20251123),
    "calibrated breaks": lambda histories, plan: dating.breaks(histories).any(axis=1),
    "Bayesian shift": _bayes,
    "calibrated level": _level,
}
USED = tuple(PROCEDURES)[7:]
