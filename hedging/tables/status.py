"""Why a tie is what it is: observed, a structural zero, not reported, withheld. Never a guess in the place of a value.

A frame of values says by NaN that a tie is unknown, and attributes of a frame do not outlive arithmetic. So each loader
of ties gives two frames of one shape: `trade("panel")` the values, `trade.status("panel")` the reasons. Whoever makes
them cannot let them contradict each other (`Ties`), and so a measure that gives NaN or bounds for NaN does so for every
tie that is not reported or withheld, and never for a structural zero.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.tables.record import STATUS

OBSERVED, ZERO, NOT_REPORTED, WITHHELD = STATUS
UNKNOWN = (NOT_REPORTED, WITHHELD)
Frame = Any  # a DataFrame of years by powers, or a Series
How = ParamSpec("How")


@dataclass(frozen=True, eq=False)
class Ties:
    """Values and their status, of one shape; HedgingError where a cell's status contradicts its value.

    `status` is None where values of other origin were put in the place of unknown ones: those have none.
    """

    values: Frame
    status: Frame | None

    def __post_init__(self) -> None:
        if self.status is not None:
            agree(self.values, self.status)


def agree(values: Frame, status: Frame) -> None:
    """Raise HedgingError unless observed ties have a value, structural zeros are 0 and all others have none."""
    told = pd.DataFrame(status)
    cells = pd.DataFrame(values)
    if told.shape != cells.shape or not told.index.equals(cells.index) or list(told.columns) != list(cells.columns):
        raise HedgingError("values and status are of different shape", remedy="cut both to the same rows and columns")
    word, value = told.to_numpy(object), cells.to_numpy(float)
    known = ~np.isnan(value)
    told_so = {OBSERVED: known, ZERO: value == 0, **dict.fromkeys(UNKNOWN, ~known)}
    right = np.any([(word == status) & fits for status, fits in told_so.items()], axis=0)
    if not right.all():
        row, column = np.argwhere(~right)[0]
        raise HedgingError(
            f"a tie of {value[row, column]} is said to be {word[row, column]!r}",
            where=f"row {cells.index[row]}, column {cells.columns[column]}",
            remedy=f"{OBSERVED} has a value, {ZERO} is 0, {NOT_REPORTED} and {WITHHELD} have none",
        )


def plain(values: Frame) -> Frame:
    """Return the status of ties that are either observed or not reported: what is missing is not reported."""
    known = values.notna()
    made = known.astype("object").where(~known, OBSERVED).where(known, NOT_REPORTED)
    made.attrs = {**values.attrs, "unit": ""}
    return made


class Loader(Generic[How]):
    """A loader of ties: called, it returns the values; `status`, called the same way, why each is what it is."""

    def __init__(self, make: Callable[How, Any]) -> None:
        self._make = make
        functools.update_wrapper(self, make)

    def both(self, *args: How.args, **options: How.kwargs) -> Ties:
        """Return values and status together."""
        made = self._make(*args, **options)
        return made if isinstance(made, Ties) else Ties(made, plain(made))

    def __call__(self, *args: How.args, **options: How.kwargs) -> Frame:
        """Return the values; NaN where a tie is not reported or withheld."""
        made = self._make(*args, **options)
        return made.values if isinstance(made, Ties) else made

    def status(self, *args: How.args, **options: How.kwargs) -> Frame:
        """Return the status of each value, in a frame of the same shape."""
        found = self.both(*args, **options).status
        if found is None:
            raise HedgingError(
                "what is put in the place of an unknown tie has no status of its own",
                where=self.__name__,
                remedy="ask for the status of the same ties without claims",
            )
        return found


def tied(make: Callable[How, Any]) -> Loader[How]:
    """Make a loader of a function that returns Ties, or a frame in which what is missing was not reported."""
    return Loader(make)
