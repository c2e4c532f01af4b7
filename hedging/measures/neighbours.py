"""How far a missing tie could reach if it kept to what is known before and after it."""

import numpy as np
import pandas as pd

from hedging.measures.bounds import bounds
from hedging.measures.powers import checked


def ceiling(ties: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell the larger of the nearest known values before and after it, in the unit of the ties.

    Rows are years in order. A known cell is its own ceiling; a power that is never known has none (infinity). An
    assumption, not a fact: a tie may have peaked unseen.
    """
    frame = checked(ties).sort_index()
    before, after = frame.ffill(), frame.bfill()
    return before.where(~(after > before), after).fillna(after).fillna(np.inf)


def western_share(ties: pd.DataFrame, narrow: float) -> pd.Series:
    """Return the highest b that the missing ties allow, where the bounds of b lie within `narrow`, else NaN.

    b = (U + J + K)/(all) in [0, 1]; exact where nothing is missing. A missing tie lies in [0, `ceiling`].
    """
    found = bounds(ties, high=ceiling(ties))
    low, high = 1 - found["w_east_high"], 1 - found["w_east_low"]
    return high.where(high - low <= narrow).rename("cross_bloc_share")
