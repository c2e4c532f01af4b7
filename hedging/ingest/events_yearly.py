"""ICEWS events between North Korea and the five powers 2002-14: counts of coded news, so attention as well as deeds."""

from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/recent-2024-2026/icews_prk_dyads_2002_2014.csv"
CLASSES = {
    "verbal_coop": "talks, visits and statements of intent",
    "material_coop": "aid, trade and other deeds of cooperation",
    "verbal_conf": "demands, threats and accusations",
    "material_conf": "force, protest and coercion",
}

TABLE = Table(
    name="events_yearly",
    title="Coded events between North Korea and the five powers, 2002-2014",
    description="ICEWS events by class and direction; ALL is all 151 states. Use shares: world totals fall over time.",
    columns=(
        Column("year", "integer", "calendar year", minimum=2002, maximum=2014),
        Column("direction", "string", "who acts", enum=("from_PRK", "to_PRK", "both")),
        Column("power", "string", "partner", enum=(*POWERS, "ALL")),
        *(Column(name, "integer", text, "events", minimum=0) for name, text in CLASSES.items()),
    ),
    key=("year", "direction", "power"),
    missing="No empty cell.",
    sources=(source(FILE),),
    may_publish="yes: the North Korean part, derived from ICEWS, with citation",
    measures="News events of one class that a machine coded between North Korea and a power in one year.",
    method="Counted in the ICEWS dyad-years of {year}: {direction}, {power}.",
    defects=(
        "Counts of news stories: a nuclear test raises all classes.",
        "World totals fall by a fifth from 2009 to 2011: use shares.",
        "2002-14 only; the GDELT table has another scale: do not splice.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the counts; shares are left to the measures."""
    frame = raw.csv(FILE).rename(columns={"partner_iso3": "power"})
    return Built(frame[[column.name for column in TABLE.columns]])
