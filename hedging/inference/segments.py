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
    best = np.full((series, n + 1), np.inf)
    best[:, 0] = -charge
    came_from = np.zeros((series, n + 1), int)
    for end in range(least, n + 1):
        starts = np.arange(0, end - least + 1)
        cost = _cost(sums, squares, starts, end)
        total = best[:, starts] + cost + charge[:, None]
        # the earliest start wins a tie, so that a break which saves nothing is not made
        came_from[:, end] = (total - 1e-9 * cost[:, :1] <= total.min(axis=1, keepdims=True)).argmax(axis=1)
        best[:, end] = np.take_along_axis(total, came_from[:, [end]], axis=1)[:, 0]
    boundaries = _walk_back(came_from)
    return boundaries, _cost(sums, squares, np.array([0]), n)[:, 0] - (best[:, n] - charge * boundaries.sum(axis=1))


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
    first = np.full((series, n + 1), np.inf)
    sizes = np.arange(least, n + 1)
    first[:, least:] = squares[:, sizes] - sums[:, sizes] ** 2 / sizes
    second, came_from = np.full((series, n + 1), np.inf), np.zeros((series, n + 1), int)
    for end in range(2 * least, n - least + 1):
        starts = np.arange(least, end - least + 1)
        total = first[:, starts] + _cost(sums, squares, starts, end)
        place = total.argmin(axis=1)
        came_from[:, end], second[:, end] = starts[place], total[np.arange(series), place]
    ends = np.arange(2 * least, n - least + 1)
    last = ends[(second[:, ends] + _cost(sums, squares, ends, n)).argmin(axis=1)]
    boundaries, rows = np.zeros((series, n), bool), np.arange(series)
    boundaries[rows, last] = boundaries[rows, came_from[rows, last]] = True
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
    return np.concatenate([np.zeros((len(values), 1)), values.cumsum(axis=1)], axis=1)


def _cost(sums: np.ndarray, squares: np.ndarray, starts: np.ndarray, end: int) -> np.ndarray:
    part = sums[:, [end]] - sums[:, starts]
    return np.maximum(squares[:, [end]] - squares[:, starts] - part**2 / (end - starts), 0.0)


def _walk_back(came_from: np.ndarray) -> np.ndarray:
    series, n = came_from.shape[0], came_from.shape[1] - 1
    boundaries = np.zeros((series, n), bool)
    at, rows = np.full(series, n), np.arange(series)
    while (at > 0).any():
        at = np.where(at > 0, came_from[rows, at], 0)
        boundaries[rows[at > 0], at[at > 0]] = True
    return boundaries
