"""National Material Capabilities 7.0: shares of the world, which is what the composite index averages."""

import pandas as pd

from hedging.ingest import _states
from hedging.ingest._facts import source
from hedging.ingest.build import Raw, expect

FILE = "upstream/cow-nmc/cow_nmc_v7_1816_2022.parquet"
FIRST, LAST = 1946, 2022
PARTS = {
    "milex": "military expenditure",
    "milper": "military personnel",
    "irst": "iron and steel production",
    "pec": "primary energy consumption",
    "tpop": "total population",
    "upop": "urban population",
}
SOURCES = (source(FILE), _states.CODES)
MAY_PUBLISH = "yes: derived shares, with citation"
DEFECTS = (
    "The index rewards population and steel: North Korea's rise after 2000 is partly an artefact (0.0113 in 1989, "
    "0.0111 in 1995, 0.0141 in 2022).",
    "North Korea's urban population jumps from 4,865 to 15,568 thousand in 2017, a break of source: its index is not "
    "comparable across it.",
    "A component that is missing is left out of a state's mean, so that the indices of a year add up to as much as "
    "1.016. North Korea's military expenditure is missing in 31 years (1949-57, 1959, 2002-22), which is no zero.",
)


def shares(raw: Raw) -> pd.DataFrame:
    """Return ccode, iso3, year, cinc and one share of the world a component, for every state and year.

    Asserts that the published index is the mean of the shares that are known, to seven decimals.
    """
    states = raw.parquet(FILE)
    states = states[states["year"] >= FIRST].astype({"ccode": "int64", "year": "int64"}).reset_index(drop=True)
    parts = states[list(PARTS)]
    expect(int((parts < 0).any(axis=1).sum()), 0, "a component below zero")
    world = parts / parts.groupby(states["year"]).transform("sum")
    off = (world.mean(axis=1) - states["cinc"]).abs() > 1e-7
    expect(int(off.sum()), 0, "an index that is not the mean of its shares")
    return states[["ccode", "year", "cinc"]].join(world).assign(iso3=_states.iso3(raw, states["ccode"], states["year"]))
