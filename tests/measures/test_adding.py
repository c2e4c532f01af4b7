import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures.adding import change_by_reading

TIES = pd.DataFrame(
    {"RUS": [80.0, 20.0], "CHN": [20.0, 20.0], "USA": [0.0, 0.0], "JPN": [20.0, 25.0], "KOR": [0.0, 15.0]},
    index=[1989, 1992],
)


def test_a_reading_does_not_lend_its_numbers_to_another():
    lower = TIES.assign(RUS=[40.0, 20.0])
    found = change_by_reading({"all": TIES, "lower": lower, "no South": TIES.drop(columns="KOR")}, 1989, 1992)
    assert list(found.index) == ["all", "lower", "no South"]
    assert found["before"].round(6).tolist() == [round(20 / 120, 6), 0.25, round(20 / 120, 6)]
    assert (found["western"] + found["eastern"] - found["change"]).abs().max() < 1e-12


def test_a_smaller_fall_of_the_east_makes_adding_weigh_more():
    found = change_by_reading({"all": TIES, "lower": TIES.assign(RUS=[40.0, 20.0])}, 1989, 1992)
    assert found.at["lower", "west_share"] > found.at["all", "west_share"]


def test_no_reading_is_not_an_empty_answer():
    with pytest.raises(HedgingError):
        change_by_reading({}, 1989, 1992)
