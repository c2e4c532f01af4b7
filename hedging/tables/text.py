"""Text that should be a table, examined cell by cell: the first bad place, and what belongs there."""

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from hedging.errors import HedgingError

Record = dict[str, Any]
EXPECTED = {
    "integer": "a whole number",
    "number": "a finite number",
    "boolean": "true or false",
    "date": "a day of the calendar, YYYY-MM-DD",
}
BOM = "\ufeff"
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def fail(record: Record, path: Path, what: str, where: str) -> NoReturn:
    """Raise the one error of a damaged table: what, in which file and where in it, and how to have it right again."""
    raise HedgingError(
        f"table {record['name']}: {what}",
        where=", ".join(part for part in (str(path), where) if part),
        remedy=f"run `hedging ingest {record['name']}` to build the table anew; data/ is not edited by hand",
    )


def required(field: Record) -> bool:
    """Return whether a field's cells may not be empty."""
    return bool(field.get("constraints", {}).get("required", False))


def examine(path: Path, data: bytes, record: Record) -> None:
    """Raise HedgingError at the first place where the text is not a table of the record's columns and types."""
    rows = lines(path, data, record)
    _, found = next(rows, (1, []))
    header(path, record, found)
    fields = record["schema"]["fields"]
    for line, cells in rows:
        if len(cells) != len(fields):
            what = f"a row has {len(cells)} cells, expected {len(fields)}"
            fail(record, path, what, f"line {line}: {','.join(cells)[:80]}")
        for field, cell in zip(fields, cells, strict=True):
            if cell == "" and not required(field):
                continue
            if cell == "" or not _fits(cell, field["type"]):
                fail(record, path, _misfit(cell, field["type"]), f"line {line}, column {field['name']!r}")


def _misfit(cell: str, kind: str) -> str:
    expected = EXPECTED.get(kind, "text")
    if not cell:
        return f"the cell is empty, expected {expected}"
    if kind in ("integer", "number") and _fits(re.sub(r"[,'\s\u00a0\u202f]", "", cell), kind):
        expected += " without separators or blanks"
    return f"the cell is {cell!r}, expected {expected}"


def lines(path: Path, data: bytes, record: Record) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where the row begins, cells); a row may hold line ends inside quotation marks."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        start = data.rfind(b"\n", 0, fault.start) + 1
        before = next(csv.reader([data[start : fault.start].decode("utf-8", "replace")]), [""])
        names = [field["name"] for field in record["schema"]["fields"]]
        column = names[min(max(len(before), 1), len(names)) - 1]
        where = f"line {data.count(bytes([10]), 0, fault.start) + 1}, column {column!r}"
        fail(record, path, f"byte 0x{data[fault.start]:02x} is not UTF-8", where)
    reader, begin = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as fault:
        fail(record, path, f"the row that begins here is not CSV: {fault}", f"line {begin}")


def header(path: Path, record: Record, found: list[str]) -> None:
    """Raise HedgingError unless the columns are the record's, in the record's order."""
    wanted = [field["name"] for field in record["schema"]["fields"]]
    if found == wanted:
        return
    where = "line 1" if path.suffix == ".csv" else ""
    if found and found[0].startswith(BOM):
        fail(record, path, "the file begins with a byte-order mark, expected UTF-8 without one", where)
    for mark, name in SEPARATORS.items():
        if len(found) == 1 and mark in found[0]:
            fail(record, path, f"the cells are separated by {name}, expected commas", where)
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    twice = sorted({name for name in found if found.count(name) > 1})
    parts = (("missing", missing), ("not in the record", extra), ("twice", twice))
    detail = "; ".join(f"{label}: {', '.join(map(repr, listed))}" for label, listed in parts if listed)
    what = f"the columns are not those of the record ({detail or 'their order differs'})"
    fail(record, path, f"{what}, expected {', '.join(wanted)}", where)


def place(path: Path, data: bytes, record: Record, row: int | None, column: str | None) -> str:
    """Return data row `row` (from 0) and a column in words: the line of a CSV, the row of a Parquet file."""
    parts = []
    if row is not None and path.suffix == ".csv":
        line = next(line for at, (line, _) in enumerate(lines(path, data, record)) if at == row + 1)
        parts.append(f"line {line}")
    elif row is not None:
        parts.append(f"row {row + 1}")
    return ", ".join([*parts, *([f"column {column!r}"] if column else [])])


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
