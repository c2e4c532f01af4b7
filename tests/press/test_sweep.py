"""A chapter over a grid: nothing is run twice, nothing is lost, and every slip is told before a run."""

import json
import resource
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from tiny import alive, finding

from hedging.press.sweep import progress

GRID = "parameters:\n  start: {from: 1990, to: 1995}\n"


def command(project, grid=GRID, *more, out="out"):
    path = project.write("grid.yml", grid)
    return project.command("sweep", "one", "--grid", str(path), "--out", str(project.root / out), *more)


def swept(project, grid=GRID, *more, out="out", **how):
    return subprocess.run(
        command(project, grid, *more, out=out), env=project.env, capture_output=True, text=True, timeout=120, **how
    )


def started(project, *more):
    return subprocess.Popen(
        command(project, GRID, *more), env=project.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def table(project):
    return pd.read_parquet(project.root / "out").set_index("start").sort_index()


def unfiled(project):
    return list((project.root / "out/_ended").glob("*/*.json"))


def marked(project, *cells):
    """Make a chapter that leaves a line for each run, so that a second run of a point cannot hide."""
    diary = project.root / "diary"
    project.chapter("one", f"open({str(diary)!r}, 'a').write(f'{{start}}\\n')", *cells, finding("supported"))
    return lambda: sorted(diary.read_text().split()) if diary.exists() else []


def test_a_second_sweep_neither_repeats_what_is_done_nor_answers_changed_code_with_old_results(project):
    diary = marked(project)
    done = swept(project, "parameters:\n  start: [1990, 2000]\n  patrons: [[RUS], [RUS, CHN]]\n", "--keep")
    assert "4 runs, 0 known before, 4 run now" in done.stdout, done.stderr
    found = pd.read_parquet(project.root / "out")
    asked = {(row.start, tuple(row.patrons)) for row in found.itertuples()}
    assert asked == {(start, patrons) for start in (1990, 2000) for patrons in (("RUS",), ("RUS", "CHN"))}
    assert [json.loads(one) for one in found["findings"]] == [[{"claim": "X", "verdict": "supported"}]] * 4
    assert found["memory"].between(10e6, 4e9).all()
    assert {f"{id}.ipynb" for id in found["id"]} == {path.name for path in (project.root / "out/_notebooks").iterdir()}
    assert not project.executed("one").exists()

    more = swept(project, "parameters:\n  patrons: [[RUS], [CHN]]\n  start: [1990]\n")  # another order of the file
    assert "2 runs, 1 known before, 1 run now" in more.stdout, more.stderr
    assert diary() == ["1990"] * 3 + ["2000"] * 2
    project.edit("one", lambda cells: cells[2].update(source="2"))
    assert "0 known before" in swept(project, "parameters:\n  start: [1990]\n").stdout
    assert len(pd.read_parquet(project.root / "out").groupby("fingerprint", observed=True)) == 2


def test_a_killed_sweep_loses_only_what_was_running(project):
    diary = marked(project, "import time; time.sleep(0.3)")
    sweep = started(project, "--jobs", "2")
    while len(unfiled(project)) < 2:
        assert sweep.poll() is None
        time.sleep(0.02)
    sweep.kill()
    sweep.wait()
    kept = len(unfiled(project))
    done = swept(project)
    assert f"6 runs, {kept} known before, {6 - kept} run now" in done.stdout, done.stderr
    assert list(table(project).index) == list(range(1990, 1996))
    assert len(diary()) <= 6 + 2  # the two that were running


def test_a_failed_run_is_recorded_with_its_traceback_and_can_be_repeated_without_counting_twice(project):
    mended = project.root / "mended"
    project.chapter(
        "one", "import os\ndef invert(x):\n    return 1 / x", f"os.path.exists({str(mended)!r}) or invert(start - 1992)"
    )
    done = swept(project)
    assert done.returncode == 1
    assert "6 runs, 0 known before, 6 run now, 1 of them failed" in done.stdout, done.stderr
    found = table(project)
    assert found["status"].tolist() == ["done", "done", "failed", "done", "done", "done"]
    fault = found.loc[1992]
    assert "ZeroDivisionError" in fault["error"]
    assert "chapter one, cell 3" in fault["error"]
    assert "in invert(x)" in fault["traceback"]
    mended.touch()
    assert "6 known before, 0 run now, 1 of them failed" in swept(project).stdout
    again = swept(project, GRID, "--again")
    assert again.returncode == 0, again.stderr
    assert "5 known before, 1 run now:" in again.stdout
    assert table(project)["status"].tolist() == ["done"] * 6


def test_a_run_that_never_ends_eats_memory_or_dies_fails_alone(project):
    project.chapter(
        "one",
        "import os, time",
        "while start == 1990: time.sleep(0.1)",
        "held = bytearray(3_000_000_000 if start == 1991 else 1)",
        "start == 1992 and os.kill(os.getpid(), 9)",
    )
    done = swept(project, GRID, "--limit", "4", "--memory", "1500")
    assert "6 run now, 3 of them failed" in done.stdout, done.stderr
    errors = table(project)["error"]
    assert "passed its limit of 4 s" in errors[1990]
    assert "MemoryError" in errors[1991]
    assert "died (signal SIGKILL)" in errors[1992]
    assert errors[1993:].isna().all()


def test_an_interrupt_ends_every_kernel_and_keeps_what_has_ended(project):
    pids = project.root / "pids"
    wait = "time.sleep(60 if start > 1990 else 0)"
    project.chapter("one", f"import os, time; open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n'); {wait}")
    sweep = started(project, "--jobs", "2")
    while not pids.exists() or len(pids.read_text().split()) < 3:
        assert sweep.poll() is None
        time.sleep(0.02)
    sweep.send_signal(signal.SIGINT)
    _, told = sweep.communicate(timeout=30)
    assert sweep.returncode == 130
    assert "interrupted" in told
    assert not any(alive(pid) for pid in pids.read_text().split())
    assert not (project.root / "out/_sweep.json").exists()
    assert list(table(project).index) == [1990]


def test_a_disk_that_fills_up_in_mid_sweep_keeps_what_was_recorded(project):
    diary = marked(project, "import sys; sys.tracebacklimit = None; raise ValueError('x' * 60_000 * (start - 1989))")

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))  # the system itself refuses to write more

    done = swept(project, GRID, "--jobs", "1", preexec_fn=full)
    assert done.returncode == 1
    assert "cannot write there: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    kept = len(table(project))
    assert 1 <= kept < len(diary()) < 6
    assert list((project.root / "out").rglob("*.part")) == []
    assert f"{kept} known before" in swept(project).stdout
    assert list(table(project).index) == list(range(1990, 1996))


