"""Charts that are nearly tables: findings by verdict, and which cells of a table hold data."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from hedging.charts import frames, theme

VERDICTS = {
    "supported": ("#33826a", "circle"),
    "contested": ("#cc7b1b", "diamond"),
    "contradicted": ("#c53927", "cross"),
    "not testable with these data": ("#808080", "triangle-up"),
}
STATUS = {
    "observed": "#1f7a8c",
    "structural_zero": "#a75fbd",
    "not_reported": "#cc7b1b",
    "withheld": "#c53927",
    "absent": "#80808055",
}


def findings(found: Iterable[Any]) -> alt.LayerChart:
    """Draw one row for each claim and one column for each verdict, in the claims' order.

    Takes findings (objects with `claim`, `chapter`, `says`, `verdict`, `reason`) or dicts of the same keys.
    """
    keys = ("claim", "chapter", "says", "verdict", "reason")
    rows = pd.DataFrame([{key: _read(one, key) for key in keys} for one in found], columns=list(keys))
    words, order = list(VERDICTS), list(rows["claim"])
    short = rows["verdict"].replace({words[-1]: "not testable"})
    columns = [*words[:-1], "not testable"]
    rows = rows.assign(verdict=short)
    x = alt.X("verdict:N", sort=columns, title=None, scale=alt.Scale(domain=columns))
    x = x.axis(orient="top", labelAngle=0, labelOverlap=False, labelFontSize=11)
    signs = list(VERDICTS.values())
    tips = ["claim:N", "chapter:N", alt.Tooltip("says:N", title="what is said"), "verdict:N", "reason:N"]
    dots = (
        alt.Chart(rows)
        .mark_point(size=260)
        .encode(
            x=x,
            y=alt.Y("claim:N", sort=order, title=None, axis=alt.Axis(grid=True)),
            color=alt.Color("verdict:N", scale=alt.Scale(domain=columns, range=[s[0] for s in signs]), legend=None),
            shape=alt.Shape("verdict:N", scale=alt.Scale(domain=columns, range=[s[1] for s in signs]), legend=None),
            tooltip=tips,
        )
    )
    return alt.layer(dots).properties(height=max(4, len(rows)) * 30)


def _read(one: Any, key: str) -> Any:
    return one.get(key) if isinstance(one, dict) else getattr(one, key, None)


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
