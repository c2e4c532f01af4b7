"""How like the five powers' speeches North Korea's is; the two Koreas share a subject even with all names removed."""

from hedging.ingest import _speeches
from hedging.ingest.build import Built, Raw
from hedging.tables.record import NO_UNIT, Column, Table

FILE = "compiled/ungdc/ungdc_similarity_PRK.csv"
NAMES = {
    "partner": "power",
    "percentile_among_states": "percentile",
    "double_centred": "excess",
    "n_speeches": "n",
}

TABLE = Table(
    name="un_speech_similarity",
    title="Similarity of North Korea's speech in the UN General Debate to those of the five powers",
    description="Cosine similarity of TF-IDF vectors of the year's speeches (one a state, fitted anew each year, so "
    "that the common agenda of the year counts little), 1991-2024. The percentile is the measure to follow over time.",
    columns=(
        Column("year", "integer", "Year of the session's debate", minimum=1991, maximum=2024),
        Column("power", "string", "Power", enum=_speeches.POWERS),
        _speeches.VARIANT,
        Column("cosine", "number", "Cosine similarity of the two speeches", NO_UNIT, minimum=0, maximum=1),
        Column(
            "percentile",
            "number",
            "Share of the other states whose speech is less like North Korea's than the power's is",
            unit="%",
            minimum=0,
            maximum=100,
        ),
        Column(
            "excess", "number", "Cosine less both states' mean similarity to all, plus the mean of all pairs", NO_UNIT
        ),
        Column("n", "integer", "Speeches of the year", unit="speeches", minimum=2),
    ),
    key=("year", "power", "variant"),
    missing="There is no empty cell.",
    sources=(_speeches.source(FILE, "similarity of speeches, computed for this project"),),
    may_publish=_speeches.MAY_PUBLISH,
    defects=(
        "One speech a year: no test of significance; show era means with the yearly points.",
        "The two Koreas share a subject even with all names removed; the fall of their similarity after 2020 shows "
        "that North Korea changed its subject.",
        "Before 1994 the text comes from optical character recognition.",
        "The speech of September 2025 is not counted.",
    ),
    variant="variant",
    measures="How much the vocabulary of North Korea's and a power's speech of one year has in common, from 0 to 1.",
    method="Cosine of the TF-IDF vectors of two of the {n} speeches of {year} ({variant}); percentile among others.",
)


def build(raw: Raw) -> Built:
    """Return one row a year, power and variant."""
    return Built(raw.csv(FILE).rename(columns=NAMES).drop(columns="mean_sim_all"))
