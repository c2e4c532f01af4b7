"""Many tests at once: which p-values stand when they are counted together."""

from collections.abc import Sequence

import numpy as np

from hedging.errors import HedgingError


def holm(p: Sequence[float]) -> np.ndarray:
    """Return Holm's adjusted p-values, in the order given, each in [0, 1] and never under its own p.

    The i-th smallest of n is multiplied by n - i + 1, and none may lie under one before it. The chance that any true
    null is rejected stays under the level, whatever the dependence of the tests. NaN or a value outside [0, 1] raises
    HedgingError. Reference: S. Holm, Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    values = np.asarray(p, float)
    if not ((values >= 0) & (values <= 1)).all():
        raise HedgingError("a p-value is missing or outside [0, 1]", where="holm", remedy="leave tests without p out")
    order = np.argsort(values, kind="stable")
    stepped = values[order] * np.arange(len(values), 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return adjusted
