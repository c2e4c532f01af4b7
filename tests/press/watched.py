"""A real `hedging watch` on a small book, and someone who looks at it by HTTP."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from tiny import Project, prose

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


def until(what, patience=PATIENCE):
    """Wait until something holds; returns it."""
    end = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def book(root):
    """Write a book of two chapters, each of which says how often it has run."""
    project = Project(root)
    for slug in ("one", "two"):
        project.write(f"{slug}.runs", "")
        count = f"open({str(root / f'{slug}.runs')!r}, 'a').write('x'); print('{slug} is here')"
        project.chapter(slug, prose(f"# Chapter {slug}\n\nOld words."), count)
        # Sphinx takes the first cell for the title: parameters come after it here
        project.edit(slug, lambda cells: cells.insert(0, cells.pop(1)))
    shutil.copy(ROOT / "_config.yml", root)
    project.write("book/references.bib", "")
    project.write("book/preface.md", "# A small book\n\nOld words.\n")
    toc = "format: jb-book\nroot: preface\nchapters:\n- file: chapters/one\n- file: chapters/two\n"
    project.write("_toc.yml", toc)
    return project


class Watched:
    """The process, what it prints, and the states that its stream of events has told."""

    def __init__(self, project, *arguments, package=ROOT):
        self.project, self.printed, self.states = project, [], []
        self.folder = Path(tempfile.mkdtemp(prefix="w-"))  # short: sockets lie in it
        env = project.env | {"TMPDIR": str(self.folder), "PYTHONPATH": str(package)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hedging", "watch", *arguments], env=env, cwd=package,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()
        line = until(lambda: next((line for line in self.printed if "the book is at" in line), None))
        self.address = line.split()[4]
        threading.Thread(target=self._listen, daemon=True).start()
        self.settled()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self):
        self.printed.extend(self.process.stdout)

    def _listen(self):
        with urllib.request.urlopen(f"{self.address}_watch/events") as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    self.states.append(json.loads(line[6:]))

    @property
    def builds(self):
        return sum("chapters: " in line or "not built" in line for line in self.printed)

    def settled(self):
        """Wait for the first build."""
        until(lambda: self.builds and self.states and not self.states[-1]["building"])

    def after(self, save):
        """Save something, wait until that is built; returns the state then."""
        before = self.builds
        save()
        until(lambda: self.builds > before and not self.states[-1]["building"])
        return self.states[-1]

    def get(self, path):
        """Read a page, as a browser gets it."""
        with urllib.request.urlopen(f"{self.address}{path}") as answer:
            return answer.read().decode()

    def runs(self, slug):
        """How often a chapter has run."""
        return len((self.project.root / f"{slug}.runs").read_text())

    def family(self):
        """List the processes that this one has started, and those that they have."""
        return descendants(self.process.pid)

    def end(self, signal):
        """End it as a person would; returns its exit code."""
        self.process.send_signal(signal)
        return self.process.wait(30)


def descendants(pid):
    """List the processes below one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found, queue = [], [pid]
    while queue:
        children = [child for child, parent in parents.items() if parent == queue[0]]
        queue = [*queue[1:], *children]
        found += children
    return found


def replace(path, text):
    """Save as many editors do: write beside, then rename over the old file."""
    beside = path.with_name(f"{path.name}.tmp~")
    beside.write_text(text)
    os.replace(beside, path)  # noqa: PTH105
