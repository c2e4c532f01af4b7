"""Stretches of years laid over a chart of years: what was expected in them, to be read against what is there."""

import altair as alt
import pandas as pd

from hedging.charts import frames, theme
from hedging.charts.layers import Layers, layer
from hedging.errors import HedgingError

TINT = theme.OTHERS[0]
NEEDS = ("word", "means", "start", "end")


def stretches(chart: Layers, over: pd.Series | pd.DataFrame, boxes: pd.DataFrame, *, y_title: str = "") -> Layers:
    """Lay a tinted box over a chart of years for each row of `boxes`, with its short word at the left.

    `over` is what the chart draws: its years set the axis, and boxes beyond them are cut or left out. `boxes` has the
    columns word, means (the hover's words), start and end (years, both inside). With `low` and `high` (the chart's own
    unit; `y_title` is then the title of its vertical axis) a box says where values should lie; without them it has the
    chart's full height.
    """
    if not set(NEEDS) <= set(boxes) or (boxes["start"] > boxes["end"]).any():
        raise HedgingError("boxes need words and years in order", where="stretches", remedy=f"columns {NEEDS}")
    first, last = int(over.index.min()), int(over.index.max())
    rows = boxes[(boxes["end"] >= first) & (boxes["start"] <= last)]
    rows = rows.assign(
        from_year=rows["start"].clip(lower=first) - 0.5,
        to_year=rows["end"].clip(upper=last) + 0.5,
        years=[f"{row.start}-{row.end}" for row in rows.itertuples()],
    )
    tips = [alt.Tooltip("means:N", title="expected"), alt.Tooltip("years:N", title="in")]
    base = alt.Chart(rows).encode(x=frames.time_axis("from_year", over), tooltip=tips)
    box = base.mark_rect(fill=TINT, fillOpacity=0.1, stroke=TINT, strokeOpacity=0.7, strokeDash=[3, 2])
    word = base.encode(text=alt.Text("word:N"))
    look = {"align": "left", "dx": 3, "fontWeight": "bold"}
    box = box.encode(x2=alt.X2("to_year:Q"))
    if {"low", "high"} <= set(boxes):
        low = alt.Y("low:Q", title=y_title)
        box, word = (
            box.encode(y=low, y2=alt.Y2("high:Q")),
            word.mark_text(baseline="bottom", dy=-3, **look).encode(y=low),
        )
    else:
        word = word.mark_text(baseline="top", dy=3, **look).encode(y=alt.YValue(0))
    return layer(box, chart, word)
