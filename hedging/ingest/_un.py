"""Recorded votes of the UN General Assembly 1946-2025: what the tables made from them share."""

import numpy as np
import pandas as pd

from hedging.ingest.build import Raw, expect
from hedging.tables.record import Column, Source

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
VOTES = "compiled/unga-undl-votes/unga_votes.parquet"
ROLLCALLS = "compiled/unga-undl-votes/unga_rollcalls.csv"
START, JOINED = 1946, 1991  # first roll calls; first year of the two Koreas

# Nuclear arms, material and treaties; the Atomic Energy Agency too, whose reports speak of North Korea's programme.
NUCLEAR = r"nuclear|atomic energy|fissile|fissionable|radioactive"
ABOUT_PRK = r"Democratic People.s Republic of Korea"
CALLS = {START: 5697, JOINED: 2875}
NUCLEAR_CALLS = {START: 823, JOINED: 484}  # what the rules find; anything else means that the source has changed
PRK_CALLS = 9
LONGEST = 120  # letters of a title
TAIL = r"\s*:\s*resolutions?\s*/?\s*adopted by the General Assem.*$"
CONTESTED = 0.10  # share of no and abstention in the votes cast

MEMBER = (
    "Member, ISO 3166 alpha-3 of the successor: RUS is the USSR until 1991, CZE Czechoslovakia, YEM North Yemen, SRB "
    "Serbia and Montenegro; YUG (to 2002), DDR, YMD, EAZ (Zanzibar) and TWN (the Republic of China to 1971) for itself"
)
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


def call_columns(first: int) -> tuple[Column, ...]:
    """Return the columns that describe a roll call, for a table that begins in year `first`."""
    return (
        Column("rcid", "integer", "Record number in the UN Digital Library (digitallibrary.un.org/record/<rcid>)"),
        Column("date", "date", "Day of the vote"),
        Column("year", "integer", "Calendar year of the vote", minimum=first, maximum=2025),
        Column("resolution", "string", "Symbol of the resolution or decision", pattern="A/(RES|DEC)/.+"),
        Column("title", "string", f"Title without its formula, cut after {LONGEST} letters (then it ends in ...)"),
        Column("nuclear", "boolean", f"The full title matches /{NUCLEAR}/ in capitals or not"),
        Column("about_prk", "boolean", f"The full title matches /{ABOUT_PRK}/ (human rights, 2005-15)"),
        Column("unanimous", "boolean", "All members that voted yes, no or abstained did the same"),
        Column("contested", "boolean", "No and abstention are at least 10% of the votes cast by all members"),
    )


def rollcalls(raw: Raw, first: int = START) -> pd.DataFrame:
    """Return the roll calls since year `first`, one row each, with nuclear, about_prk, unanimous, contested.

    Titles are shortened after the marks have been set by the full ones; tallies are whole numbers.
    """
    calls = raw.csv(ROLLCALLS)
    calls["year"] = calls["date"].str[:4].astype(int)
    calls = calls[calls["year"] >= first].reset_index(drop=True)
    tallies = ["n_yes", "n_no", "n_abstain", "n_nonvoting", "n_members"]
    calls[["rcid", *tallies]] = calls[["rcid", *tallies]].astype(int)
    tally = calls[tallies[:3]]
    cast = tally.sum(axis=1)
    calls = calls.assign(
        nuclear=calls["title"].str.contains(NUCLEAR, case=False),
        about_prk=calls["title"].str.contains(ABOUT_PRK),
        about_korea=calls["title"].str.contains("Korea"),
        unanimous=tally.max(axis=1) == cast,
        contested=(tally["n_no"] + tally["n_abstain"]) / cast >= CONTESTED,
        title=_short(calls["title"]),
    )
    expect(len(calls), CALLS[first], f"roll calls since {first}")
    expect(int(calls["nuclear"].sum()), NUCLEAR_CALLS[first], "the mark nuclear")
    expect(int(calls["about_prk"].sum()), PRK_CALLS, "the mark about_prk")
    return calls


def _short(titles: pd.Series) -> pd.Series:
    title = titles.str.replace(TAIL, "", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()
    return cut(title, LONGEST)


def cut(texts: pd.Series, longest: int) -> pd.Series:
    """Return texts of at most `longest` letters; one that was cut ends in three dots."""
    return texts.where(texts.str.len() <= longest, texts.str[: longest - 3].str.rstrip() + "...")


def votes(raw: Raw) -> pd.DataFrame:
    """Return the votes as a wide frame: index rcid, one column a member, cells Y, N, A, X, ? (unreadable), NaN."""
    cast = raw.parquet(VOTES, columns=["rcid", "iso3", "vote"])
    return cast.astype({"iso3": "str", "vote": "str"}).pivot(index="rcid", columns="iso3", values="vote")


def agreement(scored: np.ndarray, power: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (n, agreement) of each member with one power over the roll calls `kept`.

    `scored` is roll calls x members and `power` roll calls, on the scale yes 1, abstention 2, no 3, NaN otherwise.
    Agreement is the mean of 1 - abs(difference)/2, in [0, 1] (Bailey, Strezhnev and Voeten 2017); NaN where n is 0.
    """
    alike = 1 - np.abs(scored[kept] - power[kept, None]) / 2
    n = np.isfinite(alike).sum(axis=0)
    return n, np.nansum(alike, axis=0) / np.where(n > 0, n, np.nan)
