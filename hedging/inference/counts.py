"""What can so few events decide? The power statement of the test of small counts (posterior of a balance)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from hedging.errors import HedgingError
from hedging.inference.placebo import DIRECTIONS
from hedging.measures import entropy, powers

TRIALS, DRAWS = 200, 400  # invented histories, and posterior draws in each
BATCH = 20  # histories drawn at a time
MULTIPLES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)

Measure = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class CountPower:
    """`now`: chance that as many events, with the shares observed, decide for the claimed side; `events`: how many do.

    `events` is the smallest multiple of the observed number with a chance of `power`, infinite where even 64 times as
    many have not: then the observed balance lies at the threshold or beyond it.
    """

    now: float
    events: float
    power: float


def count_power(
    counts: pd.Series,
    measure: Measure,
    threshold: float,
    direction: str = "higher",
    sure: float = 0.95,
    power: float = 0.8,
    seed: int = 20251123,
) -> CountPower:
    """Return how often the posterior test decides if the observed shares are the true ones (science 3.5, 5.2(8)).

    `counts`: events by power; `measure`: from a frame of ties to a Series, for example `measures.equidistance`;
    `direction`: "higher" or "lower" than `threshold`. Decided when the posterior probability is at least `sure`. No
    event or a missing count raises HedgingError. Same arguments, same numbers.
    """
    if direction not in DIRECTIONS or not 0 < sure < 1:
        raise HedgingError(f"direction={direction!r}, sure={sure}", where="count_power")
    given = powers.checked(counts.to_frame().T, need=powers.EAST).iloc[0]
    if given.isna().any() or given.sum() == 0:
        raise HedgingError("no events, or a count is missing: not testable with these data", where="count_power")
    prior = pd.Series(entropy.prior(list(given.index)), given.index)
    judge = partial(_deciding, given, prior, measure, threshold, direction, sure, seed)
    now = float(np.concatenate(list(judge(MULTIPLES[0]))).mean())
    if now >= power:
        return CountPower(now, float(given.sum()), power)
    if not reaches(judge(MULTIPLES[-1]), power):
        return CountPower(now, float("inf"), power)
    enough = next((multiple for multiple in MULTIPLES[1:-1] if reaches(judge(multiple), power)), MULTIPLES[-1])
    return CountPower(now, float(given.sum() * enough), power)


def _deciding(
    counts: pd.Series,
    prior: pd.Series,
    measure: Measure,
    threshold: float,
    direction: str,
    sure: float,
    seed: int,
    multiple: int,
) -> Iterator[np.ndarray]:
    """Yield which histories of `multiple` times as many events decide, a batch at a time."""
    rng = np.random.default_rng([seed, multiple])
    drawn = rng.multinomial(int(counts.sum() * multiple), counts / counts.sum(), size=TRIALS)
    for shapes in np.split(drawn + prior.to_numpy(), TRIALS // BATCH):
        gamma = rng.standard_gamma(shapes[:, None, :], size=(BATCH, DRAWS, len(counts)))
        shares = (gamma / gamma.sum(axis=2, keepdims=True)).reshape(-1, len(counts))
        values = measure(pd.DataFrame(shares, columns=counts.index)).to_numpy().reshape(BATCH, DRAWS)
        beyond = values > threshold if direction == "higher" else values < threshold
        yield beyond.mean(axis=1) >= sure


def reaches(batches: Iterable[np.ndarray], share: float) -> bool:
    """Return whether at least `share` of all histories decide; draws no more of them than it takes to tell."""
    decided = undecided = 0
    for batch in batches:
        decided, undecided = decided + batch.sum(), undecided + (~batch).sum()
        if decided / TRIALS >= share or (TRIALS - undecided) / TRIALS < share:
            break
    return bool(decided / TRIALS >= share)
