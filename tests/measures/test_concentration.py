"""Accidents of concentration: a missing partner filled with zero, a filling that lies outside its bounds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures import hhi
from hedging.measures.concentration import hhi_range

quick = settings(max_examples=25, deadline=None, derandomize=True)
amounts = st.floats(0.5, 100)


def row(values):
    return pd.DataFrame([values], columns=[f"P{number}" for number in range(len(values))], index=[2001])


@quick
@given(
    st.lists(amounts, min_size=2, max_size=5), st.lists(st.tuples(amounts, amounts), min_size=1, max_size=2), st.data()
)
def test_no_filling_leaves_its_bounds_and_both_ends_are_reached(known, ranges, data):
    ends = [sorted(pair) for pair in ranges]
    ties = row(known + [np.nan] * len(ends))
    low, high = (
        pd.DataFrame([[0.0] * len(known) + [pair[end] for pair in ends]], ties.index, ties.columns) for end in (0, 1)
    )
    found = hhi_range(ties, high, low).iloc[0]
    parts = data.draw(st.lists(st.floats(0, 1), min_size=len(ends), max_size=len(ends)))
    filling = known + [pair[0] + part * (pair[1] - pair[0]) for pair, part in zip(ends, parts, strict=True)]
    assert found["low"] - 1e-9 <= hhi(row(filling)).iloc[0] <= found["high"] + 1e-9
    grid = np.stack(np.meshgrid(*[np.geomspace(*pair, 15) for pair in ends]), -1).reshape(-1, len(ends))
    tried = hhi(pd.DataFrame(np.hstack([np.tile(known, (len(grid), 1)), grid])))
    assert found["high"] == pytest.approx(tried.max())
    assert found["low"] <= tried.min() + 1e-9
    assert found["low"] == pytest.approx(tried.min(), rel=0.05)


def test_a_row_that_is_whole_has_no_range():
    ties = pd.DataFrame({"CHN": [60.0, 60], "RUS": [np.nan, 10], "JPN": [30.0, 30]}, index=[1999, 2000])
    found = hhi_range(ties, 20.0)
    assert found.loc[2000].tolist() == pytest.approx([hhi(ties)[2000]] * 2)
    assert found.loc[1999, "high"] == pytest.approx(hhi(ties.fillna(0))[1999])
    assert found.loc[1999, "low"] == pytest.approx(hhi(ties.fillna(20))[1999])


def test_no_ties_at_all_are_not_total_concentration():
    assert hhi_range(row([0.0, 0.0]), 1.0).isna().all(axis=None)


def test_ranges_that_say_nothing_are_refused():
    with pytest.raises(HedgingError, match="reversed"):
        hhi_range(row([1.0, np.nan]), 1.0, 2.0)
    with pytest.raises(HedgingError, match="endless"):
        hhi_range(row([1.0, np.nan]), np.inf)
    with pytest.raises(HedgingError, match="more than 8"):
        hhi_range(row([1.0] + [np.nan] * 9), 1.0)
