"""Militarized disputes of all states with the five powers 1946-2014, against which North Korea's are many or few."""

import pandas as pd

from hedging.ingest import _states
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "upstream/mids/cow_mid5_dirdisps.csv"
FIRST, PAIRS = 1946, 1147

TABLE = Table(
    name="disputes_states",
    title="Militarized disputes of all states with the five powers",
    description="One row a state, power and year with a dispute under way, 1946-2014 (Correlates of War MID 5.0).",
    columns=(
        Column("year", "integer", "Calendar year", minimum=FIRST, maximum=2014),
        Column("iso3", "string", f"State: {_states.ISO3}", pattern="[A-Z]{3}"),
        Column("ccode", "integer", "State, Correlates of War number", minimum=2, maximum=999),
        Column("power", "string", "Power (RUS is the USSR until 1991)", enum=("RUS", "CHN", "USA", "JPN", "KOR")),
        Column("count", "integer", "Disputes under way", "disputes", minimum=1),
        Column("begun", "integer", "Of these, disputes that began in the year", "disputes", minimum=0),
        Column("hostility", "integer", "Highest act of either side: 1 none, 2 threat, 3 display, 4 use, 5 war",
               "level, 1 to 5", minimum=1, maximum=5),
    ),
    key=("year", "ccode", "power"),
    missing="There is no empty cell. A pair of existing states without a row had no dispute in that year.",
    sources=(source(FILE), _states.CODES),
    may_publish="yes: derived counts, with citation",
    defects=(
        "Two states on opposite sides of a many-sided dispute count as a pair though they may never have met in arms "
        "(North Korea against Belgium in 1950).",
        "Hostility is the highest of the whole dispute, repeated in each of its years. Ends in 2014.",
    ),
    measures="How many militarized disputes a state had with a power in a year.",
    method="Directed dispute-years of {iso3} with {power} in {year} in MID 5.0, counted.",
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a state, power and year with a dispute."""
    names = ["ccode1", "ccode2", "year", "disponset", "hostlev1", "hostlev2"]
    rows = raw.csv(FILE)[names].astype(float).astype(int)
    rows = rows[rows["ccode2"].isin(_states.POWERS) & (rows["year"] >= FIRST)]
    rows["hostility"] = rows[["hostlev1", "hostlev2"]].max(axis=1)
    grouped = rows.groupby(["year", "ccode1", "ccode2"], as_index=False)
    frame = grouped.agg(count=("year", "size"), begun=("disponset", "sum"), hostility=("hostility", "max"))
    expect(len(frame), PAIRS, "pairs with a dispute")
    frame = frame.rename(columns={"ccode1": "ccode"}).assign(
        iso3=_states.iso3(raw, frame["ccode1"], frame["year"]), power=frame["ccode2"].map(_states.POWERS)
    )
    return Built(pd.DataFrame(frame[[column.name for column in TABLE.columns]]))
