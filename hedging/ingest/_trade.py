"""The four definitions of trade, one function each; they are never spliced (trap: one share, four values)."""

from collections.abc import Iterable

import pandas as pd

from hedging.ingest._facts import POWERS, number
from hedging.ingest.build import Raw, expect
from hedging.tables.record import Correction

PANEL = "compiled/prk-trade-facts/prk_patron_panel_derived.csv"
FACTS = "compiled/prk-trade-facts/prk_trade_facts.csv"
SOUTH = "compiled/prk-trade-facts/prk_interkorean_facts.csv"
COW = "upstream/cow-trade/cow_trade_prk_dyads.csv"
SANCTIONS = "upstream/gsdb/gsdb_v4_prk_cases.csv"

CODES = {365: "RUS", 710: "CHN", 2: "USA", 740: "JPN", 732: "KOR"}
RENAME = {"ROK": "KOR", "USSR": "RUS"}
FLOWS = ["imports", "exports"]
COLUMNS = [
    "variant", "year", "partner", "usd_million", "imports", "exports", "status", "method", "quality",
    "printed_share", "claimed_usd_million", "source_url",
]  # fmt: skip
BAN = "complete import ban from 2006 and export ban from 2009 (GSDB cases 780 and 839)"
SINCE_2009 = "fact: KOTRA, printed for 2011: no trade since 2009"
EMBARGO = "exports 0 in COW, imports under a complete embargo (GSDB case 41, 1955-2008)"
WITHHELD = "Russia publishes no trade with the DPRK from 2022"

# Inter-Korean years that the compiled facts lack (2017: print an upper bound only); read in the page's opening passage.
ADDED_SOUTH = (
    (2011, 1713.86, "http://www.wowkorea.jp/news/korea/2012/0127/10093492.html", "ROK Ministry of Unification", 5),
    (2017, 0.9, "https://fntimes.com/html/view.php?ud=201807201525505061d94729ce13_18", "Bank of Korea", 4),
    (2018, 31.0, "https://mbn.co.kr/news/economy/3898069", "Bank of Korea, rounded to a million", 4),
    (2019, 6.9, "https://m.etoday.co.kr/view.php?idxno=1924330", "Bank of Korea", 5),
)
ADDED_KOTRA = (
    2013,
    "RUS",
    104.0,
    "http://english.yonhapnews.co.kr/northkorea/2014/05/21/16/0401000000AEN20140521003200320F.html",
)


def grid(variant: str, years: Iterable[int], partners: Iterable[str]) -> pd.DataFrame:
    """Return one row a year and partner, all not reported: what the facts then fill."""
    index = pd.MultiIndex.from_product([list(years), list(partners)], names=["year", "partner"])
    frame = pd.DataFrame(index=index, columns=COLUMNS[3:])
    return frame.assign(variant=variant, status="not_reported", method="no figure found", source_url="")


def put(frame: pd.DataFrame, at: tuple[int, str], value: float, method: str, quality: int, url: str = "") -> None:
    """Write one observation in place."""
    frame.loc[at, ["usd_million", "status", "method"]] = [value, "observed", method]
    frame.loc[at, ["quality", "source_url"]] = [quality, url]


def withhold(frame: pd.DataFrame, at: tuple[int, str]) -> None:
    """Mark a figure that a state keeps back; what others claim moves to its own column."""
    claim = frame.loc[at, "usd_million"]
    method = f"{WITHHELD}; claimed: {frame.loc[at, 'method']}" if pd.notna(claim) else WITHHELD
    frame.loc[at, ["usd_million", "status", "method"]] = [None, "withheld", method]
    frame.loc[at, "claimed_usd_million"] = claim


def structural(frame: pd.DataFrame, cells: list[tuple[int, str]], method: str, quality: int) -> None:
    """Write zeros that law makes."""
    for at in cells:
        put(frame, at, 0.0, method, quality)
        frame.loc[at, "status"] = "structural_zero"


def south(raw: Raw) -> pd.DataFrame:
    """Return inter-Korean trade by year: value, method, quality, source_url, with the added years."""
    facts = raw.csv(SOUTH)
    frame = pd.DataFrame(
        {
            "usd_million": facts["value"].map(number),
            "method": "fact: inter-Korean, " + facts["estimator"].str.strip(),
            "quality": facts["quality"].astype(int),
            "source_url": facts["source_url"],
        }
    ).set_axis(facts["year"].astype(int))
    for year, value, url, estimator, quality in ADDED_SOUTH:
        frame.loc[year] = [value, f"fact: inter-Korean, {estimator}", quality, url]
    return frame


