"""The data package as strangers read it: by the Frictionless library, and without anything that a reader must guess."""

import io
import json
import warnings

import pandas as pd
import pytest
from frictionless import Package, Resource, Schema

from hedging import paths, tables
from hedging.ingest import complete
from hedging.tables import contract

ALL = tables.names()
LARGEST, WHOLE = 2_000_000, 12_000_000  # bytes: a file, and all of data/


@pytest.fixture(scope="module")
def descriptor():
    return json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))


def test_the_package_follows_the_standard(descriptor):
    assert list(Package.metadata_validate(descriptor)) == []
    for resource in descriptor["resources"]:
        assert list(Resource.metadata_validate(resource)) == [], resource["name"]
        assert list(Schema.metadata_validate(resource["schema"])) == [], resource["name"]


def _errors(resource):
    report = resource.validate(limit_errors=3)
    return [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors]


@pytest.mark.parametrize("name", ALL)
def test_another_tool_finds_no_fault_in_bytes_or_cells(name, descriptor, tmp_path):
    record = next(resource for resource in descriptor["resources"] if resource["name"] == name)
    if record["format"] == "csv":
        assert _errors(Resource.from_descriptor(record, basepath=str(paths.DATA))) == []
        return
    # Frictionless reads Parquet by a package of its own: the rows are given to it as text under the same schema
    data = (paths.DATA / record["path"]).read_bytes()
    assert contract.digest(data) == record["hash"]
    pd.read_parquet(io.BytesIO(data)).to_csv(tmp_path / f"{name}.csv", index=False)
    plain = {"name": name, "format": "csv", "path": f"{name}.csv", "schema": record["schema"], "encoding": "utf-8"}
    assert _errors(Resource.from_descriptor(plain, basepath=str(tmp_path))) == []


def test_a_hash_that_is_not_of_these_bytes_is_found_by_another_tool_too(tmp_path, descriptor):
    record = next(resource for resource in descriptor["resources"] if resource["format"] == "csv")
    data = (paths.DATA / record["path"]).read_bytes()
    (tmp_path / record["path"]).write_bytes(data.replace(b"0", b"1", 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert any("hash" in text for text in _errors(Resource.from_descriptor(record, basepath=str(tmp_path))))


def test_no_record_leaves_a_reader_to_guess(descriptor):
    complete.require(descriptor["resources"])


@pytest.mark.parametrize("word", [*complete.SAID, "schema", "coverage"])
def test_a_record_that_loses_what_it_must_say_is_refused(word, descriptor):
    record = {**descriptor["resources"][0]}
    if word == "schema":
        fields = [{**field, "unit": None, "description": ""} for field in record["schema"]["fields"]]
        record["schema"] = {**record["schema"], "fields": fields}
    else:
        del record[word]
    assert complete.lacking(record)


def test_every_table_says_what_may_be_shared():
    assert [name for name in ALL if not tables.record(name)["may_publish"].startswith("yes")] == []


def test_the_data_stay_small_enough_to_clone_and_to_compare():
    sizes = {path.name: path.stat().st_size for path in paths.DATA.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < WHOLE
