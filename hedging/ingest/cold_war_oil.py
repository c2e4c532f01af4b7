"""Oil and coke by supplier and their price, to 1992 with totals to 2006: counted and claimed figures side by side."""

from hedging.ingest import _cold_war
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Table

FILE = _cold_war.FOLDER + "cold_war_oil_coke.csv"

TABLE = Table(
    name="cold_war_oil",
    title="North Korea's oil and coke by supplier, single published figures",
    description="Deliveries and prices from the 1960s to 2006, with unit, status, estimator and conflicts.",
    columns=_cold_war.columns(("cold-war-trade-aid",)),
    key=("set", "row"),
    missing="The source gives a range or a direction only.",
    sources=(source(FILE),),
    may_publish=_cold_war.TERMS,
    measures=_cold_war.MEASURES,
    method=_cold_war.METHOD,
    defects=(
        *_cold_war.DEFECTS,
        "A claim of 1,500-2,000 thousand tonnes of Soviet oil a year for 1986-89 contradicts the Soviet statistics "
        "(640 and 500). Iran 1991 (400) is probably a misprint for about 750.",
        "No Chinese yearly deliveries for 1977-79 and 1984-88.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the figures in the common form."""
    return Built(_cold_war.read(raw, "cold_war_oil_coke.csv"))
