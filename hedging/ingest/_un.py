"""Recorded votes of the UN General Assembly 1991-2025: what the two tables made from them share."""

import numpy as np
import pandas as pd

from hedging.ingest.build import Raw, expect
from hedging.tables.record import Source

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
VOTES = "compiled/unga-undl-votes/unga_votes.parquet"
ROLLCALLS = "compiled/unga-undl-votes/unga_rollcalls.csv"
FIRST, LAST = "1991-01-01", "2025-12-31"

# Nuclear arms, material and treaties; the Atomic Energy Agency too, whose reports speak of North Korea's programme.
NUCLEAR = r"nuclear|atomic energy|fissile|fissionable|radioactive"
ABOUT_PRK = r"Democratic People.s Republic of Korea"
NUCLEAR_CALLS, PRK_CALLS = 484, 9  # what the two rules find; anything else means that the source has changed
CONTESTED = 0.10  # share of no and abstention in the votes cast

SCALE = {"Y": 1.0, "A": 2.0, "N": 3.0}

SOURCES = tuple(
    Source(
        file=file,
        title=f"General Assembly Voting Data ({part})",
        citation="United Nations, Dag Hammarskjold Library, UN Digital Library, General Assembly Voting Data.",
        licence="UN Digital Library terms: non-commercial use with attribution to the United Nations",
        url="https://digitallibrary.un.org/record/4060887",
    )
    for file, part in ((VOTES, "votes of members"), (ROLLCALLS, "roll calls"))
)
MAY_PUBLISH = "yes, with attribution to the United Nations, non-commercial"
DEFECTS = (
    "2025 is not comparable raw: 192 roll calls against 95 in 2024, many of them 150 to 180 votes against 1 to 3 on "
    "texts that used to pass without a vote, which lifts everybody's agreement. Use contested roll calls for 2025.",
    "Agreement moves with the agenda, and it does not track bilateral relations: agreement with China stays high "
    "throughout, and agreement with the United States is lower in the summit years 2018 and 2019 than in 2016.",
    "Only adopted texts with a recorded vote: no failed drafts, no paragraph votes, nothing adopted by consensus. "
    "North Korea has voted only since 16 October 1991.",
    "A/RES/50/38, 61/128 and 75/254 were voted as a whole and in parts: each part is a roll call of its own.",
    "Votes are as cast; corrections that members announced later are not in the source. Afghanistan and Venezuela are "
    "recorded as not voting in 158 roll calls of 2025 because one of the two scrapes leaves them out.",
)


def rollcalls(raw: Raw) -> pd.DataFrame:
    """Return the roll calls 1991-2025, one row each, with the truth values nuclear, about_prk, unanimous, contested."""
    calls = raw.csv(ROLLCALLS)
    calls = calls[calls["date"].between(FIRST, LAST)].reset_index(drop=True)
    tally = calls[["n_yes", "n_no", "n_abstain"]].astype(int)
    cast = tally.sum(axis=1)
    calls = calls.assign(
        rcid=calls["rcid"].astype(int),
        year=calls["date"].str[:4].astype(int),
        nuclear=calls["title"].str.contains(NUCLEAR, case=False),
        about_prk=calls["title"].str.contains(ABOUT_PRK),
        unanimous=tally.max(axis=1) == cast,
        contested=(tally["n_no"] + tally["n_abstain"]) / cast >= CONTESTED,
    )
    expect(int(calls["nuclear"].sum()), NUCLEAR_CALLS, "the mark nuclear")
    expect(int(calls["about_prk"].sum()), PRK_CALLS, "the mark about_prk")
    return calls


def votes(raw: Raw) -> pd.DataFrame:
    """Return the votes 1991-2025 as a wide frame: index rcid, one column a member, cells Y, N, A, X, NaN."""
    cast = raw.parquet(VOTES, columns=["rcid", "date", "iso3", "vote"])
    cast = cast[cast["date"].astype(str).between(FIRST, LAST)]
    wide = cast.astype({"iso3": "str", "vote": "str"}).pivot(index="rcid", columns="iso3", values="vote")
    return wide


def agreement(scored: np.ndarray, power: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (n, agreement) of each member with one power over the roll calls `kept`.

    `scored` is roll calls x members and `power` roll calls, on the scale yes 1, abstention 2, no 3, NaN otherwise.
    Agreement is the mean of 1 - abs(difference)/2, in [0, 1] (Bailey, Strezhnev and Voeten 2017); NaN where n is 0.
    """
    alike = 1 - np.abs(scored[kept] - power[kept, None]) / 2
    n = np.isfinite(alike).sum(axis=0)
    return n, np.nansum(alike, axis=0) / np.where(n > 0, n, np.nan)
