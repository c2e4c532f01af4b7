"""The predeclared forks as data: which choices a claim must survive, which combinations are excluded, and by what rule
a multiverse gets its word.

Everything here is read from claims.yml before a result exists. A fork, value, domain or measure that nothing knows is
an error with the nearest that something does.
"""

from dataclasses import dataclass, field
from typing import Any

from hedging.argument import form, measured
from hedging.argument.portfolio import parts_named
from hedging.errors import HedgingError, unknown

# statistic: (directions, forks of its own, fields it needs beside domain, direction, forks)
STATISTICS = {
    "level": (("above", "below"), ("summary", "start", "end"), {"window", "threshold"}),
    "contrast": (("higher", "lower"), ("summary", "start", "end", "comparison", "detrend"), {"window", "against"}),
    "change": (("above", "below"), ("change", "start", "end"), {"window"}),
    "added": (("above", "below"), ("start", "end"), {"window", "against"}),
    "break": (("above", "below"), ("side",), {"since"}),
}
VALUES = {
    "summary": ("mean", "median", "pooled"),
    "comparison": ("named", "rest"),
    "detrend": ("as_is", "line_out"),
    "change": ("ends", "trend"),
}
MOVES = ("start", "end", "side")  # forks whose values are whole numbers of years or months
STRUCTURE = ("too_short",)  # rules about windows, checked by hedging.argument.specifications


@dataclass(frozen=True)
class Family:
    """Specifications of one claim that share a kind of tie and a statistic; `forks` are crossed in full."""

    domain: str
    statistic: str
    direction: str
    forks: dict[str, tuple] = field(hash=False)
    window: tuple | None = None
    against: tuple | None = None
    threshold: dict[str, float] = field(default_factory=dict, hash=False)
    since: Any = None
    least: int = 3


