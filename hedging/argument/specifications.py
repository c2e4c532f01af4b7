"""Every specification of a multiverse, listed before any of them is run, and what a rule leaves out of the list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import pandas as pd

from hedging.argument import measured
from hedging.argument.claims import Claim, Registry, claim, registry
from hedging.argument.forks import MOVES, Exclusion, Family
from hedging.argument.portfolio import DRAW
from hedging.errors import HedgingError

Span = tuple[int, int]


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
            for choices in _crossed(family, common.multiverse.draws):
                found = _placed(one.id, number, family, choices)
                rule = _excluding(common, one.id, family, choices, found)
                if rule is None:
                    specs.append(found)
                else:
                    counted[one.id, family.domain, rule.name, rule.why] += 1
    names = ["claim", "domain", "rule", "why"]
    rows = pd.DataFrame([dict(zip(names, key, strict=True), excluded=n) for key, n in counted.items()])
    return tuple(specs), rows if counted else pd.DataFrame(columns=[*names, "excluded"])


def frame(specs: Sequence[Specification]) -> pd.DataFrame:
    """Return the specifications as rows: claim, domain, statistic, the dates as text, then one column a fork."""
    rows = []
    for spec in specs:
        monthly = measured.domain(spec.domain).monthly
        rows.append(
            {
                "claim": spec.claim,
                "family": spec.family,
                "domain": spec.domain,
                "statistic": spec.statistic,
                "window": _dates(spec.window, monthly),
                "against": _dates(spec.against, monthly),
                **dict(spec.choices),
            }
        )
    return pd.DataFrame(rows)


def _crossed(family: Family, draws: int) -> Iterator[dict[str, Any]]:
    """Every combination of the fork values; "dirichlet" stands for that many draws of weights."""
    drawn = tuple(f"{DRAW}{n + 1}" for n in range(draws))
    values = {
        fork: [one for value in given for one in (drawn if value == "dirichlet" else (value,))]
        for fork, given in family.forks.items()
    }
    for combination in product(*values.values()):
        yield dict(zip(values, combination, strict=True))


def _placed(claim_id: str, number: int, family: Family, choices: dict[str, Any]) -> Specification:
    window, against = _moved(family, choices.get("start", 0), choices.get("end", 0))
    return Specification(
        claim_id,
        number,
        family.domain,
        family.statistic,
        family.direction,
        tuple((fork, f"{value:+d}" if fork in MOVES and value else str(value)) for fork, value in choices.items()),
        window,
        None if choices.get("comparison") == "rest" else against,
        family.threshold.get(choices["measure"], 0.0),
        None if family.since is None else ordinal(family.since),
        family.least,
    )


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


def _excluding(
    common: Registry, claim_id: str, family: Family, choices: dict[str, Any], found: Specification
) -> Exclusion | None:
    """Return the first rule that leaves the combination out."""
    facts = {"claim": claim_id, "domain": family.domain, "statistic": family.statistic, **choices}
    short = any(span is not None and span[1] - span[0] + 1 < family.least for span in (found.window, found.against))
    for rule in common.exclusions:
        if rule.rule == "too_short":
            hit = short
        else:
            hit = all(fork in facts and _as_written(facts[fork]) in values for fork, values in rule.when.items())
        if hit:
            return rule
    return None


def _as_written(value: Any) -> str:
    """Return a fork's value as claims.yml has it, where one word stands for all draws of weights."""
    return "dirichlet" if str(value).startswith(DRAW) else str(value)


@cache
def ordinal(date: int | str) -> int:
    """Return a year as it is, and a month "YYYY-MM" as the number of months since 1970-01."""
    if isinstance(date, int):
        return date
    try:
        return pd.Period(date, freq="M").ordinal
    except ValueError as fault:
        raise HedgingError(f"{date!r} is no month", remedy='write a year, 2003, or a month, "2018-03"') from fault


def _dates(span: Span | None, monthly: bool) -> str:
    if span is None:
        return ""
    first, last = (str(pd.Period(ordinal=one, freq="M")) if monthly else str(one) for one in span)
    return f"{first}-{last}" if not monthly else f"{first} to {last}"
