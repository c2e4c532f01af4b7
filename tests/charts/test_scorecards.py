"""Accidents of the scorecard: a miss left off the chart, an outcome told by colour alone, draws not all drawn."""

import numpy as np
import pandas as pd
import pytest

from hedging import charts
from hedging.charts import scorecards
from hedging.errors import HedgingError

ROWS = pd.DataFrame(
    {
        "id": ["E1", "E2", "E3"],
        "says": ["one", "two", "three"],
        "start": [1954, 1960, 2015],
        "end": [1960, 1960, 2015],
        "outcome": ["hit", "miss", "not testable"],
    }
)


def test_every_expectation_has_its_bar_and_a_shape_for_its_outcome():
    spec = charts.specification(scorecards.windows(ROWS))
    [drawn] = spec["datasets"].values()
    assert [(row["id"], row["outcome"]) for row in drawn] == list(zip(ROWS["id"], ROWS["outcome"], strict=True))
    scale = spec["layer"][1]["encoding"]["shape"]["scale"]
    assert set(ROWS["outcome"]) <= set(scale["domain"])
    assert len(set(scale["range"])) == 3


def test_an_outcome_nobody_knows_is_not_drawn_in_a_colour_of_its_own():
    with pytest.raises(HedgingError, match="is no outcome"):
        scorecards.windows(ROWS.assign(outcome="hitt"))


def test_the_shares_of_all_random_draws_add_up_to_one():
    spec = charts.specification(scorecards.by_chance(np.array([0, 1, 1, 2, 5]), 4, x_title="hits"))
    bars = next(rows for rows in spec["datasets"].values() if "share" in rows[0])
    assert sum(row["share"] for row in bars) == pytest.approx(1)
    assert max(row["hits"] for row in bars) == 5
