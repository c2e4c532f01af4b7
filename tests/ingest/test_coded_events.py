"""Coded events: two scales that agree with the tables of North Korea alone, days that are missing, lists that grow."""

import pandas as pd
import pytest

from hedging.tables import load, ties
from hedging.tables.world_events import world_events

POWERS = ["RUS", "CHN", "USA", "JPN", "KOR"]


def shares(frame):
    return frame.div(frame.sum(axis=1), axis=0)


def test_months_and_days_of_news_do_not_drift_apart():
    days = load("events_daily")
    assert days["date"].is_monotonic_increasing
    assert len(days) == 2245
    known = days[days["status"] == "observed"]
    assert known[POWERS].notna().all(axis=None)
    assert days.loc[days["status"] == "not_reported", POWERS].isna().all(axis=None)
    net = known.groupby(known["date"].dt.strftime("%Y-%m"))[POWERS].sum()
    monthly = load("events_monthly").pivot(index="month", columns="power", values="net")[POWERS]
    assert (net - monthly).abs().max(axis=None) < 0.05


def test_a_day_that_the_source_lacks_is_not_a_quiet_day():
    """README: 365, 362, 355, 364, 352, 297 and 54 days with a file; on one of 2020 no score of North Korea."""
    days = load("events_daily").query("status == 'observed'")["date"].dt.year.value_counts().sort_index()
    assert days.tolist() == [365, 362, 354, 364, 352, 297, 54]
    years = load("events_gdelt").drop_duplicates("year").set_index("year")
    assert years["days_with_file"].tolist() == [365, 362, 355, 364, 352, 297, 54]
    assert years["days_missing"].tolist() == [0, 3, 11, 1, 13, 68, 0]


def test_years_of_news_are_the_sums_of_the_months():
    monthly = load("events_monthly")
    sums = monthly.assign(year=monthly["month"].str[:4].astype(int)).groupby(["year", "power"])[
        ["positive", "negative"]
    ]
    yearly = load("events_gdelt").query("iso3 == 'PRK'").set_index(["year", "power"])[["positive", "negative"]]
    assert (sums.sum() - yearly).abs().max(axis=None) < 0.1


def test_the_published_shares_of_news_come_out():
    """README: 2018 USA .41, KOR .33, CHN .15, RUS .06, JPN .05 (HHI .306); 2022 HHI .219; 2023 RUS .65 (HHI .461)."""
    found = shares(world_events("PRK", "gdelt"))
    assert found.loc[2018, ["USA", "KOR", "CHN", "RUS", "JPN"]].round(2).tolist() == [0.41, 0.33, 0.15, 0.06, 0.05]
    assert (found**2).sum(axis=1).loc[[2018, 2022, 2023]].round(3).tolist() == [0.306, 0.219, 0.461]
    assert found.loc[2023, "RUS"] == pytest.approx(0.65, abs=0.005)


@pytest.mark.parametrize("kind", ["cooperation", "conflict"])
def test_parts_of_the_worlds_events_are_the_counts_of_north_korea_scaled(kind):
    counts, parts = ties.events_yearly(kind), world_events("PRK", "icews", kind)
    factor = (parts / counts).stack()
    assert (shares(counts) - shares(parts)).abs().max(axis=None) < 1e-3
    assert factor.groupby("year").agg(lambda x: x.max() / x.min() - 1).max() < 0.02


def test_a_pair_of_powers_has_one_value_from_both_sides():
    for table, columns in (("events_icews", ["cooperation", "conflict"]), ("events_gdelt", ["positive", "negative"])):
        rows = load(table)
        pairs = rows[rows["iso3"].isin(POWERS)].set_index(["year", "iso3", "power"])[columns]
        turned = pairs.rename_axis(["year", "power", "iso3"]).reorder_levels(["year", "iso3", "power"])
        pd.testing.assert_frame_equal(pairs.sort_index(), turned.sort_index())
        assert len(pairs) == 20 * rows["year"].nunique()


def test_no_state_loses_a_power_without_a_word():
    for table, states in (("events_icews", 152), ("events_gdelt", 199)):
        rows = load(table)
        assert rows["iso3"].nunique() == states
        assert len(rows) == rows["year"].nunique() * (5 * states - 5)


def test_the_two_scales_are_never_one_series():
    assert set(load("events_icews")["year"]).isdisjoint(load("events_gdelt")["year"])
    one, other = world_events("PRK", "icews").attrs["unit"], world_events("PRK", "gdelt").attrs["unit"]
    assert one != other


def test_a_list_that_is_kept_more_densely_is_not_called_cooperation():
    """README: 15 entries in 2023, 58 in 2024, 159 in 2025, partly because the list was kept more densely."""
    entries = load("russia_entries")
    yearly = entries.groupby(entries["month"].str[:4])["total"].sum()
    assert yearly.loc[["2023", "2024", "2025"]].tolist() == [15, 58, 159]
    assert yearly.sum() == 276
