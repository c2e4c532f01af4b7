"""Specifications run in batches: each distinct series is made once, every circular shift comes with the estimate.

Series that are known at the same dates and averaged in the same way lie side by side: one transform turns them all.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from hedging.argument import measured
from hedging.argument.claims import registry
from hedging.argument.specifications import Span, Specification
from hedging.errors import HedgingError
from hedging.inference import multiverse as arithmetic
from hedging.inference.placebo import without_trend
from hedging.measures.decompose import two_parts_of_change

TESTED, UNTESTED = "tested", "not testable"
CONSTANT, UNDEFINED = "the same value throughout", "nothing to divide in the window"


@dataclass(frozen=True)
class Run:
    """What one specification found. `estimate` in the unit of the measure; `shifts` the strength under every shift.

    `shifts` is turned so that above 0 is the claimed side, less the threshold, in standard deviations over the shifts;
    its first entry is the true position and `p` the share of them that reach it. None of the numbers exists when
    `reason` says why not.
    """

    reason: str = ""
    estimate: float = float("nan")
    n: int = 0
    n_against: int = 0
    p: float = float("nan")
    shifts: np.ndarray | None = None


class _View(NamedTuple):
    """What a specification asks of its series: all that a layout and the weights in it hang on."""

    statistic: str
    window: Span | None
    against: Span | None
    least: int
    rest: bool
    lined: bool
    change: str
    since: int | None
    side: int

    @classmethod
    def of(cls, spec: Specification) -> "_View":
        chosen = dict(spec.choices)
        return cls(
            spec.statistic,
            spec.window,
            spec.against,
            spec.least,
            chosen.get("comparison") == "rest",
            chosen.get("detrend") == "line_out",
            chosen.get("change", ""),
            spec.since,
            int(chosen.get("side", 0)),
        )


def run(specs: Sequence[Specification]) -> list[Run]:
    """Return one result for each specification, in their order. A table that cannot be read raises HedgingError."""
    found: list[Run] = [Run()] * len(specs)
    members: dict[tuple, list[int]] = {}
    for place, spec in enumerate(specs):
        members.setdefault(_series_key(spec), []).append(place)
    batches: dict[Hashable, list[tuple[measured.Averaged, list[int]]]] = {}
    rule, seed = registry().multiverse, registry().seed
    for key in sorted(members):
        series = _averaged(*key, rule.draws, seed)
        if isinstance(series, str):
            for place in members[key]:
                found[place] = Run(series)
        else:
            batches.setdefault(_alike(series, median=key[-1] == "median"), []).append((series, members[key]))
    for (*_, median), parts in batches.items():
        places = [place for _, own in parts for place in own]
        columns = np.repeat(np.arange(len(parts)), [len(own) for _, own in parts])
        results = _batch([series for series, _ in parts], [specs[place] for place in places], columns, median)
        for place, result in zip(places, results, strict=True):
            found[place] = result
    return found


def _series_key(spec: Specification) -> tuple[str, tuple[tuple[str, str], ...], str, str]:
    known, chosen = measured.domain(spec.domain).forks, dict(spec.choices)
    choices = tuple(pair for pair in spec.choices if pair[0] in known)
    return spec.domain, choices, chosen.get("measure", ""), chosen.get("summary", "mean")


def _averaged(
    domain: str, choices: tuple[tuple[str, str], ...], measure: str, summary: str, draws: int, seed: int
) -> measured.Averaged | str:
    try:
        return measured.averaged(domain, dict(choices), measure, summary, draws, seed)
    except HedgingError as fault:
        if domain != "portfolio":
            raise
        return fault.what  # the parts share no year, or one of them is empty


def _alike(series: measured.Averaged, *, median: bool) -> tuple[Hashable, ...]:
    """Return what series must have in common to be turned side by side; `median` comes last."""
    known = np.isfinite(series.values).all(axis=1).tobytes()
    return known, series.dates[0], series.names, series.value, median


def _batch(
    series: Sequence[measured.Averaged], specs: Sequence[Specification], columns: np.ndarray, median: bool
) -> list[Run]:
    """Run the specifications of series that are alike; `columns` says which series each is about.

    Those that share a run of dates go through one transform.
    """
    values, dates = np.stack([one.values for one in series], axis=1), series[0].dates
    known = np.isfinite(values[:, 0]).all(axis=1).tobytes()
    asked: dict[_View, list[int]] = {}
    for place, spec in enumerate(specs):
        asked.setdefault(_View.of(spec), []).append(place)
    found: list[Run] = [Run()] * len(specs)
    groups: dict[tuple[int, int, bool, str], list[tuple[_View, arithmetic.Layout]]] = {}
    for view, places in asked.items():
        layout = _layout(view, known, int(dates[0]))
        if isinstance(layout, str):
            for place in places:
                found[place] = Run(layout)
        else:
            groups.setdefault((layout.start, layout.stop, view.lined, view.statistic), []).append((view, layout))
    for (start, stop, lined, _), members in groups.items():
        stretch, moves = _stretch(values[start:stop], lined)
        turned = _statistics(series[0], stretch, dates[start:stop], members, median)
        turned = np.where(moves, turned, 0.0)  # else rounding would be told
        places = [place for view, _ in members for place in asked[view]]
        rows = np.repeat(np.arange(len(members)), [len(asked[view]) for view, _ in members])
        layouts = [members[row][1] for row in rows]
        results = _told([specs[place] for place in places], layouts, turned[rows, :, columns[places]])
        for place, result in zip(places, results, strict=True):
            found[place] = result
    return found


def _stretch(values: np.ndarray, lined: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the values, dates x series x columns, without their line where that is asked for, and which series move.

    One in which nothing but rounding is left does not.
    """
    moved = np.stack([without_trend(one) for one in values[:, :, 0].T], axis=1)[:, :, None] if lined else values
    return moved, np.ptp(moved, axis=0).max(axis=1) > 1e-12 * np.abs(values).max(axis=(0, 2))


