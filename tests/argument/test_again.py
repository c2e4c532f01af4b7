"""A claim judged again with another source: what is exchanged, and what must stay."""

import pytest

from hedging.argument import judge
from hedging.argument.again import again, exchanged, table
from hedging.errors import HedgingError

pytestmark = pytest.mark.usefixtures("project")


@pytest.fixture
def found(widened):
    return judge("C2b", trade_b=widened, west_share_of_change=0.8)


def test_the_same_source_judges_otherwise(found, widened):
    assert again(found, trade_b=widened, west_share_of_change=0.8) == found


def test_a_test_that_the_other_source_does_not_feed_is_run_anew(found):
    other = again(found, west_share_of_change=0.2)
    assert other.tests[0] == found.tests[0]
    assert other.tests[1]["outcome"] == "against"
    assert (found.verdict, other.verdict) == ("supported", "contested")
    assert other.reason == "1 of 2 tests for it, 1 against it"


def test_the_table_hides_that_a_verdict_moved(found):
    moved, same = (
        exchanged([found], "another office", {"C2b": {"west_share_of_change": share}})[0] for share in (0.2, 0.7)
    )
    assert (moved.moved, moved.turned, same.moved, same.turned) == (True, ["west_share_of_change"], False, [])
    text = table([moved, same]).markdown()
    assert "| another office | C2b | supported | **contested** | west share of change |" in text
    assert "| another office | C2b | supported | the same | none |" in text


def test_a_series_or_a_claim_that_is_not_there_is_exchanged_in_silence(found):
    with pytest.raises(HedgingError, match="did you mean 'trade_b'"):
        again(found, trade_c=1.0)
    with pytest.raises(HedgingError, match="nothing to judge anew"):
        again(found)
    with pytest.raises(HedgingError, match="unknown claim: 'C9z'"):
        exchanged([found], "another office", {"C9z": {"trade_b": 1.0}})


def test_a_finding_under_older_tests_is_mixed_with_new_ones(found, rewrite):
    rewrite("series: west_share_of_change", "series: west_part")
    with pytest.raises(HedgingError, match="other tests than claims"):
        again(found, trade_b=None)
