"""One run of a sweep: a chapter with one point of the grid, from a warm kernel, and the record of how it ended."""

import atexit
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, notebook, reach
from hedging.press import fingerprint as prints
from hedging.press.build import Book, Options
from hedging.press.chapters import Chapter
from hedging.press.execute import Job, execute
from hedging.press.fingerprint import Parts
from hedging.press.session import Session
from hedging.press.sweep.grid import Point
from hedging.press.sweep.store import DONE, FAILED, Record, Store

FINDING = "application/vnd.hedging.finding+json"
NUMBER = "application/papermill.record/text/plain"
LIBRARIES = ("altair", "numpy", "pandas", "pyarrow", "ruptures", "scipy", "statsmodels")  # that make the numbers
IDLE = 1  # workshops kept beside the one at work, for sweeps that take turns on one worker

prints.runner()  # hashed now: a worker that goes on after an edit must not pass for the new code


@dataclass(frozen=True)
class Plan:
    """What every run of a sweep shares, small enough to be sent to a worker with each batch."""

    slug: str
    fingerprint: str
    out: str
    limit: float
    memory: int = 0  # bytes of data that a kernel may hold; 0 is no limit
    keep: bool = False

    def store(self) -> Store:
        """Return where this sweep writes."""
        return Store(self.out, self.slug, self.fingerprint)


def inputs(chapter: Chapter) -> Parts:
    """Name and hash all that shapes a run except its own parameters, as it lies on this machine now."""
    reach.file_sha.cache_clear()
    facts = reach.Facts()
    parts = prints.fingerprint(chapter, facts) | {f"library {name}": _version(name) for name in LIBRARIES}
    with contextlib.suppress(OSError):  # a worker may not write into its project
        facts.save()
    return parts


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def digest(parts: Parts) -> str:
    """Hash the inputs. A letter leads, or a reader of the folder's name might take it for a number."""
    return "f" + reach.sha(repr(sorted(parts.items())).encode())[1:]


class Workshop:
    """One process's warm kernels for one sweep: the notebook as it was at the start, and the parent of its kernels."""

    def __init__(self, plan: Plan) -> None:
        [self.chapter] = chapters.select(chapters.read(), (plan.slug,))
        if digest(inputs(self.chapter)) != plan.fingerprint:
            raise HedgingError(
                f"code, data or libraries of chapter {plan.slug} are not what the sweep began with",
                where=str(paths.ROOT),
                remedy="give client and workers the same project and environment, and start the workers again",
            )
        raw = notebook.read_bytes(self.chapter.notebook, plan.slug)
        self.written = notebook.parse(raw, self.chapter.notebook.name)
        self.evidence = _evidence(self.chapter)
        self.session = Session(modules=Book(Options(only=(plan.slug,))).outside([plan.slug]))
        self.users = 0


def _evidence(chapter: Chapter) -> Path | None:
    built = all((paths.CHAPTERS / f"{other}.ipynb").is_file() for other in chapter.after)
    return paths.CHAPTERS if chapter.after and built else None


_open: dict[tuple[str, str], Workshop] = {}
_lock = threading.RLock()


@contextlib.contextmanager
def workshop(plan: Plan) -> Iterator[Workshop]:
    """Give this process's workshop for a plan; another fingerprint has another one, so that nothing is stale."""
    key = (plan.slug, plan.fingerprint)
    with _lock:
        if key not in _open:
            close_idle(IDLE)
            _open[key] = Workshop(plan)
        shop = _open[key]
        shop.users += 1
    try:
        yield shop
    finally:
        with _lock:
            shop.users -= 1


def close_idle(kept: int = 0) -> None:
    """End the warm kernels that no run needs now, but for the `kept` newest."""
    with _lock:
        idle = [key for key, shop in _open.items() if not shop.users]
        for key in idle[: len(idle) - kept]:
            _open.pop(key).session.stop()


def kill_all() -> None:
    """End all kernels of this process, whatever they do; the runs that wait for them then notice."""
    for shop in list(_open.values()):
        shop.session.kill()


atexit.register(close_idle)


def run(plan: Plan, point: Point) -> str:
    """Run one point and write its record; returns its status. Only a fault of the store or an interrupt is raised."""
    with workshop(plan) as shop:
        begun = time.perf_counter()
        told = _attempt(plan, shop, point)
        record(plan, point, {**told, "seconds": round(time.perf_counter() - begun, 3)})
        return told["status"]


def record(plan: Plan, point: Point, told: Record) -> None:
    """Write how a run ended; what is not told is empty."""
    empty = {"findings": "[]", "numbers": "{}", "error": None, "traceback": None, "seconds": None, "memory": None}
    given = json.dumps(point.given(), sort_keys=True)
    plan.store().put({"id": point.id, "parameters": given, **empty, **told})


def _attempt(plan: Plan, shop: Workshop, point: Point) -> Record:
    peaks: list[int] = []
    # Each run has a name of its own in the session's folder: sockets and logs of two runs must not meet.
    job = Job(
        chapter=shop.chapter,
        parameters=shop.chapter.parameters | point.given(),
        evidence=shop.evidence,
        limit=plan.limit,
        session=shop.session,
        memory=plan.memory,
        name=point.id,
        written=shop.written,
        on_peak=peaks.append,
    )
    try:
        executed, _ = execute(job)
    except HedgingError as fault:
        if shop.session.stopping.is_set():
            raise
        told = {"status": FAILED, "error": str(fault), "traceback": fault.detail or str(fault)}
    else:
        told = {"status": DONE, **_reported(executed)}
        if plan.keep:
            plan.store().keep(point.id, notebook.dumps(executed))
    return told | {"memory": max(peaks, default=None)}


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
