"""Accidents of break dates: a faster search that finds other breaks, a false alarm, a hit that is luck."""

import numpy as np
import pandas as pd
import pytest
import ruptures

from hedging.errors import HedgingError
from hedging.inference import date_breaks, hits
from hedging.inference.autoregression import simulate_ar1
from hedging.inference.segments import about_means, alarm_penalty, best_cut, cut

YEARS = np.arange(1950, 2025)


def histories(phi=0.5, series=25, n=75, seed=1):
    return simulate_ar1(phi, 1.0, n, series, np.random.default_rng(seed))


@pytest.mark.parametrize("penalty", [2.0, 8.0, 20.0])
def test_many_histories_are_cut_where_ruptures_cuts_each(penalty):
    drawn = histories()
    boundaries, gain = cut(drawn, penalty, 3)
    for row, found, saved in zip(drawn, boundaries, gain, strict=True):
        ends = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(row).predict(pen=penalty)
        assert np.flatnonzero(found).tolist() == ends[:-1]
        pieces = np.split(row, ends[:-1])
        assert saved == pytest.approx(row.var() * 75 - sum(piece.var() * len(piece) for piece in pieces))


def test_the_alarm_penalty_is_where_the_last_break_goes():
    drawn = histories(0.8)
    level = alarm_penalty(drawn, 3)
    assert not cut(drawn, level * (1 + 1e-6), 3)[0].any()
    assert cut(drawn, level * (1 - 1e-6), 3)[0].any(axis=1).all()
    rest = about_means(drawn, best_cut(drawn, 3))[1]
    assert np.allclose(alarm_penalty(drawn, 3, (drawn.var(axis=1) - rest) * 75 / 2), level, rtol=1e-12)


def test_two_breaks_are_put_where_ruptures_puts_them_and_each_stretch_has_its_own_mean():
    drawn = histories(0.3) + 5.0
    boundaries = best_cut(drawn, 3)
    for row, found, r, square in zip(drawn, boundaries, *about_means(drawn, boundaries), strict=True):
        ends = ruptures.Dynp(model="l2", min_size=3, jump=1).fit(row).predict(n_bkps=2)
        assert np.flatnonzero(found).tolist() == ends[:-1]
        rests = [piece - piece.mean() for piece in np.split(row, ends[:-1])]
        lagged = sum((rest[1:] * rest[:-1]).sum() for rest in rests) / (75 - 3)
        assert square == pytest.approx((np.concatenate(rests) ** 2).mean())
        assert r == pytest.approx(lagged / square)


def two_steps():
    steps = np.select([YEARS < 1970, YEARS < 1991], [0.0, 4.0], -1.0)
    return pd.Series(steps + histories(0.2, 1, seed=4)[0] * 0.5, YEARS)


def test_breaks_are_dated_where_they_were_put_with_their_sureness():
    found = date_breaks(two_steps())
    assert found.dates == (1970, 1991)
    assert found.means == pytest.approx((0, 4, -1), abs=0.5)
    assert found.shares.loc[[1970, 1991]].min() > 0.8
    assert found.shares.sum() == pytest.approx(2, abs=0.3)
    assert found.detectable == pytest.approx(date_breaks(two_steps()).detectable)


def test_a_persistent_history_without_breaks_is_left_whole():
    assert date_breaks(pd.Series(histories(0.7, 1, seed=9)[0], YEARS)).dates == ()


def test_a_hit_counts_only_beside_what_random_dates_hit():
    exact = hits([1970, 1991], [1970, 1991], 1950, 2024)
    assert (exact.hit, exact.expected) == (2, 2)
    assert exact.p < 0.02
    wide = hits([1970, 1991], [1970, 1991], 1950, 2024, slack=25)
    assert wide.p > 0.5
    assert hits([], [1970], 1950, 2024).p == 1
    assert hits([1973], [1970], 1950, 2024).hit == 0


@pytest.mark.parametrize(
    ("series", "what"),
    [
        (pd.Series(1.0, YEARS), "constant"),
        (two_steps().drop(1980), "gap inside"),
        (pd.Series(np.arange(9.0) % 2, range(2016, 2025)), "9 observations"),
    ],
)
def test_histories_that_cannot_be_dated_are_refused(series, what):
    with pytest.raises(HedgingError, match=what):
        date_breaks(series)
    with pytest.raises(HedgingError, match="outside"):
        hits([1990], [1949], 1950, 2024)