def _layout(view: _View, known: bytes, first: int) -> arithmetic.Layout | str:
    if view.window is None:  # a break is looked for in the whole series
        seen = first + np.flatnonzero(np.frombuffer(known, bool))
        whole = (int(seen[0]), int(seen[-1])) if seen.size else (0, 0)
        return _laid(known, first, whole, None, 2 * view.side, False)
    return _laid(known, first, view.window, view.against, view.least, view.rest)


@lru_cache(maxsize=4096)
def _laid(
    known: bytes, first: int, window: Span, against: Span | None, least: int, rest: bool
) -> arithmetic.Layout | str:
    """Lay out a window once for all series that are known at the same dates."""
    seen = np.frombuffer(known, bool)
    return arithmetic.lay_out(seen, first + np.arange(len(seen)), window, against, least, rest=rest)


def _statistics(
    series: measured.Averaged,
    values: np.ndarray,
    dates: np.ndarray,
    members: Sequence[tuple[_View, arithmetic.Layout]],
    median: bool,
) -> np.ndarray:
    """Return the statistic under every shift, before threshold and sign: views x shifts x series.

    `values`: dates x series x columns of `series`, which stands for all that are alike.
    """
    statistic = members[0][0].statistic
    if statistic == "break":
        sides = [(int(np.searchsorted(dates, view.since)), view.side) for view, _ in members]
        return np.array(
            [np.column_stack([arithmetic.late_break(one, *side) for one in values[:, :, 0].T]) for side in sides]
        )
    targets = np.array([_weights(view, layout) for view, layout in members])
    against = [layout.rest for _, layout in members]
    rests = None if against[0] is None else np.array([one / one.sum() for one in against])
    if median:
        means = arithmetic.turned_medians(values[:, :, 0], targets > 0)
        return means if rests is None else means - arithmetic.turned_medians(values[:, :, 0], rests > 0)
    sums, other = (None if weights is None else _turned(values, weights) for weights in (targets, rests))
    if statistic == "added":
        western, eastern = two_parts_of_change(other[..., 0], other[..., 1], sums[..., 0], sums[..., 1])
        return western - eastern
    made = _made(series, sums)
    return made if other is None else made - _made(series, other)


def _weights(view: _View, layout: arithmetic.Layout) -> np.ndarray:
    if view.statistic == "change":
        return arithmetic.line_weights(layout.target, view.change)
    return layout.target / layout.target.sum()


def _turned(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Turn dates x series x columns: views x shifts x series x columns."""
    found = arithmetic.turned(values.reshape(len(values), -1), weights)
    return found.reshape(*found.shape[:2], *values.shape[1:])


def _made(series: measured.Averaged, means: np.ndarray) -> np.ndarray:
    """Take the measure of the means, views x shifts x series x columns, all at once."""
    # the transform leaves -1e-16 where a sum is nothing, which no tie can be
    nothing = 1e-12 * np.abs(means).max(axis=(0, 1, 3), keepdims=True, initial=0.0)
    means = np.where(np.abs(means) <= nothing, 0.0, means)
    if series.value is measured.VALUES["value"]:  # they are what is asked for
        return means[..., 0]
    flat = pd.DataFrame(means.reshape(-1, means.shape[3]), columns=list(series.names))
    return series.value(flat).to_numpy(float).reshape(means.shape[:3])


def _told(specs: Sequence[Specification], layouts: Sequence[arithmetic.Layout], shifts: np.ndarray) -> list[Run]:
    """Return the results of specifications whose statistics under every shift are the rows of `shifts`."""
    threshold, sign = np.array([(spec.threshold, spec.sign) for spec in specs]).T[:, :, None]
    strengths = arithmetic.strengths(np.ascontiguousarray(sign * (shifts - threshold)))
    reached = arithmetic.rank_p(strengths)
    return [
        Run(UNDEFINED) if not np.isfinite(found[0])
        else Run(CONSTANT) if not np.isfinite(units[0])
        else Run("", float(found[0]), layout.n, layout.n_against, float(p), units)
        for layout, found, units, p in zip(layouts, shifts, strengths, reached, strict=True)
    ]  # fmt: skip
