"""The multiverse of a claim: every predeclared specification, its result, and what all of them say together.

Specifications share data, years and definitions. They are not independent, and the share of them that point one way
is no probability; what it is worth shows only against the same share under every circular shift.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from hedging.argument import words
from hedging.argument.claims import claim, claims, registry
from hedging.argument.measured import domain
from hedging.argument.runs import TESTED, UNTESTED, Run, run
from hedging.argument.specifications import Specification, frame, listed
from hedging.errors import HedgingError, unknown
from hedging.inference import multiverse as arithmetic
from hedging.inference.multiverse_forks import importance

CHUNK = 250  # specifications that a worker gets at once


@dataclass(frozen=True, eq=False)  # each is itself, and may be remembered by what is drawn of it
class Multiverse:
    """All specifications of one claim or several.

    `table`: one row a specification: claim, family, domain, statistic, window and comparison, one column a fork
    (missing where the domain does not know it), n and n_against observed dates, places on the circle, estimate in the
    unit of the measure, strength (above 0 is the claimed side), sign (1, 0, -1), p of its own shifts (NaN with too few
    places), status and reason. `shifts`: strength under every shift, one array a row, None where not testable.
    `excluded`: what the rules left out beforehand.
    """

    table: pd.DataFrame
    shifts: tuple[np.ndarray | None, ...]
    excluded: pd.DataFrame

    def of(self, claim_id: str) -> "Multiverse":
        """Return the part on one claim; an unknown one, or one that was not run, raises HedgingError."""
        claim(claim_id)
        if claim_id not in self._parts:
            self._parts[claim_id] = self._part(claim_id)
        return self._parts[claim_id]

    def _part(self, claim_id: str) -> "Multiverse":
        rows = np.flatnonzero(self.table["claim"] == claim_id)
        if not rows.size:
            raise HedgingError(f"claim {claim_id} is not in this multiverse", remedy=f"multiverse({claim_id!r})")
        together = slice(rows[0], rows[-1] + 1)  # as they are listed, and then nothing is copied
        kept = self.table.iloc[together if len(rows) == rows[-1] + 1 - rows[0] else rows].reset_index(drop=True)
        out = self.excluded[self.excluded["claim"] == claim_id].reset_index(drop=True)
        return Multiverse(kept, tuple(self.shifts[row] for row in rows), out)

    @cached_property
    def _parts(self) -> dict[str, "Multiverse"]:
        return {}

    def claims(self) -> list[str]:
        """Return the claims that were run, in order."""
        return list(self.table["claim"].unique())

    def tested(self) -> pd.DataFrame:
        """Return the rows with a number, in the order of the list."""
        return self._tested.copy(deep=False)

    @cached_property
    def _tested(self) -> pd.DataFrame:
        return self.table[self.table["status"] == TESTED]

    def together(self) -> words.Together:
        """Return what the specifications of one claim say together: shares, joint placebo and the word."""
        if len(self.claims()) != 1:
            raise HedgingError("one claim at a time", where="together", remedy='multiverse(...).of("C3a").together()')
        return self._together

    @cached_property
    def _together(self) -> words.Together:
        return words.together(self.table, self.turned(), int(self.excluded["excluded"].sum()), registry().multiverse)

    def share(self, **choices: str) -> float:
        """Return the share of the tested specifications with these choices that have the claimed sign, in [0, 1].

        `choices`: forks, or domain and statistic, with one value each: share(domain="trade", south="in"). A fork that
        is not there, or a value that no tested specification has, raises HedgingError.
        """
        rows = self.tested()
        kept = np.ones(len(rows), bool)
        for fork, value in choices.items():
            if fork not in rows:
                raise unknown(
                    "fork", fork, ("domain", "statistic", *(name for name in registry().forks if name in rows))
                )
            before, kept = kept, kept & (rows[fork] == value).to_numpy(bool, na_value=False)
            if not kept.any():
                raise unknown(f"value of {fork}", value, set(rows[fork][before].dropna()), where="share")
        return float((rows["sign"][kept] > 0).mean())

    def turned(self) -> np.ndarray | None:
        """Return the strengths of all long enough specifications under the joint shifts: rows specifications.

        Column 0 is the true position; None where no series has places enough for a joint placebo.
        """
        return self._turned

    @cached_property
    def _turned(self) -> np.ndarray | None:
        least = registry().multiverse.shifts
        long = [one for one in self.shifts if one is not None and len(one) >= least]
        return arithmetic.together(long) if long else None

    def tables(self) -> list[str]:
        """Return the tables behind the specifications, sorted."""
        return sorted({table for name in set(self.table["domain"]) for table in domain(name).tables})

    def summary(self) -> pd.DataFrame:
        """Return one row a claim: the fields of `hedging.argument.words.Together`, index claim."""
        rows = {one: self.of(one).together() for one in self.claims()}
        return pd.DataFrame({one: vars(found) for one, found in rows.items()}).T.rename_axis("claim")

    def forks(self) -> pd.DataFrame:
        """Return what each fork explains of the variance of strength among the tested specifications of one claim.

        See `hedging.inference.multiverse_forks.importance`: shares `alone` and `added` within each family.
        """
        return self._forks.copy()

    @cached_property
    def _forks(self) -> pd.DataFrame:
        rows = self.tested()
        taken = {fork for one in self.claims() for family in claim(one).multiverse for fork in family.forks}
        known = [name for name in registry().forks if name in taken]
        families = rows["family"].astype(str).rename("kind of tie")
        return importance(rows["strength"], pd.concat([families, rows[known]], axis=1), inside="kind of tie")


def multiverse(ids: str | Sequence[str] | None = None, *, client: Any = None) -> Multiverse:
    """Run every predeclared specification of the claims (one id, several, or all by default).

    `client`: a Dask client; the specifications are spread over its workers and the results are equal to those without
    it. An unknown claim, and one that has no specifications, raise HedgingError; the latter says why it has none.
    """
    chosen = [one.id for one in claims()] if ids is None else [ids] if isinstance(ids, str) else list(ids)
    without = [one for one in map(claim, chosen) if one.no_curve]
    if ids is not None and without:
        raise HedgingError(
            f"claim {without[0].id} has no specifications: {without[0].no_curve}",
            where="multiverse",
            remedy="leave it out",
        )
    specs, excluded = listed(chosen)
    runs = run(specs) if client is None else _spread(specs, client)
    return Multiverse(_table(specs, runs), tuple(one.shifts for one in runs), excluded)


def _spread(specs: Sequence[Specification], client: Any) -> list[Run]:
    """Run the specifications on the workers of a Dask client, chunks of neighbours together, in their order."""
    chunks = [specs[at : at + CHUNK] for at in range(0, len(specs), CHUNK)]
    futures = client.map(run, chunks, pure=False)
    try:
        return [one for part in client.gather(futures) for one in part]
    finally:
        client.cancel(futures)


def _table(specs: Sequence[Specification], runs: Sequence[Run]) -> pd.DataFrame:
    least = registry().multiverse.shifts
    strength = np.array([np.nan if one.shifts is None else one.shifts[0] for one in runs])
    places = [0 if one.shifts is None else len(one.shifts) for one in runs]
    table = frame(specs).assign(
        n=[one.n for one in runs],
        n_against=[one.n_against for one in runs],
        places=places,
        estimate=[one.estimate for one in runs],
        strength=strength,
        sign=np.sign(np.where(np.isnan(strength), 0, np.round(strength, 9))).astype(int),
        p=[one.p if n >= least else np.nan for one, n in zip(runs, places, strict=True)],
        status=[UNTESTED if one.shifts is None else TESTED for one in runs],
        reason=[one.reason for one in runs],
    )
    return table
