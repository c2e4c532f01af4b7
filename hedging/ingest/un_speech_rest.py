"""Mentions of 36 terms in the UN speeches of all states but six, pooled by year: what the others say meanwhile."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/ungdc/ungdc_counts_rest_of_world_year.csv"

TABLE = Table(
    name="un_speech_rest",
    title="Terms in the UN General Debate speeches of the rest of the world, 1946-2024",
    description="All states but the two Koreas, China, Russia, Japan and the United States, pooled by year.",
    columns=(
        _speeches.YEAR,
        Column("term", "string", "term counted; see term_patterns", enum=_speeches.TERMS),
        Column("speeches", "integer", "speeches of the year", "speeches", minimum=1),
        Column("mentions", "integer", "times that the term occurs in them", "mentions", minimum=0),
        Column("speeches_with_term", "integer", "speeches that hold it", "speeches", minimum=0),
        Column("per_1000_words", "number", "mentions in 1,000 words of all", "mentions per 1,000 words", minimum=0),
    ),
    key=("year", "term"),
    missing="No empty cell.",
    sources=(_speeches.source(FILE, "counts of terms in the rest of the world, made for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    measures="Times that a term occurs in the year's speeches of all states outside the six.",
    method="{mentions} matches of the pattern of {term} in the {speeches} speeches of {year} outside the six states.",
    defects=(
        *_speeches.DEFECTS,
        "A pooled rate weighs long speeches more; members grow from 36 speeches in 1946 to about 190.",
        "Before a state of the six speaks for the first time it is simply absent from both sides.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the pooled counts as they stand."""
    return Built(raw.csv(FILE))
