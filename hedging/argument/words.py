"""From a multiverse to one word, by the rule that claims.yml fixes before anything is run.

| what the testable specifications of a claim do                                       | word           |
|--------------------------------------------------------------------------------------|----------------|
| under the share `testable` of all specifications gives a number                      | not testable   |
| at least `robust` of them have the claimed sign, and the joint placebo has p <= alpha | robust        |
| at least `robust` of them have the claimed sign, but the placebo does not say so     | one sign       |
| at most `against` of them have the claimed sign                                      | against        |
| anything between                                                                     | fork-dependent |

The word stands beside the verdict and never changes it: the verdict is about the tests that the claim named, the word
about how far their answer hangs on choices.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedging.argument.forks import Rule
from hedging.argument.runs import TESTED
from hedging.inference.joint import joint_test, median, share_positive

ROBUST, ONE_SIGN, DEPENDS, AGAINST, UNTESTABLE = "robust", "one sign", "fork-dependent", "against", "not testable"
WORDS = (ROBUST, ONE_SIGN, DEPENDS, AGAINST, UNTESTABLE)


@dataclass(frozen=True)
class Together:
    """What all specifications of one claim say. Shares are of the testable ones, in [0, 1], and no probabilities.

    `share`: those with the claimed sign; `strong`: those with it and a strength of 1 or more; `median_strength` in
    standard deviations over the shifts. `p_median` and `p_share`: rank of the true position in the joint placebo over
    `places` positions, for the median strength and for the share, from the `shifted` specifications that have enough
    places; `moved_low` and `moved_high`: 5% and 95% of the share over those positions. NaN without any.
    """

    word: str
    listed: int
    excluded: int
    testable: int
    share: float
    strong: float
    median_strength: float
    shifted: int
    places: int
    p_median: float
    p_share: float
    moved_low: float
    moved_high: float


def together(table: pd.DataFrame, turned: np.ndarray | None, excluded: int, rule: Rule) -> Together:
    """Sum up one claim's table of specifications; `turned`: the strengths under the joint shifts (see `Multiverse`)."""
    nan, tested = float("nan"), table.loc[table["status"] == TESTED, ["sign", "strength"]]
    share = float((tested["sign"] > 0).mean()) if len(tested) else nan
    strong = float((tested["strength"] >= 1).mean()) if len(tested) else nan
    p_median, p_share, ends, shifted, places = nan, nan, (nan, nan), 0, 0
    if turned is not None:
        shares = joint_test(turned, share_positive)
        p_median, p_share = joint_test(turned, median).p, shares.p
        ends = tuple(map(float, np.nanquantile(shares.shifted, [0.05, 0.95])))
        shifted, places = turned.shape
    return Together(
        word(len(tested), len(table), share, p_median, rule),
        len(table),
        excluded,
        len(tested),
        share,
        strong,
        float(tested["strength"].median()),
        shifted,
        places,
        p_median,
        p_share,
        *ends,
    )


def word(testable: int, listed: int, share: float, p: float, rule: Rule) -> str:
    """Return the word by the table at the top of this module; p may be NaN, where there is no placebo."""
    if not testable or testable < rule.testable * listed:
        return UNTESTABLE
    if share >= rule.robust:
        return ROBUST if p <= rule.alpha else ONE_SIGN
    return AGAINST if share <= rule.against else DEPENDS
