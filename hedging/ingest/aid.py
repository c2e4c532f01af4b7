"""Aid to North Korea by giver and year: each concept has its own unit and prices, and none may be added to another."""

import pandas as pd

from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

SEOUL = "compiled/rok_aid/rok_humanitarian_aid_1995_2018.csv"
WASHINGTON = "upstream/us_aid/us_foreign_aid_country.csv"
BEIJING = "upstream/gcdf_china_aid/cow_gcdf.csv"
DONORS = "upstream/oecd_oda/oecd_prk_2009_2022.csv"
HUMANITARIAN = "compiled/fts_unlist_prk/humanitarian-aid.csv"
ALL_DONORS = "upstream/oecd_oda/oda_net_by_recipient_1960_2014.csv"

KRW, USD = "KRW billion", "US$ million"
CONCEPTS = {
    "rok_gov_grants": (KRW, "current"),
    "rok_food_loans": (KRW, "current"),
    "rok_private": (KRW, "current"),
    "us_obligations": (USD, "current, US fiscal year"),
    "us_disbursements": (USD, "current, US fiscal year"),
    "us_obligations_constant": (USD, "constant, US fiscal year 2021"),
    "us_disbursements_constant": (USD, "constant, US fiscal year 2021"),
    "china_oda_like_commitments": (USD, "constant 2021"),
    "china_oof_commitments": (USD, "constant 2021"),
    "oecd_total_net": (USD, "constant 2022"),
    "oecd_total_excl_debt": (USD, "constant 2022"),
    "oecd_debt_forgiveness": (USD, "constant 2022"),
    "oecd_all_donors_net": (USD, "current"),
    "fts_humanitarian": (USD, "current"),
}
IMPUTED = ("china_oda_like_commitments",)
OECD = {
    "ODA: Total Net": "oecd_total_net",
    "Memo: ODA Total, excl. Debt": "oecd_total_excl_debt",
    "Grants: Debt Forgiveness": "oecd_debt_forgiveness",
}
COUNTRIES = {
    "Australia": "AUS", "Austria": "AUT", "Belgium": "BEL", "Bulgaria": "BGR", "Canada": "CAN", "Czechia": "CZE",
    "Denmark": "DNK", "Finland": "FIN", "France": "FRA", "Germany": "DEU", "Greece": "GRC", "Hungary": "HUN",
    "Ireland": "IRL", "Israel": "ISR", "Italy": "ITA", "Kuwait": "KWT", "Liechtenstein": "LIE", "Luxembourg": "LUX",
    "Netherlands": "NLD", "Norway": "NOR", "Poland": "POL", "Romania": "ROU", "Russia": "RUS", "Spain": "ESP",
    "Sweden": "SWE", "Switzerland": "CHE", "Thailand": "THA", "Timor-Leste": "TLS", "Türkiye": "TUR",
    "United Kingdom": "GBR", "United States": "USA",
}  # fmt: skip

TABLE = Table(
    name="aid",
    title="Aid to North Korea by giver and year, by concept",
    description=(
        "rok_*: humanitarian aid of Seoul 1995-2018 (grants, food loans, private groups). us_*: ForeignAssistance.gov, "
        "fiscal years. china_*: AidData commitments. oecd_*: reports to the DAC by donor 2009-22, with debt "
        "forgiveness apart, and all donors together 1978 and 1985-2014. fts_humanitarian: funding reported to the UN's "
        "Financial Tracking Service, all donors, 2000-26. One concept at a time: units and prices differ."
    ),
    columns=(
        Column("concept", "string", "what is counted; never add two", enum=tuple(CONCEPTS)),
        Column("giver", "string", "iso3, or ALL", pattern="[A-Z]{3}"),
        Column("year", "integer", "calendar year (US: fiscal year, from October)", minimum=1978, maximum=2026),
        Column("value", "number", "amount; a negative one is a return of money"),
        Column("unit", "string", "unit of value", enum=(KRW, USD)),
        Column("prices", "string", "current or constant prices"),
        Column("imputed", "boolean", "mostly the source's own imputation (oil and food from China), not a record"),
        Column("status", "string", "how the cell came to be", enum=STATUS[:1]),
    ),
    key=("concept", "giver", "year"),
    missing="No row: the giver reports nothing for that year, which is not zero (China does not report to the OECD).",
    sources=tuple(source(file) for file in (SEOUL, WASHINGTON, BEIJING, DONORS, ALL_DONORS, HUMANITARIAN)),
    may_publish="yes, derived values with attribution",
    variant="concept",
    measures="Aid that one giver reports or is recorded to have given or promised to North Korea in one year.",
    method="{concept} from {giver}, {year}, {unit}, {prices} prices; imputed by the source: {imputed}.",
    defects=(
        "Seoul: without KEDO, Kaesong, six-party energy and the payment of 2000; nominal won; loans are hardly repaid.",
        "Washington: KEDO and heavy fuel oil are largely not booked here (816 of about 1,300 million to FY2009); later "
        "years are programmes partly for North Korea, not to its government. FY2020 is negative.",
        "Beijing: imputed oil and food, commitments not disbursements; 215 million in 2017, where Chinese customs "
        "record no aid: a conflict unless all is oil.",
        "Washington: the base of the constant dollars is not stated; in FY2021 both amounts agree.",
        "OECD: most of Russia's aid of 2014-20 is debt forgiveness (516 million); Russia stops reporting after 2020, "
        "China never reports, Tokyo and Seoul show imputed multilateral aid only, which is left out here.",
        "fts_humanitarian is wider than OECD aid (2002: 360.8 against 264.8), holds some South Korean and Chinese "
        "gifts to 2008, has no split by donor, and 2026 is part of a year.",
        "The collapse of 2021-22 is partly the closed border and partly the end of reports.",
    ),
)


