"""Charts that are nearly tables: which cells of a table hold data."""

import altair as alt
import pandas as pd

from hedging.charts import frames, theme

STATUS = {
    "observed": "#1f7a8c",
    "structural_zero": "#a75fbd",
    "not_reported": "#cc7b1b",
    "withheld": "#c53927",
    "absent": "#80808055",
}


def heat(frame: pd.DataFrame, *, title: str = "covered", step: int = 26) -> alt.LayerChart:
    """Draw what is covered: index years, one row a column; values in [0, 1] (shares) or words of `status`."""
    field, rows = frames.time_field(frame), frames.long(frame)
    order = [theme.label(name) for name in frame.columns]
    words = not pd.api.types.is_numeric_dtype(rows["value"])
    if words:
        rows = rows.assign(value=rows["value"].fillna("absent"))
        scale = alt.Scale(domain=list(STATUS), range=list(STATUS.values()))
        tone = alt.Color("value:N", scale=scale, legend=alt.Legend(orient="bottom", columns=2, title=None))
        tip = alt.Tooltip("value:N", title="status")
    else:
        scale = alt.Scale(domain=[0, 1], range=["#80808033", theme.BETWEEN])
        tone = alt.Color("value:Q", scale=scale, legend=alt.Legend(orient="bottom", title=title, format=".0%"))
        tip = alt.Tooltip("value:Q", title=title, format=".0%")
    x = frames.time_axis("from_year", frame)
    y = alt.Y("series:N", sort=order, title=None, axis=alt.Axis(labelLimit=140))
    cells = (
        alt.Chart(rows)
        .transform_calculate(from_year="datum.year - 0.46", to_year="datum.year + 0.46")
        .mark_rect()
        .encode(x=x, x2="to_year:Q", y=y, color=tone, tooltip=[frames.time_tip(field), "series:N", tip])
    )
    return alt.layer(cells).properties(height=max(2, len(order)) * step)
