"""Trade of every state with the five powers, 1946-2014, from COW: pairs of communist states are unknown before 1992."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import POWERS, STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

DYADS = "upstream/cow-trade/cow_trade_greatpowers_1945_2014.parquet"
TOTALS = "upstream/cow-trade/cow_trade_sy.csv"
FIRST, LAST = 1946, 2014
LAST_COMMUNIST = 1991
# First whole year of communist government, by Correlates of War number. Before 1992 trade among these states was
# settled in their own units and reached the file by chance.
COMMUNIST = {
    365: 1946, 712: 1946, 339: 1946, 345: 1946, 355: 1947, 290: 1947, 360: 1948, 310: 1949, 315: 1948, 731: 1948,
    265: 1950, 710: 1950, 816: 1955, 40: 1960, 812: 1976, 811: 1976,
}  # fmt: skip
MONEY = "current US$ million"
FALSE_ZEROS, KEPT_APART, TOTALS_APART = 186, 435, 559

TABLE = Table(
    name="trade_world",
    title="Trade of all states with the five powers, Correlates of War",
    description=(
        "Imports + exports of each state with Russia (USSR), China, the United States, Japan and South Korea by year, "
        "1946-2014, their shares of the state's imports and exports, and a row WORLD with the state's own total. "
        "Sums and shares, derived from COW Trade 4.0; not the directed flows."
    ),
    columns=(
        _countries.COUNTRY,
        Column("year", "integer", "calendar year", minimum=FIRST, maximum=LAST),
        Column("partner", "string", "power, iso3, or WORLD: the state's total", enum=(*POWERS, "WORLD")),
        Column("usd_million", "number", "imports + exports", MONEY, required=False, minimum=0),
        Column("import_share", "number", "share of the state's imports", "percent", required=False, minimum=0),
        Column("export_share", "number", "share of the state's exports", "percent", required=False, minimum=0),
        Column(
            "unconfirmed_usd_million",
            "number",
            "what the file prints for communist states before 1992, zeros left out; for bounds, not for a series",
            MONEY,
            required=False,
            minimum=0,
        ),
        Column("status", "string", "how the cell came to be", enum=STATUS[:3]),
    ),
    key=("country", "year", "partner"),
    missing="Not zero: not_reported says that a flow is missing, or that both states were communist before 1992.",
    sources=(source(DYADS), source(TOTALS)),
    may_publish="yes, derived sums and shares with citation",
    measures="Goods traded in both directions between a state and one power in one year, importer's value (c.i.f.).",
    method="COW Trade 4.0, imports + exports of {country} with {partner} in {year}, status {status}.",
    defects=(
        "Communist states report almost nothing on one another before 1992 (T1): the file prints 0 for the USSR with "
        "Cuba, Albania, Mongolia and North Korea. Such pairs are not_reported whatever the file holds; what is above "
        "zero stands in unconfirmed_usd_million (Romania, Yugoslavia and Vietnam 1985-91 have long runs).",
        "Totals of communist states before 1992 come from changing sources and may leave out trade with one another "
        "(Cuba falls from 12,002 in 1980 to 3,689 in 1981): they are kept apart too, and no "
        "share is made of them.",
        "With non-communist states 27 to 48 per cent of the flows with the USSR are zero or missing.",
        "North Korea: use table trade, which repairs its cells one by one. Its totals carry South Korean trade booked "
        "to the North (2008, 2010); trade between the two Koreas is not foreign trade here.",
        "Importer c.i.f., about 1.1 times the partner's exports; rounded to a million, so that small ties become 0.",
        "A share above 100 per cent says that pair and total come from different reports.",
    ),
)


def build(raw: Raw) -> Built:
    """Return pairs and totals with the communist cells kept apart."""
    pairs = raw.parquet(DYADS)
    pairs = pairs.rename(columns={"imports_from_partner": "imports", "exports_to_partner": "exports"})
    pairs = pairs[pairs["year"].between(FIRST, LAST) & (pairs["ccode"] != pairs["partner_ccode"])]
    flows = ["imports", "exports"]
    outlier = (pairs["ccode"] == 731) & (pairs["partner_ccode"] == 365) & (pairs[flows] == [577, 347]).all(axis=1)
    expect(int(outlier.sum()), 1, "the outlier of Russia 1996")
    pairs.loc[outlier, flows] = pairs.loc[outlier, ["smooth_imports", "smooth_exports"]].to_numpy()
    totals = raw.csv(TOTALS).replace("", None).astype(float)
    totals = totals.dropna(subset=["imports", "exports"], how="all")  # states that ended have empty rows
    totals = totals[totals["year"].between(FIRST, LAST)].astype({"ccode": int, "year": int})
    frame = _shares(pairs, totals)
    korean = frame["country"].isin(("PRK", "KOR")) & frame["partner"].isin(("PRK", "KOR"))
    frame.loc[korean, ["usd_million", "import_share", "export_share"]] = None
    both = frame["communist"] & (frame["partner_communist"] | (frame["partner"] == "WORLD"))
    return _apart(frame, both, int(korean.sum()))


def _shares(pairs: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return pairs and totals as one frame with sums, shares of the total, and the marks of communist states."""
    whole = totals.rename(columns={"imports": "all_in", "exports": "all_out"})
    joined = pairs.merge(whole, on=["ccode", "year"], how="left", validate="m:1")
    joined = pd.concat([joined, totals.assign(partner_ccode=0)], ignore_index=True)
    state = _countries.from_cow(joined["ccode"])
    state = state.mask((state == "YUG") & (joined["year"] > 2005), "SRB")  # COW counts Serbia as Yugoslavia's heir
    return pd.DataFrame(
        {
            "country": state,
            "year": joined["year"],
            "partner": _countries.from_cow(joined["partner_ccode"]).fillna("WORLD"),
            "usd_million": (joined["imports"] + joined["exports"]).round(2),
            "import_share": (100 * joined["imports"] / joined["all_in"]).where(joined["all_in"] > 0).round(2),
            "export_share": (100 * joined["exports"] / joined["all_out"]).where(joined["all_out"] > 0).round(2),
            "communist": _communist(joined["ccode"], joined["year"]),
            "partner_communist": _communist(joined["partner_ccode"], joined["year"]),
        }
    )


