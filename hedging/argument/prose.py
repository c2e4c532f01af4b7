"""Numbers for the prose and tables of predictions: what a chapter puts on the page beside its findings.

`report` writes the outputs that MyST-NB's glue roles read, without importing it: that import alone takes longer than
most chapters.
"""

import datetime
import numbers
from typing import Any

import numpy as np
import pandas as pd

from hedging.argument.claims import SENSES, claims
from hedging.errors import HedgingError

PREFIX = "application/papermill.record/"
_reported: dict[str, tuple[str, int]] = {}  # name -> the cell that reported it and the run of it


def report(**values: Any) -> None:
    """Store values for the prose: {glue:text}`name` or {glue:text}`name:.1f` in a Markdown cell shows them.

    Numbers, text, dates and periods only; NaN raises HedgingError, since no sentence can end in one. A name reported by
    two cells, or twice by one, raises HedgingError; running the same cell again does not.
    """
    from IPython.display import display  # only notebooks report

    cell = _cell()
    for name, value in values.items():
        before = _reported.get(name)
        again = before is not None and before[0] == cell[0] != "" and before[1] != cell[1]
        if before is not None and not again:
            raise HedgingError(f"{name!r} was reported before", where="report(...)", remedy="give each number one name")
        text = literal(name, value)
        _reported[name] = cell
        metadata = {"scrapbook": {"name": name, "mime_prefix": PREFIX}}
        display({f"{PREFIX}text/plain": text}, raw=True, metadata=metadata)


def literal(name: str, value: Any) -> str:
    """Return the value as the Python literal from which the glue role reads it back; 10 significant digits."""
    if isinstance(value, bool | np.bool_) or value is None or value is pd.NaT:
        raise HedgingError(f"{name} is {value}: no value for a sentence", where="report(...)", remedy="report words")
    if isinstance(value, str | datetime.date | pd.Period):
        return repr(str(value))
    if isinstance(value, numbers.Integral):
        return repr(int(value))
    if isinstance(value, numbers.Real):
        if not np.isfinite(float(value)):
            raise HedgingError(
                f"{name} is {value}", where="report(...)", remedy="report what is known, or say so in words"
            )
        return repr(float(f"{float(value):.10g}"))
    raise HedgingError(
        f"{name} is a {type(value).__name__}", where="report(...)", remedy="report numbers, text or dates"
    )


def _cell() -> tuple[str, int]:
    """Return what identifies the running cell (its id where the front end sends one, else its source) and its run."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return "", 0
    parent = getattr(shell, "parent_header", None) or {}
    sent = (parent.get("metadata") or {}).get("cellId")
    source = shell.user_ns.get("In") or [""]
    return sent or source[-1], shell.execution_count


class Predictions:
    """A Markdown table of what the op-ed and its rivals expect, shown by a notebook as text/markdown."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        self.rows = rows

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": self.markdown(), "text/plain": repr(self)}

    def markdown(self) -> str:
        """Return the table."""
        table = [("Claim", "Reading", "Expects"), ("---", "---", "---"), *self.rows]
        return "\n".join("| " + " | ".join(_in_table(cell) for cell in row) + " |" for row in table)

    def __repr__(self) -> str:
        return "\n".join(f"{claim}: {reading}: {expects}" for claim, reading, expects in self.rows)


def predictions(chapter: str) -> Predictions:
    """Return what a chapter's claims predict, each rival beside the op-ed, to be shown before any data."""
    rows = []
    for one in claims(chapter):
        rows.append((f"{one.id} ({SENSES[one.sense]})", "op-ed", one.expects))
        rows.append(("", "counts against it", one.fails_if))
        rows.extend(("", rival, predicts) for rival, predicts in one.rivals.items())
    return Predictions(rows)


def _in_table(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
