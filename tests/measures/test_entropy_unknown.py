import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures import POWERS
from hedging.measures.entropy import bounds, camp_bounds, posterior, posterior_shares, tree

quick = settings(max_examples=40, deadline=None, derandomize=True)
amounts = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=5, max_size=5)
nan = float("nan")


def row(values, columns=POWERS):
    return pd.DataFrame([values], columns=list(columns), index=[2000], dtype=float)


def test_the_bounds_example_comes_out_as_printed():
    open_moscow = row([nan, 60, 30], POWERS[:3])
    found = bounds(open_moscow, high=20).iloc[0].round(3)
    assert found[["h3_low", "h3_high"]].tolist() == [0.918, 1.435]
    assert found[["between_low", "between_high"]].tolist() == [0.845, 0.918]
    assert found[["moscow_beijing_low", "moscow_beijing_high"]].tolist() == [0, 0.590]
    assert bounds(open_moscow, low=5, high=20)[["h3_low", "h3_high"]].iloc[0].round(3).tolist() == [1.167, 1.435]
    free = bounds(open_moscow, high=np.inf).iloc[0]
    assert round(free["h3_high"], 3) == 1.531
    peak = tree(row([47.6, 60, 30], POWERS[:3]))["h3"].iloc[0]
    assert peak == pytest.approx(free["h3_high"], abs=1e-5)


def test_camp_totals_alone_bound_h3_as_printed():
    found = camp_bounds(pd.Series([70.0, 0]), pd.Series([30.0, 0]))
    assert found.loc[0, ["h3_low", "h3_high"]].round(3).tolist() == [0.881, 1.581]
    assert found.loc[1].isna().all()


def test_an_unknown_split_of_the_west_costs_nothing_but_itself():
    found = bounds(row([10, 60, 5, nan, 10]), low=15, high=15).iloc[0]
    assert found["h3_low"] == pytest.approx(found["h3_high"])
    assert found["h3_low"] == pytest.approx(tree(row([10, 60, 30], POWERS[:3]))["h3"].iloc[0])


def test_two_open_branches_give_no_bound_and_a_full_row_needs_none():
    ties = pd.DataFrame([[nan, nan, 5], [10, 60, 30]], columns=POWERS[:3], index=[1960, 1961])
    found = bounds(ties, high=10)
    assert found.loc[1960].isna().all()
    assert found.loc[1961, "h3_low"] == found.loc[1961, "h3_high"] == tree(ties.loc[[1961]])["h3"].iloc[0]


def test_a_range_that_is_no_range_is_refused():
    ties = row([nan, 60, 30], POWERS[:3])
    with pytest.raises(HedgingError, match="reversed"):
        bounds(ties, low=9, high=3)
    with pytest.raises(HedgingError, match="no range"):
        bounds(ties, high=pd.Series({1999: 3.0}))


@quick
@given(amounts, st.sampled_from(POWERS), st.floats(0, 1), st.floats(1, 10))
def test_the_bounds_contain_the_truth_and_are_reached(values, gone, shrink, grow):
    truth = row(values)
    if not sum(values):
        return
    true = truth[gone].iloc[0]
    hidden = truth.assign(**{gone: nan})
    found = bounds(hidden, low=true * shrink, high=true * grow + 1).iloc[0]
    exact = tree(truth).iloc[0]
    for part in ("w_east", "between", "moscow_beijing", "h3"):
        assert found[f"{part}_low"] - 1e-9 <= exact[part] <= found[f"{part}_high"] + 1e-9
    grid = pd.concat([truth.assign(**{gone: m}) for m in np.linspace(true * shrink, true * grow + 1, 60)])
    walked = tree(grid)
    for part in ("w_east", "between", "moscow_beijing", "h3"):
        assert walked[part].max() <= found[f"{part}_high"] + 1e-9
        assert walked[part].min() >= found[f"{part}_low"] - 1e-9


def test_five_meetings_are_not_given_the_certainty_of_a_census():
    found = posterior(pd.Series([1, 3, 0, 0, 1], index=POWERS))
    assert found["plug_in"].round(3).tolist() == [0.722, 0.649, 1.371]
    printed = {"between": [0.22, 0.76, 1.00], "moscow_beijing": [0.13, 0.55, 0.89], "h3": [0.74, 1.29, 1.56]}
    for part, band in printed.items():
        assert found.loc[part, ["low", "median", "high"]].tolist() == pytest.approx(band, abs=0.01)


def test_the_prior_leans_to_neither_camp_in_any_patron_set():
    for powers in (POWERS, POWERS[:4], POWERS[:3]):
        drawn = posterior_shares(pd.Series(0, index=powers))
        assert drawn[["RUS", "CHN"]].sum(axis=1).mean() == pytest.approx(0.5, abs=0.01)


def test_a_missing_count_is_not_drawn_as_zero():
    with pytest.raises(HedgingError, match="not zero"):
        posterior(pd.Series([1, nan, 0, 0, 1], index=POWERS))


def test_the_same_counts_give_the_same_draws():
    counts = pd.Series([1, 3, 0, 0, 1], index=POWERS)
    pd.testing.assert_frame_equal(posterior_shares(counts, 50), posterior_shares(counts, 50))
