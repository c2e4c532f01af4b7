"""Every kind of chart draws in the real renderer, is as wide as its column, and answers a hover."""

import json

import numpy as np
import pandas as pd
import pytest
import vl_convert

from hedging import charts, inference
from hedging.charts import frames, theme
from hedging.errors import HedgingError

YEARS = pd.Index(range(1955, 2025), name="year")
TIES = pd.DataFrame({p: np.arange(70.0) % (i + 3) for i, p in enumerate(theme.POWERS)}, index=YEARS)
MONTHS = pd.DataFrame({"RUS": range(30)}, index=pd.period_range("2018-01", periods=30, freq="M", name="month"))
TREE = pd.DataFrame({"total": 5.0, "between": 0.5, "moscow_beijing": np.linspace(0, 0.5, 70)}, index=YEARS)
BARS = pd.DataFrame({"label": ["RUS", "CHN"], "value": [1.0, 2.0], "low": [0.5, 1.0], "high": [2.0, 3.0]})
DAYS = pd.DataFrame({"date": ["2018-03-26", "2019-04-25"], "power": ["CHN", "RUS"], "rank": ["leaders", "leaders"]})
STATES = pd.Series([0.1, 0.2, -0.3, np.nan], index=["PRK", "VNM", "CUB", "MNG"])
STATUS = pd.DataFrame({"RUS": "observed", "CHN": "withheld"}, index=YEARS)
RATES = pd.DataFrame({"procedure": ["F test", "F test", "shifted contrast"], "used": [False, False, True]}).assign(
    length=75, phi=[0.0, 0.7, 0.7], rate=[0.05, 0.7, 0.04], error=0.01
)
WORLD = pd.DataFrame(
    {code: np.sin(np.arange(70) + i) for i, code in enumerate(["PRK", "VNM", "CUB", "MNG", "BLR", "SYR"])}
    | {f"S{i}": np.cos(np.arange(70) * (i + 2)) for i in range(20)},
    index=YEARS,
).assign(CHN=np.where(YEARS == 2021, np.nan, 1.0))
COMPARED = inference.compare(WORLD, "PRK", (2020, 2024), (2010, 2019))
REACH = pd.DataFrame(
    {
        "table": ["a", "b"],
        "title": "A table",
        "subject": ["x", "y"],
        "first_year": [1950, 2000],
        "last_year": [1990, 2000],
    }
).assign(rows=[40, 1], share=[1.0, 0.0])
SPREAD = pd.DataFrame({"label": ["a", "a", "b", "b"], "value": [2.0, 6.0, 10.0, 11.0], "who": "w", "unit": "u"})

KINDS = {
    "lines": charts.lines(TIES, "ties"),
    "months": charts.lines(MONTHS, "events"),
    "shares": charts.stacked_shares(TIES),
    "two parts": charts.two_parts(TREE),
    "tilt": charts.tilt({"arms": TREE["between"]}),
    "bars": charts.bars(BARS, x_title="ties"),
    "meetings": charts.meetings(DAYS),
    "bands": charts.bands(TREE["between"], TREE["between"] - 0.1, TREE["between"] + 0.1, y_title="bits"),
    "bounds only": charts.bands(None, TREE["between"] - 0.1, TREE["between"] + 0.1, y_title="bits"),
    "strip": charts.rank_strip(STATES, x_title="contrast"),
    "placebo": charts.placebo(np.linspace(-1, 1, 40), 0.9, x_title="contrast"),
    "ranking": charts.ranking(COMPARED, x_title="contrast", named=["VNM", "CUB", "MNG"]),
    "alarms": charts.alarms(RATES),
    "coverage": charts.heat(TIES / 10),
    "status": charts.heat(STATUS),
    "reach": charts.reach(REACH),
    "spread": charts.spread(SPREAD, x_title="times the least"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_chart_is_not_drawn_empty(kind):
    spec = charts.specification(KINDS[kind])
    drawn = vl_convert.vegalite_to_svg(spec | {"width": 600}, vl_version="6.4")
    assert 'role="graphics-symbol"' in drawn or "mark-symbol" in drawn or "mark-rect" in drawn
    assert "NaN" not in drawn
    assert "undefined" not in drawn


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_chart_is_mute_or_wider_than_a_phone(kind):
    spec = charts.specification(KINDS[kind])
    assert '"tooltip"' in json.dumps(spec)
    assert spec["width"] == "container"


def test_a_state_without_a_value_is_not_ranked():
    ranked = json.dumps(charts.specification(KINDS["strip"]))
    assert "MNG" not in ranked
    assert "2 of 3" in ranked


def test_a_strip_without_its_own_state_is_refused():
    with pytest.raises(HedgingError, match="no value for PRK"):
        charts.rank_strip(STATES.drop("PRK"), x_title="contrast")


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(HedgingError, match="nothing to draw"):
        charts.lines(TIES.iloc[:0], "ties")


def test_columns_that_are_lacking_are_named():
    with pytest.raises(HedgingError, match=r"\['rank'\]"):
        charts.meetings(DAYS.drop(columns="rank"))


def test_a_legend_of_long_names_is_not_cut_off_on_a_phone():
    rows = pd.DataFrame({name: 1.0 for name in ("government grants", "food loans", "private groups")}, index=YEARS)
    legends = json.dumps(charts.specification(charts.lines(rows, "won")))
    assert '"columns": 2' in legends
    assert '"columns": 3' in json.dumps(charts.specification(charts.lines(TIES, "ties")))


def names_on(chart):
    data = [row for rows in charts.specification(chart)["datasets"].values() for row in rows]
    return [row for row in data if row.get("role") in ("this", "named")]


def test_names_of_states_do_not_write_over_each_other():
    marked = names_on(charts.ranking(COMPARED, x_title="contrast", named=["VNM", "CUB", "MNG", "BLR", "SYR"]))
    assert len({row["lane"] for row in marked}) == len(marked) == 6
    for one in marked:
        for other in marked:  # a stem to a higher line stands on the far side of the lower name's own stem
            if other["lane"] > one["lane"] and one["side"] == other["side"] == "right":
                assert other["value"] >= one["value"]
            if other["lane"] > one["lane"] and one["side"] == other["side"] == "left":
                assert other["value"] <= one["value"]


def test_a_named_state_that_cannot_be_compared_is_not_left_out_in_silence():
    with pytest.raises(HedgingError, match=r"not compared: CHN[\s\S]*1 of 15 dates not observed"):
        charts.ranking(COMPARED, x_title="contrast", named=["VNM", "CHN"])


def test_the_widest_quantity_is_not_on_top_or_a_value_below_zero_gets_a_multiple():
    spec = charts.specification(KINDS["spread"])
    assert spec["layer"][1]["encoding"]["y"]["sort"] == ["a", "b"]
    with pytest.raises(HedgingError, match="only positive values"):
        charts.spread(SPREAD.assign(value=[1, -1, 1, 1]), x_title="times")


@pytest.mark.parametrize("index", [pd.RangeIndex(2000, 2003), pd.period_range("2019-11", periods=3, freq="M")])
def test_long_rows_are_those_of_pandas(index):
    frame = pd.DataFrame({"RUS": [1.0, np.nan, 3.0], "events": [4, 5, 6]}, index)
    made = frames.long(frame)
    key = frames.time_field(frame)
    times = index.to_timestamp() if key == "month" else index
    flat = frame.rename(columns={"RUS": "Moscow"}).set_axis(pd.Index(times, name=key)).reset_index()
    pd.testing.assert_frame_equal(made, flat.melt(id_vars=key, var_name="series"))
