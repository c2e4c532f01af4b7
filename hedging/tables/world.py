"""Ties of any state with the five powers, and series of the states compared: wide frames, NaN for what is missing.

Columns RUS, CHN, USA, JPN, KOR as in `ties`; a power's tie with itself is NaN. Nothing missing becomes a zero.
"""

from collections.abc import Callable

import pandas as pd

from hedging.errors import unknown
from hedging.tables import wide
from hedging.tables.load import load
from hedging.tables.status import Ties, tied
from hedging.tables.wide import POWERS

__all__ = ["TIES", "aid", "arms", "countries", "economy", "of", "trade", "trips", "unconfirmed"]


def of(
    country: str, tie: str, variant: str | None = None, start: int | None = None, end: int | None = None
) -> pd.DataFrame:
    """Return one tie of a state (iso3) with each power: years as index, five columns.

    `tie` is trade, arms or aid; `variant` is a vintage of arms (2022-07 without one) or a concept of aid. Raises
    HedgingError for an unknown tie, variant or state, with the nearest code, and for years outside the coverage.
    """
    if tie not in TIES:
        raise unknown("tie", tie, TIES, where="hedging.tables.world")
    return TIES[tie](country, variant, start, end)


def countries(tie: str, variant: str | None = None) -> list[str]:
    """Return the iso3 codes of all states for which a tie is known."""
    names = {"trade": "trade_world", "arms": "arms_world", "aid": "aid_world"}
    if tie not in names:
        raise unknown("tie", tie, names, where="hedging.tables.world")
    return sorted(load(names[tie], None if tie == "trade" else variant or "all")["country"].unique())


@tied
def trade(country: str, variant: str | None = None, start: int | None = None, end: int | None = None) -> Ties:
    """Return imports + exports with each power in current US$ million, 1946-2014 (COW).

    Between communist states before 1992 every cell is NaN: the file's zeros there are false (T1). For North Korea
    `ties.trade` knows more.
    """
    rows = _state(load("trade_world", variant), country, "trade_world")
    rows = rows[rows["partner"] != "WORLD"]
    cut = _cut(rows.assign(value=rows["usd_million"]), "partner", (start, end), "trade_world", "current US$ million")
    return Ties(cut, wide.marked(wide.reasons(rows, cut), "trade_world", "", ""))


@tied
def unconfirmed(country: str, start: int | None = None, end: int | None = None) -> Ties:
    """Return what the file prints for a communist state with communist powers before 1992: for bounds, no series."""
    rows = _state(load("trade_world"), country, "trade_world")
    rows = rows[rows["partner"] != "WORLD"]
    rows = rows.assign(value=rows["unconfirmed_usd_million"])
    return Ties(_cut(rows, "partner", (start, end), "trade_world", "current US$ million"), None)


@tied
def arms(country: str, variant: str | None = None, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return major arms from each power in SIPRI TIV million by one vintage; a zero is "none identified"."""
    vintage = variant or "2022-07"
    rows = _state(load("arms_world", vintage), country, "arms_world")
    shares = {f"share_{power.lower()}": power for power in POWERS}
    long = rows.melt(["year", "tiv"], list(shares), "partner", "share").replace({"partner": shares})
    value = (long["tiv"] * long["share"] / 100).where(long["tiv"] > 0, 0.0)  # a share of nothing is missing
    return _cut(long.assign(value=value.round(2)), "partner", (start, end), "arms_world", "SIPRI TIV million", vintage)


@tied
def aid(country: str, variant: str | None = None, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return aid from each power by one concept of table aid_world, in US$ million in that concept's prices.

    A power that does not report is NaN, which is not zero; most concepts know one giver only.
    """
    rows = _state(load("aid_world", variant), country, f"aid_world, concept {variant}")
    unit = f"US$ million, {rows['prices'].iloc[0]} prices"
    return _cut(rows, "giver", (start, end), "aid_world", unit, variant or "")


TIES: dict[str, Callable[..., pd.DataFrame]] = {"trade": trade, "arms": arms, "aid": aid}


def economy(series: str, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return one series of table economy for the states compared: years by iso3, in the series' own unit."""
    rows = load("economy", series)
    frame = rows.pivot(index="year", columns="country", values="value").rename_axis(columns=None)
    return wide.marked(wide.years(frame, start, end, "economy"), "economy", series, rows["unit"].iloc[0])


def trips(direction: str, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return leaders' trips sent or received, 1990-2024: years by iso3; NaN where the source knows none at all."""
    rows = load("leader_trips", direction)
    frame = rows.pivot(index="year", columns="country", values="trips").rename_axis(columns=None).astype(float)
    return wide.marked(wide.years(frame, start, end, "leader_trips"), "leader_trips", direction, "trips")


def _state(rows: pd.DataFrame, country: str, where: str) -> pd.DataFrame:
    found = rows[rows["country"] == country]
    if found.empty:
        raise unknown("country", country.upper(), rows["country"].unique(), where=f"table {where}")
    return found


def _cut(
    rows: pd.DataFrame, partner: str, span: tuple[int | None, int | None], table: str, unit: str, variant: str = ""
) -> pd.DataFrame:
    frame = wide.years(wide.spread(rows, partner, rows["value"]), *span, f"table {table}")
    return wide.marked(frame, table, variant, unit)
