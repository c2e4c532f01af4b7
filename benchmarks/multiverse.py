"""How fast the multiverse is run, against a loop in pandas over the same specifications and shifts, with equal results.

`python benchmarks/multiverse.py` runs every specification of every claim once by `argument.multiverse`, and every
STEP-th of them by a loop that makes each series anew and moves each window by each number of places. Compare ratios.
The plain specification curve is also compared with the package specification-curve, which is not a dependency:
the last lines printed say how to have both.
"""

import resource
import sys
import time

import numpy as np
import pandas as pd

from hedging import argument
from hedging.argument import builders, measured
from hedging.argument.claims import registry
from hedging.argument.runs import TESTED
from hedging.argument.specifications import listed
from hedging.inference import multiverse as arithmetic
from hedging.inference.breaks import f_by_date
from hedging.inference.placebo import without_trend
from hedging.inference.spans import ordinals
from hedging.measures.decompose import cross_bloc_change

STEP = int(sys.argv[1]) if len(sys.argv) > 1 else 40


def forget():
    """Empty what is kept between specifications, so that a loop makes each series anew."""
    for kept in (measured._averaged, measured.base, measured._joined, builders._traded):
        kept.cache_clear()


def series_of(spec):
    """What a specification averages, by the library's own definitions of ties and measures."""
    rule, common = registry().multiverse, measured.domain(spec.domain).forks
    choices = {fork: value for fork, value in spec.choices if fork in common}
    summary = spec.choice("summary", "mean")
    return measured.averaged(spec.domain, choices, spec.choice("measure"), summary, rule.draws, registry().seed)


def one_shift(spec, series, frame, layout, places):
    """The statistic with the series moved by some places against the fixed window, in plain pandas."""
    moved = pd.concat([frame.iloc[places:], frame.iloc[:places]]).set_axis(frame.index)
    window = moved[layout.target]
    if spec.statistic == "change":
        if spec.choice("change") == "ends":
            return window.iloc[-1, 0] - window.iloc[0, 0]
        return np.polyfit(np.arange(len(window)), window.iloc[:, 0], 1)[0] * (len(window) - 1)
    if spec.statistic == "added":
        camps = moved.rename(columns={"east": "CHN", "west": "USA"}).assign(RUS=0.0)
        rows = [(part.index[0], part.index[-1]) for part in (moved[layout.rest], window)]  # before, after
        split = cross_bloc_change(camps, *rows)
        return split["western"] - split["eastern"]
    return _summed(spec, series, window) - (_summed(spec, series, moved[layout.rest]) if layout.rest is not None else 0)


def _summed(spec, series, rows):
    joined = rows.median() if spec.choice("summary") == "median" else rows.mean()
    return float(series.value(joined.to_frame().T).iloc[0])


def loop(spec):
    """Strength of one specification under every shift, one shift after the other; None where it is not testable."""
    forget()
    series = series_of(spec)
    dates, known = ordinals(series.columns.iloc[:, 0]), series.columns.notna().all(axis=1).to_numpy()
    if spec.statistic == "break":
        return _breaks(spec, series.columns["value"].to_numpy())
    rest = spec.choice("comparison") == "rest"
    layout = arithmetic.lay_out(known, dates, spec.window, spec.against, spec.least, rest=rest)
    if isinstance(layout, str):
        return None
    frame = series.columns.iloc[layout.start : layout.stop]
    if spec.choice("detrend") == "line_out":
        frame = pd.DataFrame({"value": without_trend(frame["value"].to_numpy())}, index=frame.index)
    found = [one_shift(spec, series, frame, layout, places) for places in range(len(frame))]
    return arithmetic.strength(spec.sign * (np.array(found) - spec.threshold))


def _breaks(spec, values):
    since, side = spec.since - pd.Period("2018-01", "M").ordinal, int(spec.choice("side"))
    found = []
    for places in range(len(values)):
        f = f_by_date(np.roll(values, -places)[None, :], side)[0]
        found.append(np.log(f[since - side :].max() / f[: since - side].max()))
    return arithmetic.strength(spec.sign * np.array(found))


