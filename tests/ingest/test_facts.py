"""Published figures, copied with their source: the tables of facts still say what their sources print."""

import math

import pytest

from hedging.tables import load, record, ties

KOTRA_SHARES = {  # China's share of trade in per cent, inter-Korean trade left out
    2011: (89.1, "KOTRA via AFP, https://www.straitstimes.com/business/trade-figures-show-n-korea-dependence-on-china"),
    2013: (89.1, "KOTRA via Yonhap, http://english.yonhapnews.co.kr/northkorea/2014/05/21/16/0401000000AEN20140521003200320F.html"),
    2022: (96.7, "KOTRA via KBS, http://world.kbs.co.kr/service/news_view.htm?lang=e&Seq_Code=179256"),
}  # fmt: skip
OURS = [
    "aid", "aid_facts", "arms", "chronology", "cold_war_aid", "cold_war_oil", "cold_war_trade", "contacts",
    "contacts_completeness", "contacts_yearly", "debts", "disagreements", "events_monthly", "events_yearly",
    "inter_korean_talks", "media_facts", "media_terms", "propositions", "recent_facts", "sanctions", "sanctions_steps",
    "scholars", "talks", "trade", "treaties", "weapons_tests",
]  # fmt: skip


def kotra(year, partner):
    rows = load("trade", "kotra")
    return rows[(rows["year"] == year) & (rows["partner"] == partner)].iloc[0]


@pytest.mark.parametrize("year", KOTRA_SHARES)
def test_chinas_share_by_kotra_is_not_of_another_total(year):
    china, world = kotra(year, "CHN"), kotra(year, "WORLD")
    published, source = KOTRA_SHARES[year]
    assert china["printed_share"] == published, source
    assert 100 * china["usd_million"] / world["usd_million"] == pytest.approx(published, abs=0.4)


def test_russia_2013_is_not_lost():
    """KOTRA via Yonhap, 21 May 2014: 104 million dollars. Burghart et al. 2020 print 112.8 for 2011 (KOTRA 2012)."""
    assert kotra(2013, "RUS")["usd_million"] == 104
    assert kotra(2011, "RUS")["usd_million"] == pytest.approx(112.8, abs=3)


def test_kotra_and_printed_shares_do_not_come_apart():
    rows = load("trade", "kotra")
    china = rows[rows["partner"] == "CHN"].set_index("year")
    both = (
        china["printed_share"]
        .to_frame("printed")
        .join(rows[rows["partner"] == "WORLD"].set_index("year")["usd_million"])
    )
    ours = 100 * china["usd_million"] / both["usd_million"]
    gap = (ours - both["printed"]).abs().dropna()
    assert len(gap) >= 18
    assert gap.max() < 0.6


def test_china_2010_is_not_one_number():
    """KOTRA 83 and IMF 46: Yonhap via NK Economy Watch, 17 June 2011. KDI 56.9 (52.6 in 2009): JoongAng, June 2011."""
    shares = load("disagreements", "china_share_2010").set_index("estimator")["value"]
    assert shares.to_dict() == {"KOTRA": 83.0, "KDI": 56.9, "IMF": 46.0, "COW": 56.0, "KITA": 45.3}
    amounts = load("disagreements", "china_share_2010").set_index("estimator")
    for name, tolerance in (("KOTRA", 0.3), ("KDI", 0.1), ("IMF", 0.6), ("COW", 0.1)):
        own = 100 * amounts.loc[name, "part"] / amounts.loc[name, "whole"]
        assert own == pytest.approx(shares[name], abs=tolerance)


def test_cow_of_1966_is_the_non_communist_remainder():
    """CIA ER IM 68-10: 445 million in 1966, 87 per cent communist, almost half of the rest with Japan."""
    total, japan = ties.trade_total("cow").loc[1966], ties.trade("cow").loc[1966, "JPN"]
    assert total == 57
    assert total == pytest.approx(445 * 0.13, abs=1)
    assert 100 * japan / total == pytest.approx(49.1, abs=0.05)
    assert (ties.trade_total("cow").loc[1970], ties.trade_total("cow").loc[1974]) == (122, 941)


def test_russia_1996_is_not_an_outlier_again():
    assert ties.trade("cow").loc[1996, "RUS"] == 79 + 16
    assert ties.trade("panel").loc[1996, "RUS"] == 95


