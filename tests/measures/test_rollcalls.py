import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures.rollcalls import alike

VOTES = pd.DataFrame({"RUS": list("NNNX"), "CHN": list("NAAY"), "BFA": list("XXNY"), "VEN": list("XXXX")})


def test_a_state_that_stayed_away_is_not_counted_as_voting_alike():
    found = alike(VOTES, "RUS")
    assert found.loc["BFA"].tolist() == [1.0, 1, 1]
    assert pd.isna(found.at["VEN", "share"])


def test_an_abstention_beside_a_no_is_not_alike():
    assert alike(VOTES, "RUS").loc["CHN"].tolist() == [1 / 3, 1, 3]


def test_an_empty_cell_is_no_vote():
    with pytest.raises(HedgingError, match="not a vote"):
        alike(VOTES.replace("X", None), "RUS")
    with pytest.raises(HedgingError, match="PRC"):
        alike(VOTES, "PRC")
