"""Charts of what was cast and what was claimed: single votes in a grid, estimates of a range with who makes them."""

import altair as alt
import pandas as pd

from hedging.charts import theme
from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer

VOTES = {
    "Y": ("yes", "#2a66ee", "circle"),
    "A": ("abstained", "#cc7b1b", "diamond"),
    "N": ("no", "#c53927", "cross"),
    "X": ("did not vote", "#808080", "stroke"),
}
KINDS = {"recorded": ("#1f7a8c", "circle"), "claimed": ("#c2602d", "diamond")}


def ballots(rows: pd.DataFrame, *, x_title: str, step: int = 34) -> Layers:
    """Draw one sign for each vote: columns `state`, `roll_call` and `vote` (Y, A, N, X); optionally `title`, `date`.

    States and roll calls keep the order of their first rows. The sign differs in shape and colour.
    """
    needs(rows, "state", "roll_call", "vote")
    words, colours, shapes = zip(*(sign for vote, sign in VOTES.items() if vote in set(rows["vote"])), strict=True)
    rows = rows.assign(state=rows["state"].map(theme.label), vote=rows["vote"].map({k: v[0] for k, v in VOTES.items()}))
    order = list(dict.fromkeys(rows["state"]))
    legend = dict(orient="bottom", columns=2, title=None)
    extra = [alt.Tooltip(f"{name}:N") for name in ("date", "title") if name in rows]
    sign = (
        alt.Chart(rows)
        .mark_point(size=150, opacity=1)
        .encode(
            x=alt.X("roll_call:N", sort=list(dict.fromkeys(rows["roll_call"])), title=x_title, axis=dict(labelAngle=0)),
            y=alt.Y("state:N", sort=order, title=None, axis=dict(grid=True)),
            color=alt.Color("vote:N", scale=dict(domain=list(words), range=list(colours)), legend=legend),
            shape=alt.Shape("vote:N", scale=dict(domain=list(words), range=list(shapes)), legend=legend),
            tooltip=[alt.Tooltip("state:N", title="state"), alt.Tooltip("vote:N"), *extra],
        )
    )
    return layer(sign, height=max(2, len(order)) * step)


def estimates(rows: pd.DataFrame, *, x_title: str, fmt: str = ",.0f", step: int = 40) -> Layers:
    """Draw estimates on a logarithmic scale: columns `label`, `low`, `high` (> 0), `kind` (recorded, claimed), `who`.

    A range is a bar with a sign at either end, a single figure one sign. Rows keep their order. They may count
    different things over different years: the chart compares sizes, never differences.
    """
    needs(rows, "label", "low", "high", "kind", "who")
    order = list(dict.fromkeys(rows["label"]))
    scale = dict(domain=list(KINDS), range=[sign[0] for sign in KINDS.values()])
    legend = dict(orient="bottom", columns=2, title=None)
    tone = alt.Color("kind:N", scale=scale, legend=legend)
    shapes = dict(domain=list(KINDS), range=[sign[1] for sign in KINDS.values()])
    tips = [alt.Tooltip("label:N", title="what"), alt.Tooltip("who:N", title="who says so"), alt.Tooltip("kind:N")]
    tips += [alt.Tooltip(f"{end}:Q", format=fmt) for end in ("low", "high")]
    y = alt.Y("label:N", sort=order, title=None, axis=dict(labelLimit=170, grid=True))
    base = alt.Chart(rows).encode(y=y, tooltip=tips, color=tone)
    low = alt.X("low:Q", title=x_title, scale=dict(type="log"), axis=dict(tickCount=4, format="~s"))
    bar = base.mark_rule(strokeWidth=5, opacity=0.5).encode(x=low, x2=alt.X2("high:Q"))
    ends = [
        base.mark_point(size=110, opacity=1).encode(x=x, shape=alt.Shape("kind:N", scale=shapes, legend=legend))
        for x in (low, alt.X("high:Q", title=x_title))
    ]
    return layer(bar, *ends, height=max(2, len(order)) * step)
