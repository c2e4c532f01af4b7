"""Every specification of a multiverse, listed before any of them is run, and what a rule leaves out of the list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, product
from typing import Any

import pandas as pd

from hedging.argument import measured
from hedging.argument.claims import Claim, claim, registry
from hedging.argument.forks import MOVES, Exclusion, Family
from hedging.argument.portfolio import DRAW
from hedging.errors import HedgingError

Span = tuple[int, int]
When = dict[str, set[str]]


@dataclass(frozen=True)
class Specification:
    """One way to look at one claim: a kind of tie, a statistic, and one value for each fork.

    `window` and `against` are years, or months counted from 1970-01; `against` None with a contrast means the rest of
    the series. `threshold`: what the statistic is held against; `since`: the first date of a late break.
    """

    claim: str
    family: int
    domain: str
    statistic: str
    direction: str
    choices: tuple[tuple[str, str], ...]
    window: Span | None = None
    against: Span | None = None
    threshold: float = 0.0
    since: int | None = None
    least: int = 3

    @property
    def sign(self) -> int:
        """+1 if the claim says higher or above, else -1."""
        return 1 if self.direction in ("higher", "above") else -1

    def choice(self, fork: str, otherwise: str = "") -> str:
        """Return the value of a fork."""
        return dict(self.choices).get(fork, otherwise)


def listed(ids: Sequence[str] | None = None) -> tuple[tuple[Specification, ...], pd.DataFrame]:
    """Return the specifications of the claims (all by default) and what was excluded.

    The second is a frame with one row for each claim, domain and rule that left something out: claim, domain, rule,
    why, excluded (their number). Nothing is run, no table is read. An unknown claim raises HedgingError.
    """
    common = registry()
    specs: list[Specification] = []
    counted: Counter = Counter()
    chosen: tuple[Claim, ...] = common.claims if ids is None else tuple(claim(one) for one in ids)
    for one in chosen:
        for number, family in enumerate(one.multiverse, 1):
            rules = _concerning(common.exclusions, one.id, family)
            for found in _crossed(one.id, number, family, common.multiverse.draws):
                rule = _excluding(rules, found)
                if rule is None:
                    specs.append(found)
                else:
                    counted[one.id, family.domain, rule.name, rule.why] += 1
    names = ["claim", "domain", "rule", "why"]
    rows = pd.DataFrame([dict(zip(names, key, strict=True), excluded=n) for key, n in counted.items()])
    return tuple(specs), rows if counted else pd.DataFrame(columns=[*names, "excluded"])


def frame(specs: Sequence[Specification]) -> pd.DataFrame:
    """Return the specifications as rows: claim, domain, statistic, the dates as text, then one column a fork."""
    chosen = [dict(spec.choices) for spec in specs]
    monthly = [measured.domain(spec.domain).monthly for spec in specs]
    return pd.DataFrame(
        {
            **{name: [getattr(spec, name) for spec in specs] for name in ("claim", "family", "domain", "statistic")},
            "window": [_dates(spec.window, months) for spec, months in zip(specs, monthly, strict=True)],
            "against": [_dates(spec.against, months) for spec, months in zip(specs, monthly, strict=True)],
            **{fork: [one.get(fork) for one in chosen] for fork in dict.fromkeys(chain.from_iterable(chosen))},
        }
    )


def _crossed(claim_id: str, number: int, family: Family, draws: int) -> Iterator[Specification]:
    """Every combination of the fork values; "dirichlet" stands for that many draws of weights."""
    drawn = tuple(f"{DRAW}{n + 1}" for n in range(draws))
    values = [
        [(fork, _written(fork, one)) for value in given for one in (drawn if value == "dirichlet" else (value,))]
        for fork, given in family.forks.items()
    ]
    moved = cache(partial(_moved, family))
    since = None if family.since is None else ordinal(family.since)
    for combination in product(*values):
        choices = dict(combination)
        window, against = moved(int(choices.get("start", 0)), int(choices.get("end", 0)))
        yield Specification(
            claim_id,
            number,
            family.domain,
            family.statistic,
            family.direction,
            combination,
            window,
            None if choices.get("comparison") == "rest" else against,
            family.threshold.get(choices["measure"], 0.0),
            since,
            family.least,
        )


def _written(fork: str, value: Any) -> str:
    return f"{value:+d}" if fork in MOVES and value else str(value)


def _moved(family: Family, start: int, end: int) -> tuple[Span | None, Span | None]:
    """Return the window with its ends moved, and its comparison.

    A comparison that adjoins the window moves along with the boundary; any other gives up the dates that the window
    takes from it.
    """
    if family.window is None:
        return None, None
    first, last = (ordinal(date) for date in family.window)
    window = (first + start, last + end)
    if family.against is None:
        return window, None
    low, high = (ordinal(date) for date in family.against)
    if low == last + 1 or low <= window[1] <= high:
        low = window[1] + 1
    elif high == first - 1 or low <= window[0] <= high:
        high = window[0] - 1
    return window, (low, high)


def _concerning(rules: Sequence[Exclusion], claim_id: str, family: Family) -> list[tuple[Exclusion, When]]:
    """Return the rules that may leave out a combination of a family, with what they say of the forks that it has."""
    same = {"claim": claim_id, "domain": family.domain, "statistic": family.statistic}
    return [
        (rule, {fork: set(values) for fork, values in rule.when.items() if fork not in same})
        for rule in rules
        if all(same[fork] in values if fork in same else fork in family.forks for fork, values in rule.when.items())
    ]


def _excluding(rules: Sequence[tuple[Exclusion, When]], found: Specification) -> Exclusion | None:
    """Return the first rule that leaves the combination out."""
    choices = dict(found.choices)
    for rule, when in rules:
        if rule.rule == "too_short":
            hit = any(
                span is not None and span[1] - span[0] + 1 < found.least for span in (found.window, found.against)
            )
        else:
            hit = all(_as_given(choices[fork]) in values for fork, values in when.items())
        if hit:
            return rule
    return None


def _as_given(value: str) -> str:
    """Return a fork's value as claims.yml has it, where one word stands for all draws of weights and +2 is 2."""
    return "dirichlet" if value.startswith(DRAW) else value.removeprefix("+")


@cache
def ordinal(date: int | str) -> int:
    """Return a year as it is, and a month "YYYY-MM" as the number of months since 1970-01."""
    if isinstance(date, int):
        return date
    try:
        return pd.Period(date, freq="M").ordinal
    except ValueError as fault:
        raise HedgingError(f"{date!r} is no month", remedy='write a year, 2003, or a month, "2018-03"') from fault


@cache
def _dates(span: Span | None, monthly: bool) -> str:
    if span is None:
        return ""
    first, last = (str(pd.Period(ordinal=one, freq="M")) if monthly else str(one) for one in span)
    return f"{first}-{last}" if not monthly else f"{first} to {last}"
