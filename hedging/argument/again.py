"""A claim judged again with another source for some of its tests: would the word be another one?

The tests, their thresholds and the rule stay. Only the tests that the other source feeds are run anew; the rest keep
the outcome that the claim's chapter found.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hedging.argument import finding as judging
from hedging.argument import outcomes
from hedging.argument.claims import claim
from hedging.argument.finding import Finding
from hedging.argument.summary import Ledger
from hedging.errors import HedgingError, unknown


def again(found: Finding, /, **series: Any) -> Finding:
    """Return the finding as it would be with other series for the tests that are named.

    The series as `judge` takes them. A name that the claim does not know, none at all, and a finding whose tests are
    not those of claims.yml raise HedgingError.
    """
    judged, where = claim(found.claim), f"again({found.claim})"
    for name in series:
        if name not in judged.series:
            raise unknown("series", name, judged.series, where=where)
    if not series:
        raise HedgingError("nothing to judge anew", where=where, remedy=f"give one of {', '.join(judged.series)}")
    if [test.series for test in judged.tests] != [test["series"] for test in found.tests]:
        raise HedgingError("the finding has other tests than claims.yml", where=where, remedy="hedging build")
    tests = tuple(
        judging.as_json(test, outcomes.run(test, series[test.series], judged.seed, where))
        if test.series in series
        else before
        for test, before in zip(judged.tests, found.tests, strict=True)
    )
    counted = Counter(test["outcome"] for test in tests)
    return replace(found, tests=tests, verdict=judging.verdict(counted), reason=judging.reason(counted))


@dataclass(frozen=True)
class Rejudged:
    """One claim before and after: `source` says in words what was exchanged."""

    source: str
    before: Finding
    after: Finding

    @property
    def moved(self) -> bool:
        """Whether the verdict is another one."""
        return self.before.verdict != self.after.verdict

    @property
    def turned(self) -> list[str]:
        """Name the tests whose outcome is another one."""
        pairs = zip(self.before.tests, self.after.tests, strict=True)
        return [after["series"] for before, after in pairs if before["outcome"] != after["outcome"]]


def exchanged(found: Iterable[Finding], source: str, series: Mapping[str, Mapping[str, Any]]) -> list[Rejudged]:
    """Judge several claims again on one other source: `series` by claim; a claim without a finding is an error."""
    known = {one.claim: one for one in found}
    for name in series:
        if name not in known:
            raise unknown("claim", name, known, where=source)
    return [Rejudged(source, known[name], again(known[name], **given)) for name, given in series.items()]


def table(rows: Iterable[Rejudged]) -> Ledger:
    """Return the table of claims judged again: what was exchanged, both verdicts, and the tests that turned."""
    head = ("Other source", "Claim", "Verdict in the book", "With the other source", "Tests that turn")
    lines = [
        (
            one.source,
            one.before.claim,
            one.before.verdict,
            f"**{one.after.verdict}**" if one.moved else "the same",
            ", ".join(name.replace("_", " ") for name in one.turned) or "none",
        )
        for one in rows
    ]
    return Ledger(head, lines)
