"""Series that must show no era: if the method finds eras in them too, the method is at fault (science 5.2(9))."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.placebo import DIRECTIONS, shift_test
from hedging.inference.spans import Window


@dataclass(frozen=True)
class Controls:
    """`table`: one row a control, columns contrast, p, reached (true where p <= alpha); in the order given.

    `reached` of `n` controls reach the level where chance alone lets `expected` do so. `excess`: the probability of
    that many or more if the controls were independent, down = the method is at fault. `sound` says that it is not under
    5%. Controls that share shocks are not independent: then `excess` is too small and the check too strict.
    """

    table: pd.DataFrame
    reached: int
    n: int
    expected: float
    excess: float
    sound: bool


def negative_controls(
    series: Mapping[str, pd.Series] | pd.DataFrame,
    window: Window,
    against: Window | None = None,
    direction: str = "either",
    alpha: float = 0.05,
) -> Controls:
    """Run the shift test of a claim on series that no reading of it concerns.

    `direction`: "either" (the smaller p of the two sides, each at alpha, and chance is allowed both), "higher" or
    "lower". What chance is allowed on a side is the largest multiple of 1/n under alpha, for n dates. No control at
    all, or one that cannot be tested (a gap, a constant, no date in the window), raises HedgingError with its name.
    """
    sides = DIRECTIONS if direction == "either" else (direction,)
    if not set(sides) <= set(DIRECTIONS) or not 0 < alpha < 1:
        raise HedgingError(f"direction={direction!r}, alpha={alpha}", where="negative_controls")
    rows, chances = {}, []
    for name, one in series.items():
        try:
            both = [shift_test(one, window, against, side) for side in sides]
        except HedgingError as fault:
            raise HedgingError(f"control {name!r}: {fault.what}", where=fault.where, remedy=fault.remedy) from fault
        found = min(both, key=lambda test: test.p)
        rows[name] = {"contrast": found.contrast, "p": found.p, "reached": found.p <= alpha}
        chances.append(len(sides) * np.floor(alpha * found.n_shifts + 1e-9) / found.n_shifts)
    if not rows:
        raise HedgingError("no negative control", where="negative_controls", remedy="give series by name")
    table = pd.DataFrame.from_dict(rows, orient="index").astype({"reached": bool}).rename_axis("control")
    reached = int(table["reached"].sum())
    excess = at_least(reached, np.array(chances))
    return Controls(table, reached, len(rows), float(np.sum(chances)), excess, excess >= 0.05)


def at_least(hits: int, chances: np.ndarray) -> float:
    """Return the probability of `hits` or more among independent events with the given chances (exact)."""
    ways = np.ones(1)
    for chance in chances:
        ways = np.convolve(ways, [1 - chance, chance])
    return float(min(ways[hits:].sum(), 1.0))
