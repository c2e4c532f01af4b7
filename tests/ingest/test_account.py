import csv

import pytest
from click.testing import CliRunner

from hedging import cli, ingest
from hedging.errors import HedgingError
from hedging.ingest import account

USED = {"raw/a.csv": ["arms"], "raw/b.csv": ["trade", "aid"]}


@pytest.fixture
def omit(tmp_path, monkeypatch):
    def write(*rows):
        path = tmp_path / "omitted.csv"
        with path.open("w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([("file", "reason"), *rows])
        monkeypatch.setattr(account, "OMITTED", path)

    return write


@pytest.fixture
def mirror(tmp_path):
    (tmp_path / "catalog.csv").write_text("class,file\nx,raw/c.csv\nx,raw/a.csv\nx,raw/b.csv\n")
    return tmp_path


def test_every_file_left_out_has_a_reason_and_is_read_by_no_table():
    assert account.check(ingest.readers()) >= len(ingest.readers())


def test_a_file_of_the_catalogue_is_not_forgotten(omit, mirror):
    omit()
    assert "raw/c.csv: NOT ACCOUNTED FOR" in account.lines(USED, mirror)
    with pytest.raises(HedgingError, match=r"raw/c\.csv: neither read nor left out") as caught:
        account.check(USED, mirror)
    assert "omitted.csv" in caught.value.remedy
    omit(("raw/c.csv", "an extract of raw/b.csv"))
    assert account.check(USED, mirror) == 3
    assert account.lines(USED, mirror) == [
        "raw/a.csv: arms", "raw/b.csv: trade, aid", "raw/c.csv: not used: an extract of raw/b.csv",
    ]  # fmt: skip


def test_a_reason_for_a_file_that_is_read_or_that_nobody_has_is_not_kept(omit, mirror):
    omit(("raw/a.csv", "weak"), ("raw/c.csv", "weak"), ("raw/gone.csv", "weak"))
    with pytest.raises(HedgingError) as caught:
        account.check(USED, mirror)
    assert "raw/a.csv: left out, and read by arms" in caught.value.what
    assert "raw/gone.csv: left out, but not in the catalogue" in caught.value.what


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("raw/c.csv", " ")], "no reason"),
        ([("raw/c.csv", "x"), ("raw/c.csv", "y")], "twice"),
        ([("raw/d.csv", "x"), ("raw/c.csv", "y")], "stands after raw/d.csv"),
    ],
)
def test_the_list_stays_in_order(omit, rows, fault):
    omit(*rows)
    with pytest.raises(HedgingError, match=fault):
        account.omitted()


def test_a_check_of_all_tables_counts_the_files_of_the_mirror_too(project, tmp_path, omit):
    project("toy_a")
    omit()
    told = []
    ingest.ingest(None, tmp_path / "mirror", echo=told.append)
    ingest.ingest(None, tmp_path / "mirror", check=True, echo=told.append)
    assert told[-1] == "checked: 1 raw files are read, or left out for a reason"
    (tmp_path / "mirror/catalog.csv").write_text("file\nraw/whole.csv\nraw/new.csv\n")
    with pytest.raises(HedgingError, match=r"raw/new\.csv: neither read nor left out"):
        ingest.ingest(None, tmp_path / "mirror", check=True, echo=told.append)


def test_the_command_line_lists_the_files_of_a_table_and_does_one_thing_at_a_time():
    done = CliRunner().invoke(cli.hedging, ["ingest", "--sources", "un_agreement"])
    files = [line.split(": ")[0] for line in done.output.splitlines()]
    assert files == [file for file, tables in ingest.readers().items() if "un_agreement" in tables] != []
    done = CliRunner().invoke(cli.hedging, ["ingest", "--sources", "--check"])
    assert done.exit_code == 2
    assert "one at a time" in done.output
