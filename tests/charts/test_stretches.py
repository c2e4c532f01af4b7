"""What was expected, drawn over what is there."""

import pandas as pd
import pytest

from hedging import charts
from hedging.charts.stretches import stretches
from hedging.errors import HedgingError

TILT = pd.Series([0.2, -0.3, 0.1], index=[1961, 1962, 1963], name="arms")
BOXES = pd.DataFrame({"word": ["A"], "means": ["nearer Beijing"], "start": [1955], "end": [1962], "low": -1, "high": 0})


def drawn(boxes: pd.DataFrame) -> dict:
    made = stretches(charts.tilt(TILT, eras=False), TILT, boxes, y_title="tilt")
    return charts.specification(made)


def test_a_box_does_not_stretch_the_axis_beyond_the_data() -> None:
    rows = [row for data in drawn(BOXES)["datasets"].values() for row in data if "from_year" in row]
    assert [(row["from_year"], row["to_year"]) for row in rows] == [(1960.5, 1962.5)]


def test_a_box_wholly_outside_is_left_out() -> None:
    rows = [row for data in drawn(BOXES.assign(start=1950, end=1951))["datasets"].values() for row in data]
    assert not any("from_year" in row for row in rows)


def test_a_reversed_box_is_refused() -> None:
    with pytest.raises(HedgingError, match="years in order"):
        drawn(BOXES.assign(start=1963))
