"""The entropy tree: hedging between blocs and between Moscow and Beijing as two parts of one number, in bits.

H3 = H_B + w_E*H_E is the entropy of the three-way choice Moscow / Beijing / West; H_total adds w_W*H_W, the spread
over the Western powers, which is no hedging (science 3.1). Never show H3 without its two parts (science 3.3).
Bounds for missing ties are in `hedging.measures.bounds`.
"""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.powers import EAST, WEST, camps, checked
from hedging.measures.shares import shares

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
    east, west = camps(frame)
    total = east + west
    w_east = east / total.where(total != 0)
    h_east = binary(frame["RUS"] / east.where(east != 0))
    inside_west = frame[[power for power in WEST if power in frame.columns]].div(west.where(west != 0), axis=0)
    out = pd.DataFrame({"total": total, "w_east": w_east, "between": binary(w_east), "h_east": h_east})
    out["moscow_beijing"] = (w_east * h_east).where(w_east != 0, 0.0)
    out["h3"] = out["between"] + out["moscow_beijing"]
    out["within_west"] = ((1 - w_east) * _bits(inside_west)).where(west != 0, 0.0).where(total != 0)
    out["h_total"] = out["h3"] + out["within_west"]
    return out[list(COLUMNS)]


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


def change(ties: pd.DataFrame, before: Hashable, after: Hashable) -> pd.Series:
    """Split the change of H3 between two rows exactly, science 3.4, in bits.

    h3 = between + moscow_beijing; moscow_beijing = evenness (the Eastern ties spread more evenly) + size (the East
    became a larger part of everything). Evenness and size are NaN where H_E is undefined at one date.
    """
    for row in (before, after):
        if row not in ties.index:
            raise HedgingError(
                f"the ties have no row {row}", remedy=f"rows go from {ties.index[0]} to {ties.index[-1]}"
            )
    first, last = (row for _, row in tree(ties.loc[[before, after]]).iterrows())
    step = last - first
    evenness = (first["w_east"] + last["w_east"]) / 2 * step["h_east"]
    size = (first["h_east"] + last["h_east"]) / 2 * step["w_east"]
    return pd.Series({**{part: step[part] for part in PARTS}, "evenness": evenness, "size": size})


def split(ties: pd.DataFrame, weights: str | pd.Series = "equal", missing: str = "raise") -> pd.DataFrame:
    """Balanced at once, or only on the whole? H(pooled) = H(within) + split, science 3.6, in bits.

    `ties`: one row a domain (split = specialisation) or a year of an era (split = alternation). `weights`: "equal",
    "total" (rows by their ties; needs one unit) or a Series over the rows. Rows: between, moscow_beijing, h3.
    Columns: pooled, within, split >= 0. A row without ties or with a missing tie raises HedgingError;
    `missing="drop"` leaves such rows out and names them in `attrs["left_out"]`.
    """
    frame = checked(ties, need=EAST)
    total = frame.sum(axis=1, skipna=False)
    bad = total.isna() | (total == 0)
    if missing not in ("raise", "drop") or (bad.any() and missing == "raise") or bad.all():
        where = f"rows {', '.join(str(row) for row in frame.index[bad])}"
        raise HedgingError("rows without shares cannot be pooled", where=where, remedy='missing="drop", and say so')
    frame = frame[~bad]
    share, weight = shares(frame), _weights(weights, total[~bad])
    pooled = tree(share.mul(weight, axis=0).sum().to_frame().T).iloc[0]
    within = tree(share)[list(PARTS)].mul(weight, axis=0).sum()
    out = pd.DataFrame({"pooled": pooled[list(PARTS)], "within": within})
    # rounding may leave -1e-17 where the rows are alike; the split is >= 0 by concavity
    out["split"] = (out["pooled"] - out["within"]).clip(lower=0.0)
    out.attrs["left_out"] = list(bad.index[bad])
    return out


def posterior_shares(counts: pd.Series, draws: int = 100_000, seed: int = 20251123) -> pd.DataFrame:
    """Draw shares from the Dirichlet posterior of small counts, science 3.5: `draws` rows, one column a power.

    Prior 1/4, 1/4 for Moscow and Beijing and 1/6 each for the West, so that each camp has prior mean 1/2; in a smaller
    patron set each camp's half is split evenly over its members. The seed is fixed: same counts, same draws.
    """
    frame = checked(counts.to_frame().T, need=EAST)
    if frame.isna().to_numpy().any():
        raise HedgingError("a count is missing: it is not zero", where=", ".join(frame.columns[frame.iloc[0].isna()]))
    camps(frame)
    names = list(frame.columns)
    west = len(names) - 2
    prior = np.array([1 / 4 if power in EAST else 1 / (2 * west) for power in names])
    gamma = np.random.default_rng(seed).standard_gamma(prior + frame.to_numpy()[0], size=(draws, len(names)))
    return pd.DataFrame(gamma / gamma.sum(axis=1, keepdims=True), columns=names)


def posterior(counts: pd.Series, draws: int = 100_000, seed: int = 20251123) -> pd.DataFrame:
    """Parts of the tree for small counts (visits, meetings), science 3.5, in bits.

    Rows between, moscow_beijing, h3; columns plug_in (NaN without any count), low, median, high: 5%, 50% and 95% of
    the posterior. The chain rule holds in every draw.
    """
    drawn = tree(posterior_shares(counts, draws, seed))[list(PARTS)]
    out = drawn.quantile([0.05, 0.5, 0.95]).T.set_axis(["low", "median", "high"], axis=1)
    out.insert(0, "plug_in", tree(counts.to_frame().T)[list(PARTS)].iloc[0])
    return out


def binary(share: pd.Series) -> pd.Series:
    """Binary entropy h(q) = -q log2 q - (1 - q) log2(1 - q) of shares in [0, 1], in bits; h(0) = h(1) = 0."""
    q = share.clip(0.0, 1.0)
    return -(_xlog2(q) + _xlog2(1 - q)) + 0.0


def _bits(share: pd.DataFrame) -> pd.Series:
    return -share.apply(_xlog2).sum(axis=1, skipna=False) + 0.0


def _xlog2(share: pd.Series) -> pd.Series:
    return share * np.log2(share.where(share != 0, 1.0))


def _weights(weights: str | pd.Series, total: pd.Series) -> pd.Series:
    if isinstance(weights, str):
        if weights not in ("equal", "total"):
            raise HedgingError(f"weights={weights!r}", remedy='weights is "equal", "total" or a Series over the rows')
        chosen = total if weights == "total" else total * 0 + 1
    else:
        chosen = weights.reindex(total.index).astype(float)
    if not (chosen >= 0).all() or not 0 < chosen.sum() < np.inf:
        raise HedgingError("weights must be >= 0, one for each row, and not all zero")
    return chosen / chosen.sum()