def mou(raw: Raw) -> tuple[pd.DataFrame, list[Correction]]:
    """Inter-Korean trade alone, as counted in Seoul (ministry, customs, trade association, central bank)."""
    frame = grid("mou", range(1989, 2025), ["KOR"])
    for year, row in south(raw).iterrows():
        put(frame, (year, "KOR"), *row[["usd_million", "method", "quality", "source_url"]])
    why = "the compiled facts have no figure for 2011, 2018, 2019 and an upper bound for 2017; pages that print them do"
    return frame, [Correction("inter-Korean years added from their own pages (mou and panel)", why, len(ADDED_SOUTH))]


def cow_cells(raw: Raw) -> pd.DataFrame:
    """Return COW flows by year and partner: imports, exports (missing stays missing) and their smoothed twins."""
    cells = raw.csv(COW)
    names = {
        "prk_imports": "imports",
        "prk_exports": "exports",
        "smoothflow1": "smooth_in",
        "smoothflow2": "smooth_out",
    }
    frame = cells.rename(columns=names)[list(names.values())].map(number).astype(float)
    frame["ccode"], frame["year"] = cells["ccode2"].astype(int), cells["year"].astype(int)
    return frame[frame["year"].between(1964, 2014)]


def cow(raw: Raw) -> tuple[pd.DataFrame, list[Correction]]:
    """COW imports + exports 1964-2014; zeros with the USSR, China and the South are not data and are not kept."""
    cells = cow_cells(raw)
    frame = grid("cow", range(1964, 2015), [*POWERS, "RECORDED"])
    known = (
        cells[cells["ccode"].isin(CODES)].assign(partner=lambda t: t["ccode"].map(CODES)).set_index(["year", "partner"])
    )
    repaired = known[(known["imports"] == 577) & (known["exports"] == 347)]
    expect(len(repaired), 1, "the outlier of Russia 1996")
    known.loc[repaired.index, ["imports", "exports"]] = repaired[["smooth_in", "smooth_out"]].to_numpy()
    for at, row in known.iterrows():
        if at[1] != "KOR" and pd.notna(row["imports"] + row["exports"]):
            frame.loc[at, FLOWS] = row[FLOWS].to_list()
            put(frame, at, row["imports"] + row["exports"], "COW v4 imports + exports", 4 if at[0] > 1991 else 3)
    method = "COW v4 smoothed flows (raw 577 + 347 is an outlier)"
    frame.loc[repaired.index[0], ["method", "quality"]] = [method, 2]
    false = [(year, "RUS") for year in range(1981, 1992)]
    expect(sum(frame.loc[at, "usd_million"] == 0 for at in false), len(false), "false zeros of the USSR")
    frame.loc[false, ["usd_million", *FLOWS, "status", "quality"]] = [None, None, None, "not_reported", None]
    frame.loc[false, "method"] = "false zero in COW v4: trade between communist states is not in the file"
    korea = known.xs("KOR", level="partner").index
    frame.loc[[(year, "KOR") for year in korea], "method"] = "inter-Korean trade is not foreign trade in COW v4"
    embargo = [(year, "USA") for year in range(1964, 1986) if known.loc[(year, "USA"), "imports"] == 0]
    structural(frame, embargo, EMBARGO, 3)
    for year, flows in cells.groupby("year")[FLOWS].sum().iterrows():
        put(frame, (year, "RECORDED"), flows.sum(), "COW v4, all partners in the file: not the world", 2)
        frame.loc[(year, "RECORDED"), FLOWS] = flows.to_list()
    return frame, [
        Correction("Russia 1996: 577 + 347 replaced by the smoothed 79 + 16", "an outlier, trap T1", 1),
        Correction("USSR 1981-91: false zeros set to not reported", "about half of the trade was Soviet, trap T1", 11),
        Correction("South Korea: zeros and small flows set to not reported", "not foreign trade in COW", len(korea)),
        Correction("United States 1964-85: one direction is 0, the other under embargo", "GSDB case 41", len(embargo)),
    ]


def url_of(facts: pd.DataFrame, year: int, partner: str, value: float) -> str:
    """Return the page of the fact with this value, else of any fact of that year and partner, else ""."""
    near = facts[(facts["year"] == str(year)) & (facts["partner"].replace(RENAME) == partner)]
    exact = near[near["value"].map(number) == value]
    return next(iter(exact["source_url"]), next(iter(near["source_url"]), ""))


