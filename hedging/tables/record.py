"""What is known about a table: the one record from which contract, data package and data pages are made.

The words are Frictionless Data's (title, description, fields, primaryKey, sources, licenses), so that
`data/datapackage.json` is read by other tools too.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """One column: `type` is integer, number, string, boolean or date (ISO; year-month and year allowed by pattern)."""

    name: str
    type: str
    description: str
    unit: str = ""
    required: bool = True
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class Source:
    """Where a table comes from: `file` is its path below the mirror and its key in `ingest/sources.csv`."""

    file: str
    title: str
    citation: str
    licence: str
    url: str = ""


@dataclass(frozen=True)
class Correction:
    """One explicit change of the raw data and the number of rows that it touched (asserted when the table is made)."""

    what: str
    why: str
    rows: int


@dataclass(frozen=True)
class Table:
    """The record of one table, written beside the code that makes it.

    `key` names the columns that identify a row; `missing` says in words what an empty cell means;
    `variant` names the column whose value a reader of the table must choose; `measures` says what a value counts.
    `method` says how one row came to be, as a sentence in which {column} stands for the row's own cell; a table whose
    rows carry their own source and grade needs none.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    missing: str
    sources: tuple[Source, ...]
    may_publish: str
    defects: tuple[str, ...] = ()
    variant: str | None = None
    period: str = "year"
    measures: str = ""
    method: str = ""
    corrections: tuple[Correction, ...] = field(default=())
