"""Oil for North Korea after the Cold War as printed: customs, reports to the UN under the cap, estimates, claims."""

from hedging.ingest import _printed
from hedging.ingest._facts import FACTS, OPENING, iso3, numbered, source
from hedging.ingest.build import Built, Raw, correct
from hedging.tables.record import Column, Correction, Table

FILE = _printed.FOLDER + "prk_oil_facts.csv"
KINDS = {
    "UN 1718": "report to the UN",
    "customs": "trade statistics",
    "MOFCOM": "trade statistics",
    "foreign trade statistics": "trade statistics",
    "NSC": "claim",
}

TABLE = Table(
    name="oil_facts",
    title="Oil for North Korea by supplier, single printed figures",
    description=(
        "Crude and refined oil for 1978-2024 by supplier: trade statistics, reports to the UN 1718 Committee under the "
        "cap on refined oil, estimates and claims kept apart. Tonnes and barrels are not "
        "converted. Earlier years: cold_war_oil; 2019-25 by month and year: recent_facts."
    ),
    columns=_printed.columns(
        Column("supplier", "string", "iso3 (RUS includes the USSR), or ALL; joined by |"),
        Column("product", "string", "crude, refined or all oil, as stated"),
        Column("kind", "string", "what stands behind it", enum=(*dict.fromkeys(KINDS.values()), "estimate")),
    ),
    key=("row",),
    missing=_printed.MISSING + " withheld: China publishes no crude oil from 2014 on.",
    sources=(source(FILE),),
    may_publish=FACTS,
    measures="Oil that one supplier delivered, reported or is said to have delivered in a period.",
    method=_printed.METHOD,
    defects=(
        "From 2014 China publishes no crude oil: a zero of its customs is silence, not an empty pipe.",
        "Russia stopped reporting to the UN in February 2024: 2024 holds China to August and Russia for January only.",
        "165,000 barrels of March 2024 are a claim of the US government and a lower bound.",
        "2000-02: press figures, the origin is not stated. 1978 is a projection.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return all facts; the Chinese zero of 2014 is withheld."""
    facts = numbered(raw, FILE)
    frame = _printed.read(facts).assign(supplier=facts["supplier"].map(iso3), product=facts["product"])
    frame["kind"] = facts["estimator"].map(_kind)
    silent = (frame["supplier"] == "CHN") & (frame["period"] == "2014 Jan-Jun")
    frame = correct(correct(frame, silent, "status", "withheld", rows=1), silent, "value", None, rows=1)
    frame.loc[silent, "as_stated"] = facts.loc[silent, "value_as_printed"]
    why = "China stopped publishing crude oil; its customs recorded none, which is no delivery figure"
    return Built(frame, (Correction("China, January to June 2014: zero set to withheld", why, 1),))


def _kind(estimator: str) -> str:
    return next((kind for word, kind in KINDS.items() if word in estimator and "unspec" not in estimator), "estimate")
