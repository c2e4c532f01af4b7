"""Economic tables: published values copied with their source, unknowns that stay unknown, editions kept apart."""

import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures import POWERS
from hedging.tables import load, record, ties, world

NEW = [
    "aid_world", "arms_deals", "arms_world", "chinese_travel", "disagreements", "economy", "economy_facts",
    "leader_trips", "oil_facts", "public_diplomacy", "trade_facts", "trade_world",
]  # fmt: skip
OLD = ["aid", "aid_facts", "arms", "cold_war_aid", "cold_war_oil", "cold_war_trade", "debts", "trade"]
STATUS = {"observed", "structural_zero", "not_reported", "withheld"}
NATIONS = "https://www.nationsencyclopedia.com/economies/Asia-and-the-Pacific/Korea-North-INTERNATIONAL-TRADE.html"
PHOTIUS = "https://www.photius.com/countries/korea_north/economy/korea_north_economy_foreign_trade.html"
KOREANISTA = "https://koreanista.hu/2019/12/02/eszak-korea-kinatol-valo-kereskedelmi-fuggese-az-otszorosere-nott"
PUBLISHED = [  # period, partner, flow, value, where it was read
    ("1970", "WORLD", "prk_exports", 307.7, PHOTIUS),
    ("1990", "WORLD", "prk_exports", 1860, PHOTIUS),
    ("1999", "RUS", "total", 100, NATIONS),
    ("1995", "JPN", "share_prk_exports", 28, NATIONS),
    ("1995", "RUS", "share_prk_exports", 1, NATIONS),
    ("1995", "CHN", "share_prk_imports", 33, NATIONS),
    ("1995", "JPN", "share_prk_imports", 17, NATIONS),
    ("1995", "RUS", "share_prk_imports", 5, NATIONS),
    ("1995", "KOR", "share_prk_imports", 4, NATIONS),
    ("2001", "JPN", "share_total_incl_interkorean", 30.1, KOREANISTA),
    ("2001", "CHN", "share_total_incl_interkorean", 17.3, KOREANISTA),
    ("2011", "CHN", "share_total", 89.1, "KOTRA via AFP"),
    ("2013", "CHN", "share_total", 89.1, "KOTRA via Yonhap"),
    ("2022", "CHN", "share_total", 96.7, "KOTRA via KBS"),
]
COMMUNIST = ["PRK", "CUB", "ROU", "MNG", "ALB", "POL", "HUN", "BGR", "CSK", "DDR", "YUG", "VNM"]


@pytest.mark.parametrize(("period", "partner", "flow", "value", "where"), PUBLISHED)
def test_a_printed_fact_of_trade_is_not_lost(period, partner, flow, value, where):
    facts = load("trade_facts").query("period == @period and partner == @partner and flow == @flow")
    assert value in set(facts["value"]), where


def test_both_definitions_of_trade_are_kept():
    """Every fact of both compiled files is a row; China 2014 is 90.1 without the South and 68.9 with it."""
    facts = load("trade_facts")
    assert facts["set"].value_counts().to_dict() == {"prk_trade_facts": 280, "prk_interkorean_facts": 30}
    china = facts.query("period == '2014' and partner == 'CHN' and unit.str.startswith('percent')", engine="python")
    assert china.set_index("inter_korean")["value"].to_dict() == {"excluded": 90.1, "included": 68.9}
    assert set(facts.query("partner == 'KOR' and flow == 'total'")["inter_korean"]) == {"only"}
    assert set(facts.query("estimator == 'Chinese customs (no crude)'")["crude"]) == {"left_out"}


def test_exports_and_imports_do_not_drift_from_the_printed_total():
    facts = load("trade_facts").query("unit == 'USD million' and estimator == 'KOTRA'")
    wide = facts.pivot_table(index=["period", "partner"], columns="flow", values="value", aggfunc="last")
    wide = wide[["prk_exports", "prk_imports", "total"]].dropna()
    gap = (wide["prk_exports"] + wide["prk_imports"] - wide["total"]).abs() / wide["total"]
    assert len(wide) > 15
    assert gap.max() < 0.02


