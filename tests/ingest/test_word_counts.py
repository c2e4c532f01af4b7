"""Counts of words: what they add up to, what their sources publish, and what they do not cover."""

import pandas as pd
import pytest

from hedging.tables import load, record

SIX = ["CHN", "JPN", "KOR", "PRK", "RUS", "USA"]
TERMS = load("un_speech_rest")["term"].unique().tolist()


def test_months_of_headlines_do_not_lose_a_headline_of_the_year():
    months = load("media_monthly", "headlines_jp")
    summed = months.assign(year=months["month"].str[:4].astype(int)).groupby(["year", "term"])["with_term"].sum()
    yearly = load("media_terms").set_index(["year", "term"])["with_term"]
    pd.testing.assert_series_equal(summed, yearly, check_names=False)
    assert months.drop_duplicates("month")["items"].sum() == 99_790  # not the 114,641 of the whole package
    assert any("114,641" in defect for defect in record("media_monthly")["defects"])
    assert load("media_monthly", "all")["term"].nunique() == 16


def test_five_months_of_2024_are_not_taken_for_a_year():
    stories = load("media_monthly", "stories_kp")
    assert sorted(stories["month"].unique()) == ["2024-07", "2024-08", "2024-09", "2024-10", "2024-11"]
    assert stories.drop_duplicates("month")["items"].sum() == 981
    assert set(load("media_terms")["year"]) == set(range(1997, 2015))


def test_the_gap_of_2014_to_2024_is_written_out_and_not_filled():
    """AP counted 1,542 stories of July to October 2017, Focus Data over 85,000 of 2008 to 2020: neither can be met."""
    coverage = load("media_coverage").set_index(["series", "month"])
    held = coverage["status"].eq("observed").groupby("series").sum()
    assert held.to_dict() == {"headlines_jp": 212, "stories_kp": 5}
    gap = coverage.query("month > '2014-09' and month < '2024-07'")
    assert len(gap) == 2 * 117
    assert set(gap["status"]) == {"not_reported"}
    assert gap["items"].isna().all()
    assert coverage.loc[("headlines_jp", "1997-05"), "status"] == "not_reported"
    counted = load("media_monthly", "all").drop_duplicates(["series", "month"]).set_index(["series", "month"])["items"]
    pd.testing.assert_series_equal(coverage["items"].dropna(), counted.sort_index(), check_dtype=False)


def test_six_party_talks_are_in_the_headlines_of_their_years_only():
    """README: none before 2003, 23 in 2005, none in 2014; nuclear 209 in 2013, the year of the third test."""
    counts = load("media_terms").pivot(index="year", columns="term", values="with_term")
    assert counts.loc[:2002, "six_party"].sum() == 0
    assert counts["six_party"].idxmax() == 2005
    assert (counts.loc[2005, "six_party"], counts.loc[2014, "six_party"]) == (23, 0)
    assert (counts["nuclear"].idxmax(), counts["nuclear"].max()) == (2013, 209)


def test_fractions_headed_per_cent_are_not_read_as_per_cent():
    """README: Juche is 0.26 per cent; every value is a multiple of one word in 1.486 million."""
    words = load("rodong_words").set_index("token")
    assert 100 * words.loc["Juche", "share"] == pytest.approx(0.26, abs=0.005)
    assert (words["tokens"] / 1_486_000 - words["share"]).abs().max() < 4e-7
    assert words.loc[["Japan", "japan", "japanese"], "power"].eq("JPN").all()


def test_every_counted_term_can_be_looked_up():
    patterns = load("term_patterns").groupby("corpus")["term"].agg(set)
    assert {corpus: len(terms) for corpus, terms in patterns.items()} == {"kcna": 16, "new_year": 27, "un_speech": 36}
    assert patterns["kcna"] == set(load("media_monthly", "all")["term"])
    assert patterns["un_speech"] == set(TERMS) == set(load("un_speech_terms")["term"])
    assert patterns["new_year"] == set(load("new_year_terms")["term"])


def test_the_year_without_an_address_is_not_a_year_without_the_words():
    rows = load("new_year_terms")
    missing = rows[rows["status"] == "not_reported"]
    assert set(missing["year"]) == {1957}
    assert missing["mentions"].isna().all()
    known = rows[rows["status"] == "observed"]
    assert len(known) == 1971
    assert known["mentions"].notna().all()
    rate = 1000 * known["mentions"].astype(float) / known["n_words"].astype(float)
    assert (rate - known["per_1000_words"]).abs().max() < 1e-3
    assert rows["year"].max() == 2019


