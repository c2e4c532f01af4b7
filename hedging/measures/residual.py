"""What is left of a known total when the known ties are taken away: a ceiling where a tie is not reported."""

import pandas as pd

from hedging.errors import HedgingError


def western_ceiling(total: pd.Series, east: pd.DataFrame, korean: pd.Series, first: int, last: int) -> float:
    """Return the most that the western share b of a total can be over the years first to last, in [0, 1].

    All that is not recorded as eastern counts as western: `total` is the trade with everybody but the South, `east`
    the part with Moscow and Beijing (what is not reported stays in the rest, which can only raise the ceiling),
    `korean` the trade between the Koreas, all in one unit by year. A year without total or without South raises
    HedgingError, for then the ceiling would not hold.
    """
    years = list(range(first, last + 1))
    whole, south = total.reindex(years), korean.reindex(years)
    gone = [year for year in years if pd.isna(whole[year]) or pd.isna(south[year])]
    if gone:
        raise HedgingError("no ceiling without the whole", where=f"years {gone}", remedy="choose years with a total")
    rest = whole.sum() - float(east.reindex(years).sum().sum())
    return float((rest + south.sum()) / (whole.sum() + south.sum()))
