"""One run of a sweep: a chapter with one point of the grid, from a warm kernel, and the record of how it ended."""

import atexit
import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, notebook
from hedging.press.build import Book, Options
from hedging.press.execute import Job, execute
from hedging.press.session import Session
from hedging.press.sweep.grid import Point
from hedging.press.sweep.store import DONE, FAILED, Store

FINDING = "application/vnd.hedging.finding+json"
NUMBER = "application/papermill.record/text/plain"


@dataclass(frozen=True)
class Plan:
    """What every run of a sweep shares, small enough to be sent to a worker with each batch."""

    slug: str
    fingerprint: str
    out: str
    limit: float
    memory: int = 0  # bytes of address space that a kernel may take; 0 is no limit
    keep: bool = False

    def store(self) -> Store:
        """Return where this sweep writes."""
        return Store(self.out, self.slug, self.fingerprint)


class Workshop:
    """The warm kernels of one process: made with its first run, ended with it."""

    def __init__(self, slug: str) -> None:
        [self.chapter] = chapters.select(chapters.read(), (slug,))
        self.session = Session(modules=Book(Options(only=(slug,))).outside([slug]))

    def close(self) -> None:
        """End the kernels."""
        self.session.stop()


_open: dict[tuple[str, str], Workshop] = {}
_lock = threading.Lock()


def workshop(plan: Plan) -> Workshop:
    """Return this process's workshop for a plan; another fingerprint gets another one, so that nothing is stale."""
    key = (plan.slug, plan.fingerprint)
    with _lock:
        if key not in _open:
            close_all()
            _open[key] = Workshop(plan.slug)
        return _open[key]


def close_all() -> None:
    """End the warm kernels of this process."""
    while _open:
        _open.popitem()[1].close()


atexit.register(close_all)


def run(plan: Plan, point: Point) -> str:
    """Run one point and write its record; returns its status. Only a fault of the store or an interrupt is raised."""
    shop = workshop(plan)
    begun = time.perf_counter()
    record = {"id": point.id, "parameters": json.dumps(point.given(), sort_keys=True)}
    try:
        executed = _execute(plan, shop, point)
    except HedgingError as fault:
        if shop.session.stopping.is_set():
            raise
        told = {"status": FAILED, "error": str(fault), "traceback": fault.detail or str(fault)}
        told |= {"findings": "[]", "numbers": "{}"}
    else:
        told = {"status": DONE, "error": None, "traceback": None, **_reported(executed)}
        if plan.keep:
            plan.store().keep(point.id, notebook.dumps(executed))
    plan.store().put({**record, **told, "seconds": round(time.perf_counter() - begun, 3)})
    return told["status"]


def _execute(plan: Plan, shop: Workshop, point: Point) -> notebook.Notebook:
    # Each run has a name of its own in the session's folder: sockets and logs of two runs must not meet.
    given, evidence = shop.chapter.parameters | point.given(), _evidence(shop.chapter)
    job = Job(shop.chapter, given, evidence, plan.limit, shop.session, memory=plan.memory, name=point.id)
    return execute(job)[0]


def _evidence(chapter: chapters.Chapter) -> Path | None:
    built = all((paths.CHAPTERS / f"{other}.ipynb").is_file() for other in chapter.after)
    return paths.CHAPTERS if chapter.after and built else None


def _reported(executed: notebook.Notebook) -> dict[str, str]:
    """Return what the chapter told: its findings in order, and its numbers by name."""
    findings: list[Any] = []
    numbers: dict[str, str] = {}
    for cell in notebook.code_cells(executed):
        for output in cell["outputs"]:
            data = output.get("data", {})
            if FINDING in data:
                findings.append(data[FINDING])
            if NUMBER in data:
                numbers[output["metadata"]["scrapbook"]["name"]] = "".join(data[NUMBER])
    return {"findings": json.dumps(findings, sort_keys=True), "numbers": json.dumps(numbers, sort_keys=True)}
