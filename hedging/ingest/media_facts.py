"""How often North Korean media name the powers 2015-25: six counters, comparable inside one of them only."""

from hedging.ingest._facts import (
    AS_STATED,
    FACTS,
    NOTE,
    OPENING,
    QUALITY,
    ROW,
    URL,
    iso3,
    number,
    numbered,
    source,
    spans,
)
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/recent-2024-2026/state_media_mentions_2015_2025.csv"

TABLE = Table(
    name="media_facts",
    title="Mentions of the powers in North Korean media, 2015-2025",
    description="Published counts with their counter's definition. Compare names inside one definition only.",
    columns=(
        ROW,
        Column("period", "string", "year, month or start..end"),
        Column("year_start", "integer", "first year", minimum=2015, maximum=2025),
        Column("year_end", "integer", "last year", minimum=2015, maximum=2025),
        Column("measure", "string", "word or name counted"),
        Column("power", "string", "iso3, joined by |; PRK: all items"),
        Column("value", "number", "count", required=False, minimum=0),
        Column("unit", "string", "articles, mentions, characters ..."),
        AS_STATED,
        Column("definition", "string", "universe and rule of the counter"),
        QUALITY,
        Column("source", "string", "title of the page"),
        URL,
        NOTE,
    ),
    key=("row",),
    missing="The source gives words, no number.",
    sources=(source(FILE),),
    may_publish=FACTS,
    measures="Articles, mentions or characters that one counter found for a word or a name in North Korean media.",
    method="{measure}, {period}: printed by the page of the row; the counter's universe is: {definition}.",
    defects=(
        "Six counters, each with a universe of its own.",
        "Counts of the South in 2018 differ: 3,952 mentions in ten months, 2,479 keywords in twelve.",
        "Some rows count Russian media on North Korea: read the definition.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the counts with their years."""
    frame = numbered(raw, FILE).rename(columns={"date": "period", "partner_iso3": "power", "source_title": "source"})
    frame["power"] = frame["power"].map(iso3)
    frame["as_stated"] = frame["value_as_printed"].where(frame["value"] == "", "")
    frame["value"] = frame["value"].map(number)
    frame[["year_start", "year_end"]] = spans(frame["period"])
    return Built(frame[[column.name for column in TABLE.columns]])
