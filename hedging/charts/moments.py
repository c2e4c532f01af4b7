"""Dated moments on a chart over time, so that a line can be read against what happened."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from hedging.charts import theme
from hedging.charts.layers import Layers, layer
from hedging.errors import HedgingError

ABOVE = -24  # pixels from the top of the plot: the words stand over the title of the vertical axis


def moments(chart: alt.Chart | Layers, dates: Mapping[str, str]) -> Layers:
    """Lay a dashed rule with its word over a chart of months or days, for each day "YYYY-MM-DD" of `dates`.

    For the charts whose time axis is a date (monthly `lines` and `tilt`, `meetings`); a day that cannot be read raises
    HedgingError.
    """
    rows = []
    for day, word in dates.items():
        try:
            when = pd.Timestamp(day)
        except ValueError as fault:
            raise HedgingError(f"not a day: {day!r}", where=f"moment {word!r}", remedy="write YYYY-MM-DD") from fault
        rows.append({"when": when.strftime("%Y-%m-%dT00:00:00"), "word": word})
    tips = [alt.Tooltip("word:N", title="moment"), alt.Tooltip("when:T", title="day", format="%-d %B %Y")]
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=alt.X("when:T", title=None), tooltip=tips)
    rule = base.mark_rule(strokeDash=[4, 3], color=theme.INK).encode(y=alt.YValue(0), y2=alt.Y2Value("height"))
    text = base.mark_text(baseline="bottom", dy=-2).encode(text=alt.Text("word:N"), y=alt.YValue(ABOVE))
    return layer(chart, rule, text)
