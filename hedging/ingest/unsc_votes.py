"""Every resolution of the UN Security Council 1946-2025 with each member's vote; what was vetoed is in unsc_vetoes."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Source, Table

VOTES, ROLLCALLS = "compiled/unsc-dprk/unsc_votes.parquet", "compiled/unsc-dprk/unsc_rollcalls.csv"
LONGEST = 100  # letters of a subject
BARE = 2  # titles that name no subject
KOREA = 31
TALLIES = {"n_yes": "Y", "n_no": "N", "n_abstain": "A", "n_nonvoting": "X"}

TABLE = Table(
    name="unsc_votes",
    title="Resolutions of the UN Security Council with every member's vote",
    description="All 2,811 resolutions adopted from 25 January 1946 to 29 December 2025 and how the 11 (from 1966: 15) "
    "members of the Council voted. hedging.tables.votes opens the letters into one column a state.",
    columns=(
        Column("rcid", "integer", "Record number in the UN Digital Library (digitallibrary.un.org/record/<rcid>)"),
        Column("date", "date", "Day of the vote"),
        Column("year", "integer", "Calendar year of the vote", minimum=1946, maximum=2025),
        Column("resolution", "string", "Symbol of the resolution", pattern=r"S/RES/\d+\(\d{4}\)"),
        Column("subject", "string", f"What the short title names, cut after {LONGEST} letters (then it ends in ...)"),
        Column("about_korea", "boolean", "The full title holds the word Korea"),
        *(
            Column(
                name, "integer", f"Members of the Council with the letter {letter}", "members", minimum=0, maximum=15
            )
            for name, letter in TALLIES.items()
        ),
        Column(
            "members",
            "string",
            "Members of the Council, ISO 3166 alpha-3 in alphabetical order (TWN: the Republic of China, to October "
            "1971; RUS: the USSR until 1991)",
            pattern=r"[A-Z]{3}(\|[A-Z]{3})+",
        ),
        Column("ballots", "string", "One letter a member: Y yes, N no, A abstained, X absent", pattern="[YNAX]{11,15}"),
    ),
    key=("rcid",),
    missing="There is no empty cell; X says that the member was absent or did not take part, which is no abstention.",
    sources=tuple(
        Source(
            file=file,
            title=f"Security Council Voting Data ({part})",
            citation="United Nations, Dag Hammarskjold Library, UN Digital Library, Security Council Voting Data.",
            licence=_un.SOURCES[0].licence,
            url="https://digitallibrary.un.org/record/4055387",
        )
        for file, part in ((VOTES, "votes of members"), (ROLLCALLS, "resolutions"))
    ),
    may_publish=_un.MAY_PUBLISH,
    defects=(
        "Adopted resolutions only: drafts that failed or were vetoed are missing, so agreement counted here is of what "
        "had been agreed before.",
        "North Korea has never been a member; South Korea sat in 1996-97, 2013-14 and 2024-25.",
        "S/RES/2797(2025) lists 14 of 15 members. In S/RES/2761(2024) Russia's letter was A in one reading of the "
        "record and Y in a later one, which is kept.",
        "Short titles err (resolutions 2094, 2375 and 2397; two numbers among 2804-2808): no facts to be quoted.",
        "S/RES/90 (1951) names no subject, so that about_korea misses it (its meeting is in unsc_meetings).",
    ),
    period="date",
    measures="How each member of the Security Council voted on one adopted resolution.",
    method="Taken from record {rcid} of the UN Digital Library ({resolution}); the members are put in alphabetical "
    "order and the tally is recounted from their letters.",
)


def build(raw: Raw) -> Built:
    """Return one row a resolution."""
    calls = raw.csv(ROLLCALLS)
    named = calls["title"].str.extract(r"\[(.*)\]?$")[0].str.rstrip("] ").str.replace(r"\s+", " ", regex=True)
    expect(int(named.isna().sum()), BARE, "a title without a subject")
    korea = calls["title"].str.contains("Korea")
    expect(int(korea.sum()), KOREA, "the mark about_korea")
    frame = calls.assign(
        rcid=calls["rcid"].astype(int),
        year=calls["date"].str[:4],
        about_korea=korea,
        subject=_un.cut(named.fillna("not named"), LONGEST),
    ).merge(_letters(raw), left_on="rcid", right_index=True, validate="one_to_one")
    for name, letter in TALLIES.items():
        expect(int((frame["ballots"].str.count(letter) != frame[name].astype(int)).sum()), 0, f"a false tally {name}")
    bare = Correction("subject is written as not named", "the short title gives the number only", BARE)
    return Built(frame[[column.name for column in TABLE.columns]], (bare,))


def _letters(raw: Raw) -> pd.DataFrame:
    """Return the members and their letters by record number, members in alphabetical order."""
    cast = raw.parquet(VOTES, columns=["rcid", "iso3", "vote"]).astype({"iso3": "str", "vote": "str"})
    grouped = cast.sort_values(["rcid", "iso3"]).groupby("rcid")
    return pd.DataFrame({"members": grouped["iso3"].agg("|".join), "ballots": grouped["vote"].agg("".join)})
