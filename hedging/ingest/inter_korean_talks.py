"""Official counts of inter-Korean talks by decade, field and government, 1971 to April 2018."""

from hedging.ingest._facts import FACTS, GRADE, NOTE, OPENING, ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/nk-talks/inter_korean_talks_counts.csv"

TABLE = Table(
    name="inter_korean_talks",
    title="Inter-Korean talks, official counts",
    description="Counts of the ROK Ministry of Unification as quoted by the press. Dimensions overlap: never add them.",
    columns=(
        ROW,
        Column("dimension", "string", "what the count is by"),
        Column("value", "string", "decade, field, government or place"),
        Column("talks", "integer", "number of talks", "talks", minimum=0),
        Column("period", "string", "years covered, where printed", required=False),
        Column("quality", "integer", GRADE, minimum=1, maximum=5),
        URL,
        NOTE,
    ),
    key=("row",),
    undated="counts by decade, field and government from 1971 to April 2018; each row has its `period` where printed",
    missing="The source does not print the period.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="decade",
    measures="Rounds of talks between the two Koreas that the ministry in Seoul counted.",
    method="Count for {dimension} {value} as a page quotes the ministry; not recounted.",
    defects=(
        "Counts by government add to 500 of 655: Park Chung Hee, Chun Doo-hwan and Moon are not quoted.",
        "One page gives both 98 and 102 for economic talks of the 2000s.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the counts as they stand."""
    return Built(numbered(raw, FILE).assign(quality=3))
