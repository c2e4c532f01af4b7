"""Are the dated expectations met, and would random dates have met as many?

A random date is a circular shift of the whole series against the window, which keeps its ups and downs as they are;
parts that read one series share its shift. For each part the answer is worked out at every shift, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from hedging.argument.expected import Expectation, Expectations, Part, expectations
from hedging.argument.expected_series import series
from hedging.errors import HedgingError
from hedging.measures import equidistance, hhi, level, shares, tilt

SLACK = (-1, 0, 1)  # years by which a date may slip
SHORTEST = 10  # observed years; a shorter series has no dates to choose from

HIT, MISS, UNTESTABLE = "hit", "miss", "not testable"


@dataclass(frozen=True)
class Scorecard:
    """`rows`: one an expectation (id, domain, says, agreement, start and end year, outcome, chance, parts in words).

    `chance` is the share of that expectation's own shifts that meet it. `hits` of `compared` expectations with series
    long enough to be shifted; `by_chance` the hits of each random draw; `p` the share of draws, the true dates
    counted in, with as many hits or more.
    """

    rows: pd.DataFrame
    hits: int
    compared: int
    by_chance: np.ndarray
    p: float

    def by_domain(self) -> pd.DataFrame:
        """Return hits, misses and untestable ones by domain, with the hits that chance would give."""
        counts = pd.crosstab(self.rows["domain"], self.rows["outcome"]).reindex(
            columns=[HIT, MISS, UNTESTABLE], fill_value=0
        )
        return counts.assign(by_chance=self.rows.groupby("domain")["chance"].sum()).rename_axis(columns=None)


def score(given: Expectations | None = None) -> Scorecard:
    """Score the expectations, and as many random draws of dates as their file asks for; same file, same result."""
    asked = given or expectations()
    answers = {(one.id, n): at_every_shift(part) for one in asked.expectations for n, part in enumerate(one.parts)}
    rows = pd.DataFrame([_row(one, answers) for one in asked.expectations])
    shifted = rows["chance"].notna()
    drawn = _draw(asked, answers, set(rows.loc[shifted, "id"]))
    hits = int((rows["outcome"] == HIT)[shifted].sum())
    reached = int((drawn >= hits).sum())
    return Scorecard(rows, hits, int(shifted.sum()), drawn, (1 + reached) / (1 + len(drawn)))


def _row(one: Expectation, answers: dict) -> dict:
    found = [answers[one.id, n] for n in range(len(one.parts))]
    now = [bool(part[0]) if not np.isnan(part[0]) else None for part in found]
    outcome = UNTESTABLE if None in now else HIT if all(now) else MISS
    return {
        "id": one.id,
        "domain": one.domain,
        "says": one.says,
        "agreement": one.agreement,
        "start": min(part.window[0] for part in one.parts),
        "end": max(part.window[1] for part in one.parts),
        "outcome": outcome,
        "chance": _chance(one, found) if outcome != UNTESTABLE else np.nan,
        "parts": tuple(zip(map(describe, one.parts), now, strict=True)),
    }


def _chance(one: Expectation, found: list[np.ndarray]) -> float:
    """Share of random dates that meet all parts; NaN where a part's series is too short to be shifted."""
    if any(len(part) < SHORTEST for part in found):
        return np.nan
    joint = {}
    for part, answer in zip(one.parts, found, strict=True):
        met = np.where(np.isnan(answer), 0.0, answer)
        joint[part.series] = joint.get(part.series, 1.0) * met
    return float(np.prod([met.mean() for met in joint.values()]))


def _draw(asked: Expectations, answers: dict, compared: set[str]) -> np.ndarray:
    """Return the hits of each random draw: one shift a series, the same for all parts that read it."""
    rng = np.random.default_rng(asked.seed)
    chosen = [one for one in asked.expectations if one.id in compared]
    lengths = {p.series: len(answers[one.id, n]) for one in chosen for n, p in enumerate(one.parts)}
    shift = {name: rng.integers(0, size, asked.draws) for name, size in sorted(lengths.items())}
    hits = np.zeros(asked.draws, dtype=int)
    for one in chosen:
        met = [answers[one.id, n][shift[part.series]] == 1 for n, part in enumerate(one.parts)]
        hits += np.all(met, axis=0)
    return hits


def at_every_shift(part: Part) -> np.ndarray:
    """Return 1 (met), 0 (not met) or NaN (cannot be told) for each circular shift of the series; [0] is no shift."""
    frame = series(part.series)
    return KIND[part.kind](part, frame)


def _positions(frame: pd.DataFrame, window: tuple[int, int], what: str) -> np.ndarray:
    first = int(frame.index[0])
    found = np.arange(window[0], window[1] + 1) - first
    if found[0] < 0 or found[-1] >= len(frame):
        raise HedgingError(
            f"{window[0]}-{window[1]} lies outside the series {what}, {first}-{frame.index[-1]}",
            where="expectations.yml",
        )
    return found