def test_the_panel_still_narrows_as_its_readme_says():
    """Effective number of patrons (1 / sum of squared shares) from the README of the compiled panel."""
    for year, published in ((2008, 2.0), (2010, 1.9), (2014, 1.7), (2016, 1.14)):
        ties_of = ties.trade("panel").loc[year].fillna(0)
        assert 1 / ((ties_of / ties_of.sum()) ** 2).sum() == pytest.approx(published, abs=0.06)


def test_the_kaesong_years_do_not_vanish():
    """Inter-Korean trade 2010: 1,910 million (Yonhap via NK Economy Watch); 2019: 6.9 million (Bank of Korea)."""
    south = ties.trade("mou")["KOR"]
    assert (south[2010], south[2015], south[2016], south[2019], south[2023]) == (1910, 2713.49, 332.6, 6.9, 0)
    assert south[[1990, 1993, 2024]].isna().all()


def test_aid_shares_of_the_cold_war_are_kept_as_shares():
    """Library of Congress: 4,750 million dollars 1946-84, almost 46 per cent Soviet, about 18 per cent Chinese."""
    facts = load("cold_war_aid").query("period == '1946-1984'").set_index("partner")
    assert facts.loc["USSR" if "USSR" in facts.index else "RUS", "value"] == 46
    assert facts.loc["CHN", "value"] == 18
    assert set(facts.loc[["RUS", "CHN"], "kind"]) == {"share"}
    soviet, chinese = 46 / 64, 18 / 64
    evenness = -(soviet * math.log2(soviet) + chinese * math.log2(chinese))
    assert evenness == pytest.approx(0.857, abs=0.001)


def test_the_bids_of_1960_keep_their_units():
    """TIME: Chinese loan 105 million dollars; Moscow waives 190 and defers 35."""
    facts = load("cold_war_aid").query("year_start == 1960 and unit == 'USD million'")
    assert {105.0, 190.0, 35.0} <= set(facts["value"])


def test_a_plan_of_cold_war_trade_is_not_an_outturn():
    facts = load("cold_war_trade")
    plans = facts[
        (facts["partner"] == "CHN") & facts["year_start"].isin([1967, 1973, 1978]) & (facts["kind"] == "plan")
    ]
    assert sorted(plans["value"]) == [100, 200, 430, 800]
    assert facts.query("set == 'prk-trade-facts' and year_start == 1966 and partner == 'WORLD'")["value"].item() == 445


def test_the_treaty_of_2024_keeps_its_dates():
    """TREATY-24: TASS, https://tass.com/politics/1868051; in force: Interfax."""
    events = load("treaties").query("treaty.str.contains('Comprehensive')").set_index("event")["date"]
    assert (events["signed"], events["in force"]) == ("2024-06-19", "2024-12-04")
    assert len(load("treaties")) == 15


def test_kims_trips_to_russia_and_china_are_not_lost():
    """Wikipedia list: Russia 2 trips 2018 to September 2023. Korea Times: 13 trips of Kim Il Sung to China."""
    trips = ties.meeting_dates(ranks="top").query("direction == 'outbound'")
    kim = trips[trips["who"].str.contains("Kim Jong Un")]
    assert len(kim[(kim["power"] == "RUS") & kim["year"].between(2018, 2023)]) == 2
    assert len(kim[kim["power"] == "CHN"]) == 5
    elder = trips[trips["who"].str.contains("Kim Il Sung") & (trips["power"] == "CHN")]
    assert 11 <= elder["year"].nunique() <= 20


def test_arms_of_the_soviet_union_are_not_split_at_1991():
    """SIPRI tables of July 2022: USSR 18,300 for 1950-91, Russia 482, China 4,962."""
    arms = ties.arms()
    assert arms.loc[:1991, "RUS"].sum() == 18300
    assert arms.loc[1992:, "RUS"].sum() == 482
    assert arms["CHN"].sum() == 4962


def test_exports_to_russia_are_not_taken_for_imports():
    rows = load("arms", "2026-02").query("direction == 'export' and partner == 'RUS'").set_index("year")["tiv"]
    assert rows.to_dict() == {2023: 12.5, 2024: 242.5}


def test_missiles_are_not_confused_with_launch_days():
    """CNS for NTI: 2022 is 69 missiles on 34 dates, 2018 none; 64 of 2022 successful or unknown (Statista)."""
    missiles = load("weapons_tests").query("kind == 'missile'").set_index("year")
    assert (missiles.loc[2022, "tests"], missiles.loc[2022, "dates"]) == (69, 34)
    assert missiles.loc[2022, ["success", "unknown"]].sum() == 64
    assert missiles.loc[2018, "tests"] == 0
    assert missiles["tests"].sum() == 339
    assert missiles.loc[2025:, "preliminary"].eq("yes").all()
    nuclear = load("weapons_tests").query("kind == 'nuclear' and tests > 0").set_index("year")["tests"]
    assert nuclear.to_dict() == {2006: 1, 2009: 1, 2013: 1, 2016: 2, 2017: 1}


