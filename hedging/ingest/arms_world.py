"""Arms to every state by supplier and year in three vintages of SIPRI: totals, shares and concentration, derived."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FOLDER = "upstream/sipri-arms/"
DYADS = FOLDER + "sipri_tiv_dyad_year_1950_2021_vintage2022-07.csv"
DEALS = FOLDER + "sipri_trade_register_deals_1950_2023_vintage2024.parquet"
DELIVERIES = FOLDER + "sipri_trade_register_deliveries_1995_2024_vintage2026-02.csv"
CHECK = FOLDER + "derived_recipient_supplier_concentration_1950_2021.csv"
LAST = {"2022-07": 2021, "2024-register": 2023, "2026-02": 2024}
SHARES = {f"share_{power.lower()}": power for power in POWERS}
UNKNOWN = "Unknown supplier(s)"
NO_STATE = {"2022-07": 330, "2024-register": 517, "2026-02": 253}
UNNAMED, AGREEING = 2, 7103

TABLE = Table(
    name="arms_world",
    title="Arms of all states by supplier: totals, shares, concentration, three vintages of SIPRI",
    description=(
        "Volume of major arms that a state received in a year (trend-indicator value: capability, not money), the "
        "shares of the five powers, the concentration over all suppliers. Derived from SIPRI tables; calculations are "
        "not SIPRI's. 2022-07: 1950-2021; 2024-register: 1950-2023, deals spread evenly over their years; 2026-02: "
        "1995-2024, deliveries."
    ),
    columns=(
        Column("variant", "string", "vintage of the SIPRI data; never mix two in one line", enum=tuple(LAST)),
        _countries.COUNTRY,
        Column("year", "integer", "calendar year", minimum=1950, maximum=2024),
        Column("tiv", "number", "from all known suppliers; 0 = none identified", "SIPRI TIV million", minimum=0),
        Column("suppliers", "integer", "known suppliers with a transfer", "suppliers", minimum=0),
        *(
            Column(name, "number", f"part that {power} supplied", "percent", required=False, minimum=0, maximum=100)
            for name, power in SHARES.items()
        ),
        Column("hhi", "number", "sum of squared shares of suppliers", "0 to 1", required=False, minimum=0, maximum=1),
        Column(
            "licensed_share",
            "number",
            "part made in the receiving state under licence; only 2026-02 tells it",
            "percent",
            required=False,
            minimum=0,
            maximum=100,
        ),
        Column("status", "string", "always observed: SIPRI looked and found this much", enum=("observed",)),
    ),
    key=("variant", "country", "year"),
    missing="A share of nothing: no transfer was identified in the year. licensed_share: the vintage does not tell.",
    sources=tuple(source(file) for file in (DYADS, DEALS, DELIVERIES, CHECK)),
    may_publish="yes: derived shares and totals, non-commercial, with citation; calculations are not SIPRI's",
    variant="variant",
    measures="Volume of major conventional arms that a state received from all known suppliers in one year.",
    method="Sum over suppliers of {country} in {year}, SIPRI vintage {variant}; shares are of that sum.",
    defects=(
        "Vintages differ and are never mixed; 2024-register spreads each deal evenly over its years.",
        "Unknown suppliers, armed groups and organisations are left out. A year without a row before a state's first "
        "transfer or (states outside the comparison) after its last is not known to be a zero.",
        "Licensed production is counted for its licensor: three quarters of Russia's arms to North Korea after 1994.",
        "Major arms only. North Korean rows are mostly estimates.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the three vintages one below the other."""
    flows = {"2022-07": _dyads(raw), "2024-register": _deals(raw), "2026-02": _deliveries(raw)}
    made, corrections = [], []
    for variant, frame in flows.items():
        kept = frame.dropna(subset=["country"])
        expect(len(frame) - len(kept), NO_STATE[variant], f"{variant}: receivers that are no states")
        why = "the comparison is of states"
        corrections.append(Correction(f"{variant}: armed groups and organisations left out", why, NO_STATE[variant]))
        made.append(_derived(kept, variant))
    frame = pd.concat(made, ignore_index=True)
    expect(_agreeing(raw, frame), AGREEING, "rows that agree with the compiled concentration file")
    why = "halves of broken lines without a receiver"
    return Built(frame, (*corrections, Correction("2024-register: deals without a receiver left out", why, UNNAMED)))


