"""What a sweep costs for each run, against papermill on the same notebooks in the same run.

`python benchmarks/sweep.py [RUNS ...]` (10 and 100 unless told) runs a notebook of three small cells and a real chapter
over a grid: by papermill, on this machine, and on Dask workers. Compare runs per core second, the inverse of the CPU
time of all processes: it does not depend on what else the machine does. What papermill takes for a run does not depend
on their number, so a few are enough. Everything happens in a copy of the project.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import meter
import nbformat
import yaml

from hedging import paths

BIN = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "chapters", "__pycache__", ".*_cache", ".cache")
SAMPLE = 5  # runs by papermill
CHART = (
    "start = 1950",
    "import altair as alt\nimport pandas as pd",
    "years = pd.DataFrame({'year': range(start, start + 34), 'n': [7 * i % 11 for i in range(34)]})\n"
    "alt.Chart(years).mark_line().encode(x=alt.X('year:Q', axis=alt.Axis(format='d')), y='n:Q')",
)
SERIAL = (
    "import sys; from papermill import execute_notebook as run\n"
    "for n in range(int(sys.argv[1])): run(sys.argv[2], sys.argv[3], progress_bar=False, kernel_name='python3')"
)
SCHEDULER = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
WORKER = ("distributed.cli.dask_worker", "--host", "127.0.0.1", "--no-dashboard", "--no-nanny", "--nthreads", "1")


@dataclass(frozen=True)
class Desk:
    """A copy of the project, a chapter in it, and the values that one of its parameters can take."""

    copy: Path
    slug: str
    parameter: str
    values: list

    @property
    def env(self):
        """The environment of all that is measured."""
        return {"HEDGING_ROOT": str(self.copy), "PYTHONPATH": str(self.copy)}

    def command(self, out, runs):
        """Write the grid; returns the command that sweeps it."""
        grid = self.copy / "grid.yml"
        grid.write_text(yaml.safe_dump({"parameters": {self.parameter: self.values[:runs]}}))
        return (sys.executable, "-m", "hedging", "sweep", self.slug, "--grid", grid, "--out", out)

    def sweep(self, runs, *options):
        """Sweep; returns the reading and the place of the results."""
        out = Path(tempfile.mkdtemp(dir=self.copy))
        return meter.run((*self.command(out, runs), *options), self.copy, **self.env), out

    def papermill(self, *how):
        """Run the notebook by papermill as it is."""
        entries = yaml.safe_load((self.copy / "chapters.yml").read_text())
        notebook = next(one["notebook"] for one in entries if one["slug"] == self.slug)
        return meter.run([*how, notebook, "out.ipynb"], self.copy / "notebooks", **self.env)


def lay_out(folder):
    """Copy the project and add the notebook of three cells."""
    copy = Path(folder) / "project"
    shutil.copytree(paths.ROOT, copy, ignore=LEFT_OUT)
    cells = [nbformat.v4.new_code_cell(source) for source in CHART]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), copy / "notebooks" / "chart.ipynb")
    entries = yaml.safe_load((copy / "chapters.yml").read_text())
    entries.append({"slug": "chart", "title": "chart", "notebook": "chart.ipynb"})
    (copy / "chapters.yml").write_text(yaml.safe_dump(entries))
    return copy


@contextlib.contextmanager
def cluster(desk, workers):
    """Start a scheduler and so many workers; yields its address and the workers' process numbers."""
    file, started = desk.copy / "scheduler.json", []

    def start(*command):
        env = {**os.environ, **desk.env}
        null = subprocess.DEVNULL
        started.append(subprocess.Popen([sys.executable, "-m", *command], env=env, stdout=null, stderr=null))

    try:
        start(*SCHEDULER, "--scheduler-file", str(file))
        while not file.exists():
            time.sleep(0.1)
        for _ in range(workers):
            start(*WORKER, "--scheduler-file", str(file))
        time.sleep(5)
        yield yaml.safe_load(file.read_text())["address"], [process.pid for process in started]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
        file.unlink(missing_ok=True)


