"""One shift for a whole stack of series: what all specifications of a claim say together when its eras are moved.

Specifications that share years and sources are not independent, so they are shifted together: the share of them that
points one way is compared with the same share under every other place of the eras, never with a binomial.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hedging.errors import HedgingError
from hedging.inference.placebo import circulant

Summary = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class JointTest:
    """Result of a joint placebo: `observed` and `shifted` (one a shift, `shifted[0]` the real eras) of one summary.

    `p`: share of the shifts at which the summary can be computed that reach the observed one, in [1/n_shifts, 1].
    """

    observed: float
    p: float
    n_shifts: int
    shifted: np.ndarray


def stack_contrasts(values: np.ndarray, target: np.ndarray, rest: np.ndarray, least: int = 1) -> np.ndarray:
    """Return mean(target) - mean(rest) of every series under every circular shift of the eras: specs x years.

    `values`: specs x years over one calendar, NaN where not observed (left out, never filled). `target`, `rest`: true
    where a year belongs to the era or its comparison; one row for all specifications or one for each. Column k holds
    the eras moved on by k years, column 0 the real ones. NaN where a mean would rest on fewer than `least` values.
    Masks that overlap, are empty or do not fit the values raise HedgingError.
    """
    grid = np.atleast_2d(np.asarray(values, float))
    era, other = (_masks(mask, grid) for mask in (target, rest))
    if (era & other).any() or not era.any(axis=1).all() or not other.any(axis=1).all():
        raise HedgingError(
            "an era and its comparison overlap, or one has no year", where="stack_contrasts", remedy="two masks apart"
        )
    if np.isinf(grid).any() or least < 1:
        raise HedgingError("values must be finite or NaN, and least 1 or more", where="stack_contrasts")
    return _means(grid, era, least) - _means(grid, other, least)


def joint_test(contrasts: np.ndarray, summary: Summary, direction: str = "higher") -> JointTest:
    """Test one summary of all specifications (result of `stack_contrasts`) over all shifts of the eras together.

    `summary` maps specs x shifts to one number a shift, for example `median` or `share_positive` of this module.
    `direction`: "higher" or "lower", the side that the claim predicts. A summary that is NaN at the real eras raises
    HedgingError; a shift where it is NaN is not counted.
    """
    if direction not in ("higher", "lower"):
        raise HedgingError(f"direction={direction!r}", remedy='direction is "higher" or "lower"')
    shifted = np.asarray(summary(np.atleast_2d(contrasts)), float)
    if shifted.shape != (np.atleast_2d(contrasts).shape[1],) or np.isnan(shifted[0]):
        raise HedgingError("the summary of the real eras is no number", where="joint_test", remedy="check the summary")
    signed = shifted[~np.isnan(shifted)] * (1 if direction == "higher" else -1)
    reached = int((signed >= signed[0] - 1e-9 * np.abs(signed).max()).sum())
    return JointTest(float(shifted[0]), reached / len(signed), len(signed), shifted)


def median(contrasts: np.ndarray) -> np.ndarray:
    """Return the median contrast over the specifications at each shift, NaN where none has a value."""
    return _over_known(contrasts, np.nanmedian)


def share_positive(contrasts: np.ndarray) -> np.ndarray:
    """Return the share of the specifications with a value that are above zero at each shift, in [0, 1]."""
    known = ~np.isnan(contrasts)
    count = known.sum(axis=0)
    above = np.where(known, contrasts > 0, False).sum(axis=0)
    return np.divide(above, count, out=np.full(contrasts.shape[1], np.nan), where=count > 0)


def _over_known(contrasts: np.ndarray, statistic: Callable[..., np.ndarray]) -> np.ndarray:
    some = (~np.isnan(contrasts)).any(axis=0)
    out = np.full(contrasts.shape[1], np.nan)
    out[some] = statistic(contrasts[:, some], axis=0)
    return out


def _masks(mask: np.ndarray, grid: np.ndarray) -> np.ndarray:
    rows = np.atleast_2d(np.asarray(mask))
    if rows.dtype != bool or rows.shape[1] != grid.shape[1] or len(rows) not in (1, len(grid)):
        raise HedgingError(
            f"a mask of {rows.dtype} {rows.shape} does not fit values {grid.shape}",
            remedy="true or false for each year, in one row or in one for each specification",
        )
    return rows


def _means(grid: np.ndarray, era: np.ndarray, least: int) -> np.ndarray:
    """Means over the known years of the era at each of its places; one matrix product for each distinct era."""
    known = ~np.isnan(grid)
    filled = np.where(known, grid, 0.0)
    sums, counts = np.empty_like(filled), np.empty_like(filled)
    distinct, which = np.unique(era, axis=0, return_inverse=True)
    which = np.broadcast_to(which.ravel() if len(era) > 1 else np.zeros(1, int), len(grid))
    for number, mask in enumerate(distinct):
        rows = which == number
        places = circulant(mask.astype(float)).T
        sums[rows], counts[rows] = filled[rows] @ places, known[rows] @ places
    enough = counts >= least - 0.5
    return np.divide(sums, counts, out=np.full_like(sums, np.nan), where=enough)
