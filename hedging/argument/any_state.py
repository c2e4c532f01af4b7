"""The question of chapter 5, put to any state: the claims of any-state.yml, each judged by its one test.

The rule and the words stand in that file and are the same for every state; nothing here knows which state is asked.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from hedging import paths
from hedging.argument import form, outcomes
from hedging.argument.claims import Claim
from hedging.argument.declared import Test, test
from hedging.argument.finding import Finding, concluded
from hedging.argument.outcomes import TOO_FEW, Outcome
from hedging.argument.state_ties import CAMPS, TABLES, Question, Tie, of
from hedging.argument.summary import Ledger
from hedging.errors import HedgingError, unknown
from hedging.inference.spans import inside

CHAPTER = "any-state"
SENSE = "b"
PROPOSITION = 16  # of the op-ed: hedging has ended
PARTS = ("hedged", "stopped")
WINDOWS = {"window", "against"}
FILE = "any-state.yml"  # at the top of the project


@dataclass(frozen=True)
class Declared:
    """One entry of any-state.yml: `test` as it is written, its windows still names."""

    id: str
    tie: str
    part: str
    says: str
    expects: str
    fails_if: str
    test: dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """The whole of any-state.yml."""

    version: int
    seed: int
    claims: tuple[Declared, ...]


@dataclass(frozen=True)
class Answer:
    """What was found of one state: the `findings` in the order of the rule, and its `ties` by kind."""

    question: Question
    findings: tuple[Finding, ...]
    ties: dict[str, Tie]

    def numbers(self) -> dict[str, float]:
        """Return size_<tie>: how far the level L moved from the comparison to the window, where both are known."""
        spans = self.question.windows
        moved = {}
        for tie, found in self.ties.items():
            after, before = (spans["news"], spans["before"]) if tie == "news" else (spans["era"], spans["earlier"])
            if found.level is not None and (size := _difference(found.level, after, before, 1)) is not None:
                moved[f"size_{tie}"] = size
        return moved

    def told(self, claim: str) -> str:
        """Return what the test of a claim measured, as text for a sentence; "not known" if it measured nothing."""
        [test] = next(one.tests for one in self.findings if one.claim == claim)
        if test["statistic"] is None:
            return "not known"
        return format(test["statistic"], "+.2f" if test["kind"] == "contrast" else ".2f")

    def verdict(self, claim: str) -> str:
        """Return the verdict on a claim."""
        return next(one.verdict for one in self.findings if one.claim == claim)

    def positions(self) -> pd.DataFrame:
        """Return the mean agreement with each camp by year, without empty columns: East, West."""
        known = self.ties["votes"].series
        return pd.DataFrame({camp: known[camp] for camp in CAMPS if camp in known}).dropna(axis=1, how="all")

    def shares(self) -> pd.DataFrame:
        """Return the western share b of each divisible tie by year, columns the ties with a value in some year."""
        known = {tie: found.series["share"] for tie, found in self.ties.items() if "share" in found.series}
        return pd.DataFrame(known).dropna(axis=1, how="all")

    def ledger(self) -> Ledger:
        """Return the table of all claims: what is said, the verdict, and what the test found."""
        rows = [(one.says, f"*{one.verdict}*", one.tests[0]["statement"]) for one in self.findings]
        return Ledger(("What is said", "Verdict", "What was found"), rows)


def rule() -> Rule:
    """Return any-state.yml, read once for each state of the file; nothing unknown passes."""
    path = paths.ROOT / FILE
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Rule:
    given = form.fields(Rule, form.read(path), path.name)
    if given["version"] != 1 or type(given["seed"]) is not int or not isinstance(given["claims"], list):
        raise HedgingError("version must be 1, seed a whole number and claims a list", where=path.name)
    return Rule(given["version"], given["seed"], tuple(_declared(found, path.name) for found in given["claims"]))


def _declared(found: Any, name: str) -> Declared:
    where = form.place(name, found, "a claim")
    given = form.fields(Declared, found, where)
    form.words(given, ("id", "says", "expects", "fails_if"), where)
    form.choice(given, "tie", tuple(TABLES), where)
    form.choice(given, "part", PARTS, where)
    if given["id"] != f"{given['tie']}-{given['part']}":
        raise HedgingError(f"{given['id']!r} is not its tie and part", where=where, remedy="id: votes-stopped")
    return Declared(**given)


def ask(question: Question) -> Answer:
    """Judge every claim of the rule on one state; what is not known of it is a finding, not an error."""
    found = rule()
    ties = {tie: of(tie, question) for tie in dict.fromkeys(one.tie for one in found.claims)}
    return Answer(question, tuple(judged(one, question, ties[one.tie], found.seed) for one in found.claims), ties)


def judged(one: Declared, question: Question, tie: Tie, seed: int) -> Finding:
    """Judge one claim on what is known of its tie."""
    placed = _placed(one, question.windows)
    why = "the test is part of what the op-ed says of North Korea, whose claims have their curves"
    claim = Claim(
        one.id, CHAPTER, SENSE, one.says, one.expects, one.fails_if, (PROPOSITION,), (placed,), no_curve=why, seed=seed
    )
    return concluded(claim, [(placed, _outcome(placed, tie, seed))])


def _placed(one: Declared, windows: dict[str, tuple[int, int]]) -> Test:
    """Return the test with years for the names of its windows."""
    given, where = dict(one.test), f"{FILE}, claim {one.id}"
    for key in WINDOWS & given.keys():
        if not isinstance(given[key], str) or given[key] not in windows:
            raise unknown(key, str(given[key]), windows, where=where)
        given[key] = list(windows[given[key]])
    return test(given, f"claim {one.id}", FILE, ())


def _outcome(placed: Test, tie: Tie, seed: int) -> Outcome:
    if tie.why:
        return Outcome(TOO_FEW, f"{placed.of}: {tie.why}", threshold=placed.threshold)
    if tie.until is not None and placed.window and placed.window[0] > tie.until:
        return Outcome(TOO_FEW, f"{placed.of}: the source ends in {tie.until}", threshold=placed.threshold)
    given = tie.series[placed.series]
    found = outcomes.run(placed, given, seed, FILE)
    if placed.kind == "contrast" and found.outcome == TOO_FEW:
        # the difference is told all the same, without a p: nothing is judged by it
        return replace(found, statistic=_difference(given, placed.window, placed.against, placed.least))
    return found


def _difference(series: pd.Series, after: tuple, before: tuple, least: int) -> float | None:
    """Return mean(after) - mean(before) of the observed years; None where a stretch has under `least` of them."""
    seen = [series[inside(series, window)].dropna() for window in (after, before)]
    return float(seen[0].mean() - seen[1].mean()) if min(map(len, seen)) >= least else None
