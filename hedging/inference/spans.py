"""Series and windows: the unbroken run of observations that every test here needs, and where a window lies in it."""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from hedging.errors import HedgingError

Window = tuple[Hashable, Hashable]  # first and last year (int) or month (Period or "2018-03"), both included


def months(series: pd.Series | pd.DataFrame) -> bool:
    """Return whether the series runs over periods; otherwise it must run over whole years."""
    if isinstance(series.index, pd.PeriodIndex):
        return True
    if pd.api.types.is_integer_dtype(series.index):
        return False
    raise HedgingError(
        f"the series is indexed by {series.index.dtype}, not by years or periods",
        remedy="index it by integer years or a monthly PeriodIndex",
    )


def ordinals(series: pd.Series | pd.DataFrame) -> np.ndarray:
    """Return whole numbers that grow by one from each year or period to the next."""
    index = series.index
    if months(series):
        return index.asi8 if hasattr(index, "asi8") else index.astype("int64").to_numpy()
    return index.to_numpy()


def observed(series: pd.Series) -> pd.Series:
    """Return the series without its missing ends, or raise HedgingError if a value inside is missing or doubled.

    Circular shifts and autocorrelation have no meaning across a gap, and a gap is never filled.
    """
    if not isinstance(series, pd.Series):
        raise HedgingError(f"a series is needed, not {type(series).__name__}")
    run = series.astype(float).dropna().sort_index()
    if run.empty:
        raise HedgingError("the series has no observation")
    steps = np.diff(ordinals(run))
    if (steps != 1).any():
        at = int(np.flatnonzero(steps != 1)[0])
        what = "a gap inside the series" if steps[at] > 1 else "two values for one date"
        raise HedgingError(
            what, where=f"after {run.index[at]}", remedy="test a stretch without gaps; a gap is not filled with a guess"
        )
    return run


def varying(series: pd.Series) -> pd.Series:
    """Return the observed run of a series, or raise HedgingError where it has a gap inside or never varies."""
    run = observed(series)
    if float(run.max() - run.min()) <= 1e-12 * (1 + float(run.abs().max())):
        raise HedgingError("a constant series: not testable with these data", where=f"{len(run)} equal values")
    return run


def inside(series: pd.Series, window: Window) -> np.ndarray:
    """Return a boolean array: which rows lie in the window, both ends included. A reversed window is an error."""
    first, last = window
    if months(series):
        first, last = (pd.Period(end, freq=series.index.freq) for end in (first, last))
    if first > last:
        raise HedgingError(f"the window {window[0]} to {window[1]} is reversed")
    return np.asarray((series.index >= first) & (series.index <= last))


def contrast_weights(series: pd.Series, window: Window, against: Window | None) -> np.ndarray:
    """Return the weights w with w @ series = mean(window) - mean(against, or everything else)."""
    target = inside(series, window)
    rest = ~target if against is None else inside(series, against)
    if not target.any() or not rest.any():
        which = "window" if not target.any() else "comparison"
        raise HedgingError(
            f"no observation in the {which}", where=f"series from {series.index[0]} to {series.index[-1]}"
        )
    if (target & rest).any():
        raise HedgingError("the window and its comparison overlap", where=f"{window} and {against}")
    return target / target.sum() - rest / rest.sum()
