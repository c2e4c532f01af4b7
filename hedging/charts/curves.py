"""Specification curves: all specifications of a claim in order of strength, with the forks that they took beneath.

Thousands of specifications are drawn as equal parts of their order, so the chart stays small and legible on a phone.
"""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts import theme
from hedging.charts.layers import Layers, layer
from hedging.errors import HedgingError
from hedging.inference.multiverse import known_quantiles

PARTS, ROWS = 24, 12  # parts of the curve; rows of fork values beneath it
TOP, STEP, GAP = 150, 17, 26  # pixels: height of the curve, of a row, between the two
WIDE = 6  # standard deviations: beyond it the scale is logarithmic, linear only near zero
SIDES = ("as claimed", "the other way")
TONES = ("#33826a", "#c53927")  # as in the charts of the verdict
KIND = "kind"
WORDS = {
    "q": "Q",
    "h_east": "entropy H_E",
    "hedge": "B",
    "between": "entropy H_B",
    "b": "share b",
    "quarter": "share of years",
    "west_log": "log level of West",
    "east_log": "log level",
    "east": "level",
    "value": "plain",
    "line_out": "line taken out",
    "as_is": "as it is",
    "no_tokyo": "without Tokyo",
    "no_seoul": "without Seoul",
}


def curve(found: Any, *, rows: int = ROWS) -> Layers:
    """Draw the specification curve of one claim (a Multiverse of one claim with two tested specifications or more).

    Above: median strength of each part of the order, from the weakest to the strongest, with the span of that part; the
    grey band is the middle 90% of the same curve when the eras are moved. Beneath: which share of each part took each
    value of the forks that matter most. Fewer than two tested specifications raise HedgingError.
    """
    table = ordered(found)
    bins, cells, band = heights(table), matrix(table, found, rows), placebo_band(found)
    labels = list(dict.fromkeys(cells["row"]))
    ends = _ends(bins, band)
    wide = max(map(abs, ends)) > WIDE  # a plain scale would hide what lies near zero
    x = alt.X(
        "from:Q",
        title="weakest to strongest" + (", log scale" if wide else ""),
        scale=dict(domain=[0, 1], nice=False),
        axis=dict(format="%", values=[0, 0.25, 0.5, 0.75, 1], orient="top", offset=4),
    )
    bottom = TOP + GAP + STEP * len(labels)
    scale = _scale(ends, wide)  # one for all layers, which have a scale each because the rows beneath need their own
    layers = [] if band is None else [_band(band, x, scale)]
    layers += [_bars(bins, x, scale, wide), _zero(scale), _cells(cells, labels, x, bottom)]
    return layer(*layers, height=bottom, resolve={"scale": {"y": "independent"}})


@lru_cache(maxsize=1)  # a curve, its band and its words ask for the same one after the other
def ordered(found: Any) -> pd.DataFrame:
    """Return the tested rows from the weakest to the strongest, with `kind`, the kind of tie (and the statistic)."""
    if len(found.claims()) != 1 or len(found.tested()) < 2:
        raise HedgingError("a curve needs one claim with two tested specifications", where="specification curve")
    table = found.tested().sort_values("strength", kind="stable", ignore_index=True)
    twice = table.groupby("domain")["family"].transform("nunique") > 1
    return table.assign(**{KIND: table["domain"].where(~twice, table["domain"] + ", " + table["statistic"])})


def parts(n: int) -> np.ndarray:
    """Number n ordered rows by the part of the order that they belong to, at most PARTS of them."""
    return np.arange(n) * min(PARTS, n) // n


