"""Who runs notebooks how fast: the tools at hand against ours, on the book's own chapters, in one run.

`make bench` prints two tables: all chapters once, and one chapter 1, 10, 100 and 1,000 times. Compare ratios.
The tools that start a kernel for each run take the same time for each: beyond `--most` runs (10 unless told) their
figure is their longest measurement, multiplied, and marked ~; beyond 100 only warm kernels of our own are measured.
Everything happens in a copy of the project.
"""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import meter
import yaml

from hedging import paths
from hedging.press import chapters

BIN = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "chapters", "__pycache__", ".*_cache", ".cache")
RUNS = (1, 10, 100, 1000)
CHAPTER, PARAMETER = "any-state", "country"  # the chapter that is made to be run many times
LOOP = "import sys; from papermill import execute_notebook as run\nfor one in sys.argv[1:]: {}"
SERIAL = LOOP.format("run(one, f'{one}.out', progress_bar=False, kernel_name='python3')")
CLIENT = """
import sys, nbformat
from nbclient import NotebookClient
for one in sys.argv[1:]:
    nbformat.write(NotebookClient(nbformat.read(one, 4)).execute(), one)
"""
PARALLEL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from papermill import execute_notebook

def run(one):
    execute_notebook(one, f"{one}.out", progress_bar=False, kernel_name="python3")

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(run, sys.argv[1:]))
"""
OURS, COLD = "hedging, warm kernels", "hedging, cold kernels"
QUIET = ("-q", *(f"-pno:{plugin}" for plugin in ("cacheprovider", "hypothesispytest", "anyio", "platformdirs")))


@dataclass(frozen=True)
class Desk:
    """A folder with notebooks to run, in a copy of the project."""

    copy: Path
    folder: Path
    notebooks: tuple[str, ...]

    def call(self, *command, **env):
        """Run a command there."""
        return meter.run(command, self.folder, HEDGING_ROOT=str(self.copy), **env)


def command_line(desk):
    """Run papermill's command line once for each notebook."""
    loop = f'for one in "$@"; do {BIN}/papermill -k python3 --no-progress-bar "$one" "$one.out"; done'
    return desk.call("bash", "-e", "-c", loop, "loop", *desk.notebooks)


def jupyter_book(desk):
    """Let Jupyter Book execute the notebooks while it makes their pages."""
    first, *rest = (name.removesuffix(".ipynb") for name in desk.notebooks)
    toc = {"format": "jb-book", "root": first} | ({"chapters": [{"file": name} for name in rest]} if rest else {})
    (desk.folder / "_toc.yml").write_text(yaml.safe_dump(toc))
    settings = yaml.safe_load((desk.copy / "_config.yml").read_text())  # else it cannot show what our cells make
    settings["execute"] = {"execute_notebooks": "force", "timeout": 300}
    settings["bibtex_bibfiles"] = [str(desk.copy / "book" / "references.bib")]
    (desk.folder / "_config.yml").write_text(yaml.safe_dump(settings))
    return desk.call(BIN / "jupyter-book", "build", ".")


def parallel(desk):
    """Run papermill's API in two processes."""
    script = desk.folder / "parallel.py"
    script.write_text(PARALLEL)
    return desk.call(sys.executable, script, *desk.notebooks)


def ours(desk, *options):
    """Run our own command: `build` for the chapters, `sweep` for one chapter many times."""
    if (desk.folder / "grid.yml").is_file():
        out = tempfile.mkdtemp(dir=desk.folder)
        command = ("sweep", CHAPTER, "--grid", desk.folder / "grid.yml", "--out", out)
    else:
        command = ("build", "--chapters-only", "--force")
    return desk.call(BIN / "hedging", *command, *options)


