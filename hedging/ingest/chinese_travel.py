"""Where China's leaders travelled, 1949-2020: visits by destination and year, counted from a list of trips."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/chinese-leaders-travel/who_where_when_v1.1.csv"
FIRST, LAST, COMPLETE = 1949, 2020, 1977
SLIPS, GAPS = 2, 356
RANKS = {"President": "presidents", "Premier": "premiers"}

TABLE = Table(
    name="chinese_travel",
    title="Travel of China's leaders by destination and year",
    description=(
        "Visits of presidents, premiers and party leaders of China to North Korea, to the powers and to the states "
        "compared, by year, with the total over all destinations (ALL). Counted from WHO | WHERE | WHEN 1.1, one row a "
        "leader, country and year."
    ),
    columns=(
        Column("country", "string", "destination, iso3 (RUS includes the USSR), or ALL", pattern="[A-Z]{3}"),
        Column("year", "integer", "calendar year", minimum=FIRST, maximum=LAST),
        Column("visits", "integer", "leaders who went there in the year", "visits", required=False, minimum=0),
        Column("presidents", "integer", "of these: presidents", "visits", required=False, minimum=0),
        Column("premiers", "integer", "of these: premiers", "visits", required=False, minimum=0),
        Column("status", "string", "how the cell came to be", enum=STATUS[:3]),
    ),
    key=("country", "year"),
    missing="not_reported: no visit is listed and the list looks incomplete (before 1977).",
    sources=(source(FILE),),
    may_publish="yes: derived counts with citation; no licence is stated",
    measures="Leaders of China who visited a country in one year.",
    method="Rows of WHO | WHERE | WHEN for {country} in {year}, status {status}.",
    defects=(
        "1949-76 looks incomplete (Zhou Enlai's trip to Korea of 1958 is missing): a zero of these years is "
        "not_reported.",
        "Two leaders in one year are two visits; a second visit of one leader in the year is not seen; length of stay "
        "is not given.",
        "Some years differ from other lists (Zhao Ziyang 1981 against December 1980); three trips of January 2016 "
        "stand under 2015.",
        "Visits to China are not in it. It ends in 2020.",
    ),
)


def build(raw: Raw) -> Built:
    """Return counts by destination and year, with what is not known before 1977."""
    rows = raw.csv(FILE).astype({"Year": int})
    slips = (rows["Country"] == "Korea, South") & rows["Name"].eq("Xi Jinping") & rows["Year"].isin((2015, 2018))
    expect(int(slips.sum()), SLIPS, "slips of South Korea for South Africa")
    rows = rows[~slips].assign(country=_countries.from_name(rows["Country"]))
    destinations = [state for state in _countries.COMPARED if state != "CHN"]
    near = rows[rows["country"].isin(destinations)]
    counted = pd.concat([near, rows.assign(country="ALL")])
    counts = counted.groupby(["country", "Year"]).size().rename("visits").to_frame()
    for rank, name in RANKS.items():
        counts[name] = counted[counted["Level"] == rank].groupby(["country", "Year"]).size()
    index = _countries.years(FIRST, LAST, [*destinations, "ALL"])
    frame = counts.reindex(pd.MultiIndex.from_tuples(index, names=["country", "year"])).reset_index()
    gaps = frame["visits"].isna() & (frame["year"] < COMPLETE)
    expect(int(gaps.sum()), GAPS, "cells without a visit before 1977")
    columns = ["visits", *RANKS.values()]
    frame[columns] = frame[columns].fillna(0).mask(gaps)
    frame["status"] = gaps.map({False: "observed", True: "not_reported"})
    why = "real trips to South Africa of those years stand beside them; nobody saw Xi in Seoul"
    return Built(
        frame,
        (
            Correction("Xi Jinping in South Korea 2015 and 2018 left out", why, SLIPS),
            Correction("no visit listed before 1977: not reported, not zero", "the list looks incomplete", GAPS),
        ),
    )
