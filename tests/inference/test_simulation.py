"""Accidents of calibration: a procedure of this book that finds eras in histories without any more than one in twenty.

The published rates (science 5.1: seed 20251123, 400 series a cell for the search, 300 for the era tests) were computed
with other draws, so both Monte Carlo errors count: four standard errors of the difference.
"""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from hedging.errors import HedgingError
from hedging.inference import naive, simulation
from hedging.inference.autoregression import simulate_ar1

DIFFERENCES, TOTAL = "PELT, differences", "PELT, variance"
SEARCH = {
    (DIFFERENCES, 34): [0.12, 0.57, 0.82, 0.98, 1.00],
    (TOTAL, 34): [0.07, 0.32, 0.55, 0.84, 0.94],
    (DIFFERENCES, 75): [0.09, 0.69, 0.98, 1.00, 1.00],
    (TOTAL, 75): [0.07, 0.37, 0.66, 0.94, 1.00],
}
ERA_TESTS = {
    ("F test", 75): [0.04, 0.26, 0.47, 0.72, 0.85],
    ("F, Newey-West", 75): [0.47, 0.61, 0.70, 0.89, 0.94],
    ("shifted eras, raw", 75): [0.04, 0.04, 0.07, 0.06, 0.08],
}


def assert_near(found, published, theirs, ours):
    middle = np.clip((found + published) / 2, 0.01, 0.99)
    error = np.sqrt(middle * (1 - middle) * (1 / theirs + 1 / ours))
    assert abs(found - published) <= 4 * error


@pytest.fixture(scope="module")
def tiling():
    names = list(dict.fromkeys(name for name, _ in (*SEARCH, *ERA_TESTS)))
    return simulation.false_positives(400, eras="tiling", procedures=names).set_index(["procedure", "length", "phi"])


@pytest.mark.parametrize("cell", [*SEARCH, *ERA_TESTS])
def test_the_false_alarms_of_the_usual_methods_are_as_published(tiling, cell):
    published, theirs = (SEARCH[cell], 400) if cell in SEARCH else (ERA_TESTS[cell], 300)
    for phi, rate in zip(simulation.PHIS, published, strict=True):
        assert_near(tiling.loc[(*cell, phi), "rate"], rate, theirs, 400)


def within_bounds(rates):
    """At most 8% beyond Monte Carlo error, two standard errors of a rate of 8%."""
    slack = 2 * np.sqrt(0.08 * 0.92 / rates.attrs["series"])
    return rates[rates["used"] & (rates["rate"] > 0.08 + slack)]


def study(series, eras, **choices):
    rates = simulation.false_positives(series, eras=eras, **choices)
    rates.attrs["series"] = series
    return rates


def test_no_procedure_that_judges_claims_finds_eras_where_there_are_none():
    rates = study(250, "left out", procedures=simulation.USED, phis=(0.0, 0.7, 0.85))
    assert set(rates["procedure"]) == set(simulation.USED)
    assert within_bounds(rates).empty


@pytest.mark.slow
@pytest.mark.parametrize("eras", simulation.ERAS)
def test_every_procedure_keeps_its_level_over_the_whole_study(eras):
    rates = study(1000, eras, procedures=simulation.USED)
    assert within_bounds(rates).empty
    typical = rates.groupby("procedure")["rate"].mean()
    assert typical.between(0.01, 0.08).all()


def test_newey_west_is_counted_as_statsmodels_computes_it():
    plan = simulation.design(75, "tiling")
    values = simulate_ar1(0.5, 1.0, 75, 12, np.random.default_rng(3))
    dummies = (plan.numbers[:, None] == np.arange(5)).astype(float)
    equal = np.column_stack([-np.ones(4), np.eye(4)])
    for lags, kind in ((0, {}), (4, {"cov_type": "HAC", "cov_kwds": {"maxlags": 4}})):
        ps = [float(sm.OLS(row, dummies).fit(**kind).f_test(equal).pvalue) for row in values]
        assert naive.era_p(values, plan.numbers, lags) == pytest.approx(np.array(ps), rel=1e-6)


def test_the_same_study_gives_the_same_rates_and_a_wrong_word_is_named():
    small = {"lengths": (34,), "phis": (0.5,), "procedures": ("shifted contrast",)}
    pd.testing.assert_frame_equal(simulation.false_positives(50, **small), simulation.false_positives(50, **small))
    with pytest.raises(HedgingError, match="did you mean 'left out'"):
        simulation.false_positives(50, eras="left-out")
    with pytest.raises(HedgingError, match="unknown procedure"):
        simulation.false_positives(50, procedures=("runs test",))
    with pytest.raises(HedgingError, match="unknown length"):
        simulation.false_positives(50, lengths=(40,))
    with pytest.raises(HedgingError, match="3 series"):
        simulation.false_positives(3)
