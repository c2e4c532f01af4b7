"""Load tables and their records. The contract is in `datapackage.json`; a frame that breaks it is never returned."""

import copy
import functools
import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from hedging import paths
from hedging.errors import HedgingError, unknown
from hedging.tables import contract

How, Made = ParamSpec("How"), TypeVar("Made")
State = tuple[Any, ...]  # of a table's file and of its record, while this process runs
_frames: dict[State, pd.DataFrame] = {}
_variants: dict[tuple[State, str | None], pd.DataFrame] = {}


def package() -> dict[str, Any]:
    """Return the data package (a copy): title, licences and, under `resources`, the record of every table."""
    return copy.deepcopy(_package())


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(_records())


def record(name: str) -> dict[str, Any]:
    """Return the record of one table (a copy): schema, sources, coverage, defects, corrections, hash."""
    return copy.deepcopy(_record(name))


def load(name: str, variant: str | None = None) -> pd.DataFrame:
    """Return table `name` as a frame of its own: columns in the record's order, rows sorted by the key.

    integer is int64 (Int64 where cells may be empty), number float64, boolean bool, date datetime64, the rest text;
    an empty cell is missing, never zero. A table with a `variant` column needs `variant`: one of its values or "all".
    Raises HedgingError for an unknown or undeclared table, an unknown variant and every kind of damage.
    """
    known, state = _asked(name)
    if (state, variant) not in _variants:
        _variants[state, variant] = _chosen(_checked(state[0], known, state), known, variant)
    frame = _variants[state, variant].copy(deep=False)  # pandas copies on the first write
    frame.attrs = {"table": name, "variant": variant or ""}
    return frame


def made_once(make: Callable[Concatenate[pd.DataFrame, How], Made]) -> Callable[Concatenate[str, How], Made]:
    """Make a function of a table's frame one of the table's name that is called once for each state of the file.

    For what many calls of a loader need of the same table. The result is shared: nobody may write into it.
    """
    made: dict[tuple[Any, ...], Made] = {}

    @functools.wraps(make)
    def of(name: str, *args: How.args, **options: How.kwargs) -> Made:
        key = _asked(name)[1], args, *options.items()
        if key not in made:
            made[key] = make(load(name), *args, **options)
        return made[key]

    return of


def _asked(name: str) -> tuple[dict[str, Any], State]:
    """Return the record of a table that may be asked for, and the state of its file."""
    _declared(name)
    known = _record(name)
    path = paths.DATA / known["path"]
    if not path.is_file():
        raise HedgingError(
            f"table {name}: the file is missing", where=str(path), remedy=f"make it with `hedging ingest {name}`"
        )
    return known, _state(path, known)


def _declared(name: str) -> None:
    declared = os.environ.get("HEDGING_CHAPTER_TABLES")
    if declared is not None and name in _records() and name not in {part.strip() for part in declared.split(",")}:
        raise HedgingError(
            f"this chapter did not declare table {name}",
            where=f"declared: {declared or 'none'}",
            remedy=f"add {name} to the chapter's `tables` in chapters.yml, so that it is rebuilt when this changes",
        )


def title(name: str) -> str:
    """Return the title of one table."""
    return _record(name)["title"]


def _state(path: Path, known: dict[str, Any]) -> State:
    stat = path.stat()
    return path, stat.st_mtime_ns, stat.st_size, known["hash"], id(_package())


def _checked(path: Path, known: dict[str, Any], state: State) -> pd.DataFrame:
    """Read once a process (per state of the file and of its record); what was not validated as it is, is validated."""
    if state not in _frames:
        data = path.read_bytes()
        same = contract.digest(data) == known["hash"]
        frame = contract.read(path, data, known, trusted=same)
        if not (same and known.get("validated") == contract.seal(known)):
            contract.validate(frame, path, data, known)
        if not same:
            raise HedgingError(
                f"table {known['name']}: the bytes are not those that were built (the cells do fit the contract)",
                where=str(path),
                remedy=f"data/ is not edited by hand: change hedging/ingest/{known['name']}.py, "
                f"then run `hedging ingest {known['name']}`",
            )
        _frames[state] = frame
    return _frames[state]


def _chosen(frame: pd.DataFrame, known: dict[str, Any], variant: str | None) -> pd.DataFrame:
    column = known.get("variant")
    if column is None:
        if variant not in (None, "all"):
            raise HedgingError(f"table {known['name']} has no variants", remedy="load it without `variant`")
        return frame
    if variant == "all":
        return frame
    found = frame[frame[column] == variant] if variant is not None else frame.iloc[:0]
    if len(found):
        return found.reset_index(drop=True)
    values = sorted(frame[column].dropna().unique())
    if variant is None:
        raise HedgingError(
            f"table {known['name']} holds several series that must not be mixed: name the {column!r}",
            remedy=f"pass variant= one of {', '.join(values)}, or variant='all'",
        )
    raise unknown("variant", variant, [*values, "all"], where=f"table {known['name']}, column {column!r}")


def _package() -> dict[str, Any]:
    return _index()[0]


def _records() -> dict[str, dict[str, Any]]:
    return _index()[1]


def _index() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    path = paths.DATA / "datapackage.json"
    if not path.is_file():
        raise HedgingError("the data package is missing", where=str(path), remedy="make it with `hedging ingest`")
    return _parsed(path, path.stat().st_mtime_ns)


ahead = _index  # for a process whose forks will ask for it


@lru_cache(maxsize=4)
def _parsed(path: Path, _modified: int) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the package and its records by name, read once for each state of the file."""
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
        records = {resource["name"]: resource for resource in parsed["resources"] if resource["path"]}
    except (ValueError, KeyError, TypeError) as fault:
        raise HedgingError(
            f"the data package cannot be read: {fault}", where=str(path), remedy="make it anew with `hedging ingest`"
        ) from fault
    return parsed, records


def _record(name: str) -> dict[str, Any]:
    records = _records()
    if name not in records:
        raise unknown("table", name, records, where=str(paths.DATA))
    return records[name]
