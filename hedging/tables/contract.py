"""A table's contract: derived from its record, checked when bytes are not known to be good, explained cell by cell.

Good are the bytes that passed when they were made, as long as bytes, schema and rules are the same: the record's
`validated` is the digest of all three (`seal`). Then reading them is enough.
"""

import hashlib
import io
import json
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq  # here, so that no first load waits for it
from pandas.api.types import pandas_dtype

from hedging.tables import rules, text
from hedging.tables.text import Record, fail

# Text as Python's own strings: Arrow's cost more than they save in tables of this size (a tenth of all computing).
pd.set_option("mode.string_storage", "python")
RULES = 1  # raise it with every new rule: then no table passes for having met the old ones


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


_dtype = cache(pandas_dtype)


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
        # as objects: pandas looks a name up anew for every column
        plain = {name: _dtype(kind) for name, kind in types.items() if not kind.startswith("datetime")}
        frame = pd.read_csv(io.BytesIO(data), dtype=plain, keep_default_na=False, na_values=[""], low_memory=False)
        if list(frame.columns) != list(types):
            raise ValueError("columns differ")
        for name in types.keys() - plain.keys():
            frame[name] = frame[name].astype(types[name])
        return frame
    except (ValueError, KeyError) as fault:  # pandas' own errors of parsing are ValueErrors
        text.examine(path, data, record)
        fail(record, path, f"the file cannot be read: {fault}", "")


def _parquet(path: Path, data: bytes, record: Record, types: dict[str, str]) -> pd.DataFrame:
    try:
        # Not by pandas, which imports data sets of many files; without threads: small files, forked kernels.
        about = pq.ParquetFile(io.BytesIO(data))
        few = [name for name in _few(record) if name in about.schema_arrow.names]
        file = pq.ParquetFile(io.BytesIO(data), metadata=about.metadata, read_dictionary=few)
        frame = file.read(use_threads=False).to_pandas(use_threads=False)
    except (OSError, ValueError) as fault:  # pyarrow's errors are one or the other
        fail(record, path, f"the Parquet file is damaged: {str(fault).splitlines()[0]}", "")
    text.header(path, record, list(frame.columns))
    for name, kind in types.items():
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            frame[name] = frame[name].astype(frame[name].cat.categories.dtype)
        if frame[name].dtype == _dtype(kind):
            continue
        try:
            frame[name] = _typed(frame[name], kind)
        except (ValueError, TypeError) as fault:
            what = f"column {name!r} is {frame[name].dtype}, expected {kind}: {fault}"
            fail(record, path, what, f"column {name!r}")
    return frame


def _few(record: Record) -> list[str]:
    """Return the columns of few words: codes and listed values, of which Python makes each word once and no more."""
    fields = record["schema"]["fields"]
    return [one["name"] for one in fields if "codes" in one or "enum" in one.get("constraints", ())]


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    dated = kind.startswith("datetime")
    if cells.notna().any() and pd.api.types.is_string_dtype(cells) != (dated or kind == "str"):
        raise TypeError("text and numbers are not taken for each other")
    return pd.to_datetime(cells, format="%Y-%m-%d").astype(kind) if dated else cells.astype(kind)


def validate(frame: pd.DataFrame, path: Path, data: bytes, record: Record) -> None:
    """Raise HedgingError naming file, row, column, value and expectation of the first cell that breaks the contract."""
    if (fault := rules.broken(frame, record["schema"])) is not None:
        row, column, what = fault
        fail(record, path, what, text.place(path, data, record, row, column))


def check(path: Path, data: bytes, record: Record) -> pd.DataFrame:
    """Return the frame in bytes that nobody has checked yet, or raise HedgingError at its first fault."""
    frame = read(path, data, record, trusted=False)
    validate(frame, path, data, record)
    return frame
