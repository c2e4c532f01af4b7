"""Accidents of the list of forks: a fork that nobody knows, a claim that cannot fail, a proposition left out."""

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hedging import paths
from hedging.argument import builders, claim, claims, measured
from hedging.argument.claims import registry
from hedging.argument.portfolio import aggregate, weights_named
from hedging.argument.specifications import frame, listed
from hedging.errors import HedgingError
from hedging.tables import load

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("domain: arms, statistic: level", "domain: arm, statistic: level", "did you mean 'arms'"),
        ("summary: [mean, pooled], start", "sumary: [mean, pooled], start", "did you mean 'summary'"),
        ("measure: [q], ", "measure: [Q], ", "unknown value of fork 'measure'"),
        ("summary: [mean, pooled], start", "summary: [mean, pool], start", "did you mean 'pooled'"),
        ("start: [0, 2]", "start: [0, half]", "moves by whole years"),
        ("start: [0, 2]", "start: [0, 0]", "different values"),
        ("start: [0, 2]", "ranks: [top]", "unknown fork: 'ranks'"),
        ("start: [0, 2]", "detrend: [as_is]", "unknown fork: 'detrend'"),
        ("measure: [q], ", "", "mapping with `measure`"),
        ("start: first date, ", "", "not described"),
        ("statistic: level, window: [1961, 1979], direction: above, threshold: 0.5,",
         "statistic: level, window: [1961, 1979], direction: higher, threshold: 0.5,", "unknown direction"),
        ("direction: above, threshold: 0.5, least: 8, forks", "direction: above, least: 8, forks", "needs 'threshold'"),
        ("threshold: 0.5, least: 8, forks", "threshold: {h_east: 0.5}, least: 8, forks", "threshold must name q"),
        ("threshold: 0.5, least: 8, forks", "threshold: 0.5, least: 0, forks", "least must be a whole number"),
        ("threshold: 0.5, least: 8, forks", "threshold: 0.5, against: [1950, 1960], forks", "has no 'against'"),
        ("predicts: {serial tilting: below}", "predicts: {serial tilt: below}", "did you mean 'serial tilting'"),
        ("predicts: {serial tilting: below}", "predicts: {serial tilting: lower}", "unknown serial tilting"),
        ("serial tilting: Q low", "serial tilts: Q low", "did you mean 'serial tilting'"),
        ("no_curve: eleven meetings have no forks", "rivals: {}", "`multiverse` or says why not"),
        ("propositions: [9]", "propositions: nine", "list of row numbers"),
        ("propositions: [9]", "propositions:", "'propositions' is missing"),
        ("robust: 0.95", "robust: 95", "lie in"),
        ("draws: 3", "draw: 3", "did you mean 'draws'"),
        ("rule: too_short", "rule: to_short", "did you mean 'too_short'"),
        ("when: {detrend: line_out", "when: {detrnd: line_out", "did you mean 'detrend'"),
        ("chapter: 1-between", "chapter: between", "begins with no number"),
    ],
)  # fmt: skip
def test_a_slip_in_the_forks_cannot_change_the_multiverse_in_silence(rewrite, old, new, what):
    rewrite(old, new)
    with pytest.raises(HedgingError, match=what):
        claims()


@pytest.mark.usefixtures("project")
def test_forks_are_crossed_in_full_and_what_a_rule_leaves_out_is_counted():
    specs, out = listed()
    assert Counter(spec.claim for spec in specs) == {"C1a": 4, "C2b": 12}
    assert out["excluded"].tolist() == [4]
    assert out["rule"].tolist() == ["detrend line_out, summary pooled"]
    rows = frame(specs)
    assert len(rows.drop_duplicates()) == len(rows)
    assert set(rows["window"]) == {"1961-1979", "1963-1979"}
    rest = rows[rows["comparison"] == "rest"]
    assert (rest["against"] == "").all()


def test_every_proposition_of_the_op_ed_is_under_a_claim_or_has_a_reason_why_not():
    rows = set(load("propositions")["n"])
    claimed = {row for one in claims() for row in one.propositions}
    assert claimed | set(registry().untestable) == rows
    assert not claimed & set(registry().untestable)


def test_every_claim_can_fail_and_has_a_curve_or_says_why_not():
    for one in claims():
        assert one.fails_if
        assert bool(one.multiverse) != bool(one.no_curve)


def test_no_rule_of_exclusion_is_idle_and_no_described_fork_is_never_taken():
    specs, out = listed()
    assert set(out["rule"]) == {rule.name for rule in registry().exclusions}
    rows = frame(specs).astype(str)
    idle = {fork for fork in registry().forks if rows.get(fork, pd.Series(dtype=str)).nunique() < 2}
    assert idle == set()


