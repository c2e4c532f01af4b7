"""Obligations to allies as a portfolio of positions, coded as the alliance data sets code them.

A pact is anachronistic evidence of closeness (`miller2026`) and a step function: North Korea's has three steps in 65
years. It can illustrate, it cannot carry a test (science 2.3).
"""

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.measures.similarity import STATISTICS, pair_tables

STRONGEST = {"defence": 3, "offence": 3, "neutrality": 2, "consultation": 2, "nonaggression": 1}


def obligation(pacts: pd.DataFrame) -> pd.Series:
    """Return the strongest obligation of each row: 3 defence or offence, 2 neutrality or consultation, 1, 0 none.

    `pacts`: true or false columns among those of STRONGEST, any index (a pair and a year, say). The coding of
    `leeds2002` and `gibler2009` that `miller_fpsim` uses. Another column or a value that is no truth value raises.
    """
    strange = [column for column in pacts.columns if column not in STRONGEST]
    if strange or not len(pacts.columns) or not pacts.isin([True, False]).to_numpy().all():
        raise HedgingError(
            f"no obligations: {strange or list(pacts.columns)}",
            where="obligation",
            remedy=f"true or false in columns among {', '.join(STRONGEST)}",
        )
    coded = pacts.astype(bool).astype(int) * pd.Series(STRONGEST).reindex(pacts.columns)
    return coded.max(axis=1).rename("obligation")


def portfolio_similarity(obligations: pd.DataFrame, statistic: str = "kappa") -> pd.DataFrame:
    """Return the similarity of every pair of states over their obligations in one year, states x states.

    `obligations`: one row a possible partner (each state is its own partner with 3), one column a state, codes 0 to 3,
    NaN where unknown. Statistics and ranges as in `hedging.measures.similarity`; kappa is preferred, because ties are
    rare and S takes two lists of zeros for likeness (`haege2011`).
    """
    if statistic not in STATISTICS:
        raise HedgingError(f"statistic={statistic!r}", where="portfolio_similarity", remedy=", ".join(STATISTICS))
    table = pair_tables(obligations.to_numpy(float), size=4)
    found = STATISTICS[statistic](table)
    return pd.DataFrame(found, index=obligations.columns, columns=obligations.columns, dtype=np.float64)
