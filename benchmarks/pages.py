"""How fast pages follow an edit: from nothing, one chapter changed, prose changed; and the watch, from save to page.

The real book, in a copy; each figure is the median of a few edits, with the CPU seconds of all processes concerned.
Ratios are to the pages from nothing. What is kept between the builds of one checkout (drawings of charts, converted
tables, templates) is there for each of them; chapters are run beforehand.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import meter

from hedging import paths
from hedging.press import chapters

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".cache", "doctrees", "html")
TIMES = 5
PUBLISH = "import os; from hedging.press import pages; print(pages.publish(jobs=os.cpu_count()))"
ANEW = "import os; from hedging.press import pages; print(pages.publish(True, os.cpu_count()))"

BIN = Path(sys.executable).parent


def python(copy, code):
    """Run a new process on the copy."""
    return meter.run([sys.executable, "-c", code], copy, HEDGING_ROOT=str(copy), PYTHONPATH=str(paths.ROOT))


def edit_prose(copy, number):
    """Add a sentence to a page."""
    path = copy / "book/methods.md"
    text = path.read_text(encoding="utf-8").partition("\nEdited ")[0]
    path.write_text(f"{text}\nEdited {number} times.\n", encoding="utf-8")


def edit_cell(path, number):
    """Change the code of a notebook's last code cell, and nothing of what it does."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    last = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][-1]
    lines = "".join(last["source"]).splitlines(keepends=True)
    last["source"] = [f"# edited {number}\n", *(line for line in lines if not line.startswith("# edited "))]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def median(readings):
    """Take the median of seconds and of CPU seconds."""
    return tuple(statistics.median(getattr(one, name) for one in readings) for name in ("seconds", "cpu"))


def edited(copy, edit):
    """Measure the pages after each of a few edits."""
    found = []
    for number in range(TIMES):
        edit(number)
        found.append(python(copy, PUBLISH))
    return median(found)


class Watch:
    """A watch on the copy, and the stream of what it tells."""

    def __init__(self, copy):
        env = meter.surroundings(HEDGING_ROOT=str(copy), PYTHONPATH=str(paths.ROOT))
        command = [sys.executable, "-m", "hedging", "watch"]
        self.process = subprocess.Popen(command, env=env, cwd=copy, stdout=subprocess.PIPE, text=True)
        self.states, self.lines = [], []
        threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True).start()
        self.wait(lambda: self.lines)
        self.address = self.lines[0].split()[4]
        threading.Thread(target=self.listen, daemon=True).start()
        self.wait(lambda: any(" start: " in line for line in self.lines))

    def listen(self):
        """Note each state with its time."""
        for line in urllib.request.urlopen(f"{self.address}_watch/events"):
            if line.startswith(b"data: "):
                self.states.append((time.perf_counter(), json.loads(line[6:])))

    @staticmethod
    def wait(what):
        """Wait until something holds."""
        while not what():
            time.sleep(0.005)

    def saved(self, edit):
        """Return the seconds from a save to the word that its page is there, the median of a few."""
        found = []
        for number in range(TIMES):
            edition, begun = self.states[-1][1]["edition"], time.perf_counter()
            edit(number)
            self.wait(lambda edition=edition: self.states[-1][1]["edition"] != edition)
            found.append(self.states[-1][0] - begun)
            time.sleep(0.5)
        return statistics.median(found)

    def end(self):
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def unchanged(copy):
    """Name what is asked of a book in which nothing has changed; it is built first."""
    (copy / ".venv").symlink_to(BIN.parent)
    meter.run([BIN / "hedging", "build"], copy, HEDGING_ROOT=str(copy))
    return {
        "check of unchanged chapters": [BIN / "hedging", "build", "--chapters-only"],
        "make book, nothing changed": ["make", "-o", ".venv/ready", "book"],  # else it might install the copy
    }


def measure(copy, book):
    """Yield (what, seconds, CPU seconds); the first is what the others are compared with."""
    python(copy, ANEW)  # draws and converts what is kept from then on
    yield "the pages from nothing", *median([python(copy, ANEW)])
    executed = copy / "book/chapters" / book[2].notebook.name
    kept = executed.read_bytes()
    yield "one chapter changed, a new process", *edited(copy, lambda number: edit_cell(executed, number))
    executed.write_bytes(kept)
    yield "prose of one page changed, a new process", *edited(copy, lambda number: edit_prose(copy, number))
    yield "nothing changed, a new process", *median([python(copy, PUBLISH) for _ in range(TIMES)])
    for what, command in unchanged(copy).items():
        yield what, *median([meter.run(command, copy, HEDGING_ROOT=str(copy)) for _ in range(TIMES)])
    watch = Watch(copy)
    try:
        yield "watch: prose saved, to the page", watch.saved(lambda number: edit_prose(copy, number + TIMES)), None
        notebook = copy / "notebooks" / book[2].notebook.name
        yield "watch: code of one notebook saved, to the page", watch.saved(lambda n: edit_cell(notebook, n)), None
    finally:
        watch.end()


def main():
    """Print the table."""
    book = chapters.read()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(paths.ROOT, copy, ignore=LEFT_OUT)
        build = [sys.executable, "-m", "hedging", "build", "--chapters-only"]
        meter.run(build, copy, HEDGING_ROOT=str(copy), PYTHONPATH=str(paths.ROOT))
        print(f"{len(book)} chapters, {os.cpu_count()} cores\n\n{'seconds':>8}  {'CPU':>6}  {'of nothing':>10}")
        whole = None
        for what, seconds, cpu in measure(copy, book):
            whole = whole or seconds
            spent = "" if cpu is None else f"{cpu:.2f}"
            print(f"{seconds:8.2f}  {spent:>6}  {seconds / whole:10.3f}  {what}", flush=True)


if __name__ == "__main__":
    main()
