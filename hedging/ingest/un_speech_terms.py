"""Mentions of 36 terms in the General Debate speeches of six states; counts before 1994 are lower bounds."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/ungdc/ungdc_counts_tidy_six_states.csv"

TABLE = Table(
    name="un_speech_terms",
    title="Terms in the UN General Debate speeches of the two Koreas and four powers",
    description="Mentions of 36 terms in each yearly speech of six states: 1946-2024, Japan from 1957, the two Koreas "
    "from 1991.",
    columns=(
        Column("year", "integer", "Year of the session's debate", minimum=1946, maximum=2024),
        Column(
            "iso3",
            "string",
            "Speaker (CHN: Republic of China to 1971)",
            enum=("PRK", "RUS", "CHN", "USA", "JPN", "KOR"),
        ),
        Column("n_words", "integer", "Words of the speech", unit="words", minimum=200),
        Column("term", "string", "Term counted (a word or phrase with its variants)", pattern="[a-z_]+"),
        Column("mentions", "integer", "Times that the term occurs in the speech", unit="mentions", minimum=0),
        Column("per_1000_words", "number", "Mentions in 1,000 words", unit="mentions per 1,000 words", minimum=0),
    ),
    key=("year", "iso3", "term"),
    missing="There is no empty cell; a year without a row is a year without a speech (China and the USSR in 1970).",
    sources=(_speeches.source(FILE, "counts of terms, made for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    measures="Times that a term occurs in one state's speech of one year.",
    method="{mentions} matches of the pattern of {term} in the {n_words} words spoken for {iso3} in {year}.",
    defects=(
        "Before 1994 the text comes from optical character recognition: counts are lower bounds.",
        "China's speaker is the Republic of China to 1971 and the People's Republic from 1972.",
        "One speech a year: in a speech of North Korea a word said once is 0.25 to 0.75 in 1,000.",
        "multipolar is said by North Korea once (2022), global_south and brics never: the speeches alone carry no "
        "claim about multipolar language.",
        "Terms overlap: hostile contains hostile_policy, nuclear contains nuclear_weapons. sanctions also finds "
        "'sanctioned'; south_korea also finds 'Democratic Confederal Republic of Korea'; Russia as 'Moscow' is "
        "not found.",
        "The speech of September 2025 is not counted.",
    ),
)


def build(raw: Raw) -> Built:
    """Return one row a speech and term."""
    return Built(raw.csv(FILE).drop(columns=["session", "articles"]))
