"""High-level contacts as frames of ties: by year, by date, and pooled over a window of days."""

import calendar
from datetime import date

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.tables import wide
from hedging.tables.load import made_once
from hedging.tables.status import tied
from hedging.tables.wide import POWERS

LEADERS = ("top_leader", "head_of_state", "head_of_government")
RANKS = {"top": LEADERS[:1], "leaders": LEADERS, "core": (*LEADERS, "foreign_minister")}
YEARLY = {"top": "top_leader", "leaders": "leaders", "core": "core"}


@tied
def meetings(
    ranks: str = "top", start: int | None = None, end: int | None = None, *, least_completeness: int = 4
) -> pd.DataFrame:
    """Return contacts found with each power by year; cells less complete than `least_completeness` are NaN.

    `ranks` is top (top leaders), leaders (with other heads of state and of government), core (with foreign
    ministers), or one rank class of the table. A zero in a complete cell is "none found". At the default, leaders of
    2015-19 are NaN and top leaders are not.
    """
    rows = _ranked(ranks)
    known = rows["completeness"] >= least_completeness
    found = rows["contacts"].fillna(0)  # nothing found: a lower bound, for callers who accept thinner cells
    frame = wide.spread(rows, "power", found.where(known))
    cut = wide.years(frame, start, end, "contacts_yearly")
    return wide.marked(cut, "contacts_yearly", ranks, "contacts found")


def meeting_dates(
    start_date: str | None = None, end_date: str | None = None, ranks: str = "top", *, counted: bool = True
) -> pd.DataFrame:
    """Return the dated contacts (rows of table contacts) that surely begin between two days, in order of date.

    `ranks` as in `meetings`, or "all". Ends are "YYYY-MM-DD", or "YYYY-MM" and "YYYY" for whole months and years. A
    contact known by its month or year is inside when all of it is; `attrs["ambiguous"]` is the number of contacts that
    straddle an end. Without `counted` the doubtful rows stay in.
    """
    first, last = (np.datetime64(end) for end in _window(start_date or "1949", end_date or "2026"))
    rows, rank, low, high = _dated("contacts")
    asked = (rows["counted"] | (not counted)).to_numpy()
    if ranks != "all":
        asked = asked & np.isin(rank, _classes(ranks, rank))
    inside = asked & (first <= low) & (high <= last)
    touched = asked & (low <= last) & (first <= high)
    made = wide.marked(rows[inside].reset_index(drop=True), "contacts", ranks, "contacts found")
    made.attrs["ambiguous"] = int(touched.sum() - inside.sum())
    return made


@made_once
def _dated(rows: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Return the contacts in order of date, the rank of each, and the first and last day that it may have begun."""
    rows = rows.sort_values(["date_start", "id"], kind="stable", ignore_index=True)
    days = np.array([_possible(text) for text in rows["date_start"]], "datetime64[D]")
    return rows, rows["rank_class"].to_numpy(object), days[:, 0], days[:, 1]


@tied
def meeting_counts(start_date: str, end_date: str, ranks: str = "top", *, least_completeness: int = 4) -> pd.Series:
    """Return the contacts found with each power between two days, so that a short window can be pooled.

    A power is NaN where any year of the window is less complete than `least_completeness`. Raises HedgingError for
    a window outside 1949-2026 and for a contact whose date does not tell whether it is inside.
    """
    dates = meeting_dates(start_date, end_date, ranks)
    if dates.attrs["ambiguous"]:
        raise HedgingError(
            f"{dates.attrs['ambiguous']} contacts with only a month or year straddle the window",
            where=f"{start_date} to {end_date}, ranks {ranks}",
            remedy="let the window begin and end with a month or a year",
        )
    years = range(int(start_date[:4]), int(end_date[:4]) + 1)
    marks = meeting_completeness(ranks).loc[list(years)].min()
    counts = dates["power"].value_counts().reindex(list(POWERS), fill_value=0).astype(float)
    known = counts.where(marks >= least_completeness).rename("contacts")
    return wide.marked(known, "contacts", ranks, "contacts found")


def meeting_completeness(ranks: str = "top") -> pd.DataFrame:
    """Return how complete the contacts are by year and power, 1 (hardly gathered) to 5 (complete)."""
    frame = wide.spread(rows := _ranked(ranks), "power", rows["completeness"]).astype("int64")
    return wide.marked(frame, "contacts_yearly", ranks, "1-5")


def _classes(ranks: str, known: np.ndarray) -> tuple[str, ...]:
    if ranks not in RANKS and ranks not in known:
        raise unknown("ranks", ranks, {*RANKS, *known}, where="table contacts")
    return RANKS.get(ranks, (ranks,))


def _ranked(ranks: str) -> pd.DataFrame:
    classes, name = _by_rank("contacts_yearly"), YEARLY.get(ranks, ranks)
    if name not in classes:
        raise unknown("ranks", ranks, {*YEARLY, *classes}, where="table contacts_yearly")
    return classes[name]


@made_once
def _by_rank(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(list(rows.astype({"power": object}).groupby("rank_class")))


def _window(start: str, end: str) -> tuple[date, date]:
    try:
        first, last = _possible(start)[0], _possible(end)[1]
    except ValueError as fault:
        what = f"not a day, month or year: {start!r} or {end!r} ({fault})"
        raise HedgingError(what, where="window of contacts", remedy="write YYYY-MM-DD, YYYY-MM or YYYY") from fault
    wide.covered(first, last, date(1949, 1, 1), date(2026, 12, 31), "contacts")
    return first, last


def _possible(text: str) -> tuple[date, date]:
    """Return the first and last day that a date written as day, month or year may mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    year, (first, last) = parts[0], (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
