"""From the grid to the table by real kernels; a sweep that is not whole replaces no table."""

import shutil

import pytest

from hedging import paths
from hedging.argument import any_state, every_state
from hedging.errors import HedgingError
from hedging.press import chapters, fingerprint
from hedging.press import every_state as press
from hedging.press.reach import Facts
from hedging.press.sweep import drive

TABLE = (paths.ROOT / every_state.FILE).read_text()
ASKED = ("PRK", "VAT")


def swept(folder, states):
    """Sweep the chapter over these states; returns the tally and where the results lie."""
    (folder / "grid.yml").write_text(f"parameters:\n  country: [{', '.join(states)}]\n")
    out = str(folder / "out")
    return drive.sweep(drive.Wish(chapter=any_state.CHAPTER, grid=folder / "grid.yml", out=out)), out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """A sweep over two states: one with data in most ties, one with next to none."""
    tally, out = swept(tmp_path_factory.mktemp("sweep"), ASKED)
    assert (tally.done, tally.failed) == (len(ASKED), 0)
    return out


@pytest.fixture
def project_of(tmp_path, monkeypatch):
    """Make a project with the rule, a grid of these states, and no table yet."""

    def make(states):
        (tmp_path / "sweeps").mkdir()
        (tmp_path / press.GRID).write_text(f"parameters:\n  country: [{', '.join(states)}]\n")
        shutil.copy(paths.ROOT / any_state.FILE, tmp_path)
        monkeypatch.setattr(paths, "ROOT", tmp_path)
        return tmp_path

    return make


def test_what_a_kernel_reports_is_what_stands_in_the_table(out, project_of):
    project_of(ASKED)
    head, *lines = press.write(out).read_text().splitlines()
    assert head == TABLE.splitlines()[0]
    assert lines == [line for line in TABLE.splitlines() if line.startswith(ASKED)]


def test_a_sweep_that_lacks_a_state_replaces_no_table(out, project_of):
    project = project_of([*ASKED, "BLR"])
    with pytest.raises(HedgingError, match="without a result: 1;"):
        press.write(out)
    assert not (project / every_state.FILE).exists()


def test_a_run_that_failed_is_no_row(tmp_path, project_of):
    tally, out = swept(tmp_path, ["ZZZ"])
    assert (tally.done, tally.failed) == (0, 1)
    project = project_of(["ZZZ"])
    with pytest.raises(HedgingError, match="runs that failed: 1; the first one: no table knows a state 'ZZZ'"):
        press.write(out)
    assert not (project / every_state.FILE).exists()


def test_another_table_of_states_makes_the_page_again():
    [page] = chapters.select(chapters.read(), ("every-state",))
    parts = fingerprint.fingerprint(page, Facts())
    assert {f"file {every_state.FILE}", f"file {any_state.FILE}"} <= parts.keys()
    [asked] = chapters.select(chapters.read(), (any_state.CHAPTER,))
    assert f"file {any_state.FILE}" in fingerprint.fingerprint(asked, Facts())
