"""Small real projects in a temporary folder, and the real command line run on them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

PARAMETERS = "start = 1990\npatrons = ['RUS', 'CHN']"


def code(source, *tags):
    return {"cell_type": "code", "execution_count": None, "metadata": {"tags": list(tags)} if tags else {},
            "outputs": [], "source": source}  # fmt: skip


def prose(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def finding(verdict):
    bundle = {"application/vnd.hedging.finding+json": {"claim": "X", "verdict": verdict}, "text/plain": verdict}
    return f"from IPython.display import display\ndisplay({bundle!r}, raw=True)"


@dataclass
class Project:
    """A project of tiny notebooks. `hedging(...)` runs the command line on it, as a person would."""

    root: Path
    entries: dict = field(default_factory=dict)

    def chapter(self, slug, *cells, parameters=PARAMETERS, **entry):
        first = [code(parameters, "parameters")] if parameters is not None else []
        cells = [*first, *(cell if isinstance(cell, dict) else code(cell) for cell in cells)]
        for number, cell in enumerate(cells):
            cell["id"] = f"c{number}"
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        self.write(f"notebooks/{slug}.ipynb", json.dumps(notebook))
        self.entries[slug] = {"slug": slug, "title": slug, "notebook": f"{slug}.ipynb", **entry}
        self.write("chapters.yml", yaml.safe_dump(list(self.entries.values()), sort_keys=False))

    def table(self, name, text):
        self.write(f"data/{name}.csv", text)
        index = self.root / "data/datapackage.json"
        package = json.loads(index.read_text()) if index.exists() else {"resources": []}
        package["resources"].append({"name": name, "path": f"{name}.csv"})
        index.write_text(json.dumps(package))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def edit(self, slug, change):
        path = self.root / f"notebooks/{slug}.ipynb"
        notebook = json.loads(path.read_text())
        change(notebook["cells"])
        path.write_text(json.dumps(notebook))

    @property
    def env(self):
        return {**os.environ, "HEDGING_ROOT": str(self.root)}

    def command(self, *arguments):
        return [sys.executable, "-m", "hedging", *arguments]

    def hedging(self, *arguments):
        return subprocess.run(self.command(*arguments), env=self.env, capture_output=True, text=True, timeout=120)

    def build(self, *arguments):
        return self.hedging("build", "--chapters-only", *arguments)

    def fails(self, *arguments):
        done = self.build(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def succeeds(self, *arguments):
        done = self.build(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def executed(self, slug):
        return self.root / f"book/chapters/{slug}.ipynb"

    def outputs(self, slug):
        cells = json.loads(self.executed(slug).read_text())["cells"]
        return [output for cell in cells if cell["cell_type"] == "code" for output in cell["outputs"]]

    def printed(self, slug):
        return "".join("".join(output.get("text", [])) for output in self.outputs(slug))

    def why(self, *arguments):
        lines = self.succeeds("--why", *arguments).splitlines()
        return dict(line.split(": ", 1) for line in lines)


def alive(pid):
    """Say whether a process still runs (one that has ended and was not collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
