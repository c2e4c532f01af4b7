"""Arms deals with North Korea on either side, 1950-2023: weapon, number, years of delivery, from one SIPRI register."""

import pandas as pd

from hedging.ingest import _countries
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "upstream/sipri-arms/PRK_deals_1950_2023_vintage2024.csv"
RENAME = {
    "Weapon designation": "weapon", "Weapon description": "kind", "Year of order": "ordered", "ys": "delivered",
    "Number ordered": "number_ordered", "Number delivered": "number_delivered", "status": "condition",
    "SIPRI TIV per unit": "tiv_unit", "tiv": "tiv",
}  # fmt: skip

TABLE = Table(
    name="arms_deals",
    title="Arms deals of North Korea, SIPRI register of 2024",
    description=(
        "One row a deal that North Korea received or supplied, 1950-2023, with weapon, numbers and years of delivery. "
        "The register's North Korean part, under one per cent of its rows."
    ),
    columns=(
        Column("row", "integer", "line of the deal in its source file, counted from 1", minimum=1),
        Column("direction", "string", "seen from North Korea", enum=("import", "export")),
        Column("partner", "string", "supplier or recipient: iso3 (RUS includes the USSR), or the name of a group"),
        Column("weapon", "string", "designation"),
        Column("kind", "string", "description"),
        Column("ordered", "integer", "year of order", "calendar year", required=False, minimum=1945, maximum=2023),
        Column("delivered", "string", "years of delivery, joined by |", required=False),
        Column("year_first", "integer", "first year of delivery", required=False, minimum=1950, maximum=2023),
        Column("year_last", "integer", "last year of delivery", required=False, minimum=1950, maximum=2023),
        Column("number_ordered", "number", "pieces ordered", "pieces", required=False, minimum=0),
        Column("number_delivered", "number", "pieces delivered", "pieces", required=False, minimum=0),
        Column("estimated", "boolean", "a question mark stands beside order, number or delivery"),
        Column("condition", "string", "new or second hand"),
        Column("tiv_unit", "number", "volume of one piece", "SIPRI TIV million", required=False, minimum=0),
        Column("tiv", "number", "volume delivered in the whole deal", "SIPRI TIV million", required=False, minimum=0),
    ),
    key=("row",),
    missing="The register gives no figure.",
    sources=(source(FILE),),
    may_publish="yes: extract of under one per cent of the rows, non-commercial, with citation",
    measures="One deal in major arms with North Korea as receiver or supplier.",
    method="Register of early 2024, deal with {partner}: {weapon}, volume of the deal and not of a year.",
    defects=(
        "Most rows carry a question mark: numbers and dates are estimates.",
        "The volume belongs to the deal, not to a year; table arms spreads it evenly in its vintage 2024-register.",
        "Deliveries to Russia 2024 are in the later vintage only (table arms, 2026-02). Shells and small arms are out.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the deals with partners as codes where they are states."""
    rows = raw.csv(FILE)
    imports = rows["Recipient"] == "North Korea"
    partner = rows["Supplier"].where(imports, rows["Recipient"])
    years = rows["ys"].str.findall(r"\d{4}")
    marks = [name for name in rows.columns if name.strip(" .0123456789") == ""]
    frame = rows.rename(columns=RENAME)[list(RENAME.values())]
    frame["ordered"] = pd.to_numeric(frame["ordered"])
    return Built(
        frame.assign(
            row=range(1, len(rows) + 1),
            direction=imports.map({True: "import", False: "export"}),
            partner=_countries.from_name(partner).fillna(partner),
            delivered=years.str.join("|"),
            year_first=years.str[0],
            year_last=years.str[-1],
            estimated=rows[marks].eq("?").any(axis=1),
        )
    )