@dataclass(frozen=True)
class Exclusion:
    """A rule that leaves combinations out before anything runs: `when` fork values meet, or a structural `rule`."""

    why: str
    rule: str = ""
    when: dict[str, tuple] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The rule in one line."""
        return self.rule or ", ".join(f"{fork} {'/'.join(values)}" for fork, values in self.when.items())


@dataclass(frozen=True)
class Rule:
    """How a multiverse gets its word (see hedging.argument.words), and the constants of the runs.

    `robust` and `against`: shares of the testable specifications with the claimed sign; `alpha` of the joint placebo;
    `testable`: the least share of specifications that must give a number; `shifts`: the fewest places on the circle for
    a p value; `draws`: Dirichlet weights beside the equal ones.
    """

    robust: float
    against: float
    alpha: float
    testable: float
    shifts: int
    draws: int


def rule(found: Any, name: str) -> Rule:
    """Read the rule of words; every constant must be there and lie in its range."""
    where = form.place(name, found, "multiverse")
    given = form.fields(Rule, found, where)
    for key in given:
        form.number(given, key, where)
    shares = [given[key] for key in ("robust", "against", "alpha", "testable")]
    whole = all(type(given[key]) is int and given[key] >= 1 for key in ("shifts", "draws"))
    if not all(0 < share < 1 for share in shares) or given["against"] >= given["robust"] or not whole:
        raise HedgingError(
            "robust, against, alpha and testable lie in (0, 1), against under robust; shifts and draws are whole",
            where=where,
        )
    return Rule(**given)


def exclusions(found: Any, described: dict[str, str], name: str) -> tuple[Exclusion, ...]:
    """Read the rules of exclusion; each has a reason, and names forks that are described."""
    if not isinstance(found, list):
        raise HedgingError("exclusions must be a list", where=name)
    return tuple(_exclusion(one, described, form.place(name, one, f"exclusion {n}")) for n, one in enumerate(found, 1))


def _exclusion(found: Any, described: dict[str, str], where: str) -> Exclusion:
    given = form.fields(Exclusion, found, where)
    form.words(given, ("why",), where)
    if ("rule" in given) == ("when" in given):
        raise HedgingError("an exclusion has either `rule` or `when`", where=where)
    if "rule" in given:
        form.choice(given, "rule", STRUCTURE, where)
        return Exclusion(**given)
    when = {}
    for fork, values in form.plain(given["when"]).items():
        if fork not in described and fork not in ("domain", "statistic", "claim"):
            raise unknown("fork", fork, {*described, "domain", "statistic", "claim"}, where=where)
        when[fork] = tuple(map(str, values if isinstance(values, list) else [values]))
    return Exclusion(given["why"], when=when)


def families(found: Any, described: dict[str, str], what: str, name: str) -> tuple[Family, ...]:
    """Read the families of one claim; see `Family`."""
    if not isinstance(found, list):
        raise HedgingError("multiverse must be a list of families", where=what)
    return tuple(
        _family(one, described, form.place(name, one, f"{what}, family {n}")) for n, one in enumerate(found, 1)
    )


def _family(found: Any, described: dict[str, str], where: str) -> Family:
    given = form.fields(Family, found, where)
    form.choice(given, "statistic", tuple(STATISTICS), where)
    directions, own, needs = STATISTICS[given["statistic"]]
    form.choice(given, "direction", directions, where)
    for key in sorted(needs - given.keys()):
        raise HedgingError(f"statistic {given['statistic']!r} needs {key!r}", where=where, remedy=f"add {key}")
    for key in sorted(({"window", "against", "threshold", "since"} - needs) & given.keys()):
        raise HedgingError(f"statistic {given['statistic']!r} has no {key!r}", where=where, remedy=f"leave {key} out")
    forks = _forks(given["forks"], given["domain"], own, described, where)
    if type(given.get("least", 1)) is not int or given.get("least", 1) < 1:
        raise HedgingError("least must be a whole number", where=where)
    for key in ("window", "against"):
        if key in given:
            given[key] = form.window(given[key], key, where)
    if "threshold" in given:
        given["threshold"] = _thresholds(given["threshold"], forks["measure"], where)
    return Family(**{**given, "forks": forks})


def _forks(found: Any, domain: str, own: tuple[str, ...], described: dict[str, str], where: str) -> dict[str, tuple]:
    """Return every fork that the domain or the statistic knows: as listed, else the domain's first value alone."""
    if not isinstance(found, dict) or "measure" not in found:
        raise HedgingError("forks must be a mapping with `measure`", where=where, remedy="measure: [q, h_east]")
    known = measured.domain(domain).forks
    for fork, values in form.plain(found).items():
        if fork not in (*known, *own, "measure"):
            raise unknown("fork", fork, (*known, *own, "measure"), where=f"{where}, domain {domain}")
        if fork not in described:
            raise unknown("fork (it is not described under `forks`)", fork, described, where=where)
        _values(fork, values, _options(fork, domain), where)
    first = {fork: (values[0],) for fork, values in known.items()}
    listed = {fork: tuple(values) for fork, values in form.plain(found).items()}
    return first | listed


def _options(fork: str, domain: str) -> tuple[str, ...] | None:
    if fork == "measure":
        return measured.measures_of(domain)
    return None if fork in MOVES else VALUES.get(fork) or measured.domain(domain).forks[fork]


def _values(fork: str, values: Any, options: tuple[str, ...] | None, where: str) -> None:
    if not isinstance(values, list) or not values or len(set(map(str, values))) < len(values):
        raise HedgingError(f"{fork} must be a list of different values", where=where)
    for value in values:
        if options is None:
            if type(value) is not int:
                raise HedgingError(f"{fork} moves by whole years or months, not {value!r}", where=where)
        elif fork == "parts":
            parts_named(str(value))
        elif value not in options:
            raise unknown(f"value of fork {fork!r}", str(value), options, where=where)


def _thresholds(found: Any, measures: tuple, where: str) -> dict[str, float]:
    """Return the threshold of each measure: one for all, or a mapping that leaves none out."""
    given = form.plain(found) if isinstance(found, dict) else dict.fromkeys(measures, found)
    if set(given) != set(measures):
        raise HedgingError(f"threshold must name {', '.join(measures)}, each once", where=where)
    for measure in given:
        form.number(given, measure, where)
    return {measure: float(value) for measure, value in given.items()}
