"""Accidents of missing and of few ties: a gap read as zero, a false zero drawn as a share, four meetings as a rate."""

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures import neighbours, small


@pytest.fixture
def goods():
    years = range(2000, 2005)
    ties = pd.DataFrame({"RUS": 10.0, "CHN": 80.0, "USA": 1.0, "JPN": 9.0}, index=years)
    ties.loc[2002, "USA"] = ties.loc[2003, "RUS"] = np.nan
    ties.loc[2004, "RUS"] = 50.0
    return ties


def test_a_missing_tie_may_reach_its_larger_neighbour_and_no_further(goods):
    ceiling = neighbours.ceiling(goods)
    assert (ceiling.at[2002, "USA"], ceiling.at[2003, "RUS"]) == (1.0, 50.0)
    goods["KOR"] = np.nan
    assert np.isinf(neighbours.ceiling(goods)["KOR"]).all()


def test_a_known_tie_is_its_own_ceiling(goods):
    known = goods.notna()
    assert neighbours.ceiling(goods)[known].equals(goods[known])


def test_a_share_over_an_unknown_whole_is_not_drawn(goods):
    share = neighbours.western_share(goods, narrow=0.02)
    assert share[2000] == pytest.approx(0.1)
    assert share[2002] == pytest.approx(0.1)  # America unknown, at most one: the highest b
    assert np.isnan(share[2003])  # Moscow unknown, up to fifty


def test_four_meetings_are_shown_with_what_they_leave_open():
    counts = {"2020s": pd.Series({"RUS": 3, "CHN": 1, "USA": 0, "JPN": 0, "KOR": 0})}
    west, moscow = small.pooled_shares(counts).itertuples()
    assert (west.label, west.value) == ("2020s (4)", 0)
    assert west.high > 0.25
    assert moscow.low < 0.5 < moscow.value < moscow.high


def test_a_decade_without_meetings_is_left_out_and_one_not_known_is_refused():
    none = pd.Series({"RUS": 0, "CHN": 0, "USA": 0, "JPN": 0, "KOR": 0})
    assert small.pooled_shares({"1900s": none}).empty
    with pytest.raises(HedgingError, match="missing"):
        small.pooled_shares({"1950s": none.astype(float).replace(0, np.nan).fillna({"RUS": 2})})
