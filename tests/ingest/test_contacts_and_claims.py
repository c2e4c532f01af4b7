"""Contacts, trips and claims: a zero of a thin search is not none, and no claim loses the one who makes it."""

import pandas as pd
import pytest

from hedging.tables import load, record

PARTS = ["outbound", "inbound", "third_place"]


@pytest.mark.parametrize(
    ("name", "mark"), [("contacts_yearly", "completeness"), ("contacts_decades", "completeness_low")]
)
def test_nothing_found_in_a_thin_search_is_not_none(name, mark):
    rows = load(name)
    thin = rows["status"] == "not_reported"
    assert set(rows["status"]) == {"observed", "not_reported"}
    assert rows.loc[thin, "contacts"].isna().all()
    assert (rows.loc[thin, mark] < 4).all()
    assert rows.loc[~thin, "contacts"].notna().all()
    assert (rows.loc[rows["contacts"] == 0, mark] >= 4).all()
    emptied = record(name)["corrections"][0]["rows"]
    assert emptied == int(thin.sum()) > 200


def test_directions_add_up_to_the_contacts_of_the_year():
    rows = load("contacts_yearly").dropna(subset=["contacts"])
    assert (rows[PARTS].sum(axis=1) == rows["contacts"]).all()


def test_decades_years_and_dated_contacts_are_one_count():
    counted = load("contacts").query("counted")
    decade = (counted["year"] // 10 * 10).astype(str) + "s"
    dated = counted.groupby([decade.rename("decade"), "power", "rank_class"]).size()
    decades = load("contacts_decades").query("rank_class not in ['leaders', 'core']")
    found = decades.set_index(["decade", "power", "rank_class"])["contacts"].fillna(0)
    assert found.sum() == dated.sum() == 306
    pd.testing.assert_series_equal(found[found > 0], dated, check_dtype=False, check_names=False)
    yearly = load("contacts_yearly").query("rank_class not in ['leaders', 'core']")
    assert yearly["contacts"].sum() == 306


def test_completeness_of_a_decade_is_not_better_than_that_of_its_years():
    years = load("contacts_yearly")
    years["decade"] = (years["year"] // 10 * 10).astype(str) + "s"
    marks = years.groupby(["decade", "power", "rank_class"])["completeness"].agg(["min", "max"])
    decades = load("contacts_decades").set_index(["decade", "power", "rank_class"])
    assert (decades["completeness_low"] == marks["min"]).all()
    assert (decades["completeness_high"] == marks["max"]).all()


def test_every_contact_of_the_visits_list_is_found_again():
    visits = load("visits")
    assert (len(visits), visits["contact"].notna().sum()) == (150, 117)
    linked = visits.dropna(subset=["contact"]).merge(load("contacts"), left_on="contact", right_on="id", how="left")
    assert linked["power"].notna().all()
    assert linked["contact"].is_unique
    assert (linked["country"].replace("SUN", "RUS") == linked["power"]).all()
    powers = {"SUN", "RUS", "CHN", "USA", "JPN", "KOR"}
    assert set(visits.loc[visits["contact"].isna(), "country"]).isdisjoint(powers)
    assert {"1961-03-03", "1984-01"} <= set(linked.loc[~linked["counted"], "date_start_x"])
    assert visits["confidence"].value_counts().to_dict() == {"B": 77, "A": 46, "C": 25, "D": 2}


def test_kims_trips_are_those_that_others_count():
    """Wikipedia list of 2023 (VIS-KJU): Russia 2, Singapore 1, Vietnam 1; RIA, 28 August 2025: fifth trip to China."""
    totals = (
        load("leader_trip_totals").query("set == 'totals' and leader == 'Kim Jong Un'").set_index("country")["value"]
    )
    assert totals[["RUS", "SGP", "VNM", "CHN"]].tolist() == [2, 1, 1, 5]
    own = load("visits").query("actor.str.contains('Kim Jong Un') and type == 'outbound leader visit'")
    assert own["country"].value_counts()["RUS"] == 2
    assert own["country"].value_counts()["CHN"] == 5


def test_the_elder_kims_trips_to_china_stay_in_dispute():
    """Korea Times: 13 (VIS-KIS). A list of years gives 11, this project finds 15, a memoir speaks of more than 40."""
    rows = load("leader_trip_totals").query("leader == 'Kim Il Sung' and country == 'CHN'")
    assert set(rows["value"].dropna()) == {11}
    assert set(rows["found"].dropna()) == {15}
    assert rows["as_stated"].dropna().str.contains("40").sum() == 1
    dated = load("contacts").query(
        "counted and power == 'CHN' and direction == 'outbound' and rank_class == 'top_leader'"
    )
    assert dated["who"].str.contains("Kim Il Sung").sum() == 15


def test_checks_of_trips_say_what_the_contacts_hold():
    checks = load("leader_trip_totals").query("set == 'checks'")
    assert len(checks) == 11
    agreed = checks[checks["result"].str.startswith("agree")]
    assert (agreed["value"] == agreed["found"]).all()
    assert len(agreed) == 5


def test_no_claim_is_without_a_claimant():
    facts = load("recent_facts")
    claims = facts[facts["set"].isin(["russia_claims", "exchange", "troops"])]
    assert claims.groupby("set").size().to_dict() == {"exchange": 33, "russia_claims": 28, "troops": 10}
    assert claims[["claimed_by", "side"]].notna().all(axis=None)
    assert claims["as_stated"].notna().all()
    assert facts["claimed_by"].notna().equals(facts["side"].notna())


def test_shells_of_seoul_and_of_kyiv_are_not_averaged():
    """NIS, 26 June 2025: over 10 million; Ukrainian intelligence to October 2025: 6.5 million; ROK DIA: 12."""
    rounds = load("recent_facts").query("unit == 'rounds'")
    said = rounds.groupby("side")["value"].max().to_dict()
    assert (said["KOR"], said["UKR"]) == (12_000_000, 6_500_000)
    nis = rounds.query("value == 10_000_000")
    assert nis["bound"].item() == "at_least"


def test_a_range_keeps_both_ends():
    facts = load("recent_facts").set_index(["set", "row"])
    assert facts.loc[("exchange", 32), ["value_low", "value_high"]].tolist() == [1700, 5500]
    assert facts.loc[("russia_claims", 21), ["value_low", "value_high"]].tolist() == [5600, 9800]
    assert facts.loc[("russia_claims", 19), ["value_low", "value_high"]].tolist() == [35, 50]
    ends = facts.dropna(subset=["value_low", "value_high"])
    assert (ends["value_low"] < ends["value_high"]).all()


def test_outside_values_still_fit_the_tables_that_they_check():
    """NTI via Statista: 64 missiles of 2022 and 30 of 2023 successful or unknown, none in 2018."""
    checks = load("cross_checks").set_index("row")["value"]
    missiles = load("weapons_tests").query("kind == 'missile'").set_index("year")
    not_failed = missiles[["success", "unknown"]].sum(axis=1)
    assert not_failed.loc[[2022, 2023, 2018]].tolist() == checks.loc[[1, 2, 3]].tolist() == [64, 30, 0]
    assert missiles.loc[2023, "tests"] > 30
    assert checks.notna().sum() == 16
    assert load("cross_checks").query("at_least")["row"].tolist() == [4, 6]


def test_a_copy_of_a_copy_is_not_graded_as_a_source():
    facts = load("negotiation_facts")
    assert facts["value"].tolist()[:2] == [7, 19]
    assert facts["quality"].tolist() == [2, 2, 3, 3]
    assert (load("scholars")["quality"] == 2).sum() == 4
    assert load("propositions").groupby("quality").size().to_dict() == {3: 1, 4: 1, 5: 14}


OURS = [
    "chronology", "contacts", "cross_checks", "inter_korean_talks", "leader_trip_totals", "media_facts",
    "negotiation_facts", "recent_facts", "scholars", "talks", "visits",
]  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_no_fact_is_without_an_address_and_a_grade(name):
    rows = load(name)
    assert rows["source_url"].notna().mean() > 0.99
    assert rows["quality"].between(1, 5).all()
