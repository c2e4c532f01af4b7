"""Entries of the CSIS timeline of cooperation with Russia by month: how densely it was kept, not how close."""

from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/csis-event-counts/csis_dprk_russia_events_month.csv"
ENTRIES = 276
KINDS = ("military", "intelligence", "diplomatic", "economic", "technology")

TABLE = Table(
    name="russia_entries",
    title="Entries in a timeline of North Korea-Russia cooperation by month, July 2022 to February 2026",
    description="Number of entries of the CSIS timeline by month and category. Attention, not reality.",
    columns=(
        Column("month", "string", "calendar month", pattern=r"202[2-6]-(0[1-9]|1[0-2])"),
        *(Column(kind, "integer", f"entries filed as {kind}", "entries", minimum=0) for kind in KINDS),
        Column("total", "integer", "all entries", "entries", minimum=0),
    ),
    key=("month",),
    missing="No empty cell; a zero is a month without an entry, not without an event.",
    sources=(source(FILE),),
    may_publish="yes: counts only, no text of CSIS",
    period="month",
    measures="Entries that the keepers of a list dated to one month: attention, not cooperation.",
    method="{total} entries of the timeline are dated {month} (counted in its copy of 8 July 2026).",
    defects=(
        "Attention: the list grows from 15 entries (2023) and 58 (2024) to 159 (2025) partly because it was kept more "
        "densely. Never read that growth as growth of cooperation.",
        "Categories are partly given by keywords and often odd; 54 entries have no link, one link looks machine-made.",
        "The list ends in February 2026, which is where it was cut, not where events end.",
        "277 entries in the source; an empty one is dropped.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the counts; each month must add up, and all of them to the entries of the list."""
    frame = raw.csv(FILE)
    counts = frame[[*KINDS, "total"]].astype(int)
    expect(int(counts["total"].sum()), ENTRIES, "entries of the timeline")
    expect(int((counts[list(KINDS)].sum(axis=1) != counts["total"]).sum()), 0, "months that do not add up")
    return Built(frame)
