"""A chapter over a grid: nothing is run twice, nothing is lost, and every slip of the grid is told before a run."""

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tiny import alive, finding

from hedging.errors import HedgingError
from hedging.press.chapters import Chapter
from hedging.press.sweep import grid, store

GRID = "parameters:\n  start: {from: 1990, to: 1995}\n"


def results(out, slug="one"):
    [parts] = out.glob(f"chapter={slug}/fingerprint=*")
    return store.Store(str(out), slug, parts.name.partition("=")[2]).records()


def swept(project, grid_text=GRID, *more, out="out"):
    path = project.write("grid.yml", grid_text)
    return project.hedging("sweep", "one", "--grid", str(path), "--out", str(project.root / out), *more)


def marked(project, slow=""):
    """Make a chapter that leaves a line for each run, so that a second run of a point cannot hide."""
    diary = project.root / "diary"
    project.chapter("one", f"open({str(diary)!r}, 'a').write(f'{{start}}\\n')", slow or "1", finding("supported"))
    return lambda: sorted(diary.read_text().split()) if diary.exists() else []


def test_every_point_has_its_parameters_and_its_findings(project):
    marked(project)
    done = swept(project, "parameters:\n  start: [1990, 2000]\n  patrons: [[RUS], [RUS, CHN]]\n", "--keep")
    assert done.returncode == 0, done.stderr
    found = results(project.root / "out")
    assert {record["parameters"] for record in found} == {
        json.dumps({"patrons": patrons, "start": start})
        for start in (1990, 2000)
        for patrons in (["RUS"], ["RUS", "CHN"])
    }
    assert all(json.loads(record["findings"]) == [{"claim": "X", "verdict": "supported"}] for record in found)
    assert len(list((project.root / "out/notebooks").glob("*.ipynb"))) == 4
    assert not project.executed("one").exists()


def test_a_second_sweep_runs_only_what_has_no_result(project):
    diary = marked(project)
    assert swept(project, "parameters:\n  start: [1990, 1991]\n").returncode == 0
    assert "6 runs, 2 known before, 4 run now" in swept(project).stdout
    assert diary() == [str(year) for year in range(1990, 1996)]


def test_changed_code_is_not_answered_with_old_results(project):
    diary = marked(project)
    swept(project, "parameters:\n  start: [1990]\n")
    project.edit("one", lambda cells: cells[2].update(source="2"))
    assert "0 known before" in swept(project, "parameters:\n  start: [1990]\n").stdout
    assert diary() == ["1990", "1990"]


