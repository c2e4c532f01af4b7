"""Is the op-ed's periodisation better than other ways to cut the same history into as many eras?

Shifts keep the lengths of the eras and move them together; partitions let every border move by itself. The rank of the
real borders among all partitions is reported; where they are too many to list, among a seeded sample, and so said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.eras import LEFT_OUT, labels
from hedging.inference.spans import Window, varying

MOST = 50_000  # partitions that are listed one by one


@dataclass(frozen=True)
class PartitionTest:
    """Result of a partition placebo: `r2` in [0, 1] of the real borders, `rank` 1 = no partition explains more.

    `p` = rank / n over the `n` partitions compared, the real one among them; `possible` partitions exist, and `exact`
    says that all were compared. `least` is the shortest stretch allowed.
    """

    r2: float
    p: float
    rank: int
    n: int
    possible: int
    exact: bool
    least: int


def partition_test(
    series: pd.Series, eras: Sequence[Window], least: int | None = None, most: int = MOST, seed: int = 20251123
) -> PartitionTest:
    """Rank the R2 of the real eras among contiguous partitions with as many stretches, each at least `least` long.

    `eras` in order; stretches in none of them (2010-17, say) are stretches too, left out of the statistic at the same
    place in every partition. `least` defaults to the shortest real stretch. HedgingError as for `era_test`.
    """
    run = varying(series)
    borders, kept = stretches(labels(run, eras))
    lengths = np.diff(borders)
    shortest = int(lengths.min()) if least is None else least
    if not 1 <= shortest <= lengths.min():
        raise HedgingError(
            f"least={least}", where="partition_test", remedy=f"1 to {lengths.min()}, the shortest stretch"
        )
    possible = count(len(run), len(kept), shortest)
    exact = possible <= most
    others = every(len(run), len(kept), shortest) if exact else sample(len(run), len(kept), shortest, most - 1, seed)
    values = run.to_numpy()[None, :]
    real, drawn = r2_by_partition(values, borders[None, :], kept)[0, 0], r2_by_partition(values, others, kept)[0]
    # a full list holds the real partition, a sample is given it
    rank = int((drawn >= real - 1e-12).sum()) + (0 if exact else 1)
    n = len(others) + (0 if exact else 1)
    return PartitionTest(float(real), rank / n, rank, n, possible, exact, shortest)


def stretches(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the borders (first index of each stretch, and the end) and which stretches are eras (true)."""
    starts = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 2))
    return np.append(starts, len(numbers)), numbers[starts] != LEFT_OUT


def count(n: int, parts: int, least: int) -> int:
    """Return how many ways there are to cut n dates into `parts` stretches of at least `least` dates."""
    return comb(n - parts * least + parts - 1, parts - 1)


def every(n: int, parts: int, least: int) -> np.ndarray:
    """Return the borders of all partitions, one a row."""
    free = n - parts * least + parts - 1
    chosen = np.array(list(combinations(range(free), parts - 1)), int).reshape(-1, parts - 1)
    return _borders(chosen, n, parts, least)


def sample(n: int, parts: int, least: int, size: int, seed: int) -> np.ndarray:
    """Return the borders of `size` partitions drawn evenly from all, one a row; the seed fixes them."""
    free = n - parts * least + parts - 1
    keys = np.random.default_rng(seed).random((size, free))
    return _borders(np.sort(np.argpartition(keys, parts - 2, axis=1)[:, : parts - 1], axis=1), n, parts, least)


def r2_by_partition(values: np.ndarray, borders: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Return the R2 of each partition for each series: series x partitions, in [0, 1]."""
    centred = values - values.mean(axis=1, keepdims=True)
    sums, squares = (np.pad(part.cumsum(axis=1), ((0, 0), (1, 0))) for part in (centred, centred**2))
    between, total, square, size = 0.0, 0.0, 0.0, 0
    for number in np.flatnonzero(kept):
        start, end = borders[:, number], borders[:, number + 1]
        part = sums[:, end] - sums[:, start]
        between, total, size = between + part**2 / (end - start), total + part, size + (end - start)
        square = square + squares[:, end] - squares[:, start]
    spread = square - total**2 / size
    return np.divide(between - total**2 / size, spread, out=np.zeros_like(spread), where=spread > 1e-12 * square)


def _borders(chosen: np.ndarray, n: int, parts: int, least: int) -> np.ndarray:
    """From places among the free dates to borders: each stretch gets its `least` dates back."""
    inner = chosen - np.arange(parts - 1) + least * np.arange(1, parts)
    ends = np.full((len(chosen), 1), n)
    return np.hstack([np.zeros_like(ends), inner, ends])