@pytest.mark.parametrize("country", COMMUNIST)
def test_no_pair_of_communist_states_is_read_as_zero(country):
    """T1: the COW file prints 0 for Cuba 1981-91, Albania, Mongolia and North Korea with the USSR."""
    frame = world.of(country, "trade").loc[1976:1991]
    assert frame[["RUS", "CHN"]].isna().all(axis=None)
    assert (world.trade.status(country).loc[1976:1991, ["RUS", "CHN"]] == "not_reported").all(axis=None)
    kept = world.unconfirmed(country).stack().dropna()
    assert (kept > 0).all()
    assert kept.index.get_level_values("year").max() <= 1991


def test_what_the_file_prints_among_communist_states_is_kept_for_bounds():
    """README of the set: positive flows of the USSR with Yugoslavia in 37 of 41 years, with North Korea in none."""
    assert world.unconfirmed("YUG")["RUS"].count() >= 37
    assert world.unconfirmed("PRK")["RUS"].count() == 0
    counts = [one["rows"] for one in record("trade_world")["corrections"]]
    assert counts == [186, 435, 559, 1, 61]


def test_shares_of_trade_are_shares_of_the_states_own_total():
    rows = load("trade_world")
    assert (
        rows.loc[rows["status"] == "not_reported", ["usd_million", "import_share", "export_share"]]
        .isna()
        .all(axis=None)
    )
    assert rows.loc[rows["status"] == "observed", "usd_million"].notna().all()
    whole = rows[rows["partner"] == "WORLD"].set_index(["country", "year"])["usd_million"]
    parts = rows[rows["partner"] != "WORLD"].groupby(["country", "year"])["usd_million"].sum()
    both = pd.concat([whole, parts], axis=1, keys=["whole", "parts"]).loc[["JPN", "USA", "KOR", "AUS"]].dropna()
    assert (both["parts"] <= 1.02 * both["whole"]).all()


def test_the_two_loaders_of_north_korean_trade_agree_where_both_observe():
    mine, other = world.of("PRK", "trade", start=1992), ties.trade("cow", start=1992)
    pd.testing.assert_frame_equal(mine[["RUS", "CHN"]], other[["RUS", "CHN"]], check_names=False)
    assert mine["KOR"].isna().all()


@pytest.mark.parametrize(("vintage", "total"), [("2022-07", 23983), ("2024-register", 23861.6), ("2026-02", 718.8)])
def test_vintages_of_arms_are_not_mixed(vintage, total):
    """Sums of North Korean imports as in the extracts of the set; each vintage is its own variant."""
    rows = load("arms_world", vintage)
    assert set(rows["variant"]) == {vintage}
    assert rows.query("country == 'PRK'")["tiv"].sum() == pytest.approx(total, abs=0.1)
    mine = world.of("PRK", "arms", vintage)
    own = ties.arms(vintage).reindex(mine.index)
    assert (mine - own)[["RUS", "CHN"]].abs().max(axis=None) < 0.02


def test_shares_of_suppliers_do_not_exceed_the_whole():
    rows = load("arms_world", "all")
    shares = rows[[f"share_{power.lower()}" for power in POWERS]]
    assert shares.sum(axis=1).max() <= 100.01
    assert shares[rows["tiv"] == 0].isna().all(axis=None)
    assert ((rows["hhi"] >= 1 / rows["suppliers"].clip(lower=1) - 0.001) | rows["hhi"].isna()).all()


def test_exports_of_north_korean_arms_are_all_there():
    """README of the set: exports to Russia 2023-24 are 255 in the file of 2026; the register of 2024 has 209 deals."""
    exports = load("arms", "all").query("direction == 'export'")
    assert exports.query("variant == '2026-02' and partner == 'RUS'")["tiv"].sum() == 255
    assert exports.query("variant == '2022-07'")["tiv"].sum() == 2418
    deals = load("arms_deals")
    assert len(deals) == 209
    spread = exports.query("variant == '2024-register'")["tiv"].sum()
    assert deals.query("direction == 'export'")["tiv"].sum() == pytest.approx(spread, abs=0.1)


def test_aid_of_all_states_holds_the_same_north_korea():
    for concept in ("us_obligations", "china_oda_like_commitments", "oecd_all_donors_net"):
        mine = load("aid_world", concept).query("country == 'PRK'").set_index("year")["value"]
        own = load("aid", concept).set_index("year")["value"]
        pd.testing.assert_series_equal(mine, own, check_names=False)
    china = load("aid_world", "china_oda_like_commitments").groupby("country")["value"].sum().nlargest(2)
    assert china.round(-1).to_dict() == {"PRK": 9810.0, "IRQ": 9430.0}  # README: 9.81 and 9.43 billion


