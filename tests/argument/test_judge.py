import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from hedging.argument import MIME, VERDICTS, judge
from hedging.argument.finding import reason, verdict
from hedging.errors import HedgingError
from hedging.measures import POWERS

pytestmark = pytest.mark.usefixtures("project")


def outcomes(finding):
    return [test["outcome"] for test in finding.tests]


def test_a_level_on_the_claimed_side_supports_and_on_the_other_contradicts(even):
    assert judge("C1a", arms_q=even).verdict == "supported"
    assert judge("C1a", arms_q=even - 0.6).verdict == "contradicted"


def test_an_interval_over_the_threshold_decides_nothing(even):
    astride = pd.Series(np.where(np.arange(71) % 2, 0.1, 0.9), even.index)
    found = judge("C1a", arms_q=astride)
    assert (found.verdict, outcomes(found)) == ("not testable with these data", ["unclear"])


def test_missing_years_are_counted_and_not_filled(even):
    even.loc[1961:1970] = np.nan
    found = judge("C1a", arms_q=even)
    assert (found.tests[0]["n"], found.tests[0]["missing"]) == (9, 10)
    assert judge("C1a", arms_q=even.drop(range(1961, 1971))).tests[0]["missing"] == 10
    even.loc[1971:1972] = np.nan
    assert outcomes(judge("C1a", arms_q=even)) == ["too few"]


def test_years_outside_the_window_do_not_stand_in_for_those_inside(even):
    even.loc[:1960] = 0
    even.loc[1980:] = 0
    assert judge("C1a", arms_q=even).verdict == "supported"


def test_a_contrast_reports_its_smallest_p_and_what_it_could_have_seen(widened):
    found = judge("C2b", trade_b=widened, west_share_of_change=0.8)
    assert found.verdict == "supported"
    test = found.tests[0]
    assert test["p"] == pytest.approx(1 / 43, abs=1e-6)
    assert test["detectable"] > 0
    assert "smallest possible 0.023" in test["statement"]
    assert "80% of the time" in test["statement"]


def test_a_step_the_other_way_counts_against(widened):
    found = judge("C2b", trade_b=-widened, west_share_of_change=0.2)
    assert (found.verdict, outcomes(found)) == ("contradicted", ["against", "against"])


def test_growth_by_collapse_is_contested_and_not_supported(widened):
    found = judge("C2b", trade_b=widened, west_share_of_change=0.1)
    assert found.verdict == "contested"
    assert found.reason == "1 of 2 tests for it, 1 against it"


def test_a_gap_or_a_short_history_gives_too_few_and_no_p(widened):
    for series in (widened.drop(1975), widened.loc[1985:2002]):
        test = judge("C2b", trade_b=series, west_share_of_change=0.1).tests[0]
        assert (test["outcome"], test["p"]) == ("too few", None)


def test_a_number_at_the_threshold_decides_nothing(widened, rewrite):
    found = judge("C2b", trade_b=widened, west_share_of_change=0.5)
    assert outcomes(found)[1] == "unclear"
    assert outcomes(judge("C2b", trade_b=widened, west_share_of_change=float("nan")))[1] == "too few"
    rewrite(
        "kind: value, direction: above, threshold: 0.5", "kind: value, direction: above, threshold: 0.5, margin: 0.1"
    )
    assert outcomes(judge("C2b", trade_b=widened, west_share_of_change=0.59))[1] == "unclear"
    assert outcomes(judge("C2b", trade_b=widened, west_share_of_change=np.float64(0.61)))[1] == "for"


def test_a_handful_of_meetings_does_not_decide_like_a_census():
    few = judge("C4b", meetings=pd.Series([1, 2, 1, 0, 0], index=POWERS))
    assert outcomes(few) == ["unclear"]
    many = judge("C4b", meetings=pd.Series([1, 5, 3, 0, 3], index=POWERS))
    assert outcomes(many) == ["for"]
    east = judge("C4b", meetings=pd.Series([20, 30, 0, 0, 0], index=POWERS))
    assert outcomes(east) == ["against"]
    assert outcomes(judge("C4b", meetings=pd.Series(0, index=POWERS))) == ["too few"]
    assert outcomes(judge("C4b", meetings=pd.Series([1, 5, np.nan, 0, 3], index=POWERS))) == ["too few"]