def panel(raw: Raw) -> tuple[pd.DataFrame, list[Correction]]:
    """The compiled panel of five patrons, 1978-2024: COW to 2014 and facts from 2015, a level break in one series."""
    frame = grid("panel", range(1978, 2025), POWERS)
    facts = raw.csv(FACTS)
    for _, row in raw.csv(PANEL).iterrows():
        at = (int(row["year"]), RENAME.get(row["patron"], row["patron"]))
        value = float(row["usd_million"])
        url = "" if row["method"].startswith("COW") else url_of(facts, *at, value)
        put(frame, at, value, row["method"], int(row["quality"]), url)
    between = south(raw)
    for year in range(1989, 2024):
        if year in between.index:
            put(frame, (year, "KOR"), *between.loc[year, ["usd_million", "method", "quality", "source_url"]])
    for year in (2022, 2023, 2024):
        withhold(frame, (year, "RUS"))
    cases = raw.csv(SANCTIONS).set_index("case_id")["descr_trade"]
    law = {"780": "imp_compl", "839": "exp_compl", "41": "exp_compl,imp_compl"}
    expect(sum(cases[case] == scope for case, scope in law.items()), 3, "complete trade bans in GSDB")
    structural(frame, [(year, "USA") for year in range(1978, 1986)], EMBARGO, 3)
    structural(frame, [(year, "JPN") for year in (2010, 2011)], SINCE_2009, 4)
    structural(frame, [(year, "JPN") for year in range(2015, 2024)], BAN, 3)
    return frame, [
        Correction("Russia 2022-24: declared or claimed figures moved out of the series, status withheld", WITHHELD, 3),
        Correction("Japan 2010-11 and 2015-23: structural zero", f"{SINCE_2009}; {BAN}", 11),
        Correction("United States 1978-85: zero marked structural", EMBARGO, 8),
    ]


def printed(facts: pd.DataFrame, year: int, partner: str, flow: str) -> pd.Series | None:
    """Return the best KOTRA fact of a year, partner and flow: quality first, then the more precise number."""
    near = facts[(facts["year"] == str(year)) & (facts["partner"] == partner) & (facts["flow"] == flow)]
    if near.empty:
        return None
    order = near.assign(size=near["value"].str.len(), grade=near["quality"].astype(int))
    return order.sort_values(["grade", "size"], kind="stable").iloc[-1]


def kotra(raw: Raw) -> tuple[pd.DataFrame, list[Correction]]:
    """KOTRA by partner and WORLD, 1992-2024, inter-Korean trade left out; a partner may be derived from its share."""
    facts = raw.csv(FACTS)
    facts = facts[facts["estimator"].isin(["KOTRA", "Chinese customs via KOTRA"]) & (facts["value"] != "")]
    cis = (facts["year"] == "1992") & (facts["partner"] == "RUS")
    kept = facts[~cis & (facts["partner"] != "ROK") & ~facts["partner"].str.contains(r"\+|SOCIALIST")]
    expect(int(cis.sum()), 1, "the CIS counted as Russia in 1992")
    others = sorted(set(kept["partner"]) - set(POWERS) - {"WORLD"})
    frame = grid("kotra", range(1992, 2025), [*POWERS[:4], *others, "WORLD"])
    for at in sorted(frame.index, key=lambda at: at[1] != "WORLD"):
        _kotra_cell(frame, kept, at)
    put(frame, ADDED_KOTRA[:2], ADDED_KOTRA[2], "fact: KOTRA", 5, ADDED_KOTRA[3])
    structural(frame, [(year, "JPN") for year in (2009, 2010, 2011)], SINCE_2009, 4)
    for year in (2022, 2023, 2024):
        withhold(frame, (year, "RUS"))
    empty = frame["status"].eq("not_reported") & frame.index.get_level_values("partner").isin(others)
    return frame[~empty], [
        Correction("the CIS of 1992 is not counted as Russia", "the printed figure covers all successor states", 1),
        Correction("Russia 2013 added from its own page", "the compiled facts lack the printed 104 million", 1),
        Correction("Japan 2009-11: structural zero", SINCE_2009, 3),
    ]


def _kotra_cell(frame: pd.DataFrame, facts: pd.DataFrame, at: tuple[int, str]) -> None:
    total, share = printed(facts, *at, "total"), printed(facts, *at, "share_total")
    flows = [printed(facts, *at, flow) for flow in ("prk_exports", "prk_imports")]
    world = frame.loc[(at[0], "WORLD"), "usd_million"]
    if total is not None:
        put(frame, at, float(total["value"]), f"fact: {total['estimator']}", int(total["quality"]), total["source_url"])
    elif share is not None and pd.notna(world):
        value = round(float(share["value"]) * world / 100, 1)
        put(frame, at, value, "derived: printed share x printed total", 3, share["source_url"])
    elif all(flow is not None for flow in flows):
        value = round(sum(float(flow["value"]) for flow in flows), 2)
        put(frame, at, value, "derived: printed exports + imports", int(flows[0]["quality"]), flows[0]["source_url"])
    for name, flow in zip(reversed(FLOWS), flows, strict=True):
        frame.loc[at, name] = None if flow is None else float(flow["value"])
    if share is not None:
        frame.loc[at, "printed_share"] = float(share["value"])
