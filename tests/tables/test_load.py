import subprocess
import sys

import pandas as pd
import pytest

from hedging import paths, tables
from hedging.errors import HedgingError
from hedging.tables import contract
from hedging.tables.load import made_once

ALL = tables.names()


@pytest.mark.parametrize("name", ALL)
def test_no_table_in_the_book_differs_from_its_record(name):
    frame, record = tables.load(name, variant="all"), tables.record(name)
    assert len(frame) == record["rows"]
    assert contract.digest((paths.DATA / record["path"]).read_bytes()) == record["hash"]
    assert not frame.duplicated(record["schema"]["primaryKey"]).any()


def test_no_file_lies_in_data_without_a_record():
    assert {path.name for path in paths.DATA.iterdir()} == {
        "datapackage.json",
        *(tables.record(name)["path"] for name in ALL),
    }


def test_a_caller_who_changes_a_frame_does_not_change_the_next_callers():
    mine = tables.load("un_es11")
    mine["vote"] = "Y"
    mine.loc[:, "iso3"] = "PRK"
    tables.record("un_es11")["rows"] = 0
    assert tables.load("un_es11")["iso3"].nunique() == 193
    assert set(tables.load("un_es11")["vote"]) == {"Y", "N", "A", "X"}
    assert tables.record("un_es11")["rows"] > 0


def test_importing_the_record_classes_does_not_hide_the_function_record():
    code = "import hedging.tables as t; from hedging.tables.record import Table; print(t.record('un_es11')['name'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=paths.ROOT)
    assert done.stdout.strip() == "un_es11"


@pytest.mark.parametrize("name", ALL)
def test_no_table_is_trusted_that_would_not_pass_the_whole_contract_today(name):
    record = tables.record(name)
    path = paths.DATA / record["path"]
    data = path.read_bytes()
    assert record["validated"] == contract.seal(record)
    contract.check(path, data, record)


def test_bytes_are_not_trusted_under_another_schema_than_the_one_they_passed(copy_of):
    copy = copy_of("un_es11")
    copy.record["validated"] = contract.seal(copy.record)
    copy.sign()
    assert len(copy.load()) == 30
    year = next(field for field in copy.fields if field["name"] == "year")
    year["constraints"]["maximum"] = 2000  # the record is edited, the bytes are not
    copy.sign()
    with pytest.raises(HedgingError, match="at most 2000"):
        copy.load()


def test_a_slip_in_a_name_is_answered_with_the_nearest_table():
    with pytest.raises(HedgingError, match="did you mean 'un_agreement'"):
        tables.load("un_agrement")


def test_a_chapter_cannot_read_a_table_whose_change_would_not_rebuild_it(monkeypatch):
    monkeypatch.setenv("HEDGING_CHAPTER_TABLES", "un_agreement, unsc_korea")
    assert len(tables.load("unsc_korea")) == 44
    with pytest.raises(HedgingError, match=r"did not declare table un_es11") as caught:
        tables.load("un_es11")
    assert "chapters.yml" in caught.value.remedy


def test_what_is_made_once_of_a_table_is_made_anew_of_another_and_kept_from_who_did_not_declare_it(
    copy_of, monkeypatch
):
    rows = made_once(lambda frame, most: len(frame.head(most)))
    copy = copy_of("un_es11")
    assert [rows("un_es11", 99), rows("un_es11", 7), rows("un_es11", 99)] == [30, 7, 30]
    copy.save(copy.frame().head(20))
    copy.sign()
    assert rows("un_es11", 99) == 20
    monkeypatch.setenv("HEDGING_CHAPTER_TABLES", "unsc_korea")
    with pytest.raises(HedgingError, match="did not declare"):
        rows("un_es11", 99)


def test_a_chapter_that_declares_nothing_reads_nothing(monkeypatch):
    monkeypatch.setenv("HEDGING_CHAPTER_TABLES", "")
    with pytest.raises(HedgingError, match="did not declare"):
        tables.load("un_es11")


def test_two_series_of_one_table_are_not_mixed_by_accident():
    with pytest.raises(HedgingError, match="all_terms, no_country_names"):
        tables.load("un_speech_similarity")
    with pytest.raises(HedgingError, match="did you mean 'all_terms'"):
        tables.load("un_speech_similarity", variant="all_term")
    one = tables.load("un_speech_similarity", variant="all_terms")
    assert set(one["variant"]) == {"all_terms"}
    assert 2 * len(one) == len(tables.load("un_speech_similarity", variant="all"))


def test_a_variant_of_a_table_without_variants_is_not_ignored():
    with pytest.raises(HedgingError, match="no variants"):
        tables.load("un_es11", variant="contested")


def test_types_do_not_depend_on_what_the_cells_happen_to_hold():
    votes = tables.load("un_votes_prk")
    assert votes["year"].dtype == "int64"
    assert votes["nuclear"].dtype == "bool"
    assert pd.api.types.is_datetime64_any_dtype(votes["date"])
    council = tables.load("unsc_korea")
    assert council["n_yes"].dtype == "Int64"  # a draft without a tally is missing, not zero
    assert council["n_yes"].isna().sum() == 7


def test_a_damaged_data_package_is_not_an_empty_one(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATA", tmp_path)
    with pytest.raises(HedgingError, match="missing") as caught:
        tables.names()
    assert "hedging ingest" in caught.value.remedy
    (tmp_path / "datapackage.json").write_text('{"resources": [')
    with pytest.raises(HedgingError, match="cannot be read"):
        tables.names()
