"""Beyond the machine: batches of runs on the workers of a Dask scheduler, which write their results themselves.

Each worker process keeps a warm parent of its own. A worker that dies takes down what it was running, which Dask gives
to another one; a run that had ended before is in the store and is not done again. A worker that sees another place
under the address of the results, or other code, data or libraries, ends the sweep before it can mix anything in.
"""

import contextlib
import logging
import re
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from itertools import chain, islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from hedging.errors import HedgingError
from hedging.press.sweep import runs
from hedging.press.sweep.grid import Point
from hedging.press.sweep.runs import Plan
from hedging.press.sweep.store import FAILED

if TYPE_CHECKING:
    from hedging.press.sweep.drive import Due, Ended

ADDRESS = re.compile(r"(\w+://)?[^/\s:]+:\d+/?")
BATCH = 8  # runs in one task: the scheduler hears of an eighth of them, and a death costs no more than eight
AHEAD = 4  # batches for each thread of the workers that the scheduler holds at a time
PATIENCE = 10.0  # seconds until a scheduler that does not answer, or has no workers, is given up
LOOK = 2.0  # seconds between two looks at which workers there are

Batch = tuple[Point, ...]


def run(address: str, plan: Plan, token: str, due: "Due", tell: "Ended") -> None:
    """Run all points on the scheduler's workers.

    `token` is in the lock of the results. Raises HedgingError if the scheduler cannot be reached or is lost, has no
    workers or loses all of them, or if a worker is not fit for this sweep.
    """
    with _client(address) as client:
        Feed(client, plan, token, due, tell).run()
        with contextlib.suppress(OSError, TimeoutError):
            client.run(runs.close_idle, on_error="ignore")


class Feed:
    """Gives workers their batches, a few ahead of what they are at, and hears how the runs ended."""

    def __init__(self, client: Any, plan: Plan, token: str, due: "Due", tell: "Ended") -> None:
        self.client, self.plan, self.token, self.tell = client, plan, token, tell
        self.ended: SimpleQueue = SimpleQueue()
        self.going: dict[Any, Batch] = {}
        self.suspects: set[Point] = set()
        self.threads, self.looked, self.seen = 0, -LOOK, time.monotonic()
        self.look()
        size = max(1, min(BATCH, len(due) // max(1, self.threads * AHEAD)))
        self.batches = _batches(iter(due), size)

    def run(self) -> None:
        """Run everything."""
        while True:
            self.look()
            for batch in islice(self.batches, max(0, self.threads * AHEAD - len(self.going))):
                self.submit(batch)
            if not self.going:
                return
            with contextlib.suppress(Empty):
                future = self.ended.get(timeout=LOOK)
                self.hear(future, self.going.pop(future))

    def look(self) -> None:
        """See now and then how many threads there are, and give up when there have been none for a while."""
        if (now := time.monotonic()) - self.looked < LOOK:
            return
        if self.client.status not in ("running", "connecting"):
            raise CancelledError
        self.threads, self.looked = sum(self.client.nthreads().values()), now
        if self.threads:
            self.seen = now
        elif now - self.seen > PATIENCE:
            raise HedgingError(
                "no worker is left",
                where=f"--scheduler {self.client.scheduler.address}",
                remedy="start some and repeat the command: what has ended is kept",
            )

    def submit(self, batch: Batch) -> None:
        """Hand out one batch; a run that workers have died of goes alone and leaves a trace when it begins."""
        suspect = batch[0] in self.suspects
        future = self.client.submit(run_batch, self.plan, self.token, batch, suspect, pure=False)
        self.going[future] = batch
        future.add_done_callback(self.ended.put)

    def hear(self, future: Any, batch: Batch) -> None:
        """Tell how a batch ended."""
        if future.status != "error":
            for status in future.result():
                self.tell(status)
            return
        fault = future.exception()
        if type(fault).__name__ == "KilledWorker":
            self.bury(batch, fault)
        elif isinstance(fault, HedgingError):
            raise fault
        else:
            raise HedgingError(
                f"a worker cannot run the chapter: {type(fault).__name__}: {fault}",
                where=f"chapter {self.plan.slug}",
                remedy="give it the client's project and environment: PYTHONPATH, HEDGING_ROOT",
            )

    def bury(self, batch: Batch, fault: Any) -> None:
        """Take apart a batch whose workers died, until the run that kills them is found and recorded.

        Dask blames all that waited on a dead worker, too: a run that had not even begun goes back into the line.
        """
        place, first = self.plan.store(), batch[0]
        if len(batch) > 1 or not place.begun(first.id) or place.known(first.id):
            self.suspects.update(batch)
            self.batches = chain(((point,) for point in batch), self.batches)
            return
        told = HedgingError(
            f"the workers that ran it died, {fault.allowed_failures + 1} of them",
            where=f"chapter {self.plan.slug}",
            remedy="see the workers' logs; if memory ran out: --memory MB",
        )
        runs.record(self.plan, first, {"status": FAILED, "error": str(told), "traceback": str(fault)})
        self.tell(FAILED)


def _batches(due: Iterator[Point], size: int) -> Iterator[Batch]:
    while batch := tuple(islice(due, size)):
        yield batch


def run_batch(plan: Plan, token: str, batch: Iterable[Point], suspect: bool) -> list[str]:
    """On a worker: run what has not ended yet, for the batch may be one that another worker died of."""
    from distributed import get_worker

    try:
        place = plan.store()
        if not place.seen(token):
            raise HedgingError(
                "this worker does not see the results there",
                where=plan.out,
                remedy="name an --out that all workers share: a network folder, or an address like s3://bucket/path",
            )
        return [_run(plan, point, suspect) for point in batch]
    except HedgingError as fault:
        where = f"worker {get_worker().address}, {fault.where}"
        raise HedgingError(fault.what, where=where, remedy=fault.remedy, detail=fault.detail) from None


def _run(plan: Plan, point: Point, suspect: bool) -> str:
    place = plan.store()
    if status := place.known(point.id):
        return status
    if suspect:
        place.begin(point.id)
    return runs.run(plan, point)


@contextlib.contextmanager
def _client(address: str) -> Iterator[Any]:
    where = f"--scheduler {address}"
    remedy = "name a running one, tcp://host:8786"
    if not ADDRESS.fullmatch(address):
        raise HedgingError("no scheduler answers: that is no address", where=where, remedy=remedy)
    # distributed, tornado and asyncio log tracebacks of what is told here in words
    before, _ = logging.root.manager.disable, logging.disable(logging.CRITICAL)
    client = None
    try:
        client = _connect(address, where)
        _await_workers(client, where)
        yield client
    except (CancelledError, OSError) as fault:
        what, remedy = "the scheduler was lost", "start it again and repeat the command: what has ended is kept"
        raise HedgingError(what, where=where, remedy=remedy) from fault
    finally:
        if client:
            client.close(timeout=PATIENCE)
        logging.disable(before)


def _connect(address: str, where: str) -> Any:
    try:
        from distributed import Client
    except ImportError as fault:
        raise HedgingError(
            "a scheduler needs Dask", where=where, remedy="pip install 'hedging[distributed]'"
        ) from fault
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:  # TypeError: tls:// without certificates
        what = f"no scheduler answers: {str(fault).splitlines()[0] if str(fault) else type(fault).__name__}"
        raise HedgingError(
            what, where=where, remedy="name its address, tcp://host:8786; start one: dask scheduler"
        ) from fault


def _await_workers(client: Any, where: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as fault:
        raise HedgingError(
            "the scheduler has no workers", where=where, remedy="start some: dask worker ADDRESS --nthreads 1"
        ) from fault
