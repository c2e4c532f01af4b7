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
from hedging.argument.state_ties import TABLES, Question, Tie, of
from hedging.errors import HedgingError
from hedging.inference.spans import inside

CHAPTER = "any-state"
SENSE = "b"
PROPOSITION = 16  # of the op-ed: hedging has ended
PARTS = ("hedged", "stopped")
WINDOWS = ("window", "against")


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


def rule() -> Rule:
    """Return any-state.yml, read once for each state of the file; nothing unknown passes."""
    path = paths.ROOT / "any-state.yml"
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
    return Answer(question, tuple(_judged(one, question, ties[one.tie], found.seed) for one in found.claims), ties)


def _judged(one: Declared, question: Question, tie: Tie, seed: int) -> Finding:
    words = {key: question.windows.get(value, value) if key in WINDOWS else value for key, value in one.test.items()}
    placed = test(
        {key: list(v) if isinstance(v, tuple) else v for key, v in words.items()}, one.id, "any-state.yml", ()
    )
    why = "the test is part of what the op-ed says of North Korea, whose claims have their curves"
    claim = Claim(
        one.id, CHAPTER, SENSE, one.says, one.expects, one.fails_if, (PROPOSITION,), (placed,), no_curve=why, seed=seed
    )
    return concluded(claim, [(placed, _outcome(placed, tie, seed))])


def _outcome(placed: Test, tie: Tie, seed: int) -> Outcome:
    if tie.why:
        return Outcome(TOO_FEW, f"{placed.of}: {tie.why}", threshold=placed.threshold)
    given = tie.series[placed.series]
    found = outcomes.run(placed, given, seed, "any-state.yml")
    if (
        placed.kind == "contrast" and found.outcome == TOO_FEW
    ):  # the difference is known all the same: described, not judged
        return replace(found, statistic=_difference(given, placed.window, placed.against, placed.least))
    return found


def _difference(series: pd.Series, after: tuple, before: tuple, least: int) -> float | None:
    """Return mean(after) - mean(before) of the observed years; None where a stretch has under `least` of them."""
    seen = [series[inside(series, window)].dropna() for window in (after, before)]
    return float(seen[0].mean() - seen[1].mean()) if min(map(len, seen)) >= least else None
