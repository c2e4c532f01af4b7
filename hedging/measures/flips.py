"""Serial tilting counted: how often the tilt between Moscow and Beijing changes sides."""

import pandas as pd

from hedging.errors import HedgingError


def side_changes(tilt: pd.Series) -> int:
    """Return how many times the tilt T changes its sign in order of time, 0 upward (science 7, serial tilting).

    `tilt`: values in [-1, 1] by year or month. A date that is even (T exactly 0) or undefined has no side and is
    skipped, so two dates on either side of it are compared. Without any date that has a side: HedgingError.
    """
    sides = tilt.sort_index().dropna()
    if (sides.abs() > 1 + 1e-12).any():
        raise HedgingError("a tilt lies outside [-1, 1]", remedy="give the result of measures.tilt")
    moscow = (sides[sides != 0] > 0).to_numpy()
    if not moscow.size:
        raise HedgingError("no date leans to either side", remedy="choose a window with ties to Moscow or Beijing")
    return int((moscow[1:] != moscow[:-1]).sum())
