"""By adding or by collapse, under more than one reading of the same years: the split of the change in b, reading by
reading."""

from collections.abc import Mapping

import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.decompose import When, cross_bloc_change


def change_by_reading(readings: Mapping[str, pd.DataFrame], before: When, after: When) -> pd.DataFrame:
    """Split the change of b between two stretches for each reading of the ties (science 8.2, C2).

    `readings`: wide tie frames by name, which differ in patron set, rate of exchange or years left out; `before` and
    `after` as in `cross_bloc_change`. Rows the names, columns those of `cross_bloc_change`: western + eastern = change,
    all in [-1, 1], and west_share, the part that western growth explains. No reading at all raises HedgingError.
    """
    if not readings:
        raise HedgingError("no reading of the ties", where="change_by_reading", remedy="give frames of ties by name")
    return pd.DataFrame({name: cross_bloc_change(frame, before, after) for name, frame in readings.items()}).T
