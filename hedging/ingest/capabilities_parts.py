"""The six components of national capability as shares of the world: North Korea, the powers, comparison states."""

from hedging.ingest import _capabilities, _states
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

SHOWN = ("PRK", *_states.POWERS.values(), *_states.COMPARED)
BREAK = 2017  # the year in which the source of North Korea's urban population changes

TABLE = Table(
    name="capabilities_parts",
    title="Components of national capability as shares of the world",
    description=f"Six shares of the world for {len(SHOWN)} states, 1946-2022: North Korea, the five powers and states "
    "that are compared with North Korea. Their mean is the index in capabilities.",
    columns=(
        Column("year", "integer", "Calendar year", minimum=_capabilities.FIRST, maximum=_capabilities.LAST),
        Column("iso3", "string", f"State: {_states.ISO3}", enum=tuple(sorted(SHOWN))),
        *(
            Column(name, "number", f"Share of the world's {text}", "share", required=False, minimum=0, maximum=1)
            for name, text in _capabilities.PARTS.items()
        ),
        Column("comparable", "boolean", "False from the year on in which a change of source breaks the series"),
    ),
    key=("year", "iso3"),
    missing="The component was not reported, which is no zero; a row may hold some and lack others.",
    sources=_capabilities.SOURCES,
    may_publish=_capabilities.MAY_PUBLISH,
    defects=(
        *_capabilities.DEFECTS,
        "A share is of the states that report: where a large state's figure is missing, all other shares are too high.",
    ),
    measures="What share of the world's total of each component a state holds.",
    method="Each component of {iso3} in {year} divided by the sum of that component over all states that report it.",
)


def build(raw: Raw) -> Built:
    """Return one row a state and year."""
    states = _capabilities.shares(raw)
    states = states[states["iso3"].isin(SHOWN)]
    broken = (states["iso3"] == "PRK") & (states["year"] >= BREAK)
    expect(int(broken.sum()), _capabilities.LAST - BREAK + 1, "the break of urban population")
    frame = states.round(dict.fromkeys(_capabilities.PARTS, 6)).assign(comparable=~broken)
    return Built(frame[[column.name for column in TABLE.columns]])
