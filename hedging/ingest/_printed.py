"""The form of single printed facts on North Korea's trade, oil and economy: one row a fact, nothing converted."""

import pandas as pd

from hedging.ingest._facts import AS_STATED, NOTE, QUALITY, ROW, STATUS, URL, between, number, spans
from hedging.tables.record import Column

FOLDER = "compiled/prk-trade-facts/"
METHOD = "Printed by {outlet}; estimator: {estimator}; quality {quality} of 5; {source_url}."
MISSING = "A range (value_low, value_high), or no figure: see status and as_stated."


def columns(*what: Column) -> tuple[Column, ...]:
    """Return the columns of a table of printed facts, with `what` the fact is about after its period."""
    return (
        ROW,
        Column("period", "string", "period as stated"),
        Column("year_start", "integer", "first year", required=False, minimum=1945, maximum=2026),
        Column("year_end", "integer", "last year", required=False, minimum=1945, maximum=2026),
        *what,
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("value_low", "number", "lower end of a printed range", required=False),
        Column("value_high", "number", "upper end of a printed range", required=False),
        Column("unit", "string", "unit of value: always read it", required=False),
        AS_STATED,
        Column("status", "string", "how the cell came to be", enum=STATUS),
        Column("estimator", "string", "who gives the figure"),
        Column("outlet", "string", "what prints it"),
        QUALITY,
        URL,
        NOTE,
    )


def read(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the common columns of a numbered raw file of facts; status is not_reported where nothing is printed."""
    ends = pd.DataFrame(frame["value"].map(between).tolist(), columns=["value_low", "value_high"], index=frame.index)
    value = frame["value"].map(number)
    bare = value.isna() & ends["value_low"].isna()
    years = spans(frame["year"]).set_axis(frame.index)
    return pd.DataFrame(
        {
            **{name: frame[name] for name in ("row", "estimator", "outlet", "quality", "source_url", "note")},
            "period": frame["year"],
            **{name: years[name] for name in years},
            "value": value,
            **{name: ends[name] for name in ends},
            "unit": frame["unit"].where(~bare, ""),
            "as_stated": frame["value_as_printed"].where(value.isna(), ""),
            "status": bare.map({True: "not_reported", False: "observed"}),
        }
    )
