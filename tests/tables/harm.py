"""Kinds of harm that a table may come to, each done to one cell or to the whole file, as text and as Parquet.

A kind is given a `Sheet` and an index with which to choose, and returns (bytes, row or None, column or None, words that
the error must hold), or None where the table has nothing of that kind to be harmed.
"""

import functools
import io
from dataclasses import dataclass

import pandas as pd

from hedging import paths, tables
from hedging.tables import contract
from hedging.tables.rules import of_dates

ROWS = 25


@dataclass(frozen=True)
class Sheet:
    """The first rows of a table: its record, the typed frame, and the form in which it is written."""

    record: dict
    frame: pd.DataFrame
    parquet: bool

    @property
    def fields(self):
        return self.record["schema"]["fields"]

    def columns(self, wanted):
        return [field["name"] for field in self.fields if wanted(field)]

    def written(self, frame):
        out = io.BytesIO()
        if self.parquet:
            frame.to_parquet(out, index=False)
        else:
            frame.to_csv(out, index=False, lineterminator="\n", date_format="%Y-%m-%d")
        return out.getvalue()

    def text(self, **options):
        return self.plain().to_csv(index=False, lineterminator="\n", **options)

    def plain(self):
        """The frame as its file holds it: dates as text, and in a CSV truth in small letters."""
        out = self.frame.copy()
        for name in out.columns:
            if pd.api.types.is_datetime64_any_dtype(out[name]):
                out[name] = out[name].dt.strftime("%Y-%m-%d")
            elif pd.api.types.is_bool_dtype(out[name]) and not self.parquet:
                out[name] = out[name].map({True: "true", False: "false"}, na_action="ignore")
        return out

    def put(self, pick, column, value):
        """Write one value into a row chosen by `pick`; returns (bytes, row)."""
        row, frame = pick % len(self.frame), self.plain()
        if not isinstance(value, str) or not self.parquet:
            frame[column] = frame[column].astype("object")
        frame.loc[row, column] = value
        if self.parquet and not isinstance(value, str):
            frame[column] = frame[column].astype("Float64")
        return self.written(frame), row


@functools.cache
def sheet(name, parquet):
    record = tables.record(name)
    path = paths.DATA / record["path"]
    frame = contract.read(path, path.read_bytes(), record, trusted=True).head(ROWS)
    return Sheet(record, frame, parquet)


def _cell(wanted, value, *words, text_only=False):
    def harm(sheet, pick):
        columns = sheet.columns(wanted)
        if not columns or (sheet.parquet and text_only):
            return None
        column = columns[pick % len(columns)]
        data, row = sheet.put(pick, column, value)
        return data, row, column, words

    return harm


def _numeric(field):
    return field["type"] in ("integer", "number")


def _limited(field):
    return _numeric(field) and "minimum" in field.get("constraints", {})


def too_small(sheet, pick):
    columns = sheet.columns(_limited)
    if not columns:
        return None
    column = columns[pick % len(columns)]
    low = next(field["constraints"]["minimum"] for field in sheet.fields if field["name"] == column)
    data, row = sheet.put(pick, column, str(low - 7) if not sheet.parquet else float(low - 7))
    return data, row, column, ("at least",)


def contradiction(sheet, pick):
    if not sheet.record["schema"].get("statusOf"):
        return None
    row = pick % len(sheet.frame)
    now = sheet.frame["status"].iloc[row]
    value = sheet.frame[sheet.record["schema"]["statusOf"]].iloc[row]
    other = "observed" if now in ("not_reported", "withheld") else "not_reported"
    allowed = next(field for field in sheet.fields if field["name"] == "status")["constraints"]["enum"]
    data, row = sheet.put(pick, "status", other)
    words = ("one of",) if other not in allowed else ("value in",)
    assert value.notna().any() or other == "observed"
    return data, row, "status", words


def latin(sheet, pick):
    columns = sheet.columns(lambda field: field["type"] == "string")
    if sheet.parquet or not columns:
        return None
    data, _ = sheet.put(pick, columns[pick % len(columns)], "S\u00e3o")  # the first such letter may stand before it
    return data.decode().encode("latin-1", "replace"), None, None, ("not UTF-8",)


def twice(sheet, pick):
    row = pick % len(sheet.frame)
    frame = sheet.plain()
    frame = pd.concat([frame, frame.iloc[[row]]], ignore_index=True)
    return sheet.written(frame), len(frame) - 1, None, ("more than once",)


def other_order(sheet, pick):
    names = list(sheet.frame.columns)
    at = pick % (len(names) - 1)
    names[at], names[at + 1] = names[at + 1], names[at]
    return sheet.written(sheet.plain()[names]), None, None, ("order differs",)


def as_text(sheet, pick):
    """Numbers written as text: nothing to see in a CSV, another type in Parquet."""
    columns = [name for name in sheet.columns(_numeric) if sheet.frame[name].notna().any()]
    if not sheet.parquet or not columns:
        return None
    column = columns[pick % len(columns)]
    frame = sheet.plain().astype({column: "str"})
    return sheet.written(frame), None, column, ("expected",)


def cut(sheet, pick):
    if not sheet.parquet:
        return None
    data = sheet.written(sheet.plain())
    return data[: pick % len(data)], None, None, ("damaged",)


def _file(change, *words):
    return lambda sheet, pick: None if sheet.parquet else (change(sheet), None, None, words)


WORDLESS = "without separators"
KINDS = {
    "byte-order mark": _file(lambda s: b"\xef\xbb\xbf" + s.text().encode(), "byte-order mark"),
    "semicolons": _file(lambda s: s.text(sep=";").replace(",", " ").encode(), "semicolons"),
    "tabs": _file(lambda s: s.text(sep="\t").replace(",", " ").encode(), "tabs"),
    "UTF-16": _file(lambda s: s.text().encode("utf-16"), "not UTF-8"),
    "Latin-1": latin,
    "open quotation": _file(lambda s: s.text().encode() + b'"open\n', "not CSV"),
    "NaN in numbers": _cell(_numeric, "NaN", "expected a", text_only=True),
    "inf in numbers": _cell(_numeric, "-inf", "expected a", text_only=True),
    "thousands": _cell(_numeric, "1,234", WORDLESS, text_only=True),
    "blank in number": _cell(_numeric, "1 234", WORDLESS, text_only=True),
    "impossible day": _cell(lambda f: f["type"] == "date", "2021-02-30", "calendar", text_only=True),
    "impossible month": _cell(lambda f: of_dates(_pattern(f)), "1999-13", "expected"),
    "no country": _cell(lambda f: f.get("codes") == "iso3", "ATLANTIS", "expected"),
    "word for missing": _cell(lambda f: f["type"] == "string", "NaN", "expected"),
    "two units": _cell(lambda f: f["name"] == "unit", "USD million; tonnes", "expected"),
    "too small": too_small,
    "contradiction": contradiction,
    "twice": twice,
    "other order": other_order,
    "numbers as text": as_text,
    "cut": cut,
}  # fmt: skip


def _pattern(field):
    return field.get("constraints", {}).get("pattern", "no pattern")
