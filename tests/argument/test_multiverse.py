"""Accidents of a multiverse: workers that find something else, a share without its placebo, a number from no data."""

import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from hedging import measures
from hedging.argument import judge, multiverse, words
from hedging.argument.claims import registry
from hedging.argument.runs import run
from hedging.argument.specifications import listed
from hedging.errors import HedgingError
from hedging.inference import shift_test
from hedging.tables import ties

RULE = registry().multiverse


@pytest.fixture(scope="module")
def aid():
    return multiverse("C3b")


def one_row(found, **choices):
    table = found.table
    for fork, value in choices.items():
        table = table[table[fork] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_the_specification_of_the_claims_own_test_finds_what_the_test_found(aid):
    given = ties.aid("rok_gov_grants")["KOR"]
    row = one_row(
        aid, domain="seoul_aid", concept="grants", measure="value", summary="mean", start="0", end="0",
        comparison="named", detrend="as_is",
    )  # fmt: skip
    test = shift_test(given, (2003, 2008), (2009, 2018), "higher")
    assert row["estimate"] == pytest.approx(test.contrast, abs=1e-9)
    assert row["p"] == test.p
    assert row["strength"] == pytest.approx(test.contrast / test.shifted.std(), abs=1e-9)
    us = ties.aid("us_obligations_constant")["USA"]
    assert judge("C3b", seoul_aid=given, us_aid=us).tests[0]["statistic"] == pytest.approx(row["estimate"], rel=1e-5)


def test_pooled_ties_are_measured_once_and_not_averaged():
    found = multiverse("C1a")
    row = one_row(found, domain="arms", vintage="2022-07", measure="q", summary="pooled", start="0", end="0")
    arms = ties.arms("2022-07", start=1961, end=1979).mean().to_frame().T
    assert row["estimate"] == pytest.approx(measures.equidistance(arms).iloc[0], abs=1e-12)
    row = one_row(found, domain="arms", vintage="2022-07", measure="q", summary="median", start="0", end="0")
    yearly = measures.equidistance(ties.arms("2022-07", start=1961, end=1979))
    assert row["estimate"] == pytest.approx(yearly.median(), abs=1e-12)


def test_a_specification_without_data_has_a_reason_and_no_number():
    for claim in ("C1a", "C4c", "C5b"):
        table = multiverse(claim).table
        none = table[table["status"] == "not testable"]
        assert len(none) > 0
        assert none[["estimate", "strength", "p"]].isna().all(axis=None)
        assert (none["reason"] != "").all()
        assert (none["sign"] == 0).all()
        rest = table.drop(none.index)
        assert rest[["estimate", "strength"]].notna().all(axis=None)
        assert (rest["reason"] == "").all()


def test_the_joint_placebo_turns_all_specifications_at_once(aid):
    found = aid.together()
    long = [row for row in aid.shifts if row is not None and len(row) >= RULE.shifts]
    assert found.shifted == len(long) < found.testable
    medians = [np.median([row[j * len(row) // found.places] for row in long]) for j in range(found.places)]
    assert found.p_median == np.mean(np.array(medians) >= medians[0] - 1e-9)
    assert found.share == (aid.tested()["strength"] > 1e-9).mean()


def test_what_each_fork_explains_lies_between_nothing_and_all(aid):
    found = aid.forks()
    assert {"fork", "values", "alone", "added"} == set(found.columns)
    assert found[["alone", "added"]].to_numpy().min() >= 0
    assert found["alone"].is_monotonic_decreasing
    assert 0 <= found.attrs["rest"] <= 1


def test_two_runs_agree_to_the_bit(aid):
    again = multiverse(["C3b"])
    pd.testing.assert_frame_equal(aid.table, again.table, check_exact=True)
    assert aid.together() == again.together()


def test_workers_of_a_cluster_find_the_same(monkeypatch):
    claims = ["C1c", "C3b", "C5c"]
    alone = multiverse(claims)
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as here,
        Client(here) as client,
    ):
        spread = multiverse(claims, client=client)
        workers = client.scheduler_info()["workers"]
        assert len(workers) == 2
    pd.testing.assert_frame_equal(alone.table, spread.table, check_exact=True)
    for one, other in zip(alone.shifts, spread.shifts, strict=True):
        assert (one is None) == (other is None)
        assert one is None or (one == other).all()


def test_a_claim_without_specifications_says_why(rewrite):
    with pytest.raises(HedgingError, match="eleven meetings have no forks"):
        multiverse("C4b")
    with pytest.raises(HedgingError, match="did you mean 'C1a'"):
        multiverse("C1A")


def test_one_claim_at_a_time_has_a_word(aid):
    both = multiverse(["C1b", "C5c"])
    with pytest.raises(HedgingError, match="one claim at a time"):
        both.together()
    with pytest.raises(HedgingError, match="not in this multiverse"):
        both.of("C3b")
    assert both.summary().index.tolist() == both.claims() == ["C1b", "C5c"]
    assert both.of("C5c").together().word == both.summary().at["C5c", "word"]


@pytest.mark.parametrize(
    ("testable", "share", "p", "word"),
    [
        (49, 1.0, 0.01, "not testable"),
        (0, float("nan"), float("nan"), "not testable"),
        (50, 0.95, 0.05, "robust"),
        (100, 1.0, 0.051, "one sign"),
        (100, 1.0, float("nan"), "one sign"),
        (100, 0.94, 0.01, "fork-dependent"),
        (100, 0.06, 0.01, "fork-dependent"),
        (100, 0.05, 0.99, "against"),
    ],
)
def test_the_word_follows_the_rule_and_nothing_else(testable, share, p, word):
    assert words.word(testable, 100, share, p, RULE) == word
    assert word in words.WORDS


@pytest.mark.parametrize("claim", ["C1a", "C3c", "C4c", "C5c"])
def test_a_specification_run_beside_others_finds_what_it_finds_alone(claim):
    specs, _ = listed([claim])
    for spec, beside in list(zip(specs, run(specs), strict=True))[:: max(1, len(specs) // 20)]:
        (alone,) = run([spec])
        assert (alone.reason, alone.n, alone.n_against) == (beside.reason, beside.n, beside.n_against)
        if not alone.reason:
            assert alone.estimate == pytest.approx(beside.estimate, abs=1e-12)
            assert np.allclose(alone.shifts, beside.shifts, atol=1e-9, equal_nan=True)
            assert alone.p == beside.p
