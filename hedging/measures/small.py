"""Balances of a handful of events: what few meetings can say of b, B and Q, and what they cannot."""

import pandas as pd

from hedging.measures.balance import cross_bloc_hedge, cross_bloc_share, equidistance
from hedging.measures.entropy import posterior_shares

BALANCES = (cross_bloc_share, cross_bloc_hedge, equidistance)


def balance_intervals(counts: pd.Series, draws: int = 100_000, seed: int = 20251123) -> pd.DataFrame:
    """Return b, B and Q of small counts with their uncertainty: Dirichlet posterior of science 3.5, all in [0, 1].

    `counts`: events by power, none missing (a missing count raises HedgingError). Rows cross_bloc_share,
    cross_bloc_hedge, equidistance; columns value (of the counts as they stand, NaN where nothing can be divided), low,
    median, high (5%, 50%, 95%). The median of B lies under its value when the value is 1, for no draw can lie above.
    """
    drawn = posterior_shares(counts, draws, seed)
    rows = {}
    for balance in BALANCES:
        value = float(balance(counts.to_frame().T).iloc[0])
        low, median, high = balance(drawn).dropna().quantile([0.05, 0.5, 0.95])
        rows[balance.__name__] = {"value": value, "low": low, "median": median, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index")
