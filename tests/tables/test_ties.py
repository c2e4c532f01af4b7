"""Frames of ties: nothing missing becomes a zero on the way, and nothing is mixed."""

import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.tables import load, ties

FRAMES = {
    "panel": lambda: ties.trade("panel"),
    "kotra": lambda: ties.trade("kotra"),
    "cow": lambda: ties.trade("cow"),
    "mou": lambda: ties.trade("mou"),
    "arms": ties.arms,
    "meetings": ties.meetings,
    "events": ties.events_yearly,
    "months": ties.events_monthly,
    "media": ties.media,
    "aid": lambda: ties.aid("oecd_total_net"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_power_is_not_silently_left_out_or_moved(name):
    frame = FRAMES[name]()
    assert list(frame.columns) == ["RUS", "CHN", "USA", "JPN", "KOR"]
    assert set(frame.dtypes.astype(str)) == {"float64"}
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert frame.index.name == ("month" if name == "months" else "year")
    assert {"table", "variant", "unit", "source"} <= set(frame.attrs)
    assert frame.attrs["unit"]


def test_the_false_zeros_of_cow_are_not_read_as_zero():
    frame = ties.trade("cow", end=1991)
    assert frame["RUS"].isna().all()
    assert frame.loc[:1977, "CHN"].isna().all()
    assert ties.trade("cow")["KOR"].isna().all()


def test_a_withheld_figure_does_not_come_back_as_an_observation():
    assert ties.trade("panel", start=2022, end=2024)["RUS"].isna().all()
    assert ties.trade("panel", start=2022, end=2024, claims=True)["RUS"].tolist() == [3.82, 34.4, 34.0]


def test_leaving_out_the_south_does_not_make_it_zero():
    frame = ties.trade("panel", inter_korean=False)
    assert list(frame.columns) == ["RUS", "CHN", "USA", "JPN"]


def test_imports_are_not_exports():
    """KOTRA prints 450.82 of imports from China for 2000; COW has 547 + 69 for 1996."""
    assert load("trade", "kotra").query("year == 2000 and partner == 'CHN'")["imports"].item() == 450.82
    assert ties.imports("cow").loc[1996, ["CHN", "RUS"]].tolist() == [547, 79]
    assert ties.imports("panel").loc[1996, "CHN"] == 547
    assert ties.imports("cow")["KOR"].isna().all()


def test_imports_and_exports_add_up_to_trade():
    rows = load("trade", "all").dropna(subset=["imports", "exports", "usd_million"])
    gap = (rows["imports"] + rows["exports"] - rows["usd_million"]).abs() / rows["usd_million"].clip(lower=1)
    assert len(rows) > 300
    assert gap.max() < 0.03


def test_years_outside_the_coverage_are_refused_and_not_cut_short():
    with pytest.raises(HedgingError, match="1978 to 2024"):
        ties.trade("panel", start=1960)
    with pytest.raises(HedgingError, match="1950 to 2021"):
        ties.arms(end=2024)
    with pytest.raises(HedgingError, match="2018-01 to 2024-02"):
        ties.events_monthly(start="2017-12")
    with pytest.raises(HedgingError, match="outside the coverage"):
        ties.trade("panel", start=2010, end=2005)


def test_a_year_without_any_figure_is_not_skipped():
    index = ties.aid("oecd_all_donors_net").index
    assert list(index) == list(range(1978, 2015))


def test_an_unknown_definition_of_trade_names_the_known_ones():
    with pytest.raises(HedgingError, match="kotra"):
        ties.trade("kotr")


def test_licensed_production_is_not_taken_for_new_supply():
    with_licences = ties.arms("2026-02")["RUS"]
    without = ties.arms("2026-02", licensed=False)["RUS"]
    assert with_licences.sum() == pytest.approx(662.1)
    assert (with_licences - without).sum() == pytest.approx(507.0)
    with pytest.raises(HedgingError, match="does not tell"):
        ties.arms("2022-07", licensed=False)


def test_a_year_without_arms_is_none_identified_and_not_missing():
    frame = ties.arms()
    assert frame.notna().all(axis=None)
    assert frame.loc[2015].sum() == 0


def test_an_incomplete_cell_is_not_read_as_no_meeting():
    assert ties.meetings("top", 1949, 1979)["CHN"].isna().all()
    assert ties.meetings("leaders", 2018, 2019).isna().all(axis=None)
    assert ties.meetings("top", 2026, 2026).isna().all(axis=None)
    assert ties.meetings("leaders", 2018, 2019, least_completeness=3).notna().all(axis=None)


def test_a_pooled_window_does_not_count_meetings_outside_it():
    pooled = ties.meeting_counts("2018-03", "2019-12")
    assert pooled.to_dict() == {"RUS": 1, "CHN": 5, "USA": 3, "JPN": 0, "KOR": 3}
    assert pooled.sum() == len(ties.meeting_dates("2018-03-01", "2019-12-31"))
    assert ties.meeting_counts("2018", "2019", "leaders").isna().all()


def test_a_meeting_of_which_only_the_year_is_known_is_not_put_inside_a_window():
    undated = load("contacts").query("date_precision == 'year' and counted and rank_class == 'top_leader'").iloc[0]
    with pytest.raises(HedgingError, match="straddle"):
        ties.meeting_counts(f"{undated['year']}-01", f"{undated['year']}-06")
    assert undated["id"] in set(ties.meeting_dates(str(undated["year"]), str(undated["year"]))["id"])


@pytest.mark.parametrize("ranks", ["top", "leaders", "core"])
def test_dated_and_yearly_contacts_do_not_drift_apart(ranks):
    dates = ties.meeting_dates(ranks=ranks)
    counted = dates.groupby(["year", "power"]).size().unstack(fill_value=0)
    yearly = ties.meetings(ranks, least_completeness=1)
    full = counted.reindex(index=yearly.index, columns=yearly.columns, fill_value=0).fillna(0)
    pd.testing.assert_frame_equal(full, yearly, check_dtype=False, check_names=False)


def test_doubtful_contacts_are_not_counted():
    all_rows = ties.meeting_dates(ranks="all", counted=False)
    assert (len(all_rows), len(ties.meeting_dates(ranks="all"))) == (316, 306)


def test_the_net_score_is_not_offered_as_a_tie():
    with pytest.raises(HedgingError, match="positive"):
        ties.events_monthly("net")
    assert (ties.events_monthly("negative") >= 0).all(axis=None)


def test_a_month_with_missing_days_is_not_read_as_a_quiet_month():
    whole = ties.events_monthly(per_day=False)
    rates = ties.events_monthly()
    days = load("events_monthly").drop_duplicates("month").set_index("month")["days_with_file"]
    assert days["2024-02"] < 27
    assert rates.loc["2024-02", "CHN"] == pytest.approx(whole.loc["2024-02", "CHN"] / days["2024-02"], abs=1e-3)


def test_aid_that_is_not_reported_is_not_zero():
    frame = ties.aid("oecd_total_net")
    assert frame[["CHN", "JPN", "KOR"]].isna().all(axis=None)
    assert pd.isna(frame.loc[2021, "RUS"])
    with pytest.raises(HedgingError, match="name the 'concept'"):
        load("aid")


def test_cooperation_is_the_sum_of_its_classes():
    both = ties.events_yearly("verbal_coop") + ties.events_yearly("material_coop")
    pd.testing.assert_frame_equal(ties.events_yearly("cooperation"), both)
