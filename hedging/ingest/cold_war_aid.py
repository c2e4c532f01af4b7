"""Aid, loans and arms grants of the USSR and China, 1945-1991: commitments, shares and totals, never a series."""

import pandas as pd

from hedging.ingest import _cold_war
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Correction, Table

FILE = _cold_war.FOLDER + "cold_war_aid_loans.csv"
OLDER = "compiled/facts_sanctions_aid/cold_war_aid_ussr_china.csv"
DROPPED = 3

TABLE = Table(
    name="cold_war_aid",
    title="Cold War aid and loans to North Korea by giver, single published figures",
    description="Figures for 1945-1991 from two compiled sets, with unit, status, estimator and conflicts.",
    columns=_cold_war.columns(("cold-war-trade-aid", "facts_sanctions_aid")),
    key=("set", "row"),
    missing="The source gives a range or a direction only.",
    sources=(source(FILE), source(OLDER)),
    may_publish=_cold_war.TERMS,
    measures=_cold_war.MEASURES,
    method=_cold_war.METHOD,
    defects=(
        *_cold_war.DEFECTS,
        "CIA: 1.3 billion dollars for 1970-88 (edition of 1990) against 1.4 billion a year in the 1980s (1991 and "
        "later): incompatible.",
        "The Chinese 3,539 million yuan of 1950-60 cover three main receivers, not North Korea alone.",
        "Totals of 1954 (Shen and Xia) come from a copy by a third party.",
        "The kind of rows of facts_sanctions_aid is read off their category.",
    ),
)


def build(raw: Raw) -> Built:
    """Return both sets without the trade rows of the older one."""
    trade = raw.csv(OLDER)["category"] == "trade"
    expect(int(trade.sum()), DROPPED, "trade rows among the aid")
    parts = [_cold_war.read(raw, "cold_war_aid_loans.csv"), _cold_war.older_aid(raw, OLDER, ~trade)]
    why = "an inconsistent encyclopaedia copy; better figures are in cold_war_trade"
    return Built(pd.concat(parts, ignore_index=True), (Correction("Soviet trade 1988-91 left out", why, DROPPED),))
