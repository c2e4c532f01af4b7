"""Accidents of dependence: a share from two counts, a share without its volume, a pledge per imports of nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures.dependence import barbieri, dependence, exposure, extraction

quick = settings(max_examples=40, deadline=None, derandomize=True)


def series(*values, start=2010):
    return pd.Series(values, range(start, start + len(values)), dtype=float)


# DIS-2010-KOTRA (3.5 of 4.17 bn, inter-Korean trade left out) and KDI for the same year (3.466 of 6.085 bn, with it),
# published as 83% and 56.9% (NK Economy Watch, 17 June 2011; KDI). KOTRA-CN-2013: 6.54 of 7.34 bn, published as 89.1%
# (Yonhap, 21 May 2014). The tolerance is what the printed billions allow.
@pytest.mark.parametrize(
    ("china", "whole", "published", "tolerance"),
    [(3.5, 4.17, 0.83, 0.015), (3.466, 6.085, 0.569, 0.001), (6.54, 7.34, 0.891, 0.001)],
)
def test_published_shares_follow_from_the_published_amounts(china, whole, published, tolerance):
    assert dependence(series(china), series(whole)).iloc[0] == pytest.approx(published, abs=tolerance)


# KOTRA-CN-2022: 1.53 of 1.59 bn is printed beside 96.7% (KBS). The printed amounts give between 95.7% and 96.9%.
def test_a_share_printed_beside_rounded_amounts_is_held_to_what_they_allow():
    low, high = dependence(series(1.525), series(1.595)).iloc[0], dependence(series(1.535), series(1.585)).iloc[0]
    assert low <= 0.967 <= high


def test_a_part_from_another_count_than_its_whole_is_refused():
    with pytest.raises(HedgingError, match=r"larger than its whole[\s\S]*2010"):
        dependence(series(3.9), series(3.5))
    with pytest.raises(HedgingError, match="negative"):
        dependence(series(-1), series(3.5))


def test_a_year_without_trade_has_no_share_and_a_gap_stays_a_gap():
    assert dependence(series(0, np.nan), series(0, 5)).isna().all()


@quick
@given(st.floats(0, 1), st.floats(0, 1))
def test_barbieris_indices_are_her_three_formulas(ours, theirs):
    found = barbieri(series(ours), series(theirs)).iloc[0]
    assert found["salience"] == pytest.approx(np.sqrt(ours * theirs))
    assert found["symmetry"] == pytest.approx(1 - abs(ours - theirs))
    assert found["interdependence"] == pytest.approx(found["salience"] * found["symmetry"])
    assert found.between(0, 1).all()
    swapped = barbieri(series(theirs), series(ours)).iloc[0]
    pd.testing.assert_series_equal(found, swapped)


def test_a_giant_and_a_small_state_are_never_symmetrical():
    assert barbieri(series(0.9), series(0.001))["symmetry"].iloc[0] == pytest.approx(0.101)
    with pytest.raises(HedgingError, match="outside"):
        barbieri(series(1.2), series(0.5))


@quick
@given(st.floats(0.1, 1e3), st.floats(1, 1e4), st.floats(1, 1e6))
def test_exposure_is_share_times_openness(part, rest, product):
    found = exposure(series(part), series(part + rest), series(product)).iloc[0]
    assert found["exposure"] == pytest.approx(found["share"] * found["openness"])
    assert found["exposure"] == pytest.approx(part / product)


def test_loans_are_not_added_to_grants_and_both_denominators_are_shown():
    received = pd.DataFrame({"grants": [10.0, np.nan], "loans": [5.0, 4.0]}, index=[2010, 2011])
    found = extraction(received, series(100, 0), series(1000, 2000))
    assert found.loc[2010].to_dict() == {
        ("grants", "imports"): 0.1,
        ("grants", "product"): 0.01,
        ("loans", "imports"): 0.05,
        ("loans", "product"): 0.005,
    }
    assert found.loc[2011, [("grants", "imports"), ("loans", "imports"), ("grants", "product")]].isna().all()
    assert found.loc[2011, ("loans", "product")] == 0.002
    assert (
        list(extraction(received["loans"], series(1, 1), series(1, 1)).columns.get_level_values(0)) == ["transfers"] * 2
    )


def test_countries_are_handled_like_years():
    index = pd.MultiIndex.from_product([["PRK", "CUB"], [1985, 1986]], names=["country", "year"])
    found = dependence(pd.Series([1.0, 2, 3, 4], index), pd.Series([4.0, 4, 4, 8], index))
    assert found.tolist() == [0.25, 0.5, 0.75, 0.5]
