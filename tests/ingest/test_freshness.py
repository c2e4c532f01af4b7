"""Newer releases: what they change is told down to the verdicts, and nothing of it is written."""

import json
import subprocess
import sys

import pytest
import yaml
from toy import DATA

from hedging import freshness, ingest, paths
from hedging.argument.evidence import findings
from hedging.ingest import vintages
from hedging.press import variants

CELL = """
from IPython.display import display
from hedging.tables import load
verdict = "supported" if load("toy_a")["value"].max() > 100 else "contradicted"
words = dict.fromkeys(("chapter", "sense", "says", "expects", "fails_if", "reason"), "toy")
display({"application/vnd.hedging.finding+json": {"claim": "T1", "verdict": verdict, "tests": [], **words}}, raw=True)
"""


def written(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def second(project, tmp_path, monkeypatch):
    """A toy table in data/, and a second mirror whose file has a row changed, one added and one removed."""
    project("toy_a")
    monkeypatch.setenv("HEDGING_MIRROR", str(tmp_path / "mirror"))
    ingest.ingest(None, echo=lambda _: None)
    (tmp_path / "second/raw").mkdir(parents=True)
    newer = DATA.replace(b"\n1500,2\n", b"\n1500,222\n").replace(b"\n1600,4\n", b"\n") + b"5000,1\n"
    (tmp_path / "second/raw/whole.csv").write_bytes(newer)
    return tmp_path / "second"


def test_a_row_changed_added_and_removed_in_a_second_mirror_are_each_told(second, tmp_path):
    before = written(tmp_path / "data")
    found = vintages.newer(None, second)
    assert found.files == ("raw/whole.csv",)
    assert found.told["toy_a"] == [
        "rows: 1 added, 1 removed, 1 changed",
        "added: 1 rows of 5000 to 5000 lie where the other one has no year",
        "removed: 1600: value 4",
        "changed: 1500: value 2 → 222 (+220)",
    ]
    found.stage(tmp_path / "staged")
    assert written(tmp_path / "data") == before != written(tmp_path / "staged")


def test_an_equal_mirror_changes_nothing(second, tmp_path):
    told = []
    freshness.tell(None, tmp_path / "mirror", told.append)
    assert told == ["raw files with other bytes than those pinned: none"]


@pytest.mark.parametrize("damage", [b"year,other\n1,2\n", b"\xff\xfe\x00", b"year,value\n1003,1\n1003,2\n"])
def test_a_newer_file_that_breaks_the_builder_is_told_and_the_rest_goes_on(second, damage):
    (second / "raw/whole.csv").write_bytes(damage)
    found = vintages.newer(None, second)
    assert found.told["toy_a"][0].startswith("cannot be made from the newer file: ")
    assert found.made == {}


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """A book of one chapter, whose claim depends on the largest value in the toy table."""
    code = {"cell_type": "code", "execution_count": None, "outputs": []}
    cells = [
        {**code, "id": "c0", "metadata": {"tags": ["parameters"]}, "source": "start = 1"},
        {**code, "id": "c1", "metadata": {}, "source": CELL},
    ]
    path = tmp_path / "notebooks/one.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    entry = {"slug": "one", "title": "One", "notebook": "one.ipynb", "tables": ["toy_a"]}
    (tmp_path / "chapters.yml").write_text(yaml.safe_dump([entry]))
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "NOTEBOOKS", path.parent)
    monkeypatch.setenv("HEDGING_DATA", str(tmp_path / "data"))
    return path


def test_a_verdict_that_would_turn_is_told(second, chapter):
    """The chapter is run twice, with the table as it is and with the newer one: the second verdict differs."""
    variants.refresh()
    tracked = chapter.read_bytes()
    told = []
    freshness.tell(None, second, told.append)
    assert "      T1 contradicted → supported (CHANGED)" in told
    assert chapter.read_bytes() == tracked


def _in_two_releases(text):
    text = text.replace("columns=(", 'columns=(Column("release", "string", "Release", enum=("2023", "2024")),')
    text = text.replace(
        'key=("year",)', 'key=("release", "year"), variant="release", vintages=Vintages(("2023", "2024"))'
    )
    text = text.replace("Source, Table", "Source, Table, Vintages")
    newer = 'frame.assign(release="2024").replace({"value": {"6": "6.5"}}).iloc[1:]'
    return text.replace(
        "    return", f'    frame = pd.concat([frame.assign(release="2023"), {newer}])\n    return'
    ).replace("\nfrom hedging", "\nimport pandas as pd\nfrom hedging", 1)


def test_two_releases_that_no_chapter_chooses_are_compared_all_the_same(project, chapter, tmp_path):
    project("toy_a", change=_in_two_releases)
    ingest.ingest(None, tmp_path / "mirror", echo=lambda _: None)
    told = []
    freshness.tell(["toy_a"], None, told.append)
    assert told[1:] == [
        "  releases at hand: 2023, 2024; 2023 is read by no chapter (toy_a_variant)",
        "  2023 → 2024",
        "    rows: 0 added, 1 removed, 571 changed",
        "    removed: 1 rows of 1000 to 1000 lie where the other one has no year",
        *(f"    changed: {year}: value 6 → 6.5 (+0.5)" for year in range(1007, 1042, 7)),
        "tables with a newer release at hand: toy_a",
    ]


def test_the_releases_of_sipri_are_compared_and_the_claims_judged_again():
    command = [sys.executable, "-m", "hedging", "ingest", "--outdated", "arms"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert "    removed: import KAZ 1999: tiv 170" in told
    assert any(line.endswith("rows of 1950 to 1994 lie where the other one has no year") for line in told)
    found = findings(paths.NOTEBOOKS / "1-between-moscow-and-beijing.ipynb")
    assert found
    for finding in found:
        [line] = [line for line in told if line.strip().startswith(f"{finding.claim} {finding.verdict} → ")]
        assert line.endswith(("(unchanged)", "(CHANGED)"))
    assert any("cannot be judged with it" in line for line in told)  # the release of 2026 begins in 1995
    assert told[-1] == "tables with a newer release at hand: arms"


def test_the_age_of_every_table_is_told():
    for module in ingest.modules().values():
        told = vintages.age(module.TABLE, ingest.present()[module.TABLE.name].get("coverage"))
        assert "pinned 20" in told
