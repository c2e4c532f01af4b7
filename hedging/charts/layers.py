"""Layers one over the other, with no more than each of them says: Altair copies a layer whole at each step."""

from typing import Any

import altair as alt


def layer(*charts: alt.Chart | alt.LayerChart, **properties: Any) -> alt.LayerChart:
    """Return `alt.layer(...)` of the same charts; `properties` are those of the whole, such as `height`.

    A mark carries some ninety properties, nearly all of them not set, and every layer copies them several times: here
    only those that are set go in, as the words of Vega-Lite that they stand for.
    """
    return alt.layer(*map(_plain, charts), **properties)


def _plain(chart: alt.Chart | alt.LayerChart) -> alt.Chart | alt.LayerChart:
    if not isinstance(chart, alt.Chart) or not isinstance(chart.mark, alt.MarkDef):
        return chart
    lean = chart.copy(deep=False)
    lean.mark = chart.mark.to_dict(validate=False)
    return lean


def singled_out(pick: alt.Parameter, faint: float, full: float = 1) -> alt.OpacityValue:
    """Return the opacity that is `full` for what was picked in the legend, and `faint` for the rest."""
    return alt.OpacityValue(faint, condition={"param": pick.name, "value": full})
