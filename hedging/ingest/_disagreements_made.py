"""Variants that no page prints as such: computed from data sets, or worked back from two printed figures."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from hedging.ingest import _disagreements, _trade, aid, arms, economy, weapons_tests
from hedging.ingest._disagreements import taken
from hedging.ingest.build import Raw

DOLLARS, SHARE, TIV = "USD million", "percent", "SIPRI TIV million"
CHECKS = _disagreements.FILES["checks"]
FILES = (
    _trade.COW, arms.YEARS, arms.DELIVERIES, aid.WASHINGTON, aid.BEIJING, aid.HUMANITARIAN, aid.ALL_DONORS,
    economy.LATENT, economy.MADDISON, weapons_tests.MISSILES, CHECKS,
)  # fmt: skip
# Sources on China's share of 2010 that the compiled facts do not hold; read in the page's opening passage.
PAGES = (
    (
        "KDI", 56.9, 3466.0, 6085.0, "included",
        "Korea Development Institute, June 2011: trade of 2010 with inter-Korean trade",
        "https://s.japanese.joins.com/JArticle/141577?sectcode=500&servcode=500",
    ),
    (
        "IMF", 46.0, 3900.0, 8390.0, "confused",
        "IMF mirror data via the European Commission and VOA: partners that mix up the two Koreas are not filtered out",
        "http://www.nkeconwatch.com/2011/06/17/statistics-on-dprk-prc-trade/",
    ),
)  # fmt: skip
KDI_2009 = 52.6  # on the page of the first entry


def read(raw: Raw) -> list[dict[str, Any]]:
    """Return every computed variant as a row of the table, and the printed ones beside them."""
    parts = (_china_2010, _china_2009_2014, _soviet, _arms, _givers, _economy, _missiles)
    return [row for part in parts for row in part(raw)]


def _row(
    quantity: str, estimator: str, period: str, value: float, unit: str, definition: str, quality: int, **rest: Any
) -> dict[str, Any]:
    row = {"quantity": quantity, "estimator": estimator, "period": period, "value": round(float(value), 2)}
    return {**row, "unit": unit, "definition": definition, "quality": quality, "made": "computed", **rest}


def _china_2010(raw: Raw) -> Iterator[dict[str, Any]]:
    facts = raw.csv(_trade.FACTS)
    near = facts[(facts["year"] == "2010") & (facts["partner"] == "CHN")].set_index("flow")
    for estimator, flow, south, text, amounts in (
        ("KOTRA", "share_total", "excluded", "inter-Korean trade left out as a matter of policy", (3470.0, 4170.0)),
        ("KITA", "share_total_incl_interkorean", "included", "inter-Korean trade counted in", (None, None)),
    ):
        fact = near.loc[flow]
        yield _china(estimator, float(fact["value"]), *amounts, south, f"{estimator}, {text}", fact["source_url"]) | {
            "quality": fact["quality"]
        }
    china, total = _cow(raw, 2010)
    text = "COW v4, all partners in the file, c.i.f."
    yield _china("COW", 100 * china / total, china, total, "confused", text, "") | {"made": "computed", "quality": 2}
    for page in PAGES:
        yield _china(*page)


def _china(
    estimator: str, share: float, part: float | None, whole: float | None, south: str, text: str, url: str
) -> dict[str, Any]:
    row = _row("china_share_2010", estimator, "2010", round(share, 1), SHARE, text, 3, made="printed")
    return {**row, "part": part, "whole": whole, "inter_korean": south, "source_url": url}


def _cow(raw: Raw, year: int) -> tuple[float, float]:
    cells = _trade.cow_cells(raw)
    flows = cells[cells["year"] == year].set_index("ccode")[_trade.FLOWS].sum(axis=1)
    return float(flows[710]), float(flows.sum())


def _china_2009_2014(raw: Raw) -> Iterator[dict[str, Any]]:
    text = "Korea Development Institute, June 2011: with inter-Korean trade"
    rest = {"made": "printed", "inter_korean": "included", "source_url": PAGES[0][-1]}
    yield _row("china_share_2009", "KDI", "2009", KDI_2009, SHARE, text, 3, **rest)
    china, total = _cow(raw, 2014)
    text = "COW v4, all partners in the file: South Korean trade booked to the North is in the total"
    rest = {"part": china, "whole": total, "inter_korean": "confused"}
    yield _row("china_share_2014", "COW", "2014", 100 * china / total, SHARE, text, 2, **rest)


def _soviet(raw: Raw) -> Iterator[dict[str, Any]]:
    """Work back what the choice of the ruble's rate does to the Soviet share, and JETRO's two editions."""
    names = {name: raw.csv(_disagreements.FILES[name])["value"] for name in ("trade", "cold trade")}

    def printed(file: str, row: int) -> float:
        return float(names[file].iloc[row - 1])

    official, jetro = printed("trade", 41), printed("trade", 33)
    lower = printed("cold trade", 90) / (1 + printed("trade", 48) / 100)
    kita = printed("cold trade", 92) / (1 + printed("cold trade", 74) / 100)
    text = "364 in 1991 after a fall of 68 per cent, worked back"
    yield _row("ussr_trade_1990", "lower rate", "1990", lower, DOLLARS, text, 2)
    text = "trade at the official rate in JETRO's total of the 1991 edition"
    yield _row("ussr_share_1990", "official rate", "1990", 100 * official / jetro, SHARE, text, 2, whole=jetro)
    text = "trade worked back at the lower rate in KITA's total worked back"
    yield _row("ussr_share_1990", "lower rate", "1990", 100 * lower / kita, SHARE, text, 2, whole=round(kita, 1))
    flows = printed("trade", 26) + printed("trade", 27)
    whole = printed("trade", 21) + printed("trade", 22)
    text = "share that its own printed flows give"
    yield _row("ussr_share_1989", "JETRO, flows", "1989", 100 * flows / whole, SHARE, text, 4, part=flows, whole=whole)
    text = "all trade with more partners, worked back from 1990 and its printed change"
    back = jetro / (1 + printed("cold trade", 63) / 100)
    yield _row("trade_1989", "JETRO, 1991 edition", "1989", back, DOLLARS, text, 3)


def _arms(raw: Raw) -> Iterator[dict[str, Any]]:
    """Compare the vintages over the same years: what was dropped, what was added."""
    years = raw.csv(arms.YEARS).astype({"year": int, "tiv_million": float})
    years = years[years["direction"] == "PRK_imports"]
    spans = (
        ("arms_russia_1995_2010", "Russia", 1995, 2010),
        ("arms_russia_1992_2010", "Russia", 1992, 2010),
        ("arms_usa_1983_1984", "United States", 1983, 1984),
        ("arms_kazakhstan_1999", "Kazakhstan", 1999, 1999),
    )
    for quantity, partner, first, last in spans:
        period = f"{first}-{last}" if first < last else str(first)
        near = years[(years["partner"] == partner) & years["year"].between(first, last)]
        for word, vintage in arms.VINTAGES.items():
            found = near[near["vintage"] == word]["tiv_million"].sum()
            text = f"arms from {partner}, SIPRI vintage {vintage}"
            yield _row(quantity, vintage, period, found, TIV, text, 4)
    rows = raw.csv(arms.DELIVERIES)
    rows = rows[(rows["Supplier"] == "Russia") & (rows["Recipient"] == "North Korea")]
    tiv, local = rows["TIV delivery values"].astype(float), rows["Local production"] == "Yes"
    for name, kept in (("2026-02", tiv), ("2026-02, delivered", tiv[~local])):
        text = "arms from Russia with production under licence" if name == "2026-02" else "without licensed production"
        yield _row("arms_russia_1995_2010", name, "1995-2010", kept.sum(), TIV, text, 4)


def _givers(raw: Raw) -> Iterator[dict[str, Any]]:
    facts = raw.csv(_disagreements.FILES["givers"])
    washington = raw.csv(aid.WASHINGTON)
    near = washington[(washington["Country Code"] == "PRK") & (washington["Transaction Type Name"] == "Obligations")]
    us = near.set_index(near["Fiscal Year"].astype(int))["current_amount"].astype(float) / 1e6
    beijing = raw.csv(aid.BEIJING)
    china = beijing[beijing["ccode"] == "731"].set_index("year")["oda_amt"].astype(float) / 1e6
    pairs = (
        ("us_aid_1995_2009", 1, "Congressional Research Service", us.loc[:2009].sum(), "1995-2009"),
        ("us_aid_2006", 8, "Congressional Research Service", us[2006], "FY2006"),
        ("china_aid_2017", 35, "Chinese customs", china["2017"], "2017"),
        ("china_aid_2018", 33, "Chinese customs", china["2018"], "2018"),
    )
    for quantity, row, estimator, other, period in pairs:
        fact = facts.iloc[row - 1]
        text, grade = f"{fact['item']}, {fact['category']}", int(fact["reliability_1_5"])
        rest = {"made": "printed", "source_url": fact["source_url"]}
        yield _row(quantity, estimator, period, float(fact["value_num"]), DOLLARS, text, grade, **rest)
        name = "AidData" if "china" in quantity else "ForeignAssistance.gov"
        text = "commitments in constant dollars of 2021, oil imputed" if "china" in quantity else "obligations booked"
        yield _row(quantity, name, period, other, DOLLARS, text, 2 if "china" in quantity else 4)
    funding = raw.csv(aid.HUMANITARIAN).set_index("time")["value"].astype(float)
    donors = aid.all_donors(raw).set_index("year")["value"]
    yield _row(
        "aid_2002", "Financial Tracking Service", "2002", funding["2002"], DOLLARS, "humanitarian, all donors", 4
    )
    yield _row("aid_2002", "OECD", "2002", donors[2002], DOLLARS, "net development assistance, all donors", 4)


def _economy(raw: Raw) -> Iterator[dict[str, Any]]:
    latent = raw.parquet(economy.LATENT).query("ccode == 731").set_index("year")
    owid = raw.csv(economy.MADDISON)
    owid = owid[owid["Entity"] == "North Korea"].astype({"Year": int}).set_index("Year")
    heads = {"Fariss": latent["mrgdppc"], "Maddison": pd.to_numeric(owid["GDP per capita"])}
    people = {"Fariss": latent["pwtpop"], "Maddison": pd.to_numeric(owid["Population"]) / 1e6}
    text = "change of output a head"
    for name, series in heads.items():
        change = 100 * (series[1998] / series[1990] - 1)
        yield _row("output_per_head_1990_1998", name, "1990-1998", change, SHARE, text, 2)
    for name, series in people.items():
        yield _row("population_2018", name, "2018", series[2018], "million", "people", 2)


def _missiles(raw: Raw) -> Iterator[dict[str, Any]]:
    counted = raw.csv(weapons_tests.MISSILES)["year"].value_counts()
    checks = raw.csv(CHECKS)
    told = (
        ("missiles_2019", "Japan, ministry of defence", 5, r"(\d+) missiles", "ballistic missiles"),
        ("missiles_2022", "Japan, ministry of defence", 4, r"(\d+) ballistic", "ballistic missiles, at least"),
        (
            "missiles_2022",
            "Missile Defense Advocacy Alliance",
            6,
            r"more than (\d+)",
            "to November, more than; cruise too",
        ),
        ("missiles_2022", "NTI via Statista", 1, r"total of (\d+)", "without failures"),
    )
    for quantity, estimator, row, pattern, text in told:
        fact = checks.iloc[row - 1]
        value, rest = (
            float(taken(fact["value_as_given"], pattern)),
            {"made": "printed", "source_url": fact["source_url"]},
        )
        yield _row(quantity, estimator, quantity[-4:], value, "missiles", text, 3, **rest)
    for year in ("2019", "2022"):
        yield _row(f"missiles_{year}", "CNS", year, counted[year], "missiles", "every missile flight-tested", 5)
