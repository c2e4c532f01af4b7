"""How often each procedure finds an era where there is none: one row a procedure, one mark a kind of history."""

import altair as alt
import pandas as pd

from hedging.charts import theme
from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer

ROW = 26
WORDS = {True: "judges claims of this book", False: "shown for comparison"}


def alarms(rates: pd.DataFrame, *, level: float = 0.05) -> Layers:
    """Draw false-alarm rates: columns procedure, used, length, phi, rate, error, as `false_positives` gives them.

    Rows in the order given; a mark for each length and persistence, a line over their range, a dashed line at `level`.
    """
    needs(rates, "procedure", "used", "length", "phi", "rate", "error")
    order = list(dict.fromkeys(rates["procedure"]))
    rows = rates.assign(kind=rates["used"].map(WORDS))
    span = rows.groupby(["procedure", "kind"], sort=False)["rate"].agg(low="min", high="max").reset_index()
    words = list(WORDS.values())
    scale = dict(domain=words, range=[theme.BETWEEN, theme.WITHIN])
    look = dict(orient="bottom", columns=1, title=None, symbolStrokeWidth=0, symbolOpacity=1)
    tone = alt.Color("kind:N", scale=scale, legend=look)
    y = alt.Y("procedure:N", sort=order, title=None, axis=dict(labelLimit=150, ticks=False))
    x = dict(domain=[0, 1])
    range_ = (
        alt.Chart(span)
        .mark_rule(strokeWidth=3, opacity=0.35)
        .encode(x=alt.X("low:Q", title="share of break-free histories", scale=x), x2=alt.X2("high:Q"), y=y, color=tone)
    )
    tips = [
        alt.Tooltip("procedure:N"),
        alt.Tooltip("length:Q", title="length of history", format="d"),
        alt.Tooltip("phi:Q", title="persistence", format=".2f"),
        alt.Tooltip("rate:Q", title="false alarms", format=".1%"),
        alt.Tooltip("error:Q", title="Monte Carlo error", format=".1%"),
    ]
    shape = alt.Shape("kind:N", scale=dict(domain=words, range=["circle", "triangle-up"]), legend=look)
    dots = (
        alt.Chart(rows)
        .mark_point(size=52, opacity=0.8)
        .encode(
            x=alt.X("rate:Q", title="share of break-free histories", scale=x, axis=dict(format=".0%", tickCount=5)),
            y=y,
            color=tone,
            shape=shape,
            tooltip=tips,
        )
    )
    line = alt.Chart(alt.InlineData(values=[{"level": level, "word": f"{level:.0%}"}])).mark_rule(strokeDash=[4, 3])
    line = line.encode(
        x=alt.X("level:Q", scale=x, title=None), tooltip=alt.Tooltip("word:N", title="level of the tests")
    )
    return layer(range_, line, dots, height=len(order) * ROW)
