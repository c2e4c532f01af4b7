"""Arms to North Korea by supplier and year in three vintages of SIPRI, which differ: never mix two in one line."""

import pandas as pd

from hedging.ingest._facts import POWERS, iso3, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

YEARS = "upstream/sipri-arms/PRK_tiv_by_partner_year.csv"
DELIVERIES = "upstream/sipri-arms/PRK_deliveries_1995_2024_vintage2026-02.csv"
VINTAGES = {"2022-07_tivtable": "2022-07", "2024_register_evensplit": "2024-register"}
COVERAGE = {"2022-07": (1950, 2021), "2024-register": (1950, 2023), "2026-02": (1995, 2024)}

TABLE = Table(
    name="arms",
    title="Major arms to North Korea by supplier, and from it to Russia",
    description=(
        "SIPRI trend-indicator values: military capability, not money. Imports from every supplier with a row for each "
        "of the five powers in each year of the vintage; exports to Russia only. Vintage 2026-02 tells deliveries "
        "(delivered) from production in North Korea under old licences (licensed); the others do not (all)."
    ),
    columns=(
        Column("variant", "string", "vintage of the SIPRI data", enum=tuple(COVERAGE)),
        Column("direction", "string", "seen from North Korea", enum=("import", "export")),
        Column("partner", "string", "supplier or recipient, iso3; RUS includes the USSR", pattern="[A-Z]{3}"),
        Column("year", "integer", "calendar year", minimum=1950, maximum=2024),
        Column("kind", "string", "what kind of transfer", enum=("all", "delivered", "licensed")),
        Column("tiv", "number", "volume; 0 = none identified, or under 0.5", "SIPRI TIV million", minimum=0),
        Column("status", "string", "always observed: SIPRI looked and found this much", enum=("observed",)),
        Column("found", "boolean", "false where SIPRI identified no transfer and the zero stands for that"),
    ),
    key=("variant", "direction", "partner", "year", "kind"),
    missing="No empty cell: inside the years of a vintage a supplier without a transfer is an observed zero.",
    sources=(source(YEARS), source(DELIVERIES)),
    may_publish="yes: extract of under one per cent of the rows; calculations are not SIPRI's",
    variant="variant",
    defects=(
        "Vintages differ: the United States 1983-84 (62) and Kazakhstan 1999 (170) are in 2022-07 only, unexplained; "
        "Russia 1992-2010 rises from 482 to 1,005 when licensed production is added.",
        "2024-register spreads each deal evenly over its years: an approximation.",
        "Of Russia's 662 of 1995-2010 in 2026-02, 507 is production in North Korea under Soviet licences: a leftover.",
        "Major arms only: shells, small arms and troops are out. War-time Chinese supply 1950-53 is not there.",
        "Most North Korean rows are estimates.",
    ),
)


def build(raw: Raw) -> Built:
    """Return imports of all vintages and exports to Russia, with explicit zeros for the five powers."""
    given = raw.csv(YEARS)
    given = given[given["vintage"].isin(VINTAGES)]
    table = pd.DataFrame(
        {
            "variant": given["vintage"].map(VINTAGES),
            "direction": given["direction"].map({"PRK_imports": "import", "PRK_exports": "export"}),
            "partner": given["partner"].map(iso3),
            "year": given["year"].astype(int),
            "kind": "all",
            "tiv": given["tiv_million"].astype(float),
        }
    )
    found = pd.concat([table, _register(raw)])
    kept = found[(found["direction"] == "import") | (found["partner"] == "RUS")]
    soviet = kept["partner"].eq("RUS") & kept["year"].lt(1992) & kept["direction"].eq("import")
    expect(int(soviet.sum()), 84, "Soviet Union written as RUS")
    key = ["variant", "direction", "partner", "year", "kind"]
    sums = kept.groupby(key)["tiv"].sum().round(3).rename("tiv").reset_index().assign(found=True)
    zeros = _zeros().merge(sums[key], on=key, how="left", indicator=True)
    zeros = zeros[zeros["_merge"] == "left_only"].drop(columns="_merge").assign(tiv=0.0, found=False)
    frame = pd.concat([sums, zeros], ignore_index=True).assign(status="observed")
    why = "the powers are followed across 1991"
    return Built(frame, (Correction("the Soviet Union is written as RUS (two vintages)", why, 84),))


def _register(raw: Raw) -> pd.DataFrame:
    rows = raw.csv(DELIVERIES)
    imports = rows["Recipient"] == "North Korea"
    return pd.DataFrame(
        {
            "variant": "2026-02",
            "direction": imports.map({True: "import", False: "export"}),
            "partner": rows["Supplier"].where(imports, rows["Recipient"]).map(iso3),
            "year": rows["Delivery year"].astype(int),
            "kind": rows["Local production"].map({"Yes": "licensed", "No": "delivered"}),
            "tiv": rows["TIV delivery values"].astype(float),
        }
    )


def _zeros() -> pd.DataFrame:
    rows = [
        (variant, "import", partner, year, kind)
        for variant, (first, last) in COVERAGE.items()
        for kind in (("delivered", "licensed") if variant == "2026-02" else ("all",))
        for partner in POWERS
        for year in range(first, last + 1)
    ]
    return pd.DataFrame(rows, columns=["variant", "direction", "partner", "year", "kind"])
