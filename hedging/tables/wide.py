"""The common form of a frame of ties: the five powers as columns, cut to the years asked for, with its origin."""

from typing import Any

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.tables.load import title
from hedging.tables.status import NOT_REPORTED

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")


def wide(rows: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return rows with `year`, `value` and a column `partner` as a frame of years by powers; what is absent is NaN."""
    years, values = rows["year"].to_numpy(), rows["value"].to_numpy(float, na_value=np.nan)
    first, last = int(years.min()), int(years.max())  # a year between without a row is a year without a figure
    power = pd.Index(POWERS).get_indexer(rows[partner])
    ours = power >= 0
    cells = np.full((len(POWERS), last - first + 1), np.nan)
    places = (power[ours], years[ours] - first)
    if len(np.unique(np.ravel_multi_index(places, cells.shape))) < len(places[0]):
        raise HedgingError("two figures of one year and power", where=f"columns year, {partner}")
    cells[places] = values[ours]
    return pd.DataFrame(cells.T, pd.RangeIndex(first, last + 1, name="year"), list(POWERS))


def reasons(rows: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Return `status` of rows with `year` and `partner` in the shape of their values; no row is not reported."""
    told = rows.pivot(index="year", columns="partner", values="status").astype("object")
    whole = told.reindex(index=values.index, columns=values.columns)
    return whole.where(whole.notna(), NOT_REPORTED)


def years(frame: pd.DataFrame, start: int | None, end: int | None, where: str) -> pd.DataFrame:
    """Return the years asked for; HedgingError naming the coverage where they lie outside."""
    first, last = int(frame.index.min()), int(frame.index.max())
    low, high = first if start is None else start, last if end is None else end
    covered(low, high, first, last, where)
    return frame.loc[low:high]


def months(frame: pd.DataFrame, start: str | None, end: str | None, where: str) -> pd.DataFrame:
    """Return the months asked for ("YYYY-MM", of a PeriodIndex); HedgingError naming the coverage where outside."""
    first, last = frame.index[0], frame.index[-1]
    low, high = pd.Period(start, "M") if start else first, pd.Period(end, "M") if end else last
    covered(low, high, first, last, where)
    return frame.loc[low:high]


def covered(low: Any, high: Any, first: Any, last: Any, where: str) -> None:
    """Raise HedgingError unless first <= low <= high <= last."""
    if low < first or high > last or low > high:
        raise HedgingError(
            f"{low} to {high} is outside the coverage {first} to {last}",
            where=where,
            remedy=f"ask for a stretch inside {first} to {last}",
        )


def marked(made: pd.DataFrame | pd.Series, table: str, variant: str, unit: str) -> pd.DataFrame | pd.Series:
    """Return a frame or series that says where it comes from: table, variant, unit, source."""
    made.attrs = {"table": table, "variant": variant, "unit": unit, "source": title(table)}
    return made
