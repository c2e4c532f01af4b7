"""Composite index of national capability of all states 1946-2022; it measures mass, not reach and not skill."""

from hedging.ingest import _capabilities, _states
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

TABLE = Table(
    name="capabilities",
    title="Composite index of national capability (CINC), all states",
    description="Share of the world's material power of every state and year 1946-2022 (National Material Capabilities "
    "7.0); the components of North Korea, the powers and comparison states are in capabilities_parts.",
    columns=(
        Column("year", "integer", "Calendar year", minimum=_capabilities.FIRST, maximum=_capabilities.LAST),
        Column("iso3", "string", f"State: {_states.ISO3}", pattern="[A-Z]{3}"),
        Column("ccode", "integer", "State, Correlates of War number", minimum=2, maximum=999),
        Column("cinc", "number", "Mean of the state's shares of the world in up to six components", "share",
               minimum=0, maximum=1),
    ),
    key=("year", "ccode"),
    missing="There is no empty cell.",
    sources=_capabilities.SOURCES,
    may_publish=_capabilities.MAY_PUBLISH,
    defects=_capabilities.DEFECTS,
    measures="What share of the world's material power a state holds: people, cities, steel, energy, soldiers, arms.",
    method="As published for state {ccode} in {year}, rounded to six decimals; checked to be the mean of its shares of "
    "the world in the components that are known.",
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a state and year."""
    frame = _capabilities.shares(raw)[["year", "iso3", "ccode", "cinc"]]
    return Built(frame.assign(cinc=frame["cinc"].round(6)))
