import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.inference import best_break, block_interval, shift_test, smallest_detectable
from hedging.inference.autoregression import ar1, simulate_ar1
from hedging.inference.placebo import circulant, rejected, rejecting, without_trend
from hedging.inference.spans import contrast_weights

YEARS = np.arange(1950, 2025)


def break_free(phi, series=300, seed=20251123):
    return simulate_ar1(phi, 1.0, len(YEARS), series, np.random.default_rng(seed))


def stepped(size=2.0, phi=0.3, seed=7):
    values = pd.Series(simulate_ar1(phi, 0.3, len(YEARS), 1, np.random.default_rng(seed))[0], YEARS)
    values.loc[2003:2009] += size
    return values


def test_many_histories_at_once_are_judged_as_each_alone():
    weights = contrast_weights(pd.Series(0.0, YEARS), (2003, 2009), None)
    histories = break_free(0.7, 60) + np.where((YEARS >= 2003) & (YEARS <= 2009), 2.0, 0.0)
    alone = np.array([shift_test(pd.Series(row, YEARS), (2003, 2009)).p <= 0.05 for row in histories])
    # the null is drawn at each history's own phi in the one, read between tabulated phi in the other
    assert (rejected(histories, weights, 0.05, 20251123) == alone).mean() >= 0.95
    assert 0 < alone.sum() < 60
    at, still = rejecting(break_free(0.7, 60), weights, 0.05, 20251123), break_free(0.7, 60)
    for shift in (0.0, 0.5, 2.0, 16.0):
        assert (at(shift) == rejected(still + shift * (weights > 0), weights, 0.05, 20251123)).all()


def test_a_real_step_is_found_in_its_own_direction_only():
    series = stepped()
    found = shift_test(series, (2003, 2009))
    assert found.contrast == pytest.approx(series.loc[2003:2009].mean() - series.drop(range(2003, 2010)).mean())
    assert found.p == found.shift_p == found.smallest_p == pytest.approx(1 / 75)
    assert found.model_p == 1 / 1000
    assert shift_test(series, (2003, 2009), direction="lower").p == 1
    assert shift_test(-series, (2003, 2009), direction="lower").p == found.p


def test_every_shift_is_what_rolling_the_series_by_hand_gives():
    series = stepped()
    found = shift_test(series, (2003, 2009), (1978, 1990))
    by_hand = []
    for k in range(len(series)):
        rolled = pd.Series(np.roll(series.to_numpy(), -k), series.index)
        by_hand.append(rolled.loc[2003:2009].mean() - rolled.loc[1978:1990].mean())
    assert sorted(found.shifted) == pytest.approx(sorted(by_hand))
    assert found.n_shifts == 75


def test_a_trend_alone_is_not_a_special_last_era():
    trend = pd.Series(np.linspace(0, 10, 75) + np.sin(np.arange(75)), YEARS)
    found = shift_test(trend, (2020, 2024))
    assert found.shift_p < 0.05
    assert found.p == found.model_p > 0.05
    assert shift_test(trend, (2020, 2024), detrend=True).p > 0.05
    assert np.allclose(without_trend(np.arange(9.0)), 0)


def test_a_constant_history_is_not_testable_and_gets_no_p():
    with pytest.raises(HedgingError, match="not testable with these data"):
        shift_test(pd.Series(3.0, YEARS), (2003, 2009))


def test_a_gap_is_not_jumped_over_and_missing_ends_are_left_out():
    series = stepped()
    assert shift_test(series.where(series.index >= 1961), (2003, 2009)).n_shifts == 64
    with pytest.raises(HedgingError, match=r"gap inside[\s\S]*after 1969"):
        shift_test(series.drop(1970), (2003, 2009))
    series.loc[1970] = np.nan
    with pytest.raises(HedgingError, match="gap inside"):
        shift_test(series, (2003, 2009))
    with pytest.raises(HedgingError, match="two values"):
        shift_test(pd.concat([stepped(), series.loc[[1980]]]), (2003, 2009))


def test_months_are_tested_as_months():
    index = pd.period_range("2018-01", "2024-02", freq="M")
    series = pd.Series(np.sin(np.arange(len(index))), index)
    series["2018-03":"2019-06"] += 5
    found = shift_test(series, ("2018-03", "2019-06"))
    assert (found.p, found.n_shifts) == (1 / 74, 74)


