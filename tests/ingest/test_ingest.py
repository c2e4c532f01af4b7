import json
import resource
import signal
import subprocess
import sys

import pandas as pd
import pytest
from toy import DATA

from hedging import ingest, paths, tables
from hedging.errors import HedgingError
from hedging.ingest import sources
from hedging.ingest.build import Raw, correct
from hedging.tables.record import Column, Table


def run(tmp_path, names=None, **options):
    ingest.ingest(names, tmp_path / "mirror", echo=lambda _: None, **options)


def written(tmp_path):
    return {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file()}


def test_what_is_written_can_be_loaded_and_a_false_zero_is_missing(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    frame = tables.load("toy_a").set_index("year")
    assert len(frame) == 4000
    assert pd.isna(frame.loc[1003, "value"])
    record = tables.record("toy_a")
    assert record["coverage"] == {"column": "year", "first": 1000, "last": 4999}
    assert record["corrections"] == [{"what": "1003 is left empty", "why": "false zero", "rows": 1}]
    assert record["module"] == "hedging.ingest.toy_a"


def test_a_second_run_changes_no_byte(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    before = written(tmp_path)
    run(tmp_path)
    assert written(tmp_path) == before
    run(tmp_path, check=True)


def test_one_table_made_anew_leaves_the_records_of_the_others(project, tmp_path):
    project("toy_a")
    project("toy_b")
    run(tmp_path)
    before = written(tmp_path)
    run(tmp_path, ["toy_b"])
    assert written(tmp_path) == before
    assert tables.names() == ["toy_a", "toy_b"]


def test_a_table_that_fails_leaves_everything_as_it_was(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    before = written(tmp_path)
    project("toy_b", rows=2)
    with pytest.raises(HedgingError, match="touches 1 rows, 2 were written down"):
        run(tmp_path)
    assert written(tmp_path) == before


def test_a_frame_that_breaks_its_own_record_is_not_written(project, tmp_path):
    project("toy_c", change=lambda text: text.replace("minimum=1000", "minimum=1001"))
    with pytest.raises(HedgingError, match="at least 1001"):
        run(tmp_path)
    assert written(tmp_path) == {}


def test_a_raw_file_that_the_record_does_not_name_is_not_read(project, tmp_path):
    project("toy_d", file="raw/secret.csv")
    with pytest.raises(HedgingError, match="not named"):
        run(tmp_path)


def test_check_lists_what_was_edited_by_hand_and_writes_nothing(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    file = tmp_path / "data" / "toy_a.csv"
    file.write_bytes(file.read_bytes().replace(b"\n2000,5.0\n", b"\n2000,6.0\n"))
    (tmp_path / "data" / "notes.txt").write_text("stray")
    before = written(tmp_path)
    with pytest.raises(HedgingError) as caught:
        run(tmp_path, check=True)
    assert "toy_a.csv, line 1002: is '2000,6.0', the sources give '2000,5.0'" in caught.value.what
    assert "notes.txt" in caught.value.what
    assert written(tmp_path) == before


def test_check_finds_a_missing_file_and_an_edited_record(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    (tmp_path / "data" / "toy_a.csv").unlink()
    package = tmp_path / "data" / "datapackage.json"
    package.write_text(package.read_text().replace("false zero", "a better number"))
    with pytest.raises(HedgingError, match=r"toy_a\.csv: missing") as caught:
        run(tmp_path, check=True)
    assert "a better number" in caught.value.what


def test_a_write_that_fails_leaves_no_half_file_and_no_new_record(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    before = written(tmp_path)
    project("toy_b")

    (tmp_path / "data" / "toy_b.csv").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(HedgingError, match="cannot write") as caught:
        run(tmp_path)
    assert caught.value.where == str(tmp_path / "data" / "toy_b.csv")
    assert written(tmp_path) == before


def test_a_full_disk_changes_nothing(project, tmp_path):
    """A limit on the size of files stands for the disk: the second of two tables does not fit."""
    project("toy_a")
    run(tmp_path)
    before = written(tmp_path)
    project("toy_a", change=lambda text: text.replace("    return", "    frame = frame.head(9)\n    return"))
    project("toy_b")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(DATA) // 2, hard))
    try:
        with pytest.raises(HedgingError, match="cannot write") as caught:
            run(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "make room" in caught.value.remedy
    assert written(tmp_path) == before
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == sorted(before)


KILLED = """
import os, signal
from pathlib import Path
from hedging import ingest, paths
from hedging.ingest import sources
root = Path({root!r})
sources.REGISTRY, paths.DATA, ingest.__path__ = Path({registry!r}), root / "data", [str(root / "modules")]
move = Path.replace
def until_the_package(file, target):
    if Path(target).name == ingest.PACKAGE:
        os.kill(os.getpid(), signal.SIGKILL)
    return move(file, target)
Path.replace = until_the_package
ingest.ingest(None, root / "mirror")
"""


def test_a_process_killed_between_two_files_leaves_none_that_is_taken_for_the_other(project, tmp_path):
    project("toy_a")
    run(tmp_path)
    project("toy_a", change=lambda text: text.replace("    return", "    frame = frame.head(9)\n    return"))
    words = KILLED.format(root=str(tmp_path), registry=str(sources.REGISTRY))
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with pytest.raises(HedgingError, match="not those that were built") as caught:
        tables.load("toy_a")
    assert "hedging ingest toy_a" in caught.value.remedy
    del sys.modules["hedging.ingest.toy_a"]
    with pytest.raises(HedgingError, match=r"\.ingest-\w+: left by a run that was ended, delete it"):
        run(tmp_path, check=True)
    run(tmp_path)
    assert len(tables.load("toy_a")) == 9


def test_a_large_table_becomes_parquet_and_its_old_file_goes(project, tmp_path, monkeypatch):
    project("toy_a")
    run(tmp_path)
    monkeypatch.setattr("hedging.ingest.build.LARGEST_CSV", 1000)
    run(tmp_path)
    assert sorted(written(tmp_path)) == ["datapackage.json", "toy_a.parquet"]
    assert tables.load("toy_a")["value"].isna().sum() == 1
    before = written(tmp_path)
    run(tmp_path)
    assert written(tmp_path) == before


def test_a_correction_never_touches_more_than_was_written_down():
    frame = pd.DataFrame({"year": [1, 2, 2], "value": [1.0, 0.0, 0.0]})
    fixed = correct(frame, frame["year"] == 2, "value", None, rows=2)
    assert fixed["value"].isna().sum() == 2
    assert frame["value"].isna().sum() == 0
    with pytest.raises(HedgingError, match="touches 2 rows, 1 were written down"):
        correct(frame, frame["year"] == 2, "value", None, rows=1)


def test_a_mirror_that_is_no_folder_is_not_silently_passed_over(tmp_path):
    table = Table("toy", "t", "d", (Column("year", "integer", "y"),), ("year",), "m", (), "yes")
    with pytest.raises(HedgingError, match="not a folder"):
        Raw.of(table, tmp_path / "nowhere")


def test_every_table_is_made_by_the_module_of_its_name():
    for name, module in ingest.modules().items():
        assert module.TABLE.name == name
    assert ingest.tables() == tables.names()
    with pytest.raises(HedgingError, match="did you mean 'un_es11'"):
        ingest.modules(["un_es12"])


def test_the_package_in_data_is_in_frictionless_words():
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert {"name", "title", "licenses", "resources"} <= set(package)
    assert [entry["name"] for entry in package["resources"]] == sorted(entry["name"] for entry in package["resources"])
    for entry in package["resources"]:
        names = [field["name"] for field in entry["schema"]["fields"]]
        assert set(entry["schema"]["primaryKey"]) <= set(names)
        assert {field["type"] for field in entry["schema"]["fields"]} <= {
            "integer",
            "number",
            "string",
            "boolean",
            "date",
        }
        assert (paths.DATA / entry["path"]).stat().st_size == entry["bytes"] <= 1_400_000
