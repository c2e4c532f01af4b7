"""Contacts by year, power and rank, each cell with a mark for completeness: a zero is 'none found'."""

from collections.abc import Iterable

import pandas as pd

from hedging.ingest._facts import FACTS, POWERS, STATUS_OF, source
from hedging.ingest.build import Built, Raw, expect
from hedging.ingest.contacts import RANKS
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/high-level-contacts/yearly_counts.csv"
SUMS = {"LEADERS": "leaders", "CORE": "core"}
COUNTS = ("contacts", "outbound", "inbound", "third_place")
COMPLETE, ZEROS = 4, 1988
RULE = (
    "status is not_reported, and the counts are empty, where nothing was found and completeness is under 4; all other "
    "cells are observed: a zero with 4 or 5 is 'none found', and a count found with less than 4 is a lower bound."
)

TABLE = Table(
    name="contacts_yearly",
    title="High-level contacts by year, power and rank, with completeness",
    description=(
        "Counts of the contacts table. leaders = top leader, other head of state, head of government; core = leaders "
        "and foreign minister. A delegation counts once, at the rank of its head. Use cells with completeness 4 or 5; "
        "3 is a lower bound; do not use 1 and 2. The completeness of a sum is that of its weakest part. " + RULE
    ),
    columns=(
        Column("year", "integer", "calendar year", minimum=1949, maximum=2026),
        Column("power", "string", "partner; RUS includes the USSR", enum=POWERS),
        Column("rank_class", "string", "rank, or one of two sums", enum=(*RANKS.values(), *SUMS.values())),
        Column("contacts", "integer", "contacts found", "contacts", required=False, minimum=0),
        Column("outbound", "integer", "of these: the North Korean side travels", "contacts", required=False, minimum=0),
        Column("inbound", "integer", "of these: the partner travels there", "contacts", required=False, minimum=0),
        Column("third_place", "integer", "of these: elsewhere", "contacts", required=False, minimum=0),
        Column("completeness", "integer", "1 hardly gathered to 5 complete", minimum=1, maximum=5),
        STATUS_OF,
    ),
    key=("year", "power", "rank_class"),
    missing="not_reported: nothing was found where the search was thin, which is not none.",
    sources=(source(FILE),),
    may_publish=FACTS,
    measures="Visits and meetings of one rank with one power in one year that were found in sources.",
    method="Counted from table contacts (counted rows of {rank_class} with {power} in {year}); completeness "
    "{completeness}, hence {status}.",
    defects=(
        "A zero is 'none found', not 'none'.",
        "Leaders of 2015-19 have completeness 3 (heads of state and government), top leaders alone 5.",
        "Anything after February 2026 has completeness 2.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the yearly counts with short names; the reasons for completeness are in contacts_completeness."""
    frame, empty = emptied(tidied(raw), "completeness", COUNTS)
    expect(empty, ZEROS, "zeros of thinly searched cells")
    why = "nothing found where the search was thin is not none"
    made = frame[[column.name for column in TABLE.columns]]
    return Built(made, (Correction("zeros with completeness under 4 left empty", why, empty),))


def emptied(frame: pd.DataFrame, completeness: str, counts: Iterable[str]) -> tuple[pd.DataFrame, int]:
    """Return the frame with `status` by the rule of this record, empty counts where not reported, and how many."""
    thin = (frame["contacts"] == 0) & (frame[completeness] < COMPLETE)
    status = thin.map({True: "not_reported", False: "observed"})
    known = {name: frame[name].astype("Int64").mask(thin) for name in counts}
    return frame.assign(status=status, **known), int(thin.sum())


def tidied(raw: Raw) -> pd.DataFrame:
    """Return the raw yearly counts under the names of this project."""
    frame = raw.csv(FILE).rename(
        columns={"partner_group": "power", "value": "contacts", "completeness_1_5": "completeness"}
    )
    short = frame["rank_class"].str.split(" ").str[0]
    frame["rank_class"] = short.map(SUMS).fillna(frame["rank_class"].map(RANKS))
    for name in ("year", "completeness", *COUNTS):
        frame[name] = frame[name].astype(int)
    return frame
