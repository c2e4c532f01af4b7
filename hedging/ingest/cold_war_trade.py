"""Trade of the Cold War years by partner: single figures, shares and plans, 1948-1992, never a series."""

import pandas as pd

from hedging.ingest import _cold_war
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Table

FILE = _cold_war.FOLDER + "cold_war_trade.csv"
FACTS = "compiled/prk-trade-facts/prk_trade_facts.csv"

TABLE = Table(
    name="cold_war_trade",
    title="North Korea's Cold War trade by partner, single published figures",
    description="Figures for 1948-1992 from two compiled sets, with unit, status, estimator and conflicts.",
    columns=_cold_war.columns(("cold-war-trade-aid", "prk-trade-facts")),
    key=("set", "row"),
    missing="The source gives a range or a direction only.",
    sources=(source(FILE), source(FACTS)),
    may_publish=_cold_war.TERMS,
    measures=_cold_war.MEASURES,
    method=_cold_war.METHOD,
    defects=(
        *_cold_war.DEFECTS,
        "1991 USSR trade has four values: 364, 1,420, 231 million rubles and minus 40 per cent.",
        "JETRO 1989 prints 50 per cent for the USSR; its own flows give 58.",
        "The kind of rows of prk-trade-facts is read off the estimator.",
    ),
)


def build(raw: Raw) -> Built:
    """Return both sets; rows of prk-trade-facts to 1992."""
    parts = [_cold_war.read(raw, "cold_war_trade.csv"), _cold_war.trade_facts(raw, FACTS, 1992)]
    return Built(pd.concat(parts, ignore_index=True))
