"""Charts of wholes and their parts: shares of the powers, and the two parts of H3."""

import math

import altair as alt
import pandas as pd

from hedging.charts import frames, theme
from hedging.charts.layers import Layers, layer

FAINT = 0.3  # opacity of a year whose level is under the threshold


def stacked_shares(ties: pd.DataFrame, *, eras: bool = True, fmt: str = ",.4~g", height: int = 300) -> Layers:
    """Draw the shares of the powers in each year of a wide tie frame; a year with a missing tie is left out.

    A share is only a share of a known whole: with one tie missing the rest would be drawn too large.
    """
    totals = ties.sum(axis=1, skipna=False)
    whole = ties[totals > 0].sort_index()
    rows = _stack(whole.div(whole.sum(axis=1), axis=0), whole)
    tips = [
        frames.time_tip("year"),
        alt.Tooltip("series:N", title="power"),
        alt.Tooltip("part:Q", title="share", format=".1%"),
        alt.Tooltip("amount:Q", title=str(ties.attrs.get("unit", "tie")), format=fmt),
    ]
    y = alt.Y("base:Q", title="share of the five", scale=dict(domain=[0, 1]), axis=dict(format="%", tickCount=5))
    return _bricks(rows, ties, y, tips, theme.style(ties.columns), eras, height)


def two_parts(tree: pd.DataFrame, *, threshold: float | None = None, eras: bool = True, height: int = 300) -> Layers:
    """Draw H3 (bits) as the sum of its parts `between` blocs and `moscow_beijing`, from the measures' entropy tree.

    `threshold` is the total under which a year is drawn faint (nearly no ties: isolation, not hedging); by default
    a tenth of the median total.
    """
    parts = {"between": "between the blocs", "moscow_beijing": "between Moscow and Beijing"}
    frame = tree[list(parts)].rename(columns=parts).dropna().sort_index()
    least = tree["total"].median() / 10 if threshold is None else threshold
    rows = _stack(frame, frame)
    totals = tree["total"].reindex(rows["year"]).to_numpy()
    rows = rows.assign(total=totals, h3=frame.sum(axis=1).reindex(rows["year"]).to_numpy(), faint=totals < least)
    look = theme.Style(tuple(parts.values()), (theme.BETWEEN, theme.WITHIN), (), ())
    tips = [
        frames.time_tip("year"),
        alt.Tooltip("series:N", title="part"),
        alt.Tooltip("part:Q", title="bits", format=".3f"),
        alt.Tooltip("h3:Q", title="H3, both parts", format=".3f"),
        alt.Tooltip("total:Q", title="all ties", format=",.4~g"),
        alt.Tooltip("faint:N", title="level under threshold"),
    ]
    top = dict(domain=[0, round(math.log2(3), 3)], nice=False)
    y = alt.Y("base:Q", title="bits", scale=top, axis=dict(values=[0, 0.5, 1, 1.5]))
    return _bricks(rows, tree, y, tips, look, eras, height)


def _stack(parts: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Rows (year, series, part, base, top, amount), each part on the shoulders of those before it."""
    tops = parts.cumsum(axis=1)
    pieces = {"part": parts, "base": tops - parts, "top": tops, "amount": amounts}
    rows = frames.long(parts, "part")
    return rows.assign(**{name: frames.long(piece, name)[name].to_numpy() for name, piece in pieces.items()})


def _bricks(
    rows: pd.DataFrame,
    span: pd.DataFrame,
    y: alt.Y,
    tips: list[alt.Tooltip],
    look: theme.Style,
    eras: bool,
    height: int,
) -> Layers:
    """Draw one brick for each year and part: bars on a continuous axis, so that a gap in the years shows as a gap."""
    pick = alt.selection_point(name="pick", fields=["series"], bind="legend")
    solid = alt.OpacityValue(1)
    if "faint" in rows:
        solid = alt.OpacityValue(1, condition={"test": "datum.faint", "value": FAINT})
    x = frames.time_axis("from_year", span)
    bricks = (
        alt.Chart(rows)
        .transform_calculate(from_year="datum.year - 0.46", to_year="datum.year + 0.46")
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("to_year:Q"),
            y=y,
            y2=alt.Y2("top:Q"),
            color=theme.colour("series", look, columns=3 if len(look.labels) > 2 else 1),
            opacity=solid,
        )
        .encode(tooltip=tips)
        .add_params(pick)
        .transform_filter(pick)
    )
    return layer(*(frames.bands_of_eras(span) if eras else []), bricks, height=height)
