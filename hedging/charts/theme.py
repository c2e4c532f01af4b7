"""How charts look: five powers in five colours, dashes and shapes, legible on white, on dark, on a phone and in print.

Colours are mid-tones whose contrast is 3:1 or more against white and against the dark page, and which stay apart
under simulated protanopia and deuteranopia. Colour is never the only sign: lines differ by dash, points by shape.
Text, axes and grid carry neutral greys here; the book's style sheet lets them follow the page (`svg text`, ...).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from altair.utils import schemapi

from hedging.outputs import WIDTH

schemapi.disable_debug_mode()  # which judges each axis as it is made: `specification` judges the chart, whole

Guide = dict[str, Any]  # an axis, a scale or a legend in the words of Vega-Lite, which `specification` checks

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
CAPITALS = {"RUS": "Moscow", "CHN": "Beijing", "USA": "Washington", "JPN": "Tokyo", "KOR": "Seoul"}
COLOURS = {"RUS": "#c53927", "CHN": "#cc7b1b", "USA": "#2a66ee", "JPN": "#a75fbd", "KOR": "#33826a"}
DASHES = {"RUS": (1, 0), "CHN": (7, 2), "USA": (2, 2), "JPN": (7, 2, 2, 2), "KOR": (12, 3)}
SHAPES = {"RUS": "circle", "CHN": "square", "USA": "triangle-up", "JPN": "diamond", "KOR": "cross"}

BETWEEN, WITHIN = "#1f7a8c", "#c2602d"  # hedging between blocs; hedging between Moscow and Beijing
NEUTRAL, INK = "#808080", "#767676"  # readable on both pages; `INK` is what the style sheet replaces
# Series that are not powers have colours that no power has.
OTHERS = ("#1f7a8c", "#b04a7a", "#6f7d1f", "#8a5a2b", "#5560a8", "#808080", "#b5651d", "#3d7d5a")
PHONE = 44  # characters of a legend, signs and gaps counted, that fit 390 pixels

ERAS = (
    ("1", "Era 1: the Cold War", 1950, 1990),
    ("2", "Era 2: after the fall", 1991, 2002),
    ("3", "Era 3: six-party talks", 2003, 2009),
    ("4", "Era 4: the summits", 2018, 2019),
    ("5", "Era 5: since 2020", 2020, 2026),
)


@dataclass(frozen=True)
class Style:
    """Labels of the series in drawing order, each with its colour, dash and shape."""

    labels: tuple[str, ...]
    colours: tuple[str, ...]
    dashes: tuple[tuple[int, ...], ...]
    shapes: tuple[str, ...]


def label(name: Any) -> str:
    """Return the reader's word for a series: the capital for a power's code, else the name itself."""
    return CAPITALS.get(str(name), str(name))


def style(names: Iterable[Any]) -> Style:
    """Give each series its signs: the fixed ones for powers, otherwise the next free ones in order."""
    keys = [str(name) for name in names]
    turns = {key: i for i, key in enumerate(keys)}

    def pick(fixed: dict[str, Any], free: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(fixed.get(key, free[turns[key] % len(free)]) for key in keys)

    return Style(
        tuple(label(key) for key in keys),
        pick(COLOURS, OTHERS),
        pick(DASHES, tuple(DASHES.values())),
        pick(SHAPES, tuple(SHAPES.values())),
    )


def colour(field: str, look: Style, *, columns: int = 3, title: str | None = None) -> alt.Color:
    """Colour by `field` with a legend under the chart that fits a phone."""
    scale = dict(domain=list(look.labels), range=list(look.colours))
    return alt.Color(f"{field}:N", scale=scale, legend=legend(look, columns=columns, title=title))


def legend(look: Style, *, columns: int = 3, title: str | None = None) -> Guide | None:
    """Return the legend that colour, dash and shape share (drawn as one), or none where there is one series.

    At most `columns` beside each other, and no more than a phone's width holds.
    """
    if len(look.labels) < 2:
        return None
    fitting = max(1, PHONE // (max(map(len, look.labels)) + 3))
    plain = {"orient": "bottom", "columns": min(columns, fitting), "title": title, "symbolStrokeWidth": 0}
    return dict(**plain)


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration that every figure of the book carries."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {
        "background": "transparent",
        "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
        "view": {"stroke": None, "continuousWidth": WIDTH, "discreteWidth": WIDTH},
        "axis": text | {"gridColor": "#80808040", "domainColor": INK, "tickColor": INK, "labelOverlap": "greedy"},
        "axisX": {"grid": False, "labelFlush": False},
        "axisY": {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"}
        | {"titleX": 0, "titleY": -10, "titleBaseline": "bottom"},
        "legend": text | {"symbolSize": 110, "columnPadding": 14, "labelLimit": 260, "symbolStrokeWidth": 2},
        "line": {"strokeWidth": 2},
        "point": {"size": 46, "filled": True},
        "text": {"color": INK, "fontSize": 12},
        "rule": {"color": INK},
    }
