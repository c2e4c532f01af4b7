"""What the entropy tree is used for: change over time, pooling, small counts, missing ties. In bits throughout.

`tree` and its normalisations come from `hedging.measures.parts`, `bounds` from `hedging.measures.bounds`.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.balance import shares
from hedging.measures.bounds import bounds, camp_bounds
from hedging.measures.parts import PARTS, binary, choices, normalised, tree
from hedging.measures.powers import EAST, camps, checked

__all__ = [
    "PARTS",
    "binary",
    "bounds",
    "camp_bounds",
    "change",
    "changes",
    "choices",
    "normalised",
    "posterior",
    "posterior_shares",
    "prior",
    "split",
    "splits",
    "tree",
]


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


def changes(ties: pd.DataFrame) -> pd.DataFrame:
    """Split the change of H3 from each row to the next exactly, as `change` does for two rows; in bits.

    Rows are years, or (country, year) with years last, and no step is taken from one country to the next. Columns
    between, moscow_beijing, h3, evenness, size; the first row of each country, and a step to or from a row with a
    missing tie, is NaN.
    """
    parts = tree(ties.sort_index(), missing="nan")
    if isinstance(parts.index, pd.MultiIndex):
        grouped = parts.groupby(level=list(range(parts.index.nlevels - 1)), sort=False)
        before = grouped.shift(1)
    else:
        before = parts.shift(1)
    step, middle = parts - before, (parts + before) / 2
    evenness, size = middle["w_east"] * step["h_east"], middle["h_east"] * step["w_east"]
    return step[list(PARTS)].assign(evenness=evenness, size=size)


def splits(ties: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """`split` with equal weights for many groups at once: rows (group, part), columns pooled, within, split, rows.

    `group`: by row of the ties, for example (country, era) as one label; rows without a group, with a missing tie or
    without ties are left out, and `rows` counts those that remain. No group with ties at all raises HedgingError.
    """
    share = shares(checked(ties, need=EAST)).dropna()
    label = group.reindex(share.index)
    if label.notna().sum() == 0:
        raise HedgingError("no row with ties belongs to a group", where="splits", remedy="check the index of `group`")
    grouped = share.groupby(label)
    pooled = tree(grouped.mean())[list(PARTS)]
    within = tree(share)[list(PARTS)].groupby(label).mean()
    out = pd.DataFrame({"pooled": pooled.stack(), "within": within.stack()})
    out["split"] = (out["pooled"] - out["within"]).clip(lower=0.0)
    out["rows"] = grouped.size().reindex(out.index.get_level_values(0)).to_numpy()
    return out.rename_axis(["group", "part"])


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
    return pd.DataFrame(_dirichlet(tuple(prior(names) + frame.to_numpy()[0]), draws, seed), columns=names)


@lru_cache(maxsize=4)  # a chapter draws a claim's counts twice, for the interval that it shows and for the test
def _dirichlet(weights: tuple[float, ...], draws: int, seed: int) -> np.ndarray:
    gamma = np.random.default_rng(seed).standard_gamma(weights, size=(draws, len(weights)))
    by_power = gamma.T.copy()  # in memory one power after the other, as whoever reads a column wants them
    return (by_power / by_power.sum(axis=0)).T


def prior(names: Sequence[str]) -> np.ndarray:
    """Return the Dirichlet prior over the powers `names`: 1/4 for each patron, the other half evenly over the West."""
    west = sum(power not in EAST for power in names)
    return np.array([1 / 4 if power in EAST else 1 / (2 * west) for power in names])


def posterior(counts: pd.Series, draws: int = 100_000, seed: int = 20251123) -> pd.DataFrame:
    """Parts of the tree for small counts (visits, meetings), science 3.5, in bits.

    Rows between, moscow_beijing, h3; columns plug_in (NaN without any count), low, median, high: 5%, 50% and 95% of
    the posterior. The chain rule holds in every draw.
    """
    drawn = tree(posterior_shares(counts, draws, seed))[list(PARTS)]
    out = drawn.quantile([0.05, 0.5, 0.95]).T.set_axis(["low", "median", "high"], axis=1)
    out.insert(0, "plug_in", tree(counts.to_frame().T)[list(PARTS)].iloc[0])
    return out


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