def spent(pids):
    """CPU seconds of processes and all that they have waited for."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15] for pid in pids]
    return sum(int(ticks) for four in fields for ticks in four) / os.sysconf("SC_CLK_TCK")


def far(desk, runs, workers):
    """Sweep on Dask workers that have run the chapter before; returns wall and CPU seconds, and MB of a worker."""
    with cluster(desk, workers) as (address, pids):
        desk.sweep(2 * workers, "--scheduler", address)
        before = spent(pids)
        reading, _ = desk.sweep(runs, "--scheduler", address)
        held = sum(map(meter.proportional, meter.below(pids[-1]))) / 1024
        return meter.Reading(reading.seconds, reading.cpu + spent(pids) - before, held)


def memory(desk, runs):
    """Print what each kind of process holds at most while a sweep runs, in MB; shared pages are shared out."""
    out = tempfile.mkdtemp(dir=desk.copy)
    process = subprocess.Popen(
        desk.command(out, runs), cwd=desk.copy, env={**os.environ, **desk.env}, stdout=subprocess.DEVNULL
    )
    peaks = [0.0] * 4
    while process.poll() is None:
        level = [process.pid]
        for depth in range(4):
            peaks[depth] = max([peaks[depth], *(meter.proportional(pid) / 1024 for pid in level)])
            level = [child for pid in level for child in children(pid)]
        time.sleep(0.1)
    kinds = ("client", "warm parent", "rooms", "kernel")
    print(f"\nMB at most, {desk.slug}: {', '.join(f'{k} {peak:.0f}' for k, peak in zip(kinds, peaks, strict=True))}")


def children(pid):
    """List the children of a process."""
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def size(out):
    """Bytes of the filed results."""
    return sum(path.stat().st_size for path in out.rglob("*.parquet"))


def told(name, runs, reading, reference):
    """Write one line; returns the runs per core second."""
    rate = runs / reading.cpu
    times = f"{rate / reference:6.1f}x" if reference else "   1.0x"
    print(f"{runs:6} {reading.seconds / runs:8.3f} {reading.cpu / runs:8.3f} {rate:8.2f} {times}  {reading.peak:6.0f}"
          f"  {name}", flush=True)  # fmt: skip
    return rate


def compare(desk, counts):
    """Print the table of one chapter."""
    print(f"\n{desk.slug}\n  runs  wall/run  CPU/run  runs/core s   ratio  MB")
    single = desk.papermill(BIN / "papermill", "--no-progress-bar", "-k", "python3")
    alone = told("papermill, command line", 1, single, None)
    told("papermill, API, serial", SAMPLE, desk.papermill(sys.executable, "-c", SERIAL, str(SAMPLE)), alone)
    for runs in counts:
        for jobs in (1, 2) if runs <= 100 else (2,):
            reading, out = desk.sweep(runs, "--jobs", str(jobs))
            told(f"hedging sweep --jobs {jobs}, {size(out) / runs:.0f} bytes a run", runs, reading, alone)
        seconds = []
        for workers in (1, 2):
            reading = far(desk, runs, workers)
            told(f"hedging sweep --scheduler, {workers} worker(s)", runs, reading, alone)
            seconds.append(reading.seconds)
        print(f"{'':38}two workers do {50 * seconds[0] / seconds[1]:.0f}% of twice what one does")


def main():
    """Print the tables."""
    counts = [int(word) for word in sys.argv[1:]] or [10, 100]
    with tempfile.TemporaryDirectory(prefix="hedging-bench-") as folder:
        copy = lay_out(folder)
        print(f"{os.cpu_count()} cores; wall and CPU in seconds, start and end of the sweep included")
        states = yaml.safe_load((copy / "sweeps" / "every-state.yml").read_text())["parameters"]["country"]
        compare(chart := Desk(copy, "chart", "start", list(range(max(counts)))), counts)
        memory(chart, 20)
        compare(asked := Desk(copy, "any-state", "country", states), [runs for runs in counts if runs <= len(states)])
        memory(asked, 20)


if __name__ == "__main__":
    main()
