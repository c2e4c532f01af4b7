"""How fast the book is made, against a loop of papermill's own command line on the same notebooks in the same run.

`make bench` prints seconds and ratios. Compare ratios: seconds depend on the machine and on what else it does.
Everything happens in a copy of the project, so the book at hand is neither used nor changed.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hedging import paths
from hedging.press import chapters

BIN = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "chapters", "__pycache__", ".*_cache", ".cache")
QUICK = 5  # how often what takes less than a second is measured; the median counts


def timed(command, copy, **env):
    """Run a command on the copy; returns seconds. A failing command ends the benchmark: a fast fault is no speed."""
    begun = time.perf_counter()
    done = subprocess.run(
        command, cwd=copy, env={**os.environ, "HEDGING_ROOT": str(copy), **env}, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return seconds


def papermill_loop(copy, book):
    """Run each notebook by papermill's command line, one after the other."""
    total = 0.0
    for chapter in book:
        source, output = copy / "notebooks" / chapter.notebook.name, copy / "papermill.ipynb"
        given = [word for name, value in chapter.parameters.items() for word in ("-p", name, str(value))]
        total += timed([BIN / "papermill", source, output, "--cwd", source.parent, "-k", "python3", *given], copy)
    return total


def hedging(copy, *arguments):
    """Run our command line."""
    return timed([BIN / "hedging", "build", *arguments], copy)


def median(measure):
    """Measure something quick a few times."""
    return statistics.median(measure() for _ in range(QUICK))


def edit(copy, book):
    """Change the code of one chapter."""
    path = copy / "notebooks" / book[0].notebook.name
    notebook = json.loads(path.read_text(encoding="utf-8"))
    last = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
    last["source"] = ["# edited\n", *"".join(last["source"]).splitlines(keepends=True)]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def measure(copy, book):
    """Yield (what, seconds); the first is what the others are compared with."""
    yield "papermill command line, one notebook after the other", papermill_loop(copy, book)
    yield "hedging build, cold kernels", hedging(copy, "--chapters-only", "--cold")
    yield "hedging build, warm kernels", hedging(copy, "--chapters-only", "--force")
    yield "check of unchanged chapters", median(lambda: hedging(copy, "--chapters-only"))
    yield "the pages, from nothing", hedging(copy)
    yield "make book, nothing changed", median(lambda: timed(["make", "book"], copy))
    edit(copy, book)
    yield "one chapter's code edited, to finished HTML", hedging(copy)


def main():
    """Print the table."""
    book = chapters.read()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(paths.ROOT, copy, ignore=LEFT_OUT)
        (copy / ".venv").symlink_to(BIN.parent)
        print(f"{len(book)} notebooks, {os.cpu_count()} cores\n\n{'seconds':>8}  {'papermill /':>11}")
        reference = None
        for what, seconds in measure(copy, book):
            reference = reference or seconds
            ratio = "" if "pages" in what else f"{reference / seconds:.1f}x"  # papermill makes no pages
            print(f"{seconds:8.2f}  {ratio:>11}  {what}", flush=True)


if __name__ == "__main__":
    main()