def test_imputed_aid_is_marked():
    rows = load("aid", "all")
    assert set(rows.loc[rows["imputed"], "concept"]) == {"china_oda_like_commitments"}
    funding = load("aid", "fts_humanitarian").set_index("year")["value"]
    assert (funding[2002], len(funding)) == (360.84, 27)


def test_estimators_of_output_are_not_joined():
    """README of the set: output a head falls 36 per cent (Maddison) or 33 (Fariss) from 1990 to 1998."""
    for series, fall in (("maddison_gdp_per_head", -0.357), ("fariss_gdp_per_head", -0.333)):
        north = world.economy(series)["PRK"]
        assert north[1998] / north[1990] - 1 == pytest.approx(fall, abs=0.002)
    assert world.economy("maddison_gdp_per_head").loc[:1989, "PRK"].isna().all()
    assert world.economy("fao_kcal").loc[[1989, 1996], "PRK"].tolist() == [2231, 2080]
    with pytest.raises(HedgingError, match="several series"):
        load("economy")


def test_a_year_without_a_trip_is_zero_and_a_country_without_any_is_not():
    sent, received = world.trips("sent"), world.trips("received")
    years = {1990: 1, 1991: 1, 2000: 1, 2001: 2, 2011: 1, 2018: 5, 2019: 3, 2020: 0, 2023: 1}
    assert sent["PRK"][list(years)].to_dict() == years
    assert (received["PRK"][2024], received["PRK"][2022]) == (1, 0)
    assert sent["IRN"].isna().all()
    assert received["IRN"].notna().all()


def test_travel_of_chinese_leaders_is_unknown_and_not_zero_before_1977():
    rows = load("chinese_travel")
    north = rows.query("country == 'PRK'").set_index("year")["visits"]
    assert north.sum() == 18
    assert north[[1978, 1982, 2019]].tolist() == [2, 2, 1]
    assert north[[1950, 1958]].isna().all()
    south = rows.query("country == 'KOR'").set_index("year")  # in 2015 the premier went; Xi's row there is a slip
    assert south.loc[[2015, 2018], ["visits", "presidents"]].to_numpy().tolist() == [[1, 0], [0, 0]]
    assert rows.query("country == 'ALL'")["visits"].sum() == 595 - 2


def test_elite_visits_keep_their_break_and_their_gaps():
    visits = load("public_diplomacy", "total_elite_visits").query("country == 'PRK'").set_index("year")
    assert visits["value"].loc[2000:2015].tolist() == [18, 18, 2, 8, 5, 5, 8, 5, 4, 10, 13, 11, 6, 4, 3, 3]
    assert set(visits.loc[2016:, "status"]) == {"not_reported"}
    assert visits.index[visits["level_break"]].tolist() == [2000, 2001]


def test_a_silent_customs_office_is_not_an_empty_pipe():
    oil = load("oil_facts")
    silent = oil.query("period == '2014 Jan-Jun'").iloc[0]
    assert silent["status"] == "withheld"
    assert pd.isna(silent["value"])
    assert set(oil.query("kind == 'report to the UN'")["supplier"]) == {"CHN", "RUS", "CHN|RUS"}


def test_a_slip_in_a_country_is_answered_with_the_nearest_code():
    with pytest.raises(HedgingError, match="did you mean 'VNM'"):
        world.of("Vietnam", "trade")
    with pytest.raises(HedgingError, match="did you mean 'arms'"):
        world.of("VNM", "arm")
    with pytest.raises(HedgingError, match="1946 to 2014"):
        world.of("CUB", "trade", end=2020)
    assert {"PRK", "VNM", "MNG", "CUB", "ALB", "ROU", "LAO", "BLR", "ARM", "KAZ", "IRN", "SYR"} <= set(
        world.countries("trade")
    )


@pytest.mark.parametrize("name", [*NEW, *OLD])
def test_a_record_says_what_it_measures_and_how_a_row_came_to_be(name):
    known = record(name)
    fields = {field["name"] for field in known["schema"]["fields"]}
    assert known["measures"].endswith(".")
    assert "method" in fields or "{" in known["method"]
    frame = load(name, "all")
    if "status" in fields:
        assert set(frame["status"]) <= STATUS
    for word in [part.split("}")[0] for part in known.get("method", "").split("{")[1:]]:
        assert word in fields
