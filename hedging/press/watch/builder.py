"""One build in a fork of the bench, by the book's modules as they are on disk now."""

import importlib
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedging.press import sources

if TYPE_CHECKING:
    from hedging.press.session import Session

Report = dict[str, Any]  # faults (what, where, remedy), the line said of the build, whether there are new pages


def report(session: "Session", wish: dict[str, Any]) -> Report:
    """Build the book by freshly imported modules; whatever goes wrong becomes a fault for people."""
    try:
        _forget()
        build = importlib.import_module("hedging.press.build")
        return _build(build, session, wish)
    except Exception as fault:
        return {"faults": [_told(fault)], "said": "not built", "built": False}


def _forget() -> None:
    sources.drop_stale_bytecode()
    sources.forget_modules()
    importlib.invalidate_caches()
    if render := sys.modules.get("myst_nb.core.render"):
        render.load_mime_renders.cache_clear()  # it holds a class of this book, as it was when the bench began


def _build(build: Any, session: "Session", wish: dict[str, Any]) -> Report:
    outcome = build.build(build.Options(**wish), session)
    faults = [_told(fault) for _, fault in sorted(outcome.faults.items())]
    return {"faults": faults, "said": str(outcome), "built": outcome.pages == "built"}


def _told(fault: Exception) -> dict[str, str]:
    if hasattr(fault, "what"):  # a HedgingError: of which import of its module does not matter
        return {"what": fault.what, "where": fault.where, "remedy": fault.remedy}
    again = "mend it; the next save builds again"
    if isinstance(fault, SyntaxError):
        where = f"{_short(fault.filename)}, line {fault.lineno}: {(fault.text or '').strip()}"
        return {"what": f"{type(fault).__name__}: {fault.msg}", "where": where, "remedy": again}
    if isinstance(fault, OSError) and fault.filename:
        what = f"{_short(fault.filename)} cannot be read or written: {fault.strerror}"
        return {"what": what, "where": _short(fault.filename), "remedy": again}
    place = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{_short(place.filename)}, line {place.lineno}: {place.line}"
    return {"what": f"{type(fault).__name__}: {fault}", "where": where, "remedy": again}


def _short(name: Any) -> str:
    root = os.environ.get("HEDGING_ROOT") or str(Path(__file__).parents[3])
    return str(name or "").removeprefix(f"{root}/")


def main(session: "Session", wish: dict[str, Any], out: int) -> None:
    """In the fork: build, write the report as one line to file descriptor `out`, and end."""
    logging.disable(logging.INFO)  # papermill's diary is not for someone who waits for a page
    with os.fdopen(out, "w", encoding="utf-8") as pipe:
        pipe.write(json.dumps(report(session, wish)) + "\n")
