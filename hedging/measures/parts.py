"""The entropy tree itself: every row of ties split into hedging between blocs and between Moscow and Beijing, in bits.

H3 = H_B + w_E*H_E is the entropy of the three-way choice Moscow / Beijing / West; H_total adds w_W*H_W, the spread
over the Western powers, which is no hedging (science 3.1). Never show H3 without its two parts (science 3.3).
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.powers import EAST, checked, over, totals

COLUMNS = ("total", "w_east", "between", "h_east", "moscow_beijing", "h3", "within_west", "h_total")
PARTS = ("between", "moscow_beijing", "h3")
CEILING = float(np.log2(3))  # of H3: the one constant by which all parts are divided (science 3.2)


def tree(ties: pd.DataFrame, missing: str = "raise") -> pd.DataFrame:
    """Split the entropy of every row into its parts, science 3.1. Entropies in bits.

    Columns: total (unit of the ties); w_east [0, 1]; between = H_B [0, 1]; h_east = H_E [0, 1], NaN if the East has
    no ties; moscow_beijing = w_E*H_E [0, 1]; h3 = between + moscow_beijing [0, log2 3]; within_west = w_W*H_W;
    h_total = h3 + within_west [0, log2 5]. Up = more even. A row without any ties is all NaN but its total, 0.
    `missing`: "raise" (HedgingError at the first missing tie) or "nan" (the parts that need
    it are NaN; h_east stays where only a Western tie is missing).
    """
    frame = checked(ties, need=EAST)
    if missing not in ("raise", "nan"):
        raise HedgingError(f"missing={missing!r}", remedy='missing is "raise" or "nan"; bounds() gives honest bounds')
    if missing == "raise" and frame.isna().to_numpy().any():
        row = frame.index[frame.isna().any(axis=1)][0]
        gone = ", ".join(frame.columns[frame.loc[[row]].isna().iloc[0]])
        raise HedgingError("missing tie: use bounds, never zero", where=f"row {row}: {gone}", remedy="bounds(ties, ..)")
    east, west = totals(frame)
    total, values = east + west, frame.to_numpy()
    w_east, h_east = over(east, total), _two(over(values[:, 0], east))
    between, moscow_beijing = _two(w_east), np.where(w_east != 0, w_east * h_east, 0.0)
    powers = values[:, len(EAST) :]
    spread = -_xlog2(over(powers, np.broadcast_to(west[:, None], powers.shape))).sum(axis=1) + 0.0
    within_west = np.where(total != 0, np.where(west != 0, (1 - w_east) * spread, 0.0), np.nan)
    h3 = between + moscow_beijing
    columns = (total, w_east, between, h_east, moscow_beijing, h3, within_west, h3 + within_west)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)), index=frame.index)


def normalised(parts: pd.DataFrame) -> pd.DataFrame:
    """Divide H3 and both its parts (result of `tree`) by the same log2 3, so that they still add up (science 3.2).

    Columns e, e_between, e_moscow_beijing, in [0, 1].
    """
    names = {"h3": "e", "between": "e_between", "moscow_beijing": "e_moscow_beijing"}
    return (parts[list(names)] / CEILING).rename(columns=names)


def choices(parts: pd.DataFrame) -> pd.DataFrame:
    """Effective numbers 2^H: choices (1 to 3) = camps (1 to 2) x patrons (1 to 2), science 3.2. Takes `tree`'s rows."""
    names = {"h3": "choices", "between": "camps", "moscow_beijing": "patrons"}
    return np.exp2(parts[list(names)]).rename(columns=names)


def binary(share: pd.Series) -> pd.Series:
    """Binary entropy h(q) = -q log2 q - (1 - q) log2(1 - q) of shares in [0, 1], in bits; h(0) = h(1) = 0."""
    return pd.Series(_two(share.to_numpy(float)), share.index, name=share.name)


def _two(share: np.ndarray) -> np.ndarray:
    q = np.clip(share, 0.0, 1.0)
    return -(_xlog2(q) + _xlog2(1 - q)) + 0.0


def _xlog2(share: np.ndarray) -> np.ndarray:
    return share * np.log2(np.where(share != 0, share, 1.0))