def test_vetoes_are_not_counted_as_resolutions():
    votes = load("sanctions")
    assert votes["kind"].value_counts().to_dict() == {"resolution": 25, "veto": 2}
    assert (votes.query("kind == 'resolution' and year >= 2006")["yes"] == 15).all()
    assert votes.query("year == 1993")["CHN"].item() == "A"


def test_debt_forgiveness_is_not_read_as_aid():
    """Deal of 2012-14: 10 per cent of about 11 billion over 20 years, about 55 million a year; OECD 2014: 55.45."""
    forgiven = ties.aid("oecd_debt_forgiveness")["RUS"]
    assert forgiven[2014] == 55.45
    assert forgiven.loc[2014:2020].sum() == pytest.approx(516.1, abs=0.05)
    rest = ties.aid("oecd_total_net")["RUS"] - forgiven
    assert rest[2016] == pytest.approx(ties.aid("oecd_total_excl_debt")["RUS"][2016], abs=0.02)


def test_aid_of_seoul_adds_up_to_the_printed_total():
    """ROK Ministry of Unification: 3.2948 trillion won 1995-2018."""
    parts = [ties.aid(name)["KOR"].sum() for name in ("rok_gov_grants", "rok_food_loans", "rok_private")]
    assert sum(parts) == pytest.approx(3294.8, abs=0.2)


def test_fiscal_years_of_washington_keep_their_peaks():
    given = ties.aid("us_obligations")["USA"]
    assert (round(given[1999], 1), round(given[2008], 1), round(given.sum(), 1)) == (176.5, 185.3, 845.7)
    assert given[2020] < 0
    constant = ties.aid("us_obligations_constant")["USA"]
    assert constant[2021] == given[2021]
    assert constant[1999] == pytest.approx(271.4, abs=0.05)


def test_headlines_on_russia_keep_their_jump_of_2000():
    """README of the counts: 55 headlines in 1999, 108 in 2000 and 2001 (Putin and Kim visits)."""
    counts = load("media_terms").query("term == 'russia'").set_index("year")["with_term"]
    assert counts.loc[1999:2001].tolist() == [55, 108, 108]


def test_coded_events_peak_where_visits_were():
    shares = ties.events_yearly().pipe(lambda frame: frame.div(frame.sum(axis=1), axis=0))
    assert shares.loc[2010, "CHN"] == pytest.approx(0.57, abs=0.005)
    effective = 1 / (shares**2).sum(axis=1)
    assert effective.loc[[2002, 2010]].tolist() == pytest.approx([4.0, 2.6], abs=0.06)


def test_news_scores_peak_where_kim_was():
    scores = ties.events_monthly()
    assert str(scores["RUS"].idxmax()) == "2023-09"
    assert str(scores["KOR"].idxmax()) in {"2018-03", "2018-04", "2018-05", "2018-09"}


def test_the_oped_is_not_given_more_than_was_read():
    rows = load("propositions")
    assert len(rows) == 16
    assert set(rows.loc[rows["n"] <= 14, "access"]) == {"article_text_read_to_its_break"}
    assert rows.loc[rows["n"] == 16, "evidence"].item() == "not seen"
    assert len(load("scholars")) == 22


def test_inter_korean_talks_by_decade_add_up():
    talks = load("inter_korean_talks").query("dimension == 'decade'")["talks"]
    assert talks.tolist() == [111, 64, 172, 250, 58]
    assert talks.sum() == 655


@pytest.mark.parametrize("name", OURS)
def test_a_fact_does_not_lose_its_source(name):
    known = record(name)
    assert known["sources"]
    assert all(source["citation"] for source in known["sources"])
    frame = load(name, "all")
    if "source_url" in frame.columns and name not in {"trade", "disagreements"}:
        assert frame["source_url"].notna().mean() > 0.95


@pytest.mark.parametrize("name", OURS)
def test_no_cell_holds_a_word_for_missing(name):
    frame = load(name, "all")
    text = frame.select_dtypes("str")
    assert not text.isin(["", "nan", "NaN", "None", "N/A", "<NA>"]).any(axis=None)
