"""The arithmetic of many specifications at once: one statistic under every circular shift of its series.

A mean over a window is a product with weights, so all shifts of all windows of a series are one circular correlation.
What is nonlinear (a balance of pooled ties, a split of a change) is a function of such means and is taken afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hedging.inference.breaks import f_by_date

Span = tuple[int, int]
NOTHING, GAP, BETWEEN = "no observation", "a gap inside", "a gap between the window and its comparison"


@dataclass(frozen=True)
class Layout:
    """Where a window lies in an unbroken run of a series: rows `start` to `stop` (excluded), and two masks over them.

    `rest` is None where the statistic has no comparison.
    """

    start: int
    stop: int
    target: np.ndarray
    rest: np.ndarray | None = None

    @cached_property
    def n(self) -> int:
        """How many dates are in the window."""
        return int(self.target.sum())

    @cached_property
    def n_against(self) -> int:
        """How many dates it is compared with."""
        return 0 if self.rest is None else int(self.rest.sum())


def lay_out(
    known: np.ndarray, dates: np.ndarray, window: Span, against: Span | None, least: int, *, rest: bool = False
) -> Layout | str:
    """Place a window and its comparison in a series, or say in words why that cannot be done.

    `known`: true where a date is observed; `dates`: whole numbers that grow by one; spans are inclusive. `rest`
    compares with all of the run outside the window. Missing dates at the ends of the series are cut off; one inside the
    window, inside the comparison or between the two leaves no number: circular shifts mean nothing across a gap.
    """
    seen = np.flatnonzero(known)
    if not seen.size:
        return f"{NOTHING} in the series"
    covered = (dates >= dates[seen[0]]) & (dates <= dates[seen[-1]])
    masks = []
    for name, span in (("window", window), ("comparison", against)):
        if span is None:
            continue
        mask = covered & (dates >= span[0]) & (dates <= span[1])
        if (mask & known).sum() < least:
            count = int((mask & known).sum())
            return f"{count} observed in the {name}, {least} needed" if count else f"{NOTHING} in the {name}"
        if (mask & ~known).any():
            return f"{GAP} the {name}"
        masks.append(mask)
    both = np.flatnonzero(np.any(masks, axis=0))
    if not known[both[0] : both[-1] + 1].all():
        return BETWEEN
    start, stop = _run(known, int(both[0]))
    inside = [mask[start:stop] for mask in masks]
    if rest:
        inside.append(~inside[0])
        if inside[1].sum() < least:
            return f"{int(inside[1].sum())} observed in the rest, {least} needed"
    return Layout(start, stop, inside[0], inside[1] if len(inside) > 1 else None)


def _run(known: np.ndarray, at: int) -> Span:
    """Return the first row and the row after the last of the unbroken stretch that holds row `at`."""
    gaps = np.flatnonzero(~known)
    before, after = gaps[gaps < at], gaps[gaps > at]
    return (int(before[-1]) + 1 if before.size else 0), (int(after[0]) if after.size else len(known))


def turned(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return weighted sums under every circular shift: `values` n x k, `weights` windows x n, result windows x n x k.

    Entry [w, s] is sum_t weights[w, t] * values[t + s], so entry [w, 0] is the true position. By fast Fourier
    transform, exact to rounding.
    """
    n = len(values)
    product = np.fft.rfft(values, axis=0)[None] * np.conj(np.fft.rfft(weights, axis=1))[:, :, None]
    return np.fft.irfft(product, n=n, axis=1)


