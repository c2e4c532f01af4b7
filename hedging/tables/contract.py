"""A table's contract: derived from its record, checked on every load, and explained cell by cell when it is broken."""

import csv
import datetime
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
import pandera.pandas as pa

from hedging.errors import HedgingError

Record = dict[str, Any]
EXPECTED = {"integer": "a whole number", "number": "a finite number", "boolean": "true or false", "date": "YYYY-MM-DD"}


def dtype(field: Record) -> str:
    """Return the pandas dtype of a field; whole numbers and truth values are nullable only where cells may be empty."""
    required = field.get("constraints", {}).get("required", False)
    plain = {"integer": "int64", "boolean": "bool"} if required else {"integer": "Int64", "boolean": "boolean"}
    return {**plain, "number": "float64", "date": "datetime64[us]"}.get(field["type"], "str")


def read(path: Path, data: bytes, record: Record, *, trusted: bool) -> pd.DataFrame:
    """Return the typed frame in `data` (the bytes of `path`), or raise HedgingError naming the first bad place.

    `trusted` says that the bytes are those that were built: then text is examined only if reading fails.
    """
    fields = record["schema"]["fields"]
    types = {field["name"]: dtype(field) for field in fields}
    if path.suffix == ".parquet":
        return _parquet(path, data, record, types)
    if not trusted:
        _examine(path, data, record)
    try:
        plain = {name: kind for name, kind in types.items() if not kind.startswith("datetime")}
        dates = [name for name in types if name not in plain]
        frame = pd.read_csv(io.BytesIO(data), dtype=plain, keep_default_na=False, na_values=[""])
        if list(frame.columns) != list(types):
            raise ValueError("columns differ")
        return frame.astype(dict.fromkeys(dates, "datetime64[us]")) if dates else frame
    except (ValueError, KeyError) as fault:  # pandas' own errors of parsing are ValueErrors
        _examine(path, data, record)
        _fail(record, path, f"the file cannot be read: {fault}", "")


def _parquet(path: Path, data: bytes, record: Record, types: dict[str, str]) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(io.BytesIO(data))
    except (OSError, ValueError) as fault:  # pyarrow's errors are one or the other
        _fail(record, path, f"the Parquet file is damaged: {str(fault).splitlines()[0]}", "")
    _header(path, record, list(frame.columns))
    for name, kind in types.items():
        try:
            frame[name] = frame[name].astype(kind)
        except (ValueError, TypeError) as fault:
            _fail(record, path, f"column {name!r} is {frame[name].dtype}, expected {kind}: {fault}", f"column {name!r}")
    return frame


def _examine(path: Path, data: bytes, record: Record) -> None:
    """Raise HedgingError at the first place where the text is not a table of the record's columns and types."""
    rows = _lines(path, data, record)
    _, header = next(rows, (1, []))
    _header(path, record, header)
    fields = record["schema"]["fields"]
    for line, cells in rows:
        if len(cells) != len(fields):
            what = f"a row has {len(cells)} cells, expected {len(fields)}"
            _fail(record, path, what, f"line {line}: {','.join(cells)[:80]}")
        for field, cell in zip(fields, cells, strict=True):
            required = field.get("constraints", {}).get("required", False)
            if cell == "" and not required:
                continue
            expected = EXPECTED.get(field["type"], "text")
            if cell == "" or not _fits(cell, field["type"]):
                what = (
                    f"the cell is {cell!r}, expected {expected}" if cell else f"the cell is empty, expected {expected}"
                )
                _fail(record, path, what, f"line {line}, column {field['name']!r}")


def _lines(path: Path, data: bytes, record: Record) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where the row begins, cells); a row may hold line ends inside quotation marks."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        start = data.rfind(b"\n", 0, fault.start) + 1
        before = next(csv.reader([data[start : fault.start].decode("utf-8", "replace")]), [""])
        names = [field["name"] for field in record["schema"]["fields"]]
        column = names[min(max(len(before), 1), len(names)) - 1]
        where = f"line {data.count(bytes([10]), 0, fault.start) + 1}, column {column!r}"
        _fail(record, path, f"byte 0x{data[fault.start]:02x} is not UTF-8", where)
    reader, begin = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as fault:
        _fail(record, path, f"the row that begins here is not CSV: {fault}", f"line {begin}")


