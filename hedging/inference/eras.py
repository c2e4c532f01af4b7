"""Several eras at once: how much of a history do they explain, and would any other place of them explain as much?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.placebo import circulant, without_trend
from hedging.inference.spans import Window, inside, varying

LEFT_OUT = -1
LEAST = 2  # observations in an era: one year has no spread round its mean


@dataclass(frozen=True)
class EraTest:
    """Result of a placebo for several eras: `r2` in [0, 1], the part of the variance between the eras' means.

    `p`: share of the `n_shifts` places of the eras whose R2 is as large, the real one counted: in [1/n_shifts, 1].
    """

    r2: float
    p: float
    n_shifts: int
    shifted: np.ndarray


def labels(run: pd.Series, eras: Sequence[Window]) -> np.ndarray:
    """Return the number of the era of each date, -1 for dates in none.

    Eras that overlap or hold fewer than two observations, and fewer than two eras, raise HedgingError.
    """
    found = np.full(len(run), LEFT_OUT)
    for number, era in enumerate(eras):
        target = inside(run, era)
        if (found[target] != LEFT_OUT).any():
            raise HedgingError(f"the era {era[0]} to {era[1]} overlaps another", where="eras")
        if target.sum() < LEAST:
            what = f"{int(target.sum())} observations in the era {era[0]} to {era[1]}: not testable with these data"
            raise HedgingError(what, where="eras", remedy=f"an era needs {LEAST}; use monthly data or leave it out")
        found[target] = number
    if len(eras) < 2:
        raise HedgingError("fewer than two eras", where="eras", remedy="give two or more, or use shift_test")
    return found


def era_test(series: pd.Series, eras: Sequence[Window], detrend: bool = True) -> EraTest:
    """Test the R2 between eras against all circular shifts of the series, science 5.2(2).

    `eras`: (first, last) of each, both included; dates in none are left out of the statistic at every shift. A straight
    line is taken out first: without that the jump at the wrap-around, which falls on a border of the real eras and
    inside one of the shifted, lets 8% of persistent histories through. A gap inside, a constant series, or an era with
    one observation raises HedgingError.
    """
    run = varying(series)
    numbers = labels(run, eras)
    values = without_trend(run.to_numpy()) if detrend else run.to_numpy()
    if not values.any() or values.std() <= 1e-9 * float(run.std(ddof=0)):
        raise HedgingError("nothing but a straight line: not testable with these data", where="era_test")
    shifted = r2_by_shift(values[None, :], numbers)[0]
    reached = int((shifted >= shifted[0] - 1e-12).sum())
    return EraTest(float(shifted[0]), reached / len(run), len(run), shifted)


def r2_by_shift(values: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Return the R2 of the eras at each of their places: series x shifts; column 0 the real place."""
    centred = values - values.mean(axis=1, keepdims=True)
    between, sums, count = 0.0, 0.0, 0
    for era in range(numbers.max() + 1):
        mask = (numbers == era).astype(float)
        era_sums = centred @ circulant(mask).T
        between, sums, count = between + era_sums**2 / mask.sum(), sums + era_sums, count + mask.sum()
    squares = centred**2 @ circulant((numbers != LEFT_OUT).astype(float)).T
    total = squares - sums**2 / count
    return np.divide(between - sums**2 / count, total, out=np.zeros_like(total), where=total > 1e-12 * squares)
