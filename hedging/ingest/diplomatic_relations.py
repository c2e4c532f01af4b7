"""When states opened, broke and restored relations with North Korea: 73 of about 160 openings, not a random sample."""

import pandas as pd

from hedging.ingest._facts import DATE, FACTS, NOTE, QUALITY, URL, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

OPENED, BROKEN = (
    f"compiled/nk-diplomatic-relations/{name}.csv" for name in ("establishment_dates_partial", "ruptures")
)
GRADES = {"A": 4, "B": 3, "C": 2}
RUPTURE_GRADE = 3  # of the set
EVENTS = {"broken": "broken", "suspended": "suspended", "broken/expelled": "broken"}

TABLE = Table(
    name="diplomatic_relations",
    title="North Korea's diplomatic relations: opened, broken, restored",
    description="Dated events 1948-2022 by state: 73 openings, 7 ruptures and 2 restorations.",
    columns=(
        Column("event", "string", "what happened", enum=("opened", "broken", "suspended", "restored")),
        Column("row", "integer", "line of the fact in its source file, counted from 1", minimum=1),
        Column("iso3", "string", "state, ISO 3166 alpha-3 (RUS is the USSR, SRB Yugoslavia)", pattern="[A-Z]{3}"),
        Column("country", "string", "name in the source"),
        Column("year", "integer", "calendar year", minimum=1948, maximum=2022),
        Column("date", "string", "day, month or year", pattern=DATE),
        QUALITY,
        URL,
        NOTE,
    ),
    key=("event", "row"),
    missing="The source adds nothing.",
    sources=(source(OPENED), source(BROKEN)),
    may_publish=FACTS,
    period="day",
    measures="When one state opened, broke or restored diplomatic relations with North Korea.",
    defects=(
        "PARTIAL AND NOT RANDOM: states whose page has a dated row. Never plot it as a wave of recognitions; for that "
        "use diplomatic_counts.",
        "Conflicting dates are kept in the note and graded 2: Egypt, Romania, Mali and others. Vietnam 1950 is derived "
        "from an anniversary; Australia 2000 is a resumption.",
        "The ruptures are few and surely incomplete (after 2017 only Ukraine).",
        "Mostly from Wikipedia in English (text of 2019) and Korean.",
    ),
)


def build(raw: Raw) -> Built:
    """Return one row an event; a restoration is a row of its own."""
    opened = numbered(raw, OPENED, event="opened")
    opened["quality"] = opened["confidence"].map(GRADES)
    expect(len(opened), 73, "openings")
    broken = numbered(raw, BROKEN, note="", quality=RUPTURE_GRADE)
    restored = broken[broken["restored"] != ""].assign(event="restored", date=lambda frame: frame["restored"])
    expect(len(restored), 2, "restorations")
    broken["event"] = broken["event"].map(EVENTS)
    frame = pd.concat([opened, broken, restored], ignore_index=True)
    frame["year"] = frame["date"].str[:4]
    soviet = int((frame["iso3"] == "SUN").sum())
    frame["iso3"] = frame["iso3"].replace("SUN", "RUS")
    made = frame[[column.name for column in TABLE.columns]]
    return Built(made, (Correction("Soviet Union written as RUS", "the power is followed across 1991", soviet),))