def test_the_wrong_thing_under_a_right_name_is_refused(even, widened):
    wrong = [
        ("C1a", {"arms_q": list(even)}, "must be a Series"),
        ("C1a", {"arms_q": even.set_axis(pd.period_range("1950-01", periods=71, freq="M"))}, "years and months"),
        ("C1a", {"arms_q": even.set_axis(even.index.astype(str))}, "not by years"),
        ("C1a", {"arms_q": pd.concat([even, even])}, "two values"),
        ("C1a", {"arms_q": even.astype(str) + "?"}, "must hold numbers"),
        ("C1a", {"arms": even}, "did you mean 'arms_q'"),
        ("C1a", {}, "judged on arms_q too"),
        ("C1a", {"arms_q": even, "trade_b": even}, "unknown series"),
        ("C2b", {"trade_b": widened, "west_share_of_change": widened}, "must be one number"),
        ("C2b", {"trade_b": widened, "west_share_of_change": True}, "must be one number"),
        ("C4b", {"meetings": even}, "counts by power"),
        ("C9", {"arms_q": even}, "unknown claim"),
    ]
    for claim_id, series, what in wrong:
        with pytest.raises(HedgingError, match=what):
            judge(claim_id, **series)


def test_months_are_judged_on_months(rewrite):
    rewrite("[1961, 1979]", '["2018-03", "2019-06"]')
    months = pd.period_range("2018-01", "2024-02", freq="M")
    series = pd.Series(0.9 + 0.05 * np.sin(np.arange(len(months))), months)
    found = judge("C1a", arms_q=series)
    assert (found.verdict, found.tests[0]["n"]) == ("supported", 16)
    assert "2018-03 to 2019-06" in found.tests[0]["statement"]


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ({"for": 1}, "supported"),
        ({"for": 1, "unclear": 1}, "supported"),
        ({"for": 1, "unclear": 2}, "not testable with these data"),
        ({"for": 1, "too few": 2}, "not testable with these data"),
        ({"against": 2, "too few": 2}, "contradicted"),
        ({"against": 1, "unclear": 2}, "not testable with these data"),
        ({"for": 5, "against": 1}, "contested"),
        ({"for": 1, "against": 1, "unclear": 5}, "contested"),
        ({"unclear": 3}, "not testable with these data"),
        ({"too few": 1}, "not testable with these data"),
    ],
)
def test_the_verdict_follows_the_table_and_nothing_else(counted, expected):
    assert verdict(counted) == expected
    assert expected in VERDICTS


def test_the_reason_counts_every_test():
    assert reason(Counter({"for": 2, "too few": 1})) == "2 of 3 tests for it, 1 with too few observations"
    assert reason(Counter({"unclear": 1})) == "1 of 1 test unclear"


def test_two_runs_judge_alike_to_the_byte(widened):
    one, other = (judge("C2b", trade_b=widened, west_share_of_change=0.8)._repr_mimebundle_() for _ in range(2))
    assert json.dumps(one, allow_nan=False) == json.dumps(other, allow_nan=False)


def test_a_finding_shows_claim_verdict_and_every_test(widened):
    shown = judge("C2b", trade_b=widened, west_share_of_change=0.8)._repr_mimebundle_()
    assert set(shown) == {MIME, "text/markdown", "text/plain"}
    needed = {"claim", "chapter", "sense", "says", "expects", "fails_if", "verdict", "reason", "tests"}
    assert set(shown[MIME]) == needed
    wanted = {"series", "kind", "statement", "statistic", "threshold", "interval", "p", "n", "outcome"}
    assert all(wanted <= set(test) for test in shown[MIME]["tests"])
    assert "supported" in shown["text/markdown"]
    assert "The East only collapsed".lower() in shown["text/markdown"].lower()
    assert not any(line.startswith("#") for line in shown["text/markdown"].splitlines())


def test_a_year_is_not_told_as_2020000(widened):
    found = judge("C2b", trade_b=widened, west_share_of_change=2022.5)
    assert "is 2022.5 where" in found.tests[1]["statement"]
