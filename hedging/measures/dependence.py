"""Who needs whom: directed dependence, Barbieri's three indices, exposure, and what was received (extraction).

Amounts are Series over any index, years or (country, year), in one unit; missing stays missing, and what would be
divided by nothing is NaN.
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError


def dependence(with_partner: pd.Series, whole: pd.Series) -> pd.Series:
    """Directed dependence TS_ij = trade_ij / trade_i, `barbieri1996`: the partner's share of all trade, [0, 1].

    A part that is larger than its whole raises HedgingError: the two come from different counts (trap T5).
    """
    part, total = _amounts(with_partner, "part"), _amounts(whole, "whole")
    part, total = part.align(total, join="inner")
    if (part > total * (1 + 1e-9)).any():
        row = part.index[part > total * (1 + 1e-9)][0]
        raise HedgingError(
            "a part is larger than its whole", where=f"row {row}", remedy="take both from one source and one definition"
        )
    return (part / total.where(total != 0)).rename("dependence")


def barbieri(ours: pd.Series, theirs: pd.Series) -> pd.DataFrame:
    """Barbieri's indices of a pair from both directed dependences, `barbieri1996`; each in [0, 1].

    salience = sqrt(TS_ij * TS_ji), symmetry = 1 - |TS_ij - TS_ji|, interdependence = salience * symmetry. For North
    Korea and China symmetry is near 0 by size alone: prefer `dependence` (science 2.4).
    """
    one, other = ours.align(theirs, join="inner")
    for shares in (one, other):
        if ((shares < 0) | (shares > 1 + 1e-9)).any():
            raise HedgingError("a dependence lies outside [0, 1]", where="barbieri", remedy="give two `dependence`s")
    salience, symmetry = np.sqrt(one * other), 1 - (one - other).abs()
    return pd.DataFrame({"salience": salience, "symmetry": symmetry, "interdependence": salience * symmetry})


def exposure(with_partner: pd.Series, whole: pd.Series, product: pd.Series) -> pd.DataFrame:
    """Trade with a partner over the national product, split into share x openness, `gartzkeli2003`.

    Columns share [0, 1], openness >= 0, exposure = share * openness. A share without the openness beside it misleads:
    those of 2020-22 are over almost no trade.
    """
    share = dependence(with_partner, whole)
    output = _amounts(product, "product")
    openness = (_amounts(whole, "whole") / output.where(output != 0)).reindex(share.index)
    return pd.DataFrame({"share": share, "openness": openness, "exposure": share * openness})


def extraction(received: pd.DataFrame | pd.Series, imports: pd.Series, product: pd.Series) -> pd.DataFrame:
    """Extraction X = real transfers received / imports, and / national product, science 2.1(5); both >= 0.

    `received`: delivered, not pledged; grants, loans and waived debt may be columns and are told apart in the result,
    columns (kind, "imports") and (kind, "product"); a Series is the one kind "transfers". The product is an outside
    estimate, so both are given. A missing kind is missing in its own columns only.
    """
    kinds = received.to_frame("transfers") if isinstance(received, pd.Series) else received
    below = {"imports": _amounts(imports, "imports"), "product": _amounts(product, "product")}
    columns = {
        (kind, name): _amounts(kinds[kind], str(kind)) / amount.where(amount != 0).reindex(kinds.index)
        for kind in kinds.columns
        for name, amount in below.items()
    }
    return pd.DataFrame(columns)


def _amounts(values: pd.Series, name: str) -> pd.Series:
    amounts = values.astype(float)
    if (amounts < 0).any() or np.isinf(amounts).any():
        raise HedgingError(f"{name} holds a negative or endless amount", where="dependence", remedy="amounts are >= 0")
    return amounts
