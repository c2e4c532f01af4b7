"""What a reader who doubts a number finds: the table's page, its files, and the way to the raw bytes."""

import hashlib
import html
import io
import json
import re

import jsonschema
import mini_book
import pandas as pd
import pytest

from hedging.press.sphinx.data import coverage, downloads, provenance, records, strips, stubs


@pytest.fixture
def files(built):
    return built / "_build" / "html" / "_static" / "data"


def words(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_a_figure_is_more_than_two_clicks_from_the_bytes_it_was_made_from(page):
    assert 'href="../data/trade_mini.html"' in page("chapters/1-one")
    commit = mini_book.ORIGIN["commit"]
    assert f'href="https://github.com/someone/trade/blob/{commit}/raw/trade%20file.csv"' in page("data/trade_mini")


@pytest.mark.parametrize(
    "told",
    [
        "Three rows only.", "A comma became a point", "It was a decimal comma", "US$ million", "not reported", "MIT",
        "1900 or more", "x, y", "ab" * 32, "2026-01-02", "A publisher", "millions of invented dollars",
        'tables.load("trade_mini", variant="x")', "hedging trace trade_mini 2001",
    ],
)  # fmt: skip
def test_a_table_page_keeps_something_back(page, told):
    assert told in words(page("data/trade_mini"))


def test_a_table_page_does_not_say_who_reads_it(page):
    assert 'href="../chapters/1-one.html"' in page("data/trade_mini").split('id="used-in"')[1]
    assert "No chapter draws on this table yet." in page("data/other")


def test_the_catalogue_misses_a_table_or_leads_nowhere(page, built):
    catalogue = page("data")
    for name in ("trade_mini", "other"):
        assert f'id="table-{name.replace("_", "-")}"' in catalogue
        assert f'href="data/{name}.html"' in catalogue
        assert (built / f"_build/html/data/{name}.html").is_file()


def test_a_download_is_not_the_table_that_was_built(files, built):
    tracked = (built / "data" / "trade_mini.csv").read_bytes()
    assert (files / "trade_mini.csv").read_bytes() == tracked
    assert hashlib.sha256(tracked).hexdigest() == records.sha256(mini_book.record())
    assert (files / "datapackage.json").read_bytes() == (built / "data" / "datapackage.json").read_bytes()


def test_the_two_forms_of_a_table_differ(files):
    other = pd.read_parquet(files / "trade_mini.parquet")
    assert (
        other.to_csv(index=False, lineterminator="\n").replace("True", "true").replace("False", "false")
        == (files / "trade_mini.csv").read_text()
    )
    assert other["year"].dtype == "int64"
    assert other["sure"].dtype == "bool"


def test_the_schema_refuses_a_good_row_or_lets_a_bad_one_pass():
    check = jsonschema.Draft202012Validator(downloads.json_schema(mini_book.record()))
    rows = pd.read_csv(io.StringIO(mini_book.CSV)).astype(object)
    good = json.loads(rows.where(rows.notna(), None).to_json(orient="records"))
    assert all(check.is_valid(row) for row in good)
    for name, bad in {"series": "z", "year": 1899, "sure": None, "value": "1,5"}.items():
        assert not check.is_valid(good[0] | {name: bad}), name


def test_rows_over_several_years_count_in_the_first_only():
    rows = pd.DataFrame({"year_start": [1990, 1992, None], "year_end": [1991, None, None], "value": [1.0, None, 2.0]})
    record = {
        "coverage": {"column": "year_start"},
        "schema": {"primaryKey": [], "fields": [{"name": "value", "type": "number"}]},
    }
    counts = coverage.by_year(record, rows)
    assert counts[["year", "rows", "known"]].to_numpy().tolist() == [[1990, 1, 1], [1991, 1, 1], [1992, 1, 0]]


def test_a_withheld_figure_counts_as_known():
    fields = [{"name": "value", "type": "number"}, {"name": "claimed", "type": "number"}]
    record = {"schema": {"primaryKey": [], "statusOf": ["value"], "fields": fields}}
    rows = pd.DataFrame({"status": ["observed", "withheld"], "claimed": [None, 5.0]})
    assert coverage.known(record, rows).tolist() == [True, False]


@pytest.mark.parametrize(("cells", "year"), [(["2018-01"], 2018), (["2022-03-02"], 2022), ([1950], 1950)])
def test_a_month_or_a_day_has_no_year(cells, year):
    record = {"coverage": {"column": "when"}, "schema": {"primaryKey": [], "fields": []}}
    assert coverage.by_year(record, pd.DataFrame({"when": cells}))["year"].tolist() == [year]


def test_the_picture_of_coverage_says_nothing_without_eyes():
    counts = pd.DataFrame({"group": ["x", "y"], "year": [2000, 2003], "rows": [4, 2], "known": [1, 2]})
    drawn = strips.figure(counts, "Trade")
    assert "x: 2000 to 2000, 1 years, 4 rows, 25% of them known" in re.search(r'aria-label="([^"]+)"', drawn)[1]
    assert '<th scope="col">y: known</th>' in drawn
    assert "<td>2001</td><td>0</td>" in drawn


def test_a_table_is_filed_under_two_subjects_or_none(tmp_path, monkeypatch):
    monkeypatch.setattr("hedging.paths.BOOK", tmp_path)
    (tmp_path / "subjects.yml").write_text(
        '- {subject: UN, tables: ["un_*"]}\n- {subject: Words, tables: ["un_speech*"]}\n- {subject: No, tables: [x]}\n'
    )
    grouped = records.by_subject([{"name": "un_speech_terms"}, {"name": "un_votes"}])
    assert {name: [one["name"] for one in group] for name, group in grouped.items()} == {
        "UN": ["un_votes"],
        "Words": ["un_speech_terms"],
    }


def test_a_table_that_left_the_book_keeps_its_page(tmp_path, monkeypatch):
    monkeypatch.setattr("hedging.paths.BOOK", tmp_path / "book")
    monkeypatch.setattr("hedging.paths.ROOT", tmp_path)
    monkeypatch.setattr("hedging.paths.DATA", tmp_path / "data")
    (tmp_path / "data").mkdir()
    mini_book.tables(tmp_path, {"one": mini_book.record("one"), "two": mini_book.record("two")})
    assert stubs.write() == ["data/one", "data/two"]
    mini_book.tables(tmp_path, {"one": mini_book.record("one")})
    assert stubs.write() == []
    assert [path.name for path in (tmp_path / "book" / "data").iterdir()] == ["one.md"]


def test_an_address_in_a_citation_takes_the_full_stop_with_it():
    found = provenance.linked("See https://example.org/a.b. Also (https://example.org/c).")
    assert [node["refuri"] for node in found if "refuri" in node] == [
        "https://example.org/a.b",
        "https://example.org/c",
    ]
    assert "".join(node.astext() for node in found) == "See https://example.org/a.b. Also (https://example.org/c)."


def test_a_reference_of_a_table_breaks_latex():
    entry = provenance.bibtex(mini_book.record(sources=[{"citation": "A & B, 50% of x_y"}]), "")
    assert r"A \& B, 50\% of x\_y" in entry
    assert entry.count("{") == entry.count("}")


def test_a_search_for_data_does_not_find_the_table(page):
    text = re.search(r'<script type="application/ld\+json">(.+?)</script>', page("data/trade_mini"))[1]
    found = json.loads(text)
    assert found["@type"] == "Dataset"
    assert found["temporalCoverage"] == "2000/2003"
    assert found["isBasedOn"] == [
        f"https://github.com/someone/trade/blob/{mini_book.ORIGIN['commit']}/raw/trade%20file.csv"
    ]
    assert found["identifier"] == "trade_mini"
