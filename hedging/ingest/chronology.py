"""Dated events 2019-2026, chosen because they bear on the question: never count them by direction."""

import pandas as pd

from hedging.ingest._facts import DATE, FACTS, NOTE, OPENING, ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

EVENTS = "compiled/chronology/chronology_2019_2026.csv"
RECENT = "compiled/recent-2024-2026/events_2025_2026.csv"

TABLE = Table(
    name="chronology",
    title="Turning points, January 2019 to August 2026",
    description="Dated events in own words, each with one source, from two compiled sets that overlap in 2025-26.",
    columns=(
        Column("set", "string", "compiled set", enum=("chronology", "recent")),
        ROW,
        Column("year", "integer", "calendar year of the start", minimum=2019, maximum=2026),
        Column("date_start", "string", "first day, or month", pattern=DATE),
        Column("date_end", "string", "last day where given", required=False, pattern=DATE),
        Column("dyads", "string", "pairs of iso3 codes joined by |; PRK alone: at home; WORLD: the United Nations"),
        Column("kind", "string", "kind of event"),
        Column("event", "string", "what happened, in own words"),
        Column("bearing", "string", "this project's reading of what it says on hedging", required=False),
        Column("access", "string", "how far the source was read"),
        Column("quality", "integer", "1 do not use to 5 primary", minimum=1, maximum=5),
        Column("source", "string", "title of the page, where given", required=False),
        URL,
        NOTE,
    ),
    key=("set", "row"),
    missing="The set does not give it.",
    sources=(source(EVENTS), source(RECENT)),
    may_publish=FACTS,
    period="day",
    measures="One dated event.",
    method="{kind}, {date_start}, from the page of the row ({access}); the wording and the bearing are this project's.",
    defects=(
        "Not a sample: events were chosen because they bear on the question. Do not count rows by direction.",
        "Xi's visit of 8-9 June 2026 rests on weak pages; no wire, Xinhua or Yonhap page was found.",
        "Whether the constitution calls the South an enemy is contradicted by the text made public on 6 May 2026: both "
        "rows are kept.",
        "The end of the list (20 August 2026) is where the sources end, not where events end.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return both sets in one form."""
    events = numbered(raw, EVENTS, set="chronology", source="", note="").rename(
        columns={
            "dyad": "dyads",
            "bearing_on_hedging": "bearing",
            "source_access": "access",
            "reliability_1_5": "quality",
        }
    )
    recent = numbered(raw, RECENT, set="recent", bearing="").rename(
        columns={"date": "date_start", "source_access": "access", "source_title": "source"}
    )
    recent["dyads"] = recent["partner_iso3"].map(_dyads)
    frame = pd.concat([events, recent], ignore_index=True)
    frame["year"] = frame["date_start"].str[:4]
    return Built(frame[[column.name for column in TABLE.columns]])


def _dyads(partners: str) -> str:
    return "|".join(one if one in {"PRK", "WORLD"} else f"PRK-{one}" for one in partners.split("|"))
