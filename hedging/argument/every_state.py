"""What the question of any-state.yml found, state by state: one tidy table, kept with the grid that it was swept over.

One row a state and claim. `change`: mean of the window less mean of the years compared, of a claim `stopped`; `level`:
the median hedge B of a claim `hedged`, or the share of votes cast with Moscow; `size`: how far the level L of the tie
moved between the same years; `p` and `windows` (places of the window along the series) where the test could decide, and
`windows` also where there are too few of them; `reason`: why it could not.
"""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from hedging import paths
from hedging.argument.any_state import PARTS, rule
from hedging.argument.declared import Test
from hedging.argument.finding import CONTRADICTED, SUPPORTED, VERDICTS
from hedging.argument.outcomes import TOO_FEW
from hedging.argument.summary import OUTCOMES
from hedging.errors import HedgingError
from hedging.inference.comparison import Comparison, place
from hedging.measures import SUBJECT

FILE = "sweeps/every-state.csv"
COLUMNS = ("state", "tie", "claim", "verdict", "outcome", "change", "level", "size", "p", "windows", "reason")
DIGITS = {"change": 4, "level": 4, "size": 3, "p": 4, "windows": 0}


def rows(state: str, findings: Iterable[dict[str, Any]], numbers: dict[str, float]) -> list[dict[str, Any]]:
    """Return the rows of one state from its findings as JSON values, and from size_<tie> among its numbers."""
    return [_row(state, finding, numbers) for finding in findings]


def _row(state: str, finding: dict[str, Any], numbers: dict[str, float]) -> dict[str, Any]:
    tie, part = finding["claim"].split("-")
    [test] = finding["tests"]
    contrast = test["kind"] == "contrast"
    few = test["outcome"] == TOO_FEW
    return {
        "state": state,
        "tie": tie,
        "claim": part,
        "verdict": finding["verdict"],
        "outcome": test["outcome"],
        "change": test["statistic"] if contrast else None,
        "level": None if contrast else test["statistic"],
        "size": numbers.get(f"size_{tie}") if contrast else None,
        "p": test["p"],
        "windows": test["n"] or None if contrast else None,
        "reason": test["statement"].removeprefix(f"{test['of']}: ") if few else "",
    }


def written(table: Iterable[dict[str, Any]]) -> str:
    """Return rows as the text of the table: sorted, numbers with as many digits as two machines agree on."""
    order = {(one.tie, one.part): place for place, one in enumerate(rule().claims)}
    ordered = sorted(table, key=lambda row: (row["state"], order[row["tie"], row["claim"]]))
    cells = [{**row, **{name: _digits(row[name], digits) for name, digits in DIGITS.items()}} for row in ordered]
    return pd.DataFrame(cells, columns=list(COLUMNS)).to_csv(index=False, lineterminator="\n")


def _digits(value: float | None, digits: int) -> str:
    return "" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"  # + 0.0: minus nought is nought


def read() -> pd.DataFrame:
    """Return the table; HedgingError if it is absent, or has not one row with known words for each state and claim."""
    path = paths.ROOT / FILE
    if not path.is_file():
        raise HedgingError("the question has been put to no state yet", where=FILE, remedy="make sweep")
    frame = pd.read_csv(path, keep_default_na=True, dtype={"state": "str", "reason": "str"}).fillna({"reason": ""})
    asked = {(one.tie, one.part) for one in rule().claims}
    states = frame["state"].nunique() if list(frame.columns) == list(COLUMNS) else 0
    whole = (
        states
        and set(zip(frame["tie"], frame["claim"], strict=True)) == asked
        and len(frame) == states * len(asked)
        and not frame.duplicated(["state", "tie", "claim"]).any()
        and frame["verdict"].isin(VERDICTS).all()
        and frame["outcome"].isin(OUTCOMES).all()
    )
    if not whole:
        raise HedgingError("not one row for each state and claim of any-state.yml", where=FILE, remedy="make sweep")
    return frame


def outcomes_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many states have each outcome: rows the claims in the order of the rule, columns the outcomes."""
    order = [f"{one.tie}, {one.part}" for one in rule().claims]
    counted = pd.crosstab(table["tie"] + ", " + table["claim"], table["outcome"])
    return counted.reindex(index=order, columns=list(OUTCOMES), fill_value=0).rename_axis(index="claim", columns=None)


def passing(table: pd.DataFrame) -> pd.Series:
    """Return the states that hedged and have stopped in some kind of tie: both claims on it supported. Index state."""
    good = table[table["verdict"] == SUPPORTED].groupby(["tie", "state"])["claim"].nunique()
    return good[good == len(PARTS)].reset_index().groupby("state")["tie"].agg(", ".join)


def chance(table: pd.DataFrame) -> pd.DataFrame:
    """Return for each contrast how many states it could decide, how many it calls, and how many chance would call.

    `by_chance` is the tests' level, one in twenty, times the states tested: on each side, if no state had moved. States
    are not independent, so it is an expectation and no limit. `smallest` is the least p that a test could give.
    """
    rows = table[(table["claim"] == "stopped") & (table["tie"] != "ukraine")]
    tested = rows[rows["outcome"] != TOO_FEW].groupby("tie")
    found = pd.DataFrame({"tested": tested.size(), "smallest": 1 / tested["windows"].max()})
    for verdict in (SUPPORTED, CONTRADICTED):
        found[verdict] = tested["verdict"].agg(lambda words, verdict=verdict: int((words == verdict).sum()))
    return found.assign(by_chance=Test.alpha * found["tested"])


def changes(table: pd.DataFrame, tie: str, like: str = SUBJECT) -> pd.DataFrame:
    """Return change and size of a tie by state, for the states observed in as many years as `like` is; then the rest.

    Columns change, size, why: empty where the state is compared. Ties of which `like` has no change raise HedgingError.
    """
    rows = table[(table["tie"] == tie) & (table["claim"] == "stopped")].set_index("state")
    if like not in rows.index or pd.isna(rows.at[like, "change"]):
        raise HedgingError(f"no change is known of {like} in {tie}", where=FILE)
    same = (rows["windows"] == rows.at[like, "windows"]) & rows["change"].notna()
    why = rows["reason"].where(rows["reason"] != "", "other years are observed").where(~same, "")
    return rows[["change", "size"]].assign(why=why)


def placed(table: pd.DataFrame, tie: str, direction: str, like: str = SUBJECT) -> Comparison:
    """Return the place of one state's change in a tie among the states that are observed in as many years."""
    rows = changes(table, tie, like)
    same = rows["why"] == ""
    rule_of = f"observed in as many years as {like}"
    return place(rows.loc[same, "change"].rename("contrast"), like, direction, rows.loc[~same, "why"], rule_of)


def of_record(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of one run of the sweep, from what its record holds as JSON."""
    numbers = {name: float(text) for name, text in json.loads(record["numbers"]).items() if name.startswith("size_")}
    return rows(json.loads(record["parameters"])["country"], json.loads(record["findings"]), numbers)
