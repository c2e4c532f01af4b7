"""A few events a stretch: shares of the West and of Moscow, pooled and with the uncertainty of small counts."""

from collections.abc import Mapping

import pandas as pd

from hedging.measures.balance import cross_bloc_share, tilt
from hedging.measures.entropy import posterior_shares

SHARES = {"West, of all": cross_bloc_share, "Moscow, of the East": lambda ties: (1 + tilt(ties)) / 2}


def pooled_shares(counts: Mapping[str, pd.Series], seed: int = 20251123) -> pd.DataFrame:
    """Return two shares for each stretch of events: b, and Moscow's part of the eastern events, all in [0, 1].

    `counts`: events by power for each stretch, by its name. Columns label (name and number of events), group, value
    (of the counts as they stand), low, high (5% and 95% of the Dirichlet posterior, science 3.5). Stretches without
    events are left out; a missing count raises HedgingError; value is NaN where nothing can be divided.
    """
    rows = []
    for name, events in counts.items():
        if events.sum() == 0:
            continue
        drawn = posterior_shares(events, seed=seed)
        for group, share in SHARES.items():
            low, high = share(drawn).dropna().quantile([0.05, 0.95])
            value = float(share(events.to_frame().T).iloc[0])
            label = f"{name} ({events.sum():.0f})"
            rows.append({"label": label, "group": group, "value": value, "low": low, "high": high})
    return pd.DataFrame(rows)
