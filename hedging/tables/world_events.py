"""Coded events of any country with the five powers by year: two sources on two scales, each asked for by name."""

import pandas as pd

from hedging.errors import unknown
from hedging.tables import wide
from hedging.tables.load import made_once
from hedging.tables.status import tied

COLUMNS = {
    "icews": {"cooperation": "cooperation", "conflict": "conflict"},
    "gdelt": {"cooperation": "positive", "conflict": "negative"},
}
UNITS = {"icews": "per million of the year's events", "gdelt": "GDELT score a day"}


@tied
def world_events(
    iso3: str, source: str, kind: str = "cooperation", start: int | None = None, end: int | None = None
) -> pd.DataFrame:
    """Return a country's events with each power by year as magnitudes; never join the two sources.

    `source` is icews (2002-14, parts of the world's events in a million) or gdelt (2018-24, score a day that the
    source holds; 2024 to 23 February). `kind` is cooperation or conflict. A power's own column is NaN; 0 is none
    coded. Raises HedgingError for an unknown source, kind or country and for years outside.
    """
    if source not in COLUMNS:
        raise unknown("source of events", source, COLUMNS, where="coded events")
    if kind not in COLUMNS[source]:
        raise unknown("kind of events", kind, COLUMNS[source], where="coded events")
    table = f"events_{source}"
    countries = _by_country(table)
    if iso3 not in countries:
        raise unknown("country", iso3, countries, where=f"table {table}")
    own = countries[iso3]
    value = own[COLUMNS[source][kind]].abs()
    if source == "gdelt":
        value = value / own["days_with_file"]
    cut = wide.years(wide.spread(own, "power", value), start, end, table)
    return wide.marked(cut, table, f"{iso3}, {kind}", UNITS[source])


@made_once
def _by_country(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(list(rows.astype({"power": object}).groupby("iso3")))
