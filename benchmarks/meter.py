"""Wall seconds, CPU seconds and peak memory of a command with all that it starts."""

import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

TICK = 0.5  # seconds between two looks at the memory; a look takes time from what is measured


@dataclass(frozen=True)
class Reading:
    """What a command took. `peak` is the largest sum of proportional set sizes seen: shared pages count once."""

    seconds: float
    cpu: float
    peak: float  # MB


def surroundings(**env):
    """Return an environment as a person's, where Python keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | env


def run(command, cwd, **env):
    """Run a command; a failing one ends the benchmark, for a fast fault is no speed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command)], cwd=cwd, env=surroundings(**env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip
    watch = Watch(process.pid)
    watch.start()
    told, _ = process.communicate()
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.over.set()
    watch.join()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{told[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Reading(seconds, cpu, watch.peak / 1024)


class Watch(threading.Thread):
    """Looks now and then at the memory of a process and all below it."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self):
        """Look until told that it is over."""
        while not self.over.wait(TICK):
            self.peak = max(self.peak, sum(map(proportional, below(self.pid))))


def below(pid):
    """List a process and its descendants."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def proportional(pid):
    """Read a process's proportional set size in kB; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
