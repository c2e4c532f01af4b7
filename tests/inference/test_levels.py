"""Accidents of a level: too short an interval, a gap that is filled, a second opinion that sees eras everywhere."""

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.inference import block_interval, level_interval, level_shift
from hedging.inference.autoregression import simulate_ar1

YEARS = np.arange(1985, 2025)
WINDOW = (2003, 2008)


def history(phi=0.6, seed=2, shift=0.0):
    values = pd.Series(simulate_ar1(phi, 1.0, len(YEARS), 1, np.random.default_rng(seed))[0], YEARS)
    values.loc[2003:2008] += shift
    return values


def test_six_sticky_years_have_a_wider_interval_than_resampling_them_gives():
    series = history(0.8)
    found, naive = level_interval(series, WINDOW), block_interval(series.loc[2003:2008], "median")
    assert found.estimate == naive.estimate
    assert found.high - found.low > 1.5 * (naive.high - naive.low)
    assert found.n == 6


def test_a_level_in_a_noisy_history_needs_a_longer_window():
    series = history()
    short, long = level_interval(series, WINDOW, "mean"), level_interval(series, (1990, 2015), "mean")
    assert short.high - short.low > long.high - long.low
    assert short.detectable > long.detectable


def test_the_unit_and_the_zero_of_the_series_move_the_interval_with_them():
    one, other = level_interval(history(), WINDOW), level_interval(3 * history() + 10, WINDOW)
    assert other.low == pytest.approx(3 * one.low + 10)
    assert other.detectable == pytest.approx(3 * one.detectable)


def test_a_level_as_far_off_as_stated_is_decided_four_times_in_five():
    rng = np.random.default_rng(8)
    drawn = simulate_ar1(0.5, np.sqrt(0.75), len(YEARS), 300, rng)
    found = [level_interval(pd.Series(row, YEARS), WINDOW) for row in drawn]
    distance = np.median([one.detectable for one in found])
    assert np.mean([one.low + distance > 0 for one in found]) == pytest.approx(0.8, abs=0.1)


def test_years_without_a_value_are_left_out_and_not_filled():
    series = history()
    series.loc[[1990, 2005]] = np.nan
    found = level_interval(series, WINDOW)
    assert found.n == 5
    assert found.estimate == np.median(series.loc[2003:2008].dropna())
    assert found == level_interval(series.dropna(), WINDOW)


def test_too_short_a_history_and_a_flat_one_have_no_interval():
    with pytest.raises(HedgingError, match="6 observations"):
        level_interval(history().loc[2003:2008], WINDOW)
    with pytest.raises(HedgingError, match="without variation"):
        level_interval(pd.Series(1.0, YEARS), WINDOW)
    with pytest.raises(HedgingError, match="no observation in the window"):
        level_interval(history(), (2030, 2031))
    with pytest.raises(HedgingError, match="statistic"):
        level_interval(history(), WINDOW, "mode")


def test_the_second_opinion_finds_a_shift_of_the_right_size():
    found = level_shift(history(0.3, shift=4.0), WINDOW)
    assert found.low < 4 < found.high
    assert found.above > 0.99
    assert level_shift(-history(0.3, shift=4.0), WINDOW).above == pytest.approx(1 - found.above)


def test_the_second_opinion_is_the_textbook_one_where_nothing_persists():
    """Independent years, vague prior: mean difference, and nearly the t interval that goes with it."""
    series = history(0.0, shift=2.0)
    found = level_shift(series, WINDOW, prior=50.0)
    target = (YEARS >= 2003) & (YEARS <= 2008)
    difference = series[target].mean() - series[~target].mean()
    assert found.mean == pytest.approx(difference, rel=0.15)


def test_known_errors_of_measurement_widen_the_second_opinion():
    series = history(0.3, shift=2.0)
    sure, unsure = level_shift(series, WINDOW), level_shift(series, WINDOW, error=pd.Series(1.0, YEARS))
    assert unsure.high - unsure.low > 1.05 * (sure.high - sure.low) or unsure.mean < sure.mean
    with pytest.raises(HedgingError, match="missing or negative"):
        level_shift(series, WINDOW, error=pd.Series(1.0, YEARS[1:]))
    with pytest.raises(HedgingError, match="missing or negative"):
        level_shift(series, WINDOW, error=-1.0)


def test_a_sceptical_prior_draws_the_shift_to_nought():
    series = history(0.6, shift=3.0)
    means = [level_shift(series, WINDOW, prior=prior).mean for prior in (0.25, 1.0, 4.0)]
    assert 0 < means[0] < means[1] < means[2]
    with pytest.raises(HedgingError, match="prior 0"):
        level_shift(series, WINDOW, prior=0)
    with pytest.raises(HedgingError, match="not testable"):
        level_shift(pd.Series(2.0, YEARS), WINDOW)


def test_a_balance_that_is_either_high_or_low_has_no_sure_middle():
    """Two humps: an AR(1) would put the median surely at one of them."""
    series = pd.Series(np.where(np.arange(len(YEARS)) % 2, 0.1, 0.9), YEARS)
    found = level_interval(series, (1990, 2010))
    assert found.low < 0.5 < found.high
