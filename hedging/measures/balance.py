"""Level, shares and the balances read off them. A missing tie gives NaN for its row, never a zero.

Frames in, series out: rows are years or months, columns the powers (science 2.1). Every measure that divides is NaN,
not 0 and not 1, when there is nothing to divide.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.powers import EAST, checked, divisible, over, totals


def level(ties: pd.DataFrame) -> pd.Series:
    """Level L = ln(1 + sum of ties), science 2.1(1).

    Range 0 upward, up = more ties of any kind, 0 = isolation. The unit of the ties is inside the logarithm: keep one
    unit a domain. Show it beside every share.
    """
    total = checked(ties).sum(axis=1, skipna=False)
    return np.log1p(total).rename("level")


def shares(ties: pd.DataFrame) -> pd.DataFrame:
    """Shares s_p = x_p / total, science 3.1. Range [0, 1], rows sum to 1; NaN row if a tie is missing or total is 0."""
    frame = checked(ties)
    return frame.div(_nonzero(frame.sum(axis=1, skipna=False)), axis=0)


def tilt(ties: pd.DataFrame) -> pd.Series:
    """East tilt T = (R - C)/(R + C), science 2.1(2). Range [-1, 1]: +1 all Moscow, -1 all Beijing.

    Only RUS and CHN are needed. Undefined (NaN) when both are 0. A step function on small counts.
    """
    frame = checked(ties, need=EAST)
    moscow, beijing = frame["RUS"].to_numpy(), frame["CHN"].to_numpy()
    return pd.Series(over(moscow - beijing, moscow + beijing), frame.index, name="tilt")


def equidistance(ties: pd.DataFrame) -> pd.Series:
    """Equidistance Q = 1 - |T|, science 2.1(2), claim (a). Range [0, 1], 1 = even. Hides direction and size."""
    found = tilt(ties)
    return pd.Series(1 - np.abs(found.to_numpy()), found.index, name="equidistance")


def cross_bloc_share(ties: pd.DataFrame) -> pd.Series:
    """Share of the West b = (U + J + K)/(U + J + K + R + C), science 2.1(3). Range [0, 1], up = more Western."""
    frame = checked(ties, need=EAST)
    east, west = totals(frame)
    return pd.Series(over(west, east + west), frame.index, name="cross_bloc_share")


def cross_bloc_hedge(ties: pd.DataFrame) -> pd.Series:
    """Cross-bloc hedge B = 4b(1 - b), science 2.1(3), claim (b). Range [0, 1], 1 = half and half, 0 at either end.

    Report `cross_bloc_share` beside it: B does not know which side is heavy.
    """
    share = cross_bloc_share(ties)
    b = share.to_numpy()
    return pd.Series(4 * b * (1 - b), share.index, name="cross_bloc_hedge")


def tilts(domains: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the tilt of each domain, columns the domains' names, rows the years in any of them (NaN elsewhere)."""
    return pd.DataFrame({name: tilt(ties) for name, ties in domains.items()}).sort_index()


def domain_split(domains: Mapping[str, pd.DataFrame] | pd.DataFrame) -> pd.Series:
    """Domain split D = population sd over domains of T, science 2.1(4). Range [0, 1], up = one patron a domain.

    Takes tie frames by domain, or a frame of tilts (columns domains). Fewer than three domains is an error. A year in
    which one of them has no defined tilt is NaN, because years compare only over the SAME domains.
    """
    frame = domains if isinstance(domains, pd.DataFrame) else tilts(domains)
    if frame.shape[1] < 3:
        raise HedgingError(f"domain split of {frame.shape[1]} domains", remedy="give three domains or more")
    if (frame.abs() > 1 + 1e-12).to_numpy().any():
        raise HedgingError("a tilt lies outside [-1, 1]", remedy="give tie frames by domain, or the result of tilts()")
    return frame.std(axis=1, ddof=0, skipna=False).rename("domain_split")


def hhi(ties: pd.DataFrame, normalised: bool = False) -> pd.Series:
    """Herfindahl-Hirschman index sum s_p^2 over the N columns, `hirschman1945`, science 2.4.

    Any partners may be columns, but the list is fixed in advance and complete. Range [1/N, 1], up = concentrated;
    `normalised` gives (HHI - 1/N)/(1 - 1/N) in [0, 1].
    """
    frame = divisible(ties)
    squares = frame.div(_nonzero(frame.sum(axis=1, skipna=False)), axis=0).pow(2).sum(axis=1, skipna=False)
    if not normalised:
        return squares.rename("hhi")
    least = 1 / _several(frame)
    return ((squares - least) / (1 - least)).rename("hhi_normalised")


def effective_partners(ties: pd.DataFrame) -> pd.Series:
    """Effective number of partners 1/HHI, science 2.4. Range [1, N], up = spread."""
    return (1 / hhi(ties)).rename("effective_partners")


def evenness(ties: pd.DataFrame) -> pd.Series:
    """Evenness J = h/ln N with h = -sum s ln s, science 2.4. Range [0, 1], up = even; N is the number of columns."""
    frame = divisible(ties)
    share = frame.div(_nonzero(frame.sum(axis=1, skipna=False)), axis=0)
    # 0 ln 0 = 0: the logarithm is taken of 1 there
    entropy = -(share * np.log(share.where(share != 0, 1.0))).sum(axis=1, skipna=False)
    return (entropy / np.log(_several(frame)) + 0.0).rename("evenness")


def hhi_bounds(known: Mapping[str, float], cap: float | None = None) -> tuple[float, float]:
    """Bounds (low, high) of the HHI over ALL partners when only some shares are published, science 2.4.

    `known`: shares in [0, 1] by partner; `cap`: no other share exceeds it (default: the smallest known). Low: the rest
    is spread over very many partners. High: the rest is packed into partners as large as `cap`.
    """
    published = np.array(list(known.values()), float)
    cap = float(published.min()) if cap is None else float(cap)
    rest = 1 - published.sum()
    if not known or (published < 0).any() or rest < -1e-9 or not 0 < cap <= 1:
        raise HedgingError(f"no shares of one whole: {dict(known)}, cap {cap}", remedy="shares >= 0 with a sum <= 1")
    low, rest = float((published**2).sum()), max(rest, 0.0)
    full = np.floor(rest / cap + 1e-12)
    return low, low + float(full * cap**2 + max(rest - full * cap, 0.0) ** 2)


def standing(ties: pd.DataFrame, thin: float = 0.1) -> pd.Series:
    """Say what each row is: "missing", "no ties" (total 0), "thin" or "ties", science 3.5.

    "thin": a total under `thin` times the median total of the observed rows; grey such rows out. The default of a
    tenth is a choice, fixed in advance.
    """
    total = checked(ties).sum(axis=1, skipna=False)
    words = pd.Series("ties", index=ties.index, name="standing")
    words[total < thin * total.median()] = "thin"
    words[total == 0] = "no ties"
    words[total.isna()] = "missing"
    return words


def _nonzero(total: pd.Series) -> pd.Series:
    return total.where(total != 0)


def _several(frame: pd.DataFrame) -> int:
    if frame.shape[1] < 2:
        raise HedgingError("concentration over fewer than two partners", remedy="give the whole list of partners")
    return frame.shape[1]
