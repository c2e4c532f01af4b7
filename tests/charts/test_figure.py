"""Accidents of a single figure: unreadable, unlinkable, untraceable, or different on every run."""

import json
import os
import subprocess
import sys

import altair as alt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedging import charts
from hedging.charts import theme
from hedging.charts.figure import INVENTED, check_words
from hedging.errors import HedgingError

CAPTION = "Trade of North Korea with two powers, 1990 to 2024, in US$ million"
ALT = "Two lines; Beijing's climbs from 2000 on and leaves Moscow's far below."


@pytest.fixture
def ties():
    years = pd.Index(range(1990, 2000), name="year")
    frame = pd.DataFrame({power: [float(i % 4 + 1) for i in range(10)] for power in theme.POWERS}, index=years)
    frame.loc[1995, "JPN"] = float("nan")
    frame.attrs["unit"] = "US$ million"
    return frame


@pytest.fixture
def tables(monkeypatch, tmp_path):
    """A project with one table, so that the tests do not hang on the book's data."""
    record = {"name": "mini", "resources": [{"name": "trade_mini", "path": "trade_mini.csv", "schema": {"fields": []}}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setattr("hedging.paths.DATA", tmp_path)
    monkeypatch.setattr("hedging.tables.names", lambda: ["trade_mini"])


@pytest.mark.parametrize("words", ["", "   ", "A chart.", CAPTION])
def test_a_figure_without_its_own_alternative_text_is_refused(ties, tables, words):
    with pytest.raises(HedgingError, match="alternative text"):
        charts.figure(charts.lines(ties, "US$"), "fig-trade", CAPTION, words, "trade_mini")


@pytest.mark.parametrize("name", ["trade", "fig-Trade", "fig_trade", "fig-", "fig-a b", "fig-a-"])
def test_a_name_that_cannot_be_linked_is_refused(ties, tables, name):
    with pytest.raises(HedgingError, match="not a figure's name"):
        charts.figure(charts.lines(ties, "US$"), name, CAPTION, ALT, "trade_mini")


def test_a_figure_from_nowhere_is_refused(ties, tables):
    with pytest.raises(HedgingError, match="source"):
        charts.figure(charts.lines(ties, "US$"), "fig-trade", CAPTION, ALT, [])


def test_random_numbers_are_not_passed_off_as_a_table(tables):
    check_words("fig-invented", "A caption.", "Words that are long enough to be heard.", [INVENTED])
    with pytest.raises(HedgingError, match="unknown table"):
        check_words("fig-invented", "A caption.", "Words that are long enough to be heard.", ["random"])


def test_a_misspelt_source_names_the_table_that_was_meant(ties, tables):
    with pytest.raises(HedgingError, match="did you mean 'trade_mini'"):
        charts.figure(charts.lines(ties, "US$"), "fig-trade", CAPTION, ALT, "trade_mimi")


def test_a_year_is_not_printed_with_a_thousands_comma():
    frame = pd.DataFrame({"year": [1990, 1991], "value": [1, 2]})
    chart = alt.Chart(frame).mark_line().encode(x="year:Q", y="value:Q")
    with pytest.raises(HedgingError, match=r"1,990: x = year"):
        charts.specification(chart)


def test_a_year_in_a_tooltip_is_not_printed_with_a_thousands_comma():
    frame = pd.DataFrame({"year": [1990, 1991], "value": [1, 2]})
    axis = alt.Axis(format="d")
    chart = alt.Chart(frame).mark_line().encode(x=alt.X("year:Q", axis=axis), y="value:Q", tooltip=["year:Q"])
    with pytest.raises(HedgingError, match="tooltip = year"):
        charts.specification(chart)


def test_a_chart_does_not_change_with_what_was_drawn_before_it(ties):
    first = json.dumps(charts.specification(charts.lines(ties, "US$")))
    charts.lines(ties, "US$").interactive().to_dict()
    charts.specification(charts.two_parts(tree(ties)))
    assert json.dumps(charts.specification(charts.lines(ties, "US$"))) == first


def test_data_are_stored_once_in_a_chart(ties):
    spec = charts.specification(charts.lines(ties, "US$"))
    assert [len(rows) for rows in spec["datasets"].values()].count(50) == 1


def test_a_missing_tie_breaks_the_line_and_is_not_zero(ties):
    rows = next(
        rows for rows in charts.specification(charts.lines(ties, "US$"))["datasets"].values() if len(rows) == 50
    )
    gap = [row for row in rows if row["year"] == 1995 and row["series"] == "Tokyo"]
    assert gap == [{"year": 1995, "series": "Tokyo", "value": None}]


def test_shares_of_an_unknown_whole_are_not_drawn(ties):
    rows = next(iter(charts.specification(charts.stacked_shares(ties, eras=False))["datasets"].values()))
    assert {row["year"] for row in rows} == set(range(1990, 2000)) - {1995}


def test_a_year_without_level_is_faint(ties):
    frame = tree(ties)
    frame.loc[1999, "total"] = 0.01
    rows = charts.specification(charts.two_parts(frame, eras=False))["datasets"]
    faint = {row["year"] for row in next(iter(rows.values())) if row["faint"]}
    assert faint == {1999}


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_rounding_keeps_what_a_reader_can_see(value):
    chart = alt.Chart(alt.InlineData(values=[{"v": value}])).mark_bar().encode(x="v:Q")
    drawn = next(iter(charts.specification(chart)["datasets"].values()))[0]["v"]
    assert drawn == pytest.approx(value, rel=1e-5)


def test_a_chart_names_no_other_host(ties):
    spec = charts.specification(charts.lines(ties, "US$"))
    spec.pop("$schema")  # a name, not an address that is asked
    assert "http" not in json.dumps(spec)


@pytest.mark.parametrize("colour", [*theme.COLOURS.values(), theme.BETWEEN, theme.WITHIN])
@pytest.mark.parametrize("page", ["#ffffff", "#121212"])
def test_a_colour_is_legible_on_white_and_on_dark(colour, page):
    light, dark = sorted((luminance(colour), luminance(page)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_colour_is_never_the_only_sign():
    assert len(set(theme.DASHES.values())) == len(set(theme.SHAPES.values())) == len(theme.POWERS)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tree(ties):
    parts = {"total": ties.sum(axis=1), "between": 0.5, "moscow_beijing": 0.4}
    return pd.DataFrame(parts, index=ties.index)


DRAW = """
import pandas as pd
from hedging import charts
ties = pd.DataFrame({power: [1.0, 2.0] for power in charts.theme.POWERS}, [1990, 1991])
print(charts.specification(charts.stacked_shares(ties)))
"""


def test_a_chart_changes_with_the_seed_of_the_hash():
    drawn = []
    for seed in ("0", "1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        drawn.append(
            subprocess.run([sys.executable, "-c", DRAW], env=env, capture_output=True, text=True, check=True).stdout
        )
    assert len(drawn[0]) > 500
    assert drawn[0] == drawn[1] == drawn[2]
