"""Codes of states: Correlates of War numbers and the names that sources use, to ISO 3166 alpha-3.

Two states of one code in `countries.csv` never existed in the same year; the USSR is Russia's code throughout.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from hedging.tables.record import Column

FILE = Path(__file__).with_name("countries.csv")
# States with two communist patrons or between blocs, as the science of the book names them; the powers; North Korea.
COMPARED = (
    "ALB", "ARM", "BLR", "CHN", "CUB", "IRN", "JPN", "KAZ", "KOR", "LAO", "MNG", "PRK", "ROU", "RUS", "SYR", "USA",
    "VNM",
)  # fmt: skip
BORN = {"ARM": 1992, "BLR": 1992, "KAZ": 1992}  # first whole year of compared states that followed the USSR
COUNTRY = Column("country", "string", "state, iso3 (RUS includes the USSR)", pattern="[A-Z]{3}")


@cache
def _table() -> tuple[dict[int, str], dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    codes = {int(code): row["iso3"] for row in rows for code in row["ccodes"].split("|") if code}
    names = {name: row["iso3"] for row in rows for name in row["names"].split("|") if name}
    return codes, names


def from_cow(codes: pd.Series) -> pd.Series:
    """Return the iso3 of Correlates of War numbers; missing where the number is no state's."""
    return codes.astype(int).map(_table()[0])


def from_name(names: pd.Series) -> pd.Series:
    """Return the iso3 of names of states; missing for regions, organisations, armed groups and unknown names."""
    return names.map(_table()[1])


def years(first: int, last: int, countries: Iterable[str] = COMPARED) -> list[tuple[str, int]]:
    """Return every state and year of a comparison, each state from its first whole year on."""
    return [(state, year) for state in countries for year in range(max(first, BORN.get(state, first)), last + 1)]
