"""Sources that contradict one another: every variant is kept, and no two editions become one line."""

import pytest

from hedging.errors import HedgingError
from hedging.tables import load, printed

DISAGREEMENTS = {  # quantity: values, from the README of the set that documents the case
    "china_share_2009": {78.5, 52.6},  # KDI: https://s.japanese.joins.com/JArticle/141577?sectcode=500&servcode=500
    "china_share_2001": {32.6, 17.3},
    "ussr_trade_1991": {364, 1420, 231, -40, -68},
    "ussr_trade_1990": {2700, 1499, 1137.5},
    "trade_fall_1991": {-16, -42.4, -12.6},
    "us_food_aid": {781.5, 708},
    "eu_pledge_kedo": {75, 70},
    "soviet_plants": {170, 70, 93, 85},
    "arms_russia_1992_2010": {482, 1004.8},
    "arms_usa_1983_1984": {62, 0},
    "china_aid_2017": {0, 214.54},
}


@pytest.mark.parametrize("quantity", DISAGREEMENTS)
def test_a_disagreement_is_not_settled_by_leaving_one_side_out(quantity):
    assert set(load("disagreements", quantity)["value"]) == DISAGREEMENTS[quantity]


def test_every_disagreement_is_one():
    rows = load("disagreements", "all")
    told = rows.groupby("quantity")[["value", "value_low", "value_high", "as_stated"]]
    assert told.apply(lambda values: len(values.drop_duplicates())).min() >= 2
    share = load("disagreements", "ussr_share_1990").set_index("estimator")["value"]
    assert (round(share["lower rate"]), round(share["official rate"])) == (38, 57)
    ends = load("disagreements", "end_of_soviet_treaty")["as_stated"]
    assert set(ends) == {"1995-09-07", "1996-09", "1996-09-10"}
    missiles = load("disagreements", "missiles_2022").set_index("estimator")["value"]
    assert (missiles["CNS"], missiles["Japan, ministry of defence"]) == (69, 59)


def test_a_remark_does_not_pass_for_a_printed_figure():
    rows = load("disagreements", "all")
    remarks = rows[rows["made"] == "remark"]
    assert len(remarks) > 3
    assert remarks["source_url"].isna().all()
    assert (remarks["quality"] == 2).all()
    assert rows.loc[rows["made"] == "printed", "source_url"].notna().all()


@pytest.mark.parametrize(
    ("table", "measure", "partner", "choice", "word"),
    [
        ("cold_war_trade", "trade: total", "WORLD", {}, "estimator"),
        ("cold_war_oil", "oil: crude", "CHN", {}, "estimator"),
        ("cold_war_oil", "oil: crude", "WORLD", {}, "unit"),
        ("cold_war_trade", "trade: change_total", "WORLD", {"estimator": "JETRO, 1991 edition"}, None),
    ],
)
def test_conflicting_editions_are_never_chained(table, measure, partner, choice, word):
    if word:
        with pytest.raises(HedgingError, match=f"'{word}'") as caught:
            printed.figures(table, measure, partner, **choice)
        assert f"{word}=" in caught.value.remedy
    else:
        assert printed.figures(table, measure, partner, **choice).to_dict() == {1989: -8.6, 1990: -4.1}


def test_no_loader_of_single_figures_returns_a_plan_or_two_editions():
    refused = returned = 0
    for table in printed.TABLES:
        rows = load(table)
        used = rows[
            rows["kind"].isin(printed.PLOTTED) & (rows["year_start"] == rows["year_end"]) & rows["value"].notna()
        ]
        for (measure, partner, estimator), group in used.groupby(["measure", "partner", "estimator"]):
            if len(group) < 2:
                continue
            if group[["edition", "unit"]].fillna("").drop_duplicates().shape[0] > 1:
                with pytest.raises(HedgingError, match="chained"):
                    printed.figures(table, measure, partner, estimator=estimator)
                refused += 1
            else:
                series = printed.figures(table, measure, partner, estimator=estimator)
                assert sorted(series) == sorted(group["value"])
                returned += 1
    assert min(refused, returned) > 3
