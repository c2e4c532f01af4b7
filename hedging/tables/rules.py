"""The rules of a table: a key once, cells filled, values listed, in range and in form; status, countries, dates, units.

The words of the record's schema are Frictionless's, so that other tools check most of this too, as a test does. Each
rule yields the first place where it is broken: (row from 0, column, what is there and what was expected).
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import pandas as pd

from hedging.tables import codes
from hedging.tables.record import STATUS

Schema = dict[str, Any]
Fault = tuple[int, str, str]
# A bare NA or none may be a word of a source; these never are.
NO_WORDS = ("nan", "NaN", "NAN", "N/A", "n/a", "#N/A", "None", "null", "NULL", "<NA>", "inf", "-inf")
NAMED = 12  # allowed values that an error names
OBSERVED, ZERO, *UNKNOWN = STATUS
PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}\Z")


def broken(frame: pd.DataFrame, schema: Schema) -> Fault | None:
    """Return the first fault of a frame that has the right columns and types, by row; None where all is well."""
    return min((fault for rule in RULES for fault in rule(frame, schema)), default=None, key=lambda fault: fault[0])


def nearest(value: Any, options: Any) -> str:
    """Return "; did you mean ...?" for the option most like a value, or nothing where none is near."""
    near = codes.nearest(str(value), map(str, options))
    return f"; did you mean {near!r}?" if near else ""


def _first(bad: pd.Series) -> Iterator[int]:
    at = np.flatnonzero(bad.to_numpy(dtype=bool, na_value=False))
    if len(at):
        yield int(at[0])


def _of(schema: Schema, *types: str) -> Iterator[dict[str, Any]]:
    return (field for field in schema["fields"] if field["type"] in types)


def _ruled(schema: Schema, word: str) -> Iterator[tuple[str, Any]]:
    for field in schema["fields"]:
        if word in field.get("constraints", {}):
            yield field["name"], field["constraints"][word]


def _filled(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for name, _ in _ruled(schema, "required"):
        for row in _first(frame[name].isna()):
            yield row, name, "the cell is empty, expected a value"


def _once(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    key = schema["primaryKey"]
    for row in _first(frame.duplicated(key)):
        value = ", ".join(f"{name}={frame[name].iloc[row]}" for name in key)
        yield row, ", ".join(key), f"the key occurs more than once: {value}, expected one row a key"


def _listed(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for name, enum in _ruled(schema, "enum"):
        cells = frame[name]
        for row in _first(cells.notna() & ~cells.isin(enum)):
            some = ", ".join(map(str, enum[:NAMED])) + (", ..." if len(enum) > NAMED else "")
            yield row, name, f"the cell is {_shown(cells, row)}, expected one of {some}{nearest(cells.iloc[row], enum)}"


def _ranged(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for name, limit in _ruled(schema, "minimum"):
        for row in _first(frame[name] < limit):
            yield row, name, f"the cell is {_shown(frame[name], row)}, expected at least {limit}"
    for name, limit in _ruled(schema, "maximum"):
        for row in _first(frame[name] > limit):
            yield row, name, f"the cell is {_shown(frame[name], row)}, expected at most {limit}"


def _formed(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for name, pattern in _ruled(schema, "pattern"):
        whole, cells = re.compile(pattern), frame[name]
        other = [cell for cell in cells.dropna().unique() if not whole.fullmatch(cell)]
        for row in _first(cells.isin(other)):
            yield row, name, f"the cell is {_shown(cells, row)}, expected text of the form {pattern}"


def _shown(cells: pd.Series, row: int) -> str:
    cell = cells.iloc[row]
    return repr(cell.item() if isinstance(cell, np.generic) else cell)


def _finite(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for field in _of(schema, "number"):
        cells = frame[field["name"]]
        for row in _first(np.isinf(cells)):
            yield row, field["name"], f"the cell is {cells.iloc[row]}, expected a finite number or nothing"


def _words(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for field in _of(schema, "string"):
        cells = frame[field["name"]]
        for row in _first(cells.isin(NO_WORDS)):
            yield row, field["name"], f"the cell is {cells.iloc[row]!r}, expected text, or nothing where it is missing"


def _dates(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for field in _of(schema, "string"):
        pattern = field.get("constraints", {}).get("pattern")
        if pattern and of_dates(pattern):
            cells = frame[field["name"]]
            impossible = [cell for cell in cells.dropna().unique() if not _possible(cell)]
            for row in _first(cells.isin(impossible)):
                expected = "a day, month or year of the calendar"
                yield row, field["name"], f"the cell is {cells.iloc[row]!r}, expected {expected}"


def of_dates(pattern: str) -> bool:
    """Return whether a pattern describes dates, whole or partial, and not any text that has their form too."""
    matched = [bool(re.fullmatch(pattern, text)) for text in ("2024-12-31", "2024-12", "2024 12 31", "2024-AB")]
    return any(matched[:2]) and not any(matched[2:])


def _possible(cell: str) -> bool:
    if not PARTIAL.match(cell):
        return True  # the pattern allows something else beside dates
    year, month, day = (*map(int, cell.split("-")), 1, 1)[:3]
    try:
        return bool(datetime.date(year, month, day))
    except ValueError:
        return False


def _countries(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    for field in schema["fields"]:
        if kind := field.get("codes"):
            known = codes.known(kind) | set(field.get("groups", ()))
            cells = frame[field["name"]].astype("str")
            strange = [cell for cell in cells.dropna().unique() if unknown(cell, known)]
            for row in _first(cells.isin(strange)):
                what = f"the cell is {cells.iloc[row]!r}, expected a country known by its {kind} code"
                yield row, field["name"], what + nearest(unknown(cells.iloc[row], known)[0], known)


def unknown(cell: str, known: Collection[str]) -> list[str]:
    """Return the parts of a cell, joined by |, that are no known codes; a group may itself hold the sign."""
    return [] if cell in known else [part for part in cell.split("|") if part not in known]


def _status(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    named = schema.get("statusOf")
    if not named:
        return
    values, status, what = frame[named], frame["status"], " and ".join(named)
    some = values.notna().any(axis=1)
    zero = some & (values.isna() | values.eq(0)).all(axis=1)
    for bad, expected in (
        (status.eq(OBSERVED) & ~some, f"a value in {what}, which is empty"),
        (status.eq(ZERO) & ~zero, f"0 in {what}"),
        (status.isin(UNKNOWN) & some, f"no value in {what}, which has one"),
    ):
        for row in _first(bad):
            yield row, "status", f"the cell is {status.iloc[row]!r}, expected {expected}"


def _units(frame: pd.DataFrame, schema: Schema) -> Iterator[Fault]:
    declared = schema.get("units")
    if not declared:
        return
    by, unit = frame[declared["by"]], frame["unit"]
    pairs = {(group, one) for group, listed in declared["allowed"].items() for one in listed}
    bad = pd.Series([(str(g), u) not in pairs for g, u in zip(by, unit, strict=True)]) & unit.notna()
    for row in _first(bad):
        listed = declared["allowed"].get(by.iloc[row], [])
        what = f"the cell is {unit.iloc[row]!r}, expected the unit of {by.iloc[row]!r}: {' or '.join(listed) or 'none'}"
        yield row, "unit", what


RULES: tuple[Callable[[pd.DataFrame, Schema], Iterator[Fault]], ...] = (
    _filled, _once, _listed, _ranged, _formed, _finite, _words, _dates, _countries, _status, _units,
)  # fmt: skip
