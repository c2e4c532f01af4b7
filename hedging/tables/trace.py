"""Where a value comes from, in words: who printed it or how it was derived, from which raw file, and what is wrong."""

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from hedging.tables import codes
from hedging.tables.load import load, record
from hedging.tables.record import NO_UNIT, STATUS
from hedging.tables.select import rows_of

Record = dict[str, Any]
Row = dict[str, Any]
WIDTH = 92  # columns of a terminal
STATUSES = dict(
    zip(
        STATUS,
        (
            "observed",
            "zero by rule, not by count",
            "not reported: no figure was found",
            "withheld: kept back by a state",
        ),
        strict=True,
    )
)
GRADES = {1: "do not use", 2: "doubtful", 3: "usable with care", 4: "good", 5: "primary"}
ORIGIN = (
    "source",
    "estimator",
    "source_url",
    "quality",
    "method",
    "status",
    "note",
    "unit",
)  # told in words of their own
PLAIN = ("calendar year", NO_UNIT)


def trace(name: str, year: int | None = None, country: str | None = None, rows: int = 5) -> str:
    """Return in words where the values of a table come from: of a year, of a country (iso3, COW number, name), or all.

    At most `rows` rows are told one by one. Raises HedgingError for an unknown table, a year outside the coverage, an
    unknown country, and for a pair of them without a row.
    """
    known = record(name)
    frame = load(name, "all" if known.get("variant") else None)
    found = rows_of(frame, known, year, country)
    told = [found.iloc[at].to_dict() for at in range(min(rows, len(found)))]
    only = codes.names().get((country or "").lower(), "")
    lines = [*_head(known, found, year, country)]
    for row in told:
        lines += ["", *_row(known, row, only)]
    if len(found) > len(told):
        lines += [
            "",
            f"... and {_counted(len(found) - len(told))} more: name a year or a country, or ask for more rows",
        ]
    return "\n".join([*lines, "", *_files(known), *_corrections(known, year, only), *_defects(known)])


def _head(known: Record, found: pd.DataFrame, year: int | None, country: str | None) -> Iterator[str]:
    yield from _wrapped(f"{known['title']} (table {known['name']})", "", "  ")
    asked = [str(word) for word in (year, country) if word is not None]
    yield f"{len(found)} of {known['rows']:,} rows" + (f" for {', '.join(asked)}" if asked else "")
    if known.get("measures"):
        yield from _wrapped(f"What a value counts: {known['measures']}", "", "  ")


def _row(known: Record, row: Row, only: str) -> Iterator[str]:
    key = known["schema"]["primaryKey"]
    yield from _wrapped(", ".join(f"{name} {_said(row[name])}" for name in key), "* ", "  ")
    others = {field["name"] for field in known["schema"]["fields"]} & codes.known("iso3")
    for field in known["schema"]["fields"]:
        name = field["name"]
        if name in key or name in ORIGIN or (only in others and name in others and name not in (only, "PRK")):
            continue
        if (text := _value(known, field, row)) is not None:
            yield from _wrapped(f"{name}: {text}")
    yield from (line for text in _origin(known, row) for line in _wrapped(text))


def _value(known: Record, field: Record, row: Row) -> str | None:
    """Return a cell with its unit and status; None where it is empty and nothing is said about that."""
    cell, explained = row[field["name"]], field["name"] in known["schema"].get("statusOf", ())
    if pd.isna(cell) and not explained:
        return None
    unit = field.get("unit", "")
    unit = row.get("unit", "") if unit == "see column unit" else unit
    unit = "" if pd.isna(unit) or unit in PLAIN else f"({unit})" if "," in unit else unit
    text = "no value" if pd.isna(cell) else f"{_said(cell)} {unit}".strip()
    return f"{text} ({STATUSES[row['status']]})" if explained else text


def _line(known: Record, row: Row) -> str | None:
    """Return the line of the raw file that a fact stands in, where the row tells which file and line that is."""
    named = [source["file"] for source in known["sources"]]
    files = [file for file in named if row["set"] in file.split("/")] if "set" in row else named
    return f"line {row['row']} of the facts in {files[0]}" if "row" in row and len(files) == 1 else None


def _origin(known: Record, row: Row) -> Iterator[str]:
    if line := _line(known, row):
        yield f"raw: {line}"
    told = {name: row[name] for name in ORIGIN if name in row and not pd.isna(row[name])}
    if "source_url" in told or "source" in told:
        by = [str(told[name]) for name in ("source", "source_url") if name in told]
        yield f"printed by: {', '.join(by)}"
    if "estimator" in told:
        yield f"given by: {told['estimator']}"
    if "quality" in told:
        yield f"quality: {told['quality']} of 5, {GRADES.get(int(told['quality']), 'not graded')}"
    if "method" in told:
        yield f"how it came to be: {told['method']}"
    elif known.get("method"):
        yield f"how it came to be: {filled(known['method'], row)}"
    if "note" in told:
        yield f"note: {told['note']}"


def filled(method: str, row: Row) -> str:
    """Return a method's sentence with the row's own cells in the place of {column}."""
    return re.sub(r"\{(\w+)\}", lambda found: _said(row[found[1]]), method)


def _said(cell: Any) -> str:
    if pd.isna(cell):
        return "(empty)"
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    if isinstance(cell, pd.Timestamp):
        return cell.strftime("%Y-%m-%d")
    return f"{cell:,.6g}" if isinstance(cell, float) and abs(cell) < 1e6 else str(cell)


def _files(known: Record) -> Iterator[str]:
    yield "Raw files of the table"
    for source in known["sources"]:
        origin = source.get("origin", {})
        place = f"github.com/{origin['repo']} at {origin.get('commit', 'no commit')}" if origin.get("repo") else ""
        yield from _wrapped(f"{source['title']}. {source['citation']}", "* ", "  ")
        for line in (
            source["file"],
            f"{place}, {origin.get('path', '')}" if place else source.get("compiled", ""),
            source.get("path", ""),
            f"sha256 {source['sha256']}",
            f"published: {source.get('published', 'not stated')}; taken {source['accessed']}; {source['licence']}",
        ):
            yield from _wrapped(line) if line else ()


def _corrections(known: Record, year: int | None, only: str) -> Iterator[str]:
    """Yield the corrections; those that name the year or the country first, for they surely speak of the rows."""
    found = known.get("corrections", [])
    if not found:
        return
    yield "Corrections made on the way, which may touch these rows"
    words = [word for word in (str(year or ""), only, codes.title(only) if only else "") if word]
    for one in sorted(found, key=lambda one: not any(word in one["what"] for word in words)):
        yield from _wrapped(f"{one['what']} ({_counted(one['rows'])}): {one['why']}", "* ", "  ")


def _defects(known: Record) -> Iterator[str]:
    yield "Known defects of the table"
    for text in known.get("defects", []):
        yield from _wrapped(text, "* ", "  ")


def _counted(rows: int) -> str:
    return f"{rows:,} {'row' if rows == 1 else 'rows'}"


def _wrapped(text: str, first: str = "  ", rest: str = "    ") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
