"""Trade, oil, travel and the exchange with Russia 2019-2026: ranges and claims, each with who says so."""

import pandas as pd

from hedging.ingest import _claims
from hedging.ingest._facts import (
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
from hedging.ingest.build import Built, Raw, correct, expect
from hedging.tables.record import Column, Correction, Table

SIDES = _claims.SIDES
FOLDER = "compiled/recent-2024-2026/"
SETS = {
    "trade_oil": FOLDER + "trade_oil_2019_2025.csv",
    "travel": FOLDER + "contacts_travel_1997_2025.csv",
    "russia_claims": FOLDER + "russia_exchange_claims_2024_2026.csv",
}
RANGES = {  # by line of russia_claims: ends that stand in two rows, or in a note
    19: (35.0, 50.0),
    21: (5600.0, 9800.0),
    22: (5600.0, 9800.0),
}

TABLE = Table(
    name="recent_facts",
    title="Recent trade, oil, travel and the exchange with Russia: facts and claims",
    description=(
        "Five compiled lists. In trade, PRK exports are Chinese imports. In the exchange the power is the other side. "
        "Cumulative series start on different days: never difference them."
    ),
    columns=(
        Column("set", "string", "list that holds the fact", enum=(*SETS, "exchange", "troops")),
        ROW,
        Column("period", "string", "year, month, quarter, or start..end, as stated"),
        Column("year_start", "integer", "first year", required=False, minimum=1997, maximum=2026),
        Column("year_end", "integer", "last year", required=False, minimum=1997, maximum=2026),
        Column("measure", "string", "what is measured"),
        Column("power", "string", "iso3 or WORLD, joined by |"),
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("value_low", "number", "lower end of a range", required=False),
        Column("value_high", "number", "upper end of a range", required=False),
        Column("bound", "string", "which way the words bound its size", required=False, enum=tuple(_claims.BOUNDS)),
        Column("unit", "string", "unit of value: always read it", required=False),
        Column("as_stated", "string", "few words of the source: claims, or no number", required=False),
        Column("claimed_by", "string", "who claims it; empty: a statistic, see definition", required=False),
        Column("side", "string", "whose claim: a state, states together, UN, research", required=False, enum=SIDES),
        Column("definition", "string", "what is counted", required=False),
        QUALITY,
        Column("source", "string", "title of the page, or who prints it"),
        URL,
        NOTE,
    ),
    key=("set", "row"),
    missing="A range, words, or not published.",
    sources=tuple(source(file) for file in (*SETS.values(), _claims.EXCHANGE, _claims.TROOPS)),
    may_publish=FACTS,
    measures="A figure for trade, oil, travel or the exchange with Russia, as one page prints it.",
    method="{measure}, {period}: printed by {source}; claimed by {claimed_by}.",
    defects=(
        "The lists overlap: one statement may stand in two or three of them. Never count or add rows.",
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
    """Return the lists in one form; ranges that the sources hide in a note or in a second row are written out."""
    lists = [_facts(raw, name, file) for name, file in SETS.items()]
    frame = pd.concat([*lists, _claims.exchange(raw), _claims.troops(raw)], ignore_index=True)
    hidden = frame["unit"] == "USD million (upper)"
    for column, value in {"value_low": 1700.0, "value_high": 5500.0, "value": None, "unit": "USD million"}.items():
        frame = correct(frame, hidden, column, value, rows=1)
    ends = frame["row"].where(frame["set"] == "russia_claims").map(RANGES)
    expect(int(ends.notna().sum()), len(RANGES), "ranges in two rows or in a note")
    for place, column in enumerate(("value_low", "value_high")):
        frame[column] = frame[column].fillna(ends.str[place])
    corrections = (
        Correction(
            "value of arms deliveries 2022-24 written as 1,700 to 5,500",
            "the upper end of a range stood in the place of the figure",
            1,
        ),
        Correction("both ends of a range beside the one that the row names", "the other stood elsewhere", len(RANGES)),
        Correction("figures of the troops list written out", "they stand inside the words kept", len(_claims.WORDED)),
    )
    return Built(pd.concat([frame, spans(frame["period"])], axis=1), corrections)


def _facts(raw: Raw, name: str, file: str) -> pd.DataFrame:
    frame = numbered(raw, file, set=name)
    ends = pd.DataFrame([between(cell) for cell in frame["value"]], columns=["value_low", "value_high"], dtype=float)
    kept = ("set", "row", "measure", "unit", "definition", "quality", "source_url", "note")
    made = pd.DataFrame(
        {
            **{column: frame[column] for column in kept},
            "period": frame["date"],
            "power": frame["partner_iso3"].map(iso3),
            "value": frame["value"].map(number).astype(float),
            "bound": frame["measure"].map(_claims.bound),
            "as_stated": frame["value_as_printed"].where((frame["value"] == "") | (name == "russia_claims"), ""),
            "source": frame["source_title"],
        }
    )
    claims = name == "russia_claims"
    return made.join(ends).join(_claims.claimed(frame["definition"], all_of_them=claims))
