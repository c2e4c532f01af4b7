"""How like the speeches of six states every state's UN speech is, 1946-2024: the yardstick for North Korea's."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import NO_UNIT, Column, Table

FILE = "compiled/ungdc/ungdc_similarity_country_year.parquet"
ROWS = 21_904  # two variants of 10,952 speeches
COSINES = tuple(f"cosine_{state}" for state in _speeches.SIX)
PERCENTILES = tuple(f"percentile_{state}" for state in _speeches.SIX)

TABLE = Table(
    name="un_speech_similarity_world",
    title="Similarity of every state's UN speech to those of six states, 1946-2024",
    description=(
        "Cosine similarity of TF-IDF vectors of the year's speeches (one a state, fitted anew each year), to the "
        "speeches of Russia, China, the United States, Japan and the two Koreas. The percentile is the measure to "
        "follow over time: the common agenda of a year lifts all cosines."
    ),
    columns=(
        _speeches.YEAR,
        _speeches.SPEAKER,
        _speeches.VARIANT,
        Column("n_speeches", "integer", "speeches of the year", "speeches", minimum=2),
        Column("mean_cosine", "number", "mean similarity to all others", NO_UNIT, minimum=0, maximum=1),
        *(
            Column(name, "number", "similarity to that state", NO_UNIT, required=False, minimum=0, maximum=1)
            for name in COSINES
        ),
        *(
            Column(name, "number", "other states less like it", "%", required=False, minimum=0, maximum=100)
            for name in PERCENTILES
        ),
    ),
    key=("year", "iso3", "variant"),
    missing="That state held no speech in the year, or it is the row's own state. Not known, not unlike.",
    sources=(_speeches.source(FILE, "similarity of all speeches, computed for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    variant="variant",
    measures="How much the vocabulary of two states' speeches of one year has in common, from 0 to 1.",
    method="Cosine of the TF-IDF vectors of {iso3} and of each of six states among the {n_speeches} speeches of {year} "
    "({variant}).",
    defects=(
        *_speeches.DEFECTS,
        "The two Koreas share a subject even with all names removed.",
        "The excess over both states' mean similarity is kept for North Korea only (un_speech_similarity).",
    ),
)


def build(raw: Raw) -> Built:
    """Return cosines and percentiles for all states; the double-centred form follows from means and is left out."""
    short = {"sim": "cosine", "pct": "percentile"}
    names = {f"{old}_{state}": f"{new}_{state}" for old, new in short.items() for state in _speeches.SIX}
    frame = raw.parquet(FILE).rename(columns={**names, "mean_sim_all": "mean_cosine"})
    expect(len(frame), ROWS, "speeches in two variants")
    return Built(frame[[column.name for column in TABLE.columns]])
