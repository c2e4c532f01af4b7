"""Charts of the verdict: claims on a board of eras and senses, and every test as one mark."""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from hedging.charts.frames import needs
from hedging.charts.layers import Layers, layer

VERDICTS = {
    "supported": ("#33826a", "circle"),
    "contested": ("#cc7b1b", "diamond"),
    "contradicted": ("#c53927", "cross"),
    "not testable with these data": ("#808080", "triangle-up"),
}
OUTCOMES = {
    "for": ("#33826a", "circle"),
    "against": ("#c53927", "cross"),
    "unclear": ("#cc7b1b", "diamond"),
    "too few": ("#808080", "triangle-up"),
}
SHORT = {"not testable with these data": "not testable"}
LANE = 30  # pixels for each mark that shares a cell


def board(found: Iterable[Any], senses: Mapping[str, str]) -> Layers:
    """Draw one mark for each claim: columns the eras, rows the senses, verdict by shape and colour.

    Takes findings (objects with `claim`, `chapter`, `sense`, `says`, `verdict`, `reason`); `senses` names the senses
    in the order of the rows. Claims that share an era and a sense stand one above the other.
    """
    keys = ("claim", "chapter", "sense", "says", "verdict", "reason")
    rows = pd.DataFrame([{key: getattr(one, key) for key in keys} for one in found], columns=list(keys))
    rows["era"] = "era " + rows["chapter"].str.split("-").str[0]
    cell = rows.groupby(["era", "sense"])["claim"]
    most = int(cell.transform("size").max())
    rows["lane"] = cell.cumcount() - (cell.transform("size") - 1) / 2  # round the middle of the row
    rows = rows.assign(sense=rows["sense"].map(senses), verdict=rows["verdict"].replace(SHORT))
    shown = [word for word in senses.values() if word in set(rows["sense"])]
    signs = {SHORT.get(word, word): sign for word, sign in VERDICTS.items()}
    tips = [
        alt.Tooltip("claim:N"),
        alt.Tooltip("says:N", title="what is said"),
        alt.Tooltip("verdict:N"),
        alt.Tooltip("reason:N"),
    ]
    words = dict(grid=True, tickBand="extent", ticks=False)
    base = alt.Chart(rows).encode(
        x=alt.X("era:N", title=None, axis=dict(orient="top", labelAngle=0, ticks=False, domain=False)),
        y=alt.Y("sense:N", sort=shown, title=None, axis=words, scale=dict(type="band", domain=shown)),
        yOffset=alt.YOffset("lane:Q", scale=dict(domain=[-most / 2, most / 2])),
        tooltip=tips,
    )
    marks = base.mark_point(size=190, xOffset=-14, opacity=1).encode(**_signs("verdict", signs))
    text = base.mark_text(align="left", dx=-2, fontSize=12).encode(text=alt.Text("claim:N"))
    return layer(marks, text, height=len(shown) * max(most, 2) * LANE)


def marks_of_tests(rows: pd.DataFrame, *, step: int = 30) -> Layers:
    """Draw each test as one mark: columns `group`, `outcome`; optionally `claim` and `series` for the hover."""
    needs(rows, "group", "outcome")
    order = list(dict.fromkeys(rows["group"]))
    rank = {word: i for i, word in enumerate(OUTCOMES)}
    rows = rows.assign(rank=rows["outcome"].map(rank)).sort_values("rank", kind="stable")
    rows["place"] = rows.groupby("group").cumcount() + 1
    tips = [alt.Tooltip(f"{name}:N") for name in ("claim", "series", "outcome") if name in rows]
    dots = (
        alt.Chart(rows)
        .mark_point(size=85, opacity=1)
        .encode(
            x=alt.X("place:Q", title="tests", axis=dict(tickMinStep=1, tickCount=5), scale=dict(zero=True)),
            y=alt.Y("group:N", sort=order, title=None, axis=dict(ticks=False)),
            tooltip=tips,
            **_signs("outcome", OUTCOMES),
        )
    )
    return layer(dots, height=max(2, len(order)) * step)


def _signs(field: str, signs: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    legend = dict(orient="bottom", columns=2, title=None, symbolSize=110)
    domain = list(signs)
    return {
        "color": alt.Color(
            f"{field}:N", scale=dict(domain=domain, range=[colour for colour, _ in signs.values()]), legend=legend
        ),
        "shape": alt.Shape(
            f"{field}:N", scale=dict(domain=domain, range=[shape for _, shape in signs.values()]), legend=legend
        ),
    }
