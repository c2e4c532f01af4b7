"""North Korea's economy as printed: Bank of Korea estimates by edition, grain, famine, debt, shares of aid."""

from hedging.ingest import _printed
from hedging.ingest._facts import FACTS, OPENING, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = _printed.FOLDER + "prk_economy_aid_facts.csv"

TABLE = Table(
    name="economy_facts",
    title="North Korea's economy, single printed figures",
    description=(
        "Growth, output a head and real output by the Bank of Korea in the editions that newspapers printed, and a few "
        "figures on grain, famine, debt and aid. Yearly series by other estimators: table economy."
    ),
    columns=_printed.columns(Column("variable", "string", "what is estimated")),
    key=("row",),
    missing=_printed.MISSING,
    sources=(source(FILE),),
    may_publish=FACTS,
    measures="One quantity of North Korea's economy as one estimator put it at the time of printing.",
    method=_printed.METHOD,
    defects=(
        "First estimates were revised later: editions of different years make no series.",
        "Every figure is an outside estimate; in 1995 the DPRK itself reported 239 dollars a head to the UN, the Bank "
        "of Korea 957.",
        "GNP, GNI and GDP, dollars and won, current and real: always read variable and unit.",
        "Deaths of the famine: 240,000 to 3,500,000 in the literature.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return all facts."""
    facts = numbered(raw, FILE)
    return Built(_printed.read(facts).assign(variable=facts["variable"]))