def build(raw: Raw) -> Built:
    """Return all concepts one below the other."""
    seoul, corrections = _seoul(raw)
    parts = [seoul, _washington(raw), _beijing(raw), _donors(raw), all_donors(raw), _humanitarian(raw)]
    frame = pd.concat(parts, ignore_index=True)
    frame["unit"] = frame["concept"].map(lambda concept: CONCEPTS[concept][0])
    frame["prices"] = frame["concept"].map(lambda concept: CONCEPTS[concept][1])
    frame["value"] = frame["value"].astype(float).round(4)
    frame["imputed"] = frame["concept"].isin(IMPUTED)
    frame["status"] = "observed"
    return Built(frame, corrections)


def _rows(concept: str, giver: str, years: pd.Series, values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"concept": concept, "giver": giver, "year": years.astype(int), "value": values.astype(float)})


def _seoul(raw: Raw) -> tuple[pd.DataFrame, tuple[Correction, ...]]:
    """Return the three parts of the printed total; an empty part is zero where the others add up to the total."""
    table = raw.csv(SEOUL)
    parts = table[["gov_free_total", "gov_food_loans", "ngo_private"]]
    numbers = parts.replace("", "0").astype(float)
    expect(int((abs(numbers.sum(axis=1) - table["grand_total"].astype(float)) <= 2).sum()), 24, "years that add up")
    empty = int(parts.eq("").sum().sum())
    names = dict(zip(parts, ("rok_gov_grants", "rok_food_loans", "rok_private"), strict=True))
    frames = [_rows(concept, "KOR", table["year"], numbers[part] / 10) for part, concept in names.items()]
    why = "the other parts of the year add up to the printed total; 100 million won are written as 0.1 billion"
    return pd.concat(frames), (Correction("Seoul: empty parts of a year set to zero", why, empty),)


def _washington(raw: Raw) -> pd.DataFrame:
    table = raw.csv(WASHINGTON)
    near = table[table["Country Code"] == "PRK"]
    frames = [
        _rows(f"us_{name.lower()}{ending}", "USA", rows["Fiscal Year"], rows[column].astype(float) / 1e6)
        for name in ("Obligations", "Disbursements")
        for rows in [near[near["Transaction Type Name"] == name]]
        for column, ending in (("current_amount", ""), ("constant_amount", "_constant"))
    ]
    return pd.concat(frames)


def _beijing(raw: Raw) -> pd.DataFrame:
    table = raw.csv(BEIJING)
    near = table[table["ccode"] == "731"]
    frames = [
        _rows(concept, "CHN", near["year"], near[name].astype(float) / 1e6)
        for name, concept in (("oda_amt", "china_oda_like_commitments"), ("oof_amt", "china_oof_commitments"))
    ]
    return pd.concat(frames)


def _donors(raw: Raw) -> pd.DataFrame:
    table = raw.csv(DONORS)
    near = table[table["Aid type"].isin(OECD)]
    return pd.DataFrame(
        {
            "concept": near["Aid type"].map(OECD),
            "giver": near["Donor"].map(COUNTRIES),
            "year": near["Year"].astype(float).astype(int),
            "value": near["Value"].astype(float),
        }
    )


def _humanitarian(raw: Raw) -> pd.DataFrame:
    table = raw.csv(HUMANITARIAN)
    return _rows("fts_humanitarian", "ALL", table["time"], table["value"])


def all_donors(raw: Raw) -> pd.DataFrame:
    """Read the row of North Korea from a table with four header lines and a column a year."""
    table = raw.csv(ALL_DONORS, skiprows=2, header=None)
    years = table.iloc[0, 2:]
    row = table[table[0].str.contains("Dem. Rep.|Democratic People's", regex=True) & table[0].str.contains("Korea")]
    expect(len(row), 1, "rows of North Korea in the totals of all donors")
    values = row.iloc[0, 2:]
    kept = values.str.fullmatch(r"-?\d+(\.\d+)?")
    return _rows("oecd_all_donors_net", "ALL", years[kept], values[kept])
