"""From tie frames to numbers: pure functions, each with its formula's source, range and direction in its docstring."""

from hedging.measures.balance import (
    cross_bloc_hedge,
    cross_bloc_share,
    domain_split,
    effective_partners,
    equidistance,
    evenness,
    hhi,
    hhi_bounds,
    level,
    shares,
    standing,
    tilt,
    tilts,
)
from hedging.measures.decompose import cross_bloc_change
from hedging.measures.powers import CAPITALS, EAST, NAMES, POWERS, SUBJECT, WEST, camp, camps

__all__ = [
    "CAPITALS",
    "EAST",
    "NAMES",
    "POWERS",
    "SUBJECT",
    "WEST",
    "camp",
    "camps",
    "cross_bloc_change",
    "cross_bloc_hedge",
    "cross_bloc_share",
    "domain_split",
    "effective_partners",
    "equidistance",
    "evenness",
    "hhi",
    "hhi_bounds",
    "level",
    "shares",
    "standing",
    "tilt",
    "tilts",
]
