"""Steps around sanctions: American lists and deals, the end of the UN panel, the new monitoring team."""

import pandas as pd

from hedging.ingest._facts import FACTS, OPENING, QUALITY, ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

STEPS = "compiled/facts_sanctions_aid/us_sanctions_concessions.csv"
COUNCIL = "compiled/facts_sanctions_aid/unsc_vetoes_and_msmt.csv"
COUNCIL_GRADE = 4  # the list carries no grades of its own: that of its set

TABLE = Table(
    name="sanctions_steps",
    title="Steps around the sanctions on North Korea, 1988-2025",
    description="Dated steps of Washington and Seoul, vetoes, and the monitoring team that followed the UN panel.",
    columns=(
        Column("set", "string", "list that holds the fact", enum=("steps", "council")),
        ROW,
        Column("year", "integer", "calendar year", minimum=1988, maximum=2026),
        Column("date", "string", "day, month, or open beginning", pattern=r"\d{4}(-(\d{2}(-\d{2})?)?)?"),
        Column("actor", "string", "who acts"),
        Column("event", "string", "what happened, in own words"),
        Column("detail", "string", "more, in own words", required=False),
        QUALITY,
        URL,
    ),
    key=("set", "row"),
    missing="Not given by the list.",
    sources=(source(STEPS), source(COUNCIL)),
    may_publish=FACTS,
    period="day",
    measures="One dated step that tightened, eased, blocked or watched over sanctions on North Korea.",
    defects=("Several rows of the list `council`, graded 4 as a whole, are about one event.", OPENING),
)


def build(raw: Raw) -> Built:
    """Return both lists in one form."""
    steps = numbered(raw, STEPS, set="steps", detail="").rename(columns={"reliability_1_5": "quality"})
    council = numbered(raw, COUNCIL, set="council", quality=COUNCIL_GRADE)
    council["actor"] = council["vetoing"].where(council["vetoing"] != "", "United Nations and others")
    frame = pd.concat([steps, council], ignore_index=True)
    frame["year"] = frame["date"].str[:4]
    return Built(frame[[column.name for column in TABLE.columns]])
