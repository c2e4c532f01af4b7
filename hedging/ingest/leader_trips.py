"""How often leaders travelled and were visited, 1990-2024, by country and year: counts without partners (COLT)."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FOLDER = "upstream/colt-aggregates/"
SENT, RECEIVED = FOLDER + "top_sent.csv", FOLDER + "top_received.csv"
FIRST, LAST, TRIPS = 1990, 2024, 81_861
ZEROS = 99

TABLE = Table(
    name="leader_trips",
    title="Trips of leaders abroad, made and received, by country and year",
    description=(
        "Counts of Country and Organization Leader Travel (release of March 2025) for North Korea, the powers and the "
        "states compared with it, and the share in the trips of the whole world. Who met whom is not in them."
    ),
    columns=(
        Column("direction", "string", "made by its leaders, or received", enum=("sent", "received")),
        _countries.COUNTRY,
        Column("year", "integer", "calendar year", minimum=FIRST, maximum=LAST),
        Column("trips", "integer", "trips of heads of state and government", "trips", required=False, minimum=0),
        Column("world_share", "number", "part of the trips of all", "percent", required=False, minimum=0, maximum=100),
        Column("status", "string", "how the cell came to be", enum=STATUS[:3]),
    ),
    key=("direction", "country", "year"),
    missing="not_reported: the file holds no trip of the country in any year (Iran, sent), which is no zero.",
    sources=(source(SENT), source(RECEIVED)),
    may_publish="yes: derived extract with citation; the licence of the data was not seen",
    variant="direction",
    measures="Trips abroad that leaders of a country made, or that foreign leaders made to it, in one year.",
    method="COLT count of trips {direction}, {country}, {year}; a year that the file leaves out is a zero.",
    defects=(
        "No dyads: who met whom is not in the file.",
        "2011 has one North Korean trip sent, although Kim Jong Il went to China and to Russia: an undercount.",
        "Trips of a ceremonial head of state are not counted (Kim Yong Nam): North Korea is understated next to states "
        "whose presidents travel.",
        "Iran is in the receiving file only: its trips sent are not reported.",
        "RUS is the USSR to 1991.",
    ),
)


def build(raw: Raw) -> Built:
    """Return both directions with explicit zeros for the compared states."""
    parts, zeros = [], 0
    for direction, file, column in (("sent", SENT, "LeaderCountryOrIGO"), ("received", RECEIVED, "CountryVisited")):
        part, filled = _counted(raw.csv(file), column)
        parts.append(part.assign(direction=direction))
        zeros += filled
    expect(zeros, ZEROS, "years without a row")
    why = "a year that the file leaves out is a year without a trip (README of the set)"
    return Built(pd.concat(parts, ignore_index=True), (Correction("years without a row set to zero", why, zeros),))


def _counted(rows: pd.DataFrame, column: str) -> tuple[pd.DataFrame, int]:
    """Return trips by compared country and year, and how many zeros were written."""
    rows = rows.astype({"TripYear": int, "count": int})
    expect(int(rows["count"].sum()), TRIPS, "trips in the file")
    country = _countries.from_name(rows[column])
    world = rows.groupby("TripYear")["count"].sum()
    counts = rows.assign(country=country).groupby(["country", "TripYear"])["count"].sum()
    grid = _countries.years(FIRST, LAST)
    frame = counts.reindex(pd.MultiIndex.from_tuples(grid, names=["country", "year"])).rename("trips").reset_index()
    known = frame["country"].isin(set(country.dropna()))
    filled = known & frame["trips"].isna()
    frame.loc[filled, "trips"] = 0
    frame["world_share"] = (100 * frame["trips"] / frame["year"].map(world)).round(3)
    frame["status"] = known.map({True: "observed", False: "not_reported"})
    return frame, int(filled.sum())
