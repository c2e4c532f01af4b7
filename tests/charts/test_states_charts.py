"""Accidents of charts of all states: a bar that leaves states out, a state named that is not drawn."""

import numpy as np
import pandas as pd
import pytest

from hedging import charts
from hedging.charts.every_state import counts, moves
from hedging.errors import HedgingError

COUNTED = pd.DataFrame(
    {"for": [1, 0], "against": [2, 0], "unclear": [0, 3], "too few": [4, 4]}, ["votes, stopped", "arms, hedged"]
)
MOVED = pd.DataFrame({"change": [-0.4, 0.1, np.nan, -0.2], "size": [-1.8, 0.2, 0.1, 0.3]}, ["PRK", "MLI", "BLR", "SYR"])


def drawn(chart, key):
    return next(rows for rows in charts.specification(chart)["datasets"].values() if key in rows[0])


def test_each_bar_is_as_long_as_there_are_states_and_has_no_gap():
    rows = pd.DataFrame(drawn(counts(COUNTED), "outcome"))
    for claim, whole in (("Votes, stopped", 7), ("Arms, hedged", 7)):
        parts = rows[rows["claim"] == claim].sort_values("from")
        assert parts["states"].sum() == parts["to"].max() == whole
        assert parts["from"].tolist() == [0, *parts["to"].tolist()[:-1]]


def test_an_outcome_without_a_colour_is_refused():
    with pytest.raises(HedgingError, match="is no outcome"):
        counts(COUNTED.rename(columns={"for": "pro"}))


def test_a_state_without_both_values_is_left_out_and_cannot_be_named():
    rows = drawn(moves(MOVED, x_title="x", y_title="y", named=["MLI"]), "role")
    assert {row["state"]: row["role"] for row in rows} == {"North Korea": "this", "Mali": "named", "Syria": "other"}
    with pytest.raises(HedgingError, match="no change or size of BLR"):
        moves(MOVED, x_title="x", y_title="y", named=["BLR"])
