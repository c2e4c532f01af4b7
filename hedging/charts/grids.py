"""Charts that are nearly tables: which cells of a table hold data, and which years a shelf of tables covers."""

import altair as alt
import pandas as pd

from hedging.charts import frames, theme
from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer

STATUS = {
    "observed": "#1f7a8c",
    "structural_zero": "#a75fbd",
    "not_reported": "#cc7b1b",
    "withheld": "#c53927",
    "absent": "#80808055",
}


def heat(frame: pd.DataFrame, *, title: str = "covered", step: int = 26) -> Layers:
    """Draw what is covered: index years, one row a column; values in [0, 1] (shares) or words of `status`."""
    field, rows = frames.time_field(frame), frames.long(frame)
    order = [theme.label(name) for name in frame.columns]
    words = not pd.api.types.is_numeric_dtype(rows["value"])
    if words:
        rows = rows.assign(value=rows["value"].fillna("absent"))
        scale = dict(domain=list(STATUS), range=list(STATUS.values()))
        tone = alt.Color("value:N", scale=scale, legend=dict(orient="bottom", columns=2, title=None))
        tip = alt.Tooltip("value:N", title="status")
    else:
        scale = dict(domain=[0, 1], range=["#80808033", theme.BETWEEN])
        tone = alt.Color("value:Q", scale=scale, legend=dict(orient="bottom", title=title, format=".0%"))
        tip = alt.Tooltip("value:Q", title=title, format=".0%")
    x = frames.time_axis("from_year", frame)
    y = alt.Y("series:N", sort=order, title=None, axis=dict(labelLimit=140))
    cells = (
        alt.Chart(rows)
        .transform_calculate(from_year="datum.year - 0.46", to_year="datum.year + 0.46")
        .mark_rect()
        .encode(
            x=x, x2=alt.X2("to_year:Q"), y=y, color=tone, tooltip=[frames.time_tip(field), alt.Tooltip("series:N"), tip]
        )
    )
    return layer(cells, height=max(2, len(order)) * step)


def reach(spans: pd.DataFrame, *, step: int = 18) -> Layers:
    """Draw which years each table covers: columns table, title, subject, first_year, last_year, rows, share.

    Both years are inside. Tables and subjects keep the order of their first rows. `share` in [0, 1] (rows that
    hold a figure) is the strength of a bar; the subject its colour, and a click on the legend singles it out.
    """
    needs(spans, "table", "title", "subject", "first_year", "last_year", "rows", "share")
    order, subjects = list(dict.fromkeys(spans["table"])), list(dict.fromkeys(spans["subject"]))
    look = theme.style(subjects)
    pick = alt.selection_point(name="pick", fields=["subject"], bind="legend")
    span = pd.Series(0, index=[int(spans["first_year"].min()), int(spans["last_year"].max())])
    years = alt.Tooltip("years:N", title="years")
    share = alt.Tooltip("share:Q", title="rows with a figure", format=".0%")
    tips = [
        alt.Tooltip("title:N", title="table"),
        years,
        alt.Tooltip("rows:Q", format=","),
        share,
        alt.Tooltip("subject:N"),
    ]
    alone = spans["first_year"] == spans["last_year"]
    first, last = (spans[name].astype(str) for name in ("first_year", "last_year"))
    words = first.where(alone, first + "-" + last)
    bars = (
        alt.Chart(spans.assign(years=words))
        .transform_calculate(from_year="datum.first_year - 0.5", to_year="datum.last_year + 0.5")
        .transform_filter(pick)
        .mark_rect(height={"band": 0.72})
        .encode(
            x=frames.time_axis("from_year", span),
            x2=alt.X2("to_year:Q"),
            y=alt.Y("table:N", sort=order, title=None, axis=dict(labelLimit=170, labelFontSize=11, domain=False)),
            color=theme.colour("subject", look),
            fillOpacity=alt.FillOpacity("share:Q", scale=dict(domain=[0, 1], range=[0.2, 1]), legend=None),
            tooltip=tips,
        )
        .add_params(pick)
    )
    return layer(bars, height=max(2, len(order)) * step)