def _header(path: Path, record: Record, found: list[str]) -> None:
    wanted = [field["name"] for field in record["schema"]["fields"]]
    if found == wanted:
        return
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    twice = sorted({name for name in found if found.count(name) > 1})
    parts = (("missing", missing), ("not in the record", extra), ("twice", twice))
    detail = "; ".join(f"{label}: {', '.join(map(repr, listed))}" for label, listed in parts if listed)
    what = f"the columns are not those of the record ({detail or 'their order differs'})"
    _fail(record, path, f"{what}, expected {', '.join(wanted)}", "line 1" if path.suffix == ".csv" else "")


def _integer(cell: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]{1,18}", cell))


def _number(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+.0-9eE]+", cell)) and math.isfinite(float(cell))


def _date(cell: str) -> bool:
    return len(cell) == 10 and bool(datetime.date.fromisoformat(cell))


TESTS: dict[str, Callable[[str], bool]] = {
    "integer": _integer,
    "number": _number,
    "boolean": lambda cell: cell in {"true", "false"},
    "date": _date,
}


def _fits(cell: str, kind: str) -> bool:
    try:
        return kind not in TESTS or TESTS[kind](cell)
    except ValueError:
        return False


def schema(record: Record) -> pa.DataFrameSchema:
    """Return the pandera schema of a record: types, required cells, enum, range, pattern, order and unique key."""
    return _schema(json.dumps(record["schema"], sort_keys=True))


@lru_cache(maxsize=256)
def _schema(text: str) -> pa.DataFrameSchema:
    known = json.loads(text)
    columns = {
        field["name"]: pa.Column(
            dtype(field), _checks(field), nullable=not field.get("constraints", {}).get("required", False)
        )
        for field in known["fields"]
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=known["primaryKey"])


def warm() -> None:
    """Import what the first validation imports (about 0.3 s), so that a kernel prepared beforehand need not wait."""
    pa.DataFrameSchema({"year": pa.Column("int64", pa.Check.ge(0))}).validate(pd.DataFrame({"year": [0]}))


def _checks(field: Record) -> list[pa.Check]:
    rule = field.get("constraints", {})
    checks = []
    if "enum" in rule:
        checks.append(pa.Check.isin(rule["enum"], error=f"one of {', '.join(rule['enum'])}"))
    if "minimum" in rule:
        checks.append(pa.Check.ge(rule["minimum"], error=f"at least {rule['minimum']}"))
    if "maximum" in rule:
        checks.append(pa.Check.le(rule["maximum"], error=f"at most {rule['maximum']}"))
    if "pattern" in rule:
        whole = f"(?:{rule['pattern']})\\Z"  # a pattern speaks of the whole cell
        checks.append(pa.Check.str_matches(whole, error=f"text of the form {rule['pattern']}"))
    return checks


def validate(frame: pd.DataFrame, path: Path, data: bytes, record: Record) -> None:
    """Raise HedgingError naming file, row, column, value and expectation of the first cell that breaks the contract."""
    try:
        schema(record).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as faults:
        cases = faults.failure_cases
        first = cases.sort_values("index", kind="stable").iloc[0]
        more = f" (and {len(cases) - 1} more)" if len(cases) > 1 else ""
        row = None if pd.isna(first["index"]) else int(first["index"])
        column = first["column"] if first["column"] in frame.columns else None
        if row is not None and first["check"] == "multiple_fields_uniqueness":
            key = record["schema"]["primaryKey"]
            value = ", ".join(f"{name}={frame[name].iloc[row]}" for name in key)
            what, column = f"the key occurs more than once: {value}, expected one row a key", ", ".join(key)
        elif first["check"] == "not_nullable":
            what = "the cell is empty, expected a value"
        else:
            what = f"the cell is {first['failure_case']!r}, expected {first['check']}"
        _fail(record, path, what + more, _place(path, data, record, row, column))


def _place(path: Path, data: bytes, record: Record, row: int | None, column: str | None) -> str:
    parts = []
    if row is not None and path.suffix == ".csv":
        line = next(line for at, (line, _) in enumerate(_lines(path, data, record)) if at == row + 1)
        parts.append(f"line {line}")
    elif row is not None:
        parts.append(f"row {row + 1}")
    return ", ".join([*parts, *([f"column {column!r}"] if column else [])])


def _fail(record: Record, path: Path, what: str, where: str) -> NoReturn:
    raise HedgingError(
        f"table {record['name']}: {what}",
        where=", ".join(part for part in (str(path), where) if part),
        remedy=f"run `hedging ingest {record['name']}` to build the table anew; data/ is not edited by hand",
    )
