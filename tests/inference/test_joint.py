"""Accidents of a stack: a gap filled with zero, specifications shifted apart, dependence taken for evidence."""

import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.inference import shift_test
from hedging.inference.autoregression import simulate_ar1
from hedging.inference.joint import joint_test, median, share_positive, stack_contrasts

YEARS = np.arange(1991, 2025)
ERA, REST = (YEARS >= 2003) & (YEARS <= 2009), (YEARS >= 1991) & (YEARS <= 2002)


def stack(specs=40, seed=3):
    return simulate_ar1(0.5, 1.0, len(YEARS), specs, np.random.default_rng(seed))


def test_a_stack_gives_what_each_series_gives_alone():
    values = stack(5)
    found = stack_contrasts(values, ERA, REST)
    for row, contrasts in zip(values, found, strict=True):
        alone = shift_test(pd.Series(row, YEARS), (2003, 2009), (1991, 2002))
        assert contrasts == pytest.approx(alone.shifted)
        assert joint_test(contrasts, median).p == alone.shift_p


def test_every_specification_may_have_eras_of_its_own():
    values, later = stack(3), np.roll(ERA, 2)
    eras = np.stack([ERA, later, ERA])
    found = stack_contrasts(values, eras, REST)
    assert found[1] == pytest.approx(stack_contrasts(values[[1]], later, REST)[0])
    assert found[[0, 2]] == pytest.approx(stack_contrasts(values[[0, 2]], ERA, REST))


def test_a_year_that_was_not_observed_is_left_out_and_not_filled():
    values = stack(1)
    values[0, 14] = np.nan  # 2005
    found = stack_contrasts(values, ERA, REST)[0, 0]
    assert found == pytest.approx(np.nanmean(values[0, ERA]) - values[0, REST].mean())
    assert np.isnan(stack_contrasts(values, ERA, REST, least=7)[0, 0])
    assert np.isfinite(stack_contrasts(values, ERA, REST, least=6)[0, 0])


def test_forty_copies_of_one_series_are_no_more_evidence_than_one():
    one = stack(1)
    many = np.repeat(one, 40, axis=0)
    assert (
        joint_test(stack_contrasts(many, ERA, REST), median).p == joint_test(stack_contrasts(one, ERA, REST), median).p
    )


def test_series_that_move_together_do_not_make_a_joint_finding_out_of_nothing():
    rng = np.random.default_rng(11)
    ps = []
    for common in simulate_ar1(0.6, 1.0, len(YEARS), 300, rng):
        values = common + 0.5 * rng.standard_normal((20, len(YEARS)))
        ps.append(joint_test(stack_contrasts(values, ERA, ~ERA), share_positive).p)
    assert (np.array(ps) <= 0.05).mean() <= 0.08


def test_a_summary_of_nothing_is_no_number():
    empty = np.full((2, len(YEARS)), np.nan)
    with pytest.raises(HedgingError, match="no number"):
        joint_test(stack_contrasts(empty, ERA, REST), median)


@pytest.mark.parametrize(
    ("era", "rest", "what"),
    [
        (ERA, ERA, "overlap"),
        (ERA & ~ERA, REST, "no year"),
        (ERA[:-1], REST, "does not fit"),
        (ERA.astype(float), REST, "does not fit"),
    ],
)
def test_masks_that_mean_nothing_are_refused(era, rest, what):
    with pytest.raises(HedgingError, match=what):
        stack_contrasts(stack(2), era, rest)
    with pytest.raises(HedgingError, match="finite"):
        stack_contrasts(stack(2) + np.inf, ERA, REST)
    with pytest.raises(HedgingError, match="direction"):
        joint_test(stack_contrasts(stack(2), ERA, REST), median, "up")
