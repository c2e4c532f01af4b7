"""Codes of states: Correlates of War numbers and the names that sources use, to ISO 3166 alpha-3.

Two states of one code in the registry (tables/codes.csv) never existed in the same year; the USSR is Russia's code.
"""

from collections.abc import Iterable

import pandas as pd

from hedging.tables import codes
from hedging.tables.record import Column

# States with two communist patrons or between blocs, as the science of the book names them; the powers; North Korea.
COMPARED = (
    "ALB", "ARM", "BLR", "CHN", "CUB", "IRN", "JPN", "KAZ", "KOR", "LAO", "MNG", "PRK", "ROU", "RUS", "SYR", "USA",
    "VNM",
)  # fmt: skip
BORN = {"ARM": 1992, "BLR": 1992, "KAZ": 1992}  # first whole year of compared states that followed the USSR
COUNTRY = Column("country", "string", "state, iso3 (RUS includes the USSR)", pattern="[A-Z]{3}")


def from_cow(numbers: pd.Series) -> pd.Series:
    """Return the iso3 of Correlates of War numbers; missing where the number is no state's."""
    return numbers.astype(int).map(codes.of_numbers())


def from_name(names: pd.Series) -> pd.Series:
    """Return the iso3 of names of states; missing for regions, organisations, armed groups and unknown names."""
    return names.map(codes.of_names())


def years(first: int, last: int, countries: Iterable[str] = COMPARED) -> list[tuple[str, int]]:
    """Return every state and year of a comparison, each state from its first whole year on."""
    return [(state, year) for state in countries for year in range(max(first, BORN.get(state, first)), last + 1)]
