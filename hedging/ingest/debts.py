"""Debts, defaults and write-offs: in dollars the Soviet debt depends wholly on the rate put on the ruble."""

import pandas as pd

from hedging.ingest import _cold_war
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Table

FILE = _cold_war.FOLDER + "cold_war_debts.csv"
OLDER = "compiled/facts_sanctions_aid/debts_defaults_writeoffs.csv"

TABLE = Table(
    name="debts",
    title="North Korea's debts, defaults and write-offs, single published figures",
    description="Figures for 1970-2014 from two compiled sets, with unit, status, estimator and conflicts.",
    columns=_cold_war.columns(("cold-war-trade-aid", "facts_sanctions_aid")),
    key=("set", "row"),
    missing="The source gives a range or a direction only.",
    sources=(source(FILE), source(OLDER)),
    may_publish=_cold_war.TERMS,
    measures=_cold_war.MEASURES,
    method=_cold_war.METHOD,
    defects=(
        *_cold_war.DEFECTS,
        "The Soviet debt: 10.96 billion dollars at 0.6 rubles (2012), about 1.6 billion at the rate of 1992, near 238 "
        "million at market rates.",
        "A CIA memo of 1975 is misread by machine: '5600 million' is $600 million.",
    ),
)


def build(raw: Raw) -> Built:
    """Return both sets."""
    older = _cold_war.older_aid(raw, OLDER, raw.csv(OLDER)["period"] != "")
    return Built(pd.concat([_cold_war.read(raw, "cold_war_debts.csv"), older], ignore_index=True))
