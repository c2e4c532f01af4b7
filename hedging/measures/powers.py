"""The five powers, their two camps, and the check that every measure makes of the ties it is given."""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown

EAST = ("RUS", "CHN")
WEST = ("USA", "JPN", "KOR")
POWERS = EAST + WEST  # the order of columns everywhere
SUBJECT = "PRK"
NAMES = {
    "RUS": "Russia/USSR",
    "CHN": "China",
    "USA": "United States",
    "JPN": "Japan",
    "KOR": "South Korea",
}
CAPITALS = {"RUS": "Moscow", "CHN": "Beijing", "USA": "Washington", "JPN": "Tokyo", "KOR": "Seoul"}


def camp(power: str) -> str:
    """Return "East" or "West" for a power's code; an unknown code raises HedgingError."""
    if power not in POWERS:
        raise unknown("power", power, POWERS)
    return "East" if power in EAST else "West"


def checked(ties: pd.DataFrame, need: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return `ties` as floats in the order of the five powers, or raise HedgingError.

    `ties`: one row a year or month, one column a power, values >= 0 in one unit, NaN where missing. A patron set may
    leave columns out (the fork of science 2.1(3)); `need` names those that the measure cannot do without.
    Negative values, infinities, strange or doubled columns are errors: they are not divisible ties (science 3.5).
    """
    if not isinstance(ties, pd.DataFrame):
        raise HedgingError(
            f"ties must be a DataFrame, not {type(ties).__name__}",
            remedy="give one row a year and one column a power, as hedging.tables.ties does",
        )
    given = list(ties.columns)
    for column in given:
        if column not in POWERS:
            raise unknown("power", str(column), POWERS, where="columns of the ties")
    absent = [power for power in need if power not in given]
    if absent or ties.columns.has_duplicates:
        what = f"the ties lack {', '.join(absent)}" if absent else "the ties name a power twice"
        raise HedgingError(what, where="columns of the ties", remedy=f"columns are codes among {', '.join(POWERS)}")
    order = [power for power in POWERS if power in given]
    return divisible(ties if order == given else ties[order])


def divisible(ties: pd.DataFrame) -> pd.DataFrame:
    """Return `ties` as floats if every value could be part of a whole: >= 0, finite or missing. Any columns."""
    frame, values = ties.copy(deep=False), ties.to_numpy()
    if values.dtype != float:
        try:
            frame = ties.astype(float)
        except (TypeError, ValueError) as fault:
            raise HedgingError(f"ties must be numbers: {fault}", where="values of the ties") from fault
        values = frame.to_numpy()
    bad = (values < 0) | np.isinf(values)
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise HedgingError(
            f"{values[row, column]} is no tie",
            where=f"row {frame.index[row]}, column {frame.columns[column]}",
            remedy="ties are amounts or counts >= 0; net values, distances, agreement and tone have no shares",
        )
    return frame


def camps(ties: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the totals (East, West) of each row, in the unit of the ties; NaN where a member is missing."""
    frame = checked(ties, need=EAST)
    east, west = totals(frame)
    return pd.Series(east, frame.index), pd.Series(west, frame.index)


def totals(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the same of a frame that is checked already, as arrays."""
    values, patrons = frame.to_numpy(), len(EAST)  # which come first in a checked frame
    if values.shape[1] == patrons:
        raise HedgingError("the ties name no Western power", where="columns of the ties", remedy="add USA, JPN or KOR")
    return values[:, :patrons].sum(axis=1), values[:, patrons:].sum(axis=1)


def over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide; NaN, not 0 and not 1, where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole != 0)
