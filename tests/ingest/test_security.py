"""The UN, security and sanctions tables: identities that must hold and figures that others published."""

import csv

import pytest

from hedging.ingest import sources
from hedging.tables import load, record

OURS = [
    "alliances", "capabilities", "capabilities_parts", "diplomatic_counts", "diplomatic_relations", "disputes",
    "disputes_states", "nuclear_status", "nuclear_tests", "provocations", "sanctions", "sanctions_active",
    "sanctions_cases", "sanctions_listings", "sanctions_steps", "tests_disagreement", "treaties", "un_agreement",
    "un_es11", "un_ideal_points", "un_members", "un_rollcalls", "un_votes_prk", "unsc_korea", "unsc_meetings",
    "unsc_vetoes", "unsc_votes", "us_troops", "warheads", "weapons_tests",
]  # fmt: skip
STATUS = {"observed", "structural_zero", "not_reported", "withheld"}


def obliged(state, partner, duty):
    rows = load("alliances").query("iso3 == @state and partner == @partner")
    years = rows.loc[rows[duty], "year"]
    return (years.min(), years.max(), len(years))


def test_the_asean_treaty_is_no_alliance_of_pyongyang():
    rows = load("alliances").query("iso3 == 'PRK'")
    assert set(rows["partner"]) == {"RUS", "CHN", "CUB", "KOR"}  # accession of 2008 would add thirty states
    assert not rows.query("partner == 'RUS' and year > 1996")["nonaggression"].any()
    assert [one["rows"] for one in record("alliances")["corrections"]] == [1739, 1703]


def test_the_pacts_of_1961_keep_their_years():
    """README of the set: USSR defence 1961-96, nothing 1997-99, consultation 2000-18; China 1961-2018."""
    assert obliged("PRK", "RUS", "defence_received") == (1961, 1996, 36)
    assert obliged("PRK", "CHN", "defence_received") == (1961, 2018, 58)
    assert obliged("PRK", "RUS", "consultation") == (2000, 2018, 19)
    assert obliged("KOR", "USA", "defence_received")[:2] == (1953, 2018)


def test_a_one_sided_pact_is_not_read_backwards():
    assert obliged("JPN", "USA", "defence_received")[:2] == (1951, 2018)
    assert obliged("JPN", "USA", "defence")[2] == 0


def test_the_index_of_power_is_the_mean_of_its_parts_and_adds_up():
    index = load("capabilities")
    totals = index.groupby("year")["cinc"].sum()
    assert totals.between(0.999, 1.017).all()
    parts = load("capabilities_parts").set_index(["iso3", "year"])
    mean = parts[["milex", "milper", "irst", "pec", "tpop", "upop"]].mean(axis=1)
    shown = index[index["iso3"].isin(parts.index.unique("iso3"))].set_index(["iso3", "year"])["cinc"]
    assert len(shown) == len(parts)
    assert (mean - shown).abs().max() < 2e-6


def test_military_spending_that_is_unknown_is_no_zero():
    rows = load("capabilities_parts").query("iso3 == 'PRK'").set_index("year")
    assert rows["milex"].isna().sum() == 31
    assert rows.index[~rows["comparable"]].tolist() == list(range(2017, 2023))


def test_disputes_of_three_data_sets_are_not_mixed():
    """README of the set, disputes by opponent: mid5 31, 24, 11, 6, 1; gml 27 and 20, none with the USSR."""
    mid5, gml = (load("disputes", name).groupby("power")["begun"].sum().to_dict() for name in ("mid5", "gml"))
    assert mid5 == {"KOR": 31, "USA": 24, "JPN": 11, "CHN": 6, "RUS": 1}
    assert (gml["KOR"], gml["USA"], gml["RUS"]) == (27, 20, 0)
    assert load("disputes", "mie")["begun"].isna().all()


def test_north_korea_is_the_same_among_all_states():
    ours = load("disputes", "mid5").query("count > 0").set_index(["year", "power"])["count"]
    all_states = load("disputes_states").query("iso3 == 'PRK'").set_index(["year", "power"])["count"]
    assert ours.to_dict() == all_states.to_dict()