def _pooled(part: Part, frame: pd.DataFrame, window: tuple[int, int], slip: int) -> np.ndarray:
    """Return the measure pooled over the window, at every shift; a year in which a tie that it needs is open is out."""
    places = _positions(frame, window, part.series) + slip
    frame = frame[_needed(part, frame)]
    values, n = frame.to_numpy(float), len(frame)
    picked = values[(places[None, :] - np.arange(n)[:, None]) % n]  # shifts x years x columns
    whole = ~np.isnan(picked).any(axis=2, keepdims=True)
    counted = whole.sum(axis=1)
    with np.errstate(invalid="ignore"):
        means = np.where(whole, picked, 0.0).sum(axis=1) / np.where(counted > 0, counted, np.nan)
    return _measure(part, pd.DataFrame(means, columns=frame.columns)).to_numpy(float)


def _any(answers: list[np.ndarray]) -> np.ndarray:
    """Return 1 where any slip of the window meets it; the unslipped window decides whether it can be told."""
    told = np.isnan(answers[SLACK.index(0)])
    return np.where(told, np.nan, np.nanmax(np.vstack([*answers, np.zeros_like(answers[0])]), axis=0))


def _truth(values: np.ndarray, met: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, met.astype(float))


def _level(part: Part, frame: pd.DataFrame) -> np.ndarray:
    sign = 1 if part.direction == "above" else -1
    found = [_pooled(part, frame, part.window, slip) for slip in SLACK]
    return _any([_truth(one, sign * (one - part.threshold) > 0) for one in found])


def _contrast(part: Part, frame: pd.DataFrame) -> np.ndarray:
    sign = 1 if part.direction == "higher" else -1
    slips = SLACK if len(frame.dropna()) >= SHORTEST else (0, 0, 0)  # two points have no neighbours
    gaps = [_pooled(part, frame, part.window, k) - _pooled(part, frame, part.against, k) for k in slips]
    return _any([_truth(gap, sign * gap > 1e-12) for gap in gaps])


def _date(part: Part, frame: pd.DataFrame) -> np.ndarray:
    run = _measure(part, frame).to_numpy(float)
    if np.isnan(run).all():
        return np.full(len(run), np.nan)
    places = _positions(frame, part.window, part.series)
    places = np.arange(places[0] - 1, places[-1] + 2)
    places = places[(places >= 0) & (places < len(run))]
    shifted = run[(np.arange(len(run))[None, :] - np.arange(len(run))[:, None]) % len(run)]
    if part.direction == "crossing":
        over = shifted >= part.threshold
        first = np.where(over.any(axis=1), over.argmax(axis=1), -1)
        return np.isin(first, places).astype(float)
    sign = 1 if part.direction == "peak" else -1
    best = np.where(np.isnan(shifted), -np.inf, sign * shifted)
    return (best[:, places].max(axis=1) == best.max(axis=1)).astype(float)


def _elsewhere(part: Part, frame: pd.DataFrame) -> np.ndarray:
    return 1 - _date(part, frame)


def _order(part: Part, frame: pd.DataFrame) -> np.ndarray:
    answers = []
    for slip in SLACK:
        groups = [[_pooled(_of(part, power), frame, part.window, slip) for power in group] for group in part.order]
        met = np.all([np.min(more, axis=0) > np.max(less, axis=0) for more, less in pairwise(groups)], axis=0)
        answers.append(_truth(np.sum([np.sum(group, axis=0) for group in groups], axis=0), met))
    return _any(answers)


def _needed(part: Part, frame: pd.DataFrame) -> list[str]:
    if part.measure == "tie":
        return [part.power]
    return ["RUS", "CHN"] if part.measure in ("tilt", "equidistance", "east", "both") else list(frame.columns)


def _of(part: Part, power: str) -> Part:
    return Part(part.series, "tie", "level", part.window, power=power)


def _measure(part: Part, frame: pd.DataFrame) -> pd.Series:
    if part.measure in ("share", "tie"):
        return (shares(frame) if part.measure == "share" else frame)[part.power]
    return MEASURE[part.measure](frame)


MEASURE: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "value": lambda frame: frame["value"],
    "tilt": tilt,
    "equidistance": equidistance,
    "hhi": hhi,
    "level": level,
    "east": lambda frame: frame["RUS"] + frame["CHN"],
    "both": lambda frame: frame[["RUS", "CHN"]].min(axis=1, skipna=False),
}
KIND: dict[str, Callable[[Part, pd.DataFrame], np.ndarray]] = {
    "level": _level,
    "contrast": _contrast,
    "date": _date,
    "elsewhere": _elsewhere,
    "order": _order,
}


def describe(part: Part) -> str:
    """Say in words what a part asks of which series."""
    name = part.series.replace("_", " ")
    of = "" if part.measure == "value" else f"{part.measure}{f' of {part.power}' if part.power else ''} in "
    span = _span(part.window)
    if part.kind == "order":
        return f"{name} {span}: {' over '.join(' and '.join(group) for group in part.order)}"
    if part.kind == "level":
        return f"{of}{name} {span} {part.direction} {part.threshold:g}"
    if part.kind == "contrast":
        return f"{of}{name} {span} {part.direction} than {_span(part.against)}"
    if part.kind == "elsewhere":
        return f"{of}{name}: {part.direction} not in {span}"
    word = f"first {part.threshold:g} or more" if part.direction == "crossing" else part.direction
    return f"{of}{name}: {word} in {span}"


def _span(window: tuple[int, int]) -> str:
    return f"{window[0]}" if window[0] == window[1] else f"{window[0]}-{window[1]}"
