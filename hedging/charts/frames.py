"""From the measures' wide frames to the long rows that a chart draws. A missing value stays a row, so lines break."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts import theme
from hedging.errors import HedgingError


def wide(data: pd.Series | pd.DataFrame | dict[str, pd.Series]) -> pd.DataFrame:
    """Return one column for each series; the index (years, or months as periods) is the time."""
    if isinstance(data, pd.Series):
        data = data.to_frame(data.name or "value")
    frame = pd.DataFrame(data)
    if frame.empty:
        raise HedgingError("nothing to draw: the frame is empty", remedy="check the years and the variant asked for")
    return frame.sort_index()


def long(data: pd.Series | pd.DataFrame | dict[str, pd.Series], value: str = "value") -> pd.DataFrame:
    """Return rows (time, series, value): `year` as integer or `month` as date; series by their readers' names."""
    frame = wide(data)
    key = time_field(frame)
    index = frame.index.to_timestamp() if isinstance(frame.index, pd.PeriodIndex) else frame.index
    n, series = len(frame), len(frame.columns)
    times, names = np.tile(index, series), np.repeat([theme.label(name) for name in frame], n)
    return pd.DataFrame({key: times, "series": names, value: frame.to_numpy().ravel(order="F")})


def time_field(frame: pd.DataFrame | pd.Series) -> str:
    """Say whether a frame runs over years or over months."""
    monthly = isinstance(frame.index, pd.PeriodIndex | pd.DatetimeIndex)
    return "month" if monthly else "year"


def time_axis(field: str, frame: pd.DataFrame | pd.Series, **options: Any) -> alt.X:
    """Return the time axis: few ticks, never 1,990, the data's own span."""
    if field == "month":
        return alt.X("month:T", title=None, axis=dict(format="%Y", tickCount=6), **options)
    low, high = int(frame.index.min()), int(frame.index.max())
    scale = dict(domain=[low - 0.6, high + 0.6], nice=False, zero=False)
    axis = dict(format="d", tickCount=min(8, max(2, high - low)), tickMinStep=1)
    return alt.X(f"{field}:Q", title=None, scale=scale, axis=axis, **options)


def time_tip(field: str) -> alt.Tooltip:
    """Return the tooltip line of the time."""
    if field == "month":
        return alt.Tooltip("month:T", title="month", format="%B %Y")
    return alt.Tooltip(f"{field}:Q", title="year", format="d")


def bands_of_eras(frame: pd.DataFrame | pd.Series) -> list[alt.Chart]:
    """Return the shaded eras with their numbers, cut to the frame's years (none for months)."""
    if time_field(frame) == "month":
        return []
    low, high = int(frame.index.min()), int(frame.index.max())
    rows = [
        {
            "era": number,
            "name": name,
            "tint": 0.13 if int(number) % 2 else 0.06,
            "from_year": max(start, low) - 0.5,
            "to_year": min(end, high) + 0.5,
        }
        for number, name, start, end in theme.ERAS
        if start <= high and end >= low
    ]
    if not rows:
        return []
    middle = [row | {"mid_year": (row["from_year"] + row["to_year"]) / 2} for row in rows]
    base = alt.Chart(alt.InlineData(values=middle))
    scale = dict(domain=[low - 0.6, high + 0.6], nice=False, zero=False)
    axis = dict(format="d", tickCount=min(8, max(2, high - low)), tickMinStep=1)
    shade = base.mark_rect(fill=theme.NEUTRAL).encode(
        x=alt.X("from_year:Q", title=None, scale=scale, axis=axis),
        x2=alt.X2("to_year:Q"),
        fillOpacity=alt.FillOpacity("tint:Q", scale=None),
        tooltip=alt.Tooltip("name:N", title="era"),
    )
    numbers = base.mark_text(baseline="top", fontSize=11, dy=3).encode(
        x=alt.X("mid_year:Q", title=None, scale=scale, axis=axis), y=alt.YValue(0), text=alt.Text("era:N")
    )
    return [shade, numbers]


def needs(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a frame that lacks one of the columns that a chart draws."""
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise HedgingError(f"the chart needs columns {lacking}", remedy=f"it was given {list(frame.columns)}")
