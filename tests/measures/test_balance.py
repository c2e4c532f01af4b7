import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures import (
    POWERS,
    cross_bloc_change,
    cross_bloc_hedge,
    cross_bloc_share,
    domain_split,
    effective_partners,
    equidistance,
    evenness,
    hhi,
    hhi_bounds,
    level,
    shares,
    standing,
    tilt,
)

quick = settings(max_examples=40, deadline=None, derandomize=True)
amounts = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=5, max_size=5)


def row(values, columns=POWERS):
    return pd.DataFrame([values], columns=list(columns), index=[2000], dtype=float)


def test_the_worked_example_comes_out_to_every_printed_digit(four_cases):
    assert tilt(four_cases).round(3).tolist() == [-0.714, -1, 0, 0]
    assert equidistance(four_cases).round(3).tolist() == [0.286, 0, 1, 1]
    assert cross_bloc_hedge(four_cases).round(3).tolist() == [0.84, 1, 0, 0.889]
    assert cross_bloc_share(four_cases).round(3).tolist() == [0.3, 0.5, 0, 0.333]


def test_a_missing_tie_is_not_read_as_zero(four_cases):
    four_cases.loc[1, "RUS"] = np.nan
    four_cases.loc[2, "KOR"] = np.nan
    assert np.isnan(equidistance(four_cases)[1])
    assert equidistance(four_cases)[2] == 0  # both patrons are known that year
    for measure in (level, cross_bloc_share, cross_bloc_hedge, hhi, evenness):
        assert measure(four_cases)[[1, 2]].isna().all()
        assert measure(four_cases)[[3, 4]].notna().all()
    assert shares(four_cases).loc[1].isna().all()


def test_a_year_without_ties_is_neither_dependence_nor_balance():
    none = row([0, 0, 0, 0, 0])
    for measure in (tilt, equidistance, cross_bloc_share, cross_bloc_hedge, hhi, evenness, effective_partners):
        assert measure(none).isna().all()
    assert level(none).tolist() == [0]


def test_isolation_thin_years_and_gaps_are_told_apart():
    ties = pd.DataFrame({"RUS": [100, 100, 3, 0, np.nan], "CHN": [100, 100, 3, 0, 5]}, index=range(2017, 2022))
    assert standing(ties).tolist() == ["ties", "ties", "thin", "no ties", "missing"]


def test_net_flows_and_distances_do_not_pass_for_ties():
    with pytest.raises(HedgingError, match=r"-3[\s\S]*row 2000, column CHN"):
        tilt(row([1, -3, 0, 0, 0]))
    with pytest.raises(HedgingError, match="no tie"):
        level(row([1, np.inf, 0, 0, 0]))
    with pytest.raises(HedgingError, match="numbers"):
        level(pd.DataFrame({"RUS": ["many"]}))


def test_a_misspelt_power_is_named_with_the_nearest():
    with pytest.raises(HedgingError, match="did you mean 'CHN'"):
        tilt(row([1, 2], ["RUS", "CHI"]))
    with pytest.raises(HedgingError, match="lack CHN"):
        tilt(row([1, 2], ["RUS", "USA"]))
    with pytest.raises(HedgingError, match="no Western power"):
        cross_bloc_share(row([1, 2], ["RUS", "CHN"]))
    with pytest.raises(HedgingError, match="DataFrame"):
        tilt([1, 2])


def test_a_frame_in_another_order_or_without_seoul_is_the_same_measure():
    assert tilt(row([1, 3], ["CHN", "RUS"])).tolist() == [0.5]
    assert cross_bloc_share(row([10, 60, 5, 15], POWERS[:4])).tolist() == pytest.approx([20 / 90])


def test_two_patron_evenness_of_recorded_aid():
    assert round(evenness(row([46, 18], ["RUS", "CHN"])).iloc[0], 3) == 0.857


def test_the_bidding_of_1960_gives_the_equidistance_in_the_record():
    offers = row([190 + 35, 105], ["RUS", "CHN"])
    assert round(equidistance(offers).iloc[0], 2) == 0.64


def test_unlisted_partners_widen_the_bound_and_are_not_left_out():
    low, high = hhi_bounds({"JPN": 0.301, "CHN": 0.173})
    assert (round(low, 3), round(high, 3)) == (0.121, 0.210)
    assert hhi_bounds({"JPN": 0.5, "CHN": 0.5}) == (0.5, 0.5)
    with pytest.raises(HedgingError, match="one whole"):
        hhi_bounds({"JPN": 0.7, "CHN": 0.6})


