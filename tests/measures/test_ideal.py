import numpy as np
import pytest

from hedging import tables
from hedging.errors import HedgingError
from hedging.measures.ideal import distance, positions


@pytest.fixture(scope="module")
def points():
    return tables.load("un_ideal_points")


def test_the_nuclear_votes_of_2015_are_not_shown_as_a_turn_to_washington(points):
    with pytest.raises(HedgingError, match="nuclear texts"):
        distance(points, "PRK", "USA")
    with pytest.raises(HedgingError, match="nuclear texts"):
        distance(points, "CHN", "PRK")
    assert distance(points[points["year"] <= 2014], "PRK", "USA").index.max() == 2014
    assert distance(points[points["year"] >= 2015], "PRK", "USA").index.min() == 2015


def test_the_artefact_can_be_shown_on_purpose(points):
    found = distance(points, "PRK", "USA", nuclear_artefact="show")["distance"]
    assert found[2014] - found[2015] > 1.5
    with pytest.raises(HedgingError, match="known: refuse, show"):
        distance(points, "PRK", "USA", nuclear_artefact="yes")


def test_other_pairs_cross_2015_freely_and_carry_both_errors(points):
    found = distance(points, "KOR", "USA")
    korea, america = positions(points, "KOR"), positions(points, "USA")
    assert {2014, 2015} <= set(found.index)
    assert found.loc[2015, "sd"] == pytest.approx(np.hypot(korea.loc[2015, "sd"], america.loc[2015, "sd"]))
    assert found.loc[2015, "distance"] == pytest.approx(abs(korea.loc[2015, "theta"] - america.loc[2015, "theta"]))


def test_two_variants_at_once_and_unknown_states_are_refused(points):
    with pytest.raises(HedgingError, match="unknown state"):
        distance(points, "PRC", "USA")
    with pytest.raises(HedgingError, match="two ideal points"):
        positions(points.loc[[0, 0]], points["iso3"].iloc[0])
    with pytest.raises(HedgingError, match="lack sd"):
        positions(points.drop(columns="sd"), "USA")
