"""The four kinds of test. Each ends in one of four words: for, against, unclear, too few.

`for` and `against` decide; `unclear` means that the data are there and do not decide; `too few` that they are not
there. A missing value is counted, never filled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hedging.argument.declared import Test
from hedging.errors import HedgingError
from hedging.inference import count_power, level_interval, shift_test, smallest_detectable
from hedging.inference.levels import LEAST
from hedging.inference.spans import inside, months, ordinals
from hedging.measures import balance, entropy, powers

FOR, AGAINST, UNCLEAR, TOO_FEW = "for", "against", "unclear", "too few"
INTERVAL = 0.9  # of the level test
SURE = 0.95  # of the posterior test


@dataclass(frozen=True)
class Outcome:
    """What a test found: `statistic` and `interval` in the unit of the series, `n` observed values used.

    `missing` counts the values not observed, `detectable` is the smallest shift that the design finds 80% of the time.
    """

    outcome: str
    statement: str
    statistic: float | None = None
    threshold: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    n: int = 0
    missing: int = 0
    detectable: float | None = None


def run(test: Test, given: Any, seed: int, where: str) -> Outcome:
    """Apply a test to what the notebook gives for its series; the wrong type raises HedgingError."""
    return _KINDS[test.kind](test, given, seed, where)


def level(test: Test, given: Any, seed: int, where: str) -> Outcome:
    """Mean or median of the window's observed values against the threshold.

    Decided when the 90% interval, calibrated by the persistence of the whole series, lies wholly on one side: `for` if
    that is the claimed side, else `against`. An interval that holds the threshold is `unclear`; under `least` observed
    values in the window, under 12 in all, or a series that does not vary is `too few`.
    """
    series = _series(test, given, where)
    seen, missing = _seen(series, test.window)
    if len(seen) < test.least:
        return _too_few(test, len(seen), missing)
    history = series.dropna()
    if len(history) < LEAST or history.nunique() == 1:
        why = f"{len(history)} observations in all, {history.nunique()} of them distinct: no interval can be given"
        return _too_few(test, len(seen), missing, why)
    found = level_interval(series, test.window, test.statistic, INTERVAL, seed)
    outcome = _side(found.low > test.threshold, found.high < test.threshold, test.direction)
    statement = (
        f"the {test.statistic} of {test.of}, {_span(test.window)}, is {found.estimate:.3g} "
        f"(90% interval {found.low:.3g} to {found.high:.3g}) "
        f"where the claim wants it {test.direction} {test.threshold:g} "
        f"(a level {found.detectable:.3g} beyond it would be found 80% of the time)"
    )
    interval = (found.low, found.high)
    return Outcome(
        outcome, statement, found.estimate, test.threshold, interval, None, found.n, missing, found.detectable
    )


def contrast(test: Test, given: Any, seed: int, where: str) -> Outcome:
    """Mean of the window minus that of `against` (or of all the rest), by circular shifts of the series.

    `for` if p <= alpha in the claimed direction, `against` if p <= alpha in the opposite one, else `unclear`; p is the
    larger of the share of shifts and the share of break-free histories of the same persistence that do as well.
    `too few` with under `least` observed values on either side, a gap inside the series (no shift test is possible), or
    so short a series that 1/n > alpha. The smallest shift that the design detects is reported beside it.
    """
    series = _series(test, given, where)
    seen, missing = _seen(series, test.window)
    rest = _seen(series, test.against)[0] if test.against else series.dropna().drop(seen.index)
    known = series.dropna()
    if min(len(seen), len(rest)) < test.least:
        return _too_few(test, min(len(seen), len(rest)), missing)
    if (np.diff(ordinals(known)) != 1).any():
        return _too_few(test, len(known), missing, "a gap inside the series, so no shift test is possible")
    if known.nunique() == 1:
        return _too_few(test, len(known), missing, "a constant series, in which no stretch differs")
    if 1 / len(known) > test.alpha:
        return _too_few(test, len(known), missing, f"too short for p <= {test.alpha:g}: the smallest is 1/{len(known)}")
    other = "lower" if test.direction == "higher" else "higher"
    found = shift_test(series, test.window, test.against, test.direction, test.detrend)
    opposite = shift_test(series, test.window, test.against, other, test.detrend)
    detectable = smallest_detectable(series, test.window, test.against, test.alpha, seed=seed)
    outcome = FOR if found.p <= test.alpha else AGAINST if opposite.p <= test.alpha else UNCLEAR
    versus = _span(test.against) if test.against else "the other years" if not months(series) else "the other months"
    statement = (
        f"{test.of}, {_span(test.window)} minus {versus}: {found.contrast:+.3g} "
        f"where the claim wants it {test.direction} "
        f"(p = {found.p:.3f}: {found.shift_p:.3f} of {found.n_shifts} shifts, "
        f"{found.model_p:.3f} of break-free histories; smallest possible {found.smallest_p:.3f}; "
        f"{_power(detectable)})"
    )
    return Outcome(outcome, statement, found.contrast, None, None, found.p, len(known), missing, detectable)


def posterior(test: Test, given: Any, seed: int, where: str) -> Outcome:
    """Probability that a measure of small counts lies beyond the threshold, by the Dirichlet posterior (science 3.5).

    `given`: counts by power (a Series). `for` at >= .95, `against` at <= .05, else `unclear`; `too few` with under
    `least` events or a missing count. `p` is the posterior probability of the claimed side, not a p-value.
    """
    if not isinstance(given, pd.Series) or not set(given.index) <= set(powers.POWERS):
        raise HedgingError(
            f"{test.series} must be a Series of counts by power", where=where, remedy=f"index it by {powers.POWERS}"
        )
    missing = int(given.isna().sum())
    events = int(given.sum())
    if missing or events < test.least:
        return _too_few(test, events, missing, "a count is not known" if missing else "")
    drawn = _MEASURES[test.measure](entropy.posterior_shares(given, seed=seed)).dropna()
    beyond = float((drawn > test.threshold if test.direction == "above" else drawn < test.threshold).mean())
    outcome = FOR if beyond >= SURE else AGAINST if beyond <= 1 - SURE else UNCLEAR
    low, middle, high = (float(value) for value in drawn.quantile([0.05, 0.5, 0.95]))
    side = "higher" if test.direction == "above" else "lower"
    power = count_power(given, _MEASURES[test.measure], test.threshold, side, SURE, seed=seed)
    enough = f"{power.events:.0f} events" if np.isfinite(power.events) else "no number of events"
    statement = (
        f"{test.of}, {events} events: posterior median {middle:.3g} "
        f"(90% interval {low:.3g} to {high:.3g}); "
        f"it is {test.direction} {test.threshold:g} with probability {beyond:.2f} (were these shares the true ones, "
        f"{power.now:.0%} of such counts would decide for the claim, and {enough} 80% of the time)"
    )
    return Outcome(outcome, statement, middle, test.threshold, (low, high), beyond, events, missing)


def value(test: Test, given: Any, seed: int, where: str) -> Outcome:
    """One computed number against the threshold, exactly.

    `for` if it lies beyond the threshold by more than `margin`, `against` if it lies short of it by more than
    `margin`, `unclear` in between (and when equal); NaN is `too few`.
    """
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | float | np.integer | np.floating):
        raise HedgingError(f"{test.series} must be one number, not {type(given).__name__}", where=where)
    found = float(given)
    if np.isnan(found):
        return _too_few(test, 0, 1, "the number is not known")
    outcome = _side(found > test.threshold + test.margin, found < test.threshold - test.margin, test.direction)
    margin = f" by more than {test.margin:g}" if test.margin else ""
    shown = f"{found:.1f}" if abs(found) >= 1000 else f"{found:.3g}"  # a year is not 2.02e+03
    statement = f"{test.of} is {shown} where the claim wants it {test.direction} {test.threshold:g}{margin}"
    return Outcome(outcome, statement, found, test.threshold, None, None, 1)


def _side(above: bool, below: bool, direction: str) -> str:
    if not (above or below):
        return UNCLEAR
    return FOR if above == (direction == "above") else AGAINST


def _too_few(test: Test, n: int, missing: int, why: str = "") -> Outcome:
    because = why or f"{n} observed, at least {test.least} needed"
    return Outcome(TOO_FEW, f"{test.of}: {because}", None, test.threshold, None, None, n, missing)


def _series(test: Test, given: Any, where: str) -> pd.Series:
    if not isinstance(given, pd.Series):
        raise HedgingError(
            f"{test.series} must be a Series over years or months, not {type(given).__name__}", where=where
        )
    if months(given) != isinstance(test.window[0], str):
        raise HedgingError(f"{test.series} and its window {test.window} differ in years and months", where=where)
    if given.index.has_duplicates:
        raise HedgingError(f"{test.series} has two values for one date", where=where)
    try:
        return given.astype(float).sort_index()
    except (TypeError, ValueError) as fault:
        raise HedgingError(f"{test.series} must hold numbers: {fault}", where=where) from fault


def _seen(series: pd.Series, window: tuple) -> tuple[pd.Series, int]:
    """Return the window's observed values and how many of its dates are not observed, absent rows included."""
    seen = series[inside(series, window)].dropna()
    dates = window[1] - window[0] + 1 if not months(series) else len(pd.period_range(*window, freq=series.index.freq))
    return seen, dates - len(seen)


def _power(detectable: float) -> str:
    if np.isinf(detectable):
        return "no shift would be found 80% of the time"
    return f"a shift of {detectable:.3g} would be found 80% of the time"


def _span(window: tuple) -> str:
    if window[0] == window[1]:
        return str(window[0])
    return f"{window[0]}-{window[1]}" if isinstance(window[0], int) else f"{window[0]} to {window[1]}"


_KINDS: dict[str, Callable[[Test, Any, int, str], Outcome]] = {
    "level": level,
    "contrast": contrast,
    "posterior": posterior,
    "value": value,
}
_MEASURES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "cross_bloc_share": balance.cross_bloc_share,
    "cross_bloc_hedge": balance.cross_bloc_hedge,
    "tilt": balance.tilt,
    "equidistance": balance.equidistance,
    "between": lambda ties: entropy.tree(ties)["between"],
    "moscow_beijing": lambda ties: entropy.tree(ties)["moscow_beijing"],
    "h3": lambda ties: entropy.tree(ties)["h3"],
}