def test_a_twin_is_held_against_the_same_point_as_the_measure_it_is_the_twin_of():
    for one in claims():
        for family in one.multiverse:
            for measure, twin in (("q", "h_east"), ("hedge", "between")):
                if {measure, twin} <= set(family.threshold):
                    lesser = (
                        family.threshold["q"] / 2
                        if measure == "q"
                        else (1 - np.sqrt(1 - family.threshold["hedge"])) / 2
                    )
                    bits = -lesser * np.log2(lesser) - (1 - lesser) * np.log2(1 - lesser)
                    assert family.threshold[twin] == pytest.approx(bits, abs=1e-12)


def test_a_rival_that_the_words_of_a_claim_name_can_be_scored():
    spoken = {reading for one in claims() for test in one.tests for reading in test.predicts}
    assert {rival for one in claims() for rival in one.rivals} <= spoken <= {"op-ed", *registry().readings}
    assert [test.predicts["serial tilting"] for test in claim("C1b").tests] == ["below", "above", "below"]


@pytest.mark.usefixtures("project")
def test_a_boundary_moves_both_of_its_sides(project):
    shutil.copy(ROOT / "claims.yml", project)
    rows = frame(listed(["C3b"])[0])
    named = rows[rows["comparison"] == "named"]
    assert set(zip(named["end"], named["against"], strict=True)) == {
        ("-2", "2007-2018"), ("0", "2009-2018"), ("+2", "2011-2018"),
    }  # fmt: skip


DOMAINS = pd.DataFrame({"trade": [0.2, 0.8, 0.5, 0.0], "news": [0.6, np.nan, 0.5, 1.0]})


def test_kinds_of_tie_are_joined_by_the_rule_that_is_named():
    assert aggregate(DOMAINS, "arithmetic").tolist()[::2] == pytest.approx([0.4, 0.5])
    assert aggregate(DOMAINS, "geometric", [0.25, 0.75]).iloc[0] == pytest.approx(0.2**0.25 * 0.6**0.75)
    assert aggregate(DOMAINS, "geometric").iloc[3] == 0
    assert aggregate(DOMAINS, "median_rank").dropna().between(0, 1).all()
    for rule in ("arithmetic", "geometric", "median_rank"):
        assert np.isnan(aggregate(DOMAINS, rule).iloc[1])


@pytest.mark.parametrize(
    ("values", "rule", "weights", "what"),
    [
        (DOMAINS, "mean", None, "unknown rule"),
        (DOMAINS, "arithmetic", [0.5, 0.6], "no weights"),
        (DOMAINS, "arithmetic", [1.5, -0.5], "no weights"),
        (DOMAINS, "arithmetic", [1.0], "no weights"),
        (DOMAINS, "arithmetic", [np.nan, 1.0], "no weights"),
        (DOMAINS, "median_rank", [0.3, 0.7], "knows no weights"),
        (DOMAINS.assign(aid=np.nan), "arithmetic", None, "no value at all in aid"),
        (DOMAINS[["trade"]], "arithmetic", None, "fewer than two"),
        (DOMAINS * 3, "arithmetic", None, "outside"),
    ],
)
def test_weights_that_are_none_and_domains_that_are_empty_give_no_number(values, rule, weights, what):
    with pytest.raises(HedgingError, match=what):
        aggregate(values, rule, weights)


def test_drawn_weights_are_the_same_on_every_machine_and_sum_to_one():
    first = weights_named("draw 3", 3, 10, 20251123)
    assert first.sum() == pytest.approx(1)
    assert (weights_named("draw 3", 3, 10, 20251123) == first).all()
    with pytest.raises(HedgingError, match="did you mean 'draw 1'"):
        weights_named("draw 11", 3, 10, 20251123)


def test_the_tables_that_a_domain_names_are_all_that_it_reads(monkeypatch):
    for name in (*measured.DOMAINS, "portfolio"):
        known = measured.domain(name)
        monkeypatch.setenv("HEDGING_CHAPTER_TABLES", ",".join(known.tables))
        choices = {fork: values[0] for fork, values in known.forks.items()} | {"draws": "1", "seed": "1"}
        choices["measure"] = measured.measures_of(name)[0]
        for kept in (*vars(measured).values(), *vars(builders).values()):
            getattr(kept, "cache_clear", lambda: None)()
        assert not known.build(choices).empty, name
    assert paths.ROOT == ROOT
