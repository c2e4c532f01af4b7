"""How alike two states vote in the General Assembly, with every fork of the definition as an argument.

Votes frame: one row a roll call, with `year`, `nuclear`, `about_prk`, `unanimous` (true or false) and one column a
state: Y yes, A abstain, N no, X member that did not vote, empty no member. Numbers run over roll calls that both
states took part in. These are positions on global issues, not ties: they enter no share, tilt or entropy (science
2.2, trap T4), and for North Korea they begin in 1991 (trap T2).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown

FLAGS = ("year", "nuclear", "about_prk", "unanimous")
CODES = {"Y": 1, "A": 2, "N": 3, "X": 0}
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
    for fork, choice in forks.items():
        if choice not in FORKS[fork]:
            raise unknown(f"choice for {fork}", choice, FORKS[fork])
    if statistic not in STATISTICS:
        raise unknown("statistic", statistic, STATISTICS)
    if absences == "category" and statistic not in ("identical", "scott"):
        raise HedgingError(
            f"absence has no place on the scale of {statistic}",
            remedy='absences="category" goes with statistic="identical" or "scott"',
        )
    pairs = _pairs(_chosen(votes, forks), a, b, absences)
    grouped = [(year, len(rows), _value(statistic, rows)) for year, rows in pairs.groupby("year")]
    years = pd.Index([int(year) for year, _, _ in grouped], name="year", dtype="int64")
    return pd.DataFrame(
        {"value": [value for *_, value in grouped], "votes": [n for _, n, _ in grouped]}, index=years
    ).astype({"value": float, "votes": int})


def _chosen(votes: pd.DataFrame, forks: dict[str, str]) -> pd.DataFrame:
    absent = [flag for flag in FLAGS if flag not in votes.columns]
    if absent:
        raise HedgingError(f"the votes lack {', '.join(absent)}", where="columns of the votes frame")
    keep = pd.Series(True, index=votes.index)
    if forks["unanimous"] == "drop":
        keep &= ~_flag(votes, "unanimous")
    if forks["own"] == "drop":
        keep &= ~_flag(votes, "about_prk")
    if forks["nuclear"] != "keep":
        keep &= _flag(votes, "nuclear") == (forks["nuclear"] == "only")
    return votes[keep]


def _flag(votes: pd.DataFrame, name: str) -> pd.Series:
    # the text "False" is true to Python: only real truth values pass
    if not votes[name].isin([True, False]).all():
        raise HedgingError(f"{name} must be true or false in every row", where=f"votes column {name}")
    return votes[name].astype(bool)


def _pairs(votes: pd.DataFrame, a: str, b: str, absences: str) -> pd.DataFrame:
    coded = {"year": votes["year"]}
    for side, state in (("a", a), ("b", b)):
        if state not in votes.columns or state in FLAGS:
            raise unknown("state", state, [column for column in votes.columns if column not in FLAGS])
        letters = votes[state].replace("", np.nan)
        strange = set(letters.dropna()) - set(CODES)
        if strange:
            raise HedgingError(f"votes are Y, A, N or X, not {sorted(strange)}", where=f"votes column {state}")
        codes = letters.map(CODES).astype(float)
        if absences != "category":
            codes = codes.replace(0.0, 2.0 if absences == "abstention" else np.nan)
        coded[side] = codes
    return pd.DataFrame(coded).dropna()


def _value(statistic: str, rows: pd.DataFrame) -> float:
    return float(STATISTICS[statistic](rows["a"].to_numpy(), rows["b"].to_numpy()))


def _half_credit(a: np.ndarray, b: np.ndarray) -> float:
    return 1 - np.abs(a - b).mean() / 2


def _identical(a: np.ndarray, b: np.ndarray) -> float:
    return (a == b).mean()


def _signorino(a: np.ndarray, b: np.ndarray) -> float:
    return 1 - 2 * np.abs(a - b).mean() / 2


def _signorino_squared(a: np.ndarray, b: np.ndarray) -> float:
    return 1 - 2 * ((a - b) ** 2).mean() / 4


def _scott(a: np.ndarray, b: np.ndarray) -> float:
    both = np.concatenate([a, b])
    expected = sum((both == code).mean() ** 2 for code in np.unique(both))
    return (_identical(a, b) - expected) / (1 - expected) if expected < 1 else np.nan


def _kappa(a: np.ndarray, b: np.ndarray) -> float:
    expected = ((a[:, None] - b[None, :]) ** 2).mean()
    return 1 - ((a - b) ** 2).mean() / expected if expected > 0 else np.nan


def _beyond_chance(a: np.ndarray, b: np.ndarray) -> float:
    expected = 1 - np.abs(a[:, None] - b[None, :]).mean()
    return _signorino(a, b) - expected


STATISTICS: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "half_credit": _half_credit,
    "identical": _identical,
    "signorino": _signorino,
    "signorino_squared": _signorino_squared,
    "scott": _scott,
    "kappa": _kappa,
    "beyond_chance": _beyond_chance,
}
