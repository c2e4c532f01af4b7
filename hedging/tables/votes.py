"""Votes of any states in the UN: one letter a member in the tables, one column a state here.

Cells: Y yes, N no, A abstained, X a member that did not vote; missing where the state was no member (or the letter is
unreadable). A missing cell is no abstention and no absence.
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError, unknown
from hedging.tables import wide
from hedging.tables.load import load

__all__ = ["agreement", "council", "general_assembly"]

NOBODY = (".", "?")
CELLS = np.array([np.nan if chr(byte) in NOBODY else chr(byte) for byte in range(128)], object)  # by letter's byte
VARIANTS = {"all": "agreement", "no_nuclear": "agreement_no_nuclear", "contested": "agreement_contested"}


def general_assembly(*states: str, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return the roll calls of table un_rollcalls with one column a state (iso3; every member ever without names).

    One row a roll call, 1946-2025, with its date, year, resolution, title, marks (nuclear, about_prk, unanimous,
    contested, about_korea) and tallies: the frame that `hedging.measures.un.agreement` takes. The two Koreas vote
    from October 1991, Beijing from November 1971. Raises HedgingError for an unknown state and for years without votes.
    """
    members = load("un_members")
    places = dict(zip(members["iso3"], members["position"] - 1, strict=True))
    calls = _years(load("un_rollcalls"), start, end, "un_rollcalls")
    letters = np.frombuffer("".join(calls["ballots"]).encode("ascii"), np.uint8).reshape(len(calls), len(members))
    cells = {state: CELLS[letters[:, _place(places, state)]] for state in states or places}
    made = pd.concat([calls.drop(columns="ballots"), pd.DataFrame(cells, dtype="str")], axis=1)
    return wide.marked(made, "un_rollcalls", "", "votes")


def agreement(
    state: str, variant: str = "no_nuclear", start: int | None = None, end: int | None = None
) -> pd.DataFrame:
    """Return the agreement of one state with each power by year, 1946-2025, in [0, 1]; no tie that could be divided.

    `variant` is all, no_nuclear or contested roll calls. NaN: the two did not vote together, or are the same
    state; Tokyo and Seoul from 1991 on. Raises HedgingError for an unknown variant or state and for years outside.
    """
    if variant not in VARIANTS:
        raise unknown("variant of the roll calls", variant, VARIANTS, where="table un_agreement")
    rows = load("un_agreement")
    own = rows[rows["iso3"] == state]
    if own.empty:
        raise unknown("member", state, rows["iso3"].unique(), where="table un_agreement")
    frame = wide.spread(own, "power", own[VARIANTS[variant]])
    return wide.marked(wide.years(frame, start, end, "un_agreement"), "un_agreement", variant, "share")


def council(*states: str, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return the adopted resolutions of table unsc_votes, 1946-2025, with one column a state (iso3).

    Missing: no member of the Council at that time. Vetoed drafts are in unsc_vetoes, without the other members' votes.
    Raises HedgingError for a state that never sat in the Council and for years outside.
    """
    whole = load("unsc_votes")
    known = sorted({name for names in whole["members"].unique() for name in names.split("|")})
    for state in states:
        if state not in known:
            raise unknown("member of the Council", state, known, where="table unsc_votes")
    calls = _years(whole, start, end, "unsc_votes")
    seats = calls["members"].str.split("|")
    rows = [dict(zip(names, letters, strict=True)) for names, letters in zip(seats, calls["ballots"], strict=True)]
    cast = pd.DataFrame(rows, columns=list(states or known), dtype="str")
    made = pd.concat([calls.drop(columns=["members", "ballots"]), cast], axis=1)
    return wide.marked(made, "unsc_votes", "", "votes")


def _years(calls: pd.DataFrame, start: int | None, end: int | None, where: str) -> pd.DataFrame:
    first, last = int(calls["year"].min()), int(calls["year"].max())
    low, high = first if start is None else start, last if end is None else end
    wide.covered(low, high, first, last, where)
    within = calls[calls["year"].between(low, high)].reset_index(drop=True)
    if within.empty:
        raise HedgingError(f"no recorded vote from {low} to {high}", where=where, remedy="1964 has none: widen it")
    return within


def _place(places: dict[str, int], state: str) -> int:
    if state not in places:
        raise unknown("member", state, places, where="table un_members")
    return places[state]
