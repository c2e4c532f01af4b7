"""Beyond the machine: batches of runs on the workers of a Dask scheduler, which write their results themselves.

Each worker process keeps a warm parent of its own. A worker that dies takes down what it was running, which Dask gives
to another one; a run that had ended before is in the store and is not done again.
"""

import contextlib
import logging
import re
from collections.abc import Iterator
from concurrent.futures import CancelledError
from itertools import islice
from typing import Any

from hedging.errors import HedgingError
from hedging.press.sweep import runs
from hedging.press.sweep.drive import Ended
from hedging.press.sweep.grid import Point
from hedging.press.sweep.runs import Plan

ADDRESS = re.compile(r"(\w+://)?[^/\s:]+:\d+/?")
BATCH = 8  # runs in one task: the scheduler hears of an eighth of them, and a death costs no more than eight
AHEAD = 4  # batches for each thread of the workers that the scheduler holds at a time
PATIENCE = 10  # seconds until a scheduler that does not answer is given up
RETRIES = 3  # deaths of a worker that one batch survives


def run(address: str, plan: Plan, due: list[Point], tell: Ended) -> None:
    """Run all points on the scheduler's workers; HedgingError if it cannot be reached, is lost, or has no workers."""
    from distributed import as_completed

    with _client(address) as client:
        batches = _batches(due)
        ahead = max(1, sum(client.nthreads().values())) * AHEAD
        first = [_submit(client, plan, batch) for batch in islice(batches, ahead)]
        going = as_completed(first, loop=client.loop)
        for future in going:
            for status in future.result():
                tell(status)
            for batch in islice(batches, 1):
                going.add(_submit(client, plan, batch))


def _submit(client: Any, plan: Plan, batch: tuple[Point, ...]) -> Any:
    return client.submit(run_batch, plan, batch, key=f"runs-{batch[0].id}", retries=RETRIES, pure=False)


def _batches(due: list[Point]) -> Iterator[tuple[Point, ...]]:
    for begin in range(0, len(due), BATCH):
        yield tuple(due[begin : begin + BATCH])


def run_batch(plan: Plan, batch: tuple[Point, ...]) -> list[str]:
    """On a worker: run what has not ended yet, for the batch may be one that another worker died of."""
    place = plan.store()
    return [place.known(point.id) or runs.run(plan, point) for point in batch]


@contextlib.contextmanager
def _client(address: str) -> Iterator[Any]:
    where = f"--scheduler {address}"
    remedy = "name a running one, tcp://host:8786"
    if not ADDRESS.fullmatch(address):
        raise HedgingError("no scheduler answers: that is no address", where=where, remedy=remedy)
    try:
        from distributed import Client
    except ImportError as fault:
        raise HedgingError(
            "a scheduler needs Dask", where=where, remedy="pip install 'hedging[distributed]'"
        ) from fault
    logging.getLogger("distributed").setLevel(
        logging.CRITICAL + 1
    )  # it writes tracebacks of what is told here in words
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        what = f"no scheduler answers: {str(fault).splitlines()[0] if str(fault) else type(fault).__name__}"
        raise HedgingError(
            what, where=where, remedy="name its address, tcp://host:8786; start one: dask scheduler"
        ) from fault
    try:
        _await_workers(client, where)
        yield client
    except (CancelledError, OSError) as fault:
        what, remedy = "the scheduler was lost", "start it again and repeat the command: what has ended is kept"
        raise HedgingError(what, where=where, remedy=remedy) from fault
    finally:
        client.close(timeout=PATIENCE)


def _await_workers(client: Any, where: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as fault:
        raise HedgingError(
            "the scheduler has no workers", where=where, remedy="start some: dask worker ADDRESS"
        ) from fault
