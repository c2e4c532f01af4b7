"""Accidents of persistence: an estimate that is too low, so that every calibration by it lets too much through."""

import numpy as np
import pytest

from hedging.inference.autoregression import ar1, corrected_phi, simulate_ar1


@pytest.mark.parametrize(("n", "phi"), [(34, 0.3), (34, 0.7), (75, 0.5), (75, 0.85)])
def test_persistence_of_short_histories_is_not_read_too_low(n, phi):
    drawn = simulate_ar1(phi, 2.0, n, 4000, np.random.default_rng(1))
    centred = drawn - drawn.mean(axis=1, keepdims=True)
    usual = (centred[:, 1:] * centred[:, :-1]).sum(axis=1) / (centred**2).sum(axis=1)
    assert usual.mean() < phi - 0.02
    assert corrected_phi(drawn).mean() == pytest.approx(phi, abs=0.03)


def test_a_constant_or_very_short_history_has_no_persistence_to_speak_of():
    assert corrected_phi(np.ones((2, 30))).tolist() == [0, 0]
    assert corrected_phi(np.arange(5.0)).tolist() == [0]
    assert ar1(np.full(30, 7.0)) == (0, 0)


def test_a_wandering_history_is_kept_short_of_a_random_walk():
    assert corrected_phi(np.arange(40.0)).tolist() == [0.95]


def test_simulated_histories_have_the_persistence_and_spread_asked_for():
    drawn = simulate_ar1(0.6, 0.8, 400, 200, np.random.default_rng(2))
    assert drawn.std() == pytest.approx(1.0, abs=0.03)
    assert np.corrcoef(drawn[:, 1:].ravel(), drawn[:, :-1].ravel())[0, 1] == pytest.approx(0.6, abs=0.02)