def test_the_troops_of_2008_are_not_a_surge():
    """Stripes: 28,500 in October 2008, where the yearly series prints 50,975."""
    korea = load("us_troops", "dod").query("place == 'KOR'").set_index("year")
    assert korea.loc[2008, "as_printed"] == 50975
    assert load("us_troops", "dod").query("year == 2008")["troops"].isna().all()
    assert korea.loc[[1953, 1954, 1955, 1964, 1969], "troops"].tolist() == [326863, 225590, 75328, 62596, 66531]
    press = load("us_troops", "press").set_index("year")["troops"]
    assert (press[2008], press[1956], korea.loc[1956, "troops"]) == (28500, 46024, 68810)


def test_a_change_of_definition_is_not_disarmament():
    """SIPRI: 40-50 by fissile material in January 2021, at most 20 assembled in January 2022, and 45-55 possible."""
    assembled, potential = (load("warheads", f"sipri_{kind}").set_index("year") for kind in ("assembled", "potential"))
    assert 2021 not in assembled.index
    assert potential.loc[2021, ["low", "high"]].tolist() == [40, 50]
    assert potential.loc[2022, ["low", "high"]].tolist() == [45, 55]
    assert assembled.loc[2022, "high"] == 20
    assert assembled.loc[2022, "status"] == "not_reported"  # at most 20 has no lower end
    series = load("warheads", "series").query("iso3 == 'PRK'").set_index("year")
    assert series.loc[2020:2021, "definition"].tolist() == ["potential", "assembled"]
    assert series.loc[2006:2014, "high"].isna().all()
    assert series.loc[2005, "status"] == "structural_zero"


def test_estimators_are_not_averaged():
    years = {name: set(load("warheads", name)["year"]) for name in ("isis_range", "sipri_potential", "fas_assembled")}
    assert all(years.values())
    assert load("warheads", "isis_range")[["low", "high"]].iloc[0].tolist() == [35, 65]


def test_six_nuclear_tests_are_six_in_every_list():
    assert load("nuclear_tests")["date"].nunique() == 6
    coded = load("nuclear_status").query("iso3 == 'PRK'").set_index("year")["tests"]
    assert coded[coded > 0].to_dict() == {2006: 1, 2009: 1, 2013: 1, 2016: 2, 2017: 1}
    csis = load("provocations", "table").query("kind == 'nuclear' and events > 0").set_index("year")["events"]
    assert csis.to_dict() == coded[coded > 0].to_dict()


def test_missiles_are_counted_by_their_own_counter():
    """Japan's ministry of defence: 25 in 2019, at least 59 in 2022; CNS: 27 and 69, failures and short rockets too."""
    counts = {
        name: load("tests_disagreement", name).set_index("year") for name in ("cns_2026", "cns_2023", "japan_mod")
    }
    assert counts["japan_mod"].loc[[2019, 2022], "count"].tolist() == [25, 59]
    assert counts["japan_mod"].loc[2022, "at_least"]
    assert counts["cns_2026"].loc[[2018, 2019, 2022], "count"].tolist() == [0, 27, 69]
    whole = counts["cns_2023"].query("whole_year")["count"]
    assert (whole == counts["cns_2026"].loc[whole.index, "count"]).all()
    ours = load("weapons_tests").query("kind == 'missile'").set_index("year")["tests"]
    assert (ours == counts["cns_2026"]["count"]).all()


def test_the_tables_of_csis_add_up():
    for name, entries in (("table", 493), ("records", 540)):
        rows = load("provocations", name)
        assert rows.query("kind == 'total'")["events"].sum() == entries
        assert rows.query("kind != 'total'")["events"].sum() == entries


def test_partners_of_1970_have_two_counters():
    counts = load("diplomatic_counts", "all").query("iso3 == 'PRK' and item == 'partners'")
    assert sorted(counts.query("year == 1970")["count"]) == [36, 37]
    assert sorted(counts.query("year == 1980")["count"]) == [99, 100]
    missions = load("diplomatic_counts", "all").query("item == 'missions_abroad'").set_index("year")["count"]
    assert missions.to_dict() == {2023: 53, 2024: 44}


