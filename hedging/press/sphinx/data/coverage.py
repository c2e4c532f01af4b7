"""How far a table reaches: rows by year and variant, and how many of them hold a figure."""

import re

import pandas as pd

from hedging import tables
from hedging.press.sphinx.data.records import Record
from hedging.tables import select

COLUMNS = ["group", "year", "rows", "known"]
KNOWN = ("observed", "structural_zero")
_BOOKKEEPING = re.compile(r"(^|_)(year|month|date|row|id|quality|n)($|_)")


def frame(record: Record) -> pd.DataFrame:
    """Load the whole of a table, all variants of it."""
    return tables.load(record["name"], "all" if record.get("variant") else None)


def by_year(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Count rows: columns group (the variant, or ""), year, rows, known; empty for a table whose rows have no time.

    A row that spans years counts in each of them. A row is known if its status is observed or structural_zero; where
    no status explains its first figure, if one of its figures is there; in a table without figures, always.
    """
    if not record.get("coverage"):
        return pd.DataFrame(columns=COLUMNS)
    first, last = select.years(rows, record)
    variant = record.get("variant")
    group = rows[variant].astype(str) if variant else ""
    whole = pd.DataFrame({"group": group, "year": first, "last": last, "known": known(record, rows)}, rows.index)
    whole = whole.dropna(subset="year").astype({"year": int, "last": int})
    over = whole[whole["last"] > whole["year"]]
    later = [over.assign(year=year)[(over["year"] < year) & (year <= over["last"])] for year in _range(over)]
    long = pd.concat([whole, *later])
    counts = long.groupby(["group", "year"])["known"].agg(rows="size", known="sum")
    return counts.astype(int).reset_index()[COLUMNS]


def _range(over: pd.DataFrame) -> range:
    return range(over["year"].min() + 1, over["last"].max() + 1) if len(over) else range(0)


def known(record: Record, rows: pd.DataFrame) -> pd.Series:
    """Say for each row whether it holds what the table is for."""
    figures = measured(record)
    if figures and figures[0] in record["schema"].get("statusOf", ()):
        return rows["status"].isin(KNOWN)
    return rows[figures].notna().any(axis=1) if figures else pd.Series(True, index=rows.index)


def measured(record: Record) -> list[str]:
    """Name the columns of measured values: the numbers that neither identify a row nor describe it."""
    key = record["schema"].get("primaryKey", [])
    return [
        field["name"]
        for field in record["schema"]["fields"]
        if field["type"] in {"integer", "number"}
        and field["name"] not in key
        and not _BOOKKEEPING.search(field["name"])
    ]
