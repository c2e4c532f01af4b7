"""How unusual is one state? Every state with the same data as a dot, the state itself and a few others by name."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from hedging.charts import theme
from hedging.charts.layers import Layers, layer
from hedging.errors import HedgingError
from hedging.inference import Comparison
from hedging.tables import codes

BINS = 44
LANE = 16  # pixels for each line of names above the dots
DOT = 11  # pixels for each dot of a pile


def ranking(comparison: Comparison, *, x_title: str, named: Sequence[str] = (), one_in: int = 20) -> Layers:
    """Draw the contrasts of all compared states as piled dots; the state and those in `named` carry their names.

    A dashed line marks how far a state must be, on the tested side, to be among the furthest one in `one_in`; the hover
    names every state with its rank. States in `named` that are not compared, because they lack data, are an error.
    """
    found = comparison.contrasts
    lacking = [code for code in named if code not in found.index]
    if lacking:
        why = "; ".join(f"{code}: {comparison.left_out.get(code, 'no such column')}" for code in lacking)
        raise HedgingError(f"not compared: {', '.join(lacking)}", where=f"ranking ({why})", remedy="name other states")
    rows = _rows(comparison, [comparison.state, *(code for code in named if code != comparison.state)])
    top = int(rows["pile"].max()) + 1.5
    lanes = int(rows["lane"].max()) + 1
    height = DOT * (top + 1) + LANE * (lanes + 1)
    unit = (top + 1) / (DOT * (top + 1))
    rows["word_at"] = top + unit * LANE * (rows["lane"] + 0.5)
    scale = dict(domain=[-1, top + unit * LANE * (lanes + 1)], nice=False)
    x = alt.X("value:Q", title=x_title, scale=dict(zero=False, padding=14), axis=dict(tickCount=5))
    tips = [
        alt.Tooltip("state:N"),
        alt.Tooltip("value:Q", title="contrast", format="+.3f"),
        alt.Tooltip("place:N", title="place"),
    ]
    base = alt.Chart(rows).encode(x=x, y=alt.Y("pile:Q", title=None, axis=None, scale=scale), tooltip=tips)
    layers = [_bar(comparison, one_in, x_title, top), *_words(base, scale, rows), *_dots(base, rows)]
    return layer(*layers, height=round(height))


def _rows(comparison: Comparison, named: list[str]) -> pd.DataFrame:
    found = comparison.contrasts.sort_values(kind="stable")
    bins = pd.cut(found, BINS, labels=False) if found.nunique() > 1 else pd.Series(0, index=found.index)
    signed = found if comparison.direction == "higher" else -found
    places = signed.rank(ascending=False, method="max").astype(int)
    rows = pd.DataFrame(
        {
            "code": found.index,
            "state": [codes.title(code) for code in found.index],
            "value": found.to_numpy(),
            "pile": bins.groupby(bins).cumcount().to_numpy(),
            "place": [f"{place} of {len(found)} on the {comparison.direction} side" for place in places],
            "role": [
                "this" if code == comparison.state else "named" if code in named else "other" for code in found.index
            ],
        }
    )
    return _lanes(rows)


def _lanes(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each name a line of its own and a side, so that no stem to a higher line runs through a lower name.

    In the left half names stand to the right of their stems, the leftmost on the highest line; in the right half it is
    the other way round.
    """
    middle = (rows["value"].min() + rows["value"].max()) / 2
    rows = rows.assign(side=np.where(rows["value"] < middle, "left", "right"), lane=0)
    marked = rows["role"] != "other"
    right = rows.index[marked & (rows["side"] == "right")]
    left = rows.index[marked & (rows["side"] == "left")]
    for lane, row in enumerate([*right, *reversed(left)]):
        rows.loc[row, "lane"] = lane
    return rows


def _bar(comparison: Comparison, one_in: int, x_title: str, top: float) -> alt.Chart:
    """A line at the contrast that one state in `one_in` reaches on the tested side."""
    upper = comparison.direction == "higher"
    allowed = max(1, int(np.floor(len(comparison.contrasts) / one_in + 1e-9)))
    ordered = comparison.contrasts.sort_values(ascending=not upper)
    row = [{"bar": float(ordered.iloc[allowed - 1]), "word": f"furthest one in {one_in}", "foot": -1, "top": top}]
    base = alt.Chart(alt.InlineData(values=row)).encode(
        x=alt.X("bar:Q", title=x_title),
        tooltip=[alt.Tooltip("word:N", title="line"), alt.Tooltip("bar:Q", format="+.3f")],
    )
    return base.mark_rule(strokeDash=[4, 3], color=theme.INK).encode(y=alt.Y("foot:Q", title=None), y2=alt.Y2("top:Q"))


# A layer without a row would leave the scale without an extent, and the browser would complain: none is drawn.


def _dots(base: alt.Chart, rows: pd.DataFrame) -> list[alt.Chart]:
    of = {role: base.transform_filter(f"datum.role == '{role}'") for role in ("other", "named", "this")}
    drawn = {
        "other": of["other"].mark_circle(size=46, color=theme.NEUTRAL, opacity=0.7),
        "named": of["named"].mark_point(size=80, shape="triangle-up", color=theme.BETWEEN, opacity=1),
        "this": of["this"].mark_point(size=170, shape="diamond", color=theme.COLOURS["RUS"], opacity=1),
    }
    return [chart for role, chart in drawn.items() if (rows["role"] == role).any()]


def _words(base: alt.Chart, scale: theme.Guide, rows: pd.DataFrame) -> list[alt.Chart]:
    marked = base.transform_filter("datum.role != 'other'")
    stems = marked.mark_rule(strokeDash=[2, 2], opacity=0.6).encode(y2=alt.Y2("word_at:Q"))
    at = alt.Y("word_at:Q", title=None, axis=None, scale=scale)
    words = []
    for role, weight in (("this", "bold"), ("named", "normal")):
        for side, shift in (("left", 4), ("right", -4)):
            if not ((rows["role"] == role) & (rows["side"] == side)).any():
                continue
            chosen = base.transform_filter(f"datum.role == '{role}' && datum.side == '{side}'")
            words.append(
                chosen.mark_text(align=side, dx=shift, baseline="bottom", fontWeight=weight).encode(
                    text=alt.Text("state:N"), y=at
                )
            )
    return [stems, *words]
