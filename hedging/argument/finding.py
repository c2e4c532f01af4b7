"""From outcomes to one verdict, by a rule fixed in advance, and how a finding shows itself on the page.

| outcomes of the tests                                                          | verdict                          |
|--------------------------------------------------------------------------------|----------------------------------|
| at least one `for`, no `against`, and at least half of the tests decide        | supported                        |
| at least one `against`, no `for`, and at least half of the tests decide        | contradicted                     |
| both `for` and `against` occur                                                 | contested                        |
| anything else: no test decides, or fewer than half do                          | not testable with these data     |

A test decides when its outcome is `for` or `against`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from hedging.argument import outcomes
from hedging.argument.claims import SENSES, Claim, Test, claim
from hedging.errors import HedgingError, unknown

MIME = "application/vnd.hedging.finding+json"
SUPPORTED, CONTRADICTED, CONTESTED = "supported", "contradicted", "contested"
NOT_TESTABLE = "not testable with these data"
VERDICTS = (SUPPORTED, CONTRADICTED, CONTESTED, NOT_TESTABLE)


@dataclass(frozen=True)
class Finding:
    """A judged claim: its words, the verdict with its reason, and every test with what it found (plain values)."""

    claim: str
    chapter: str
    sense: str
    says: str
    expects: str
    fails_if: str
    verdict: str
    reason: str
    tests: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON values."""
        return {**asdict(self), "tests": [dict(test) for test in self.tests]}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {MIME: self.as_dict(), "text/markdown": self._markdown(), "text/plain": repr(self)}

    def _markdown(self) -> str:
        lines = [
            f"**{self.claim}: {self.verdict}.** {self.says.rstrip('.')}. ({SENSES[self.sense]})",
            f"Reason: {self.reason}.",
            f"Expected: {self.expects.rstrip('.')}. Would count against it: {self.fails_if.rstrip('.')}.",
            "\n".join(f"- *{test['outcome']}*: {test['statement']}." for test in self.tests),
        ]
        return "\n\n".join(lines)

    def __repr__(self) -> str:
        return f"{self.claim}: {self.verdict} ({self.reason})"


def judge(claim_id: str, /, **series: Any) -> Finding:
    """Apply the predeclared tests of a claim to the series that the notebook gives by name.

    A Series over years (integers) or months for `level` and `contrast`, counts by power for `posterior`, one number
    for `value`. An unknown claim, a series too many or too few, or a wrong type raises HedgingError.
    """
    judged = claim(claim_id)
    where = f"judge({claim_id!r}, ...)"
    for name in series:
        if name not in judged.series:
            raise unknown("series", name, judged.series, where=where)
    absent = [name for name in judged.series if name not in series]
    if absent:
        raise HedgingError(
            f"{claim_id} is judged on {', '.join(absent)} too", where=where, remedy=f"give {', '.join(judged.series)}"
        )
    found = [(test, outcomes.run(test, series[test.series], judged.seed, where)) for test in judged.tests]
    return concluded(judged, found)


def concluded(judged: Claim, found: Sequence[tuple[Test, outcomes.Outcome]]) -> Finding:
    """Return the finding on a claim whose tests came out like this."""
    counted = Counter(outcome.outcome for _, outcome in found)
    return Finding(
        judged.id,
        judged.chapter,
        judged.sense,
        judged.says,
        judged.expects,
        judged.fails_if,
        verdict(counted),
        reason(counted),
        tuple(as_json(test, outcome) for test, outcome in found),
    )


def verdict(counted: Mapping[str, int]) -> str:
    """Return the verdict for a count of outcomes, by the table at the top of this module."""
    pro, contra, tests = counted.get(outcomes.FOR, 0), counted.get(outcomes.AGAINST, 0), sum(counted.values())
    if pro and contra:
        return CONTESTED
    if not (pro or contra) or 2 * (pro + contra) < tests:
        return NOT_TESTABLE
    return SUPPORTED if pro else CONTRADICTED


def reason(counted: Mapping[str, int]) -> str:
    """Say the outcomes in plain words: "2 of 3 tests for it, 1 with too few observations"."""
    tests = sum(counted.values())
    words = {
        outcomes.FOR: "for it",
        outcomes.AGAINST: "against it",
        outcomes.UNCLEAR: "unclear",
        outcomes.TOO_FEW: "with too few observations",
    }
    parts = [f"{counted[outcome]} {word}" for outcome, word in words.items() if counted.get(outcome)]
    head, *rest = parts
    number, word = head.split(" ", 1)
    return ", ".join([f"{number} of {tests} test{'s' if tests > 1 else ''} {word}", *rest])


def as_json(test: Test, outcome: outcomes.Outcome) -> dict[str, Any]:
    """Return a test and its outcome as the plain values that a finding carries."""
    found = asdict(outcome)
    interval = found.pop("interval")
    plain = {key: rounded(value) if isinstance(value, float) else value for key, value in found.items()}
    plain["interval"] = [rounded(end) for end in interval] if interval else None
    return {"series": test.series, "of": test.of, "kind": test.kind, **plain}


def rounded(value: float, digits: int = 6) -> float | None:
    """Round to significant digits, so that two machines write the same text; a number JSON cannot hold is None."""
    if not np.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")
