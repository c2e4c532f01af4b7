"""27 Korean terms in the New Year texts 1946-2019: no text after 2019, and patrons are hardly ever named."""

import pandas as pd

from hedging.ingest._facts import STATUS_OF, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/ny-address/ny_address_counts_tidy.csv"
TERMS, ABSENT = 27, 1957
POWER = {"united_states": "USA", "china": "CHN", "soviet_russia": "RUS", "japan": "JPN", "south_korea": "KOR"}
GENRES = ("address", "editorial", "policy_speech", "joint_editorial")

TABLE = Table(
    name="new_year_terms",
    title="Terms in North Korea's New Year texts, 1946-2019",
    description=(
        "Mentions of 27 Korean terms in the leader's New Year address or the joint editorial that stood in its place, "
        "by year; an eojeol is a Korean word between blanks."
    ),
    columns=(
        Column("year", "integer", "calendar year", minimum=1946, maximum=2019),
        Column("genre", "string", "kind of text", required=False, enum=GENRES),
        Column("term", "string", "what is looked for; see term_patterns", pattern="[a-z_]+"),
        Column("power", "string", "power that the term names", required=False, enum=tuple(POWER.values())),
        Column("n_words", "integer", "length of the text", "eojeol", required=False, minimum=100),
        Column("mentions", "integer", "times that the term occurs", "mentions", required=False, minimum=0),
        Column("per_1000_words", "number", "in 1,000 eojeol", "mentions per 1,000", required=False, minimum=0),
        STATUS_OF,
    ),
    key=("year", "term"),
    missing="not_reported: the text of 1957 is not in the collection. An empty power: the term names none.",
    sources=(source(FILE),),
    may_publish="yes: counts only, no text of addresses",
    measures="Times that a Korean term occurs in the New Year text of one year.",
    method="{mentions} matches of the pattern of {term} in {n_words} eojeol of the text of {year}; status {status}.",
    defects=(
        "No address after 2019, when party plenums took its place: the series cannot show the years of the thesis.",
        "China and the Soviet Union are hardly ever named (1961-90 about 0.3 and 0.1 in 1,000): no measure of a tilt "
        "between Moscow and Beijing. multipolar is never said.",
        "The genre changes: 1970 an editorial, 1987 a policy speech of 30 December 1986, 1995-2012 joint editorials.",
        "In 59 files a South Korean editor's preface was cut before counting; headings and agency lines remain (2004, "
        "2007-13), a few dozen words.",
        "Terms overlap: united_states contains us_imperialism and words such as 'DPRK-US'; nuclear contains "
        "nuclear-free. South Korea is also 'puppet', which may mean Manchukuo in the 1940s.",
        "Not checked against the published figures of Park, Park and Jo (2015).",
    ),
)


def build(raw: Raw) -> Built:
    """Return one row a year and term, 1957 written out as not reported."""
    frame = raw.csv(FILE).rename(columns={"n_eojeol": "n_words", "per_1000_eojeol": "per_1000_words"})
    frame = frame.drop(columns="articles").assign(status="observed")
    frame["genre"] = frame["year"].astype(int).map(_genre)
    gap = pd.DataFrame({"year": str(ABSENT), "term": frame["term"].unique(), "status": "not_reported"})
    expect(len(gap), TERMS, "terms of the year without a text")
    made = pd.concat([frame, gap], ignore_index=True).fillna("")
    why = "the collection has no text of 1957, which is not a text without the term"
    return Built(
        made.assign(power=made["term"].map(POWER)), (Correction("rows of 1957 added as not reported", why, TERMS),)
    )


def _genre(year: int) -> str:
    if 1995 <= year <= 2012:
        return "joint_editorial"
    return {1970: "editorial", 1987: "policy_speech"}.get(year, "address")
