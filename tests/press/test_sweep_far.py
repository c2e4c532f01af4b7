"""A sweep on a real scheduler and real worker processes: the same results, and nothing lost when one of them dies."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tiny import alive, finding

from hedging.press.sweep import store

GRID = "parameters:\n  start: {from: 1900, to: 1931}\n"


@contextlib.contextmanager
def running(project, module, *arguments):
    command = [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments)]
    with open(project.root / f"{module}-{time.monotonic_ns()}.log", "wb") as log:  # noqa: PTH123
        process = subprocess.Popen(command, env=project.env, cwd=project.root, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(project):
    """Start a scheduler and two workers on loopback; yields (address, scheduler, [worker, worker])."""
    file = project.root / "scheduler.json"
    local = ("--host", "127.0.0.1", "--no-dashboard")
    with running(project, "dask_scheduler", *local, "--port", "0", "--scheduler-file", file) as scheduler:
        while not file.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        worker = ("dask_worker", "--scheduler-file", file, *local, "--nthreads", "1", "--no-nanny")
        with running(project, *worker) as one, running(project, *worker) as two:
            time.sleep(0.1)
            yield json.loads(file.read_text())["address"], scheduler, [one, two]


def command(project, out, *more):
    path = project.write("grid.yml", GRID)
    return project.command("sweep", "one", "--grid", str(path), "--out", str(project.root / out), *more)


def results(project, out):
    [parts] = (project.root / out).glob("chapter=one/fingerprint=*")
    found = store.Store(str(project.root / out), "one", parts.name.partition("=")[2]).records()
    return [{key: value for key, value in record.items() if key != "seconds"} for record in found]


def ended(project, out):
    return len(list((project.root / out / "ended").glob("*.json")))


def started(project, out, *more):
    sweep = subprocess.Popen(
        command(project, out, *more), env=project.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while ended(project, out) < 3:
        assert sweep.poll() is None, sweep.communicate()
        time.sleep(0.02)
    return sweep


def test_workers_give_the_results_of_one_machine_and_a_dead_worker_loses_none(project, cluster):
    address, _, (victim, _) = cluster
    pids = project.root / "pids"
    project.chapter(
        "one",
        f"import os; open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n')",
        "import time; time.sleep(0.1); start / (start - 1910)",
        finding("supported"),
    )
    here = subprocess.run(command(project, "here"), env=project.env, capture_output=True, text=True, timeout=120)
    assert here.returncode == 1, here.stderr  # 1910 fails, on purpose
    sweep = started(project, "far", "--scheduler", address)
    os.kill(victim.pid, signal.SIGKILL)
    told, fault = sweep.communicate(timeout=120)
    assert "32 runs, 0 known before, 32 run now, 1 of them failed" in told, fault
    assert results(project, "far") == results(project, "here")


def test_a_lost_scheduler_is_told_and_what_has_ended_is_kept(project, cluster):
    address, scheduler, _ = cluster
    project.chapter("one", "import time; time.sleep(0.2)")
    sweep = started(project, "far", "--scheduler", address)
    os.kill(scheduler.pid, signal.SIGKILL)
    _, fault = sweep.communicate(timeout=120)
    assert sweep.returncode == 1
    assert "the scheduler was lost" in fault
    assert "Traceback" not in fault
    again = subprocess.run(command(project, "far"), env=project.env, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert int(again.stdout.split(" known before")[0].rsplit(" ", 1)[1]) >= 3


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "tcp://127.0.0.1"])
def test_a_wrong_address_is_told_in_a_line(project, address):
    project.chapter("one", "1")
    done = subprocess.run(
        command(project, "far", "--scheduler", address), env=project.env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "no scheduler answers" in done.stderr
    assert f"--scheduler {address}" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_kernel_is_left_behind_when_the_workers_end(project, cluster):
    address, _, workers = cluster
    pids = project.root / "pids"
    project.chapter("one", f"import os; open({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}} ')")
    done = subprocess.run(
        command(project, "far", "--scheduler", address), env=project.env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    for worker in workers:
        worker.terminate()
        worker.wait(timeout=10)
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in set(pids.read_text().split())):
        assert time.monotonic() < deadline
        time.sleep(0.05)
