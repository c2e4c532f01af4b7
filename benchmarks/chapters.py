"""Where the time of each chapter goes: papermill, the start of its kernel, and what its own cells compute, by room.

`python benchmarks/chapters.py [SLUG...]` prints CPU seconds. papermill's API runs each chapter in a cold kernel: what
this process spends is papermill's share. Then the chapter's cells run in a fork of this process, which has imported
all that they need, while a timer looks every millisecond of CPU time which module of the project is at work: that is
the chapter's own compute. What the cold kernel spent beyond it is the start of a kernel with its imports.
"""

import collections
import contextlib
import importlib
import io
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

from papermill import execute_notebook

from hedging import paths
from hedging.press import build, chapters, session

TICK = 0.001  # seconds of CPU time between two looks
ROOMS = ("cells", "tables", "measures", "inference", "argument", "charts")
HOME = str(paths.ROOT / "hedging") + os.sep
HEAD = ("papermill", "kernel start", "own compute", *ROOMS)


def spent(who):
    """CPU seconds of this process, or of its children that have ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def by_papermill(chapter, folder):
    """Run a chapter as papermill does by itself; returns papermill's own CPU seconds and those of the kernel."""
    own, kernels = spent(resource.RUSAGE_SELF), spent(resource.RUSAGE_CHILDREN)
    execute_notebook(
        str(chapter.notebook), str(Path(folder) / "run.ipynb"), chapter.parameters, kernel_name="python3",
        progress_bar=False, cwd=str(chapter.notebook.parent),
    )  # fmt: skip
    return spent(resource.RUSAGE_SELF) - own, spent(resource.RUSAGE_CHILDREN) - kernels


def room(frame):
    """Name the room that is at work: that of the innermost frame of this project's code."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(HOME):
            return file.removeprefix(HOME).partition(os.sep)[0]
        frame = frame.f_back
    return "cells"


def compute(chapter):
    """Run a chapter's cells in this process, which ends with it; returns CPU seconds by room."""
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    os.chdir(chapter.notebook.parent)
    os.environ["HEDGING_CHAPTER_TABLES"] = ",".join(chapter.tables)
    shell, seen = InteractiveShell(), collections.Counter()
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=[])
    cells = [cell for cell in json.loads(chapter.notebook.read_text())["cells"] if cell["cell_type"] == "code"]
    signal.signal(signal.SIGPROF, lambda _, frame: seen.update([room(frame)]))
    begun = spent(resource.RUSAGE_SELF)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    for cell in cells:
        shell.run_cell("".join(cell["source"])).raise_error()
        if "parameters" in cell["metadata"].get("tags", []):
            shell.push(chapter.parameters)
    signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = spent(resource.RUSAGE_SELF) - begun
    return {name: seconds * looks / seen.total() for name, looks in seen.items()}


def forked(chapter):
    """Do that in a fork, so that no chapter profits from another one."""
    reader, writer = os.pipe()
    if not (pid := os.fork()):
        code = 1
        with contextlib.suppress(Exception), os.fdopen(writer, "w") as told, contextlib.redirect_stdout(io.StringIO()):
            json.dump(compute(chapter), told)
            code = 0
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as told:
        found = told.read()
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        sys.exit(f"chapter {chapter.slug} fails: hedging build --only {chapter.slug} says why")
    return json.loads(found)


def main():
    """Print the table."""
    os.environ.update(session.CALM)
    book = build.Book(build.Options(only=tuple(sys.argv[1:])))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPYTHONDIR"] = folder
        cold = {chapter.slug: by_papermill(chapter, folder) for chapter in book.chosen}
        for name in book.outside([chapter.slug for chapter in book.chosen]):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        print("CPU seconds\n" + "".join(f"{name:>13}" for name in HEAD))
        whole = collections.Counter()
        for chapter in book.chosen:
            rooms = forked(chapter)
            papermill, kernel = cold[chapter.slug]
            own = sum(rooms.values())
            row = {"papermill": papermill, "kernel start": kernel - own, "own compute": own, **rooms}
            whole.update(row)
            tell(row, chapter.slug)
        tell(whole, f"all {len(book.chosen)} of {len(chapters.read())} chapters")


def tell(row, name):
    """Print one line."""
    print("".join(f"{row.get(column, 0):13.2f}" for column in HEAD), "", name, flush=True)


if __name__ == "__main__":
    main()
