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
    first = pd.factorize(forks[inside])[0]
    codes = {name: _nested(first, forks[name]) for name in forks if name != inside}
    codes = {name: found for name, found in codes.items() if found.max() > first.max()}
    blocks = {name: _dummies(found) for name, found in codes.items()}
    base, left = _between(centred, first), _left(centred, [_dummies(first), *blocks.values()])
    rows = [(inside, int(first.max()) + 1, base, base)] if first.max() > 0 else []
    for name, found in codes.items():
        others = [block for other, block in blocks.items() if other != name]
        added = _left(centred, [_dummies(first), *others]) - left
        rows.append((name, int(forks[name].nunique()), _between(centred, found) - base, added))
    out = pd.DataFrame(rows, columns=["fork", "values", "alone", "added"])
    constant = total <= 1e-18 * float(y @ y)
    for column in ("alone", "added"):
        out[column] = np.nan if constant else out[column].clip(lower=0.0) / total
    out = out.sort_values("alone", ascending=False, kind="stable", ignore_index=True)
    out.attrs["rest"] = float("nan") if constant else max(left, 0.0) / total
    return out


def _nested(first: np.ndarray, values: pd.Series) -> np.ndarray:
    """Number the groups of a fork's values within the groups of `first`."""
    return pd.factorize(pd.MultiIndex.from_arrays([first, values.fillna("")]))[0]


def _dummies(codes: np.ndarray) -> np.ndarray:
    return (codes[:, None] == np.arange(codes.max() + 1)[None, :]).astype(float)


def _between(centred: np.ndarray, codes: np.ndarray) -> float:
    sums = np.bincount(codes, weights=centred)
    return float((sums**2 / np.bincount(codes)).sum())


def _left(centred: np.ndarray, blocks: list[np.ndarray]) -> float:
    """Sum of squares that a least-squares fit on all dummies leaves (collinear ones do no harm)."""
    design = np.hstack(blocks)
    gram, moment = design.T @ design, design.T @ centred
    return float(centred @ centred - moment @ (np.linalg.pinv(gram, rcond=1e-10, hermitian=True) @ moment))
