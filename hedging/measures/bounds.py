"""What can honestly be said of the entropy tree when a tie is missing: bounds, in bits (science 3.5).

A missing tie filled with zero reports "nothing between Moscow and Beijing" (trap T1); a bound says how far the unknown
could carry each part. The parts are bounded one by one: their bounds need not add up to those of the whole.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.parts import binary, tree
from hedging.measures.powers import EAST, WEST, camps, checked
from hedging.tables.status import UNKNOWN, agree

Range = float | pd.Series | pd.DataFrame
BOUNDED = ("w_east", "between", "moscow_beijing", "h3")


def bounds(ties: pd.DataFrame, high: Range, low: Range = 0.0) -> pd.DataFrame:
    """Bound each part over the range [low, high] of the missing ties, science 3.5, closed form.

    `low`, `high`: a number, a Series by row or a DataFrame by cell, in the unit of the ties; `high` may be infinite.
    Columns: w_east, between, moscow_beijing, h3, each with _low and _high; rows without a missing tie have low = high.
    One branch of the three (Moscow, Beijing, the West's total) may be missing in a row; the Western powers count
    as one. A row with two missing branches is NaN: with both camps open nothing useful is known.
    """
    frame = checked(ties, need=EAST)
    camps(frame)
    lows, highs = (filled(frame, value) for value in (low, high))
    if (lows > highs).to_numpy().any() or (lows < 0).to_numpy().any():
        raise HedgingError("a range of a missing tie is reversed or negative", remedy="0 <= low <= high, cell by cell")
    least, most = _branches(lows), _branches(highs)
    out = _exact(frame, least)
    for branch in least.columns:
        rows = _branches(frame).isna().sum(axis=1).eq(1) & _branches(frame)[branch].isna()
        if rows.any():
            out.loc[rows] = _one_branch(least[rows], most.loc[rows, branch], branch)
    return out


def by_status(ties: pd.DataFrame, status: pd.DataFrame, stated: Mapping[str, tuple[float, float]]) -> pd.DataFrame:
    """Bound each part as `bounds` does, the range of a missing tie stated by the reason why it is missing.

    `status` is the loader's (`ties.trade.status(...)`) and must agree with the ties; `stated` gives (low, high) in the
    unit of the ties for each of not_reported and withheld that occurs. A structural zero stays 0. Raises HedgingError
    where a reason occurs without a range: nothing is assumed for it.
    """
    agree(ties, status)
    found = [reason for reason in UNKNOWN if status.eq(reason).to_numpy().any()]
    if silent := [reason for reason in found if reason not in stated]:
        raise HedgingError(f"no range is stated for ties that are {' or '.join(silent)}", remedy="give (low, high)")
    ends = [status.apply(lambda told, end=end: told.map({why: stated[why][end] for why in found})) for end in (0, 1)]
    low, high = (frame.astype(float) for frame in ends)
    return bounds(ties, high, low)


def camp_bounds(east: pd.Series, west: pd.Series) -> pd.DataFrame:
    """Bounds when only the camp totals are known, science 3.5: H_B exact, H3 in [H_B, H_B + w_E], in bits.

    Columns w_east, between, h3_low, h3_high; NaN where a total is missing or both are 0.
    """
    total = east + west
    w_east = east / total.where(total != 0)
    between = binary(w_east)
    return pd.DataFrame({"w_east": w_east, "between": between, "h3_low": between, "h3_high": between + w_east})


def filled(frame: pd.DataFrame, value: Range) -> pd.DataFrame:
    """Return the frame with its missing cells at `value` (a number, a Series by row, a DataFrame by cell)."""
    if isinstance(value, pd.Series):
        value = pd.DataFrame({column: value for column in frame.columns})
    if isinstance(value, pd.DataFrame):
        value = value.reindex(index=frame.index, columns=frame.columns)
    filled = frame.where(frame.notna(), value).astype(float)
    if filled.isna().to_numpy().any():
        raise HedgingError("a missing tie has no range", remedy="give low and high for every missing cell")
    return filled


def _branches(frame: pd.DataFrame) -> pd.DataFrame:
    west = frame[[power for power in WEST if power in frame.columns]].sum(axis=1, skipna=False)
    return pd.DataFrame({"RUS": frame["RUS"], "CHN": frame["CHN"], "WEST": west})


def _exact(frame: pd.DataFrame, filled: pd.DataFrame) -> pd.DataFrame:
    parts = _tree_of(filled)[list(BOUNDED)].where(frame.notna().all(axis=1))
    ends = {f"{part}_{end}": parts[part] for part in BOUNDED for end in ("low", "high")}
    return pd.DataFrame(ends)


def _tree_of(branches: pd.DataFrame) -> pd.DataFrame:
    return tree(branches.rename(columns={"WEST": "USA"}), missing="nan")


def _one_branch(known: pd.DataFrame, high: pd.Series, branch: str) -> pd.DataFrame:
    """Bounds for rows in which only `branch` is open: each part at the ends of the range and at its own peak."""
    low = known[branch]
    peaks = {"between": _peak_between, "moscow_beijing": _peak_inside_east, "h3": _peak_h3}
    ends = [_at(known, branch, value) for value in (low, high)]
    out = {}
    for part in BOUNDED:
        values = [end[part] for end in ends]
        if part in peaks:
            peak = peaks[part](known, branch).clip(low, high)
            values.append(_at(known, branch, peak)[part])
        table = pd.concat(values, axis=1)
        out[f"{part}_low"], out[f"{part}_high"] = table.min(axis=1), table.max(axis=1)
    return pd.DataFrame(out)


def _at(known: pd.DataFrame, branch: str, value: pd.Series) -> pd.DataFrame:
    """Parts with `branch` at `value`; at infinity that branch is everything."""
    filled = known.assign(**{branch: value})
    swallowed = np.isinf(value)
    for name in filled.columns:
        filled.loc[swallowed, name] = float(name == branch)
    return _tree_of(filled)


def _others(known: pd.DataFrame, branch: str) -> list[pd.Series]:
    return [known[name] for name in known.columns if name != branch]


def _peak_h3(known: pd.DataFrame, branch: str) -> pd.Series:
    """Where h(q) + (1 - q)H_a peaks: q = 1/(1 + 2^H_a), so m = a/2^H_a, a the sum of the other two branches."""
    one, other = _others(known, branch)
    total = one + other
    return (total / np.exp2(binary(one / total.where(total != 0)))).fillna(0.0)


def _peak_between(known: pd.DataFrame, branch: str) -> pd.Series:
    """Where the camps are half and half."""
    if branch == "WEST":
        return known["RUS"] + known["CHN"]
    partner = "CHN" if branch == "RUS" else "RUS"
    return (known["WEST"] - known[partner]).clip(lower=0.0)


def _peak_inside_east(known: pd.DataFrame, branch: str) -> pd.Series:
    """Where w_E*H_E peaks. With the partner c and the West w known, its slope in m has the sign of

        (m + c + w) log((m + c)/m) - (m + c) log(m + c) + m log m + c log c = c log(c/m) + w log((m + c)/m),

    which falls in m from above to below zero: bisect on a logarithmic scale. Without a partner the part is 0.
    """
    if branch == "WEST":
        return known["WEST"]
    partner = known["CHN" if branch == "RUS" else "RUS"].to_numpy()
    west = known["WEST"].to_numpy()
    c, w = np.where(partner > 0, partner, 1.0), np.where(partner > 0, west, 0.0)
    floor, ceiling = np.log(c), np.log(c) + np.log1p(w / c) + 1.0
    for _ in range(60):
        middle = (floor + ceiling) / 2
        m = np.exp(middle)
        rising = c * (np.log(c) - middle) + w * np.log1p(c / m) > 0
        floor, ceiling = np.where(rising, middle, floor), np.where(rising, ceiling, middle)
    return pd.Series(np.exp(floor), index=known.index)
