"""What every ingest module uses: raw files in, a tidy frame with its counted corrections out, deterministic bytes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from hedging.errors import HedgingError
from hedging.ingest import sources
from hedging.tables import form
from hedging.tables.record import Column, Correction, Table

LARGEST_CSV = 1_400_000  # bytes; above it a table is written as Parquet, so that each file stays small enough to diff


@dataclass(frozen=True)
class Raw:
    """The raw files that one table may read: `named` is its record's sources (None: any registered file).

    What lies in folder `newer` is a later release on trial: its bytes are not those of the registry.
    """

    mirror: Path | None = None
    named: frozenset[str] | None = None
    newer: Path | None = None

    @classmethod
    def of(cls, table: Table, mirror: Path | str | None = None, newer: Path | None = None) -> "Raw":
        """Return the raw files of `table`, from `mirror`, else `HEDGING_MIRROR`, else cache and download."""
        return cls(sources.mirror_folder(mirror), frozenset(source.file for source in table.sources), newer)

    def path(self, file: str) -> Path:
        """Return the path of a raw file whose bytes are those that the registry names (or that are on trial)."""
        if self.named is not None and file not in self.named:
            raise HedgingError(f"{file} is read but not named", remedy="add a Source for it to the table's record")
        if self.newer is not None and (self.newer / file).is_file():
            return self.newer / file
        return sources.find(file, self.mirror)

    def csv(self, file: str, **options: Any) -> pd.DataFrame:
        """Read a raw CSV with every cell as text and an empty cell as "" (nothing is guessed to be missing)."""
        return pd.read_csv(self.path(file), **{"dtype": str, "keep_default_na": False, "na_filter": False, **options})

    def parquet(self, file: str, **options: Any) -> pd.DataFrame:
        """Read a raw Parquet file."""
        return pd.read_parquet(self.path(file), **options)


@dataclass(frozen=True)
class Built:
    """A table as made: the frame (the record's columns, any order) and what was changed on the way."""

    frame: pd.DataFrame
    corrections: tuple[Correction, ...] = field(default=())


def correct(frame: pd.DataFrame, mask: Any, column: str, value: Any, *, rows: int) -> pd.DataFrame:
    """Return a copy of `frame` with `column` set to `value` where `mask`; HedgingError unless exactly `rows` rows."""
    touched = int(mask.sum())
    expect(touched, rows, f"correction of {column!r}")
    changed = frame.copy()
    changed.loc[mask, column] = value
    return changed


def expect(found: int, rows: int, what: str) -> None:
    """Raise HedgingError unless `found` rows were touched as written down: the source has changed under the rule."""
    if found != rows:
        raise HedgingError(
            f"{what} touches {found} rows, {rows} were written down",
            remedy="look at the raw file again: it is not the one that the correction was made for",
        )


def tidy(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame typed by the record, its columns in the record's order, its rows sorted by the key."""
    wanted = [column.name for column in table.columns]
    if set(frame.columns) != set(wanted):
        raise HedgingError(
            f"{table.name}: the frame and the record name different columns",
            where=f"only in the record: {sorted(set(wanted) - set(frame.columns))}; "
            f"only in the frame: {sorted(set(frame.columns) - set(wanted))}",
            remedy=f"make hedging/ingest/{table.name}.py agree with its own TABLE",
        )
    typed = pd.DataFrame({column.name: _typed(table.name, column, frame[column.name]) for column in table.columns})
    return typed.sort_values(list(table.key), kind="stable", na_position="first", ignore_index=True)


def _typed(table: str, column: Column, cells: pd.Series) -> pd.Series:
    cells = cells.reset_index(drop=True)
    if not pd.api.types.is_numeric_dtype(cells):
        cells = cells.where(cells.notna() & (cells.astype(str) != ""), None)
    try:
        if column.type == "integer":
            return pd.to_numeric(cells).astype("Int64")
        if column.type == "number":
            return pd.to_numeric(cells).astype("float64") + 0.0  # -0.0 and 0.0 are one value
        if column.type == "boolean":
            return cells.map(_truth, na_action="ignore").astype("boolean")
        if pd.api.types.is_datetime64_any_dtype(cells):
            return cells.dt.strftime("%Y-%m-%d").astype("str")
        return _text(cells.astype("str"))
    except (ValueError, TypeError) as fault:
        raise HedgingError(f"{table}: column {column.name!r} is not {column.type}: {fault}") from fault


def _text(cells: pd.Series) -> pd.Series:
    if (bad := cells.str.contains("[\r\0]", regex=True, na=False)).any():
        raise ValueError(f"{cells[bad].iloc[0]!r} holds a carriage return or a null byte")
    return cells


def _truth(cell: Any) -> bool:
    word = str(cell).lower()
    if word not in {"true", "false"}:
        raise ValueError(f"{cell!r} is neither true nor false")
    return word == "true"


def encode(table: Table, frame: pd.DataFrame) -> tuple[str, bytes]:
    """Return (file name, bytes) of a tidy frame: CSV (UTF-8, \\n, empty for missing), else Parquet when over the limit.

    The same frame gives the same bytes on every machine with the locked libraries.
    """
    data = form.csv_bytes(frame)
    if len(data) <= LARGEST_CSV:
        return f"{table.name}.csv", data
    return f"{table.name}.parquet", form.parquet_bytes(frame)