def _communist(codes: pd.Series, years: pd.Series) -> pd.Series:
    return codes.map(COMMUNIST).le(years) & years.le(LAST_COMMUNIST)


def _apart(frame: pd.DataFrame, both: pd.Series, korean: int) -> Built:
    """Take the cells `both` out of the series: zeros are false, the rest is unconfirmed."""
    pair, printed = both & (frame["partner"] != "WORLD"), frame["usd_million"]
    counts = [int((pair & printed.eq(0)).sum()), int((pair & printed.gt(0)).sum())]
    counts.append(int((both & ~pair & printed.notna()).sum()))
    for found, rows, what in zip(
        counts, (FALSE_ZEROS, KEPT_APART, TOTALS_APART), ("false zeros", "unconfirmed flows", "totals"), strict=True
    ):
        expect(found, rows, f"{what} of communist states")
    frame["unconfirmed_usd_million"] = printed.where(both & printed.gt(0))
    frame.loc[both, ["usd_million", "import_share", "export_share"]] = None
    unfit = frame["usd_million"].isna() | frame["communist"]  # one direction is no tie; their totals are no whole
    frame.loc[unfit, ["import_share", "export_share"]] = None
    frame["status"] = frame["usd_million"].notna().map({True: "observed", False: "not_reported"})
    why = "trade among communist states reached the file by chance (trap T1)"
    return Built(
        frame.drop(columns=["communist", "partner_communist"]),
        (
            Correction("zeros between communist states before 1992 set to not reported", why, counts[0]),
            Correction("flows above zero between communist states before 1992 kept apart", why, counts[1]),
            Correction("totals of communist states before 1992 kept apart", why, counts[2]),
            Correction("North Korea with Russia 1996: 577 + 347 replaced by the smoothed 79 + 16", "an outlier, T1", 1),
            Correction("the two Koreas with each other set to not reported", "not foreign trade in COW", korean),
        ),
    )
