"""Reading persistence off a short history with as much caution as its length demands.

A statistic is held against break-free AR(1) histories of the persistence that the series seems to have. The shorter the
series, the less sure is that persistence, and reading it at its likeliest value lets too many histories through. So it
is read too high on purpose, by as little as keeps the false alarms of the whole procedure at their level.
"""

from collections.abc import Sequence

import numpy as np

from hedging.inference.autoregression import GRID

CAUTIONS = (0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02)
TOLERANCE, STICKIEST = 1.1, 0.85  # at most 1.1 times the level at any persistence up to 0.85


def cautious(found: Sequence[tuple[np.ndarray, np.ndarray]], alpha: float) -> tuple[np.ndarray, np.ndarray]:
    """Return for each phi of GRID (the autocorrelation to be read as that phi, the size that `alpha` of draws exceed).

    `found`: for each phi the autocorrelations and the sizes of the statistic in break-free histories, both read as they
    will be read in the series. The autocorrelation is a quantile under each phi, the mildest of CAUTIONS with which at
    most 1.1 * alpha of these histories pass at any phi up to 0.85.
    """
    r, sizes = (np.array(part) for part in zip(*found, strict=True))
    bars, judged = np.quantile(sizes, 1 - alpha, axis=1), GRID <= STICKIEST
    for quantiles in np.quantile(r, CAUTIONS, axis=1):
        usual = _rising(quantiles)
        if (sizes[judged] > read(r[judged], usual, bars)).mean(axis=1).max() <= TOLERANCE * alpha:
            break
    return usual, bars


def read(r: np.ndarray, usual: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return `values`, tabulated by phi, at the phi that each autocorrelation stands for (all linear between phis)."""
    return np.interp(r, usual, values)


def _rising(usual: np.ndarray) -> np.ndarray:
    """Return the values made to rise strictly, so that `numpy.interp` can read them backwards."""
    return np.maximum.accumulate(usual) + 1e-9 * np.arange(len(usual))
