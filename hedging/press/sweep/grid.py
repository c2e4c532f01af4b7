"""The grid of a sweep: which parameters take which values, checked whole before anything runs.

parameters:
  arms_variant: ["2022-07", "2026-02"]      # a list of values
  first: {from: 1950, to: 1970, step: 10}   # or a range of whole numbers, both ends included
exclude:                                    # combinations that make no sense
  - {arms_variant: "2026-02", first: 1950}
"""

import hashlib
import itertools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hedging.errors import HedgingError, unknown
from hedging.press import chapters, notebook
from hedging.press.chapters import Chapter

KEYS = ("parameters", "exclude")
RANGE = ("from", "to", "step")
LARGEST = 1_000_000  # points; a larger grid is a slip of the pen


@dataclass(frozen=True)
class Point:
    """One run of the sweep: what the grid sets, and a name made of it and of everything else that shapes the result."""

    id: str
    parameters: tuple[tuple[str, Any], ...]

    def given(self) -> dict[str, Any]:
        """Return the parameters as papermill takes them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.parameters}


@dataclass(frozen=True)
class Grid:
    """Values by parameter in the order of the file, and what is left out."""

    values: tuple[tuple[str, tuple[Any, ...]], ...]
    exclude: tuple[tuple[tuple[str, Any], ...], ...] = ()

    def __len__(self) -> int:
        return math.prod(len(values) for _, values in self.values)

    def points(self, fingerprint: str) -> tuple[Point, ...]:
        """List every run before the first one starts; HedgingError if the exclusions leave none."""
        names = [name for name, _ in self.values]
        rows = (
            tuple(zip(names, row, strict=True)) for row in itertools.product(*(values for _, values in self.values))
        )
        kept = [row for row in rows if not any(set(left) <= set(row) for left in self.exclude)]
        if not kept:
            raise HedgingError("the exclusions leave nothing to run", where="exclude", remedy="take one of them out")
        return tuple(Point(_name(fingerprint, row), row) for row in kept)


def _name(fingerprint: str, row: tuple[tuple[str, Any], ...]) -> str:
    return hashlib.sha256(json.dumps([fingerprint, sorted(row)]).encode()).hexdigest()[:20]


def read(path: Path, chapter: Chapter) -> Grid:
    """Read a grid and hold it against the chapter's own parameters; every fault is told with its place."""
    found = chapters.load_yaml(path)
    where = path.name
    if not isinstance(found, dict) or not isinstance(found.get("parameters"), dict) or not found["parameters"]:
        raise HedgingError("the grid has no parameters", where=where, remedy="write `parameters:` with lists of values")
    for key in found.keys() - set(KEYS):
        raise unknown("key", str(key), KEYS, where=where)
    known = notebook.defaults(notebook.parse(notebook.read_bytes(chapter.notebook, chapter.slug), where), chapter.slug)
    values = {str(name): _values(name, given, f"{where}, {name}") for name, given in found["parameters"].items()}
    for name, listed in values.items():
        for value in listed:
            notebook.check_parameters({name: list(value) if isinstance(value, tuple) else value}, known, where)
    grid = Grid(tuple(values.items()), _exclude(found.get("exclude") or [], values, where))
    if len(grid) > LARGEST:
        raise HedgingError(
            f"the grid has {len(grid):,} points, at most {LARGEST:,} can be run",
            where=where,
            remedy="take fewer values, or exclude combinations in several grids",
        )
    return grid


def _values(name: str, given: Any, where: str) -> tuple[Any, ...]:
    if isinstance(given, dict):
        return _range(given, where)
    if not isinstance(given, list):
        raise HedgingError(f"{name} is {given!r}, no list", where=where, remedy=f"write {name}: [{given!r}]")
    listed = tuple(tuple(value) if isinstance(value, list) else value for value in given)
    if not listed:
        raise HedgingError(f"{name} has no values: the grid is empty", where=where, remedy="name at least one value")
    for value in listed:
        if isinstance(value, dict) or value is None:
            raise HedgingError(f"{value!r} is no value of a parameter", where=where, remedy="numbers, words, lists")
    if len(set(map(repr, listed))) < len(listed):
        raise HedgingError(f"{name} has a value twice", where=where, remedy="name each value once")
    return listed


def _range(given: dict, where: str) -> tuple[int, ...]:
    for key in given.keys() - set(RANGE):
        raise unknown("key of a range", str(key), RANGE, where=where)
    if not {"from", "to"} <= given.keys():
        raise HedgingError("a range without an end is unbounded", where=where, remedy="write {from: 1950, to: 1970}")
    first, last, step = given["from"], given["to"], given.get("step", 1)
    if not all(type(one) is int for one in (first, last, step)) or step < 1 or first > last:
        raise HedgingError("a range runs upward over whole numbers", where=where, remedy="{from: 1950, to: 1970}")
    if (last - first) // step >= LARGEST:
        raise HedgingError(f"the range has more than {LARGEST:,} values", where=where, remedy="take a larger step")
    return tuple(range(first, last + 1, step))


def _exclude(given: Any, values: dict[str, tuple], where: str) -> tuple[tuple[tuple[str, Any], ...], ...]:
    if not isinstance(given, list) or not all(isinstance(one, dict) and one for one in given):
        raise HedgingError("exclude is a list of combinations", where=where, remedy="- {name: value, other: value}")
    for one in given:
        for name, value in one.items():
            if name not in values:
                raise unknown("parameter in exclude", str(name), values, where=where)
            if (tuple(value) if isinstance(value, list) else value) not in values[name]:
                raise unknown(f"value of {name} in exclude", str(value), list(map(str, values[name])), where=where)
    pairs = ({name: tuple(v) if isinstance(v, list) else v for name, v in one.items()} for one in given)
    return tuple(tuple(one.items()) for one in pairs)