@quick
@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=9))
def test_the_hhi_of_a_fully_known_list_lies_in_the_bound_of_its_published_part(values):
    whole = np.sort(np.array(values) / sum(values))[::-1]
    low, high = hhi_bounds(dict(enumerate(whole[:2])))
    assert low - 1e-9 <= (whole**2).sum() <= high + 1e-9


def test_domains_that_do_not_all_speak_in_a_year_do_not_change_its_split():
    tilts = pd.DataFrame({"trade": [1.0, 1.0], "arms": [-1.0, -1.0], "visits": [0.0, np.nan]}, index=[1965, 1966])
    found = domain_split(tilts)
    assert found[1965] == pytest.approx(np.sqrt(2 / 3))
    assert np.isnan(found[1966])
    with pytest.raises(HedgingError, match="2 domains"):
        domain_split(tilts[["trade", "arms"]])


def test_domain_split_takes_tie_frames_by_domain():
    domains = {name: row([r, c], ["RUS", "CHN"]) for name, r, c in [("a", 1, 0), ("b", 0, 1), ("c", 1, 1)]}
    assert domain_split(domains)[2000] == pytest.approx(np.sqrt(2 / 3))


@quick
@given(amounts)
def test_swapping_the_patrons_turns_the_tilt_round(values):
    swapped = [values[1], values[0], *values[2:]]
    assert tilt(row(values)).equals(-tilt(row(swapped))) or np.allclose(
        tilt(row(values)), -tilt(row(swapped)), equal_nan=True
    )


@quick
@given(amounts, st.floats(1e-3, 1e3))
def test_the_unit_of_the_ties_moves_no_share(values, unit):
    one, other = row(values), row([value * unit for value in values])
    for measure in (tilt, equidistance, cross_bloc_share, cross_bloc_hedge, hhi, evenness):
        assert np.allclose(measure(one), measure(other), equal_nan=True, atol=1e-9)


@quick
@given(amounts)
def test_concentration_keeps_to_its_range(values):
    found = hhi(row(values)).iloc[0]
    if sum(values):
        assert 1 / 5 - 1e-9 <= found <= 1 + 1e-9
        assert -1e-9 <= hhi(row(values), normalised=True).iloc[0] <= 1 + 1e-9
        assert effective_partners(row(values)).iloc[0] == pytest.approx(1 / found)
        assert -1e-9 <= evenness(row(values)).iloc[0] <= 1 + 1e-9


def two_dates(east_0, west_0, east_1, west_1):
    return pd.DataFrame({"RUS": [east_0, east_1], "CHN": 0.0, "USA": [west_0, west_1]}, index=[1990, 2000])


def test_a_collapse_of_the_east_is_not_told_as_growth_of_the_west():
    only_collapse = cross_bloc_change(two_dates(90, 10, 10, 10), 1990, 2000)
    assert only_collapse["western"] == 0
    assert only_collapse["west_share"] == 0
    assert only_collapse["eastern"] == pytest.approx(0.4)
    only_growth = cross_bloc_change(two_dates(90, 10, 90, 90), 1990, 2000)
    assert only_growth["west_share"] == pytest.approx(1)


def test_years_without_data_leave_the_window_and_are_not_averaged_as_zero():
    ties = pd.DataFrame({"RUS": [10, np.nan, 30], "CHN": 0.0, "USA": [10.0, 10, 30]}, index=[1990, 1991, 1992])
    found = cross_bloc_change(ties, (1990, 1991), 1992)
    assert (found["before"], found["rows_before"]) == (0.5, 1)
    with pytest.raises(HedgingError, match="no ties observed"):
        cross_bloc_change(ties, 1991, 1992)


@quick
@given(*[st.floats(0, 1e4)] * 4)
def test_growth_and_collapse_add_up_to_the_whole_change(east_0, west_0, east_1, west_1):
    if min(east_0 + west_0, east_1 + west_1) < 1e-3:
        return
    found = cross_bloc_change(two_dates(east_0, west_0, east_1, west_1), 1990, 2000)
    assert found["western"] + found["eastern"] == pytest.approx(found["change"], abs=1e-9)
