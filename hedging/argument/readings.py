"""The op-ed and its rivals, marked as one marks forecasters: who said beforehand how the tests would come out?

The op-ed says that each test of its claims comes out for it. A rival says so, or the contrary, or nothing (`predicts`
in claims.yml). A prediction counts as a chance of SURE; silence counts as a half. The mark of a reading is the mean
squared distance between what it said and what came out (Brier 1950): 0 is perfect, a quarter is a coin, 1 is wrong
throughout. A test on which all readings that speak say the same cannot tell them apart, and is set aside.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from hedging.argument.claims import OP_ED, claim, registry
from hedging.argument.finding import Finding
from hedging.argument.outcomes import AGAINST, FOR
from hedging.argument.summary import Ledger, era

SURE = 0.8  # four in five: a reading says what it expects and knows that tests err
COIN = 0.5
DECIDES, ALIKE, OPEN = "decides", "cannot decide", "came out open"


def predictions(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return one row a test: claim, era, series, of, outcome, says (see below) and one column a reading.

    A reading's cell is "for" or "against" the claim, or None where it says nothing. `says`: the test decides between
    the readings, cannot (all that speak agree), or came out open (unclear, or too few observations).
    """
    rows = []
    for finding in findings:
        judged = claim(finding.claim)
        for test, found in zip(judged.tests, finding.tests, strict=True):
            said = {OP_ED: FOR} | {
                name: FOR if way == test.direction else AGAINST for name, way in test.predicts.items()
            }
            row = {"claim": finding.claim, "era": era(finding), "series": test.series, "of": test.of}
            rows.append(
                row | {"outcome": found["outcome"], "says": _says(set(said.values()), found["outcome"]), **said}
            )
    columns = ["claim", "era", "series", "of", "outcome", "says", OP_ED, *registry().readings]
    return pd.DataFrame(rows).reindex(columns=columns).astype(object).where(lambda frame: frame.notna(), None)


def _says(said: set[str], outcome: str) -> str:
    if outcome not in (FOR, AGAINST):
        return OPEN
    return DECIDES if len(said) > 1 else ALIKE


def marks(told: pd.DataFrame, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the marks of each reading over the tests that decide: index reading, best first.

    Columns: said, right, wrong (tests), brier in [0, 1], down = better, over all deciding tests, silence a coin's; and
    brier_spoken over the tests on which it speaks, NaN if it never does.
    """
    deciding = told[told["says"] == DECIDES]
    rows = {name: _mark(deciding[name], deciding["outcome"]) for name in names or (OP_ED, *registry().readings)}
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("reading")
    return frame.astype({"said": int, "right": int, "wrong": int}).sort_values("brier", kind="stable")


def _mark(said: pd.Series, outcome: pd.Series) -> dict[str, float]:
    spoke, came = said.notna().to_numpy(), (outcome == FOR).to_numpy(float)
    chance = np.where(spoke, np.where(said == FOR, SURE, 1 - SURE), COIN)
    error = (chance - came) ** 2
    right = int((said[spoke] == outcome[spoke]).sum())
    return {
        "said": int(spoke.sum()),
        "right": right,
        "wrong": int(spoke.sum()) - right,
        "brier": float(error.mean()) if len(error) else np.nan,
        "brier_spoken": float(error[spoke].mean()) if spoke.any() else np.nan,
    }


def by_era(told: pd.DataFrame) -> pd.DataFrame:
    """Return the deciding tests of each era that a reading foresaw less those it got wrong: readings by eras."""
    names = [OP_ED, *registry().readings]
    deciding = told[told["says"] == DECIDES]
    scores = pd.DataFrame(
        {
            name: np.where(deciding[name].isna(), 0, np.where(deciding[name] == deciding["outcome"], 1, -1))
            for name in names
        },
        index=deciding.index,
    )
    return scores.groupby(deciding["era"].astype(int)).sum().T.rename_axis(index="reading", columns=None)


def turning(told: pd.DataFrame) -> int:
    """Return how many outcomes on which the first two readings differ must turn before the first loses its place.

    Each such outcome that turns from the first reading's side to the second's moves their marks towards each other;
    0 if they are level, the number of deciding tests if no turning would do.
    """
    first, second = marks(told).index[:2]
    deciding = told[told["says"] == DECIDES].copy()
    chance = {
        name: deciding[name].map({FOR: SURE, AGAINST: 1 - SURE}).fillna(COIN).astype(float) for name in (first, second)
    }
    came = (deciding["outcome"] == FOR).astype(float)
    lead = float(((chance[second] - came) ** 2 - (chance[first] - came) ** 2).sum())
    turned = (chance[second] - (1 - came)) ** 2 - (chance[first] - (1 - came)) ** 2
    gains = np.sort(((chance[second] - came) ** 2 - (chance[first] - came) ** 2 - turned).to_numpy())[::-1]
    left = lead - np.cumsum(gains)
    return 0 if lead <= 0 else int(np.argmax(left < 0)) + 1 if (left < 0).any() else len(deciding)


def table(told: pd.DataFrame, number: int) -> Ledger:
    """Return the table of one era: every test, who foresaw what of it, what came out, whom that suits."""
    head = ("Claim and series", "Foreseen for the claim by", "Foreseen against it by", "Came out", "Suits")
    rows = [_row(row) for _, row in told[told["era"] == number].iterrows()]
    return Ledger(head, rows)


def _row(row: pd.Series) -> tuple[str, ...]:
    names = [OP_ED, *registry().readings]
    sides = {side: ", ".join(name for name in names if row[name] == side) for side in (FOR, AGAINST)}
    suits = sides[row["outcome"]] or "none that spoke" if row["says"] == DECIDES else f"*{row['says']}*"
    return f"{row['claim']}: {row['of']}", sides[FOR] or "none", sides[AGAINST] or "none", row["outcome"], suits
