"""The ten states whose UN speech is most like North Korea's, by year: the powers are not always among them."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw
from hedging.tables.record import NO_UNIT, Column, Table

FILE = "compiled/ungdc/ungdc_similarity_PRK_top10.csv"

TABLE = Table(
    name="un_speech_nearest",
    title="The ten UN speeches most like North Korea's, 1991-2024",
    description="Rank, state and cosine similarity of the ten nearest speeches of each year, in two variants.",
    columns=(
        Column("year", "integer", "year of the session's debate", minimum=1991, maximum=2024),
        _speeches.VARIANT,
        Column("rank", "integer", "1: most like", NO_UNIT, minimum=1, maximum=10),
        _speeches.SPEAKER,
        Column("cosine", "number", "similarity of the two speeches", NO_UNIT, minimum=0, maximum=1),
    ),
    key=("year", "variant", "rank"),
    missing="No empty cell.",
    sources=(_speeches.source(FILE, "the ten nearest speeches, computed for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    variant="variant",
    measures="How much the vocabulary of a near state's speech has in common with North Korea's, from 0 to 1.",
    method="Speech number {rank} by cosine of TF-IDF vectors among the speeches of {year} ({variant}).",
    defects=(
        *_speeches.DEFECTS,
        "Nearness is a shared vocabulary, which enemies on one subject have too (South Korea).",
    ),
)


def build(raw: Raw) -> Built:
    """Return the ranks as they stand."""
    return Built(raw.csv(FILE))
