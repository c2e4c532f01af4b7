"""Distance between ideal points in the General Assembly, with the published uncertainty carried along.

North Korea's headline position jumps between 2014 and 2015 because of how it began to vote on nuclear texts, not
because it came nearer to Washington (trap T3); a distance that crosses the jump is refused unless it is asked for.
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown

NORMAL_90 = 3.29  # sds between the 5th and the 95th percentile of a normal distribution
COLUMNS = ("year", "iso3", "ideal_point", "sd", "nuclear_artefact")


def positions(points: pd.DataFrame, state: str) -> pd.DataFrame:
    """Position of a state by year, `bailey2017`: columns theta (mean 0, sd 1 over states), sd, nuclear_artefact.

    `points`: rows a state-year, columns year, iso3, ideal_point, sd (measurement error), nuclear_artefact (true where
    nuclear texts move the position). Plot both positions next to any distance: a distance does not say who moved.
    """
    absent = [column for column in COLUMNS if column not in points.columns]
    if absent:
        raise HedgingError(f"the ideal points lack {', '.join(absent)}", where="columns of the ideal points")
    rows = points[points["iso3"] == state].dropna(subset=["ideal_point"]).set_index("year").sort_index()
    if rows.empty:
        raise unknown("state", state, points["iso3"].dropna().unique(), where="ideal points")
    if rows.index.has_duplicates:
        raise HedgingError(f"{state} has two ideal points in one year", remedy="choose one variant of the series")
    return rows[["ideal_point", "sd", "nuclear_artefact"]].rename(columns={"ideal_point": "theta"})


def distance(points: pd.DataFrame, a: str, b: str, *, nuclear_artefact: str = "refuse") -> pd.DataFrame:
    """Distance |theta_a - theta_b| by year, `bailey2017`: columns distance >= 0, sd, low, high, theta_a, theta_b.

    sd = sqrt(sd_a^2 + sd_b^2), the two errors taken as independent; low to high holds 90% of the distances that errors
    of that size allow, and low is 0 where the states may stand at one point. Down = nearer. A distance that
    holds years with and years without the nuclear artefact (North Korea's, 2014 and 2015) raises HedgingError unless
    `nuclear_artefact="show"`, for a figure about the artefact itself.
    """
    if nuclear_artefact not in ("refuse", "show"):
        raise unknown("choice for nuclear_artefact", nuclear_artefact, ("refuse", "show"))
    both = positions(points, a).add_suffix("_a").join(positions(points, b).add_suffix("_b"), how="inner")
    marked = both["nuclear_artefact_a"].astype(bool) | both["nuclear_artefact_b"].astype(bool)
    if marked.any() and not marked.all() and nuclear_artefact == "refuse":
        raise HedgingError(
            "ideal points jump in 2015 by North Korea's votes on nuclear texts, not by a turn to the West (trap T3)",
            where=f"distance {a}-{b}, years {both.index.min()} to {both.index.max()}",
            remedy='stay on one side of 2015, use agreement without nuclear texts, or pass nuclear_artefact="show"',
        )
    gap = (both["theta_a"] - both["theta_b"]).abs()
    error = np.sqrt(both["sd_a"] ** 2 + both["sd_b"] ** 2)
    low, high = (gap - NORMAL_90 / 2 * error).clip(lower=0.0), gap + NORMAL_90 / 2 * error
    sides = {"theta_a": both["theta_a"], "theta_b": both["theta_b"]}
    return pd.DataFrame({"distance": gap, "sd": error, "low": low, "high": high, **sides})


def distances_to(points: pd.DataFrame, power: str) -> pd.DataFrame:
    """Distance of every state to one power by year: years x states, NaN where either has no position.

    For comparison states. It holds the nuclear artefact (trap T3) in the column of every state that is marked, and of
    the power itself no column: ask `distance` for one pair, which refuses to cross 2015.
    """
    positions(points, power)
    wide = points.pivot(index="year", columns="iso3", values="ideal_point")
    return wide.sub(wide[power], axis=0).abs().drop(columns=power)


def published_error(low: pd.Series, high: pd.Series) -> pd.Series:
    """Return the sd of a posterior from its published 5% and 95% quantiles, (high - low)/3.29; reversed ones raise."""
    if (low > high).any():
        raise HedgingError("quantiles are reversed", where="published_error", remedy="low is 5%, high is 95%")
    return ((high - low) / NORMAL_90).rename("sd")