def test_words_of_the_addresses_come_and_go_with_their_policies():
    """README: songun from 1999, none in 2018-19; nuclear 6 in 1992, 5 in 2017, 22 in 2018; nuclear_free 1 in 2019."""
    said = load("new_year_terms").pivot(index="year", columns="term", values="mentions")
    assert said["songun"].dropna().gt(0).idxmax() == 1999
    assert said.loc[2018:2019, "songun"].sum() == 0
    assert said.loc[[1992, 2017, 2018], "nuclear"].tolist() == [6, 5, 22]
    assert said.loc[2019, "nuclear_free"] == 1
    assert said["multipolar"].sum() == 0


def test_no_speech_of_the_corpus_is_lost():
    """Publisher: 10,760 speeches to 2023; the 192 of 2024 come on top."""
    speeches = load("un_speech_world")
    assert (len(speeches.query("year <= 2023")), len(speeches.query("year == 2024"))) == (10_760, 192)
    korea = speeches.query("iso3 == 'PRK'")["year"].tolist()
    assert korea == list(range(1991, 2025))


def test_the_world_is_the_six_and_the_rest():
    speeches = load("un_speech_world")
    others = speeches[~speeches["iso3"].isin(SIX)].groupby("year")
    pooled = load("un_speech_rest")
    mentions = pooled.pivot(index="year", columns="term", values="mentions")[TERMS]
    pd.testing.assert_frame_equal(others[TERMS].sum(), mentions, check_names=False)
    holding = others[TERMS].agg(lambda counts: int((counts > 0).sum()))
    with_term = pooled.pivot(index="year", columns="term", values="speeches_with_term")[TERMS]
    pd.testing.assert_frame_equal(holding, with_term, check_names=False)
    rate = 1000 * others["sovereignty"].sum() / others["n_words"].sum()
    printed = pooled.query("term == 'sovereignty'").set_index("year")["per_1000_words"]
    assert (rate - printed).abs().max() < 1e-3


def test_the_six_states_do_not_say_other_words_in_another_table():
    wide = load("un_speech_world").query("iso3 in @SIX").set_index(["year", "iso3"])[TERMS]
    long = load("un_speech_terms").pivot(index=["year", "iso3"], columns="term", values="mentions")[TERMS]
    pd.testing.assert_frame_equal(wide.sort_index(), long.sort_index(), check_names=False)


@pytest.mark.parametrize("variant", ["all_terms", "no_country_names"])
def test_likeness_is_the_same_seen_from_both_sides(variant):
    world = load("un_speech_similarity_world", variant).set_index(["year", "iso3"])
    own = load("un_speech_similarity", variant).set_index(["year", "power"])
    for power in own.index.unique("power"):
        ours = own.xs(power, level="power")
        from_korea = world.xs("PRK", level="iso3")
        from_power = world.xs(power, level="iso3").reindex(ours.index)
        assert (from_korea[f"cosine_{power}"] - ours["cosine"]).abs().max() < 1e-4
        assert (from_korea[f"percentile_{power}"] - ours["percentile"]).abs().max() < 0.06
        assert (from_power["cosine_PRK"] - ours["cosine"]).abs().max() < 1e-4
        assert world.xs(power, level="iso3")[f"cosine_{power}"].isna().all()
    assert world.loc[:1990, "cosine_PRK"].isna().all()


def test_no_power_is_left_out_of_the_ten_nearest_although_it_is_near():
    for variant in ("all_terms", "no_country_names"):
        ten = load("un_speech_nearest", variant)
        assert ten.groupby("year").size().eq(10).all()
        assert (
            ten.sort_values(["year", "rank"]).groupby("year")["cosine"].apply(lambda x: x.is_monotonic_decreasing).all()
        )
        tenth = ten.query("rank == 10").set_index("year")["cosine"]
        powers = load("un_speech_similarity", variant)
        near = powers[powers["cosine"] > powers["year"].map(tenth) + 1e-5]
        listed = set(zip(ten["year"], ten["iso3"], strict=True))
        assert set(zip(near["year"], near["power"], strict=True)) <= listed


def test_the_counts_of_words_say_what_they_cannot_show():
    assert any("multipolar" in defect for defect in record("un_speech_world")["defects"])
    assert any("after 2019" in defect for defect in record("new_year_terms")["defects"])
    assert any("2014" in defect for defect in record("media_monthly")["defects"])