def test_a_killed_sweep_loses_only_what_was_running(project):
    diary = marked(project, slow="import time; time.sleep(0.5)")
    path = project.write("grid.yml", GRID)
    command = project.command("sweep", "one", "--grid", str(path), "--out", str(project.root / "out"), "--jobs", "2")
    sweep = subprocess.Popen(command, env=project.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ended = project.root / "out/ended"
    while not (ended.is_dir() and len(list(ended.glob("*.json"))) >= 2):
        assert sweep.poll() is None
        time.sleep(0.02)
    sweep.kill()
    sweep.wait()
    kept = len(list(ended.glob("*.json")))
    done = swept(project)
    assert f"6 runs, {kept} known before, {6 - kept} run now" in done.stdout, done.stderr
    assert set(diary()) == {str(year) for year in range(1990, 1996)}
    assert len(diary()) <= 6 + 2  # the two that were running


def test_a_failed_run_is_recorded_with_its_traceback_and_not_lost_among_the_good_ones(project):
    project.chapter("one", "def invert(x):\n    return 1 / x", "invert(start - 1992)")
    done = swept(project)
    assert done.returncode == 1
    assert "6 runs, 0 known before, 6 run now, 1 of them failed" in done.stdout
    [fault] = [record for record in results(project.root / "out") if record["status"] == "failed"]
    assert json.loads(fault["parameters"]) == {"start": 1992}
    assert "ZeroDivisionError" in fault["error"]
    assert "chapter one, cell 3" in fault["error"]
    assert "in invert(x)" in fault["traceback"]
    assert "6 known before" in swept(project).stdout
    assert "5 known before, 1 run now" in swept(project, GRID, "--again").stdout


def test_a_notebook_that_never_ends_does_not_hold_up_the_sweep(project):
    project.chapter("one", "import time\nwhile start == 1990: time.sleep(0.1)")
    done = swept(project, "parameters:\n  start: [1990, 1991]\n", "--limit", "3")
    assert "1 of them failed" in done.stdout
    assert any("passed its limit of 3 s" in (record["error"] or "") for record in results(project.root / "out"))


def test_a_notebook_that_eats_memory_fails_alone(project):
    project.chapter("one", "held = bytearray(3_000_000_000 if start == 1990 else 1)")
    done = swept(project, "parameters:\n  start: [1990, 1991]\n", "--memory", "1500")
    assert "1 of them failed" in done.stdout, done.stderr
    assert any("MemoryError" in (record["error"] or "") for record in results(project.root / "out"))


def test_two_sweeps_do_not_write_into_one_place(project):
    marked(project)
    held = store.Store(str(project.root / "out"), "one", "x").open()
    done = swept(project)
    assert done.returncode == 1
    assert f"another sweep writes there: process {os.getpid()}" in done.stderr
    held.close()
    assert swept(project).returncode == 0


def test_the_lock_of_a_sweep_that_was_killed_is_void(project):
    gone = subprocess.Popen(["true"])
    gone.wait()
    kept = store.Store(str(project.root / "out"), "one", "x").open()
    lock = Path(kept.lock)
    lock.write_text(lock.read_text().replace(str(os.getpid()), str(gone.pid)))
    kept.open().close()


def test_an_interrupt_ends_every_kernel_and_keeps_what_has_ended(project):
    pids = project.root / "pids"
    project.chapter("one", f"import os, time; open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)")
    path = project.write("grid.yml", GRID)
    command = project.command("sweep", "one", "--grid", str(path), "--out", str(project.root / "out"), "--jobs", "2")
    sweep = subprocess.Popen(command, env=project.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not pids.exists() or len(pids.read_text().split()) < 2:
        assert sweep.poll() is None
        time.sleep(0.02)
    sweep.send_signal(signal.SIGINT)
    _, told = sweep.communicate(timeout=30)
    assert sweep.returncode == 130
    assert "interrupted" in told
    assert not any(alive(pid) for pid in pids.read_text().split())
    assert not (project.root / "out/sweep.lock").exists()


def test_a_place_that_cannot_be_written_is_told_before_anything_runs(project):
    diary = marked(project)
    project.write("file", "")
    done = swept(project, out="file/out")
    assert done.returncode == 1
    assert "cannot write there" in done.stderr
    assert diary() == []


def test_a_full_disk_leaves_no_half_record(tmp_path):
    kept = store.Store(str(tmp_path / "out"), "one", "x").open()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # the system itself refuses to write more
    try:
        with pytest.raises(HedgingError, match="cannot write there: File too large"):
            kept.put({"id": "a", "status": "done", "error": "x" * 1000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(Path(kept.ended).iterdir()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("parameters: {}", "has no parameters"),
        ("parameters: {start: []}", "the grid is empty"),
        ("parameters: {strat: [1990]}", "did you mean 'start'?"),
        ("parameters: {start: [many]}", "start is int, not str"),
        ("parameters: {start: 1990}", "no list"),
        ("parameters: {start: {from: 1990}}", "unbounded"),
        ("parameters: {start: {from: 1990, to: 1980}}", "runs upward"),
        ("parameters: {start: {from: 1, to: 2000000}}", "more than 1,000,000"),
        ("parameters: {start: {from: 1, to: 2000}, end: {from: 1, to: 2000}}", "4,000,000 points"),
        ("parameters: {start: [1990, 1990]}", "twice"),
        ("parameters: {start: [1990]}\nexclude: [{start: 1990}]", "leave nothing to run"),
        ("parameters: {start: [1990]}\nexclude: [{start: 1991}]", "did you mean '1990'?"),
        ("parameters: {start: [1990]}\nskip: []", "unknown key"),
        ("parameters: [", "not valid YAML"),
    ],
)
def test_a_slip_in_the_grid_is_told_before_anything_runs(project, text, told):
    project.chapter("one", "1", parameters="start = 1990\nend = 2000")
    chapter = Chapter("one", "one", project.root / "notebooks/one.ipynb")
    with pytest.raises(HedgingError) as caught:
        grid.read(project.write("grid.yml", text), chapter).points("x")
    assert told in str(caught.value)


def test_small_files_become_few_and_say_the_same(tmp_path):
    kept = store.Store(str(tmp_path / "out"), "one", "x").open()
    row = {"parameters": "{}", "findings": "[]", "numbers": "{}", "error": None, "traceback": None, "seconds": 0.1}
    for number in range(7):
        kept.put({"id": f"{number}", "status": "failed" if number == 3 else "done", **row})
    before = kept.records()
    kept.compact(least=1)
    assert list(Path(kept.ended).iterdir()) == []
    assert kept.records() == before
    kept.put({"id": "3", "status": "done", **row})  # done again
    kept.compact(least=1)
    assert store.counted(kept.records()) == {"done": 7, "failed": 0}
