import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures import POWERS, cross_bloc_hedge, cross_bloc_share, equidistance, tilt
from hedging.measures.entropy import (
    binary,
    change,
    changes,
    choices,
    normalised,
    split,
    splits,
    tree,
)

quick = settings(max_examples=40, deadline=None, derandomize=True)
amounts = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=5, max_size=5)
nan = float("nan")


def row(values, columns=POWERS):
    return pd.DataFrame([values], columns=list(columns), index=[2000], dtype=float)


def test_the_worked_example_comes_out_to_every_printed_digit(four_cases):
    found = tree(four_cases)
    printed = pd.DataFrame(
        {
            "total": [100.0, 100, 100, 90],
            "w_east": [0.7, 0.5, 1, 0.6667],
            "between": [0.8813, 1, 0, 0.9183],
            "h_east": [0.5917, 0, 1, 1],
            "moscow_beijing": [0.4142, 0, 1, 0.6667],
            "h3": [1.2955, 1, 1, 1.5850],
            "h_total": [1.7332, 1.4855, 1, 2.1133],
        },
        index=[1, 2, 3, 4],
    )
    pd.testing.assert_frame_equal(found[printed.columns].round(4), printed)
    west = (found["within_west"] / (1 - found["w_east"])).round(4)
    assert west[[1, 2, 4]].tolist() == [1.4591, 0.971, 1.585]
    assert np.isnan(west[3])  # no West, no spread inside it
    e = normalised(found).round(4)
    assert e["e"].tolist() == [0.8173, 0.6309, 0.6309, 1]
    assert e.loc[1].tolist() == [0.8173, 0.5560, 0.2613]


def test_opposite_stories_with_the_same_sum_stay_apart_in_the_parts(four_cases):
    found = tree(four_cases)
    assert found.loc[2, "h3"] == found.loc[3, "h3"]
    assert found.loc[2, ["between", "moscow_beijing"]].tolist() == [1, 0]
    assert found.loc[3, ["between", "moscow_beijing"]].tolist() == [0, 1]


def test_a_missing_tie_is_not_read_as_zero(four_cases):
    four_cases.loc[2, "KOR"] = nan
    with pytest.raises(HedgingError, match=r"use bounds, never zero[\s\S]*row 2: KOR"):
        tree(four_cases)
    found = tree(four_cases, missing="nan")
    assert found.loc[2].drop("h_east").isna().all()
    assert found.loc[2, "h_east"] == 0  # both patrons are known that year
    assert found.loc[[1, 3, 4]].notna().any(axis=None)
    with pytest.raises(HedgingError, match="missing="):
        tree(four_cases, missing="zero")


def test_no_ties_is_neither_total_dependence_nor_balance():
    found = tree(row([0, 0, 0, 0, 0])).iloc[0]
    assert found["total"] == 0
    assert found.drop("total").isna().all()


def test_a_camp_without_ties_has_no_spread_and_adds_none():
    found = tree(row([0, 0, 3, 3, 0])).iloc[0]
    assert np.isnan(found["h_east"])
    assert found[["moscow_beijing", "h3", "h_total"]].tolist() == [0, 0, 1]


@quick
@given(amounts)
def test_the_parts_add_up_to_the_whole(values):
    if not sum(values):
        return
    found = tree(row(values)).iloc[0]
    share = np.array(values)[np.array(values) > 0] / sum(values)
    assert found["h_total"] == pytest.approx(-(share * np.log2(share)).sum(), abs=1e-9)
    assert found["between"] + found["moscow_beijing"] == pytest.approx(found["h3"])
    assert -1e-12 <= found["h3"] <= np.log2(3) + 1e-9
    assert -1e-12 <= found["h_total"] <= np.log2(5) + 1e-9
    number = choices(tree(row(values))).iloc[0]
    assert number["choices"] == pytest.approx(number["camps"] * number["patrons"])


