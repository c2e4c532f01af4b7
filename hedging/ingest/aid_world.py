"""Aid of Beijing, Washington and the OECD's donors to every state, for comparison: one concept at a time."""

import pandas as pd

from hedging.ingest import _countries, aid
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

DONORS = "upstream/oecd_oda/OECD.parquet"
GIVERS = ("RUS", "USA", "JPN", "KOR")
OECD = ("oecd_total_net", "oecd_total_excl_debt", "oecd_debt_forgiveness")
WASHINGTON = ("us_obligations", "us_disbursements", "us_obligations_constant", "us_disbursements_constant")
CONCEPTS = ("china_oda_like_commitments", "china_oof_commitments", *WASHINGTON, *OECD, "oecd_all_donors_net")
US_REGIONS, US_QUARTER, GROUPS, MERGED = 1900, 98, 50, 112

TABLE = Table(
    name="aid_world",
    title="Aid to all states from China, the United States and the OECD's donors",
    description=(
        "The concepts of table aid for every receiving state: china_* AidData commitments 2000-21; us_* "
        "ForeignAssistance.gov, fiscal years 1946-2024; oecd_* reports to the DAC 2009-22 of Russia, the United "
        "States, Japan and South Korea; oecd_all_donors_net all donors together 1960-2014. Units and prices differ by "
        "concept: one at a time."
    ),
    columns=(
        Column("concept", "string", "what is counted; never add two", enum=CONCEPTS),
        _countries.COUNTRY,
        Column("giver", "string", "iso3, or ALL", pattern="[A-Z]{3}"),
        Column("year", "integer", "calendar year (US: fiscal year, from October)", minimum=1946, maximum=2024),
        Column("value", "number", "amount; a negative one is a return of money", aid.USD),
        Column("prices", "string", "current or constant prices"),
        Column("status", "string", "always observed: a report or a record holds the amount", enum=("observed",)),
    ),
    key=("concept", "country", "giver", "year"),
    missing="No row: nothing is reported for that year, which is not zero (China does not report to the OECD).",
    sources=tuple(source(file) for file in (aid.WASHINGTON, aid.BEIJING, DONORS, aid.ALL_DONORS)),
    may_publish="yes, derived values with attribution",
    variant="concept",
    measures="Aid that one giver reports or is recorded to have given or promised to a state in one year.",
    method="{concept} from {giver} to {country} in {year}, {prices} prices, summed by state.",
    defects=(
        "AidData counts commitments; North Korea's are imputed oil and food and the largest of all. A missing "
        "row is zero only for receivers inside AidData's universe.",
        "Washington: obligations and disbursements are never added; without the transition quarter of 1976. The base "
        "of the constant dollars is not stated.",
        "OECD: Russia's aid holds debt forgiveness and ends with 2020; Japan and South Korea report imputed "
        "multilateral aid for North Korea only, which is left out here.",
        "Regions, organisations and states that ended under a name of their own are kept out or joined to their heir.",
    ),
)


def build(raw: Raw) -> Built:
    """Return all concepts one below the other."""
    washington, dropped = _washington(raw)
    everybody, groups = _all_donors(raw)
    frame = pd.concat([washington, _beijing(raw), _donors(raw), everybody], ignore_index=True)
    key = ["concept", "country", "giver", "year"]
    summed = frame.groupby(key, as_index=False)["value"].sum().round({"value": 4})
    expect(len(frame) - len(summed), MERGED, "rows of one state under two names")
    summed["prices"] = summed["concept"].map(lambda concept: aid.CONCEPTS[concept][1])
    why = "the comparison is of states and whole years"
    return Built(
        summed.assign(status="observed"),
        (
            *dropped,
            Correction("OECD totals: rows of regions and organisations left out", why, groups),
            Correction("rows of one state under two names added together", "Sudan, Yugoslavia, Congo", MERGED),
        ),
    )


def _rows(concept: str, country: pd.Series, giver: object, year: pd.Series, value: pd.Series) -> pd.DataFrame:
    columns = {"concept": concept, "country": country, "giver": giver, "year": year, "value": value}
    return pd.DataFrame(columns).astype({"year": int, "value": float})


def _washington(raw: Raw) -> tuple[pd.DataFrame, list[Correction]]:
    table = raw.csv(aid.WASHINGTON)
    table = table[table["Transaction Type Name"].isin(("Obligations", "Disbursements"))]
    quarter = table["Fiscal Year"] == "1976tq"
    expect(int(quarter.sum()), US_QUARTER, "rows of the transition quarter")
    table = table[~quarter].assign(country=_countries.from_name(table["Country Name"]))
    regions = table["country"].isna()
    expect(int(regions.sum()), US_REGIONS, "rows of regions in the US file")
    kept = table[~regions]
    frames = [
        _rows(
            f"us_{name.lower()}{ending}", near["country"], "USA", near["Fiscal Year"], near[column].astype(float) / 1e6
        )
        for name, near in kept.groupby("Transaction Type Name")
        for column, ending in (("current_amount", ""), ("constant_amount", "_constant"))
    ]
    return pd.concat(frames), [
        Correction("Washington: the transition quarter of 1976 left out", "it is no year", US_QUARTER),
        Correction("Washington: regions left out", "the comparison is of states", US_REGIONS),
    ]


def _beijing(raw: Raw) -> pd.DataFrame:
    table = raw.csv(aid.BEIJING)
    state = _countries.from_cow(table["ccode"])
    return pd.concat(
        _rows(concept, state, "CHN", table["year"], table[name].astype(float) / 1e6)
        for name, concept in (("oda_amt", CONCEPTS[0]), ("oof_amt", CONCEPTS[1]))
    )


def _donors(raw: Raw) -> pd.DataFrame:
    table = raw.parquet(DONORS)
    concept, giver = table["Aid type"].map(aid.OECD), _countries.from_name(table["Donor"])
    near = table.assign(concept=concept, giver=giver)[giver.isin(GIVERS) & concept.notna()]
    state = _countries.from_name(near["Recipient"])
    return _rows(near["concept"], state, near["giver"], near["Year"], near["Value"])


def _all_donors(raw: Raw) -> tuple[pd.DataFrame, int]:
    """Read a table with four header lines and a column a year; a cell ".." is no figure."""
    table = raw.csv(aid.ALL_DONORS, skiprows=2, header=None)
    years, rows = table.iloc[0, 2:], table.iloc[2:].assign(country=_countries.from_name(table[0]))
    groups = int(rows["country"].isna().sum())
    expect(groups, GROUPS, "rows of regions and organisations")
    long = rows.dropna(subset=["country"]).melt("country", list(years.index), "column", "value")
    long = long[long["value"].str.fullmatch(r"-?\d+(\.\d+)?")]
    frame = _rows("oecd_all_donors_net", long["country"], "ALL", long["column"].map(years), long["value"].astype(float))
    return frame, groups
