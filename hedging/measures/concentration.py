"""Concentration when ties are missing: the least and the largest HHI that any filling could give."""

from itertools import product

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.bounds import Range, filled
from hedging.measures.powers import divisible

MOST = 8  # missing ties in a row: every combination of their ends is tried


def hhi_range(ties: pd.DataFrame, high: Range, low: Range = 0.0) -> pd.DataFrame:
    """Bound the HHI of each row over the ranges [low, high] of its missing ties (science 2.4, 3.5), columns low, high.

    Any partners may be columns; ranges are finite, a number, a Series by row or a DataFrame by cell. Largest: the HHI
    first falls and then rises in each tie alone, so it is largest where every missing tie is at one of its ends.
    Smallest: every missing tie equals sum x^2 / sum x as far as its range allows, the point at which the HHI no longer
    falls. Rows without ties are NaN. A row with more than eight missing ties, or a reversed range, raises HedgingError.
    """
    frame = divisible(ties)
    lows, highs = (filled(frame, value) for value in (low, high))
    if (lows > highs).to_numpy().any() or (lows < 0).to_numpy().any() or np.isinf(highs).to_numpy().any():
        raise HedgingError("a range of a missing tie is reversed, negative or endless", where="hhi_range")
    missing = frame.isna().to_numpy()
    if missing.sum(axis=1).max(initial=0) > MOST:
        raise HedgingError(f"more than {MOST} ties missing in a row", where="hhi_range", remedy="group the partners")
    least, most = lows.to_numpy(float), highs.to_numpy(float)
    return pd.DataFrame({"low": _least(least, most), "high": _most(least, most, missing)}, index=frame.index)


def _hhi(values: np.ndarray) -> np.ndarray:
    total = values.sum(axis=1)
    return np.divide((values**2).sum(axis=1), total**2, out=np.full(len(values), np.nan), where=total > 0)


def _most(least: np.ndarray, most: np.ndarray, missing: np.ndarray) -> np.ndarray:
    order = np.argsort(~missing, axis=1, kind="stable")  # the missing ties of each row first
    out = np.full(len(least), np.nan)
    count = int(missing.sum(axis=1).max(initial=0))
    for ends in product((False, True), repeat=count):
        chosen = np.zeros_like(missing)
        np.put_along_axis(chosen, order[:, :count], np.broadcast_to(ends, (len(least), count)), axis=1)
        out = np.fmax(out, _hhi(np.where(chosen & missing, most, least)))
    return out


def _least(least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Bisect on the common value t of the missing ties: it is right where t = sum x^2 / sum x."""
    floor, ceiling = least.min(axis=1, initial=np.inf), most.max(axis=1, initial=0.0)
    for _ in range(80):
        t = (floor + ceiling) / 2
        values = np.clip(t[:, None], least, most)
        higher = t * values.sum(axis=1) < (values**2).sum(axis=1)
        floor, ceiling = np.where(higher, t, floor), np.where(higher, ceiling, t)
    # where every tie may be nothing the infimum is reached by the smallest equal ties, not by none
    return _hhi(np.clip(ceiling[:, None], least, most))
