"""What the chapters found, read from their executed notebooks: the verdict chapter sees findings, never insides."""

import json
import os
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.argument.claims import Claim, claims
from hedging.argument.finding import MIME, VERDICTS, Finding
from hedging.errors import HedgingError

WORDS = ("chapter", "sense", "says", "expects", "fails_if")


def collect() -> list[Finding]:
    """Return the finding of every claim, in the order of claims.yml.

    Read from the notebooks of the claims' chapters (<chapter>.ipynb) in the directory HEDGING_EVIDENCE, set when a book
    is built, or else from notebooks/ with its tracked outputs. A claim without a finding, with two, or with one that
    was judged under other words raises HedgingError.
    """
    folder = Path(os.environ.get("HEDGING_EVIDENCE") or paths.NOTEBOOKS)
    judged: dict[str, list[Finding]] = {}
    for chapter in dict.fromkeys(one.chapter for one in claims()):
        for found in findings(folder / f"{chapter}.ipynb"):
            judged.setdefault(found.claim, []).append(found)
    return [_only(one, judged.get(one.id, []), folder) for one in claims()]


def _only(one: Claim, found: list[Finding], folder: Path) -> Finding:
    where = str(folder / f"{one.chapter}.ipynb")
    if len(found) != 1:
        what = f"claim {one.id} has {len(found)} findings" if found else f"claim {one.id} has no finding"
        raise HedgingError(
            what, where=where, remedy=f"judge({one.id!r}, ...) once, in chapter {one.chapter}, and run it"
        )
    for word in WORDS:
        if getattr(found[0], word) != getattr(one, word):
            raise HedgingError(
                f"the finding on {one.id} was judged under another {word!r} than claims.yml has now",
                where=where,
                remedy=f"run the chapter again: hedging build --only {one.chapter}",
            )
    return found[0]


def findings(notebook: Path) -> list[Finding]:
    """Return the findings that an executed notebook shows, in its order; HedgingError if it cannot be read."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError as fault:
        raise HedgingError(
            "a chapter with claims has not been run", where=str(notebook), remedy="hedging build"
        ) from fault
    except (ValueError, KeyError) as fault:
        raise HedgingError("not a notebook", where=str(notebook), remedy="hedging build") from fault
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [_finding(output["data"][MIME], notebook) for output in outputs if MIME in output.get("data", {})]


def _finding(found: dict[str, Any], notebook: Path) -> Finding:
    try:
        finding = Finding(**{**found, "tests": tuple(found["tests"])})
    except (TypeError, KeyError) as fault:
        raise HedgingError(
            f"a finding of another form: {fault}", where=str(notebook), remedy="hedging build"
        ) from fault
    if finding.verdict not in VERDICTS:
        raise HedgingError(f"{finding.verdict!r} is no verdict", where=str(notebook), remedy="hedging build")
    return finding
