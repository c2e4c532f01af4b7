"""One build's kernels: their private folder, the warm parent that forks them, and the end of all of them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedging import paths
from hedging.press import sources

if TYPE_CHECKING:
    from hedging.press.execute import Job

KERNELS = Path(__file__).with_name("kernels")  # in Jupyter's own layout; `python3` stands for everyone's `python3`
CAN_FORK = sys.platform == "linux"  # elsewhere a fork of a process that has loaded system frameworks is unsafe

# Equal results on every machine: one thread a kernel (the chapters are what runs in parallel) and one order of sets.
# Arrow's allocator would start a thread at import, and a process with threads must not be forked.
CALM = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONHASHSEED": "0",
    "HEDGING_ROOT": str(paths.ROOT),
}
# What another session, around this one, may have left in the environment.
OURS = ("HEDGING_EVIDENCE", "HEDGING_SOCKETS", "HEDGING_WARM")


class Session:
    """The kernels of one build. Leaving it ends them all, whatever happened; nothing of it stays on disk."""

    def __init__(self, *, warm: bool = True, modules: Iterable[str] = (), data: Path | None = None) -> None:
        self.dir = Path(tempfile.mkdtemp(prefix="hedging-"))
        self.stopping = threading.Event()
        sources.drop_stale_bytecode()
        self.clients: set[Any] = set()
        self._common = CALM | ({"HEDGING_DATA": str(data)} if data else {})
        if CAN_FORK:
            self._common["HEDGING_SOCKETS"] = str(self.dir)
        self._parent: subprocess.Popen | None = None
        if warm and CAN_FORK:
            self._parent = self._start_parent(sorted(modules))
            self._common["HEDGING_WARM"] = str(self.address)
        elif warm:
            print("notice: kernels start cold, since this system cannot fork them safely", file=sys.stderr)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> Path:
        """The warm parent's socket."""
        return self.dir / "warm"

    @property
    def kind(self) -> str:
        """Say how kernels start: warm or cold."""
        return "warm" if self._parent else "cold"

    def _start_parent(self, modules: list[str]) -> subprocess.Popen:
        # The socket listens before the parent has imported anything, so askers simply wait in line.
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(str(self.address))
            listener.listen(64)
            listener.set_inheritable(True)
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "hedging.press.warm", str(listener.fileno()), *modules],
                stdin=subprocess.PIPE,  # closed by our end, however we end: the parent then ends too
                env={**os.environ, **self._common},
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )

    def surroundings(self) -> dict[str, str]:
        """Build the environment of a program that knows nothing of sessions, and whose kernels shall be warm."""
        path = os.pathsep.join(filter(None, (str(KERNELS.parent), os.environ.get("JUPYTER_PATH"))))
        return os.environ | self._common | {"JUPYTER_PATH": path}

    def env(self, job: "Job", name: str) -> dict[str, str]:
        """Build a kernel's environment: what the chapter may read and hold, and where the findings of others lie."""
        env = {key: value for key, value in os.environ.items() if key not in OURS}
        env |= self._common | {
            "HEDGING_CHAPTER_TABLES": ",".join(job.chapter.tables),
            "HEDGING_KERNEL_LOG": str(self.log(name)),
            "IPYTHONDIR": str(self.dir / "ipython"),
        }
        if job.memory:
            env["HEDGING_MEMORY"] = str(job.memory)
        if job.evidence:
            env["HEDGING_EVIDENCE"] = str(job.evidence)
        return env

    def log(self, slug: str) -> Path:
        """Where a kernel's own standard error goes."""
        return self.dir / f"{slug}.log"

    def last_words(self, slug: str) -> str:
        """Return the last line that a kernel wrote before it died, if any."""
        log = self.log(slug)
        lines = log.read_text(errors="replace").split("\n") if log.exists() else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def kill(self) -> None:
        """End every kernel now; the threads that wait for them then notice."""
        self.stopping.set()
        for client in list(self.clients):
            client.kill_kernel()

    def stop(self) -> None:
        """End kernels and warm parent and remove the folder."""
        self.kill()
        if self._parent and self._parent.stdin:
            self._parent.stdin.close()
            try:
                self._parent.wait(timeout=5)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._parent.pid, signal.SIGKILL)
                self._parent.wait()
        shutil.rmtree(self.dir, ignore_errors=True)
