"""Charts over time: lines, tilt between two patrons, bounds and intervals."""

import altair as alt
import pandas as pd

from hedging.charts import frames, theme
from hedging.charts.layers import Layers, layer, singled_out

Data = pd.Series | pd.DataFrame | dict[str, pd.Series]


def lines(
    data: Data,
    y_title: str,
    *,
    eras: bool = True,
    domain: tuple[float, float] | None = None,
    log: bool = False,
    fmt: str = ",.2f",
    height: int = 300,
) -> Layers:
    """Draw series over years (index int) or months (period index), one line for each column; NaN breaks the line.

    Powers keep their colours, dashes and shapes. A click on the legend singles a series out, a hover names the value.
    """
    frame = frames.wide(data)
    scale = dict(type="log") if log else dict(domain=list(domain)) if domain else dict(zero=True)
    y = alt.Y("value:Q", title=y_title, scale=scale, axis=dict(tickCount=5))
    bands = frames.bands_of_eras(frame) if eras else []
    return layer(*bands, _paths(frame, y, fmt), height=height)


def _paths(frame: pd.DataFrame, y: alt.Y, fmt: str) -> Layers:
    """Lines with a point at each value: the points carry the hover, and show a value that stands alone."""
    field, look = frames.time_field(frame), theme.style(frame.columns)
    pick = alt.selection_point(name="pick", fields=["series"], bind="legend")
    base = alt.Chart(frames.long(frame)).encode(
        x=frames.time_axis(field, frame),
        y=y,
        color=theme.colour("series", look),
        opacity=singled_out(pick, 0.15),
        tooltip=[frames.time_tip(field), alt.Tooltip("series:N"), alt.Tooltip("value:Q", format=fmt)],
    )
    domain, legend = list(look.labels), theme.legend(look)
    dashes = dict(domain=domain, range=[list(dash) for dash in look.dashes])
    dash = alt.StrokeDash("series:N", scale=dashes, legend=legend)
    shape = alt.Shape("series:N", scale=dict(domain=domain, range=list(look.shapes)), legend=legend)
    return layer(base.mark_line().encode(strokeDash=dash), base.mark_point().encode(shape=shape).add_params(pick))


def tilt(series_by_domain: Data, *, eras: bool = True, height: int = 300) -> Layers:
    """Draw tilts T in [-1, 1] by domain: +1 is all Moscow, -1 all Beijing, 0 (the rule) even; NaN breaks the line."""
    frame = frames.wide(series_by_domain)
    words = "datum.value == 1 ? 'Moscow' : datum.value == -1 ? 'Beijing' : datum.value == 0 ? 'even' : ''"
    axis = dict(values=[-1, -0.5, 0, 0.5, 1], labelExpr=words)
    y = alt.Y("value:Q", title="tilt", scale=dict(domain=[-1, 1], nice=False), axis=axis)
    middle = alt.Chart(alt.InlineData(values=[{"even": 0}])).mark_rule(strokeDash=[3, 3]).encode(y=alt.Y("even:Q"))
    bands = frames.bands_of_eras(frame) if eras else []
    return layer(*bands, middle, _paths(frame, y, "+.2f"), height=height)


def bands(
    middle: Data | None, low: Data, high: Data, *, y_title: str, eras: bool = True, fmt: str = ".2f", height: int = 300
) -> Layers:
    """Draw bounds or intervals: an area from `low` to `high` and, if given, a line for `middle` (same columns)."""
    lows, highs = frames.wide(low), frames.wide(high)
    highs.columns = lows.columns
    field, look = frames.time_field(lows), theme.style(lows.columns)
    rows = frames.long(lows, "low").assign(high=frames.long(highs, "high")["high"])
    tips = [
        frames.time_tip(field),
        alt.Tooltip("series:N"),
        alt.Tooltip("low:Q", format=fmt),
        alt.Tooltip("high:Q", format=fmt),
    ]
    x, y = frames.time_axis(field, lows), alt.Y("low:Q", title=y_title, axis=dict(tickCount=5))
    tone = theme.colour("series", look)
    whole = rows[rows["low"].notna() & rows["high"].notna()]
    bars = alt.Chart(whole).mark_rule(opacity=0.55, strokeWidth=3)
    layers = [
        *(frames.bands_of_eras(lows) if eras else []),
        bars.encode(x=x, y=y, y2=alt.Y2("high:Q"), color=tone, tooltip=tips),
    ]
    if (whole["high"] > whole["low"]).mean() > 0.5:
        # an area between a bound and a known value would claim values that nobody knows, so only where bounds prevail
        area = alt.Chart(rows).mark_area(opacity=0.3, line=False)
        layers.append(area.encode(x=x, y=y, y2=alt.Y2("high:Q"), color=tone, tooltip=tips))
    if middle is not None:
        mids = frames.wide(middle)
        mids.columns = lows.columns
        layers.append(_paths(mids, alt.Y("value:Q", title=y_title), fmt))
    return layer(*layers, height=height)
