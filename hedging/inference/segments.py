"""Cutting many series at once into stretches of constant mean, at the least cost: optimal partitioning in matrix form.

`ruptures` cuts one series, and takes a second to import; a calibrated penalty needs thousands of cuts, so the same
least-squares optimum is found here for all series together (`killick2012`, `truong2020`). That both agree is tested.
"""

import numpy as np


def cut(values: np.ndarray, penalty: np.ndarray | float, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (boundaries, gain) of the partition with the least cost + penalty * breaks, each stretch >= `least` long.

    `values`: series x years. `penalty`: one number or one a series, in squared units of the values. boundaries:
    series x years, true at the first year of a new stretch (never at the first year of all); gain: the squares that the
    breaks save against one mean for all, 0 without a break.
    """
    series, n = values.shape
    sums, squares = (_running(part) for part in (values, values**2))
    charge = np.broadcast_to(np.asarray(penalty, float), (series,))
    best = np.full((n + 1, series), np.inf)
    best[0] = -charge
    came_from, every = np.zeros((series, n + 1), int), np.arange(series)
    for end in range(least, n + 1):
        cost = _cost(sums, squares, 0, end - least + 1, end)
        total = best[: end - least + 1] + cost
        total += charge
        # the earliest start wins a tie, so that a break which saves nothing is not made
        place = (total <= total.min(axis=0) + 1e-9 * cost[0]).argmax(axis=0)
        came_from[:, end], best[end] = place, total[place, every]
    boundaries = _walk_back(came_from)
    return boundaries, _cost(sums, squares, 0, 1, n)[0] - (best[n] - charge * boundaries.sum(axis=1))


def alarm_penalty(values: np.ndarray, least: int) -> np.ndarray:
    """Return for each series the smallest penalty at which no break is made: max over k of (squares k breaks save)/k.

    Found by raising the penalty to the mean gain of the breaks that it lets through, until it lets none through.
    """
    level = _single_gain(values, least)
    boundaries, gain = cut(values, level * (1 + 1e-9), least)
    open_ = np.ones(len(values), bool)
    while open_.any():
        breaks = boundaries.sum(axis=1)
        level[open_] = np.where(breaks > 0, gain / np.maximum(breaks, 1), level[open_])
        open_[np.flatnonzero(open_)[breaks == 0]] = False
        if open_.any():
            boundaries, gain = cut(values[open_], level[open_] * (1 + 1e-9), least)
    return level


def best_cut(values: np.ndarray, least: int) -> np.ndarray:
    """Return the boundaries of the least-squares partition with exactly two breaks, as `cut` gives them."""
    series, n = values.shape
    sums, squares = (_running(part) for part in (values, values**2))
    first = np.full((n + 1, series), np.inf)
    sizes = np.arange(least, n + 1)
    first[least:] = squares[sizes] - sums[sizes] ** 2 / sizes[:, None]
    second, came_from, every = np.full((n + 1, series), np.inf), np.zeros((n + 1, series), int), np.arange(series)
    for end in range(2 * least, n - least + 1):
        total = first[least : end - least + 1] + _cost(sums, squares, least, end - least + 1, end)
        place = total.argmin(axis=0)
        came_from[end], second[end] = least + place, total[place, every]
    last = 2 * least + (second[2 * least : n - least + 1] + _cost(sums, squares, 2 * least, n - least + 1, n)).argmin(
        axis=0
    )
    boundaries = np.zeros((series, n), bool)
    boundaries[every, last] = boundaries[every, came_from[last, every]] = True
    return boundaries


def about_means(values: np.ndarray, boundaries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (lag-1 autocorrelation, mean square) of each series about the means of its own stretches."""
    stretch = boundaries.cumsum(axis=1)
    rest = values.copy()
    for number in range(stretch.max() + 1):
        inside = stretch == number
        mean = (values * inside).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
        rest -= inside * mean[:, None]
    same = ~boundaries[:, 1:]
    square = (rest**2).mean(axis=1)
    lagged = (rest[:, 1:] * rest[:, :-1] * same).sum(axis=1) / same.sum(axis=1)
    return np.divide(lagged, square, out=np.zeros(len(values)), where=square > 0), square


def _single_gain(values: np.ndarray, least: int) -> np.ndarray:
    n = values.shape[1]
    sizes = np.arange(least, n - least + 1)
    sums = (values - values.mean(axis=1, keepdims=True)).cumsum(axis=1)[:, sizes - 1]
    return (sums**2 * n / (sizes * (n - sizes))).max(axis=1)


def _running(values: np.ndarray) -> np.ndarray:
    """Return the sums up to each year, years x series: then all starts of a stretch are one block of memory."""
    return np.concatenate([np.zeros((1, len(values))), values.T.cumsum(axis=0)])


def _cost(sums: np.ndarray, squares: np.ndarray, first: int, stop: int, end: int) -> np.ndarray:
    """Return the squares left about the mean from each start (`first` to before `stop`) to `end`: starts x series."""
    length = np.arange(end - first, end - stop, -1)[:, None]
    saved = sums[end] - sums[first:stop]  # and all else in place: most of a calibration's time goes here
    saved *= saved
    saved /= length
    cost = squares[end] - squares[first:stop]
    cost -= saved
    return np.maximum(cost, 0.0, out=cost)


def _walk_back(came_from: np.ndarray) -> np.ndarray:
    series, n = came_from.shape[0], came_from.shape[1] - 1
    boundaries = np.zeros((series, n), bool)
    at, rows = np.full(series, n), np.arange(series)
    while (at > 0).any():
        at = np.where(at > 0, came_from[rows, at], 0)
        boundaries[rows[at > 0], at[at > 0]] = True
    return boundaries