def _places(part: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last row of each part, of rows numbered by their part in order."""
    return np.flatnonzero(np.diff(part, prepend=-1)), np.flatnonzero(np.diff(part, append=len(part)))


def _middle(rows: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return the median of each part of rows that go upward: the mean of its middle one or two."""
    return (rows[(first + last) // 2] + rows[(first + last + 1) // 2]) / 2


def heights(table: pd.DataFrame) -> pd.DataFrame:
    """Return each `part` of the order, weakest first: its middle, lowest, highest strength, size `n` and side.

    `table`: rows from the weakest to the strongest, as `ordered` gives them.
    """
    strength = table["strength"].to_numpy()
    first, last = _places(parts(len(table)))
    middle = _middle(strength, first, last)
    columns = {"part": np.arange(len(first)), "middle": middle, "low": strength[first], "high": strength[last]}
    return pd.DataFrame(columns | {"n": last - first + 1, "side": np.where(middle > 0, *SIDES), "zero": 0})


def matrix(table: pd.DataFrame, found: Any, rows: int) -> pd.DataFrame:
    """Return the cells beneath the curve: `row` (fork and value), `part`, `share` of the part that took it.

    The kind of tie comes first if there are several; then the forks that explain most, as far as `rows` reach.
    """
    part = parts(len(table))
    sizes = np.bincount(part)
    taken: list[tuple[str, np.ndarray]] = []
    for fork in (KIND, *(fork for fork in found.forks()["fork"] if fork in table)):
        at, names = pd.factorize(table[fork])
        if len(names) < 2 or len(taken) + len(names) > rows:
            continue
        values = list(names)
        counts = np.bincount((at + 1) * len(sizes) + part, minlength=(len(values) + 1) * len(sizes))  # at -1: unknown
        shares = (counts.reshape(-1, len(sizes))[1:] / sizes).round(2)
        lines = ((f"{fork}: {label(value)}", shares[values.index(value)]) for value in _in_order(values))
        taken += [(name, line) for name, line in lines if line.any()]
    cells = [(at, share[at], row) for row, share in taken for at in np.flatnonzero(share)]
    return pd.DataFrame(cells, columns=["part", "share", "row"])


def label(value: str) -> str:
    """Return the reader's word for a value of a fork."""
    return WORDS.get(value, value.replace("_", " "))


@lru_cache(maxsize=1)
def placebo_band(found: Any) -> pd.DataFrame | None:
    """Return the middle 90% of the curve when all eras are moved together: `part`, `low`, `high`; or None.

    Only the series that are long enough are moved. Each stands in its part of the order and is compared with what moved
    eras give at its rank among them, so a part without a long series has no band.
    """
    turned = found.turned()
    if turned is None:
        return None
    table = ordered(found)
    long = table["p"].notna().to_numpy()  # those that have places enough
    known = turned[:, ~np.isnan(turned).all(axis=0)]
    moved = known_quantiles(known, (np.arange(len(known)) + 0.5) / len(known))
    part = parts(len(table))[long]
    first, last = _places(part)
    low, high = np.quantile(_middle(moved, first, last), [0.05, 0.95], axis=1)
    return pd.DataFrame({"part": part[first], "low": low, "high": high})


def told(found: Any) -> str:
    """Say what the curve shows to someone who cannot see it."""
    table, said = ordered(found), found.together()
    bins = heights(table)
    text = (
        f"Bars from the weakest to the strongest of {len(table)} specifications. The strength runs from "
        f"{table['strength'].iloc[0]:+.1f} to {table['strength'].iloc[-1]:+.1f} with the middle at "
        f"{said.median_strength:+.1f}; {said.share:.0%} lie on the claimed side of zero. "
    )
    band = placebo_band(found)
    if band is not None:
        above = int((bins["middle"].to_numpy()[band["part"]] > band["high"].to_numpy()).sum())
        text += f"Of {len(band)} bars with a grey band of moved eras {above} end above it. "
    first = found.forks()["fork"]
    return text + (f"The fork that goes with most of the differences is: {first.iloc[0]}." if len(first) else "")


def _in_order(values: list[str]) -> list[str]:
    """Order boundary moves by size and everything else by its text."""
    try:
        return sorted(values, key=float)
    except ValueError:
        return sorted(values)


def _placed(rows: pd.DataFrame) -> alt.Chart:
    """Chart of rows with a `part`, which the page turns into its place in the order, [0, 1]."""
    steps = int(rows["part"].max()) + 1
    places = {"from": f"datum.part / {steps}", "to": f"(datum.part + 1) / {steps}"}
    return alt.Chart(rows).transform_calculate(**places)


def _scale(ends: tuple[float, float], wide: bool) -> theme.Guide:
    """Return the vertical scale of the curve: strength upward, zero always in sight."""
    kind = {"type": "symlog", "constant": 1} if wide else {"zero": False}
    return dict(domain=list(ends), range=[TOP, 0], nice=False, **kind)


def _ends(bins: pd.DataFrame, band: pd.DataFrame | None) -> tuple[float, float]:
    drawn = [bins["middle"].to_numpy(), *(() if band is None else (band[["low", "high"]].to_numpy().ravel(),))]
    heights = np.concatenate([[0.0], *drawn])
    return float(heights.min()), float(heights.max())


def _band(band: pd.DataFrame, x: alt.X, scale: theme.Guide) -> alt.Chart:
    tips = [alt.Tooltip(f"{name}:Q", title=f"moved eras, {word}", format=".2f") for name, word in
            (("low", "low"), ("high", "high"))]  # fmt: skip
    return (
        _placed(band)
        .mark_rect(color=theme.NEUTRAL, opacity=0.25)
        .encode(x=x, x2=alt.X2("to:Q"), y=alt.Y("low:Q", scale=scale, axis=None), y2=alt.Y2("high:Q"), tooltip=tips)
    )


def _bars(bins: pd.DataFrame, x: alt.X, scale: theme.Guide, wide: bool) -> alt.Chart:
    ticks = {"values": [-30, -10, -3, -1, 0, 1, 3, 10, 30]} if wide else {"tickCount": 4}
    y = alt.Y("middle:Q", title=None, scale=scale, axis=dict(grid=True, format=",~f", **ticks))
    tips = [
        alt.Tooltip("side:N"),
        alt.Tooltip("middle:Q", title="strength", format="+.2f"),
        alt.Tooltip("low:Q", title="lowest", format="+.2f"),
        alt.Tooltip("high:Q", title="highest", format="+.2f"),
        alt.Tooltip("n:Q", title="specifications"),
    ]
    colour = alt.Color(
        "side:N",
        scale=dict(domain=list(SIDES), range=list(TONES)),
        legend=dict(orient="bottom", title=None, columns=2),
    )
    return _placed(bins).mark_rect(stroke="white", strokeWidth=0.5).encode(
        x=x, x2=alt.X2("to:Q"), y=y, y2=alt.Y2("zero:Q"), color=colour, tooltip=tips
    )  # fmt: skip


def _zero(scale: theme.Guide) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=[{"middle": 0}]))
    return base.mark_rule().encode(y=alt.Y("middle:Q", scale=scale, axis=None))


def _cells(cells: pd.DataFrame, labels: list[str], x: alt.X, bottom: int) -> alt.Chart:
    y = alt.Y(
        "row:N",
        sort=labels,
        title=None,
        scale=dict(type="band", domain=labels, range=[TOP + GAP, bottom], paddingInner=0.2),
        axis=dict(labelLimit=150, labelFontSize=11, ticks=False, domain=False),
    )
    tips = [alt.Tooltip("row:N", title="fork"), alt.Tooltip("share:Q", title="of this part", format=".0%")]
    depth = alt.Opacity("share:Q", scale=dict(domain=[0, 1], range=[0.06, 1]), legend=None)
    return (
        _placed(cells).mark_rect(color=theme.BETWEEN).encode(x=x, x2=alt.X2("to:Q"), y=y, opacity=depth, tooltip=tips)
    )
