import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging import paths, tables
from hedging.argument import expected, scoring
from hedging.argument.expected import Part
from hedging.argument.expected_series import SERIES, series
from hedging.errors import HedgingError

ENTRY = """version: 1
seed: 1
draws: 10
expectations:
  - id: X1
    domain: trade
    agreement: high
    says: Something.
    sources: [lee2025]
    parts:
      - {series: trade, measure: tilt, kind: level, window: [1992, 1995], direction: above, threshold: 0}
"""


def refused(tmp_path, old, new):
    path = tmp_path / "expectations.yml"
    assert old in ENTRY
    path.write_text(ENTRY.replace(old, new))
    with pytest.raises(HedgingError) as caught:
        expected.parse(path)
    assert "line" in caught.value.where or path.name in caught.value.where
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("series: trade", "series: trades", "trade"),
        ("measure: tilt", "measure: tillt", "tilt"),
        ("kind: level", "kind: levels", "level"),
        ("domain: trade", "domain: trad", "trade"),
        ("direction: above", "direction: higher", "above"),
        ("threshold: 0}", "treshold: 0}", "threshold"),
        ("measure: tilt", "measure: tie, power: CHM", "CHN"),
    ],
)
def test_a_misspelt_word_is_not_scored_as_something_else(tmp_path, old, new, near):
    fault = refused(tmp_path, old, new)
    assert near in f"{fault.what} {fault.remedy}"


@pytest.mark.parametrize(
    ("old", "new", "needed"),
    [
        (", threshold: 0}", "}", "threshold"),
        ("measure: tilt", "measure: share", "power"),
        ("kind: level", "kind: contrast", "against"),
        ("window: [1992, 1995]", "window: [1995, 1992]", "reversed"),
        ("seed: 1", "seed: today", "seed"),
    ],
)
def test_an_expectation_that_could_not_fail_is_no_expectation(tmp_path, old, new, needed):
    assert needed in refused(tmp_path, old, new).what


def test_all_seventeen_are_there_and_every_series_is_used():
    known = expected.expectations()
    assert [one.id for one in known.expectations] == [f"E{n}" for n in range(1, 18)]
    assert {part.series for one in known.expectations for part in one.parts} == set(SERIES)


def test_no_expectation_cites_what_the_bibliography_lacks():
    entries = (paths.BOOK / "references.bib").read_text(encoding="utf-8")
    cited = {key for one in expected.expectations().expectations for key in one.sources}
    assert {key for key in cited if f"{{{key}," not in entries} == set()


def frame(values, first=1990):
    return pd.DataFrame({"value": np.asarray(values, float)}, index=range(first, first + len(values)))


def test_a_date_one_year_off_is_met_and_two_years_off_is_not():
    peak = frame([0] * 10 + [5] + [0] * 9)  # 2000
    met = [
        scoring.KIND["date"](Part("x", "value", "date", (year, year), "peak"), peak)[0] for year in range(1997, 2004)
    ]
    assert met == [0, 0, 1, 1, 1, 0, 0]


def test_a_missing_year_is_neither_a_hit_nor_a_miss():
    gone = frame([1.0] * 5 + [np.nan] * 3 + [1.0] * 5)
    part = Part("x", "value", "level", (1995, 1997), "above", threshold=0.5)
    assert np.isnan(scoring.KIND["level"](part, gone)[0])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5).map(lambda x: round(x, 3)), min_size=12, max_size=25), st.integers(1, 11))
def test_the_answer_at_a_shift_is_the_answer_of_the_shifted_series(values, shift):
    part = Part("x", "value", "contrast", (1994, 1995), "higher", against=(1991, 1992))
    moved = frame(np.roll(values, shift))
    assert scoring.KIND["contrast"](part, frame(values))[shift] == scoring.KIND["contrast"](part, moved)[0]


def test_the_same_file_gives_the_same_score():
    one, two = scoring.score(), scoring.score()
    assert one.rows.equals(two.rows)
    assert (one.by_chance == two.by_chance).all()
    assert one.p == (1 + (one.by_chance >= one.hits).sum()) / (1 + len(one.by_chance))


def test_chance_is_not_counted_where_there_are_no_dates_to_choose_from():
    card = scoring.score()
    rows = card.rows.set_index("id")
    assert np.isnan(rows.loc["E1", "chance"])  # two printed figures
    assert card.compared == rows["chance"].notna().sum() == 16
    assert card.by_chance.mean() == pytest.approx(rows["chance"].sum(), abs=0.1)


def test_two_outcomes_worked_out_by_hand_from_the_tables_are_those_of_the_card():
    rows = scoring.score().rows.set_index("id")["outcome"]
    south = tables.load("trade", "mou").set_index("year")["usd_million"]
    assert (rows["E14"] == "hit") == (south.idxmax() in (2014, 2015, 2016) and south[2018] < 0.1 * south.max())
    offers = series("rival_offers")["value"]
    assert (rows["E2"] == "hit") == bool(offers.loc[1959:1961].any())


def test_a_window_outside_the_series_is_named(monkeypatch):
    part = Part("mou", "value", "level", (1970, 1972), "above", threshold=0.0)
    with pytest.raises(HedgingError, match="1970-1972 lies outside the series mou, 1990-2001"):
        scoring.KIND["level"](part, frame([1.0] * 12))
