"""Dated expectations: what an honest measure ought to show, read from expectations.yml in a strict form.

They were written down without regard to the op-ed's eras, so a measure that misses many of them measures something
other than alignment.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.argument import form
from hedging.argument.expected_series import SERIES
from hedging.errors import HedgingError, unknown
from hedging.measures import POWERS

DOMAINS = ("aid", "treaties", "meetings", "trade", "un")
MEASURES = ("value", "tilt", "equidistance", "hhi", "level", "share", "tie", "east", "both")
# kind: (directions, fields that it needs beside series, measure, kind and window)
KINDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "level": (("above", "below"), frozenset({"direction", "threshold"})),
    "contrast": (("higher", "lower"), frozenset({"direction", "against"})),
    "date": (("peak", "trough", "crossing"), frozenset({"direction"})),
    "elsewhere": (("peak",), frozenset({"direction"})),
    "order": ((), frozenset({"order"})),
}
NEED_POWER = ("share", "tie")

Years = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """One question to one series; which fields are set depends on `kind` (see the head of expectations.yml)."""

    series: str
    measure: str
    kind: str
    window: Years
    direction: str = ""
    against: Years | None = None
    threshold: float | None = None
    power: str = ""
    order: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Expectation:
    """One expectation: met when all its parts are; `agreement` says how well the sources agree on it."""

    id: str
    domain: str
    agreement: str
    says: str
    sources: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Expectations:
    """The whole file: seed and number of the random draws, and the expectations in order."""

    version: int
    seed: int
    draws: int
    expectations: tuple[Expectation, ...]


def expectations() -> Expectations:
    """Return expectations.yml; an unknown field, series, measure or power is an error that names the nearest."""
    path = paths.ROOT / "expectations.yml"
    return parse(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def parse(path: Path, _changed: int = 0) -> Expectations:
    """Return a file of expectations, checked; HedgingError with file and line for every fault."""
    found = form.read(path)
    given = form.fields(Expectations, found, form.place(path.name, found, "the file"))
    whole = all(type(given[key]) is int for key in ("version", "seed", "draws"))
    if not whole or given["version"] != 1 or given["draws"] < 1 or not isinstance(given["expectations"], list):
        raise HedgingError("version is 1, seed and draws whole numbers, expectations a list", where=path.name)
    listed = tuple(_expectation(one, path.name) for one in given["expectations"])
    ids = [one.id for one in listed]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise HedgingError(f"expectation {twice[0]} is given twice", where=path.name)
    return Expectations(**{**given, "expectations": listed})


def _expectation(found: Any, name: str) -> Expectation:
    what = f"expectation {found.get('id') if isinstance(found, dict) else found!r}"
    where = form.place(name, found, what)
    given = form.fields(Expectation, found, where)
    form.words(given, ("id", "agreement", "says"), where)
    form.choice(given, "domain", DOMAINS, where)
    if not isinstance(given["parts"], list) or not isinstance(given["sources"], list):
        raise HedgingError("parts and sources are lists", where=where)
    parts = tuple(_part(part, f"{what}, part {n}", name) for n, part in enumerate(given["parts"], 1))
    return Expectation(**{**given, "sources": tuple(given["sources"]), "parts": parts})


def _part(found: Any, what: str, name: str) -> Part:
    where = form.place(name, found, what)
    given = form.fields(Part, found, where)
    for key, options in (("series", SERIES), ("measure", MEASURES), ("kind", KINDS)):
        form.choice(given, key, tuple(options), where)
    directions, needs = KINDS[given["kind"]]
    needs = needs | ({"threshold"} if given.get("direction") == "crossing" else set())
    needs = needs | ({"power"} if given["measure"] in NEED_POWER and given["kind"] != "order" else set())
    for key in sorted(needs - given.keys()):
        raise HedgingError(f"a part of this kind needs {key!r}", where=where, remedy=f"add {key}")
    for key in sorted(given.keys() - needs - {"series", "measure", "kind", "window"}):
        raise HedgingError(f"a part of this kind has no {key!r}", where=where, remedy=f"leave {key} out")
    if directions:
        form.choice(given, "direction", directions, where)
    form.number(given, "threshold", where)
    for key in ("window", "against"):
        if key in given:
            given[key] = _years(given[key], key, where)
    given["order"] = tuple(tuple(group) for group in given.get("order", ()))
    for power in [*filter(None, [given.get("power")]), *(power for group in given["order"] for power in group)]:
        if power not in POWERS:
            raise unknown("power", str(power), POWERS, where=where)
    return Part(**given)


def _years(found: Any, key: str, where: str) -> Years:
    if not (isinstance(found, list) and len(found) == 2 and all(type(end) is int for end in found)):
        raise HedgingError(f"{key} {found!r} is no window", where=where, remedy="two years, [1966, 1969]")
    if found[0] > found[1]:
        raise HedgingError(f"{key} {found} is reversed", where=where, remedy=f"write [{found[1]}, {found[0]}]")
    return found[0], found[1]
