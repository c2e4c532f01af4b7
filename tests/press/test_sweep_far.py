"""A sweep on a real scheduler and real worker processes: the same results, and nothing lost when one of them dies."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from tiny import Project, alive, finding

from hedging.errors import HedgingError
from hedging.press.sweep import dask, runs

GRID = "parameters:\n  start: {from: 1900, to: 1931}\n"
PATIENCE = 60  # longest that something may take here, in seconds


class Cluster:
    """A scheduler on loopback, and workers that are started when they are wanted. One dead worker buries a run."""

    def __init__(self, project, stack):
        self.project, self.stack = project, stack
        self.file = project.root / "scheduler.json"
        port = ("--port", "0", "--no-dashboard", "--scheduler-file", str(self.file), "--host", "127.0.0.1")
        self.scheduler = self.start("dask_scheduler", *port, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
        self.wait(self.file.exists)
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, module, *arguments, **env):
        log = self.stack.enter_context((self.project.root / f"{time.monotonic_ns()}.log").open("wb"))
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        root = self.project.root
        process = subprocess.Popen(command, env=self.project.env | env, cwd=root, stdout=log, stderr=log)
        self.stack.callback(end, process)
        return process

    def worker(self, **env):
        local = ("--host", "127.0.0.1", "--no-dashboard", "--nthreads", "1", "--no-nanny")
        return self.start("dask_worker", self.address, *local, **env)

    def wait(self, happened, during=None):
        deadline = time.monotonic() + PATIENCE
        while not happened():
            assert self.scheduler.poll() is None
            assert during is None or during.poll() is None, during.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def sweep(self, slug, out, *more, grid=GRID):
        path = self.project.write("grid.yml", grid)
        out = out if "://" in out else str(self.project.root / out)
        command = self.project.command("sweep", slug, "--grid", str(path), "--out", out, *more)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=self.project.env, **pipes)

    def far(self, slug, out, **how):
        return self.sweep(slug, out, "--scheduler", self.address, **how)

    def ended(self, out):
        return len(list((self.project.root / out).glob("_ended/*/*.json")))

    def table(self, out):
        found = pd.read_parquet(self.project.root / out).drop(columns=["seconds", "memory"])
        return found.sort_values("id", ignore_index=True)


def end(process):
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with contextlib.ExitStack() as stack:
        yield Cluster(Project(tmp_path_factory.mktemp("far")), stack)


@pytest.fixture(scope="module")
def workers(cluster):
    return [cluster.worker(), cluster.worker()]


def pids(cluster):
    return set((cluster.project.root / "pids").read_text().split())


def test_a_scheduler_without_workers_does_not_keep_anyone_waiting(cluster, monkeypatch):
    monkeypatch.setattr(dask, "PATIENCE", 1)
    with pytest.raises(HedgingError, match="the scheduler has no workers"):
        dask.run(cluster.address, runs.Plan("one", "fa", "out", 1.0), "", (), print)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "tcp://127.0.0.1", "tls://127.0.0.1:9"])
def test_a_wrong_address_is_told_in_a_line(address, monkeypatch):
    monkeypatch.setattr(dask, "PATIENCE", 1)
    with pytest.raises(HedgingError, match="no scheduler answers") as caught:
        dask.run(address, runs.Plan("one", "fa", "out", 1.0), "", (), print)
    assert f"--scheduler {address}" in str(caught.value)


def test_workers_give_the_results_of_one_machine_and_a_dead_worker_loses_none(cluster, workers):
    note = f"open({str(cluster.project.root / 'pids')!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}} ')"
    cells = (f"import os, time; {note}", "time.sleep(0.05); start / (start - 1910)", finding("supported"))
    cluster.project.chapter("one", *cells)
    told, fault = cluster.sweep("one", "here").communicate(timeout=PATIENCE)
    assert "32 runs, 0 known before, 32 run now, 1 of them failed" in told, fault
    sweep = cluster.far("one", "far")
    cluster.wait(lambda: cluster.ended("far") >= 3, during=sweep)
    os.kill(workers[0].pid, signal.SIGKILL)
    told, fault = sweep.communicate(timeout=PATIENCE)
    assert "32 runs, 0 known before, 32 run now, 1 of them failed" in told, fault
    pd.testing.assert_frame_equal(cluster.table("far"), cluster.table("here"))


def test_a_worker_with_other_code_or_another_disk_mixes_nothing_in(cluster, workers):
    other = Project(cluster.project.root / "other")
    other.chapter("one", "start + 1")
    cluster.project.chapter("one", "import time; time.sleep(0.05); start")
    unfit = cluster.worker(HEDGING_ROOT=str(other.root))
    _, fault = cluster.far("one", "unfit").communicate(timeout=PATIENCE)
    assert "code, data or libraries of chapter one are not what the sweep began with" in fault
    assert "where: worker tcp://127.0.0.1:" in fault
    assert str(other.root) in fault
    end(unfit)
    _, fault = cluster.far("one", "memory://far").communicate(timeout=PATIENCE)
    assert "this worker does not see the results there" in fault
    assert "s3://" in fault


def test_a_run_that_kills_its_worker_is_recorded_and_the_others_go_on(cluster, workers):
    cluster.project.chapter(
        "one",
        "import os\nfrom pathlib import Path\npid = os.getpid() if start == 1905 else 0",
        "while pid and b'dask_worker' not in Path(f'/proc/{pid}/cmdline').read_bytes():\n"
        "    pid = int(Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[1])",
        "pid and os.kill(pid, 9)",
    )
    cluster.worker(), cluster.worker()
    told, fault = cluster.far("one", "deadly", grid="parameters: {start: {from: 1901, to: 1908}}").communicate(PATIENCE)
    assert "8 run now, 1 of them failed" in told, fault
    errors = cluster.table("deadly").set_index("start")["error"]
    assert "the workers that ran it died" in errors[1905]
    assert errors.drop(1905).isna().all()


def test_no_kernel_is_left_behind_by_a_dead_worker_or_by_one_that_ends(cluster, workers):
    end(workers[1])
    cluster.wait(lambda: not any(alive(pid) for pid in pids(cluster)))


def test_a_lost_scheduler_is_told_without_its_tracebacks_and_what_has_ended_is_kept(cluster):
    cluster.project.chapter("one", "import time; time.sleep(0.2)")
    cluster.worker()
    sweep = cluster.far("one", "lost")
    cluster.wait(lambda: cluster.ended("lost") >= 3, during=sweep)
    os.kill(cluster.scheduler.pid, signal.SIGKILL)
    _, fault = sweep.communicate(timeout=PATIENCE)
    assert sweep.returncode == 1
    assert fault.startswith("the scheduler was lost\n")
    assert "Traceback" not in fault
    assert len(cluster.table("lost")) >= 3
