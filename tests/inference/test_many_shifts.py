"""Accidents of many specifications at once: a shift the wrong way round, a number across a gap, noise as a result."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from hedging.errors import HedgingError
from hedging.inference import best_break, shift_test
from hedging.inference.multiverse import (
    known_quantiles,
    late_break,
    lay_out,
    line_weights,
    rank_p,
    strengths,
    together,
    turned,
    turned_medians,
)
from hedging.inference.multiverse_forks import importance
from hedging.inference.placebo import circulant

YEARS = np.arange(1960, 2000)
RNG = np.random.default_rng(20251123)
WALK = RNG.normal(size=40).cumsum()


def masks(*spans):
    return np.array([np.isin(YEARS, range(first, last + 1)) for first, last in spans])


def test_the_transform_turns_the_same_way_as_the_test_of_one_series():
    window, rest = masks((1970, 1979), (1960, 1966))
    weights = np.array([window / window.sum() - rest / rest.sum(), window / window.sum()])
    found = turned(np.column_stack([WALK, WALK**2]), weights)
    assert np.allclose(found[:, :, 0], [circulant(row) @ WALK for row in weights], atol=1e-12)
    assert np.allclose(found[1, :, 1], circulant(weights[1]) @ WALK**2, atol=1e-10)
    test = shift_test(pd.Series(WALK, YEARS), (1970, 1979), (1960, 1966))
    assert np.allclose(found[0, :, 0], test.shifted, atol=1e-12)
    assert rank_p(found[0, :, 0]) == test.p


def test_a_median_turns_with_its_window():
    both = masks((1970, 1979), (1999, 1999))
    found = turned_medians(np.column_stack([WALK, WALK**2]), both)
    for rows, mask in zip(found, both, strict=True):
        for row, series in zip(rows.T, (WALK, WALK**2), strict=True):
            assert (row == [np.median(np.roll(series, -k)[mask]) for k in range(40)]).all()


def test_a_change_is_the_last_year_less_the_first_or_the_fitted_rise():
    (mask,) = masks((1970, 1979))
    assert line_weights(mask, "ends") @ WALK == pytest.approx(WALK[19] - WALK[10])
    slope = np.polyfit(np.arange(10), WALK[10:20], 1)[0]
    assert line_weights(mask, "trend") @ WALK == pytest.approx(9 * slope)


def test_a_late_break_is_late_exactly_when_the_best_break_is():
    series = pd.Series(WALK, YEARS)
    for since in (1970, 1985):
        late = late_break(WALK, since - 1960, 4)
        assert (late[0] > 0) == (best_break(series, least=4, draws=1).date >= since)
        assert len(late) == 40
    assert np.isnan(late_break(WALK, 2, 4)).all()


@pytest.mark.parametrize(
    ("gone", "window", "against", "words"),
    [
        ([1975], (1970, 1979), (1960, 1966), "a gap inside the window"),
        ([1963], (1970, 1979), (1960, 1966), "a gap inside the comparison"),
        ([1968], (1970, 1979), (1960, 1966), "a gap between"),
        (range(1972, 2000), (1970, 1979), (1960, 1966), "2 observed in the window, 3 needed"),
        (range(1960, 1967), (1970, 1979), (1960, 1966), "no observation in the comparison"),
        (range(1960, 2000), (1970, 1979), None, "no observation in the series"),
        ([], (2005, 2009), None, "no observation in the window"),
    ],
)
def test_a_gap_or_a_handful_of_years_gives_words_and_no_number(gone, window, against, words):
    known = ~np.isin(YEARS, list(gone))
    found = lay_out(known, YEARS, window, against, 3)
    assert isinstance(found, str)
    assert words in found


def test_missing_years_at_the_ends_are_cut_off_and_a_far_gap_shortens_the_circle():
    known = ~np.isin(YEARS, [1960, 1999, 1990])
    found = lay_out(known, YEARS, (1970, 1979), (1955, 1966), 3)
    assert (found.start, found.stop) == (1, 30)
    assert (found.target.sum(), found.rest.sum()) == (10, 6)
    rest = lay_out(known, YEARS, (1970, 1979), None, 3, rest=True)
    assert rest.rest.sum() == 19
    assert "0 observed in the rest" in lay_out(known, YEARS, (1961, 1989), None, 3, rest=True)


def test_a_series_that_stands_still_has_no_strength():
    still = np.array([np.zeros(30), np.full(30, 0.3) + RNG.normal(size=30) * 1e-16])
    assert np.isnan(strengths(still)).all()
    nowhere, moved = strengths(np.array([[np.nan, 1.0, 2.0, 3.0], [2.0, 0.0, np.nan, 1.0]]))
    assert np.isnan(nowhere).all()
    assert np.nanstd(moved) == pytest.approx(1)
    assert np.isnan(moved).tolist() == [False, False, True, False]
    assert np.array_equal(rank_p(np.array([nowhere, moved])), [np.nan, 1 / 3], equal_nan=True)


def test_turning_together_takes_every_series_once_round_and_never_back():
    long, short = np.arange(60.0), np.arange(25.0)
    found = together([long, short])
    assert found.shape == (2, 25)
    assert (found[:, 0] == 0).all()
    assert (np.diff(found, axis=1) > 0).all()
    assert (together([short, short])[0] == short).all()


def balanced():
    forks = pd.MultiIndex.from_product(
        [["x"], list("ab"), list("cde"), list("fg")], names=["kind", "one", "two", "three"]
    )
    table = forks.to_frame(index=False)
    y = table["one"].map({"a": 0.0, "b": 2.0}) + table["two"].map({"c": 0.0, "d": 1.0, "e": 5.0})
    return table, y + RNG.normal(size=len(table))


def test_sums_of_squares_are_those_of_an_analysis_of_variance():
    table, y = balanced()
    found = importance(y, table, inside="kind").set_index("fork")
    wanted = anova_lm(ols("y ~ one + two + three", table.assign(y=y)).fit())["sum_sq"]
    share = wanted / wanted.sum()
    for fork in ("one", "two", "three"):
        assert found.at[fork, "alone"] == pytest.approx(share[fork], abs=1e-9)
        assert found.at[fork, "added"] == pytest.approx(share[fork], abs=1e-9)
    assert found["alone"].sum() + found.attrs["rest"] == pytest.approx(1)
    # with a combination left out, what a fork adds last is the type-II sum of squares
    table, y = table.iloc[1:], y.iloc[1:]
    found = importance(y, table, inside="kind").set_index("fork")
    second = anova_lm(ols("y ~ one + two + three", table.assign(y=y)).fit(), typ=2)["sum_sq"]
    total = ((y - y.mean()) ** 2).sum()
    assert found["added"].to_dict() == pytest.approx({fork: second[fork] / total for fork in ("one", "two", "three")})


def test_a_fork_that_one_kind_of_tie_does_not_know_counts_within_the_others():
    table = pd.DataFrame({"kind": list("xxxxyy"), "one": [*"aabb", None, None], "two": list("cdcdcd")})
    y = pd.Series([0.0, 0, 1, 1, 5, 5])
    found = importance(y, table, inside="kind").set_index("fork")
    assert found.loc[["kind", "one"], "alone"].sum() == pytest.approx(1)
    assert found.at["two", "alone"] == 0
    assert importance(y * 0 + 3, table, inside="kind")["alone"].isna().all()
    with pytest.raises(HedgingError, match="three specifications"):
        importance(y.iloc[:2], table.iloc[:2], inside="kind")


def test_quantiles_of_what_is_known_are_those_of_numpy():
    rng = np.random.default_rng(3)
    shares = np.array([0.0, 0.01, 0.25, 0.5, 0.501, 0.9, 1.0, *rng.random(40)])
    values = np.round(rng.standard_normal((37, 12)), 1)  # with ties
    for gaps in (0.0, 0.3, 0.95):
        values[rng.random(values.shape) < gaps] = np.nan
        values[0] = 1.0  # one is known in every column, and in some no other
        found = known_quantiles(values, shares)
        assert (found == np.nanquantile(values, shares, axis=0)).all()