TOOLS = {
    "papermill, command line, one after the other": command_line,
    "papermill, API, one after the other": lambda desk: desk.call(sys.executable, "-c", SERIAL, *desk.notebooks),
    "papermill, API, two processes": parallel,
    "nbclient": lambda desk: desk.call(sys.executable, "-c", CLIENT, *desk.notebooks),
    "jupyter-book build, executing (and making pages)": jupyter_book,
    "pytest --nbval": lambda desk: desk.call(sys.executable, "-m", "pytest", *QUIET, "--nbval", *desk.notebooks),
    "pytest --nbmake": lambda desk: desk.call(sys.executable, "-m", "pytest", *QUIET, "--nbmake", *desk.notebooks),
    "papermill's API, one after the other, under hedging warm": lambda desk: desk.call(
        BIN / "hedging", "warm", sys.executable, "-c", SERIAL, *desk.notebooks
    ),
    "pytest --nbval -n 2, under hedging warm": lambda desk: desk.call(
        BIN / "hedging", "warm", sys.executable, "-m", "pytest", *QUIET, "-phedging.press.quiet", "-n2",
        "--dist=loadfile", "--nbval", *desk.notebooks,
    ),
    COLD: lambda desk: ours(desk, "--cold"),
    OURS: ours,
}  # fmt: skip
STEADY = [name for name in TOOLS if "hedging" not in name]  # the same time for each run


def chapters_desk(copy):
    """Lay out all chapters, with the parameters of the book."""
    folder = Path(tempfile.mkdtemp(dir=copy / "notebooks"))
    for chapter in chapters.read():
        shutil.copy(chapter.notebook, folder)
    return Desk(copy, folder, tuple(sorted(path.name for path in folder.glob("*.ipynb"))))


def runs_desk(copy, runs):
    """Lay out one chapter many times, as files for the tools and as a grid for ours."""
    folder = Path(tempfile.mkdtemp(dir=copy / "notebooks"))
    notebook = next(chapter.notebook for chapter in chapters.read() if chapter.slug == CHAPTER)
    names = [f"run-{number}.ipynb" for number in range(runs)]
    for name in names:
        shutil.copy(notebook, folder / name)
    (folder / "grid.yml").write_text(yaml.safe_dump(grid(copy, runs)))
    return Desk(copy, folder, tuple(names))


def grid(copy, runs):
    """Spread the runs over states and, where there are more runs than states, over first years."""
    states = yaml.safe_load((copy / "sweeps" / "every-state.yml").read_text())["parameters"][PARAMETER]
    years = -(-runs // len(states))
    return {"parameters": {PARAMETER: states[: runs // years], "first": list(range(1991, 1991 + years))}}


def told(name, reading, reference, mark=""):
    """Write one line of a table."""
    ratio = reference.seconds / reading.seconds
    memory = "" if mark else f"{reading.peak:7.0f}"
    print(f"{mark}{reading.seconds:9.1f} {ratio:8.1f}x {reading.cpu:9.1f} {memory:>8}  {name}", flush=True)


def table(title, desk, tools, earlier=None):
    """Print one table; returns the readings. `earlier` holds readings of fewer runs and their factor."""
    print(f"\n{title}\n {'seconds':>9} {'ratio':>9} {'CPU s':>9} {'peak MB':>8}")
    readings = {}
    for name in TOOLS:
        if name in tools:
            readings[name], mark = TOOLS[name](desk), ""
        elif earlier and name in earlier[0]:
            past, factor = earlier
            readings[name], mark = meter.Reading(past[name].seconds * factor, past[name].cpu * factor, 0), "~"
        if name in readings:
            told(name, readings[name], next(iter(readings.values())), mark)
    return readings


def measured(name, runs, most):
    """Say whether a tool is measured with so many runs, or its figure taken from fewer."""
    if name == COLD:
        return False  # a sweep knows no such kernels
    return runs <= most or name == OURS or (name not in STEADY and runs <= 100)


def main():
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--most", type=int, default=10, help="runs up to which every tool is measured")
    asked.add_argument("--runs", type=int, nargs="*", default=RUNS)
    asked.add_argument("--no-chapters", action="store_true", help="leave out the table of all chapters")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(paths.ROOT, copy, ignore=LEFT_OUT)
        if not given.no_chapters:
            table(f"all {len(chapters.read())} chapters, {os.cpu_count()} cores", chapters_desk(copy), TOOLS)
        earlier = None
        for runs in given.runs:
            tools = [name for name in TOOLS if measured(name, runs, given.most)]
            readings = table(f"{runs} run(s) of the chapter {CHAPTER}", runs_desk(copy, runs), tools, earlier)
            earlier = readings, given.runs[min(given.runs.index(runs) + 1, len(given.runs) - 1)] / runs


if __name__ == "__main__":
    main()
