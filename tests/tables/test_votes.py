"""Votes of any states: the letters of a roll call open into the columns that were there before, and nothing else."""

import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures import un
from hedging.tables import load, votes

SIX = ("PRK", "RUS", "CHN", "USA", "JPN", "KOR")


def test_the_letters_are_not_shifted_by_one_member():
    """Each of six states' 2,875 votes, their dates, titles and marks: the same as in the table made for them alone."""
    made = load("un_votes_prk")
    opened = votes.general_assembly(*SIX, start=1991)[list(made.columns)]
    pd.testing.assert_frame_equal(opened, made)


def test_a_state_that_was_no_member_did_not_vote():
    calls = votes.general_assembly("PRK", "CHN", "TWN", "DDR")
    first = calls.groupby("year")[["PRK", "CHN", "TWN", "DDR"]].count()
    assert first.loc[:1990, "PRK"].sum() == 0
    assert first.loc[:1970, "CHN"].sum() == 0
    assert first.loc[1972:, "TWN"].sum() == 0
    assert first.loc[1974:1989, "DDR"].min() > 0
    assert first.loc[1991:, "DDR"].sum() == 0


def test_the_tally_is_recounted_from_the_letters():
    calls = votes.general_assembly()
    letters = calls[load("un_members")["iso3"].tolist()]
    for name, letter in (("n_yes", "Y"), ("n_no", "N"), ("n_abstain", "A"), ("n_nonvoting", "X")):
        assert (letters.eq(letter).sum(axis=1) == calls[name]).all()
    short = letters.notna().sum(axis=1) != calls["n_members"]
    assert calls.loc[short, "resolution"].tolist() == ["A/RES/620(VII)[A]"]  # one letter is unreadable


def test_members_stand_in_the_order_of_their_letters():
    members = load("un_members")
    assert members["position"].tolist() == list(range(1, 199))
    assert load("un_rollcalls")["ballots"].str.len().unique().tolist() == [198]
    ours = members.set_index("iso3").loc["PRK"]
    assert (ours["roll_calls"], str(ours["first_vote"].date())) == (2875, "1991-10-16")


@pytest.mark.parametrize(("state", "power"), [("PRK", "CHN"), ("VNM", "RUS"), ("CUB", "USA")])
def test_agreement_of_the_table_follows_from_the_votes_of_any_state(state, power):
    ours = un.agreement(votes.general_assembly(state, power), state, power)
    table = load("un_agreement").query("iso3 == @state and power == @power and n > 0").set_index("year")
    assert ours["votes"].tolist() == table["n"].tolist()
    assert (ours["value"] - table["agreement"]).abs().max() <= 0.00005 + 1e-9


def test_agreement_of_the_koreas_is_the_published_one():
    """v_agree in rok_unga (Voeten et al.), github.com/svmiller/stevedata: another vote set, hence the tolerance."""
    ours = un.agreement(votes.general_assembly("PRK", "KOR", start=1991), "KOR", "PRK")["value"]
    for year, published in ((1991, 0.863636), (1995, 0.765625), (2005, 0.707792), (2022, 0.538961)):
        assert ours[year] == pytest.approx(published, abs=0.026)


def test_beijing_does_not_inherit_the_votes_of_taipei():
    table = load("un_agreement").query("power == 'CHN'")
    assert table["year"].min() == 1971
    assert not load("un_agreement")["year"].eq(1964).any()  # no recorded vote in that year


def test_the_council_is_the_same_in_both_of_its_tables():
    listed = load("unsc_korea").query("kind == 'adopted'").set_index("symbol")
    calls = votes.council("CHN", "RUS", "USA", "KOR").query("about_korea").set_index("resolution")
    assert sorted(calls.index) == sorted(listed.index)
    for state in ("CHN", "RUS", "USA", "KOR"):
        both = pd.concat([calls[state], listed[state]], axis=1, keys=["ours", "theirs"]).fillna("-")
        assert (both["ours"] == both["theirs"]).all()


def test_the_empty_chair_of_1950_is_no_abstention():
    calls = votes.council("RUS", "TWN", "CHN", start=1950, end=1950).set_index("resolution")
    assert calls.loc["S/RES/83(1950)", "RUS"] == "X"
    assert calls.loc["S/RES/83(1950)", "TWN"] == "Y"
    assert calls["CHN"].isna().all()


def test_a_slip_in_a_state_is_answered_with_the_nearest():
    with pytest.raises(HedgingError, match="member"):
        votes.general_assembly("PRX")
    with pytest.raises(HedgingError, match="member of the Council"):
        votes.council("PRK")
    with pytest.raises(HedgingError, match="1964 has none"):
        votes.general_assembly("USA", start=1964, end=1964)
    with pytest.raises(HedgingError, match="coverage"):
        votes.general_assembly("USA", start=1945)


def test_the_agreement_of_any_state_is_the_tables_own_and_a_power_has_none_with_itself():
    for variant, column in (
        ("all", "agreement"),
        ("no_nuclear", "agreement_no_nuclear"),
        ("contested", "agreement_contested"),
    ):
        rows = load("un_agreement").query("iso3 == 'VNM' and power == 'CHN'").set_index("year")[column]
        ours = votes.agreement("VNM", variant, start=1991, end=2024)["CHN"]
        pd.testing.assert_series_equal(ours, rows.loc[1991:2024], check_names=False, check_index_type=False)
    assert votes.agreement("RUS")["RUS"].isna().all()
    for wrong, near in ((("VNN",), "VNM"), (("VNM", "no_nuklear"), "no_nuclear")):
        with pytest.raises(HedgingError, match=near):
            votes.agreement(*wrong)
