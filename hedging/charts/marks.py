"""Charts of single values: bars, meetings on a time line, comparison states in a row, a placebo distribution."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts import theme
from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer, singled_out
from hedging.errors import HedgingError

ROW = 30  # pixels for each row


def bars(frame: pd.DataFrame, *, x_title: str, fmt: str = ",.2f", step: int = ROW) -> Layers:
    """Draw one horizontal bar a row: columns `label`, `value`; optionally `low`, `high` (an interval) and `group`."""
    needs(frame, "label", "value")
    rows = frame.assign(label=frame["label"].map(theme.label))
    order = list(dict.fromkeys(rows["label"]))
    grouped = "group" in rows
    look = theme.style(dict.fromkeys(rows["group"])) if grouped else theme.style(dict.fromkeys(frame["label"]))
    rows = rows.assign(group=rows["group"].map(theme.label)) if grouped else rows
    tone = theme.colour("group", look) if grouped else alt.ColorValue(theme.BETWEEN)
    tips = [alt.Tooltip("label:N", title="row"), alt.Tooltip("value:Q", title=x_title, format=fmt)]
    tips += [alt.Tooltip(f"{name}:Q", format=fmt) for name in ("low", "high") if name in rows]
    tips += [alt.Tooltip("group:N")] if grouped else []
    y = alt.Y("label:N", sort=order, title=None, axis=dict(labelLimit=150))
    offset = {"yOffset": alt.YOffset("group:N", sort=list(look.labels))} if grouped else {}
    base = alt.Chart(rows).encode(y=y, tooltip=tips, **offset)
    layers = [base.mark_bar().encode(x=alt.X("value:Q", title=x_title, axis=dict(tickCount=5)), color=tone)]
    if {"low", "high"} <= set(rows):
        layers.append(base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=x_title), x2=alt.X2("high:Q")))
    rungs = len(look.labels) if grouped else 1
    return layer(*layers, height=max(2, len(order)) * step * max(1.0, rungs * 0.6))


def spread(rows: pd.DataFrame, *, x_title: str, fmt: str = ",.4~g", step: int = 22) -> Layers:
    """Draw how far the values of one quantity lie apart: columns label, value (> 0), who, unit; one row a quantity.

    Each value is drawn as a multiple of the quantity's smallest, on a logarithmic scale, so that quantities in any unit
    can stand below each other; the widest stands on top. The hover gives the value itself and who says so.
    """
    needs(rows, "label", "value", "who", "unit")
    if not (rows["value"] > 0).all():
        raise HedgingError("only positive values have a multiple", where="spread", remedy="leave the others out")
    least = rows.groupby("label")["value"].transform("min")
    rows = rows.assign(times=rows["value"] / least)
    order = list(rows.groupby("label")["times"].max().sort_values(ascending=False, kind="stable").index)
    ends = rows.groupby("label", as_index=False).agg(times=("times", "min"), most=("times", "max"))
    y = alt.Y("label:N", sort=order, title=None, axis=dict(labelLimit=190, grid=True))
    x = alt.X(
        "times:Q",
        title=x_title,
        scale=dict(type="log", nice=False, padding=9),
        axis=dict(tickCount=4, format="~g"),
    )
    tips = [alt.Tooltip("label:N", title="what"), alt.Tooltip("who:N", title="who says so")]
    tips += [
        alt.Tooltip("value:Q", format=fmt),
        alt.Tooltip("unit:N"),
        alt.Tooltip("times:Q", title="times the least", format=".2f"),
    ]
    line = alt.Chart(ends).mark_rule(color=theme.NEUTRAL, strokeWidth=2).encode(x=x, x2=alt.X2("most:Q"), y=y)
    dots = alt.Chart(rows).mark_circle(size=80, color=theme.BETWEEN, opacity=0.85).encode(x=x, y=y, tooltip=tips)
    return layer(line, dots, height=max(2, len(order)) * step)


def meetings(events: pd.DataFrame, *, height: int = 220) -> alt.Chart:
    """Draw each meeting as a mark on its day: columns `date`, `power`, `rank`, and optionally `what` and `place`."""
    needs(events, "date", "power", "rank")
    powers = [power for power in theme.POWERS if power in set(events["power"])]
    look, ranks = theme.style(powers), list(dict.fromkeys(events["rank"]))
    rows = events.assign(power=events["power"].map(theme.label), date=pd.to_datetime(events["date"]))
    extra = [alt.Tooltip(f"{name}:N") for name in ("what", "place") if name in rows]
    legend = dict(orient="bottom", columns=2, title=None, symbolFillColor=theme.INK, symbolStrokeColor=theme.INK)
    shapes = list(theme.SHAPES.values())[: max(1, len(ranks))]
    pick = alt.selection_point(name="pick", fields=["rank"], bind="legend")
    return (
        alt.Chart(rows.sort_values(["date", "power"]), height=height)
        .mark_point(size=90, strokeWidth=1.5)
        .encode(
            x=alt.X("date:T", title=None, scale=dict(padding=12), axis=dict(format="%b %Y", tickCount=5, grid=True)),
            y=alt.Y("power:N", sort=list(look.labels), title=None, scale=dict(domain=list(look.labels))),
            color=alt.Color("power:N", scale=dict(domain=list(look.labels), range=list(look.colours)), legend=None),
            shape=alt.Shape("rank:N", scale=dict(domain=ranks, range=shapes), legend=legend),
            opacity=singled_out(pick, 0.1, 0.9),
            tooltip=[alt.Tooltip("date:T", format="%-d %B %Y"), alt.Tooltip("power:N"), alt.Tooltip("rank:N"), *extra],
        )
        .add_params(pick)
    )


def rank_strip(
    values: pd.Series, *, x_title: str, highlight: str = "PRK", names: dict[str, str] | None = None, height: int = 170
) -> Layers:
    """Draw one dot for each state (index: code; value: its contrast), the highlighted state large and named.

    Dots that would cover each other are piled up; states without a value are left out.
    """
    known = values.dropna().sort_values(kind="stable")
    if highlight not in known:
        raise HedgingError(f"no value for {highlight}", where="rank_strip", remedy="check the comparison states")
    bins = pd.cut(known, 40, labels=False) if known.nunique() > 1 else pd.Series(0, index=known.index)
    rows = pd.DataFrame(
        {"code": known.index, "value": known.to_numpy(), "pile": bins.groupby(bins).cumcount().to_numpy()}
    )
    rows["state"] = [(names or {}).get(code, code) for code in rows["code"]]
    rows["rank"] = [f"{i} of {len(rows)}" for i in range(1, len(rows) + 1)]
    ours = rows["code"] == highlight
    top = max(4, int(rows["pile"].max()) + 2)
    tips = [
        alt.Tooltip("state:N"),
        alt.Tooltip("value:Q", format=".3f"),
        alt.Tooltip("rank:N", title="rank from below"),
    ]
    x = alt.X("value:Q", title=x_title, scale=dict(zero=False), axis=dict(tickCount=5))
    y = alt.Y("pile:Q", title=None, axis=None, scale=dict(domain=[-1, top]))
    others = alt.Chart(rows[~ours]).mark_circle(size=55, color=theme.NEUTRAL, opacity=0.7)
    one = alt.Chart(rows[ours]).encode(x=x, y=y, tooltip=tips)
    mark = one.mark_point(size=190, shape="diamond", color=theme.COLOURS["RUS"], opacity=1)
    stem = one.mark_rule(strokeDash=[2, 2]).encode(y2=alt.Y2Value(14))
    text = one.mark_text(baseline="bottom", fontWeight="bold").encode(text=alt.Text("state:N"), y=alt.YValue(12))
    return layer(others.encode(x=x, y=y, tooltip=tips), stem, mark, text, height=height)


def placebo(shifted: Sequence[float], observed: float, *, x_title: str, bins: int = 24, height: int = 220) -> Layers:
    """Draw the contrasts of all shifted eras as a histogram, and the real one as a marked line."""
    shifts = np.asarray(shifted, float)
    shifts = shifts[~np.isnan(shifts)]
    counts, edges = np.histogram(shifts, bins=min(bins, max(4, shifts.size // 2)))
    rows = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "count": counts, "zero": 0})
    x = alt.X("low:Q", title=x_title, scale=dict(zero=False), axis=dict(tickCount=5))
    tips = [alt.Tooltip("low:Q", title="from", format=".3f"), alt.Tooltip("high:Q", title="to", format=".3f")]
    y = alt.Y("count:Q", title="shifted eras", axis=dict(tickCount=4, tickMinStep=1))
    box = alt.Chart(rows).mark_rect(color=theme.NEUTRAL, stroke="white", strokeWidth=0.5)
    hist = box.encode(
        x=x, x2=alt.X2("high:Q"), y=y, y2=alt.Y2("zero:Q"), tooltip=[*tips, alt.Tooltip("count:Q", title="shifts")]
    )
    larger = float((np.abs(shifts) >= abs(observed) - 1e-12).mean()) if shifts.size else float("nan")
    real = [{"observed": float(observed), "word": "the real eras", "larger": larger}]
    tip = [
        alt.Tooltip("observed:Q", format=".3f"),
        alt.Tooltip("larger:Q", title="share as large or larger", format=".1%"),
    ]
    base = alt.Chart(alt.InlineData(values=real)).encode(x=alt.X("observed:Q", title=x_title), tooltip=tip)
    line = base.mark_rule(color=theme.COLOURS["RUS"], strokeWidth=3)
    text = base.mark_text(align="center", dy=-8, fontWeight="bold").encode(text=alt.Text("word:N"), y=alt.YValue(0))
    return layer(hist, line, text, height=height)
