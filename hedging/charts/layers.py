"""Layers one over the other, put together as Vega-Lite words once, when they are asked for.

Altair copies every layer whole several times to lay it over another, and judges it each time: half of the time of a
figure. What comes out is the same, which is tested for every kind of chart.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts.plain import plain

UP = ("height", "width")  # a layer may not have a size of its own: it is that of the whole


@dataclass(frozen=True)
class Layers:
    """Charts drawn one over the other, the first one lowest; `properties` are those of the whole, such as `height`."""

    charts: tuple["alt.Chart | Layers", ...]
    properties: dict[str, Any]

    @property
    def data(self) -> Any:
        """The rows that all layers share, or Undefined."""
        first, *others = (chart.data for chart in self.charts)
        return first if all(other is first for other in others) else alt.Undefined

    def altair(self) -> alt.LayerChart:
        """Return the same as Altair's own chart, for whatever Altair can do with it."""
        return alt.layer(*(one.altair() if isinstance(one, Layers) else one for one in self.charts), **self.properties)

    def to_dict(self, validate: bool = True) -> dict[str, Any]:
        """Return the specification; with `validate`, Altair makes it, looks at each part and says what is wrong."""
        if validate:
            return self.altair().to_dict()
        rows: dict[str, list[dict[str, Any]]] = {}
        picks: dict[str, dict[str, Any]] = {}
        try:
            words = _words(self, None, rows, picks)
        except ValueError:  # a field without its type, which Altair infers from the rows, or rows of another kind
            return self.altair().to_dict(validate=False)
        whole = {"params": list(picks.values()), "datasets": rows}
        return {"$schema": alt.SCHEMA_URL} | words | {name: part for name, part in whole.items() if part}

    def __getattr__(self, name: str) -> Any:
        """What layers of their own cannot do, such as `interactive` or being shown without a figure, Altair's can."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.altair(), name)


def layer(*charts: alt.Chart | Layers, **properties: Any) -> Layers:
    """Return the charts as layers of one; `properties` are those of the whole."""
    return Layers(charts, properties)


def _named(data: Any, rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Store the rows of a chart under a name, as Altair does: by what they are."""
    if data is alt.Undefined:  # a mark of no rows is drawn once
        rows["empty"] = [{}]
        return {"name": "empty"}
    if isinstance(data, alt.InlineData):
        found = data.values
    elif isinstance(data, pd.DataFrame):
        names, columns = list(data), (_cells(data[name]) for name in data)
        found = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    else:
        raise ValueError(f"{type(data)} is left to Altair")
    name = f"data-{hashlib.md5(json.dumps(found, sort_keys=True).encode(), usedforsecurity=False).hexdigest()}"
    rows[name] = found
    return {"name": name}


def _cells(column: pd.Series) -> list[Any]:
    """Return a column as JSON knows it: what is missing, not a number or endless is None, a day is ISO 8601."""
    kind = column.dtype.kind
    if kind in "iub" and isinstance(column.dtype, np.dtype):  # one of pandas' own may lack a value
        return column.tolist()
    if kind == "M":
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S")
    cells = column.to_numpy(object, copy=True)
    cells[~np.isfinite(column.to_numpy()) if kind == "f" else column.isna().to_numpy()] = None
    return cells.tolist()


def _words(
    part: alt.Chart | Layers, above: Any, rows: dict[str, list[dict[str, Any]]], picks: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return one part in the words of Vega-Lite; its data go to `rows`, its parameters to `picks`.

    `above`: the data of what it is a part of, or None.
    """
    own = part.data is not above and (part.data is not alt.Undefined or (isinstance(part, alt.Chart) and above is None))
    data = {"data": _named(part.data, rows)} if own else {}
    if isinstance(part, alt.Chart):
        return plain(_single(part, picks)) | data
    below = above if part.data is alt.Undefined else part.data
    words = data | plain(part.properties) | {"layer": [_words(one, below, rows, picks) for one in part.charts]}
    for size in UP:
        for one in words["layer"]:
            if size in one:
                words.setdefault(size, one.pop(size))
    return words


def _single(chart: alt.Chart, picks: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what a chart is made of, its parameters moved to `picks`, where they name it."""
    made = chart._kwds | {"data": alt.Undefined}
    if isinstance(chart.mark, str):
        made["mark"] = {"type": chart.mark}
    if chart.params is not alt.Undefined:
        made |= {"params": alt.Undefined, "name": f"view_{len(picks)}"}
        for param in chart.params:
            picks.setdefault(param.name, param.to_dict(validate=False) | {"views": [made["name"]]})
    return made


def singled_out(pick: alt.Parameter, faint: float, full: float = 1) -> alt.OpacityValue:
    """Return the opacity that is `full` for what was picked in the legend, and `faint` for the rest."""
    return alt.OpacityValue(faint, condition={"param": pick.name, "value": full})
