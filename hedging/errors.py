"""The one error that a person is meant to read: what went wrong, where, and what to do next."""

import difflib
from collections.abc import Iterable
from functools import partial
from typing import Any


class HedgingError(Exception):
    """A fault with its place and its remedy; the command line prints it without a traceback.

    `what` is one sentence; `where` names chapter, cell, file, row or column; `remedy` says what to do next; `detail`
    is what only a record keeps, such as a notebook's own traceback.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", detail: str = "") -> None:
        self.what, self.where, self.remedy, self.detail = what, where, remedy, detail
        lines = (what, where and f"  where: {where}", remedy and f"  remedy: {remedy}")
        super().__init__("\n".join(line for line in lines if line))

    def __reduce__(self) -> tuple[Any, ...]:  # else a worker's error would come back without its place
        return partial(type(self), where=self.where, remedy=self.remedy, detail=self.detail), (self.what,)


def unknown(kind: str, name: str, known: Iterable[str], *, where: str = "") -> HedgingError:
    """Build the error for a name that does not exist, with the nearest one that does."""
    options = sorted(known)
    near = difflib.get_close_matches(str(name), options, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return HedgingError(f"unknown {kind}: {name!r}", where=where, remedy=f"{hint}known: {', '.join(options)}")
