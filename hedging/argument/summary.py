"""Many findings at once: counted, named and told in words, so that no sentence outlives a verdict that moved.

Nothing here judges: a finding keeps its verdict, and counts are neither averages nor probabilities.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from hedging.argument.claims import SENSES, claim
from hedging.argument.finding import NOT_TESTABLE, VERDICTS, Finding
from hedging.argument.finding import verdict as verdict_of
from hedging.errors import HedgingError, unknown

OUTCOMES = ("for", "against", "unclear", "too few")
SHORT = {NOT_TESTABLE: "not testable"}
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def era(finding: Finding) -> int:
    """Return the number of the era that a finding's chapter is about: the digit before its slug."""
    number = finding.chapter.split("-", 1)[0]
    if not number.isdigit():
        raise HedgingError(f"chapter {finding.chapter!r} begins with no number", where=f"claim {finding.claim}")
    return int(number)


def chosen(
    findings: Iterable[Finding],
    *,
    verdict: str | Sequence[str] | None = None,
    sense: str | None = None,
    number: int | None = None,
) -> list[Finding]:
    """Return the findings of a verdict (or of several), of a sense, of an era; an unknown word raises HedgingError."""
    verdicts = VERDICTS if verdict is None else (verdict,) if isinstance(verdict, str) else tuple(verdict)
    for word in verdicts:
        if word not in VERDICTS:
            raise unknown("verdict", word, VERDICTS)
    if sense is not None and sense not in SENSES:
        raise unknown("sense", sense, SENSES)
    return [
        one for one in findings if one.verdict in verdicts and sense in (None, one.sense) and number in (None, era(one))
    ]


def tests(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return one row a test: claim, era, sense (letter), series, kind, outcome, p (NaN where there is none)."""
    rows = [
        {"claim": one.claim, "era": era(one), "sense": one.sense}
        | {key: test[key] for key in ("series", "kind", "outcome", "p")}
        for one in findings
        for test in one.tests
    ]
    return pd.DataFrame(rows).astype({"p": float})


def names(findings: Iterable[Finding]) -> str:
    """Return the claims' names as text: "C1a, C2b and C5e", or "none"."""
    return joined([one.claim for one in findings]) or "none"


def tell(findings: Sequence[Finding]) -> str:
    """Say the verdicts in one clause: "one is supported (C1a), two are contested (C1b and C1c)"."""
    groups = {verdict: chosen(findings, verdict=verdict) for verdict in VERDICTS}
    groups = {verdict: found for verdict, found in groups.items() if found}
    if not groups:
        return "there are no claims"
    if len(groups) == 1 and len(findings) > 1:
        (verdict,) = groups
        every = "both" if len(findings) == 2 else f"all {count(len(findings))}"
        return f"{every} are {SHORT.get(verdict, verdict)} ({names(findings)})"
    parts = [
        f"{count(len(found))} {'is' if len(found) == 1 else 'are'} {SHORT.get(verdict, verdict)} ({names(found)})"
        for verdict, found in groups.items()
    ]
    return joined(parts)


def without(finding: Finding, series: str) -> str:
    """Return the verdict that the same rule gives when the tests on one series are left out.

    A series that the claim is not judged on, or the only one, raises HedgingError.
    """
    known = [test["series"] for test in finding.tests]
    left = Counter(test["outcome"] for test in finding.tests if test["series"] != series)
    if series not in known:
        raise unknown("series", series, known, where=f"claim {finding.claim}")
    if not left:
        raise HedgingError("nothing is left to judge by", where=f"claim {finding.claim} without {series}")
    return verdict_of(left)


def fragile(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings whose verdict would be another one if some one series were left out."""
    return [
        one
        for one in findings
        if len({test["series"] for test in one.tests}) > 1
        and any(without(one, test["series"]) != one.verdict for test in one.tests)
    ]


def rivals(findings: Iterable[Finding]) -> list[str]:
    """Return the rival readings that claims.yml sets against these claims, each once; the op-ed is no rival of itself.

    That a reading was at hand where a claim fails does not prove it: no test was made of the rival.
    """
    found = dict.fromkeys(rival for one in findings for rival in claim(one.claim).rivals)
    return [rival for rival in found if rival != "op-ed"]


def count(number: int) -> str:
    """Return a number as a word up to twelve, else in digits."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


class Ledger:
    """A Markdown table over many findings, shown by a notebook as text/markdown."""

    def __init__(self, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        self.head, self.rows = head, rows

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": self.markdown(), "text/plain": repr(self)}

    def markdown(self) -> str:
        """Return the table."""
        rows = [self.head, tuple("---" for _ in self.head), *self.rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)

    def __repr__(self) -> str:
        return "\n".join(": ".join(row) for row in self.rows)


def ledger(findings: Iterable[Finding]) -> Ledger:
    """Return the table of claims: one row a claim with its sense, what is said, the verdict and the reason for it."""
    head = ("Claim, sense", "What is said", "Verdict")
    rows = [(f"{one.claim}, {one.sense}", one.says, f"*{one.verdict}*: {one.reason}") for one in findings]
    return Ledger(head, rows)


def by_era(findings: Sequence[Finding]) -> Ledger:
    """Return the table of eras: how the claims came out, and the rivals to those that fell or are contested."""
    rows = []
    for number in sorted({era(one) for one in findings}):
        here = chosen(findings, number=number)
        open_to = rivals(chosen(here, verdict=("contradicted", "contested")))
        rows.append((str(number), tell(here), "; ".join(open_to) or "none"))
    return Ledger(("Era", "Its claims", "Rivals to what fell or is contested"), rows)


def joined(parts: Sequence[str]) -> str:
    """Return words as one phrase: "a, b and c"; empty text for none."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
