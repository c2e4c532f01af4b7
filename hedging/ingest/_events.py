"""Coded events of all states: pairs seen from each side, and the zeros that the sources leave out."""

from collections.abc import Sequence

import pandas as pd

from hedging.ingest._facts import POWERS
from hedging.tables.record import Column

STATE = Column("iso3", "string", "state, iso3", pattern="[A-Z]{3}")
POWER = Column("power", "string", "partner", enum=POWERS)


def seen_from_both(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return rows with columns `iso3` and `power` from pairs `a`, `b`; a pair of two powers counts for each."""
    turned = pairs.rename(columns={"a": "b", "b": "a"})
    both = pd.concat([pairs, turned], ignore_index=True).rename(columns={"a": "iso3", "b": "power"})
    return both[both["power"].isin(POWERS)]


def grid(ties: pd.DataFrame, states: Sequence[str], years: Sequence[str], values: tuple[str, ...]) -> pd.DataFrame:
    """Return one row a year, state and power with sums of `values`; a pair without a row is 0, itself is left out."""
    cells = [(year, state, power) for year in years for state in states for power in POWERS if state != power]
    keys = ["year", "iso3", "power"]
    sums = ties.astype(dict.fromkeys(values, float)).groupby(keys)[list(values)].sum()
    return sums.reindex(pd.MultiIndex.from_tuples(cells, names=keys), fill_value=0.0).reset_index()
