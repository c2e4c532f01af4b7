"""Accidents of periodisation: any cut looks good, a two-point era, a sample of partitions passed off as all."""

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.inference import era_test, partition_test
from hedging.inference.autoregression import simulate_ar1
from hedging.inference.partitions import count, every, sample

YEARS = np.arange(1950, 2025)
ERAS = [(1950, 1990), (1991, 2002), (2003, 2009), (2018, 2019), (2020, 2024)]


def stepped(size=2.5, seed=5):
    noise = simulate_ar1(0.3, 0.5, len(YEARS), 1, np.random.default_rng(seed))[0]
    steps = np.select([YEARS <= 1990, YEARS <= 2002, YEARS <= 2009, YEARS <= 2017], [0, size, 0, size / 2], -size)
    return pd.Series(noise + steps, YEARS)


def by_hand(values, masks):
    inside = np.concatenate([values[mask] for mask in masks])
    rest = sum(((values[mask] - values[mask].mean()) ** 2).sum() for mask in masks)
    return 1 - rest / ((inside - inside.mean()) ** 2).sum()


def masks(eras):
    return [(first <= YEARS) & (last >= YEARS) for first, last in eras]


def test_r2_is_what_an_analysis_of_variance_gives_and_leaves_out_what_is_left_out():
    series = stepped()
    found = era_test(series, ERAS, detrend=False)
    assert found.r2 == pytest.approx(by_hand(series.to_numpy(), masks(ERAS)))
    rolled = np.roll(series.to_numpy(), -20)
    assert found.shifted[-20 % 75] == pytest.approx(by_hand(np.roll(series.to_numpy(), 20), masks(ERAS)))
    assert found.shifted[20] == pytest.approx(by_hand(rolled, masks(ERAS)))
    assert found.p == 1 / 75


def test_real_borders_are_ranked_above_others_and_borrowed_ones_are_not():
    real = partition_test(stepped(), ERAS)
    assert real.p < 0.01
    elsewhere = partition_test(stepped(), [(1950, 1963), (1964, 1984), (1985, 1996), (1997, 2024)])
    assert elsewhere.p > 0.05


def test_a_sample_of_partitions_is_said_to_be_one():
    series = stepped()
    few = partition_test(series, [(1950, 1990), (1991, 2024)])
    assert (few.exact, few.n, few.possible) == (True, count(75, 2, 34), 75 - 2 * 34 + 1)
    many = partition_test(series, ERAS, most=500)
    assert (many.exact, many.n, many.least) == (False, 500, 2)
    assert many.possible == count(75, 6, 2) > 10_000_000
    assert partition_test(series, ERAS, most=500) == many


@pytest.mark.parametrize(("n", "parts", "least"), [(9, 3, 2), (12, 4, 2), (7, 2, 3)])
def test_every_partition_is_listed_once_and_drawn_as_often_as_any_other(n, parts, least):
    listed = every(n, parts, least)
    assert len({tuple(row) for row in listed}) == len(listed) == count(n, parts, least)
    assert (np.diff(listed, axis=1) >= least).all()
    assert (listed[:, [0, -1]] == [0, n]).all()
    drawn = sample(n, parts, least, 4000, seed=1)
    shares = pd.Series([tuple(row) for row in drawn]).value_counts(normalize=True)
    assert set(shares.index) == {tuple(row) for row in listed}
    assert (shares * len(listed)).between(0.7, 1.3).all()


def test_a_history_that_only_climbs_has_no_eras():
    with pytest.raises(HedgingError, match="straight line"):
        era_test(pd.Series(YEARS * 0.5, YEARS), ERAS)


@pytest.mark.parametrize(
    ("eras", "what"),
    [
        ([(1950, 1990)], "fewer than two"),
        ([(1950, 1990), (1985, 2000)], "overlaps"),
        ([(1950, 1990), (2018, 2018)], "1 observations in the era 2018 to 2018: not testable"),
        ([(1950, 1990), (2030, 2040)], "0 observations"),
    ],
)
def test_eras_that_cannot_be_told_apart_are_refused(eras, what):
    for test in (era_test, partition_test):
        with pytest.raises(HedgingError, match=what):
            test(stepped(), eras)


def test_gaps_and_constants_are_not_testable():
    for test in (era_test, partition_test):
        with pytest.raises(HedgingError, match="gap inside"):
            test(stepped().drop(1970), ERAS)
        with pytest.raises(HedgingError, match="constant series: not testable"):
            test(pd.Series(1.0, YEARS), ERAS)
        with pytest.raises(HedgingError, match="no observation"):
            test(pd.Series(np.nan, YEARS), ERAS)
    with pytest.raises(HedgingError, match="least=9"):
        partition_test(stepped(), ERAS, least=9)
