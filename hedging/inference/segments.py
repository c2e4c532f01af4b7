"""Cutting many series at once into stretches of constant mean, at the least cost: optimal partitioning in matrix form.

`ruptures` cuts one series, and takes a second to import; a calibrated penalty needs thousands of cuts, so the same
least-squares optimum is found here for all series together (`killick2012`, `truong2020`). That both agree is tested.

A stretch saves sum^2/length against no mean at all, so the least squares left are the most saved: only sums are needed,
and series that are centred first keep the rounding small. Inside, years are rows, so that each step takes whole rows.
"""

import numpy as np


def cut(values: np.ndarray, penalty: np.ndarray | float, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (boundaries, gain) of the partition with the least cost + penalty * breaks, each stretch >= `least` long.

    `values`: series x years. `penalty`: one number or one a series, in squared units of the values. boundaries:
    series x years, true at the first year of a new stretch (never at the first year of all); gain: the squares that the
    breaks save against one mean for all, 0 without a break.
    """
    series, n = values.shape
    charge = np.broadcast_to(np.asarray(penalty, float), (series,))
    sums, squares = _running(values)
    best = _most_saved(sums, charge, least)
    boundaries = np.zeros((series, n), bool)
    slack = 1e-9 * squares  # the earliest start wins a tie, so that a break which saves nothing is not made
    rows = np.flatnonzero(best[n] + charge > slack)
    at = np.full(len(rows), n)
    while rows.size:
        total = _from_each_start(best, sums, at, rows, least)
        at = (total >= total.max(axis=0) - slack[rows]).argmax(axis=0)
        rows, at = rows[at > 0], at[at > 0]
        boundaries[rows, at] = True
    breaks = boundaries.sum(axis=1)
    return boundaries, np.where(breaks > 0, best[n] + charge * (1 + breaks), 0.0)


def alarm_penalty(values: np.ndarray, least: int, known: np.ndarray | float = 0.0) -> np.ndarray:
    """Return for each series the smallest penalty at which no break is made: max over k of (squares k breaks save)/k.

    Found by raising the penalty to the mean gain of the breaks that it lets through, until it lets none through.
    `known`: what some breaks are known to save, by break, so that fewer rounds are needed.
    """
    level = np.maximum(_single_gain(values, least), known)
    rows = np.arange(len(values))
    while rows.size:
        boundaries, gain = cut(values[rows], level[rows] * (1 + 1e-9), least)
        breaks = boundaries.sum(axis=1)
        rows, gain, breaks = (part[breaks > 0] for part in (rows, gain, breaks))
        level[rows] = gain / breaks
    return level


def best_cut(values: np.ndarray, least: int) -> np.ndarray:
    """Return the boundaries of the least-squares partition with exactly two breaks, as `cut` gives them."""
    series, n = values.shape
    sums, _ = _running(values)
    first, second, work = np.full_like(sums, -np.inf), np.full_like(sums, -np.inf), np.empty_like(sums)
    first[least:] = sums[least:] ** 2 / np.arange(least, n + 1)[:, None]
    for end in range(2 * least, n - least + 1):
        _saved(first, sums, least, end - least + 1, end, work).max(axis=0, out=second[end])
    last = 2 * least + _saved(second, sums, 2 * least, n - least + 1, n, work).argmax(axis=0)
    boundaries, every = np.zeros((series, n), bool), np.arange(series)
    middle = _from_each_start(first, sums, last, every, least).argmax(axis=0)
    boundaries[every, last] = boundaries[every, middle] = True
    return boundaries


def about_means(values: np.ndarray, boundaries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (lag-1 autocorrelation, mean square) of each series about the means of its own stretches."""
    rest = rests(values, boundaries)
    same = ~boundaries[:, 1:]
    square = np.einsum("st,st->s", rest, rest) / values.shape[1]
    lagged = np.einsum("st,st,st->s", rest[:, 1:], rest[:, :-1], same) / same.sum(axis=1)
    return np.divide(lagged, square, out=np.zeros(len(values)), where=square > 0), square


def rests(values: np.ndarray, boundaries: np.ndarray) -> np.ndarray:
    """Return what each series leaves about the means of its own stretches; both arguments series x years."""
    first = boundaries.copy()
    first[:, 0] = True
    starts = np.flatnonzero(first)  # of all series one after the other, in which each stretch is a run
    lengths = np.diff(starts, append=first.size)
    means = np.repeat(np.add.reduceat(values.ravel(), starts) / lengths, lengths).reshape(values.shape)
    return np.subtract(values, means, out=means)


def _single_gain(values: np.ndarray, least: int) -> np.ndarray:
    n = values.shape[1]
    sizes = np.arange(least, n - least + 1)
    sums, _ = _running(values)
    return (sums[sizes] ** 2 * (n / (sizes * (n - sizes)))[:, None]).max(axis=0)


def _running(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return of the centred series the sums up to before each year (years + 1 x series), and the squares in all."""
    centred = values - values.mean(axis=1, keepdims=True)
    sums = np.zeros((values.shape[1] + 1, len(values)))
    sums[1:] = centred.cumsum(axis=1).T
    return sums, np.einsum("st,st->s", centred, centred)


def _most_saved(sums: np.ndarray, charge: np.ndarray, least: int) -> np.ndarray:
    """Return what the best partition up to before each year saves, less a charge for every stretch."""
    n, work = len(sums) - 1, np.empty_like(sums)
    best = np.full_like(sums, -np.inf)
    best[0] = 0.0
    for end in range(least, n + 1):
        _saved(best, sums, 0, end - least + 1, end, work).max(axis=0, out=best[end])
        best[end] -= charge
    return best


def _saved(before: np.ndarray, sums: np.ndarray, first: int, stop: int, end: int, work: np.ndarray) -> np.ndarray:
    """Return what is saved with the last stretch from each start (`first` to before `stop`) to `end`: starts x series.

    `before`: what is saved up to each start. `work` takes the result: most of a calibration's time goes here.
    """
    total = np.subtract(sums[end], sums[first:stop], out=work[: stop - first])
    total *= total
    total *= 1 / np.arange(end - first, end - stop, -1)[:, None]
    total += before[first:stop]
    return total


def _from_each_start(before: np.ndarray, sums: np.ndarray, end: np.ndarray, rows: np.ndarray, least: int) -> np.ndarray:
    """Return the same for the series `rows`, each with an end of its own; -inf where the stretch would be too short."""
    starts = np.arange(end.max() - least + 1)[:, None]
    length = end - starts
    saved = (sums[end, rows] - sums[starts, rows]) ** 2 / np.maximum(length, 1)
    return np.where(length >= least, before[starts, rows] + saved, -np.inf)
