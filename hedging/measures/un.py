"""How alike two states vote in the General Assembly, with every fork of the definition as an argument.

Votes frame: one row a roll call, with `year`, `nuclear`, `about_prk`, `unanimous` (true or false) and one column a
state: Y yes, A abstain, N no, X member that did not vote, empty no member. Numbers run over roll calls that both
states took part in. These are positions on global issues, not ties: they enter no share, tilt or entropy (science
2.2, trap T4), and for North Korea they begin in 1991 (trap T2).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.measures.powers import EAST, checked
from hedging.measures.similarity import STATISTICS, pair_tables, yearly_tables

FLAGS = ("year", "nuclear", "about_prk", "unanimous")
CODES = {"Y": 0.0, "A": 1.0, "N": 2.0}
FORKS = {
    "unanimous": ("drop", "keep"),
    "absences": ("missing", "abstention", "category"),
    "nuclear": ("keep", "drop", "only"),
    "own": ("keep", "drop"),
}


def agreement(
    votes: pd.DataFrame,
    a: str,
    b: str,
    *,
    unanimous: str = "drop",
    absences: str = "missing",
    nuclear: str = "keep",
    statistic: str = "half_credit",
    own: str = "keep",
) -> pd.DataFrame:
    """Agreement of states `a` and `b` (column names) by year: columns `value` and `votes`, the roll calls behind it.

    `statistic`, with v = 1 yes, 2 abstain, 3 no (science 2.2):
    half_credit   mean(1 - |v_a - v_b|/2), [0, 1], `bailey2017`;
    identical     mean(v_a == v_b), [0, 1], `mokrybumeder2026`;
    signorino     S = 1 - 2 mean(|v_a - v_b|)/2 = 2*half_credit - 1, [-1, 1], `signorino1999`; signorino_squared: d^2;
    scott         pi = (p_o - p_e)/(1 - p_e), up to 1, 0 = chance, `scott1955`;
    kappa         1 - D_o/D_e with quadratic weights, up to 1, 0 = chance, `cohen1968`, `haege2011`;
    beyond_chance S minus the S expected of independent voting, 0 = chance, `miller_fpsim`.
    All: up = more alike; NaN in a year where both vote one way throughout and chance leaves no room.

    Forks: `unanimous` drop | keep; `absences` missing | abstention | category (a position of its own; identical and
    scott only); `nuclear` keep | drop | only; `own` keep | drop resolutions on North Korea. The absence fork alone
    moves PRK-CHN identical voting from 88.9% to 75.3%.
    """
    forks = {"unanimous": unanimous, "absences": absences, "nuclear": nuclear, "own": own}
    _check(forks, statistic)
    years, tables = tabulated(votes, a, b, forks)
    counts = tables.sum(axis=(-2, -1)).astype(int)
    index = pd.Index(years, name="year", dtype="int64")
    return pd.DataFrame({"value": STATISTICS[statistic](tables), "votes": counts}, index)


def tabulated(votes: pd.DataFrame, a: str, b: str, forks: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the years in which both states voted, and what they voted: years x positions of `a` x positions of `b`.

    `forks`: a choice for each fork of `agreement`. Every statistic of `hedging.measures.similarity` reads such tables.
    """
    given, cast = _chosen(votes, [a, b], forks)
    codes, size = _codes(cast, forks["absences"])
    years, place = np.unique(given, return_inverse=True)
    tables = yearly_tables(codes, place, len(years), size)
    voted = tables.any(axis=(-2, -1))
    return years[voted], tables[voted]


def agreement_of_all(
    votes: pd.DataFrame,
    states: Sequence[str],
    *,
    unanimous: str = "drop",
    absences: str = "missing",
    nuclear: str = "keep",
    statistic: str = "half_credit",
    own: str = "keep",
    of: str | None = None,
) -> pd.DataFrame:
    """Agreement of every pair of `states` by year: rows (year, a, b) with a before b, columns `value` and `votes`.

    Forks, statistics and ranges as in `agreement`; all pairs of a year at once, in matrix form. `of`: one of the
    states, for its pairs alone. Pairs without a roll call in common are left out.
    """
    forks = {"unanimous": unanimous, "absences": absences, "nuclear": nuclear, "own": own}
    _check(forks, statistic)
    names = list(states)
    given, cast = _chosen(votes, names, forks)
    codes, size = _codes(cast, absences)
    years = np.unique(given)
    if not years.size:
        raise HedgingError("no roll call is left", where="agreement_of_all", remedy="check the forks")
    pairs = _pairs(names, of)
    tables = (pair_tables(codes[given == year], size)[pairs] for year in years)
    found = [(STATISTICS[statistic](table), table.sum(axis=(-2, -1)).round().astype(int)) for table in tables]
    value, counts = (np.concatenate(part) for part in zip(*found, strict=True))
    index = _of_pairs(years, names, pairs)
    return pd.DataFrame({"value": value, "votes": counts}, index)[counts > 0]


