"""From several domains to one number: geometric mean, arithmetic mean, median rank, and a band over all weights.

Q goes with Q and B with B, never Q with B (science 2.1(6)). A date at which one domain says nothing has no aggregate:
years compare only over the same domains.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from hedging.errors import HedgingError

POLITICAL, ECONOMIC, SOCIAL = 0.4, 0.4, 0.2  # `hindawi_countryrelation`

Weights = Mapping[str, float] | pd.Series | None


def means(domains: pd.DataFrame, weights: Weights = None) -> pd.DataFrame:
    """Return the weighted geometric and arithmetic mean over the domains of each row: columns geometric, arithmetic.

    `domains`: columns domains, values in [0, 1]; `weights` by domain, >= 0 and summing to 1 (default equal), else
    HedgingError. One zero sets a geometric mean to zero, so the arithmetic one stands beside it; geometric is never
    the larger. NaN where a domain is missing. A domain that is never observed raises HedgingError.
    """
    frame = _checked(domains)
    return _means(frame, _weights(weights, frame.columns).to_numpy()[None, :])


def median_rank(domains: pd.DataFrame) -> pd.Series:
    """Return the median over domains of each row's rank in the domain, scaled to [0, 1]: 1 = the highest of all rows.

    Ranks need no common scale. Ties share their mean rank; rows with a missing domain are NaN and are not ranked. Fewer
    than two rows with every domain raise HedgingError.
    """
    frame = _checked(domains)
    whole = frame.dropna()
    if len(whole) < 2:
        raise HedgingError(f"{len(whole)} rows with every domain: nothing to rank", where="median_rank")
    ranks = (whole.rank(method="average") - 1) / (len(whole) - 1)
    return ranks.median(axis=1).reindex(frame.index).rename("median_rank")


def weight_band(domains: pd.DataFrame, draws: int = 2000, seed: int = 20251123, level: float = 0.9) -> pd.DataFrame:
    """Return how far the means move when the weights do: Dirichlet(1, ..., 1), all weights alike likely.

    Columns (mean, end): geometric and arithmetic, each with low, middle, high of the central `level` of the draws. Not
    a confidence interval: it says what depends on a choice that nobody can prove.
    """
    frame = _checked(domains)
    weights = np.random.default_rng(seed).dirichlet(np.ones(frame.shape[1]), size=draws)
    ends = {"low": (1 - level) / 2, "middle": 0.5, "high": (1 + level) / 2}
    values = frame.to_numpy()
    drawn = {"geometric": _geometric(values, weights), "arithmetic": values @ weights.T}
    known = ~np.isnan(values).any(axis=1)
    columns = {}
    for name, many in drawn.items():
        for end, share in ends.items():
            column = np.full(len(frame), np.nan)
            column[known] = np.quantile(many[known], share, axis=1)
            columns[name, end] = column
    return pd.DataFrame(columns, index=frame.index)


def country_relation(political: pd.Series, economic: pd.Series, social: pd.Series) -> pd.DataFrame:
    """The published index of one bilateral relation by both its rules, `hindawi_countryrelation`: additive, geometric.

    `political` in [-1, 1]; `economic`, the mean of the shares in imports, exports and investment both ways, and
    `social`, travel shares, in [0, 1], else HedgingError. additive = .4P + .4E + .2S in [-.4, 1]; geometric =
    ((1 + P)/2)^.4 * E^.4 * S^.2 in [0, 1].
    """
    for name, values, least in (("political", political, -1), ("economic", economic, 0), ("social", social, 0)):
        if ((values < least - 1e-9) | (values > 1 + 1e-9)).any():
            raise HedgingError(f"{name} lies outside [{least}, 1]", where="country_relation")
    additive = POLITICAL * political + ECONOMIC * economic + SOCIAL * social
    geometric = ((1 + political) / 2) ** POLITICAL * economic**ECONOMIC * social**SOCIAL
    return pd.DataFrame({"additive": additive, "geometric": geometric})


def _means(frame: pd.DataFrame, weights: np.ndarray) -> pd.DataFrame:
    values = frame.to_numpy()
    columns = {"geometric": _geometric(values, weights)[:, 0], "arithmetic": (values @ weights.T)[:, 0]}
    return pd.DataFrame(columns, index=frame.index)


def _geometric(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rows x weight vectors; a zero with weight 0 counts for nothing, any other zero makes the mean zero."""
    logs = np.log(np.where(values > 0, values, 1.0))
    found = np.exp(np.where(np.isnan(values), np.nan, logs) @ weights.T)
    return np.where((values == 0).astype(float) @ (weights > 0).T.astype(float) > 0, found * 0.0, found)


def _checked(domains: pd.DataFrame) -> pd.DataFrame:
    frame = domains.astype(float)
    if frame.shape[1] < 2 or frame.columns.has_duplicates:
        raise HedgingError("two or more domains, each once, are needed", where="aggregate")
    silent = [str(name) for name in frame.columns if frame[name].isna().all()]
    if silent:
        raise HedgingError(
            f"nothing is observed in {', '.join(silent)}", where="aggregate", remedy="leave the domain out, and say so"
        )
    if ((frame < -1e-12) | (frame > 1 + 1e-9)).to_numpy().any():
        raise HedgingError("a value lies outside [0, 1]", where="aggregate", remedy="aggregate Q, B or shares")
    return frame.clip(0.0, 1.0)


def _weights(weights: Weights, domains: pd.Index) -> pd.Series:
    if weights is None:
        return pd.Series(1 / len(domains), domains)
    given = pd.Series(weights, dtype=float)
    if set(given.index) != set(domains) or not (given >= 0).all() or abs(given.sum() - 1) > 1e-9:
        raise HedgingError(
            f"weights {given.to_dict()}", where="aggregate", remedy=f">= 0, summing to 1, for {list(domains)}"
        )
    return given.reindex(domains)
