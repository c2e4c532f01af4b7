"""One stretch of time against another, for a series or for every column of a frame at once."""

from collections.abc import Hashable

import pandas as pd

from hedging.errors import HedgingError

Stretch = tuple[Hashable, Hashable]


def stretch_change(values: pd.DataFrame, after: Stretch, before: Stretch) -> pd.Series:
    """Return mean over `after` minus mean over `before` for each column, in the unit of the values.

    `values`: one row a year (integers) or month (periods), one column a state. Both stretches are inclusive. A column
    with a missing value in either is NaN, so that states are compared over the same dates; a stretch without rows
    raises HedgingError. Descriptive: two years against two years carry no test.
    """
    means = []
    for stretch in (after, before):
        rows = values.sort_index().loc[slice(*stretch)]
        if rows.empty:
            raise HedgingError(
                f"no rows from {stretch[0]} to {stretch[1]}",
                where="stretch_change",
                remedy=f"rows go from {values.index.min()} to {values.index.max()}",
            )
        means.append(rows.mean(skipna=False))
    return (means[0] - means[1]).rename("change")