@pytest.mark.parametrize(
    ("window", "against", "what"),
    [
        ((2009, 2003), None, "reversed"),
        ((1900, 1910), None, "no observation in the window"),
        ((2003, 2009), (1900, 1910), "no observation in the comparison"),
        ((2003, 2009), (2009, 2012), "overlap"),
    ],
)
def test_windows_that_cannot_be_compared_are_refused(window, against, what):
    with pytest.raises(HedgingError, match=what):
        shift_test(stepped(), window, against)


def test_strange_arguments_are_refused():
    with pytest.raises(HedgingError, match="direction"):
        shift_test(stepped(), (2003, 2009), direction="up")
    with pytest.raises(HedgingError, match="not by years"):
        shift_test(pd.Series([1.0, 2.0], ["a", "b"]), (2003, 2009))
    with pytest.raises(HedgingError, match="no observation"):
        shift_test(pd.Series(np.nan, YEARS), (2003, 2009))
    with pytest.raises(HedgingError, match="series is needed"):
        shift_test([1, 2], (2003, 2009))


def test_the_stated_power_is_the_power_found_by_brute_force():
    series = pd.Series(break_free(0.5, 1)[0], YEARS)
    shift = smallest_detectable(series, (2003, 2009))
    phi, noise = ar1(series.to_numpy())
    hits = []
    for row in simulate_ar1(phi, noise, 75, 200, np.random.default_rng(1)):
        shifted = pd.Series(row, YEARS)
        shifted.loc[2003:2009] += shift
        hits.append(shift_test(shifted, (2003, 2009)).p <= 0.05)
    assert np.mean(hits) == pytest.approx(0.8, abs=0.06)


def test_a_short_era_in_a_sticky_history_needs_a_very_large_shift():
    sticky, loose = (pd.Series(break_free(phi, 1)[0], YEARS) for phi in (0.8, 0.0))
    for series in (sticky, loose):
        assert smallest_detectable(series, (2020, 2024)) > smallest_detectable(series, (2000, 2019))
    assert smallest_detectable(sticky, (2020, 2024)) / sticky.std() > 1


def test_too_short_a_history_is_said_to_find_nothing():
    assert smallest_detectable(pd.Series(range(12), range(2013, 2025)), (2020, 2024)) == float("inf")


def test_the_same_series_gives_the_same_interval_power_and_break():
    series = stepped()
    assert block_interval(series) == block_interval(series)
    assert best_break(series) == best_break(series)
    assert smallest_detectable(series, (2003, 2009)) == smallest_detectable(series, (2003, 2009))


def test_missing_years_are_left_out_of_an_interval_and_counted_out():
    series = pd.Series([0.2, np.nan, 0.4, 0.6, np.nan, 0.8])
    found = block_interval(series, "median")
    assert (found.n, found.estimate) == (4, pytest.approx(0.5))
    assert 0.2 <= found.low <= found.estimate <= found.high <= 0.8
    with pytest.raises(HedgingError, match="no observed value"):
        block_interval(series * np.nan)
    with pytest.raises(HedgingError, match="statistic"):
        block_interval(series, "mode")


def test_sticky_years_widen_the_interval():
    series = pd.Series(break_free(0.8, 1)[0], YEARS)
    blocks, single = block_interval(series), block_interval(series, block=1)
    assert blocks.high - blocks.low > single.high - single.low


def test_a_break_is_dated_where_it_was_put():
    values = pd.Series(np.where(YEARS < 1991, 0.0, 3.0) + np.random.default_rng(3).normal(0, 0.3, 75), YEARS)
    found = best_break(values)
    assert found.date == 1991
    assert found.after - found.before == pytest.approx(3, abs=0.2)
    assert best_break(pd.Series(1.0, YEARS)).p == 1


def test_break_dates_of_break_free_series_are_rarely_called_real():
    ps = np.array([best_break(pd.Series(row, YEARS), draws=99).p for row in break_free(0.5, 100)])
    assert (ps <= 0.05).mean() <= 0.12


def test_regimes_shorter_than_allowed_are_not_dated():
    with pytest.raises(HedgingError, match="two regimes"):
        best_break(pd.Series(range(5), range(2020, 2025)), least=3)


def test_shifts_run_round_the_whole_circle():
    assert circulant(np.array([1.0, 0, 0])).tolist() == np.eye(3).tolist()
