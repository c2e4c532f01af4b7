"""The one error that a person is meant to read: what went wrong, where, and what to do next."""

import difflib
from collections.abc import Iterable


class HedgingError(Exception):
    """A fault with its place and its remedy; the command line prints it without a traceback.

    `what` is one sentence; `where` names chapter, cell, file, row or column; `remedy` says what to do next.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        lines = (what, where and f"  where: {where}", remedy and f"  remedy: {remedy}")
        super().__init__("\n".join(line for line in lines if line))


def unknown(kind: str, name: str, known: Iterable[str], *, where: str = "") -> HedgingError:
    """Build the error for a name that does not exist, with the nearest one that does."""
    options = sorted(known)
    near = difflib.get_close_matches(str(name), options, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return HedgingError(f"unknown {kind}: {name!r}", where=where, remedy=f"{hint}known: {', '.join(options)}")
