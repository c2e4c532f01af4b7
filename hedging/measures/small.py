"""Balances of a handful of events: what few meetings can say of b, B, Q and Moscow's part, and what they cannot."""

from collections.abc import Callable, Mapping

import pandas as pd

from hedging.measures.balance import cross_bloc_hedge, cross_bloc_share, equidistance, tilt
from hedging.measures.entropy import posterior_shares

Balance = Callable[[pd.DataFrame], pd.Series]
BALANCES = (cross_bloc_share, cross_bloc_hedge, equidistance)
SHARES: dict[str, Balance] = {
    "West, of all": cross_bloc_share,
    "Moscow, of the East": lambda ties: (1 + tilt(ties)) / 2,
}


def balance_intervals(counts: pd.Series, draws: int = 100_000, seed: int = 20251123) -> pd.DataFrame:
    """Return b, B and Q of small counts with their uncertainty: Dirichlet posterior of science 3.5, all in [0, 1].

    `counts`: events by power, none missing (a missing count raises HedgingError). Rows cross_bloc_share,
    cross_bloc_hedge, equidistance; columns value (of the counts as they stand, NaN where nothing can be divided), low,
    median, high (5%, 50%, 95%). The median of B lies under its value when the value is 1, for no draw can lie above.
    """
    drawn = posterior_shares(counts, draws, seed)
    rows = {balance.__name__: _interval(balance, counts, drawn) for balance in BALANCES}
    return pd.DataFrame.from_dict(rows, orient="index")


def pooled_shares(counts: Mapping[str, pd.Series], seed: int = 20251123) -> pd.DataFrame:
    """Return two shares for each stretch of events: b, and Moscow's part of the eastern events, all in [0, 1].

    `counts`: events by power for each stretch, by its name. Columns label (name and number of events), group, value,
    low, median, high as in `balance_intervals`. Stretches without events are left out; a missing count raises
    HedgingError.
    """
    rows = []
    for name, events in counts.items():
        if events.sum() == 0:
            continue
        drawn = posterior_shares(events, seed=seed)
        label = f"{name} ({events.sum():.0f})"
        rows += [{"label": label, "group": group, **_interval(share, events, drawn)} for group, share in SHARES.items()]
    return pd.DataFrame(rows)


def _interval(balance: Balance, counts: pd.Series, drawn: pd.DataFrame) -> dict[str, float]:
    low, median, high = balance(drawn).dropna().quantile([0.05, 0.5, 0.95])
    return {"value": float(balance(counts.to_frame().T).iloc[0]), "low": low, "median": median, "high": high}