def _flows(country: pd.Series, supplier: pd.Series, year: pd.Series, tiv: pd.Series, licensed: object) -> pd.DataFrame:
    frame = pd.DataFrame({"country": _countries.from_name(country), "supplier": supplier, "year": year, "tiv": tiv})
    return frame.assign(licensed=licensed)[supplier.str.casefold() != UNKNOWN.casefold()].astype({"year": int})


def _dyads(raw: Raw) -> pd.DataFrame:
    rows = raw.csv(DYADS)
    return _flows(rows["recipient"], rows["supplier"], rows["year"].astype(float), rows["value"].astype(float), None)


def _deals(raw: Raw) -> pd.DataFrame:
    """Spread each deal evenly over its years of delivery."""
    rows = raw.parquet(
        DEALS, columns=["Recipient", "Supplier", "Year(s) of delivery", "SIPRI TIV of delivered weapons"]
    )
    rows.columns = ["recipient", "supplier", "years", "tiv"]
    unnamed = rows["recipient"].isna()
    expect(int(unnamed.sum()), UNNAMED, "deals without a receiver")
    rows = rows[~unnamed].dropna(subset=["years", "tiv"])
    years = rows["years"].str.split(";")
    rows = rows.assign(years=years, tiv=rows["tiv"] / years.str.len()).explode("years")
    return _flows(rows["recipient"], rows["supplier"], rows["years"].astype(float), rows["tiv"], None)


def _deliveries(raw: Raw) -> pd.DataFrame:
    rows = raw.csv(DELIVERIES, skiprows=11).rename(columns={"Local production;": "local"})
    rows = rows[rows["TIV delivery values"] != ""]
    tiv = rows["TIV delivery values"].astype(float)
    licensed = tiv.where(rows["local"] == "Yes;", 0.0)
    return _flows(rows["Recipient"], rows["Supplier"], rows["Delivery year"].astype(float), tiv, licensed)


def _derived(flows: pd.DataFrame, variant: str) -> pd.DataFrame:
    """Return totals, shares and concentration by state and year, with zeros between its first and last transfer."""
    key = ["country", "year"]
    power = _countries.from_name(flows["supplier"])
    suppliers = flows.assign(supplier=power.fillna(flows["supplier"])).groupby([*key, "supplier"])["tiv"].sum()
    suppliers = suppliers[suppliers > 0].reset_index()
    total = suppliers.groupby(key)["tiv"].agg(["sum", "size"]).set_axis(["tiv", "suppliers"], axis=1)
    suppliers = suppliers.join(total["tiv"].rename("total"), on=key)
    suppliers["share"] = suppliers["tiv"] / suppliers["total"]
    shares = suppliers.pivot(index=key, columns="supplier", values="share").reindex(columns=list(SHARES.values()))
    frame = total.join((100 * shares.fillna(0)).round(4).set_axis(list(SHARES), axis=1))
    frame["hhi"] = suppliers.assign(square=suppliers["share"] ** 2).groupby(key)["square"].sum().round(4)
    licensed = flows.groupby(key)["licensed"].sum(min_count=1).astype(float)
    frame["licensed_share"] = (100 * licensed / frame["tiv"]).round(2)
    index = pd.MultiIndex.from_tuples(_years(frame.index, LAST[variant]), names=key)
    frame = frame.reindex(index)
    frame[["tiv", "suppliers"]] = frame[["tiv", "suppliers"]].fillna(0)
    return frame.round({"tiv": 3}).reset_index().assign(variant=variant, status="observed")


def _years(index: pd.MultiIndex, last: int) -> list[tuple[str, int]]:
    spans = index.to_frame(index=False).groupby("country")["year"].agg(["min", "max"])
    spans.loc[spans.index.isin(_countries.COMPARED), "max"] = last
    return [(state, year) for state, first, end in spans.itertuples() for year in range(first, end + 1)]


def _agreeing(raw: Raw, frame: pd.DataFrame) -> int:
    check = raw.csv(CHECK)
    check = check[check["window"] == "1"]
    check = check.assign(country=_countries.from_name(check["recipient"]), year=check["year"].astype(int))
    ours = frame[frame["variant"] == "2022-07"]
    both = ours.merge(check.dropna(subset=["country"])[["country", "year", "tiv_total", "hhi"]], on=["country", "year"])
    near = (both["tiv"] - both["tiv_total"].astype(float)).abs() < 0.01
    return int((near & ((both["hhi_x"] - both["hhi_y"].astype(float)).abs() < 0.0002)).sum())
