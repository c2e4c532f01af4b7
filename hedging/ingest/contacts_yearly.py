"""Contacts by year, power and rank, each cell with a mark for completeness: a zero is 'none found'."""

import pandas as pd

from hedging.ingest._facts import FACTS, POWERS, source
from hedging.ingest.build import Built, Raw
from hedging.ingest.contacts import RANKS
from hedging.tables.record import Column, Table

FILE = "compiled/high-level-contacts/yearly_counts.csv"
SUMS = {"LEADERS": "leaders", "CORE": "core"}
COUNTS = ("contacts", "outbound", "inbound", "third_place")

TABLE = Table(
    name="contacts_yearly",
    title="High-level contacts by year, power and rank, with completeness",
    description=(
        "Counts of the contacts table. leaders = top leader, other head of state, head of government; core = leaders "
        "and foreign minister. A delegation counts once, at the rank of its head. Use cells with completeness 4 or 5; "
        "3 is a lower bound; do not use 1 and 2. The completeness of a sum is that of its weakest part."
    ),
    columns=(
        Column("year", "integer", "calendar year", minimum=1949, maximum=2026),
        Column("power", "string", "partner; RUS includes the USSR", enum=POWERS),
        Column("rank_class", "string", "rank, or one of two sums", enum=(*RANKS.values(), *SUMS.values())),
        Column("contacts", "integer", "contacts found", "contacts", minimum=0),
        Column("outbound", "integer", "of these: the North Korean side travels", "contacts", minimum=0),
        Column("inbound", "integer", "of these: the partner travels to North Korea", "contacts", minimum=0),
        Column("third_place", "integer", "of these: elsewhere", "contacts", minimum=0),
        Column("completeness", "integer", "1 hardly gathered to 5 complete", minimum=1, maximum=5),
    ),
    key=("year", "power", "rank_class"),
    missing="No empty cell; a zero with completeness under 4 is not known to be a zero.",
    sources=(source(FILE),),
    may_publish=FACTS,
    defects=(
        "A zero is 'none found', not 'none'.",
        "Leaders of 2015-19 have completeness 3 (heads of state and government), top leaders alone 5.",
        "Anything after February 2026 has completeness 2.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the yearly counts with short names; the reasons for completeness are in contacts_completeness."""
    return Built(tidied(raw)[[column.name for column in TABLE.columns]])


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
