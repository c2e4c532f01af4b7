"""A table's contract: derived from its record, checked when bytes are not known to be good, explained cell by cell.

Good are the bytes that passed when they were made, as long as bytes, schema and rules are the same: the record's
`validated` is the digest of all three (`seal`). Then reading them is enough, and the checker is not even imported.
"""

import hashlib
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hedging.tables import rules, text
from hedging.tables.text import Record, fail

if TYPE_CHECKING:
    import pandera.pandas as pa

RULES = 1  # raise it with every new rule: then no table passes for having met the old ones
LISTED = 12  # allowed values that an error names


def seal(record: Record) -> str:
    """Return the digest of a record's bytes (by their hash), its schema and the rules: what was validated together."""
    whole = json.dumps([RULES, record["hash"], record["schema"]], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def digest(data: bytes) -> str:
    """Return the hash of bytes as records hold it: "sha256:" and 64 letters."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def dtype(field: Record) -> str:
    """Return the pandas dtype of a field; whole numbers and truth values are nullable only where cells may be empty."""
    filled = text.required(field)
    plain = {"integer": "int64", "boolean": "bool"} if filled else {"integer": "Int64", "boolean": "boolean"}
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
        text.examine(path, data, record)
    try:
        plain = {name: kind for name, kind in types.items() if not kind.startswith("datetime")}
        dates = [name for name in types if name not in plain]
        frame = pd.read_csv(io.BytesIO(data), dtype=plain, keep_default_na=False, na_values=[""], low_memory=False)
        if list(frame.columns) != list(types):
            raise ValueError("columns differ")
        return frame.astype(dict.fromkeys(dates, "datetime64[us]")) if dates else frame
    except (ValueError, KeyError) as fault:  # pandas' own errors of parsing are ValueErrors
        text.examine(path, data, record)
        fail(record, path, f"the file cannot be read: {fault}", "")


def _parquet(path: Path, data: bytes, record: Record, types: dict[str, str]) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(io.BytesIO(data))
    except (OSError, ValueError) as fault:  # pyarrow's errors are one or the other
        fail(record, path, f"the Parquet file is damaged: {str(fault).splitlines()[0]}", "")
    text.header(path, record, list(frame.columns))
    for name, kind in types.items():
        try:
            frame[name] = _typed(frame[name], kind)
        except (ValueError, TypeError) as fault:
            what = f"column {name!r} is {frame[name].dtype}, expected {kind}: {fault}"
            fail(record, path, what, f"column {name!r}")
    return frame


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    dated = kind.startswith("datetime")
    if cells.notna().any() and pd.api.types.is_string_dtype(cells) != (dated or kind == "str"):
        raise TypeError("text and numbers are not taken for each other")
    return pd.to_datetime(cells, format="%Y-%m-%d").astype(kind) if dated else cells.astype(kind)


def schema(record: Record) -> "pa.DataFrameSchema":
    """Return the pandera schema of a record: types, required cells, enum, range, pattern, order and unique key."""
    return _schema(json.dumps(record["schema"], sort_keys=True))


@lru_cache(maxsize=256)
def _schema(known_as_text: str) -> "pa.DataFrameSchema":
    import pandera.pandas as pa  # a second; who loads what was built does not pay it

    known = json.loads(known_as_text)
    columns = {
        field["name"]: pa.Column(dtype(field), _checks(field), nullable=not text.required(field))
        for field in known["fields"]
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=known["primaryKey"])


def _checks(field: Record) -> list["pa.Check"]:
    import pandera.pandas as pa

    rule = field.get("constraints", {})
    checks = []
    if "enum" in rule:
        more = ", ..." if len(rule["enum"]) > LISTED else ""
        checks.append(pa.Check.isin(rule["enum"], error=f"one of {', '.join(map(str, rule['enum'][:LISTED]))}{more}"))
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
    checker = schema(record)
    from pandera.errors import SchemaErrors

    try:
        checker.validate(frame, lazy=True)
    except SchemaErrors as faults:
        what, row, column = _first(frame, record, faults.failure_cases)
        fail(record, path, what, text.place(path, data, record, row, column))
    if (fault := rules.broken(frame, record["schema"])) is not None:
        fail(record, path, fault[2], text.place(path, data, record, fault[0], fault[1]))


def _first(frame: pd.DataFrame, record: Record, cases: pd.DataFrame) -> tuple[str, int | None, str | None]:
    """Return the first of pandera's cases as (what, row, column)."""
    first: Any = cases.sort_values("index", kind="stable").iloc[0]
    more = f" (and {len(cases) - 1} more)" if len(cases) > 1 else ""
    row = None if pd.isna(first["index"]) else int(first["index"])
    column = first["column"] if first["column"] in frame.columns else None
    if row is not None and first["check"] == "multiple_fields_uniqueness":
        key = record["schema"]["primaryKey"]
        value = ", ".join(f"{name}={frame[name].iloc[row]}" for name in key)
        return f"the key occurs more than once: {value}, expected one row a key{more}", row, ", ".join(key)
    if first["check"] == "not_nullable":
        return f"the cell is empty, expected a value{more}", row, column
    enum = next((f.get("constraints", {}).get("enum") for f in record["schema"]["fields"] if f["name"] == column), None)
    hint = rules.nearest(str(first["failure_case"]), enum) if enum and "one of" in str(first["check"]) else ""
    return f"the cell is {first['failure_case']!r}, expected {first['check']}{hint}{more}", row, column
