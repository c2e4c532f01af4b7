"""Rounds of talks and agreements 1971-2009: no census of rounds, blank end dates were not seen."""

from hedging.ingest._facts import DATE, FACTS, OPENING, QUALITY, ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/nk-talks/talks_and_agreements.csv"

TABLE = Table(
    name="talks",
    title="Talks and agreements with North Korea, 1971-2009",
    description="Six-party, four-party, three-party, Japan-DPRK, inter-Korean and US-DPRK rounds, KEDO steps.",
    columns=(
        ROW,
        Column("process", "string", "series of talks"),
        Column("round", "string", "round or event"),
        Column("year", "integer", "calendar year of the start", minimum=1971, maximum=2009),
        Column("date_start", "string", "first day, or month or year", pattern=DATE),
        Column("date_end", "string", "last day where seen", required=False, pattern=DATE),
        Column("place", "string", "where", required=False),
        Column("participants", "string", "iso3 codes, joined by ;", pattern="[A-Z;]+"),
        Column("level", "string", "level of the heads of delegation"),
        Column("outcome", "string", "outcome in own words"),
        Column("confidence", "string", "A good, B usable, C weak", enum=("A", "B", "C")),
        QUALITY,
        Column("note", "string", "what to know before use", required=False),
        URL,
    ),
    key=("row",),
    missing="Blank on purpose: the day was not seen in a source.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="day",
    measures="One round of talks, or one agreement.",
    method="{process}, {round}: taken from the page of the row; confidence {confidence} is quality {quality}.",
    defects=(
        "No census: four-party plenary 4 and the prime ministers' meetings 4 to 7 are missing.",
        "Four-party plenary 6 (August 1999) is a planned date.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the rounds, with the remark of the confidence in a column of its own."""
    frame = numbered(raw, FILE).rename(columns={"participants_iso3": "participants"})
    frame["year"] = frame["date_start"].str[:4]
    grade = frame["confidence"].str.extract(r"^([ABC])(?: \((.*)\))?$")
    frame["confidence"], frame["note"] = grade[0], grade[1].fillna("")
    frame["quality"] = frame["confidence"].map({"A": 4, "B": 3, "C": 2})
    return Built(frame[[column.name for column in TABLE.columns]])
