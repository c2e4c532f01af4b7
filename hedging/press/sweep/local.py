"""The machine at hand: as many runs side by side as it has cores, from one warm parent."""

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from hedging.press.sweep import runs
from hedging.press.sweep.drive import Ended
from hedging.press.sweep.grid import Point
from hedging.press.sweep.runs import Plan


def run(plan: Plan, due: list[Point], workers: int, tell: Ended) -> None:
    """Run all points; an interrupt or a fault of the store ends every kernel and is raised."""
    shop = runs.workshop(plan)
    waiting = iter(due)
    with ThreadPoolExecutor(workers, thread_name_prefix="run") as pool:
        try:
            running: set[Future] = {pool.submit(runs.run, plan, point) for point in islice(waiting, workers)}
            while running:  # a few at a time: an interrupt need not wade through a queue of thousands
                ended, running = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    tell(future.result())
                running |= {pool.submit(runs.run, plan, point) for point in islice(waiting, len(ended))}
        except BaseException:
            shop.session.kill()
            raise
        finally:
            runs.close_all()
