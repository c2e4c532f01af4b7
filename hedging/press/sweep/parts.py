"""The results of a sweep as a table: Parquet files that `pandas.read_parquet(OUT)` reads, one row a run.

    id, status (done, failed), one column a parameter, parameters (JSON, the ones that the grid sets), findings (JSON,
    in the order in which the chapter reports them), numbers (JSON by name, what it reports for its prose), error,
    traceback, seconds, memory (the kernel's peak in bytes, what it shares with its warm parent included)

The chapter and its fingerprint are in the folders' names, so readers of partitioned Parquet give them as columns.
"""

import io
import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hedging.errors import HedgingError
from hedging.press.parameters import Parameters
from hedging.press.sweep.store import DONE, Record, Store

FIRST = [("id", pa.string()), ("status", pa.string())]
LAST = [
    ("parameters", pa.string()),
    ("findings", pa.string()),
    ("numbers", pa.string()),
    ("error", pa.string()),
    ("traceback", pa.string()),
    ("seconds", pa.float64()),
    ("memory", pa.int64()),
]
RESERVED = {name for name, _ in (*FIRST, *LAST)} | {"chapter", "fingerprint"}
EACH = 2000  # runs in one Parquet file: half a thousand files for a million runs, and each is made in a second
TYPES = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}


def schema(known: Parameters) -> pa.Schema:
    """Return the columns of a chapter's results; HedgingError if a parameter has the name of another column."""
    for name in RESERVED.intersection(known.known):
        raise HedgingError(
            f"a parameter called {name!r} would hide the column of that name",
            where=f"chapter {known.slug}",
            remedy="give the parameter another name",
        )
    columns = [(name, _type(parameter.default)) for name, parameter in known.known.items()]
    return pa.schema([*FIRST, *columns, *LAST])


def _type(default: Any) -> pa.DataType:
    """Return the Arrow type of a parameter: as its default, or JSON text where that does not tell."""
    if isinstance(default, list | tuple):
        inside = {type(one) for one in default}
        return pa.list_(TYPES[inside.pop()]) if len(inside) == 1 and inside <= TYPES.keys() else pa.string()
    return TYPES.get(type(default), pa.string())


class Parts:
    """The Parquet files of a sweep, and which runs are in them."""

    def __init__(self, place: Store, known: Parameters) -> None:
        self.place, self.known, self.schema = place, known, schema(known)
        self.rows: dict[str, tuple[np.ndarray, np.ndarray]] = {}  # by file: names (uint64), whether done
        for path in place.listed(place.parts, "part-"):
            table = self._table(path, ["id", "status"])
            self.rows[path] = names(table["id"].to_pylist()), np.array(table["status"].to_pylist()) == DONE
        self._same_columns()

    def _same_columns(self) -> None:
        """Refuse to add other columns to a table: readers would silently see those of the first file only."""
        place = self.place
        folders = place.listed(f"{place.root}/chapter={place.slug}", "fingerprint=")
        for path in [path for folder in folders for path in place.listed(folder, "part-")][:1]:
            with place.told("cannot read there"), place.fs.open(path) as file:
                there = pq.ParquetFile(file).schema_arrow
            if not there.equals(self.schema):
                pairs = (set(zip(one.names, map(str, one.types), strict=True)) for one in (there, self.schema))
                differ = sorted({name for name, _ in set.symmetric_difference(*pairs)})
                raise HedgingError(
                    f"there lie results with other parameters: {', '.join(differ)}",
                    where=place.url,
                    remedy="the chapter's parameters have changed since: name another --out",
                )

    def ended(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the names of all runs that are done, and of all that failed, as sorted arrays of uint64."""
        loose = {record["id"]: record["status"] == DONE for record in self.place.loose()}
        new = names(loose), np.array(list(loose.values()), bool)
        old = [(ids[~(mine := np.isin(ids, new[0]))], done[~mine]) for ids, done in self.rows.values()]
        ids, done = (np.concatenate(columns) for columns in zip(new, *old, strict=True))
        return np.sort(ids[done]), np.sort(ids[~done])

    def compact(self, least: int = 1) -> None:
        """Turn the small files into Parquet files, if there are `least` of them.

        A crash between two steps loses nothing, and the next call ends what it began: first the new file, then what
        it replaces (runs done again, or filed before a crash) is taken out of older ones, then the small files go.
        """
        records = self.place.loose()
        if len(records) < least:
            return
        self.place.hold()
        for begin in range(0, len(records), EACH):
            self._file(records[begin : begin + EACH])

    def _file(self, records: list[Record]) -> None:
        fresh = names(record["id"] for record in records)
        name = f"{self.place.parts}/part-{min(fresh):016x}-{np.bitwise_xor.reduce(fresh):016x}-{len(fresh)}.parquet"
        rows = [self._row(record) for record in sorted(records, key=lambda record: record["id"])]
        self._write(name, pa.Table.from_pylist(rows, self.schema))
        for path, (ids, _) in list(self.rows.items()):
            if path != name and among(fresh, ids).any():
                self._thin(path, ~np.isin(ids, fresh))
        self.rows[name] = np.sort(fresh), np.array([row["status"] == DONE for row in rows])
        self.place.forget(records)

    def _row(self, record: Record) -> Record:
        values = self.known.complete(json.loads(record["parameters"]))
        texts = {name for name in values if self.schema.field(name).type == pa.string()}
        return record | {
            name: json.dumps(value) if name in texts and not isinstance(value, str) else value
            for name, value in values.items()
        }

    def _thin(self, path: str, kept: np.ndarray) -> None:
        if kept.any():
            self._write(path, self._table(path).filter(pa.array(kept)))
            self.rows[path] = tuple(column[kept] for column in self.rows[path])
        else:
            with self.place.told("cannot write there"):
                self.place.fs.rm_file(path)
            del self.rows[path]

    def _write(self, path: str, table: pa.Table) -> None:
        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd")
        self.place.write(path, out.getvalue())

    def _table(self, path: str, columns: list[str] | None = None) -> pa.Table:
        # Files are small: threads would cost more than they save.
        with self.place.told("cannot read there"), self.place.fs.open(path) as file:
            return pq.ParquetFile(file).read(columns=columns, use_threads=False)


def among(names: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Say of each name whether it is among those known, which are sorted."""
    at = np.searchsorted(known, names)
    return known[np.minimum(at, len(known) - 1)] == names if len(known) else np.zeros(len(names), bool)


def names(ids: Iterable[str]) -> np.ndarray:
    """Turn ids into numbers of 64 bits."""
    return np.array([int(id, 16) for id in ids], np.uint64)
