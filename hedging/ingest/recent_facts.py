"""Trade, oil, travel and the exchange with Russia 2019-2026: ranges and claims, each with who says so."""

import pandas as pd

from hedging.ingest._facts import (
    AS_STATED,
    FACTS,
    NOTE,
    OPENING,
    QUALITY,
    ROW,
    URL,
    between,
    iso3,
    number,
    numbered,
    source,
    spans,
)  # fmt: skip
from hedging.ingest.build import Built, Raw, correct
from hedging.tables.record import Column, Correction, Table

FOLDER = "compiled/recent-2024-2026/"
SETS = {
    "trade_oil": FOLDER + "trade_oil_2019_2025.csv",
    "travel": FOLDER + "contacts_travel_1997_2025.csv",
    "russia_claims": FOLDER + "russia_exchange_claims_2024_2026.csv",
}
EXCHANGE = "compiled/facts_sanctions_aid/russia_dprk_2023_2026.csv"

TABLE = Table(
    name="recent_facts",
    title="Recent trade, oil, travel and the exchange with Russia: facts and claims",
    description=(
        "Four compiled lists. In trade, PRK exports are Chinese imports. In the exchange the power is the other side. "
        "Cumulative series start on different days: never difference them."
    ),
    columns=(
        Column("set", "string", "list that holds the fact", enum=(*SETS, "exchange")),
        ROW,
        Column("period", "string", "year, month, quarter, or start..end, as stated"),
        Column("year_start", "integer", "first year", required=False, minimum=1997, maximum=2026),
        Column("year_end", "integer", "last year", required=False, minimum=1997, maximum=2026),
        Column("measure", "string", "what is measured"),
        Column("power", "string", "iso3 or WORLD, joined by |"),
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("value_low", "number", "lower end of a range", required=False),
        Column("value_high", "number", "upper end of a range", required=False),
        Column("unit", "string", "unit of value: always read it", required=False),
        AS_STATED,
        Column("definition", "string", "what is counted and who claims it", required=False),
        QUALITY,
        Column("source", "string", "title of the page, or who prints it"),
        URL,
        NOTE,
    ),
    key=("set", "row"),
    missing="A range, words, or not published.",
    sources=tuple(source(file) for file in (*SETS.values(), EXCHANGE)),
    may_publish=FACTS,
    defects=(
        "Losses, troops, shells and their value are claims of one side; valuations of 1.2 to 20 billion dollars cannot "
        "all hold.",
        "China's trade is customs data without crude oil: never mix with KOTRA. September 2025 does not add up; 2022 "
        "does not fit its printed growth.",
        "The Russian 'record' of 34 million for 2024 is an official of a trade association; 77.9 was counted in 2017.",
        "Counts of contacts use four definitions: never set 18 (Russia) beside 36 (China).",
        "Containers of shells: two counters, different starts, an assumed calibre.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the lists in one form; one range that the source hides in a note is written out."""
    frame = pd.concat([*(_facts(raw, name, file) for name, file in SETS.items()), _exchange(raw)], ignore_index=True)
    hidden = frame["unit"] == "USD million (upper)"
    frame = correct(frame, hidden, "value_low", 1700.0, rows=1)
    frame = correct(frame, hidden, "value_high", 5500.0, rows=1)
    frame = correct(frame, hidden, "value", None, rows=1)
    frame = correct(frame, hidden, "unit", "USD million", rows=1)
    why = "the upper end of a range stood in the place of the figure"
    corrections = (Correction("value of arms deliveries 2022-24 written as 1,700 to 5,500", why, 1),)
    return Built(pd.concat([frame, spans(frame["period"])], axis=1), corrections)


def _facts(raw: Raw, name: str, file: str) -> pd.DataFrame:
    frame = numbered(raw, file, set=name)
    ends = pd.DataFrame([between(cell) for cell in frame["value"]], columns=["value_low", "value_high"], dtype=float)
    kept = ("set", "row", "measure", "unit", "definition", "quality", "source_url", "note")
    return pd.DataFrame(
        {
            **{column: frame[column] for column in kept},
            "period": frame["date"],
            "power": frame["partner_iso3"].map(iso3),
            "value": frame["value"].map(number).astype(float),
            "as_stated": frame["value_as_printed"].where(frame["value"] == "", ""),
            "source": frame["source_title"],
        }
    ).join(ends)


def _exchange(raw: Raw) -> pd.DataFrame:
    frame = numbered(raw, EXCHANGE, set="exchange")
    giver = frame["giver"].map(iso3)
    return pd.DataFrame(
        {
            **{column: frame[column] for column in ("set", "row", "unit", "source_url", "note")},
            "period": frame["period"],
            "measure": frame["category"] + ": " + frame["item"],
            "power": giver.replace({"PRK": "RUS", "illicit shipments": "WORLD"}),
            "value": frame["value_num"].map(number).astype(float),
            "value_low": None,
            "value_high": None,
            "as_stated": frame["value_as_stated"].where(frame["value_num"] == "", ""),
            "definition": "from " + giver + " to " + frame["receiver"].map(iso3),
            "quality": frame["reliability_1_5"],
            "source": frame["publisher_or_origin"],
        }
    )
