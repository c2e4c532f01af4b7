"""How far a table reaches: rows by year and variant, and how many of them hold a figure."""

import re
from typing import Any

import pandas as pd

from hedging import tables
from hedging.press.sphinx.data.records import Record

COLUMNS = ["group", "year", "rows", "known"]
KNOWN = ("observed", "structural_zero")
_BOOKKEEPING = re.compile(r"(^|_)(year|month|date|row|id|quality|n)($|_)")


def frame(record: Record) -> pd.DataFrame:
    """Load the whole of a table, all variants of it."""
    return tables.load(record["name"], "all" if record.get("variant") else None)


def by_year(record: Record, rows: pd.DataFrame) -> pd.DataFrame:
    """Count rows: columns group (the variant, or ""), year, rows, known; empty for a table whose rows have no time.

    A row that spans years counts in each of them. A row is known if its status is observed or structural_zero; in a
    table without such a status, if one of its figures is there; in a table without figures, always.
    """
    years = _years(record, rows)
    if years is None:
        return pd.DataFrame(columns=COLUMNS)
    variant = record.get("variant")
    group = rows[variant].astype(str) if variant else pd.Series("", index=rows.index)
    long = pd.DataFrame({"group": group, "year": years, "known": known(record, rows)}).explode("year").dropna()
    counts = long.astype({"year": int}).groupby(["group", "year"])["known"].agg(rows="size", known="sum")
    return counts.astype(int).reset_index()[COLUMNS]


def known(record: Record, rows: pd.DataFrame) -> pd.Series:
    """Say for each row whether it holds what the table is for."""
    if "status" in rows and set(KNOWN) & set(_field(record, "status").get("constraints", {}).get("enum", ())):
        return rows["status"].isin(KNOWN)
    figures = measured(record)
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


def _field(record: Record, name: str) -> dict[str, Any]:
    return next((field for field in record["schema"]["fields"] if field["name"] == name), {})


def _years(record: Record, rows: pd.DataFrame) -> pd.Series | None:
    """Return the years of each row as lists, by the record's own column of time."""
    column = (record.get("coverage") or {}).get("column")
    if not column:
        return None
    first = _year(rows[column])
    end = column.removesuffix("_start") + "_end"
    if not column.endswith("_start") or end not in rows:
        return first
    last = _year(rows[end]).fillna(first)
    return pd.Series(
        [[] if pd.isna(a) else list(range(int(a), int(b) + 1)) for a, b in zip(first, last, strict=True)],
        index=rows.index,
    )


def _year(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells):
        return cells.astype("Int64")
    text = cells.dt.strftime("%Y") if pd.api.types.is_datetime64_any_dtype(cells) else cells.str[:4]
    return pd.to_numeric(text, errors="coerce").astype("Int64")