def against_pandas():
    """Print seconds a specification for the whole and for the loop, after checking that both agree."""
    begun = time.perf_counter()
    whole = argument.multiverse()
    ours = (time.perf_counter() - begun) / len(whole.table)
    specs = listed()[0][::STEP]
    begun = time.perf_counter()
    found = [loop(spec) for spec in specs]
    theirs = (time.perf_counter() - begun) / len(specs)
    worst = 0.0
    for one, other in zip(found, whole.shifts[::STEP], strict=True):
        if other is None or one is None:
            if one is not other:
                sys.exit("the loop and the multiverse do not agree on what is testable")
            continue
        same = np.isfinite(one) & np.isfinite(other)
        if (np.isfinite(one) != np.isfinite(other)).any():
            sys.exit("the loop and the multiverse do not agree on what is defined")
        worst = max(worst, float(np.abs(one[same] - other[same]).max()))
    if worst > 1e-9:
        sys.exit(f"the loop and the multiverse differ by {worst:.1e}")
    tested = int((whole.table["status"] == TESTED).sum())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    shifts = sum(len(one) for one in whole.shifts if one is not None)
    print(f"{len(whole.table)} specifications, {tested} testable, {shifts} shifts")
    print(f"{ours * len(whole.table):8.2f} s for all, {memory:.2f} GB at most")
    print(f"{1e3 * ours:8.2f} ms a specification, all shifts")
    print(f"{1e3 * theirs:8.2f} ms in the loop ({len(specs)} of them), largest difference {worst:.0e}")
    print(f"{theirs / ours:8.0f}x")


def curve_data():
    """Columns of one plain curve: a measure of the news by month in several readings, and a dummy for each window."""
    series, dummies = {}, {}
    months = None
    for counting in ("per_day", "as_given"):
        for powers in ("five", "no_tokyo", "no_seoul"):
            for measure in ("b", "hedge"):
                made = measured.averaged("news", {"counting": counting, "powers": powers}, measure, "mean", 1, 1)
                series[f"{counting} {powers} {measure}".replace(" ", "_")] = made.columns["value"].to_numpy()
                months = made.columns.index
    for first in range(48, 53):
        dummies[f"from_{first}"] = (np.arange(len(months)) >= first).astype(float)
    return pd.DataFrame(series | dummies), list(series), list(dummies)


def against_package():
    """Print the seconds of the package and of the transform for one plain curve, after checking that both agree."""
    try:
        from specification_curve import SpecificationCurve
    except ImportError:
        print("\nThe package specification-curve is not here. To compare with it, in a folder of its own:")
        print("  python -m pip install --target /tmp/curve specification-curve==0.3.9")
        print("  PYTHONPATH=.:/tmp/curve python benchmarks/multiverse.py")
        return
    data, series, dummies = curve_data()
    begun = time.perf_counter()
    curve = SpecificationCurve(data, series, dummies, [])
    curve.fit()
    theirs = time.perf_counter() - begun
    begun = time.perf_counter()
    masks = data[dummies].to_numpy().T
    weights = masks / masks.sum(axis=1, keepdims=True) - (1 - masks) / (1 - masks).sum(axis=1, keepdims=True)
    shifts = arithmetic.turned(data[series].to_numpy(), weights)
    ours = time.perf_counter() - begun
    found = {(row.y_endog, row.x_exog): float(np.ravel(row.Coefficient)[0]) for row in curve.df_r.itertuples()}
    for number, dummy in enumerate(dummies):
        for column, name in enumerate(series):
            if abs(found[name, dummy] - shifts[number, 0, column]) > 1e-9:
                sys.exit(f"the package and the transform differ on {name}, {dummy}")
    print(f"\nplain curve of {len(found)} specifications, equal to 1e-9")
    print(f"{1e3 * theirs:8.1f} ms by specification-curve, one estimate each")
    print(f"{1e3 * ours:8.2f} ms here, with all {len(data)} shifts of each")
    print(f"{theirs / ours:8.0f}x")


if __name__ == "__main__":
    against_pandas()
    against_package()
