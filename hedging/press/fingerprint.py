"""What a chapter's result depends on, part by part, and why a chapter must run again.

A fingerprint is a dict of named parts; their order here is the order in which `--why` looks for a difference.
Prose is not in it. What the press itself contributes is: the code that runs a chapter and shapes its file.
"""

import json
import sys
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.press import chapters, notebook, reach
from hedging.press.chapters import Chapter
from hedging.press.reach import Facts, file_sha, sha

Parts = dict[str, str]

EVIDENCE = "application/vnd.hedging."  # MIME types of what one chapter tells another
RUNNER = ("engine.py", "execute.py", "kernel.py", "mill.py", "notebook.py")


@dataclass(frozen=True)
class State:
    """What is known about the last good run: one small JSON file a chapter."""

    parts: Parts
    prose: str
    output: str  # hash of the executed file: an edited or half-lost one is made again
    evidence: str  # hash of what later chapters read out of it
    run: dict[str, Any] = field(default_factory=dict)  # seconds, cells, kernel: told to people, never compared


def load(path: Path) -> State | None:
    """Read a state file; None if there is none or it cannot be used."""
    try:
        return State(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def save(path: Path, state: State) -> None:
    """Write a state file. Called only after the chapter has taken its place."""
    notebook.write(path, (json.dumps(asdict(state), indent=1) + "\n").encode())


def fingerprint(chapter: Chapter, facts: Facts) -> Parts:
    """Name and hash everything that can change the results of a chapter."""
    found = facts.of_notebook(chapter.notebook, chapter.slug)
    reached = reach.walk(chapter.notebook, chapter.slug, facts)
    return {
        **{f"parameter {name}": json.dumps(value) for name, value in sorted(chapter.parameters.items())},
        **{f"cell {number}": code for number, code in enumerate(found["cells"], 1)},
        **{f"module {name}": file_sha(path) for name, path in reached.modules.items()},
        **{f"file {name}": file_sha(path) for name, path in reached.files.items()},
        **_tables(chapter),
        **{f"findings of {slug}": evidence_of(slug) for slug in chapter.after},
        "requirements.lock": file_sha(paths.ROOT / "requirements.lock"),
        "runner": runner(),
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }


def _tables(chapter: Chapter) -> Parts:
    records = {item["name"]: item for item in chapters.package().get("resources", [])}
    parts: Parts = {}
    for name in chapter.tables:
        parts[f"table {name}"] = file_sha(paths.DATA / records[name]["path"])
        parts[f"record of table {name}"] = sha(json.dumps(records[name], sort_keys=True).encode())
    return parts


@cache
def runner() -> str:
    """Hash the code that runs chapters: its version, which nobody can forget to raise."""
    return sha("".join(file_sha(Path(__file__).with_name(name)) for name in RUNNER).encode())


def evidence_of(slug: str) -> str:
    """Hash what an executed chapter reports to later ones; "not built" if it has not been executed."""
    executed, state = paths.CHAPTERS / f"{slug}.ipynb", load(paths.STATE / f"{slug}.json")
    if not executed.is_file():
        return "not built"
    raw = executed.read_bytes()
    if state and state.output == sha(raw):
        return state.evidence
    return evidence(notebook.parse(raw, executed.name))


def evidence(executed: notebook.Notebook) -> str:
    """Hash the findings in a notebook's outputs, in order; the prose around them does not count."""
    found = [
        [kind, content]
        for cell in notebook.code_cells(executed)
        for output in cell["outputs"]
        for kind, content in sorted(output.get("data", {}).items())
        if kind.startswith(EVIDENCE)
    ]
    return sha(json.dumps(found, sort_keys=True).encode())


def why(old: Parts, new: Parts) -> str | None:
    """Name in words the first part that differs; None if nothing does."""
    for name, value in new.items():
        if name not in old:
            return f"{name} is new"
        if old[name] != value:
            told = f" from {old[name]} to {value}" if name.startswith(("parameter", "Python")) else ""
            return f"{name} changed{told}"
    gone = next((name for name in old if name not in new), None)
    return gone and f"{gone} is gone"


def reason(chapter: Chapter, parts: Parts, state: State | None) -> str | None:
    """Say why a chapter must run; None if its file is what its inputs would give again."""
    if not chapter.executed.is_file():
        return "never built" if state is None else "its executed notebook is gone"
    if state is None:
        return "nothing is known about its last run"
    if state.output != sha(chapter.executed.read_bytes()):
        return "its executed notebook was altered"
    return why(state.parts, parts)
