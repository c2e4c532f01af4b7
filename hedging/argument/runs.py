"""Specifications run in batches: each distinct series is made once, every circular shift comes with the estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
import pandas as pd

from hedging.argument import measured
from hedging.argument.claims import registry
from hedging.argument.specifications import Span, Specification
from hedging.errors import HedgingError
from hedging.inference import multiverse as arithmetic
from hedging.inference.placebo import without_trend
from hedging.inference.spans import ordinals
from hedging.measures.decompose import two_parts_of_change

TESTED, UNTESTED = "tested", "not testable"
CONSTANT, UNDEFINED = "the same value throughout", "nothing to divide in the window"


@dataclass(frozen=True)
class Run:
    """What one specification found. `estimate` in the unit of the measure; `shifts` the strength under every shift.

    `shifts` is turned so that above 0 is the claimed side, less the threshold, in standard deviations over the shifts;
    its first entry is the true position. None of the numbers exists when `reason` says why not.
    """

    reason: str = ""
    estimate: float = float("nan")
    n: int = 0
    n_against: int = 0
    shifts: np.ndarray | None = None


def run(specs: Sequence[Specification]) -> list[Run]:
    """Return one result for each specification, in their order. A table that cannot be read raises HedgingError."""
    rule, seed = registry().multiverse, registry().seed
    order = sorted(range(len(specs)), key=lambda i: _series_key(specs[i]))
    found: list[Run] = [Run()] * len(specs)
    for key, members in groupby(order, key=lambda i: _series_key(specs[i])):
        places = list(members)
        domain, choices, measure, summary = key
        try:
            series = measured.averaged(domain, dict(choices), measure, summary, rule.draws, seed)
        except HedgingError as fault:
            if domain != "portfolio":
                raise
            results = [Run(fault.what)] * len(places)  # the parts share no year, or one of them is empty
        else:
            results = _batch(series, [specs[i] for i in places], summary)
        for place, result in zip(places, results, strict=True):
            found[place] = result
    return found


def _series_key(spec: Specification) -> tuple[str, tuple[tuple[str, str], ...], str, str]:
    known = measured.domain(spec.domain).forks
    choices = tuple(pair for pair in spec.choices if pair[0] in known)
    return spec.domain, choices, spec.choice("measure"), spec.choice("summary", "mean")


def _batch(series: measured.Averaged, specs: Sequence[Specification], summary: str) -> list[Run]:
    """Run the specifications of one series: those that share a run of dates go through one transform."""
    values, dates = series.columns.to_numpy(float), ordinals(series.columns)
    known = np.isfinite(values).all(axis=1)
    found: list[Run] = [Run()] * len(specs)
    groups: dict[tuple[int, int, bool, str], list[tuple[int, arithmetic.Layout]]] = {}
    for place, spec in enumerate(specs):
        layout = _layout(spec, known, dates)
        if isinstance(layout, str):
            found[place] = Run(layout)
        else:
            key = layout.start, layout.stop, spec.choice("detrend") == "line_out", spec.statistic
            groups.setdefault(key, []).append((place, layout))
    for (start, stop, lined, _), members in groups.items():
        stretch = _stretch(values[start:stop], lined)
        chosen, layouts = [specs[place] for place, _ in members], [layout for _, layout in members]
        raw = [None] * len(members)
        if stretch is not None:
            raw = _statistics(series, stretch, dates[start:stop], chosen, layouts, summary)
        for (place, layout), spec, shifts in zip(members, chosen, raw, strict=True):
            found[place] = Run(CONSTANT) if shifts is None else _told(spec, layout, shifts)
    return found


def _stretch(values: np.ndarray, lined: bool) -> np.ndarray | None:
    """Return the values, without their line where that is asked for; None where nothing but rounding moves in them."""
    moved = without_trend(values[:, 0])[:, None] if lined else values
    return moved if np.ptp(moved, axis=0).max() > 1e-12 * np.abs(values).max() else None


def _layout(spec: Specification, known: np.ndarray, dates: np.ndarray) -> arithmetic.Layout | str:
    if spec.window is None:  # a break is looked for in the whole series
        seen = np.flatnonzero(known)
        whole = (int(dates[seen[0]]), int(dates[seen[-1]])) if seen.size else (0, 0)
        return _laid(known.tobytes(), int(dates[0]), whole, None, 2 * int(spec.choice("side")), False)
    rest = spec.choice("comparison") == "rest"
    return _laid(known.tobytes(), int(dates[0]), spec.window, spec.against, spec.least, rest)


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
    specs: Sequence[Specification],
    layouts: Sequence[arithmetic.Layout],
    summary: str,
) -> list[np.ndarray]:
    """Return the statistic of each specification under every shift, before threshold and sign."""
    statistic = specs[0].statistic
    if statistic == "break":
        sides = [(int(np.searchsorted(dates, spec.since)), int(spec.choice("side"))) for spec in specs]
        return [arithmetic.late_break(values[:, 0], since, side) for since, side in sides]
    targets = np.array([_weights(spec, layout) for spec, layout in zip(specs, layouts, strict=True)])
    rests = np.array([np.zeros(len(values)) if one.rest is None else one.rest / one.rest.sum() for one in layouts])
    if summary == "median":
        means = arithmetic.turned_medians(values[:, 0], targets > 0)
        others = arithmetic.turned_medians(values[:, 0], rests > 0) if rests.any() else np.zeros_like(means)
        return list(means - others)
    names = list(series.columns.columns)
    sums, other = arithmetic.turned(values, targets), arithmetic.turned(values, rests)
    if statistic == "added":
        western, eastern = two_parts_of_change(other[..., 0], other[..., 1], sums[..., 0], sums[..., 1])
        return list(western - eastern)
    made = _made(series, sums, names)
    return list(made - _made(series, other, names)) if rests.any() else list(made)


def _weights(spec: Specification, layout: arithmetic.Layout) -> np.ndarray:
    if spec.statistic == "change":
        return arithmetic.line_weights(layout.target, spec.choice("change"))
    return layout.target / layout.target.sum()


def _made(series: measured.Averaged, means: np.ndarray, names: list[str]) -> np.ndarray:
    """Take the measure of the means, windows x shifts x columns, all at once."""
    flat = means.reshape(-1, means.shape[2])
    # the transform leaves -1e-16 where a sum is nothing, which no tie can be
    flat = np.where(np.abs(flat) <= 1e-12 * np.abs(flat).max(initial=0.0), 0.0, flat)
    if series.value is measured.VALUES["value"]:  # they are what is asked for
        return flat.reshape(means.shape[:2])
    return series.value(pd.DataFrame(flat, columns=names)).to_numpy(float).reshape(means.shape[:2])


def _told(spec: Specification, layout: arithmetic.Layout, shifts: np.ndarray) -> Run:
    if not np.isfinite(shifts[0]):
        return Run(UNDEFINED)
    in_units = arithmetic.strength(spec.sign * (shifts - spec.threshold))
    if in_units is None:
        return Run(CONSTANT)
    n_against = 0 if layout.rest is None else int(layout.rest.sum())
    return Run("", float(shifts[0]), int(layout.target.sum()), n_against, in_units)
