"""Accidents of many findings: a count that no longer fits the words, a rival that is the op-ed, a claim told twice."""

import pytest

from hedging.argument import VERDICTS, judge, summary
from hedging.argument.finding import Finding
from hedging.errors import HedgingError


def finding(claim, verdict, chapter="1-between-moscow-and-beijing", sense="a", outcomes=("for",)):
    tests = tuple(
        {"series": f"s{n}", "kind": "value", "outcome": outcome, "p": None} for n, outcome in enumerate(outcomes)
    )
    return Finding(claim, chapter, sense, "It | was so.", "", "", verdict, "1 of 1 test", tests)


@pytest.fixture
def several():
    return [
        finding("C1a", "contested", outcomes=("for", "against")),
        finding("C2b", "supported", "2-after-the-fall", "b"),
        finding("C4b", "contested", "2-after-the-fall", "b", ("for", "unclear", "against")),
    ]


def test_a_verdict_that_moves_takes_its_sentence_along(several):
    assert summary.tell(several) == "one is supported (C2b) and two are contested (C1a and C4b)"
    several[1] = finding("C2b", "not testable with these data", "2-after-the-fall", "b")
    assert summary.tell(several) == "two are contested (C1a and C4b) and one is not testable (C2b)"
    assert summary.tell(several[::2]) == "both are contested (C1a and C4b)"
    assert summary.tell([]) == "there are no claims"


def test_every_finding_is_counted_once_whichever_way_they_are_sorted(several):
    by_verdict = [one for verdict in VERDICTS for one in summary.chosen(several, verdict=verdict)]
    by_sense = [one for sense in "abcnw" for one in summary.chosen(several, sense=sense)]
    by_era = [one for number in (1, 2) for one in summary.chosen(several, number=number)]
    assert (
        sorted(map(id, by_verdict)) == sorted(map(id, by_sense)) == sorted(map(id, by_era)) == sorted(map(id, several))
    )
    assert len(summary.tests(several)) == 6
    assert summary.tests(several)["p"].isna().all()


def test_a_misspelt_verdict_is_not_read_as_none_of_them(several):
    with pytest.raises(HedgingError, match="supported"):
        summary.chosen(several, verdict="suported")
    with pytest.raises(HedgingError, match="sense"):
        summary.chosen(several, sense="d")


def test_no_claims_of_a_kind_are_called_none():
    assert summary.names([]) == "none"
    assert summary.count(0) == "no"
    assert summary.count(42) == "42"


@pytest.mark.usefixtures("project")
def test_the_op_ed_is_no_rival_of_itself(rewrite, even):
    rewrite("    rivals:\n", "    rivals:\n      op-ed: even\n")
    assert summary.rivals([judge("C1a", arms_q=even)]) == ["serial tilting"]


def test_a_bar_in_a_claim_does_not_break_the_table(several):
    lines = summary.ledger(several).markdown().splitlines()
    assert len(lines) == 5
    assert all(line.replace("\\|", "").count("|") == 4 for line in lines)
    assert "text/markdown" in summary.ledger(several)._repr_mimebundle_()


@pytest.mark.usefixtures("project")
def test_rivals_are_named_only_where_a_claim_fell_or_is_contested(several):
    rows = summary.by_era(several).rows
    assert rows[0] == ("1", "one is contested (C1a)", "serial tilting")
    assert [row[0] for row in rows] == ["1", "2"]


def test_a_verdict_that_hangs_on_one_test_is_named(several):
    assert summary.without(several[0], "s0") == "contradicted"
    assert summary.without(several[0], "s1") == "supported"
    assert summary.names(summary.fragile(several)) == "C1a and C4b"
    sturdy = finding("C2b", "supported", outcomes=("for", "for"))
    assert summary.fragile([sturdy]) == []


def test_leaving_out_what_was_never_there_is_no_check(several):
    with pytest.raises(HedgingError, match="series"):
        summary.without(several[0], "both_at_once")
    with pytest.raises(HedgingError, match="nothing is left"):
        summary.without(several[1], "s0")
