"""From the choices of a specification to what is averaged over its window, computed once for each distinct choice.

A measure is either taken year by year and then averaged ("mean", "median"), or taken of the ties pooled over the
window ("pooled"). Both are functions of means over time, so every circular shift of both is a matrix product away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hedging.argument.domains import DOMAINS, Domain
from hedging.argument.portfolio import RULES, aggregate, part_choices, parts_named, weights_named
from hedging.errors import unknown
from hedging.inference.spans import ordinals
from hedging.measures import EAST, balance, camps, entropy
from hedging.measures.parts import binary

Frame = pd.DataFrame
Taken = Callable[[Frame], pd.Series]


def _west(ties: Frame) -> pd.Series:
    return camps(ties)[1]


def _east(ties: Frame) -> pd.Series:
    return ties[list(EAST)].sum(axis=1, skipna=False)


def _western(means: Frame) -> pd.Series:
    return means["west"]


def _ratio(frame: Frame) -> pd.Series:
    return frame["part"] / frame["whole"].where(frame["whole"] != 0)


def _within(averages: Frame) -> pd.Series:
    """Part of the pooled Moscow-Beijing entropy that lies within the years; NaN where there is none to divide."""
    pooled = entropy.tree(averages.drop(columns="inside"), missing="nan")["moscow_beijing"]
    return averages["inside"] / pooled.where(pooled > 0)


def _years(ties: Frame) -> Frame:
    """Shares of each year and the entropy between Moscow and Beijing inside it, years weighing alike."""
    return balance.shares(ties).assign(inside=entropy.tree(ties, missing="nan")["moscow_beijing"])


TIES: dict[str, Taken] = {
    "q": balance.equidistance,
    "h_east": lambda ties: binary((1 + balance.tilt(ties)) / 2),  # the entropy twin of Q
    "hedge": balance.cross_bloc_hedge,
    "between": lambda ties: binary(balance.cross_bloc_share(ties)),
    "b": balance.cross_bloc_share,
    "west": _west,
    "west_log": lambda ties: np.log1p(_west(ties)),
    "east": _east,
    "east_log": lambda ties: np.log1p(_east(ties)),
    "quarter": lambda ties: (balance.equidistance(ties) >= 0.5).astype(float).where(balance.tilt(ties).notna()),
}
VALUES: dict[str, Taken] = {
    "value": lambda frame: frame["value"],
    "log": lambda frame: np.log1p(frame["value"]),
    "over_ten": lambda frame: (frame["value"] > 10).astype(float).where(frame["value"].notna()),
}
VOTES = ("half_credit", "identical", "kappa")
NAMED = ("q", "h_east", "hedge", "between", "b")  # of a portfolio: measures in [0, 1]
WITHIN, CAMPS = "within", "camps"
MEASURES: dict[str, tuple[str, ...]] = {
    "ties": (*TIES, WITHIN, CAMPS),
    "part": ("share",),
    "value": tuple(VALUES),
    "measured": VOTES,
    "portfolio": NAMED,
}
EASTERN = ("q", "h_east", "east", "east_log", "quarter")  # measures that no Western tie enters


@dataclass(frozen=True, eq=False)
class Averaged:
    """`values`, dates x columns called `names`, are averaged over the window; `value` makes the number of the means.

    `dates` are years, or months counted from 1970-01.
    """

    dates: np.ndarray
    values: np.ndarray
    names: tuple[str, ...]
    value: Taken

    @classmethod
    def of(cls, found: Frame | pd.Series, value: Taken = VALUES["value"]) -> "Averaged":
        """Return what is averaged of a frame, or of a series, which is the number itself."""
        values = found.to_numpy(float)
        names = tuple(found) if values.ndim > 1 else ("value",)
        return cls(ordinals(found), values.reshape(-1, len(names)), names, value)


def domain(name: str) -> Domain:
    """Return a domain by name, the portfolio included; an unknown one raises HedgingError with the nearest."""
    if name == "portfolio":
        return PORTFOLIO
    if name not in DOMAINS:
        raise unknown("domain", name, (*DOMAINS, "portfolio"))
    return DOMAINS[name]


def measures_of(name: str) -> tuple[str, ...]:
    """Return the measures that a domain knows."""
    return MEASURES["portfolio" if name == "portfolio" else domain(name).form]


def averaged(name: str, choices: Mapping[str, str], measure: str, summary: str, draws: int, seed: int) -> Averaged:
    """Return what a specification averages. A measure that the domain does not know raises HedgingError.

    `summary`: "mean" or "median" of the measure by year, or "pooled", the measure of the window's mean ties. `draws`
    and `seed` are those of a portfolio's weights. Repeated calls with equal choices give the same object.
    """
    if measure not in measures_of(name):
        raise unknown("measure", measure, measures_of(name), where=f"domain {name}")
    return _averaged(name, tuple(sorted(choices.items())), measure, summary, draws, seed)


@lru_cache(maxsize=4096)
def _averaged(
    name: str, choices: tuple[tuple[str, str], ...], measure: str, summary: str, draws: int, seed: int
) -> Averaged:
    form = domain(name).form
    if form == "measured":
        extra = {"draws": str(draws), "seed": str(seed)} if name == "portfolio" else {}
        return Averaged.of(domain(name).build({**dict(choices), "measure": measure, **extra}))
    frame = base(name, choices)
    if measure == WITHIN:
        return Averaged.of(_years(frame), _within)
    if measure == CAMPS:
        return Averaged.of(pd.concat(camps(frame), axis=1, keys=["east", "west"]), _western)
    take = TIES.get(measure) or VALUES.get(measure) or _ratio
    if summary == "pooled":
        # where the measure leaves the West out, a missing Western tie is no gap
        return Averaged.of(frame[list(EAST)] if measure in EASTERN else frame, take)
    return Averaged.of(take(frame))


@lru_cache(maxsize=1024)
def base(name: str, choices: tuple[tuple[str, str], ...]) -> Frame:
    """Return the frame of a domain for sorted choices (built once)."""
    return domain(name).build(dict(choices))


def _portfolio(choices: Mapping[str, str]) -> pd.Series:
    """The measure of each part by year, joined over the years that all parts know."""
    parts = parts_named(choices["parts"])
    draws, seed = int(choices["draws"]), int(choices["seed"])
    yearly = _joined(parts, tuple(tuple(part_choices(part, choices).items()) for part in parts), choices["measure"])
    weights = weights_named(choices["weights"], len(parts), draws, seed)
    return aggregate(yearly, choices["aggregation"], weights)


@lru_cache(maxsize=256)
def _joined(parts: tuple[str, ...], choices: tuple[tuple[tuple[str, str], ...], ...], measure: str) -> Frame:
    """Join the parts once for all weights."""
    pairs = zip(parts, map(dict, choices), strict=True)
    found = {part: averaged(part, own, measure, "mean", 0, 0) for part, own in pairs}
    return pd.DataFrame({part: pd.Series(one.values[:, 0], one.dates) for part, one in found.items()})


PORTFOLIO = Domain(
    "several kinds of tie at once",
    ("trade", "events_yearly", "media_terms"),
    {
        "parts": ("trade+events+media", "trade+events", "trade+media", "events+media"),
        "aggregation": RULES,
        "weights": ("equal", "dirichlet"),
        "source": ("panel", "cow"),
        "south": ("in", "out"),
        "missing": ("drop", "floor", "ceiling"),
        "class": ("cooperation", "verbal_coop", "material_coop"),
    },
    _portfolio,
    "measured",
)