def _pairs(names: list[str], of: str | None) -> tuple[np.ndarray, ...]:
    """Return the places of the two states of each pair."""
    first, second = np.triu_indices(len(names), k=1)
    if of is None:
        return first, second
    if of not in names:
        raise unknown("state", of, names, where="of")
    own = (first == names.index(of)) | (second == names.index(of))
    return first[own], second[own]


def _of_pairs(years: np.ndarray, names: list[str], pairs: tuple[np.ndarray, ...]) -> pd.MultiIndex:
    """Return (year, a, b) of all pairs in each year, made of the few names and not of a name a row."""
    levels = pd.Index(sorted(names))
    place = levels.get_indexer(names)
    codes = (np.repeat(np.arange(len(years)), len(pairs[0])), *(np.tile(place[one], len(years)) for one in pairs))
    return pd.MultiIndex((pd.Index(years), levels, levels), codes, names=["year", "a", "b"])


def lean(agreement: pd.DataFrame) -> pd.Series:
    """Mean agreement with the East less mean agreement with the West, by row (science 2.2: a difference, no share).

    `agreement`: one row a year, columns among the five powers, values in [0, 1] of one statistic. Range [-1, 1], up =
    nearer to the East; NaN where an agreement is missing. It says nothing about who moved.
    """
    frame = checked(agreement, need=EAST)
    west = [power for power in frame.columns if power not in EAST]
    if not west:
        raise HedgingError("agreement with no Western power", where="lean", remedy="add USA, JPN or KOR")
    return (frame[list(EAST)].mean(axis=1, skipna=False) - frame[west].mean(axis=1, skipna=False)).rename("lean")


def _check(forks: dict[str, str], statistic: str) -> None:
    for fork, choice in forks.items():
        if choice not in FORKS[fork]:
            raise unknown(f"choice for {fork}", choice, FORKS[fork])
    if statistic not in STATISTICS:
        raise unknown("statistic", statistic, STATISTICS)
    if forks["absences"] == "category" and statistic not in ("identical", "scott"):
        raise HedgingError(
            f"absence has no place on the scale of {statistic}",
            remedy='absences="category" goes with statistic="identical" or "scott"',
        )


def _chosen(votes: pd.DataFrame, states: list[str], forks: dict[str, str]) -> tuple[np.ndarray, dict[str, Any]]:
    """Return the years of the roll calls that the forks leave, and the votes of each state in them."""
    absent = [flag for flag in FLAGS if flag not in votes.columns]
    if absent:
        raise HedgingError(f"the votes lack {', '.join(absent)}", where="columns of the votes frame")
    keep = np.ones(len(votes), bool)
    if forks["unanimous"] == "drop":
        keep &= ~_flag(votes, "unanimous")
    if forks["own"] == "drop":
        keep &= ~_flag(votes, "about_prk")
    if forks["nuclear"] != "keep":
        keep &= _flag(votes, "nuclear") == (forks["nuclear"] == "only")
    for state in states:
        if state not in votes.columns or state in FLAGS:
            raise unknown("state", state, [column for column in votes.columns if column not in FLAGS])
    return votes["year"].to_numpy()[keep], {state: votes[state].array[keep] for state in states}


def _flag(votes: pd.DataFrame, name: str) -> np.ndarray:
    # the text "False" is true to Python: only real truth values pass
    if votes[name].dtype != bool and not votes[name].isin([True, False]).all():
        raise HedgingError(f"{name} must be true or false in every row", where=f"votes column {name}")
    return votes[name].to_numpy(bool)


def _codes(cast: dict[str, Any], absences: str) -> tuple[np.ndarray, int]:
    """Return positions 0 yes, 1 abstain, 2 no (3 did not vote, as a category of its own), and how many there are."""
    places = CODES | {"X": {"missing": np.nan, "abstention": 1.0, "category": 3.0}[absences], "": np.nan}
    columns = []
    for state, cells in cast.items():
        at, letters = pd.factorize(cells)
        strange = set(letters) - set(places)
        if strange:
            raise HedgingError(f"votes are Y, A, N or X, not {sorted(strange)}", where=f"votes column {state}")
        columns.append(np.array([*(places[letter] for letter in letters), np.nan])[at])  # at -1 there is no letter
    return np.column_stack(columns), 4 if absences == "category" else 3
