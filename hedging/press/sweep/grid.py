"""The grid of a sweep: which parameters take which values, checked whole before anything runs.

parameters:
  arms_variant: ["2022-07", "2026-02"]      # a list of values
  first: {from: 1950, to: 1970, step: 10}   # or a range of whole numbers, both ends included
exclude:                                    # combinations that make no sense
  - {arms_variant: "2026-02", first: 1950}

A point is a number, its place in the product of all values; only the few that are about to run are ever spelled out,
so that a million of them weigh sixteen megabytes.
"""

import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from hedging.errors import HedgingError, unknown
from hedging.press import chapters
from hedging.press.parameters import Parameters

KEYS = ("parameters", "exclude")
RANGE = ("from", "to", "step")
LARGEST = 10_000_000  # points; a larger grid is a slip of the pen
CHUNK = 100_000  # points looked at together
NAME = 8  # bytes of a name: among ten million points, one chance in 370,000 that any two share theirs

Values = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class Point:
    """One run of the sweep: what the grid sets, and a name made of it and of everything else that shapes the result."""

    id: str  # 16 hexadecimal digits
    parameters: tuple[tuple[str, Any], ...]

    def given(self) -> dict[str, Any]:
        """Return the parameters as papermill takes them."""
        return {name: _loose(value) for name, value in self.parameters}


@dataclass(frozen=True)
class Grid:
    """Values by parameter in the order of the file, and combinations that are left out."""

    values: Values
    exclude: tuple[tuple[tuple[str, Any], ...], ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each parameter takes."""
        return tuple(len(values) for _, values in self.values)

    def points(self, fingerprint: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield (numbers, names) of the points to run, some at a time: two arrays of int64 and uint64."""
        inward = sorted(range(len(self.values)), key=lambda at: self.values[at][0])  # a name knows no order
        pick = itemgetter(*inward)
        rows = itertools.product(*(_written(name, values) for name, values in self.values))
        begun = blake2b(fingerprint.encode(), digest_size=NAME)
        for first in range(0, math.prod(self.shape), CHUNK):
            names = np.fromiter((_name(begun, "".join(pick(row))) for row in itertools.islice(rows, CHUNK)), np.uint64)
            numbers = np.arange(first, first + len(names))
            kept = ~self._left_out(numbers)
            yield numbers[kept], names[kept]

    def point(self, number: int, name: int) -> Point:
        """Spell a point out."""
        places = np.unravel_index(number, self.shape)
        row = ((key, values[at]) for (key, values), at in zip(self.values, places, strict=True))
        return Point(f"{name:016x}", tuple(row))

    def _left_out(self, numbers: np.ndarray) -> np.ndarray:
        out = np.zeros(len(numbers), bool)
        if self.exclude:
            places = dict(zip((name for name, _ in self.values), np.unravel_index(numbers, self.shape), strict=True))
            listed = dict(self.values)
            for combination in self.exclude:
                hits = (places[name] == _place(listed[name], value) for name, value in combination)
                out |= np.logical_and.reduce(list(hits))
        return out


def _place(values: tuple[Any, ...], value: Any) -> int:
    return next(at for at, one in enumerate(values) if _same(one, value))


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other  # 1, 1.0 and True are three values


def _written(name: str, values: tuple[Any, ...]) -> list[str]:
    return [f"{json.dumps(name)}: {json.dumps(value)}\n" for value in values]


def _name(begun: Any, text: str) -> int:
    digest = begun.copy()
    digest.update(text.encode())
    return int.from_bytes(digest.digest())


def read(path: Path, known: Parameters) -> Grid:
    """Read a grid and hold it against the chapter's own parameters; every fault is a HedgingError with its place."""
    found = chapters.load_yaml(path)
    where = path.name
    if not isinstance(found, dict) or not isinstance(found.get("parameters"), dict) or not found["parameters"]:
        raise HedgingError("the grid has no parameters", where=where, remedy="write `parameters:` with lists of values")
    for key in found.keys() - set(KEYS):
        raise unknown("key", str(key), KEYS, where=where)
    values = tuple((str(name), _values(name, given, where)) for name, given in found["parameters"].items())
    _hold(values, known, where)
    grid = Grid(values, _exclude(found.get("exclude") or [], dict(values), where))
    if math.prod(grid.shape) > LARGEST:
        raise HedgingError(
            f"the grid has {math.prod(grid.shape):,} points, at most {LARGEST:,} can be run",
            where=where,
            remedy="take fewer values, or cut it into several grids",
        )
    if not any(len(numbers) for numbers, _ in grid.points("")):
        raise HedgingError("the exclusions leave nothing to run", where=f"{where}, exclude", remedy="take one out")
    return grid


def _hold(values: Values, known: Parameters, where: str) -> None:
    for name, listed in values:
        ends = (listed[0], listed[-1]) if isinstance(listed, Whole) else listed
        for value in ends:
            known.check({name: _loose(value)}, f"{where}, {name}")


class Whole(tuple):
    """Whole numbers of a range, of which it is enough to check the ends."""

    __slots__ = ()


def _values(name: str, given: Any, where: str) -> tuple[Any, ...]:
    where = f"{where}, {name}"
    if isinstance(given, dict):
        return _range(given, where)
    if not isinstance(given, list):
        raise HedgingError(f"{name} is {given!r}, no list", where=where, remedy=f"write {name}: [{given!r}]")
    if not given:
        raise HedgingError(f"{name} has no values: the grid is empty", where=where, remedy="name at least one value")
    for value in given:
        inside = value if isinstance(value, list) else [value]
        if value is None or any(isinstance(one, dict | list) or one is None for one in inside):
            raise HedgingError(f"{value!r} is no value of a parameter", where=where, remedy="numbers, words, lists")
    listed = tuple(_firm(value) for value in given)
    if len({(type(value), repr(value)) for value in listed}) < len(listed):
        raise HedgingError(f"{name} has a value twice", where=where, remedy="name each value once")
    return listed


def _firm(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _loose(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _range(given: dict, where: str) -> Whole:
    for key in given.keys() - set(RANGE):
        raise unknown("key of a range", str(key), RANGE, where=where)
    if not {"from", "to"} <= given.keys():
        raise HedgingError("a range without an end is unbounded", where=where, remedy="write {from: 1950, to: 1970}")
    first, last, step = given["from"], given["to"], given.get("step", 1)
    if not all(type(one) is int for one in (first, last, step)) or step < 1 or first > last:
        raise HedgingError("a range runs upward over whole numbers", where=where, remedy="{from: 1950, to: 1970}")
    if (last - first) // step >= LARGEST:
        raise HedgingError(f"the range has more than {LARGEST:,} values", where=where, remedy="take a larger step")
    return Whole(range(first, last + 1, step))


def _exclude(given: Any, values: dict[str, tuple], where: str) -> tuple[tuple[tuple[str, Any], ...], ...]:
    where = f"{where}, exclude"
    if not isinstance(given, list) or not all(isinstance(one, dict) and one for one in given):
        raise HedgingError("exclude is a list of combinations", where=where, remedy="- {name: value, other: value}")
    for one in given:
        for name, value in one.items():
            if name not in values:
                raise unknown("parameter in exclude", str(name), values, where=where)
            if not any(_same(_firm(value), other) for other in values[name]):
                raise unknown(f"value of {name} in exclude", str(value), map(str, values[name]), where=where)
    return tuple(tuple((name, _firm(value)) for name, value in one.items()) for one in given)
