"""Who votes like whom, over a handful of roll calls on one question."""

import pandas as pd

from hedging.errors import HedgingError, unknown

CAST = ("Y", "A", "N")
VOTES = (*CAST, "X")  # X: did not vote, which is no abstention and no agreement


def alike(votes: pd.DataFrame, state: str) -> pd.DataFrame:
    """Share of roll calls on which each state cast the same vote as `state`, of those on which both voted.

    `votes`: one row a roll call, one column a state, values Y, A, N or X (did not vote). Columns: share [0, 1] (NaN
    where the two never voted together), same and together (roll calls). Identical votes, no half credit: an abstention
    beside a no is not alike. Read share with together: three of three is no nine of nine. HedgingError for other votes.
    """
    if state not in votes.columns:
        raise unknown("state", state, votes.columns, where="votes")
    strange = sorted(set(votes.stack().unique()) - set(VOTES)) or (["empty"] if votes.isna().to_numpy().any() else [])
    if strange:
        raise HedgingError(f"not a vote: {', '.join(map(str, strange))}", remedy=f"votes are {', '.join(VOTES)}")
    both = votes.ne("X") & votes[[state]].ne("X").to_numpy()
    together = both.sum()
    same = (votes.eq(votes[state], axis=0) & both).sum()
    return pd.DataFrame({"share": same / together.where(together > 0), "same": same, "together": together})