@quick
@given(amounts, st.floats(1e-3, 1e3))
def test_the_unit_of_the_ties_moves_no_part(values, unit):
    one, other = tree(row(values)), tree(row([value * unit for value in values]))
    assert np.allclose(one.drop(columns="total"), other.drop(columns="total"), equal_nan=True, atol=1e-9)


@quick
@given(amounts, st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_h3_does_not_depend_on_who_counts_in_the_west(values, spread):
    west = sum(values[2:])
    other = [*values[:2], *[west * part / sum(spread) for part in spread]]
    assert np.allclose(tree(row(values))["h3"], tree(row(other))["h3"], equal_nan=True, atol=1e-9)
    assert np.allclose(tree(row(values))["h3"], tree(row([*values[:2], west], POWERS[:3]))["h3"], equal_nan=True)


@quick
@given(amounts, amounts)
def test_entropy_twins_rank_years_as_the_balances_do(one, other):
    ties = pd.DataFrame([one, other], columns=POWERS)
    parts = tree(ties)
    for entropy, balance in ((parts["between"], cross_bloc_hedge(ties)), (parts["h_east"], equidistance(ties))):
        step = balance[1] - balance[0]
        if abs(step) > 1e-9:
            assert (entropy[1] - entropy[0]) * step > 0
    assert np.allclose(parts["between"], binary(cross_bloc_share(ties)), equal_nan=True, atol=1e-9)
    assert np.allclose(parts["h_east"], binary((1 + tilt(ties)) / 2), equal_nan=True, atol=1e-9)


def test_the_bidding_of_1960_gives_the_entropy_in_the_record():
    assert round(tree(row([190 + 35, 105, 0], POWERS[:3]))["h_east"].iloc[0], 2) == 0.90


def test_change_from_case_1_to_case_4_is_split_as_printed(four_cases):
    found = change(four_cases, 1, 4).round(4)
    assert found["h3"] == 0.2895
    assert found[["between", "moscow_beijing"]].tolist() == [0.0370, 0.2525]
    assert found[["evenness", "size"]].tolist() == [0.2790, -0.0265]
    with pytest.raises(HedgingError, match="no row 7"):
        change(four_cases, 1, 7)


def test_a_larger_east_is_not_told_as_a_more_even_east():
    ties = pd.DataFrame([[10, 30, 40.0], [20, 60, 0]], columns=POWERS[:3], index=[1990, 2020])
    found = change(ties, 1990, 2020)
    assert found["evenness"] == pytest.approx(0)
    assert found["size"] > 0.4


def test_no_split_of_a_change_is_made_up_where_the_east_was_empty():
    found = change(pd.DataFrame([[0, 0, 4.0], [1, 1, 2]], columns=POWERS[:3]), 0, 1)
    assert found[["evenness", "size"]].isna().all()
    assert found["moscow_beijing"] == 0.5


def test_three_specialised_domains_split_as_printed():
    domains = pd.DataFrame([[80, 10, 10], [10, 80, 10], [20, 20, 60.0]], columns=POWERS[:3])
    found = split(domains).round(4)
    assert found.loc["between"].tolist() == [0.8366, 0.6363, 0.2003]
    assert found.loc["moscow_beijing"].tolist() == [0.7333, 0.4353, 0.2980]
    assert found.loc["h3"].tolist() == [1.5700, 1.0716, 0.4984]


def test_swinging_between_patrons_is_not_told_as_equidistance():
    swung = split(pd.DataFrame([[90, 10, 0], [10, 90, 0.0]], columns=POWERS[:3])).loc["moscow_beijing"].round(3)
    even = split(pd.DataFrame([[50, 50, 0], [50, 50, 0.0]], columns=POWERS[:3])).loc["moscow_beijing"].round(3)
    assert swung.tolist() == [1.000, 0.469, 0.531]
    assert even.tolist() == [1, 1, 0]


def test_years_that_cannot_be_pooled_are_named_and_not_dropped_in_silence():
    ties = pd.DataFrame([[1, 1, 0], [0, 0, 0], [nan, 1, 0]], columns=POWERS[:3], index=[1961, 1962, 1963])
    with pytest.raises(HedgingError, match="rows 1962, 1963"):
        split(ties)
    found = split(ties, missing="drop")
    assert found.attrs["left_out"] == [1962, 1963]
    assert found.loc["moscow_beijing", "pooled"] == 1


def test_weights_by_total_and_equal_weights_are_told_apart():
    ties = pd.DataFrame([[90, 10, 0], [0, 1, 0.0]], columns=POWERS[:3])
    assert split(ties, "equal").loc["h3", "within"] == pytest.approx(split(ties.iloc[:1]).loc["h3", "within"] / 2)
    own = split(ties, pd.Series([100, 1]))
    pd.testing.assert_frame_equal(split(ties, "total"), own)
    for weights in ("size", pd.Series([1.0]), pd.Series([-1, 2])):
        with pytest.raises(HedgingError, match="weights"):
            split(ties, weights)


@quick
@given(st.lists(amounts, min_size=2, max_size=6))
def test_pooling_never_loses_entropy(rows):
    ties = pd.DataFrame([row for row in rows if sum(row)], columns=POWERS)
    if ties.empty:
        return
    found = split(ties)
    assert (found["split"] >= 0).all()
    assert np.allclose(found["pooled"], found["within"] + found["split"], atol=1e-9)
    assert found.loc["h3"].to_numpy() == pytest.approx((found.loc["between"] + found.loc["moscow_beijing"]).to_numpy())


def test_steps_of_many_countries_are_not_taken_from_one_to_the_next(four_cases):
    ties = pd.concat(
        {"PRK": four_cases, "CUB": four_cases.iloc[::-1].set_axis([1, 2, 3, 4])}, names=["country", "year"]
    )
    found = changes(ties)
    for country in ("PRK", "CUB"):
        assert found.loc[(country, 1)].isna().all()
        alone = change(ties.loc[country], 1, 2)
        pd.testing.assert_series_equal(found.loc[(country, 2)], alone[found.columns], check_names=False)
    whole = found.dropna()
    assert whole["h3"].to_numpy() == pytest.approx((whole["between"] + whole["moscow_beijing"]).to_numpy())
    assert whole["moscow_beijing"].to_numpy() == pytest.approx((whole["evenness"] + whole["size"]).to_numpy())


def test_the_printed_change_from_the_lopsided_to_the_even_case_is_met(four_cases):
    found = changes(four_cases.loc[[1, 4]]).loc[4].round(4)
    assert found[["h3", "between", "moscow_beijing"]].tolist() == [0.2895, 0.0370, 0.2525]
    assert found[["evenness", "size"]].tolist() == [0.2790, -0.0265]


def test_many_groups_at_once_are_split_as_each_alone(four_cases):
    group = pd.Series(["a", "a", "b", "b"], four_cases.index)
    found = splits(four_cases, group)
    for name, rows in (("a", [1, 2]), ("b", [3, 4])):
        alone = split(four_cases.loc[rows])
        assert found.loc[name, ["pooled", "within", "split"]].to_numpy() == pytest.approx(alone.to_numpy())
    four_cases.loc[2, "CHN"] = nan
    assert splits(four_cases, group).loc["a", "rows"].unique().tolist() == [1]
    with pytest.raises(HedgingError, match="no row with ties"):
        splits(four_cases, pd.Series(nan, four_cases.index))


def test_the_terms_of_1960_are_as_even_as_the_record_says():
    """AID-SUW60, AID-SUD60, AID-CNL60 (TIME, c. November 1960): Moscow 190 + 35, Beijing 105, H_E = 0.90."""
    assert tree(row([225, 105, 0, 0, 0]))["h_east"].iloc[0] == pytest.approx(0.90, abs=0.005)
