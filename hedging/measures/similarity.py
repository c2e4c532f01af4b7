"""How alike two portfolios of positions are: votes on roll calls, or obligations to allies.

Everything is read off contingency tables T, in which T[..., i, j] counts (or weighs) the items on which one state holds
position i and the other position j. Tables of all pairs of states are a few matrix products, and leading axes (years,
pairs) are carried through, so that no statistic loops.
"""

from collections.abc import Callable

import numpy as np

from hedging.errors import HedgingError

Statistic = Callable[[np.ndarray], np.ndarray]


def pair_tables(positions: np.ndarray, size: int, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the tables of all pairs: `positions` items x states, codes 0 to size - 1, NaN where a state took none.

    Result states x states x size x size. An item counts for a pair if both took a position. `weights`, one an item:
    >= 0, finite and not all zero, else HedgingError (the weighted S of `signorino1999`).
    """
    given = np.ones(len(positions)) if weights is None else np.asarray(weights, float)
    if given.shape != positions.shape[:1] or not (given >= 0).all() or not 0 < given.sum() < np.inf:
        raise HedgingError("weights must be >= 0, one for each item, and not all zero", where="pair_tables")
    known = positions[~np.isnan(positions)]
    if not np.isin(known, np.arange(size)).all():
        raise HedgingError(f"positions are codes 0 to {size - 1}", where="pair_tables")
    held = (positions[:, :, None] == np.arange(size)).astype(float)
    return np.einsum("kai,kbj->abij", held * given[:, None, None], held, optimize=True)


def yearly_tables(positions: np.ndarray, place: np.ndarray, years: int, size: int) -> np.ndarray:
    """Return the tables of one pair by year, years x size x size: what `pair_tables` counts, of two states alone.

    `positions`: items x 2, codes 0 to size - 1 or NaN; `place`: the number of each item's year, from 0.
    """
    both = ~np.isnan(positions).any(axis=1)
    first, second = positions[both].astype(int).T
    cells = np.bincount((place[both] * size + first) * size + second, minlength=years * size * size)
    return cells.reshape(years, size, size).astype(float)


def half_credit(table: np.ndarray) -> np.ndarray:
    """Agreement 1 - mean|x - y|/d_max, [0, 1], `bailey2017`: on votes a yes beside an abstention counts one half."""
    return 1 - _mean(table, _distance(table)) / (table.shape[-1] - 1)


def identical(table: np.ndarray) -> np.ndarray:
    """Share of identical positions, [0, 1], `mokrybumeder2026`."""
    return _mean(table, np.eye(table.shape[-1]))


def signorino(table: np.ndarray) -> np.ndarray:
    """S = 1 - 2 sum(w|x - y|)/sum(w d_max), [-1, 1], `signorino1999`; on votes S = 2 * agreement - 1."""
    return 2 * half_credit(table) - 1


def signorino_squared(table: np.ndarray) -> np.ndarray:
    """S with squared distances, [-1, 1], `signorino1999`: never under S with absolute ones."""
    return 1 - 2 * _mean(table, _distance(table) ** 2) / (table.shape[-1] - 1) ** 2


def scott(table: np.ndarray) -> np.ndarray:
    """Scott's pi (p_o - p_e)/(1 - p_e), p_e from the pooled margins, up to 1, 0 = chance, `scott1955`."""
    rows, columns = _margins(table)
    expected = (((rows + columns) / 2) ** 2).sum(axis=-1)
    return _beyond(identical(table), expected)


def kappa(table: np.ndarray) -> np.ndarray:
    """Cohen's kappa with quadratic weights, 1 - D_o/D_e, up to 1, 0 = chance, `cohen1968`, `haege2011`."""
    squares = _distance(table) ** 2
    return _beyond(-_mean(table, squares), -_expected(table, squares), whole=0.0)


def beyond_chance(table: np.ndarray) -> np.ndarray:
    """S minus the S expected of independent positions with the same margins, 0 = chance, `miller_fpsim`."""
    by_chance = 1 - 2 * _expected(table, _distance(table)) / (table.shape[-1] - 1)
    return signorino(table) - by_chance


STATISTICS: dict[str, Statistic] = {
    "half_credit": half_credit,
    "identical": identical,
    "signorino": signorino,
    "signorino_squared": signorino_squared,
    "scott": scott,
    "kappa": kappa,
    "beyond_chance": beyond_chance,
}


def _distance(table: np.ndarray) -> np.ndarray:
    scale = np.arange(table.shape[-1], dtype=float)
    return np.abs(scale[:, None] - scale)


def _mean(table: np.ndarray, costs: np.ndarray) -> np.ndarray:
    return _ratio(np.einsum("...ij,ij->...", table, costs), np.einsum("...ij->...", table))


def _margins(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    total = table.sum(axis=(-2, -1))[..., None]
    return _ratio(table.sum(axis=-1), total), _ratio(table.sum(axis=-2), total)


def _expected(table: np.ndarray, costs: np.ndarray) -> np.ndarray:
    rows, columns = _margins(table)
    return np.einsum("...i,ij,...j->...", rows, costs, columns)


def _beyond(observed: np.ndarray, expected: np.ndarray, whole: float = 1.0) -> np.ndarray:
    room = whole - expected
    return _ratio(observed - expected, np.where(room > 1e-12, room, 0.0))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide, NaN where there is nothing to divide by: no item in common, or chance leaves no room."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
