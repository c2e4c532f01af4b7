"""How unusual is North Korea? The same contrast for every state with the same data: a placebo in space.

What a whole region or the whole world did in an era is no act of one state. The rank of its contrast among all states
that were observed as it was answers that, and needs no model of persistence (science 5.2(5)).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.inference.placebo import DIRECTIONS
from hedging.inference.spans import Window, inside, months

LEAST = 20  # states: with fewer no share can reach one in twenty


@dataclass(frozen=True)
class Comparison:
    """The contrast of `state` among all states with the same data, in the unit of the values.

    `contrasts`: by state, the state itself included. `p`: share of them at least as far on the tested side, itself
    counted: in [1/n, 1]. `rank` 1 = furthest. `left_out`: why each other state is not compared. `detectable`: how far
    the state would have to be moved, four times in five, to be among the `alpha` furthest.
    """

    state: str
    contrasts: pd.Series
    contrast: float
    direction: str
    rank: int
    n: int
    p: float
    left_out: pd.Series
    detectable: float
    rule: str


def compare(
    frame: pd.DataFrame,
    state: str,
    window: Window,
    against: Window | None = None,
    direction: str = "higher",
    scaled: bool = False,
    alpha: float = 0.05,
) -> Comparison:
    """Rank mean(window) - mean(against, or the rest) of one state among all columns of `frame`.

    `frame`: one row a year or month, one column a state. A state is compared if it has a value at every date of the two
    stretches at which `state` has one; the others are in `left_out` with the dates that they lack. `scaled` divides by
    the state's own sd over those dates, so that restless states do not set the measure. HedgingError: an unknown state,
    no date of the state in a stretch, fewer than 20 states, a doubled column or row.
    """
    values = _checked(frame, state)
    target, rest = _dates(values[state], window, against)
    used = values.loc[target | rest]
    gaps = used.isna().sum()
    same = gaps.index[gaps == 0]
    contrasts = values.loc[target, same].mean() - values.loc[rest, same].mean()
    left_out = gaps[gaps > 0].map(lambda lacking: f"{lacking} of {len(used)} dates not observed")
    if scaled:
        spread = used[same].std(ddof=0)
        flat = spread.index[spread <= 1e-12]
        left_out = pd.concat([left_out, pd.Series("never varies, so it has no scale", flat)])
        contrasts = (contrasts / spread).drop(flat)
    rule = f"observed at all {len(used)} dates at which {state} is, {int(target.sum())} of them in the window"
    return place(contrasts, state, direction, left_out, rule, alpha)


def place(
    contrasts: pd.Series, state: str, direction: str, left_out: pd.Series, rule: str, alpha: float = 0.05
) -> Comparison:
    """Rank one state's contrast among those of all states; `compare` says what is in the result and what is an error.

    `contrasts` by state, each over the same dates, as `rule` says; `left_out`: why each other state is not compared.
    """
    if direction not in DIRECTIONS:
        raise unknown("direction", direction, DIRECTIONS)
    if state not in contrasts or len(contrasts) < LEAST:
        what = f"{len(contrasts)} states with the same data" if state in contrasts else f"{state} never varies"
        raise HedgingError(
            f"{what}: not testable with these data", where="compare", remedy=f"{LEAST} states are needed"
        )
    signed = contrasts if direction == "higher" else -contrasts
    rank = int((signed >= signed[state] - 1e-12 * signed.abs().max()).sum())
    shift = detectable(signed.to_numpy(), alpha)
    contrast, n = float(contrasts[state]), len(contrasts)
    return Comparison(
        state, contrasts.rename("contrast"), contrast, direction, rank, n, rank / n, left_out, shift, rule
    )


def detectable(signed: np.ndarray, alpha: float = 0.05, power: float = 0.8) -> float:
    """Return the shift that lifts a state among the `alpha` furthest with the given power; exact, no simulation.

    Each state in turn stands for the one that is moved: it needs to reach the k-th largest of the others, where k is
    the most that alpha allows. Infinite when alpha * n < 1.
    """
    n = len(signed)
    allowed = int(np.floor(alpha * n + 1e-9))
    if allowed < 1:
        return float("inf")
    order = np.sort(signed)[::-1]
    # strictly above the k-th of the others: for states already among the first k that is the one after them
    bars = np.where(signed >= order[allowed - 1], order[min(allowed, n - 1)], order[allowed - 1])
    return float(max(np.quantile(bars - signed, power, method="higher"), 0.0))


def members(comparison: Comparison) -> pd.DataFrame:
    """Return the set: one row a state, columns compared (true or false), contrast (NaN if not compared) and why."""
    why = pd.Series(comparison.rule, comparison.contrasts.index)
    table = pd.DataFrame({"compared": True, "contrast": comparison.contrasts, "why": why})
    others = pd.DataFrame({"compared": False, "contrast": np.nan, "why": comparison.left_out})
    return pd.concat([part for part in (table, others) if len(part)]).rename_axis("state").sort_index()


def _checked(frame: pd.DataFrame, state: str) -> pd.DataFrame:
    if frame.columns.has_duplicates or frame.index.has_duplicates:
        raise HedgingError("a state or a date is given twice", where="compare", remedy="pivot to one value each")
    if state not in frame.columns:
        raise unknown("state", state, [str(column) for column in frame.columns], where="compare")
    values = frame.astype(float).sort_index()
    if np.isinf(values.to_numpy()).any():
        raise HedgingError("an infinite value", where="compare", remedy="leave it missing")
    return values


def _dates(series: pd.Series, window: Window, against: Window | None) -> tuple[np.ndarray, np.ndarray]:
    """Return which dates of the window and of its comparison the state is observed at."""
    months(series)
    target = inside(series, window)
    rest = ~target if against is None else inside(series, against)
    if (target & rest).any():
        raise HedgingError("the window and its comparison overlap", where=f"{window} and {against}")
    known = series.notna().to_numpy()
    target, rest = target & known, rest & known
    if not target.any() or not rest.any():
        which = "window" if not target.any() else "comparison"
        raise HedgingError(f"no observation in the {which}: not testable with these data", where="compare")
    return target, rest
