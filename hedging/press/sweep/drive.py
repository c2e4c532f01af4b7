"""A sweep from its grid to its results: check, run what is not done yet, tell how it goes, count what failed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters, notebook, parameters
from hedging.press import fingerprint as prints
from hedging.press.build import LIMIT, Options
from hedging.press.chapters import Chapter
from hedging.press.sweep import grid as grids
from hedging.press.sweep import runs
from hedging.press.sweep.grid import Grid, Point
from hedging.press.sweep.parts import EACH, Parts, among
from hedging.press.sweep.progress import Progress
from hedging.press.sweep.runs import Plan
from hedging.press.sweep.store import DONE, FAILED, Store, absolute

if TYPE_CHECKING:
    import pandas as pd

Ended = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """What the person asked for. `jobs` 0 means one for each core; `scheduler` is a Dask address."""

    chapter: str
    grid: Path
    out: str = ""  # empty: below _build/sweep
    scheduler: str = ""
    jobs: int = 0
    limit: float = LIMIT  # seconds that one run may take
    memory: int = 0  # bytes of data that one run may hold; 0 is no limit
    keep: bool = False
    again: bool = False


@dataclass
class Tally:
    """How a sweep stands: runs in the grid, ended before it began, done and failed in all."""

    points: int
    before: int
    done: int
    failed: int
    out: str


@dataclass(frozen=True)
class Due:
    """The points that are still to be run, as arrays of their numbers and names."""

    grid: Grid
    numbers: np.ndarray
    names: np.ndarray

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Point]:
        return (self.grid.point(int(number), int(name)) for number, name in zip(self.numbers, self.names, strict=True))


def sweep(wish: Wish) -> Tally:
    """Run every point of the grid that has no result yet; what was done before is not done again.

    A failed run is a result, recorded and counted, and is done again only if asked for. Raises HedgingError for a
    fault of the grid, the store or the scheduler; every result that was written stays.
    """
    [chapter] = chapters.select(chapters.read(), (wish.chapter,))
    written = notebook.parse(notebook.read_bytes(chapter.notebook, chapter.slug), chapter.notebook.name)
    known = parameters.read(chapter, written)
    grid = grids.read(wish.grid, known)
    inputs = runs.inputs(chapter)
    out = absolute(wish.out or default(chapter.slug))
    plan = Plan(chapter.slug, runs.digest(inputs), out, wish.limit, wish.memory, wish.keep)
    place = plan.store().open()
    try:
        parts = Parts(place, known)
        tally, due = _due(grid, plan, parts, wish.again)
        try:
            with Progress(tally.points, tally.before, tally.failed) as progress:
                _run(wish, plan, place.token, due, _Count(tally, parts, progress))
        finally:
            parts.compact()
        _unchanged(chapter, inputs, plan)
        return tally
    finally:
        place.close()


def default(slug: str) -> str:
    """Return where a chapter's sweep lies unless another place is named."""
    return str(paths.BUILD / "sweep" / slug)


def _due(grid: Grid, plan: Plan, parts: Parts, again: bool) -> tuple[Tally, Due]:
    """Find the points that have not ended; failed ones among them if they shall be done again."""
    done, failed = parts.ended()
    tally, numbers, names = Tally(0, 0, 0, 0, plan.out), [], []
    for some, called in grid.points(plan.fingerprint):
        good, bad = among(called, done), among(called, failed) & (not again)
        tally.points += len(some)
        tally.done += int(good.sum())
        tally.failed += int(bad.sum())
        numbers.append(some[~(good | bad)])
        names.append(called[~(good | bad)])
    tally.before = tally.done + tally.failed
    return tally, Due(grid, np.concatenate(numbers), np.concatenate(names))


class _Count:
    """Hears how each run ended: counts it, shows it, and files what has gathered."""

    def __init__(self, tally: Tally, parts: Parts, progress: Progress) -> None:
        self.tally, self.parts, self.progress = tally, parts, progress
        self.gathered = 0

    def __call__(self, status: str) -> None:
        self.tally.done += status == DONE
        self.tally.failed += status == FAILED
        self.progress.step(self.tally.failed)
        self.gathered += 1
        if self.gathered >= EACH:
            self.parts.compact()
            self.gathered = 0


def _run(wish: Wish, plan: Plan, token: str, due: Due, tell: Ended) -> None:
    if not len(due):
        return
    if wish.scheduler:
        from hedging.press.sweep import dask

        dask.run(wish.scheduler, plan, token, due, tell)
    else:
        from hedging.press.sweep import local

        local.run(plan, iter(due), min(Options(jobs=wish.jobs).workers, len(due)), tell)


def _unchanged(chapter: Chapter, before: prints.Parts, plan: Plan) -> None:
    """Refuse to call a sweep done whose later runs may have seen other inputs than the earlier ones."""
    if why := prints.why(before, runs.inputs(chapter)):
        raise HedgingError(
            f"{why} while chapter {chapter.slug} was swept: its runs may differ for that reason",
            where=plan.store().parts,
            remedy="delete that folder and repeat the sweep",
        )


def say(tally: Tally) -> str:
    """Tell in a line how a sweep ended."""
    fresh = tally.points - tally.before
    failed = f", {tally.failed} of them failed (see `error`; --again repeats them)" if tally.failed else ""
    return f"{tally.points} runs, {tally.before} known before, {fresh} run now{failed}: {tally.out}"


def results(out: str, slug: str) -> "pd.DataFrame":
    """Return the runs of a chapter's newest sweep under `out`, one row a run, sorted by id; HedgingError if none.

    Columns as in `parts`. Older sweeps (other code, other data) lie beside it: `pandas.read_parquet(out)` reads all.
    """
    import pandas as pd

    place = Store(out, slug, "")
    folders = place.listed(f"{place.root}/chapter={slug}", "fingerprint=")
    files = [path for folder in folders for path in place.listed(folder, "part-")]
    if not files:
        raise HedgingError(f"no sweep of {slug} lies there", where=out, remedy=f"hedging sweep {slug} --out {out}")
    newest = max(files, key=place.fs.modified).rpartition("/")[0]
    frames = []
    for path in files:
        if path.startswith(f"{newest}/"):
            with place.told("cannot read there"), place.fs.open(path) as file:
                frames.append(pd.read_parquet(file))
    return pd.concat(frames).sort_values("id", ignore_index=True)