def test_a_rupture_is_not_an_opening():
    assert load("diplomatic_relations")["event"].value_counts().to_dict() == {
        "opened": 73,
        "broken": 6,
        "restored": 2,
        "suspended": 1,
    }


def test_cases_in_force_follow_from_the_cases():
    cases = load("sanctions_cases", "gsdb")
    assert (len(cases), len(load("sanctions_cases", "ties"))) == (31, 7)
    active = load("sanctions_active").query("iso3 == 'PRK'").set_index("year")
    for year in (1960, 2006, 2016, 2023):
        running = cases[(cases["year"] <= year) & (cases["year_end"] >= year)]
        assert active.loc[year, "cases"] == len(running)
        for power in ("USA", "JPN", "KOR", "UN"):
            assert active.loc[year, power] == running["senders"].str.split("|").explode().eq(power).sum()
    assert active[["CHN", "RUS"]].to_numpy().sum() == 0


def test_the_rank_of_the_targets_of_2023_is_the_published_one():
    """README of the set: Russia 46, Iran 28, North Korea 26, Belarus 25, Syria 19."""
    cases = load("sanctions_active").query("year == 2023").set_index("iso3")["cases"]
    assert cases[["RUS", "IRN", "PRK", "BLR", "SYR"]].tolist() == [46, 28, 26, 25, 19]


def test_names_on_the_list_are_not_counted_twice():
    """Entries KPi.001-005 of 2009, 006-012 of 2013, 013-039 of 2016."""
    people = load("sanctions_listings").query("kind == 'people'").set_index("year")
    assert people.loc[[2009, 2013, 2016], "listed"].tolist() == [5, 12, 39]
    assert people.loc[2019:, "added"].sum() == 0


def test_resolutions_on_the_programme_are_the_same_in_three_tables():
    numbers = set(load("sanctions")["resolution"].dropna())
    meetings = load("unsc_meetings").query("resolution and year >= 1993")["result"]
    assert len(numbers) == 25
    assert set(meetings.str.extract(r"S/RES/(\d+)")[0].astype(int)) <= numbers
    votes = load("unsc_votes").query("about_korea and year >= 2006")
    assert (votes["n_yes"] == 15).all()


def test_vetoes_are_not_lost_where_the_columns_of_the_source_miss_them():
    vetoes = load("unsc_vetoes")
    counts = vetoes[["CHN", "FRA", "GBR", "RUS", "USA"]].sum().to_dict()
    assert counts == {"CHN": 17, "FRA": 16, "GBR": 29, "RUS": 121, "USA": 82}
    listed = load("unsc_korea").query("kind == 'vetoed' and year <= 2022")
    assert set(listed["symbol"]) <= set(vetoes["draft"])
    assert vetoes.set_index("draft").loc["S/2022/431", ["CHN", "RUS"]].all()


@pytest.mark.parametrize("name", OURS)
def test_a_value_is_traceable_to_a_page_or_to_a_method(name):
    known = record(name)
    fields = {field["name"] for field in known["schema"]["fields"]}
    assert known["measures"]
    if "method" in known:
        row = load(name, "all").iloc[0].to_dict()
        assert known["method"].format(**row)  # names only cells that the row has
    else:
        assert {"source_url", "quality"} <= fields


@pytest.mark.parametrize("name", OURS)
def test_the_four_kinds_of_missing_have_no_fifth(name):
    frame = load(name, "all")
    if "status" in frame.columns:
        assert set(frame["status"]) <= STATUS


def test_no_raw_file_is_both_used_and_left_out():
    path = sources.REGISTRY.with_name("omitted.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    files = [row["file"] for row in rows]
    assert files == sorted(set(files))
    assert not set(files) & set(sources.registry())
    assert all(len(row["reason"]) > 10 for row in rows)
