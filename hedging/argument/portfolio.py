"""Several kinds of tie as one number a year, by rules fixed in advance: the aggregation forks (science 2.1(6)).

Only like is joined with like: one measure, the same years. Additive, geometric and rank rules disagree on purpose.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from hedging.argument.domains import DOMAINS, Domain
from hedging.errors import HedgingError, unknown

RULES = ("arithmetic", "geometric", "median_rank")
EQUAL, DRAW = "equal", "draw "


def aggregate(values: pd.DataFrame, rule: str, weights: Sequence[float] | None = None) -> pd.Series:
    """Join the domains (columns, values in [0, 1]) of each row into one number in [0, 1], up = more even.

    `rule`: arithmetic or geometric weighted mean, or median_rank, the median over domains of a row's rank within the
    domain, (rank - 1/2)/rows. `weights`: one a domain, >= 0, sum 1 (default equal); ranks take equal ones only. A row
    with a missing domain is NaN, for rows compare over the same domains. A domain without any value, fewer than two
    domains, a wrong rule or weights that are no weights raise HedgingError.
    """
    if rule not in RULES:
        raise unknown("rule of aggregation", rule, RULES)
    cells = values.to_numpy(float)
    gone = np.isnan(cells)
    empty = [str(name) for name, silent in zip(values, gone.all(axis=0), strict=True) if silent]
    if empty or values.shape[1] < 2:
        what = f"no value at all in {', '.join(empty)}" if empty else "fewer than two domains"
        raise HedgingError(what, where="aggregate", remedy="leave the domain out, and say so")
    if ((cells < 0) | (cells > 1 + 1e-12)).any():
        raise HedgingError("a value lies outside [0, 1]", where="aggregate", remedy="join measures of one scale")
    share = checked_weights(weights, values.shape[1])
    known = ~gone.any(axis=1)
    whole, joined = cells[known], np.full(len(cells), np.nan)
    if rule == "median_rank":
        if weights is not None and not np.allclose(share, share[0]):
            raise HedgingError("a median of ranks knows no weights", where="aggregate", remedy="leave weights out")
        joined[known] = ((pd.DataFrame(whole).rank() - 0.5) / max(len(whole), 1)).median(axis=1)
    elif rule == "geometric":
        joined[known] = (np.clip(whole, 0.0, None) ** share).prod(axis=1)
    else:
        joined[known] = (whole * share).sum(axis=1)
    return pd.Series(joined, values.index, name=rule)


def checked_weights(weights: Sequence[float] | None, domains: int) -> np.ndarray:
    """Return weights as an array that sums to one, equal by default; anything else raises HedgingError."""
    if weights is None:
        return np.full(domains, 1 / domains)
    given = np.asarray(weights, float)
    if given.shape != (domains,) or not (given >= 0).all() or not np.isclose(given.sum(), 1.0, atol=1e-9):
        raise HedgingError(
            f"{list(given)} are no weights of {domains} domains",
            where="aggregate",
            remedy="one weight a domain, each >= 0, with the sum 1",
        )
    return given


@cache
def drawn_weights(draws: int, domains: int, seed: int) -> np.ndarray:
    """Return `draws` rows of weights from a flat Dirichlet over the domains; same seed, same draws."""
    return np.random.default_rng(seed).dirichlet(np.ones(domains), draws)


def weights_named(name: str, domains: int, draws: int, seed: int) -> np.ndarray | None:
    """Return the weights of a fork value: "equal" (None) or "draw 7" of the Dirichlet draws."""
    if name == EQUAL:
        return None
    number = name.removeprefix(DRAW)
    if not name.startswith(DRAW) or not number.isdigit() or not 1 <= int(number) <= draws:
        raise unknown("weights", name, [EQUAL, *(f"{DRAW}{n}" for n in range(1, draws + 1))])
    return drawn_weights(draws, domains, seed)[int(number) - 1]


def parts_named(name: str) -> tuple[str, ...]:
    """Return the domains of a fork value "trade+events"; an unknown domain or fewer than two raise HedgingError."""
    parts = tuple(part.strip() for part in name.split("+"))
    for part in parts:
        if part not in DOMAINS or DOMAINS[part].form != "ties" or DOMAINS[part].monthly:
            fitting = [key for key, one in DOMAINS.items() if one.form == "ties" and not one.monthly]
            raise unknown("domain of a portfolio", part, fitting)
    if len(set(parts)) < 2:
        raise HedgingError(f"{name!r} is no portfolio", remedy="join two domains or more: trade+events")
    return parts


def part_choices(part: str, choices: Mapping[str, str]) -> dict[str, str]:
    """Return the choices of one part: those of the portfolio that it knows, else the part's own first value."""
    known: Domain = DOMAINS[part]
    return {fork: choices[fork] if choices.get(fork) in values else values[0] for fork, values in known.forks.items()}
