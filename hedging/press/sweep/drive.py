"""A sweep from its grid to its results: check, run what is not done yet, tell how it goes, count what failed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from hedging.errors import HedgingError
from hedging.press import chapters
from hedging.press import fingerprint as prints
from hedging.press.build import LIMIT, Options
from hedging.press.chapters import Chapter
from hedging.press.reach import Facts, sha
from hedging.press.sweep import grid as grids
from hedging.press.sweep import store
from hedging.press.sweep.grid import Point
from hedging.press.sweep.runs import Plan

Ended = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """What the person asked for. `jobs` 0 means one for each core; `scheduler` is a Dask address."""

    chapter: str
    grid: Path
    out: str
    scheduler: str = ""
    jobs: int = 0
    limit: float = LIMIT
    memory: int = 0
    keep: bool = False
    again: bool = False


@dataclass(frozen=True)
class Tally:
    """How a sweep ended: runs in the grid, done before, done and failed in all."""

    points: int
    before: int
    done: int
    failed: int


def sweep(wish: Wish) -> Tally:
    """Run every point of the grid that has no result yet; what was done before is not done again.

    A failed run is a result, recorded and counted, and is done again only if asked for. Raises HedgingError for a
    fault of the grid, the store or the scheduler; every result that was written stays.
    """
    [chapter] = chapters.select(chapters.read(), (wish.chapter,))
    grid = grids.read(wish.grid, chapter)
    plan = Plan(chapter.slug, _fingerprint(chapter), wish.out, wish.limit, wish.memory, wish.keep)
    points = grid.points(plan.fingerprint)
    kept = plan.store().open()
    try:
        before = {record["id"]: record["status"] for record in kept.records()}
        ended = {id for id, status in before.items() if status == store.DONE or not wish.again}
        due = [point for point in points if point.id not in ended]
        with _bar(len(points), len(points) - len(due), kept) as tell:
            _run(wish, plan, due, tell)
        kept.compact(least=1)
        wanted = {point.id for point in points}
        counts = store.counted(record for record in kept.records() if record["id"] in wanted)
        return Tally(len(points), len(points) - len(due), counts[store.DONE], counts[store.FAILED])
    finally:
        kept.close()


def _fingerprint(chapter: Chapter) -> str:
    """Hash all that shapes a run except its own parameters: another code, table or library is another sweep."""
    facts = Facts()
    parts = prints.fingerprint(chapter, facts)
    facts.save()
    return sha(repr(sorted(parts.items())).encode())


def _run(wish: Wish, plan: Plan, due: list[Point], tell: Ended) -> None:
    if not due:
        return
    if wish.scheduler:
        from hedging.press.sweep import dask

        dask.run(wish.scheduler, plan, due, tell)
    else:
        from hedging.press.sweep import local

        local.run(plan, due, Options(jobs=wish.jobs).workers, tell)


@contextmanager
def _bar(total: int, before: int, kept: store.Store) -> Iterator[Ended]:
    """Show rate, time left and failures; file what has ended now and then."""
    with tqdm(total=total, initial=before, unit="run", disable=not sys.stderr.isatty()) as bar:
        failed = 0

        def tell(status: str) -> None:
            nonlocal failed
            failed += status == store.FAILED
            bar.set_postfix_str(f"{failed} failed" if failed else "", refresh=False)
            bar.update()
            if bar.n % store.EACH == 0:
                kept.compact()

        yield tell


def say(tally: Tally, out: str) -> str:
    """Tell in a line how a sweep ended."""
    fresh = tally.points - tally.before
    failed = f", {tally.failed} of them failed (see `error`; --again repeats them)" if tally.failed else ""
    return f"{tally.points} runs, {tally.before} known before, {fresh} run now{failed}: {out}"


def results(out: str, slug: str) -> list[dict[str, Any]]:
    """Return every record of a chapter's newest sweep under `out`, for analysis; HedgingError if there is none."""
    place = store.Store(out, slug, "*")
    found = sorted(place.fs.glob(f"{place.root}/chapter={slug}/fingerprint=*"), key=place.fs.modified)
    if not found:
        raise HedgingError(f"no sweep of {slug} lies there", where=out, remedy=f"hedging sweep {slug} --out {out}")
    return store.Store(out, slug, found[-1].rpartition("=")[2]).records()
