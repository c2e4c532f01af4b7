"""Did the West grow, or did the East collapse? The change in the cross-bloc share, split exactly."""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.powers import camps

When = Hashable | tuple[Hashable, Hashable]


def cross_bloc_change(ties: pd.DataFrame, before: When, after: When) -> pd.Series:
    """Split the change of b = W/(W + E) into western growth and eastern change (Shapley values of two players).

    `before`, `after`: a row of the ties or an inclusive pair (first, last) of rows, whose observed camp totals are
    averaged. western = mean of b's step when only W moves, E held before and after; eastern = the same with E moving,
    positive when the East shrinks; change = western + eastern exactly, all in [-1, 1]. west_share = western/change is
    the claim "by adding" against "by collapse" (science 8.2, C2); it leaves [0, 1] when the two pull apart and is NaN
    when b did not change. rows_before and rows_after count the observed rows. The identity is algebra.
    """
    totals = pd.concat(camps(ties), axis=1, keys=["east", "west"]).dropna()
    east_0, west_0, rows_0 = _mean(totals, before)
    east_1, west_1, rows_1 = _mean(totals, after)
    b_0, b_1 = (float(_share(west, east)) for west, east in ((west_0, east_0), (west_1, east_1)))
    western, eastern = map(float, two_parts_of_change(east_0, west_0, east_1, west_1))
    return pd.Series(
        {
            "before": b_0,
            "after": b_1,
            "change": b_1 - b_0,
            "western": western,
            "eastern": eastern,
            "west_share": western / (b_1 - b_0) if b_1 != b_0 else float("nan"),
            "rows_before": rows_0,
            "rows_after": rows_1,
        }
    )


def two_parts_of_change(
    east_0: np.ndarray, west_0: np.ndarray, east_1: np.ndarray, west_1: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Split the change of b from camp totals 0 to camp totals 1 into (western, eastern), element by element.

    Totals >= 0 in one unit, any shape. The sum is the change of b exactly; see `cross_bloc_change`.
    """
    b_0, b_1 = _share(west_0, east_0), _share(west_1, east_1)
    west_first, east_first = _share(west_1, east_0), _share(west_0, east_1)
    western = ((west_first - b_0) + (b_1 - east_first)) / 2
    eastern = ((east_first - b_0) + (b_1 - west_first)) / 2
    return western, eastern


def _mean(totals: pd.DataFrame, when: When) -> tuple[float, float, int]:
    first, last = when if isinstance(when, tuple) else (when, when)
    rows = totals[(totals.index >= first) & (totals.index <= last)]
    if rows.empty or not rows.to_numpy().any():
        raise HedgingError(f"no ties observed in {first} to {last}", remedy="choose a window with observed ties")
    return float(rows["east"].mean()), float(rows["west"].mean()), len(rows)


def _share(west: np.ndarray | float, east: np.ndarray | float) -> np.ndarray:
    # both camps empty happens only at a corner that no date shows; one half keeps the split symmetric there
    total = np.add(west, east)
    return np.divide(west, total, out=np.full(np.shape(total), 0.5), where=total > 0)
