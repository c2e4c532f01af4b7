"""Which fork moves the result? Sums of squares over a table of specifications, as in an analysis of variance.

A description of the table and nothing more: specifications are not drawn from anything, so there is no test here.
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError


def importance(strength: pd.Series, forks: pd.DataFrame, inside: str) -> pd.DataFrame:
    """Return how much of the variance of `strength` each fork goes with: one row a fork, most telling first.

    `forks`: one column a fork, text, missing where a specification does not know the fork. `inside` names the column
    that comes first (which family of specifications it is): the other forks count within its groups.
    Columns: values (how many); alone, the share of the sum of squares that lies between the fork's values; added, the
    share that is lost when this fork alone is left out of the sum of all main effects (least squares). On a balanced
    table the two are equal; where forks were excluded together they are not, and neither sums to one. What all main
    effects leave, the interplay of forks, is attrs["rest"]. All in [0, 1]. A fork with one value is left out. Under
    three specifications or a missing strength raise HedgingError; a constant strength gives NaN.
    """
    if len(strength) != len(forks) or len(strength) < 3 or strength.isna().any():
        raise HedgingError("importance needs one strength for each of three specifications or more", where="importance")
    y = strength.to_numpy(float)
    centred = y - y.mean()
    total = float(centred @ centred)
    own = {name: pd.factorize(forks[name])[0] for name in forks}
    first = own.pop(inside)
    codes = {name: _nested(first, found) for name, found in own.items() if found.max() > 0}
    codes = {name: found for name, found in codes.items() if found.max() > first.max()}
    base, fit = _between(centred, first), _Fit(centred, [first, *codes.values()])
    rows = [(inside, int(first.max()) + 1, base, base)] if first.max() > 0 else []
    left = fit.left()
    for place, (name, found) in enumerate(codes.items(), 1):
        alone, added = _between(centred, found) - base, fit.left(without=place) - left
        rows.append((name, int(own[name].max()) + 1, alone, added))
    out = pd.DataFrame(rows, columns=["fork", "values", "alone", "added"])
    constant = total <= 1e-18 * float(y @ y)
    for column in ("alone", "added"):
        out[column] = np.nan if constant else np.maximum(out[column].to_numpy(), 0.0) / total
    out = out.sort_values("alone", ascending=False, kind="stable", ignore_index=True)
    out.attrs["rest"] = float("nan") if constant else max(left, 0.0) / total
    return out


def _nested(first: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Number the groups of a fork's values, counted from 0, within the groups of `first`."""
    own = own + 1  # a fork that is not known, at -1, is a value of its own
    return np.unique(first * (own.max() + 1) + own, return_inverse=True)[1]


def _between(centred: np.ndarray, codes: np.ndarray) -> float:
    sums = np.bincount(codes, weights=centred)
    return float((sums**2 / np.bincount(codes)).sum())


class _Fit:
    """Least squares on the dummies of several groupings, of which one may be left out; collinear ones do no harm."""

    def __init__(self, centred: np.ndarray, codes: list[np.ndarray]) -> None:
        blocks = [(one[:, None] == np.arange(one.max() + 1)[None, :]).astype(float) for one in codes]
        design = np.hstack(blocks)
        self._owner = np.repeat(np.arange(len(blocks)), [block.shape[1] for block in blocks])
        self._gram, self._moment = design.T @ design, design.T @ centred
        self._total = float(centred @ centred)

    def left(self, without: int = -1) -> float:
        """Return the sum of squares that the fit leaves."""
        kept = self._owner != without
        moment = self._moment[kept]
        return self._total - float(moment @ _inverse(self._gram[np.ix_(kept, kept)]) @ moment)


def _inverse(gram: np.ndarray) -> np.ndarray:
    return np.linalg.pinv(gram, rcond=1e-10, hermitian=True)
