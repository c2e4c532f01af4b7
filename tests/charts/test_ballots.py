"""A vote must be told by its shape too, and an estimate must not look like a record."""

import json

import pandas as pd
import pytest
import vl_convert

from hedging.charts import specification
from hedging.charts.ballots import ballots, estimates
from hedging.errors import HedgingError

CAST = pd.DataFrame({"state": ["Pyongyang", "CHN"], "roll_call": ["1", "1"], "vote": ["N", "A"]})
SAID = pd.DataFrame(
    {"label": ["goods", "arms"], "low": [72.0, 1700.0], "high": [72.0, 5500.0], "kind": ["recorded", "claimed"]}
).assign(who=["customs", "a study"])


def test_two_votes_never_differ_by_colour_alone():
    text = json.dumps(specification(ballots(CAST, x_title="resolution")))
    assert '"range": ["diamond", "cross"]' in text
    assert "Beijing" in text
    assert "did not vote" not in text, "a sign that nobody gave needs no place in the legend"


def test_a_claim_does_not_wear_the_sign_of_a_record():
    spec = specification(estimates(SAID, x_title="US$ million"))
    assert '"range": ["circle", "diamond"]' in json.dumps(spec)
    assert "<svg" in vl_convert.vegalite_to_svg(spec | {"width": 400})


def test_an_estimate_without_its_author_is_not_drawn():
    with pytest.raises(HedgingError, match="who"):
        estimates(SAID.drop(columns="who"), x_title="US$ million")
