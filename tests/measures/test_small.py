"""Balances of few meetings, and one stretch against another, must not claim more than the counts allow."""

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures import POWERS
from hedging.measures.eras import stretch_change
from hedging.measures.small import balance_intervals


def counts(*values: float) -> pd.Series:
    return pd.Series(values, index=list(POWERS), dtype=float)


def test_few_meetings_are_not_printed_with_the_certainty_of_many():
    few, many = balance_intervals(counts(1, 5, 3, 0, 3)), balance_intervals(counts(20, 100, 60, 0, 60))
    assert few["value"].tolist() == pytest.approx([0.5, 1.0, 1 / 3])
    assert few["value"].tolist() == pytest.approx(many["value"].tolist())
    assert ((few["high"] - few["low"]) > 2 * (many["high"] - many["low"])).all()
    assert (few["low"] <= few["median"]).all()
    assert (few["median"] <= few["high"]).all()
    assert few.to_numpy().min() >= 0
    assert few.to_numpy().max() <= 1


def test_a_missing_count_is_not_read_as_no_meeting():
    with pytest.raises(HedgingError, match="missing"):
        balance_intervals(counts(1, 5, 3, np.nan, 3))


def test_no_meeting_at_all_has_no_balance_of_its_own():
    found = balance_intervals(counts(0, 0, 0, 0, 0))
    assert found["value"].isna().all()
    assert found["median"].notna().all()


def test_a_state_with_a_missing_year_is_not_compared_over_other_years():
    frame = pd.DataFrame({"PRK": [1.0, 3.0, 2.0, 6.0], "SSD": [1.0, np.nan, 2.0, 6.0]}, index=[2016, 2017, 2018, 2019])
    found = stretch_change(frame, (2018, 2019), (2016, 2017))
    assert found["PRK"] == 2.0
    assert np.isnan(found["SSD"])


def test_a_stretch_outside_the_data_is_not_silently_empty():
    with pytest.raises(HedgingError, match="no rows"):
        stretch_change(pd.DataFrame({"PRK": [1.0]}, index=[2016]), (2018, 2019), (2016, 2016))
