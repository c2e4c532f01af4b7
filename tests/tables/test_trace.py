"""From a figure to its source: every table says where its values come from, and names what it lacks."""

import subprocess
import sys

import pytest

from hedging import paths, tables
from hedging.errors import HedgingError
from hedging.tables import codes
from hedging.tables.trace import WIDTH, filled, trace

ALL = tables.names()


@pytest.mark.parametrize("name", ALL)
def test_every_table_leads_from_a_row_to_its_raw_files(name):
    record = tables.record(name)
    told = trace(name, rows=2)
    flat = " ".join(told.split())
    assert record["title"] in flat
    for source in record["sources"]:
        assert source["file"] in told
        assert source["sha256"] in told
        assert source.get("origin", {}).get("commit", "") in flat
    for text in [*record["defects"], *(one["what"] for one in record["corrections"])]:
        assert text in flat
    rows = record["rows"]
    assert told.count("\n* ") >= min(2, rows)
    assert ("more: name a year" in told) == (rows > 2)
    assert "{" not in told


@pytest.mark.parametrize("name", ALL)
def test_an_answer_fits_a_terminal(name):
    wide = [line for line in trace(name, rows=3).splitlines() if len(line) > WIDTH]
    assert [line for line in wide if len(line.split()) > 1 and "http" not in line] == []


@pytest.mark.parametrize("name", [name for name in ALL if "coverage" in tables.record(name)])
def test_every_year_of_the_coverage_is_answered_or_led_to_the_nearest(name):
    cover = tables.record(name)["coverage"]
    first, last = (int(str(cover[end])[:4]) for end in ("first", "last"))
    last += 9 * str(cover["last"]).endswith("0s")  # a decade is its ten years
    assert f" for {first}" in trace(name, first)
    assert f" for {last}" in trace(name, last)
    for outside, near in ((first - 1, first), (last + 1, last)):
        with pytest.raises(HedgingError, match="outside the coverage") as caught:
            trace(name, outside)
        assert str(near) in caught.value.remedy


def test_a_hidden_figure_is_told_as_hidden_and_a_claim_as_a_claim():
    told = trace("trade", 2022, "RUS")
    assert "usd_million: no value (withheld" in told
    assert "claimed_usd_million: 3.82 current US$ million" in told
    assert "quality: 2 of 5, doubtful" in told
    assert "structural" not in told.split("Raw files")[0]
    assert "0 current US$ million (zero by rule" in trace("trade", 2022, "JPN")


@pytest.mark.parametrize("country", ["RUS", "rus", "365", "Russia", "russian federation", "USSR"])
def test_a_country_is_found_by_code_number_and_name(country):
    assert "variant panel, year 2010, partner RUS" in trace("trade", 2010, country)


def test_rows_of_another_country_or_year_are_not_told():
    told = trace("cold_war_aid", 1956, "China", rows=50).split("Raw files")[0]
    partners = [line for line in told.splitlines() if line.startswith("  partner: ")]
    assert partners
    assert all("CHN" in line for line in partners)


def test_a_country_that_is_a_column_shows_its_own_votes_only():
    told = trace("un_votes_prk", 2000, "Japan", rows=1)
    assert "JPN: " in told
    assert "USA: " not in told


@pytest.mark.parametrize(
    ("words", "what", "near"),
    [
        (("trad",), "unknown table", "'trade'"),
        (("trade", 2010, "Rusia"), "no country 'Rusia'", "Russia"),
        (("trade", 1990, "Vietnam"), "no row of 1990 for Vietnam", "2020"),
        (("scholars", 2000), "no column of time", "no year"),
        (("scholars", None, "Japan"), "no column of countries", "no country"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_that_there_is(words, what, near):
    with pytest.raises(HedgingError, match=what) as caught:
        trace(*words)
    assert near in caught.value.remedy


def test_the_method_of_a_record_is_told_with_the_cells_of_the_row():
    assert filled("Votes of {year} for {iso3}.", {"year": 2001, "iso3": "FRA"}) == "Votes of 2001 for FRA."


def test_a_name_is_not_given_to_two_countries_nor_a_number_to_another():
    assert codes.names()["south korea"] == "KOR"
    assert codes.names()["china"] == "CHN"
    points = tables.load("un_ideal_points")
    pairs = points[["iso3", "ccode"]].drop_duplicates()
    assert all(str(ccode) in codes.numbers(iso3) for iso3, ccode in pairs.itertuples(index=False))


def test_the_command_takes_a_name_of_two_words_and_a_number_for_a_country():
    def told(*words):
        command = [sys.executable, "-m", "hedging", "trace", "trade", *words, "--rows", "1"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=paths.ROOT, check=False)
        return done.stdout or done.stderr

    assert "outside the coverage" in told("1900")
    assert "partner USA" in told("2005", "United", "States")
    assert "partner CHN" in told("710")
    assert "Traceback" not in told("2005", "Nowhere")
