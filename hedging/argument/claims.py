"""The claims of the op-ed as data: what each says, what it predicts, what would count against it, and its tests."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.argument import form
from hedging.errors import HedgingError, unknown

SENSES = {
    "a": "equidistance between patrons",
    "b": "hedging across blocs",
    "c": "extraction",
    "n": "nuclear and autonomy",
    "w": "words",
}
MEASURES = ("cross_bloc_share", "cross_bloc_hedge", "tilt", "equidistance", "between", "moscow_beijing", "h3")
# kind: (fields it needs, fields it may have), beside series, of, kind and direction
KINDS = {
    "level": ({"statistic", "window", "threshold"}, {"least"}),
    "contrast": ({"window"}, {"against", "alpha", "least", "detrend"}),
    "posterior": ({"measure", "threshold"}, {"least"}),
    "value": ({"threshold"}, {"margin"}),
}
DIRECTIONS = {"contrast": ("higher", "lower")}  # every other kind: above, below
DEFAULTS = {"level": {"least": 5}, "contrast": {"least": 3}, "posterior": {"least": 1}}

Window = tuple[int, int] | tuple[str, str]


@dataclass(frozen=True)
class Test:
    """One test, fixed in advance; which fields are set depends on `kind` (see hedging.argument.outcomes)."""

    __test__ = False  # no pytest class

    series: str
    of: str
    kind: str
    direction: str
    statistic: str = ""
    window: Window | None = None
    against: Window | None = None
    threshold: float | None = None
    least: int = 1
    alpha: float = 0.05
    detrend: bool = False
    measure: str = ""
    margin: float = 0.0


@dataclass(frozen=True)
class Claim:
    """One claim: `sense` a key of SENSES, `fails_if` what would count against it, `seed` that of its tests."""

    id: str
    chapter: str
    sense: str
    says: str
    expects: str
    fails_if: str
    tests: tuple[Test, ...]
    rivals: dict[str, str] = field(default_factory=dict, hash=False)
    seed: int = 0

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series that the tests need, each once."""
        return tuple(dict.fromkeys(test.series for test in self.tests))


@dataclass(frozen=True)
class _File:
    version: int
    seed: int
    claims: list


def claims(chapter: str | None = None) -> tuple[Claim, ...]:
    """Return the claims of claims.yml in its order, of one chapter or of all; an unknown chapter is an error."""
    found = _load()
    if chapter is None:
        return found
    if chapter not in {one.chapter for one in found}:
        raise unknown("chapter with claims", chapter, {one.chapter for one in found}, where="claims.yml")
    return tuple(one for one in found if one.chapter == chapter)


def claim(id: str) -> Claim:
    """Return one claim by its id; an unknown id is an error that names the nearest."""
    found = {one.id: one for one in _load()}
    if id not in found:
        raise unknown("claim", id, found, where="claims.yml")
    return found[id]


def _load() -> tuple[Claim, ...]:
    path = paths.ROOT / "claims.yml"
    return _parse(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _parse(path: Path, _changed: int) -> tuple[Claim, ...]:
    found = form.read(path)
    given = form.fields(_File, found, form.place(path.name, found, "the file"))
    if given["version"] != 1 or type(given["seed"]) is not int or not isinstance(given["claims"], list):
        raise HedgingError("version must be 1, seed a whole number and claims a list", where=path.name)
    parsed = tuple(_claim(one, given["seed"], path.name) for one in given["claims"])
    seen: set[str] = set()
    for one in parsed:
        if one.id in seen:
            raise HedgingError(f"claim {one.id!r} is given twice", where=path.name)
        seen.add(one.id)
    return parsed


def _claim(found: Any, seed: int, name: str) -> Claim:
    given_id = found.get("id") if isinstance(found, dict) else None
    where = form.place(name, found, f"claim {given_id}")
    given = form.fields(Claim, found, where)
    if "seed" in given:
        raise HedgingError("one seed serves all claims", where=where, remedy="set seed at the top of the file")
    form.words(given, ("id", "chapter", "says", "expects", "fails_if"), where)
    form.choice(given, "sense", tuple(SENSES), where)
    rivals = given.get("rivals") or {}
    if not isinstance(rivals, dict) or not isinstance(given["tests"], list):
        raise HedgingError("rivals must be a mapping and tests a list", where=where)
    rivals = form.plain(rivals)
    form.words(rivals, tuple(rivals), f"{where}, rivals")
    tests = tuple(_test(test, f"claim {given_id}, test {n}", name) for n, test in enumerate(given["tests"], 1))
    return Claim(**{**given, "tests": tests, "rivals": rivals, "seed": seed})


def _test(found: Any, what: str, name: str) -> Test:
    where = form.place(name, found, what)
    given = form.fields(Test, found, where)
    form.words(given, ("series", "of"), where)
    if not given["series"].isidentifier():
        raise HedgingError(f"series {given['series']!r} cannot name an argument", where=where, remedy="use arms_q")
    form.choice(given, "kind", tuple(KINDS), where)
    kind = given["kind"]
    needs, may = KINDS[kind]
    for key in sorted(needs - given.keys()):
        raise HedgingError(f"a test of kind {kind!r} needs {key!r}", where=where, remedy=f"add {key}")
    for key in given.keys() - needs - may - {"series", "of", "kind", "direction"}:
        raise HedgingError(f"a test of kind {kind!r} has no {key!r}", where=where, remedy=f"leave {key} out")
    form.choice(given, "direction", DIRECTIONS.get(kind, ("above", "below")), where)
    _values(given, where)
    return Test(**{**DEFAULTS.get(kind, {}), **given})


def _values(given: dict[str, Any], where: str) -> None:
    """Check the values of a test and turn its windows into pairs, in place."""
    for key in ("threshold", "margin", "alpha", "least"):
        form.number(given, key, where)
    for key, options in (("statistic", ("mean", "median")), ("measure", MEASURES), ("detrend", (True, False))):
        if key in given and given[key] not in options:
            raise unknown(key, str(given[key]), [str(option) for option in options], where=where)
    limits = (0 < given.get("alpha", 0.05) < 1, given.get("margin", 0) >= 0, given.get("threshold", 0) is not None)
    if not all(limits) or type(given.get("least", 1)) is not int or given.get("least", 1) < 1:
        raise HedgingError(
            "alpha lies in (0, 1), margin is >= 0, threshold a number, least a whole number", where=where
        )
    for key in ("window", "against"):
        if key in given:
            given[key] = _window(given[key], key, where)
    if "against" in given:
        window, against = given["window"], given["against"]
        if type(window[0]) is not type(against[0]) or (window[0] <= against[1] and against[0] <= window[1]):
            raise HedgingError(f"window {window} and against {against} overlap or differ in kind", where=where)


def _window(found: Any, key: str, where: str) -> Window:
    years = isinstance(found, list) and len(found) == 2 and all(type(end) is int for end in found)
    months = (
        isinstance(found, list)
        and len(found) == 2
        and all(isinstance(end, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", end) for end in found)
    )
    if not (years or months):
        raise HedgingError(
            f"{key} {found!r} is no window",
            where=where,
            remedy='two years, [1961, 1979], or months, ["2018-03", "2019-06"]',
        )
    if found[0] > found[1]:
        raise HedgingError(f"{key} {found} is reversed", where=where, remedy=f"write [{found[1]}, {found[0]}]")
    return found[0], found[1]