def test_code_that_changes_in_mid_sweep_does_not_pass_for_one_result(project):
    project.write("notebooks/helper.py", "")
    project.chapter("one", "import helper; open(helper.__file__, 'a').write('# edited\\n')")
    done = swept(project, "parameters:\n  start: [1990]\n")
    assert done.returncode == 1
    assert "module helper changed while chapter one was swept" in done.stderr


def test_what_cannot_work_is_told_before_anything_runs(project):
    diary = marked(project)
    project.write("file", "")
    grid = str(project.write("grid.yml", GRID))
    for slug, out, told in (
        ("one", project.root / "file/out", "cannot write there"),
        ("one", "nowhere://out", "no such place"),
        ("ome", project.root / "out", "did you mean 'one'?"),
    ):
        done = project.hedging("sweep", slug, "--grid", grid, "--out", str(out))
        assert done.returncode == 1
        assert told in done.stderr
    assert diary() == []


def test_a_log_hears_now_and_then_how_far_a_long_sweep_is(monkeypatch, capsys):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with progress.Progress(1000, 100, 1) as shown:
        shown.step(2)
    assert "101 of 1000 runs, 2 failed, " in capsys.readouterr().err
    assert shown.line(0.5) == "101 of 1000 runs, 2 failed, 2.0 runs/s, 07:29 left"


SCRIPT = """
import sys
from pathlib import Path
from hedging.press.sweep import drive
drive.sweep(drive.Wish("one", Path(sys.argv[1]), sys.argv[2]))
print(drive.results(sys.argv[2], "one").set_index("start")["status"].sort_index().to_dict())
"""


@pytest.mark.parametrize("scheme", ["memory", "file"])
def test_any_address_that_can_be_written_will_do(project, scheme):
    project.chapter("one", "1 / (start - 1991)")
    grid = project.write("grid.yml", "parameters:\n  start: [1990, 1991]\n")
    place = [sys.executable, "-c", SCRIPT, str(grid), f"{scheme}://{project.root}/out"]
    done = subprocess.run(place, env=project.env, capture_output=True, text=True, timeout=60)
    assert done.stdout == "{1990: 'done', 1991: 'failed'}\n", done.stderr
    assert (project.root / "out").exists() == (scheme == "file")


LEAVING = """
import ctypes, sys
from hedging import cli
system = ctypes.CDLL(None)
system.__cxa_atexit(system.abort, None, None)  # a destructor that always fails, where Arrow's do now and then
sys.argv = ["hedging", *sys.argv[1:]]
cli.main()
"""


def test_a_sweep_that_is_done_is_not_aborted_by_what_its_libraries_do_when_a_process_ends(project):
    project.chapter("one", "start")
    for arguments, code in ((("tables",), 0), (("sweep", "ome", "--grid", str(project.write("grid.yml", GRID))), 1)):
        done = subprocess.run([sys.executable, "-c", LEAVING, *arguments], env=project.env, capture_output=True)
        assert done.returncode == code, done.stderr
