"""Charts: one theme, `figure()`, and one function for each kind of chart in the book. Every chart answers a hover."""

from hedging.charts.figure import figure, specification
from hedging.charts.grids import heat, reach
from hedging.charts.marks import bars, meetings, placebo, rank_strip, spread
from hedging.charts.parts import stacked_shares, two_parts
from hedging.charts.series import bands, lines, tilt

__all__ = [
    "bands",
    "bars",
    "figure",
    "heat",
    "lines",
    "meetings",
    "placebo",
    "rank_strip",
    "reach",
    "specification",
    "spread",
    "stacked_shares",
    "tilt",
    "two_parts",
]
