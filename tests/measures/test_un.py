import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging import tables
from hedging.errors import HedgingError
from hedging.measures.un import agreement, lean

# Votes of North and South Korea on roll calls that both took part in, counted in Voeten's roll calls as published with
# the R package unvotes 0.3.0 (CC0); no unanimous roll call is among them. (North, South): roll calls.
KOREAS = {
    1991: {"NY": 2, "YA": 9, "YN": 1, "YY": 43},
    2005: {"AY": 5, "NA": 3, "NY": 3, "YA": 17, "YN": 7, "YY": 42},
    2019: {"AA": 3, "AN": 7, "AY": 3, "NA": 4, "NY": 5, "YA": 16, "YN": 9, "YY": 34},
}


def frame(pairs, year=2000, **flags):
    votes = pd.DataFrame([list(pair) for pair in pairs], columns=["PRK", "KOR"])
    return votes.assign(year=year, **{"nuclear": False, "about_prk": False, "unanimous": False, **flags})


@pytest.fixture(scope="module")
def koreas():
    return pd.concat(
        [frame([pair for pair, n in counts.items() for _ in range(n)], year) for year, counts in KOREAS.items()],
        ignore_index=True,
    )


@pytest.fixture(scope="module")
def undl():
    return tables.load("un_votes_prk")


def test_published_agreement_of_the_koreas_is_met(koreas):
    found = agreement(koreas, "PRK", "KOR")
    assert found.loc[[1991, 2005], "value"].round(6).tolist() == [0.863636, 0.707792]
    assert found["votes"].tolist() == [55, 77, 81]


def test_published_kappa_of_the_koreas_is_met_where_the_vote_sets_coincide(koreas):
    found = agreement(koreas, "PRK", "KOR", statistic="kappa")["value"].round(6)
    assert found[[1991, 2019]].tolist() == [-0.082474, 0.084144]


def test_absence_as_a_position_is_what_lowers_the_published_figures(undl):
    for power, published in (("CHN", 76.82), ("RUS", 60.11)):
        share = {}
        for absences in ("missing", "category"):
            found = agreement(
                undl[undl["year"] <= 2024],
                "PRK",
                power,
                unanimous="keep",
                absences=absences,
                statistic="identical",
            )
            share[absences] = 100 * (found["value"] * found["votes"]).sum() / found["votes"].sum()
        assert share["category"] == pytest.approx(published, abs=1.5)
        assert share["missing"] > published + 7


def test_agreement_with_washington_falls_through_the_summits(undl):
    found = agreement(undl, "PRK", "USA")["value"]
    assert found[2016] > found[2017] > 0.14
    assert found[2019] < found[2016]


def test_each_fork_takes_the_roll_calls_it_names():
    votes = frame(["YY", "YN", "NY", "AX", "XX", "YY"], unanimous=[True, False, False, False, False, False])
    votes.loc[5, "KOR"] = ""  # no member yet
    votes["nuclear"] = [False, True, False, False, False, False]
    votes["about_prk"] = [False, False, True, False, False, False]

    def count(**forks):
        return agreement(votes, "PRK", "KOR", **forks)["votes"].sum()

    assert count() == 2
    assert count(unanimous="keep") == 3
    assert count(nuclear="only") == 1
    assert count(nuclear="drop") == 1
    assert count(own="drop") == 1
    assert count(absences="abstention") == 4
    assert count(absences="category", statistic="identical") == 4


def test_absence_is_no_point_on_a_scale_of_yes_and_no():
    with pytest.raises(HedgingError, match="no place on the scale of kappa"):
        agreement(frame(["YX"]), "PRK", "KOR", absences="category", statistic="kappa")


def test_text_that_reads_false_does_not_count_as_true():
    with pytest.raises(HedgingError, match="nuclear must be true or false"):
        agreement(frame(["YY"], nuclear="False"), "PRK", "KOR", nuclear="drop")


def test_misspelt_forks_states_and_votes_are_named():
    votes = frame(["YY"])
    with pytest.raises(HedgingError, match="did you mean 'keep'"):
        agreement(votes, "PRK", "KOR", unanimous="kep")
    with pytest.raises(HedgingError, match="unknown state: 'ROK'"):
        agreement(votes, "PRK", "ROK")
    with pytest.raises(HedgingError, match=r"\?"):
        agreement(frame(["Y?"]), "PRK", "KOR")
    with pytest.raises(HedgingError, match="lack unanimous"):
        agreement(votes.drop(columns="unanimous"), "PRK", "KOR")
    with pytest.raises(HedgingError, match="statistic"):
        agreement(votes, "PRK", "KOR", statistic="tau")


def test_two_states_that_always_vote_yes_have_no_agreement_beyond_chance_to_show():
    found = agreement(frame(["YY", "YY"]), "PRK", "KOR", statistic="kappa")
    assert found["value"].isna().all()
    assert agreement(frame(["YY", "YY"]), "PRK", "KOR", statistic="beyond_chance")["value"].tolist() == [0]


quick = settings(max_examples=40, deadline=None, derandomize=True)


@quick
@given(st.lists(st.sampled_from(["YY", "YA", "YN", "AY", "AA", "AN", "NY", "NA", "NN"]), min_size=1, max_size=30))
def test_s_on_votes_holds_no_more_than_agreement(pairs):
    votes = frame(pairs)
    value = {
        name: agreement(votes, "PRK", "KOR", statistic=name)["value"].iloc[0]
        for name in ("half_credit", "signorino", "signorino_squared", "identical", "scott", "kappa", "beyond_chance")
    }
    assert value["signorino"] == pytest.approx(2 * value["half_credit"] - 1)
    assert value["signorino_squared"] >= value["signorino"] - 1e-12
    assert 0 <= value["identical"] <= value["half_credit"] + 1e-12
    swapped = agreement(votes, "KOR", "PRK", statistic="kappa")["value"].iloc[0]
    assert swapped == pytest.approx(value["kappa"], nan_ok=True)


def test_a_lean_is_no_average_over_the_powers_that_happen_to_be_known():
    known = pd.DataFrame(
        {"RUS": [0.9, 0.9], "CHN": [0.7, 0.7], "USA": [0.2, 0.2], "JPN": [0.4, None], "KOR": [0.6, 0.6]}
    )
    assert lean(known).round(10).tolist()[0] == 0.4
    assert lean(known).isna().tolist() == [False, True]
    assert lean(known.drop(columns=["JPN", "KOR"])).round(10).tolist() == [0.6, 0.6]
    with pytest.raises(HedgingError, match="no Western power"):
        lean(known[["RUS", "CHN"]])