def turned_medians(values: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Return medians of a window under every circular shift: `values` n x k, `masks` windows x n, windows x n x k.

    No value may be missing, no window empty.
    """
    n = len(values)
    circle, turns = np.concatenate([values, values]), np.arange(n)[None, :]
    found: dict[bytes, np.ndarray] = {}
    for mask in masks:
        if mask.tobytes() not in found:
            ordered = np.sort(circle[np.flatnonzero(mask)[:, None] + turns], axis=0)
            found[mask.tobytes()] = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return np.array([found[mask.tobytes()] for mask in masks])


def line_weights(mask: np.ndarray, how: str) -> np.ndarray:
    """Return weights w whose product with a series is its change over the window: "ends", last less first date, or
    "trend", the rise of the least-squares line from the first date to the last. Needs two dates or more.
    """
    places = np.flatnonzero(mask)
    weights = np.zeros(len(mask))
    if how == "ends":
        weights[places[-1]], weights[places[0]] = 1.0, -1.0
        return weights
    time = np.arange(len(places)) - (len(places) - 1) / 2
    weights[places] = time / (time @ time) * (len(places) - 1)
    return weights


def late_break(values: np.ndarray, since: int, side: int) -> np.ndarray:
    """Return ln(best F at row `since` or later / best F before) under every circular shift of the series, n values.

    F is that of one mean shift at each date with `side` dates or more on either side (`baiperron1998` with one break).
    Above 0: the single best break is a late one. NaN where no date lies on one of the sides.
    """
    n = len(values)
    turns = values[(np.arange(n)[None, :] + np.arange(n)[:, None]) % n]
    f = f_by_date(turns, side)
    first = max(since - side, 0)
    if not 0 < first < f.shape[1]:
        return np.full(n, np.nan)
    late, early = f[:, first:].max(axis=1), f[:, :first].max(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((late > 0) & (early > 0), np.log(late / early), np.nan)


def strengths(shifts: np.ndarray) -> np.ndarray:
    """Return statistics under every shift in units of their standard deviation over the shifts: statistics x shifts.

    A row is all NaN for a statistic that no shift moves, such as that of a constant series, and for one without a true
    position, the first entry. Infinite entries become NaN.
    """
    known = np.isfinite(shifts)
    least = 1e-12 + 1e-9 * np.abs(shifts).max(axis=1, where=known, initial=0.0)  # below it is rounding only
    whole, scale = known.all(axis=1), np.zeros(len(shifts))
    scale[whole] = shifts[whole].std(axis=1)
    for row in np.flatnonzero(known[:, 0] & ~whole):
        scale[row] = shifts[row, known[row]].std()
    scale[scale <= least] = np.nan
    return np.where(known, shifts, np.nan) / scale[:, None]


def rank_p(shifts: np.ndarray) -> np.ndarray:
    """Return the share of the shifts that reach the true position, the first of the last axis, counted in: [1/n, 1].

    NaN without a true position.
    """
    known = np.isfinite(shifts)
    nearly = 1e-9 * np.abs(shifts).max(axis=-1, where=known, initial=0.0)
    reached = (shifts >= (shifts[..., 0] - nearly)[..., None]).sum(axis=-1)
    return np.where(known[..., 0], reached / np.maximum(known.sum(axis=-1), 1), np.nan)


def together(shifts: Sequence[np.ndarray]) -> np.ndarray:
    """Return all series turned by the same part of the circle: specifications x places, column 0 the true position.

    Series of different lengths are shifted by floor(j*n/m) places, m the shortest length, so that each goes once
    round and none comes back to where it was. Where all are equally long these are all their circular shifts.
    """
    places = min(map(len, shifts))
    return np.array([one[np.arange(places) * len(one) // places] for one in shifts])


def known_quantiles(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return quantiles of what is known in each column: `values` n x k, result shares x k, in the unit of `values`.

    What `np.nanquantile(values, shares, axis=0)` says (its linear method), with one sort for all columns and shares.
    `shares` in [0, 1]; no column may be without a known value.
    """
    upward, last = np.sort(values, axis=0), (~np.isnan(values)).sum(axis=0) - 1  # what is missing comes last
    place = shares[:, None] * last
    below = place.astype(int)
    part = place - below
    low, high = (np.take_along_axis(upward, at, axis=0) for at in (below, np.minimum(below + 1, last)))
    step = high - low
    return np.where(part < 0.5, low + step * part, high - step * (1 - part))
