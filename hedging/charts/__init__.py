"""Charts: one theme, `figure()`, and one function for each kind of chart in the book. Every chart answers a hover."""

from hedging.charts.alarms import alarms
from hedging.charts.comparison import ranking
from hedging.charts.figure import figure, specification
from hedging.charts.grids import heat, reach
from hedging.charts.marks import bars, meetings, placebo, rank_strip, spread
from hedging.charts.parts import stacked_shares, two_parts
from hedging.charts.series import bands, lines, tilt

__all__ = [
    "alarms",
    "bands",
    "bars",
    "figure",
    "heat",
    "lines",
    "meetings",
    "placebo",
    "rank_strip",
    "ranking",
    "reach",
    "specification",
    "spread",
    "stacked_shares",
    "tilt",
    "two_parts",
]
