"""The common form of a frame of ties: the five powers as columns, cut to the years asked for, with its origin."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.tables.load import title
from hedging.tables.status import NOT_REPORTED

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
Places = tuple[np.ndarray, np.ndarray]


def spread(rows: pd.DataFrame, partner: str, values: pd.Series) -> pd.DataFrame:
    """Return `values`, one a row of `rows` with `year` and `partner`, as a frame of years by powers.

    What is absent is NaN; two values of one year and power raise HedgingError.
    """
    years = rows["year"].to_numpy()
    first, last = int(years.min()), int(years.max())  # a year between without a row is a year without a figure
    ours, places = _places(years - first, rows[partner], POWERS)
    cells = np.full((len(POWERS), last - first + 1), np.nan)
    if np.bincount(np.ravel_multi_index(places, cells.shape)).max(initial=0) > 1:
        raise HedgingError("two figures of one year and power", where=f"columns year, {partner}")
    cells[places] = values.to_numpy(float, na_value=np.nan)[ours]
    return pd.DataFrame(cells.T, pd.RangeIndex(first, last + 1, name="year"), list(POWERS))


def _places(years: np.ndarray, partners: pd.Series, columns: Iterable[str]) -> tuple[np.ndarray, Places]:
    """Return which rows are about one of the columns, and where their cells are: columns by years from 0."""
    known = {name: place for place, name in enumerate(columns)}
    column = np.array([known.get(name, -1) for name in partners.to_numpy(object)], int)
    ours = column >= 0
    return ours, (column[ours], years[ours])


def reasons(rows: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Return `status` of rows with `year` and `partner` in the shape of their values; no row is not reported."""
    first, last = values.index[0], values.index[-1]
    rows = rows[rows["year"].between(first, last)]
    cells = np.full(values.shape[::-1], NOT_REPORTED, object)
    ours, places = _places(rows["year"].to_numpy() - first, rows["partner"], values.columns)
    cells[places] = rows["status"].to_numpy(object)[ours]
    return pd.DataFrame(cells.T, values.index, values.columns, dtype=object)


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
