"""Accidents of likeness: a matrix form that is not the formula, weights that are none, pacts read as sympathy.

The published check values of pairs of states (ROK-PRK agreement and kappa) are held in test_un.py and, against the
table of votes, in tests/tables/test_un_check_values.py; here the formulas are held against plain loops.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging import tables
from hedging.errors import HedgingError
from hedging.measures.alliances import obligation, portfolio_similarity
from hedging.measures.similarity import STATISTICS, pair_tables
from hedging.measures.un import agreement, agreement_of_all

quick = settings(max_examples=40, deadline=None, derandomize=True)
codes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


def value(name, pairs, weights=None, size=4):
    return STATISTICS[name](pair_tables(np.array(pairs, float), size, weights))[0, 1]


@quick
@given(codes, st.data())
def test_weighted_s_is_the_sum_that_its_authors_print(pairs, data):
    weights = np.array(data.draw(st.lists(st.floats(0.1, 5), min_size=len(pairs), max_size=len(pairs))))
    x, y = np.array(pairs, float).T
    plain = 1 - 2 * (weights * np.abs(x - y)).sum() / (weights * 3).sum()
    squared = 1 - 2 * (weights * (x - y) ** 2).sum() / (weights * 9).sum()
    assert value("signorino", pairs, weights) == pytest.approx(plain)
    assert value("signorino_squared", pairs, weights) == pytest.approx(squared)
    assert squared >= plain - 1e-12
    assert value("signorino", pairs, weights) == pytest.approx(2 * value("half_credit", pairs, weights) - 1)


@quick
@given(codes)
def test_chance_is_what_all_pairings_of_the_same_positions_give(pairs):
    x, y = np.array(pairs, float).T
    by_chance = ((x[:, None] - y[None, :]) ** 2).mean()
    if by_chance > 0:
        assert value("kappa", pairs) == pytest.approx(1 - ((x - y) ** 2).mean() / by_chance)
    else:
        assert np.isnan(value("kappa", pairs))
    expected = 1 - 2 * np.abs(x[:, None] - y[None, :]).mean() / 3
    assert value("beyond_chance", pairs) == pytest.approx(value("signorino", pairs) - expected, abs=1e-12)
    both = np.concatenate([x, y])
    same = sum((both == code).mean() ** 2 for code in range(4))
    if same < 1:
        assert value("scott", pairs) == pytest.approx(((x == y).mean() - same) / (1 - same))


@quick
@given(codes, st.floats(0.1, 9), st.randoms())
def test_neither_the_unit_of_the_weights_nor_the_order_of_the_items_matters(pairs, unit, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    for name in STATISTICS:
        one = value(name, pairs)
        assert value(name, pairs, np.full(len(pairs), unit)) == pytest.approx(one, nan_ok=True)
        assert value(name, shuffled) == pytest.approx(one, nan_ok=True)
        assert value(name, [(b, a) for a, b in pairs]) == pytest.approx(one, nan_ok=True)


@pytest.mark.parametrize("weights", [[1.0, -1.0], [0.0, 0.0], [1.0], [np.nan, 1.0], [np.inf, 1.0]])
def test_weights_that_weigh_nothing_are_refused(weights):
    with pytest.raises(HedgingError, match="weights"):
        pair_tables(np.zeros((2, 2)), 3, np.array(weights))


def test_positions_off_the_scale_are_refused():
    with pytest.raises(HedgingError, match="codes 0 to 2"):
        pair_tables(np.array([[3.0, 0.0]]), 3)


def test_all_pairs_at_once_are_each_pair_alone():
    votes = tables.load("un_votes_prk").query("2015 <= year <= 2018")
    states = ["CHN", "PRK", "RUS", "USA"]
    for choices in ({}, {"statistic": "kappa"}, {"absences": "category", "statistic": "scott", "nuclear": "drop"}):
        found = agreement_of_all(votes, states, **choices)
        assert len(found) == 4 * 6
        for a, b in (("CHN", "PRK"), ("PRK", "USA")):
            alone = agreement(votes, a, b, **choices)
            assert found.xs((a, b), level=("a", "b"))["value"].to_numpy() == pytest.approx(alone["value"].to_numpy())
            assert found.xs((a, b), level=("a", "b"))["votes"].tolist() == alone["votes"].tolist()


def test_the_pairs_of_one_state_are_those_among_all():
    votes, states = tables.load("un_votes_prk").query("2015 <= year <= 2018"), ["CHN", "PRK", "RUS", "USA"]
    found = agreement_of_all(votes, states)
    own = [("PRK" in pair) for _, *pair in found.index]
    pd.testing.assert_frame_equal(agreement_of_all(votes, states, of="PRK"), found[own], check_index_type=False)
    with pytest.raises(HedgingError, match="JPN"):
        agreement_of_all(votes, states, of="JPN")


def test_the_agreement_of_all_states_is_the_one_in_the_table():
    """un_agreement is built by its own code in ingest: both ways to the same number."""
    found = agreement_of_all(tables.load("un_votes_prk"), ["PRK", "RUS", "CHN", "USA", "JPN", "KOR"])["value"]
    table = tables.load("un_agreement").query("iso3 == 'PRK'").set_index(["year", "power"])["agreement"]
    for power in ("RUS", "CHN", "USA", "JPN", "KOR"):
        pair = tuple(sorted(("PRK", power), key=["PRK", "RUS", "CHN", "USA", "JPN", "KOR"].index))
        ours = found.xs(pair, level=("a", "b"))
        gap = (ours - table.xs(power, level="power")).dropna().abs()
        assert len(gap) >= 30
        assert gap.max() <= 0.00005 + 1e-9


def test_a_pact_is_coded_by_its_strongest_promise():
    pacts = pd.DataFrame(
        {"defence": [True, False, False], "consultation": [True, True, False], "nonaggression": [True, True, False]},
        index=pd.MultiIndex.from_tuples([("CHN", 1961), ("RUS", 2000), ("USA", 2000)]),
    )
    assert obligation(pacts).tolist() == [3, 2, 0]
    with pytest.raises(HedgingError, match="friendship"):
        obligation(pacts.rename(columns={"defence": "friendship"}))
    with pytest.raises(HedgingError, match="true or false"):
        obligation(pacts.astype(object).mask(pacts, "yes"))


def test_two_states_without_allies_are_alike_to_s_and_not_to_kappa():
    """The fault of S that `haege2011` shows: shared absence of ties counts as likeness."""
    partners = [f"P{number}" for number in range(20)]
    lists = pd.DataFrame(0.0, partners, ["A", "B"])
    lists.loc["P0", "A"], lists.loc["P1", "B"] = 3, 3
    assert portfolio_similarity(lists, "signorino").loc["A", "B"] == pytest.approx(0.8)
    assert portfolio_similarity(lists, "kappa").loc["A", "B"] < 0
    assert portfolio_similarity(lists).loc["A", "A"] == 1
    with pytest.raises(HedgingError, match="statistic"):
        portfolio_similarity(lists, "tau")
