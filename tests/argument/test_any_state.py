"""The question of any state: the same rule for all, no state an error, and North Korea no other than in chapter 5."""

import json

import numpy as np
import pandas as pd
import pytest

from hedging import paths
from hedging.argument import any_state
from hedging.argument.any_state import ask, judged, rule
from hedging.argument.state_ties import TABLES, Question, Tie
from hedging.errors import HedgingError
from hedging.measures import POWERS


def question(country="PRK", **given):
    plain = {"start": 2020, "end": 2024, "first": 1991, "news": (2022, 2023), "before": (2018, 2019), "seoul": True}
    return Question(country, **{**plain, "votes": "no_nuclear", "arms": "2026-02", **given})


def found(country, **given):
    return {one.claim: one for one in ask(question(country, **given)).findings}


def number(chapter, name):
    cells = json.loads((paths.NOTEBOOKS / f"{chapter}.ipynb").read_text())["cells"]
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    [text] = [o["data"]["application/papermill.record/text/plain"] for o in shown
              if o.get("metadata", {}).get("scrapbook", {}).get("name") == name]  # fmt: skip
    return float(text)


def test_north_korea_is_no_other_here_than_in_chapter_five():
    own = found("PRK")
    [news], [ukraine] = own["news-stopped"].tests, own["ukraine-stopped"].tests
    assert news["statistic"] == pytest.approx(number("5-done-hedging", "states_change"), rel=1e-5)
    told = [one for cell in json.loads((paths.NOTEBOOKS / "5-done-hedging.ipynb").read_text())["cells"]
            for output in cell.get("outputs", []) for kind, one in output.get("data", {}).items()
            if kind.endswith("finding+json") and one["claim"] == "C5a"]  # fmt: skip
    [theirs] = [test for test in told[0]["tests"] if test["series"] == "es11_with_moscow"]
    assert (ukraine["statistic"], ukraine["outcome"]) == (theirs["statistic"], theirs["outcome"])


@pytest.mark.parametrize("power", POWERS)
def test_a_power_has_no_tie_with_itself_and_is_no_error(power):
    own = found(power)
    assert {one.verdict for one in own.values()} == {"not testable with these data"}
    assert all("no tie with itself" in one.tests[0]["statement"] for one in own.values())


def test_a_state_of_which_a_table_knows_nothing_gets_the_reason_and_no_error():
    own = found("XKX")  # no member of the United Nations
    assert own["votes-stopped"].tests[0]["statement"].endswith("table un_agreement does not know Kosovo")
    assert found("VAT")["arms-hedged"].tests[0]["statement"].endswith("table arms_world does not know Vatican City")
    assert found("DDR")["votes-stopped"].verdict == "not testable with these data"  # gone before the window


def test_a_slip_of_the_code_is_told_with_the_nearest_state():
    with pytest.raises(HedgingError, match="did you mean 'BLR' \\(Belarus\\)"):
        question("Belarus")
    with pytest.raises(HedgingError, match="did you mean 'VNM'"):
        question("VNN")


@pytest.mark.parametrize("given", [{"start": 2025}, {"first": 2020}, {"news": (2023, 2022)}])
def test_a_window_that_is_no_window_is_refused_before_anything_is_judged(given):
    with pytest.raises(HedgingError, match="reversed"):
        question(**given)


def test_a_source_that_ends_before_the_window_is_named_as_the_reason():
    [test] = found("BLR")["trade-stopped"].tests
    assert test["statement"].endswith("the source ends in 2014")
    # a window inside the source is tested
    [earlier] = found("TUR", start=2005, end=2010, first=1985)["trade-stopped"].tests
    assert earlier["outcome"] != "too few"


def turn(size):
    drawn = pd.Series(np.random.default_rng(3).normal(0.5, 0.03, 34), range(1991, 2025))
    drawn.loc[2020:] += size
    return drawn


def test_a_turn_is_called_in_the_direction_that_the_claim_names_and_a_flat_history_is_not():
    [claim] = [one for one in rule().claims if one.id == "arms-stopped"]
    verdicts = [judged(claim, question(), Tie({"share": turn(size)}), 1).verdict for size in (-0.4, 0.4, 0.0)]
    assert verdicts == ["supported", "contradicted", "not testable with these data"]


def test_a_gap_or_too_few_places_never_decide_however_large_the_turn():
    [claim] = [one for one in rule().claims if one.id == "arms-stopped"]
    broken = turn(-0.4).drop(2001)
    for series, why in ((broken, "a gap"), (turn(-0.4).loc[2010:], "the smallest is 1/15")):
        finding = judged(claim, question(), Tie({"share": series}), 1)
        assert finding.verdict == "not testable with these data"
        assert why in finding.tests[0]["statement"]
        assert finding.tests[0]["statistic"] < -0.3  # told, not judged
        assert finding.tests[0]["p"] is None


def test_the_part_of_seoul_and_the_roll_calls_are_choices_that_reach_the_result():
    base = found("VNM")["votes-stopped"].tests[0]["statistic"]
    assert found("VNM", seoul=False)["votes-stopped"].tests[0]["statistic"] != base
    assert found("VNM", votes="all")["votes-stopped"].tests[0]["statistic"] != base


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("window: era", "window: eras", "unknown window"),
        ("tie: votes", "tie: vote", "unknown tie"),
        ("part: stopped", "part: stoped", "unknown part"),
        ("direction: higher", "direction: up", "unknown direction"),
        ("    fails_if: The difference is lower than in the years before.\n", "", "fails_if"),
        ("id: votes-stopped", "id: votes", "is not its tie and part"),
    ],
)
def test_a_misspelt_rule_does_not_become_another_rule(tmp_path, monkeypatch, old, new, fault):
    text = (paths.ROOT / any_state.FILE).read_text()
    assert old in text
    (tmp_path / any_state.FILE).write_text(text.replace(old, new, 1))
    asked = question()
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    with pytest.raises(HedgingError, match=fault):
        ask(asked)


def test_every_kind_of_tie_is_asked_about_and_no_claim_stands_twice():
    ids = [one.id for one in rule().claims]
    assert len(set(ids)) == len(ids)
    assert {one.tie for one in rule().claims} == set(TABLES)
