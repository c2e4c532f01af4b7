"""Layers are put together here as Altair would, or a figure shows something else than the chart that was asked for."""

import altair as alt
import numpy as np
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from hedging import argument, charts
from hedging.charts.curves import curve
from hedging.charts.layers import Layers, layer
from hedging.charts.moments import moments
from hedging.charts.stretches import stretches
from tests.charts.test_kinds import DAYS, KINDS, TREE

BOXES = pd.DataFrame({"word": ["A"], "means": ["nearer Beijing"], "start": [1955], "end": [1962], "low": -1, "high": 0})
UNTYPED = alt.Chart(DAYS.assign(date=pd.to_datetime(DAYS["date"]))).mark_tick().encode(x="date", y="power")
LINE = alt.Chart().mark_rule().encode(y=alt.datum(0.5))
LINKED = alt.Chart("https://example.org/rows.json").mark_point().encode(x="a:Q")
ODD = (  # words that are neither text nor Python's own numbers, a channel of several fields, and a condition on one
    alt.Chart(DAYS.assign(n=pd.array([1, None], "Int64"), first=[True, False], share=[np.inf, 1.5]), mark="tick")
    .encode(
        x=alt.X("date:T", scale=dict(domain=[pd.Timestamp("2018-01-01"), pd.Timestamp("2019-12-31")])),
        y=alt.Y("count()", scale=dict(domain=np.array([0, 3]), padding=np.float64(0.5))),
        detail=alt.Detail(["power:N", "rank:N"]),
        order=alt.Order("date:T", sort="descending"),
        tooltip=["power:N", alt.Tooltip("date:T", timeUnit="year", format="%Y")],
        color=alt.value("red", condition={"test": alt.datum.rank == "leader", "field": "power", "type": "nominal"}),
        opacity=alt.when(alt.datum.rank == "leader").then(alt.value(1)).otherwise(alt.value(0.2)),
    )
    .transform_filter(alt.FieldOneOfPredicate(field="power", oneOf=["RUS", "CHN"]))
)
LAYERED = {
    "a line without rows": layer(LINE, alt.Chart(DAYS).mark_tick().encode(x="date:T")),
    "rows from elsewhere": layer(LINKED, LINE),
    "all kinds of words": layer(ODD, layer(ODD.mark_point(size=3), LINE, resolve={"scale": {"y": "shared"}})),
    **{name: made for name, made in KINDS.items() if isinstance(made, Layers)},
    "moments over layers": moments(KINDS["months"], {"2018-06-12": "Singapore"}),
    "moments over one chart": moments(KINDS["meetings"], {"2018-06-12": "Singapore"}),
    "fields without types": moments(UNTYPED, {"2018-06-12": "Singapore"}),
    "boxes": stretches(charts.tilt(TREE["between"]), TREE["between"], BOXES),
}


@pytest.mark.parametrize("kind", LAYERED)
def test_layers_put_together_here_are_not_what_altair_makes_of_them(kind):
    assert charts.specification(LAYERED[kind]) == charts.specification(LAYERED[kind].altair())


def test_a_curve_put_together_here_is_not_what_altair_makes_of_it():
    made = curve(argument.multiverse("C2b"))
    assert charts.specification(made) == charts.specification(made.altair())


def test_a_faulty_layer_is_told_of_in_altairs_words():
    dot = alt.Chart(pd.DataFrame({"value": [1]})).mark_point().encode(x=alt.X("value:Q", axis=dict(tickCuont=3)))
    with pytest.raises(SchemaValidationError, match="tickCuont"):
        charts.specification(layer(dot))


def test_a_chart_left_without_figure_shows_nothing_in_a_notebook():
    shown = KINDS["lines"]._repr_mimebundle_(include=None, exclude=None)
    assert "vegaEmbed" in shown["text/html"]
