"""Distance between ideal points in the General Assembly, with the published uncertainty carried along.

North Korea's headline position jumps between 2014 and 2015 because of how it began to vote on nuclear texts, not
because it came nearer to Washington (trap T3); a distance that crosses the jump is refused unless it is asked for.
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.measures.powers import SUBJECT

COLUMNS = ("iso3", "year", "theta", "q5", "q95")
BAND = 3.29  # width of a normal's 5-95% band in standard deviations (science 2.2)
JUMP = (2014, 2015)


def positions(points: pd.DataFrame, state: str) -> pd.DataFrame:
    """Position of a state by year: columns theta (mean 0, sd 1 over states) and sd = (q95 - q5)/3.29, `bailey2017`.

    `points`: rows a state-year, columns iso3, year, theta, q5, q95. Plot both positions next to any distance: a
    distance does not say who moved.
    """
    absent = [column for column in COLUMNS if column not in points.columns]
    if absent:
        raise HedgingError(f"the ideal points lack {', '.join(absent)}", where="columns of the ideal points")
    rows = points[points["iso3"] == state].set_index("year").sort_index()
    if rows.empty:
        raise unknown("state", state, points["iso3"].dropna().unique(), where="ideal points")
    if rows.index.has_duplicates:
        raise HedgingError(f"{state} has two ideal points in one year", remedy="choose one variant of the series")
    return pd.DataFrame({"theta": rows["theta"], "sd": (rows["q95"] - rows["q5"]) / BAND})


def distance(
    points: pd.DataFrame, a: str, b: str, *, without_nuclear: bool = False, nuclear_artefact: str = "refuse"
) -> pd.DataFrame:
    """Distance |theta_a - theta_b| by year, `bailey2017`: columns distance >= 0, sd, theta_a, theta_b.

    sd = sqrt(sd_a^2 + sd_b^2), the two errors taken as independent. Down = nearer on global issues. A distance of
    North Korea that spans 2014 and 2015 raises HedgingError, unless the points come from votes without nuclear texts
    (`without_nuclear=True`) or the artefact itself is to be seen (`nuclear_artefact="show"`).
    """
    if nuclear_artefact not in ("refuse", "show"):
        raise unknown("choice for nuclear_artefact", nuclear_artefact, ("refuse", "show"))
    both = positions(points, a).join(positions(points, b), how="inner", lsuffix="_a", rsuffix="_b")
    crosses = SUBJECT in (a, b) and set(JUMP) <= set(both.dropna().index)
    if crosses and not without_nuclear and nuclear_artefact == "refuse":
        raise HedgingError(
            "North Korea's ideal point jumps from 2014 to 2015 by its votes on nuclear texts, not by a turn West",
            where=f"distance {a}-{b}, years {both.index.min()} to {both.index.max()}",
            remedy='stay on one side of 2015, use votes without nuclear texts, or pass nuclear_artefact="show"',
        )
    gap = (both["theta_a"] - both["theta_b"]).abs()
    error = np.sqrt(both["sd_a"] ** 2 + both["sd_b"] ** 2)
    return pd.DataFrame({"distance": gap, "sd": error, "theta_a": both["theta_a"], "theta_b": both["theta_b"]})
