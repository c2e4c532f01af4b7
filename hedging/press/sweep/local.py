"""The machine at hand: as many runs side by side as it has cores, from one warm parent."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from hedging.press.sweep import runs
from hedging.press.sweep.drive import Ended
from hedging.press.sweep.grid import Point
from hedging.press.sweep.runs import Plan


def run(plan: Plan, due: Iterator[Point], workers: int, tell: Ended) -> None:
    """Run all points; an interrupt or a fault of the store ends every kernel and is raised."""
    try:
        with runs.workshop(plan), ThreadPoolExecutor(workers, thread_name_prefix="run") as pool:
            try:
                _feed(pool, plan, due, workers, tell)
            except BaseException:
                runs.kill_all()
                raise
    finally:
        runs.close_idle()


def _feed(pool: ThreadPoolExecutor, plan: Plan, due: Iterator[Point], workers: int, tell: Ended) -> None:
    # A few at a time: an interrupt need not wade through a queue of thousands.
    running: set[Future] = {pool.submit(runs.run, plan, point) for point in islice(due, workers)}
    while running:
        ended, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(runs.run, plan, point) for point in islice(due, len(ended))}
        for future in ended:
            tell(future.result())
