"""The common form of a frame of ties: the five powers as columns, cut to the years asked for, with its origin."""

from typing import Any

import pandas as pd

from hedging.errors import HedgingError
from hedging.tables.load import record
from hedging.tables.status import NOT_REPORTED

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")


def wide(rows: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return rows with `year`, `value` and a column `partner` as a frame of years by powers; what is absent is NaN."""
    frame = rows.pivot(index="year", columns=partner, values="value").reindex(columns=list(POWERS))
    whole = range(int(frame.index.min()), int(frame.index.max()) + 1)  # a year without a row is a year without a figure
    return frame.reindex(whole).rename_axis(index="year", columns=None).astype(float)


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
    made.attrs = {"table": table, "variant": variant, "unit": unit, "source": record(table)["title"]}
    return made
