"""Accidents of many tests: luck counted as a finding, an order lost, a missing p that passes for nought."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.inference.holm import holm


def test_one_lucky_test_in_many_does_not_survive_their_number():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.04] + [0.5] * 9)[0] == pytest.approx(0.4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_correction_never_helps_and_never_changes_the_order(values):
    adjusted = holm(values)
    assert (adjusted >= np.array(values)).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(values, kind="stable")]) >= 0).all()


def test_a_missing_p_is_refused():
    with pytest.raises(HedgingError, match="missing"):
        holm([0.01, float("nan")])
