"""Accidents of comparison: states with other years, a world trend taken for one state's act, controls nobody read."""

import numpy as np
import pandas as pd
import pytest

from hedging import tables
from hedging.errors import HedgingError
from hedging.inference import compare, count_power, members, negative_controls
from hedging.inference.autoregression import simulate_ar1
from hedging.inference.comparison import detectable
from hedging.inference.controls import at_least
from hedging.inference.counts import BATCH, TRIALS, reaches
from hedging.measures import cross_bloc_share, equidistance

YEARS = np.arange(1991, 2025)
ERA, BEFORE = (2003, 2009), (1991, 2002)


def world(states=60, seed=1):
    drawn = simulate_ar1(0.6, 1.0, len(YEARS), states, np.random.default_rng(seed)).T
    return pd.DataFrame(drawn, YEARS, [f"S{number}" for number in range(states)])


def test_what_the_whole_world_did_is_no_act_of_one_state():
    frame = world()
    frame.loc[2003:2009] += 5.0
    assert compare(frame, "S0", ERA, BEFORE).contrast > 3
    assert compare(frame, "S0", ERA, BEFORE).p > 0.05
    frame.loc[2003:2009, "S0"] += 8.0
    alone = compare(frame, "S0", ERA, BEFORE)
    assert (alone.rank, alone.p) == (1, 1 / 60)
    assert compare(frame, "S0", ERA, BEFORE, "lower").rank == 60


def test_each_states_contrast_is_its_own_means_difference():
    frame = world()
    found = compare(frame, "S3", ERA)
    want = frame.loc[2003:2009].mean() - frame.drop(range(2003, 2010)).mean()
    pd.testing.assert_series_equal(found.contrasts, want, check_names=False)
    scaled = compare(frame * np.arange(1, 61), "S3", ERA, scaled=True)
    assert scaled.contrasts.to_numpy() == pytest.approx((want / frame.std(ddof=0)).to_numpy())


def test_states_with_other_years_are_named_and_not_ranked():
    frame = world()
    frame.loc[2005, "S7"] = np.nan
    frame.loc[2015, "S8"] = np.nan  # in neither stretch
    frame.loc[1991, "S0"] = np.nan  # the state's own gap is nobody else's fault
    frame.loc[1991, "S9"] = np.nan
    found = compare(frame, "S0", ERA, BEFORE)
    assert found.left_out.to_dict() == {"S7": "1 of 18 dates not observed"}
    table = members(found)
    assert table["compared"].sum() == found.n == 59
    assert table.loc["S8", "why"].startswith("observed at all 18 dates")


def test_the_shift_that_is_said_to_be_found_is_found():
    values = compare(world(200), "S0", ERA, BEFORE).contrasts.to_numpy()
    step = detectable(values)

    def rank(at, size):
        moved = values.copy()
        moved[at] += size
        return (moved >= moved[at]).sum()

    reached = np.mean([rank(at, step + 1e-9) <= 10 for at in range(200)])
    assert 0.8 <= reached <= 0.81
    assert np.mean([rank(at, step * 0.98) <= 10 for at in range(200)]) < 0.8
    assert detectable(values[:19]) == float("inf")


def test_too_few_states_unknown_ones_and_empty_stretches_are_refused():
    with pytest.raises(HedgingError, match=r"12 states with the same data: not testable"):
        compare(world(12), "S0", ERA)
    with pytest.raises(HedgingError, match="did you mean 'S1'"):
        compare(world(12).iloc[:, :2], "S11", ERA)
    with pytest.raises(HedgingError, match="no observation in the window"):
        compare(world().assign(S0=np.nan), "S0", ERA)
    with pytest.raises(HedgingError, match="overlap"):
        compare(world(), "S0", ERA, (2009, 2012))
    with pytest.raises(HedgingError, match="never varies"):
        compare(world().assign(S0=1.0), "S0", ERA, scaled=True)
    with pytest.raises(HedgingError, match="twice"):
        compare(pd.concat([world(), world()]), "S0", ERA)


def test_all_states_of_the_assembly_can_be_compared():
    votes = tables.load("un_agreement").query("power == 'USA'")
    frame = votes.pivot(index="year", columns="iso3", values="agreement_no_nuclear")
    found = compare(frame, "PRK", (2018, 2019), (2016, 2017))
    assert found.n > 150
    assert 0 < found.p <= 1


def test_controls_that_show_an_era_put_the_method_at_fault():
    quiet = negative_controls(world(20), ERA, BEFORE)
    assert quiet.sound
    assert quiet.reached == quiet.table["reached"].sum()
    assert quiet.expected == pytest.approx(2 * 20 / 34)
    assert negative_controls(world(20), ERA, BEFORE, "lower").expected == pytest.approx(20 / 34)
    loud = world(20)
    loud.loc[2003:2009] += 6.0
    assert negative_controls(loud, ERA, BEFORE, "lower").sound
    broken = negative_controls(loud, ERA, BEFORE)
    assert not broken.sound
    assert broken.excess < 1e-6


def test_the_odds_of_controls_are_those_of_coins():
    assert at_least(0, np.array([0.1, 0.2])) == pytest.approx(1)
    assert at_least(1, np.array([0.1, 0.2])) == pytest.approx(1 - 0.9 * 0.8)
    assert at_least(2, np.array([0.1, 0.2])) == pytest.approx(0.02)


def test_a_control_that_cannot_be_tested_is_named():
    with pytest.raises(HedgingError, match=r"control 'Sweden': a constant"):
        negative_controls({"Sweden": pd.Series(1.0, YEARS)}, ERA)
    with pytest.raises(HedgingError, match="no negative control"):
        negative_controls({}, ERA)


def test_four_in_five_is_told_as_soon_as_it_is_settled_and_never_otherwise():
    rng, lengths = np.random.default_rng(20251123), []
    for chance in (0.0, 0.5, 0.78, 0.8, 0.82, 1.0):
        decided = rng.random((TRIALS // BATCH, BATCH)) < chance
        left = iter(decided)
        assert reaches(left, 0.8) == (decided.mean() >= 0.8)
        lengths.append(len(list(left)))
    assert lengths[0] > lengths[-1] > 0
    exactly = np.arange(TRIALS).reshape(-1, BATCH) < 0.8 * TRIALS
    assert reaches(exactly, 0.8)
    assert not reaches(exactly, 0.805)


def test_few_meetings_decide_little_and_many_of_the_same_decide():
    counts = pd.Series({"RUS": 1, "CHN": 5, "USA": 3, "JPN": 0, "KOR": 3})
    found = count_power(counts, equidistance, 0.5, "lower")
    assert found.now < 0.8
    assert found.events > counts.sum()
    more = count_power(counts * int(found.events / counts.sum()), equidistance, 0.5, "lower")
    assert more.now == pytest.approx(0.8, abs=0.15)
    assert count_power(counts, cross_bloc_share, 0.5, "higher").events == float("inf")
    with pytest.raises(HedgingError, match="not testable"):
        count_power(counts * 0, equidistance, 0.5)
