"""What is known about a table: the one record from which contract, data package and data pages are made.

The words are Frictionless Data's (title, description, fields, primaryKey, sources, licenses), so that
`data/datapackage.json` is read by other tools too.
"""

from dataclasses import dataclass, field

NO_UNIT = "no unit"  # of a number that counts nothing: a code, a row's number, an index
STATUS = ("observed", "structural_zero", "not_reported", "withheld")  # how a cell came to be, in the column `status`


@dataclass(frozen=True)
class Column:
    """One column: `type` is integer, number, string, boolean or date (ISO; year-month and year allowed by pattern).

    A number says its `unit`, or NO_UNIT. `codes` names the registry of the column's countries, iso3 or cow: a cell is
    one code or several joined by |, or one of `groups` (WORLD, EU ...). Columns named iso3, partner, giver and the like
    have the registry by their name, and for groups what else they hold.
    """

    name: str
    type: str
    description: str
    unit: str = ""
    required: bool = True
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    codes: str = ""
    groups: tuple[str, ...] = ()


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
class Vintages:
    """Releases of one source side by side in a table: values of its variant column, `order` oldest first.

    Key columns that not every release tells apart are `summed`: two releases are compared on the sums over them.
    """

    order: tuple[str, ...]
    summed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The record of one table, written beside the code that makes it.

    `key` names the columns that identify a row; `missing` says in words what an empty cell means;
    `variant` names the column whose value a reader of the table must choose; `measures` says what a value counts.
    `method` says how one row came to be, as a sentence in which {column} stands for the row's own cell; a table whose
    rows carry their own source and grade needs none. `values` names the columns whose cells the column `status`
    explains (see STATUS; else value and its range, or the numbers that are there where it says so). `time` names the
    column of time where it is not year, month or date; `undated` says why there is none.
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
    values: tuple[str, ...] = ()
    time: str = ""
    undated: str = ""
    corrections: tuple[Correction, ...] = field(default=())
    vintages: Vintages | None = None


def ending(time: str) -> str:
    """Return the name of the column that ends what the column of time `time` begins: year_end for year_start."""
    return time.replace("start", "end").replace("first", "last")
