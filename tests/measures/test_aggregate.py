"""Accidents of one number from many: weights that are none, a silent domain, a zero that nobody noticed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.measures.aggregate import country_relation, means, median_rank, weight_band

quick = settings(max_examples=40, deadline=None, derandomize=True)
shares = st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=2, max_size=8)


def frame(rows):
    return pd.DataFrame(rows, columns=["trade", "arms", "visits"], index=range(1961, 1961 + len(rows)), dtype=float)


@quick
@given(shares)
def test_the_geometric_mean_is_never_above_the_arithmetic_and_one_zero_sinks_it(rows):
    found = means(frame(rows))
    assert (found["geometric"] <= found["arithmetic"] + 1e-9).all()
    zero = (frame(rows) == 0).any(axis=1)
    assert (found.loc[zero, "geometric"] == 0).all()
    assert found["arithmetic"].to_numpy() == pytest.approx(np.mean(rows, axis=1))
    positive = ~zero
    logs = np.exp(np.log(frame(rows)[positive]).mean(axis=1))
    assert found.loc[positive, "geometric"].to_numpy() == pytest.approx(logs.to_numpy())


@quick
@given(shares)
def test_every_choice_of_weights_lies_between_the_smallest_and_the_largest_domain(rows):
    values = frame(rows)
    band = weight_band(values, draws=200)
    for name in ("geometric", "arithmetic"):
        assert (band[name, "low"] <= band[name, "high"]).all()
        assert (band[name, "high"] <= values.max(axis=1) + 1e-9).all()
        assert (band[name, "low"] >= values.min(axis=1) - 1e-9).all()


def test_the_band_is_the_same_on_every_run_and_covers_the_equal_weights():
    values = frame([[0.2, 0.9, 0.5], [0.4, 0.4, 0.4]])
    band = weight_band(values)
    pd.testing.assert_frame_equal(band, weight_band(values))
    equal = means(values)["arithmetic"]
    assert band["arithmetic", "low"][1961] < equal[1961] < band["arithmetic", "high"][1961]
    assert band.loc[1962].to_numpy() == pytest.approx(0.4)  # nothing depends on weights there


def test_domains_in_another_order_give_the_same_numbers():
    values, weights = frame([[0.2, 0.9, 0.5], [0.1, 0.3, 0.7]]), {"trade": 0.5, "arms": 0.25, "visits": 0.25}
    turned = values[["visits", "trade", "arms"]]
    pd.testing.assert_frame_equal(means(values, weights), means(turned, weights))
    pd.testing.assert_series_equal(median_rank(values), median_rank(turned))


@pytest.mark.parametrize(
    "weights",
    [
        {"trade": 0.5, "arms": 0.5, "visits": 0.5},
        {"trade": 1.5, "arms": -0.5, "visits": 0.0},
        {"trade": 0.5, "arms": 0.5},
        {"trade": 0.5, "arms": 0.25, "talks": 0.25},
    ],
)
def test_weights_that_do_not_weigh_one_whole_are_refused(weights):
    with pytest.raises(HedgingError, match="weights"):
        means(frame([[0.2, 0.9, 0.5]]), weights)


def test_a_domain_that_never_speaks_is_named_and_not_averaged_away():
    silent = frame([[0.2, np.nan, 0.5], [0.1, np.nan, 0.4]])
    for rule in (means, median_rank, weight_band):
        with pytest.raises(HedgingError, match="nothing is observed in arms"):
            rule(silent)


def test_a_year_in_which_one_domain_is_missing_has_no_aggregate():
    values = frame([[0.2, 0.9, 0.5], [0.1, np.nan, 0.4], [0.3, 0.8, 0.6]])
    assert means(values).isna().all(axis=1).tolist() == [False, True, False]
    assert median_rank(values).isna().tolist() == [False, True, False]
    assert weight_band(values).isna().all(axis=1).tolist() == [False, True, False]


def test_ranks_need_no_common_scale():
    values = frame([[0.1, 0.2, 0.9], [0.2, 0.3, 0.8], [0.3, 0.4, 0.1]])
    assert median_rank(values).tolist() == [0.0, 0.5, 1.0]
    pd.testing.assert_series_equal(median_rank(values), median_rank(values**3))
    with pytest.raises(HedgingError, match="nothing to rank"):
        median_rank(values.iloc[:1])


def test_distances_cannot_be_aggregated_as_shares():
    with pytest.raises(HedgingError, match="outside"):
        means(frame([[0.2, 1.9, 0.5]]))


def test_the_published_relation_index_has_both_its_rules():
    """R+ = .4P + .4E + .2S and R* = ((1+P)/2)^.4 E^.4 S^.2 (`hindawi_countryrelation`), worked by hand."""
    found = country_relation(pd.Series([0.5, -1.0]), pd.Series([0.25, 0.9]), pd.Series([0.1, 0.8]))
    assert found["additive"].tolist() == pytest.approx([0.32, 0.12])
    assert found["geometric"].tolist() == pytest.approx([0.75**0.4 * 0.25**0.4 * 0.1**0.2, 0])
    with pytest.raises(HedgingError, match="political"):
        country_relation(pd.Series([1.5]), pd.Series([0.2]), pd.Series([0.1]))
