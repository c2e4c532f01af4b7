"""The tests of the claims as data: what each measures, which result counts for the claim, what each reading expects."""

from dataclasses import dataclass, field
from typing import Any

from hedging.argument import form
from hedging.errors import HedgingError, unknown

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


@dataclass(frozen=True)
class Test:
    """One test, fixed in advance; which fields are set depends on `kind` (see hedging.argument.outcomes).

    `predicts`: the direction that each rival reading expects of the same series, where it expects one.
    """

    __test__ = False  # no pytest class

    series: str
    of: str
    kind: str
    direction: str
    statistic: str = ""
    window: form.Window | None = None
    against: form.Window | None = None
    threshold: float | None = None
    least: int = 1
    alpha: float = 0.05
    detrend: bool = False
    measure: str = ""
    margin: float = 0.0
    predicts: dict[str, str] = field(default_factory=dict, hash=False)


def test(found: Any, what: str, name: str, readings: tuple[str, ...]) -> Test:
    """Read one test; nothing unknown passes."""
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
    for key in given.keys() - needs - may - {"series", "of", "kind", "direction", "predicts"}:
        raise HedgingError(f"a test of kind {kind!r} has no {key!r}", where=where, remedy=f"leave {key} out")
    directions = DIRECTIONS.get(kind, ("above", "below"))
    form.choice(given, "direction", directions, where)
    given["predicts"] = _predictions(given.get("predicts") or {}, readings, directions, where)
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
            given[key] = form.window(given[key], key, where)
    if "against" in given:
        window, against = given["window"], given["against"]
        if type(window[0]) is not type(against[0]) or (window[0] <= against[1] and against[0] <= window[1]):
            raise HedgingError(f"window {window} and against {against} overlap or differ in kind", where=where)


def _predictions(found: Any, readings: tuple[str, ...], directions: tuple[str, ...], where: str) -> dict[str, str]:
    if not isinstance(found, dict):
        raise HedgingError("predicts must be a mapping of readings to directions", where=where)
    predicted = form.plain(found)
    for reading in predicted:
        if reading not in readings:
            raise unknown("reading", str(reading), readings, where=f"{where}, predicts")
        form.choice(predicted, reading, directions, f"{where}, predicts")
    return predicted
