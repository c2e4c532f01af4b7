"""Four facts on negotiation between Washington and Pyongyang 1990-2019, two of them from a weak copy."""

from hedging.ingest._facts import (
    AS_STATED,
    FACTS,
    NOTE,
    OPENING,
    QUALITY,
    ROW,
    URL,
    number,
    numbered,
    source,
    spans,
)
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/nk-talks/us_dprk_negotiation_facts.csv"
COPIES = 2

TABLE = Table(
    name="negotiation_facts",
    title="Facts on negotiation between the United States and North Korea",
    description="Two counts of negotiation events, one finding in words and one list of formal sets of negotiations.",
    columns=(
        ROW,
        Column("period", "string", "stretch as stated"),
        Column("year_start", "integer", "first year", minimum=1990, maximum=2019),
        Column("year_end", "integer", "last year", minimum=1990, maximum=2019),
        Column("fact", "string", "what is counted or said"),
        Column("value", "number", "count", "events", required=False, minimum=0),
        AS_STATED,
        QUALITY,
        URL,
        NOTE,
    ),
    key=("row",),
    missing="The source gives words, no number.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="span",
    measures="Negotiation events between two governments in a stretch of years, as CSIS counts them.",
    method="{fact}, {period}: from the page of the row.",
    defects=(
        "Both counts come from a secondary copy of CSIS text (flash cards): weak.",
        "Four facts make no series.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the facts; what comes from a copy is graded weak."""
    frame = numbered(raw, FILE)
    copied = frame["note"].str.contains("secondary copy")
    expect(int(copied.sum()), COPIES, "facts from a secondary copy")
    frame["quality"] = copied.map({True: 2, False: 3})
    count = frame["value"].map(number)
    frame["as_stated"] = frame["value"].where(count.isna(), "")
    frame[["year_start", "year_end"]] = spans(frame["period"])
    return Built(frame.assign(value=count))
