"""Charts of a scorecard: what was expected when and whether it is there, and how many hits random dates would have."""

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts import frames, theme
from hedging.charts.layers import Layers, layer
from hedging.errors import HedgingError

OUTCOMES = {
    "hit": ("#33826a", "circle"),
    "miss": ("#c53927", "cross"),
    "not testable": ("#808080", "triangle-up"),
}


def windows(rows: pd.DataFrame, *, step: int = 24) -> Layers:
    """Draw one bar a row over its years and a mark for its outcome: columns id, says, start, end, outcome, `parts`."""
    frames.needs(rows, "id", "says", "start", "end", "outcome")
    unknown = set(rows["outcome"]) - set(OUTCOMES)
    if unknown:
        raise HedgingError(f"{sorted(unknown)} is no outcome", where="windows", remedy=f"one of {', '.join(OUTCOMES)}")
    drawn = rows.assign(
        from_year=rows["start"] - 0.5,
        to_year=rows["end"] + 0.5,
        years=[f"{a}" if a == b else f"{a}-{b}" for a, b in zip(rows["start"], rows["end"], strict=True)],
    )[["id", "says", "outcome", "years", "from_year", "to_year"]]
    room = 5  # years at the left, so that the first marks stand clear of the names
    span = pd.Series(0.0, index=range(int(rows["start"].min()) - room, int(rows["end"].max()) + 1))
    signs, looks = list(OUTCOMES), zip(*OUTCOMES.values(), strict=True)
    colours, shapes = (list(found) for found in looks)
    key = dict(orient="bottom", title=None, columns=3)
    tips = [
        alt.Tooltip("id:N"),
        alt.Tooltip("says:N", title="expected"),
        alt.Tooltip("years:N", title="in"),
        alt.Tooltip("outcome:N"),
    ]
    base = alt.Chart(drawn).encode(
        x=frames.time_axis("from_year", span),
        y=alt.Y("id:N", sort=list(rows["id"]), title=None, axis=dict(ticks=False)),
        color=alt.Color("outcome:N", scale=dict(domain=signs, range=colours), legend=key),
        tooltip=tips,
    )
    bar = base.mark_bar(height=8, opacity=0.35).encode(x2=alt.X2("to_year:Q"))
    mark = base.mark_point(size=90, opacity=1, filled=True, xOffset=-9).encode(
        shape=alt.Shape("outcome:N", scale=dict(domain=signs, range=shapes), legend=key)
    )
    return layer(bar, mark, height=len(drawn) * step)


def by_chance(drawn: np.ndarray, observed: int, *, x_title: str, height: int = 220) -> Layers:
    """Draw how often random dates reach each number of hits, and the number that the true dates reach."""
    counts = np.bincount(np.asarray(drawn, int), minlength=observed + 2)
    rows = pd.DataFrame({"hits": np.arange(len(counts)), "share": counts / counts.sum()})
    rows = rows.assign(low=rows["hits"] - 0.45, high=rows["hits"] + 0.45, zero=0.0)
    x = alt.X("low:Q", title=x_title, axis=dict(tickMinStep=1, format="d"))
    tips = [alt.Tooltip("hits:Q"), alt.Tooltip("share:Q", title="share of random draws", format=".2%")]
    y = alt.Y("share:Q", title="share of random draws", axis=dict(format=".0%", tickCount=4))
    bars = (
        alt.Chart(rows)
        .mark_rect(color=theme.NEUTRAL)
        .encode(x=x, x2=alt.X2("high:Q"), y=y, y2=alt.Y2("zero:Q"), tooltip=tips)
    )
    real = alt.Chart(pd.DataFrame({"low": [observed], "word": ["the true dates"]})).encode(
        x=x, tooltip=[alt.Tooltip("low:Q")]
    )
    line = real.mark_rule(color=theme.COLOURS["RUS"], strokeWidth=3)
    text = real.mark_text(align="right", dx=-6, dy=8, baseline="top", fontWeight="bold")
    return layer(bars, line, text.encode(text=alt.Text("word:N"), y=alt.YValue(0)), height=height)


FORESEEN = {"right": ("#33826a", "circle"), "wrong": ("#c53927", "cross")}


def foreseen(rows: pd.DataFrame, *, step: int = 26) -> Layers:
    """Draw what each reading foresaw: columns test, reading, of (for the hover) and word, NaN where it was silent."""
    frames.needs(rows, "test", "reading", "word", "of")
    signs = list(FORESEEN)
    colours, shapes = (list(found) for found in zip(*FORESEEN.values(), strict=True))
    key = dict(orient="bottom", title=None, columns=2)
    tests = list(dict.fromkeys(rows["test"]))
    axis = dict(orient="top", labelAngle=-40, labelLimit=150, labelOverlap=False, ticks=False, domain=False, grid=True)
    marks = (
        alt.Chart(rows.dropna(subset="word"))
        .mark_point(size=80, opacity=1, filled=True)
        .encode(
            x=alt.X("reading:N", sort=list(dict.fromkeys(rows["reading"])), title=None, axis=axis),
            y=alt.Y("test:N", sort=tests, title=None, axis=dict(ticks=False, grid=True, labelLimit=230)),
            color=alt.Color("word:N", scale=dict(domain=signs, range=colours), legend=key),
            shape=alt.Shape("word:N", scale=dict(domain=signs, range=shapes), legend=key),
            tooltip=[
                alt.Tooltip("test:N"),
                alt.Tooltip("of:N", title="series"),
                alt.Tooltip("reading:N"),
                alt.Tooltip("word:N"),
            ],
        )
    )
    return layer(marks, height=len(tests) * step)
