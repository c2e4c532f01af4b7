"""One question put to every state: how each claim came out, and how far each state moved in share and in size."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from hedging.charts import theme
from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer
from hedging.charts.verdicts import OUTCOMES
from hedging.errors import HedgingError
from hedging.tables import codes


def counts(counted: pd.DataFrame, *, x_title: str = "states", step: int = 34) -> Layers:
    """Draw how many states have each outcome: index the claims (one bar each), columns the outcomes, values counts."""
    strange = [column for column in counted.columns if column not in OUTCOMES]
    if strange:
        raise HedgingError(f"{strange} is no outcome", where="counts", remedy=f"one of {', '.join(OUTCOMES)}")
    ends = counted.cumsum(axis=1)
    rows = pd.DataFrame(
        {
            "claim": f"{claim[:1].upper()}{claim[1:]}",
            "outcome": outcome,
            "states": int(n),
            "from": int(ends.at[claim, outcome] - n),
            "to": int(ends.at[claim, outcome]),
        }
        for claim, line in counted.iterrows()
        for outcome, n in line.items()
        if n
    )
    colours = [OUTCOMES[outcome][0] for outcome in counted.columns]
    scale = dict(domain=list(counted.columns), range=colours)
    y = alt.Y("claim:N", sort=list(dict.fromkeys(rows["claim"])), title=None, axis=dict(labelLimit=150, ticks=False))
    x = alt.X("from:Q", title=x_title, axis=dict(tickCount=5))
    tips = [alt.Tooltip("claim:N"), alt.Tooltip("outcome:N"), alt.Tooltip("states:Q")]
    legend = dict(orient="bottom", columns=2, title=None)
    bars = (
        alt.Chart(rows)
        .mark_bar()
        .encode(x=x, x2=alt.X2("to:Q"), y=y, color=alt.Color("outcome:N", scale=scale, legend=legend), tooltip=tips)
    )
    return layer(bars, height=len(counted) * step)


def moves(
    changes: pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    state: str = "PRK",
    named: Sequence[str] = (),
    height: int = 340,
) -> Layers:
    """Draw one dot a state: columns `change` (across) and `size` (up), index the codes; a few carry their names.

    The rules are the lines of no change. States without either value are left out; one of those named is an error.
    """
    needs(changes, "change", "size")
    known = changes.dropna(subset=["change", "size"])
    lacking = [code for code in (state, *named) if code not in known.index]
    if lacking:
        raise HedgingError(f"no change or size of {', '.join(lacking)}", where="moves", remedy="name other states")
    rows = known[["change", "size"]].assign(state=[codes.title(code) for code in known.index], role="other")
    rows.loc[list(named), "role"] = "named"
    rows.loc[state, "role"] = "this"
    x = alt.X("change:Q", title=x_title, axis=dict(tickCount=5, format="+.1f"), scale=dict(padding=12))
    y = alt.Y("size:Q", title=y_title, axis=dict(tickCount=5, format="+.1f"), scale=dict(padding=12))
    tips = [
        alt.Tooltip("state:N"),
        alt.Tooltip("change:Q", title=x_title, format="+.3f"),
        alt.Tooltip("size:Q", title=y_title, format="+.2f"),
    ]
    nought = alt.Chart(alt.InlineData(values=[{"change": 0, "size": 0}]))
    rules = [nought.mark_rule(strokeDash=[3, 3]).encode(x=x), nought.mark_rule(strokeDash=[3, 3]).encode(y=y)]
    base = alt.Chart(rows.reset_index(drop=True)).encode(x=x, y=y, tooltip=tips)
    looks = {
        "other": {"shape": "circle", "size": 42, "color": theme.NEUTRAL, "opacity": 0.6},
        "named": {"shape": "triangle-up", "size": 80, "color": theme.BETWEEN, "opacity": 1},
        "this": {"shape": "diamond", "size": 170, "color": theme.COLOURS["RUS"], "opacity": 1},
    }
    dots, words = [], []
    for role, look in looks.items():
        if (rows["role"] == role).any():
            of = base.transform_filter(f"datum.role == '{role}'")
            dots.append(of.mark_point(**look))
            if role != "other":
                weight = "bold" if role == "this" else "normal"
                words.append(of.mark_text(align="left", dx=9, fontWeight=weight).encode(text=alt.Text("state:N")))
    return layer(*rules, *dots, *words, height=height)
