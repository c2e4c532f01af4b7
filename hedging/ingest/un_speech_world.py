"""Mentions of 36 terms in every speech of the UN General Debate 1946-2024, one row a speech: comparison states."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/ungdc/ungdc_counts_country_year.csv"
SPEECHES = 10_952

TABLE = Table(
    name="un_speech_world",
    title="Terms in the UN General Debate speeches of all states, 1946-2024",
    description="One row a speech: its length and the mentions of 36 terms; term_patterns says what each matches.",
    columns=(
        _speeches.YEAR,
        _speeches.SPEAKER,
        Column("n_words", "integer", "words of the speech", "words", minimum=200),
        Column("bad_characters", "integer", "characters that recognition garbled", "characters", minimum=0),
        *(Column(term, "integer", f"mentions of {term}", "mentions", minimum=0) for term in _speeches.TERMS),
    ),
    key=("year", "iso3"),
    missing="No empty cell; a state and year without a row is a year without a speech, which is no zero.",
    sources=(_speeches.source(FILE, "counts of terms by speech, made for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    measures="Times that a term occurs in one state's speech of one year.",
    method="Matches of each pattern in the {n_words} words spoken for {iso3} in the debate of {year}.",
    defects=(
        *_speeches.DEFECTS,
        "multipolar is said by North Korea once (2022), global_south and brics never: the speeches alone carry no "
        "claim about multipolar language.",
        "Terms overlap (hostile contains hostile_policy, nuclear contains nuclear_weapons); sanctions also finds "
        "'sanctioned'; many states write 'Moscow' for Russia, which is not found.",
        "Observers that speak (Holy See, Palestine, European Union) have rows too.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the speeches; session follows from the year, and characters say no more than words."""
    frame = raw.csv(FILE).rename(columns={"n_bad_chars": "bad_characters"})
    expect(len(frame), SPEECHES, "speeches of all states")
    return Built(frame.drop(columns=["session", "n_chars"]))
