"""From the grid to the table by real kernels; a sweep that is not whole replaces no table."""

import json
import shutil

import pytest

from hedging import paths
from hedging.argument import any_state, every_state
from hedging.errors import HedgingError
from hedging.press import chapters, fingerprint
from hedging.press import every_state as press
from hedging.press.reach import Facts
from hedging.press.sweep import drive, store

TABLE = (paths.ROOT / every_state.FILE).read_text()
ASKED = ("PRK", "VAT")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """A sweep over two states: one with data in most ties, one with next to none."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "grid.yml").write_text(f"parameters:\n  country: [{', '.join(ASKED)}]\n")
    tally = drive.sweep(drive.Wish(any_state.CHAPTER, folder / "grid.yml", str(folder / "out")))
    assert (tally.done, tally.failed) == (len(ASKED), 0)
    return str(folder / "out")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the rule and a grid of these two states, and no table yet."""
    (tmp_path / "sweeps").mkdir()
    (tmp_path / press.GRID).write_text(f"parameters:\n  country: [{', '.join(ASKED)}]\n")
    shutil.copy(paths.ROOT / any_state.FILE, tmp_path)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return tmp_path


def test_what_a_kernel_reports_is_what_stands_in_the_table(out, project):
    head, *lines = press.write(out).read_text().splitlines()
    assert head == TABLE.splitlines()[0]
    assert lines == [line for line in TABLE.splitlines() if line.startswith(ASKED)]


def test_a_sweep_that_lacks_a_state_replaces_no_table(out, project):
    (project / press.GRID).write_text("parameters:\n  country: [PRK, VAT, BLR]\n")
    with pytest.raises(HedgingError, match="1 states of the grid have no result"):
        press.write(out)
    assert not (project / every_state.FILE).exists()


def test_a_failed_run_is_no_row(tmp_path, project):
    kept = store.Store(str(tmp_path / "out"), any_state.CHAPTER, "f").open()
    record = {"id": "a", "parameters": json.dumps({"country": "PRK"}), "status": store.FAILED, "findings": "[]",
              "numbers": "{}", "error": "it broke", "traceback": "", "seconds": 1.0}  # fmt: skip
    kept.put(record)
    kept.compact(least=1)
    kept.close()
    with pytest.raises(HedgingError, match="it broke"):
        press.write(str(tmp_path / "out"))


def test_another_table_of_states_makes_the_page_again():
    [page] = chapters.select(chapters.read(), ("every-state",))
    parts = fingerprint.fingerprint(page, Facts())
    assert {f"file {every_state.FILE}", f"file {any_state.FILE}"} <= parts.keys()
    [asked] = chapters.select(chapters.read(), (any_state.CHAPTER,))
    assert f"file {any_state.FILE}" in fingerprint.fingerprint(asked, Facts())
