"""North Korea's six nuclear tests, one row a source: magnitudes differ by network, yields by author."""

from hedging.ingest._facts import DATE, FACTS, OPENING, QUALITY, ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import NO_UNIT, Column, Table

FILE = "compiled/prk-nuclear-facts/prk_nuclear_tests.csv"
GRADE = 5  # of the set

TABLE = Table(
    name="nuclear_tests",
    title="North Korea's nuclear tests: magnitude and yield by source",
    description="Ten rows for six tests, 2006-17; one test has as many rows as sources.",
    columns=(
        ROW,
        Column("test", "integer", "number of the test", NO_UNIT, minimum=1, maximum=6),
        Column("year", "integer", "calendar year", minimum=2006, maximum=2017),
        Column("date", "string", "day of the test", pattern=DATE),
        Column(
            "magnitude",
            "string",
            "seismic magnitude as the source gives it",
        ),
        Column("yield", "string", "yield in kilotons as the source gives it"),
        QUALITY,
        URL,
    ),
    key=("row",),
    missing="There is no empty cell.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="day",
    measures="When North Korea tested a nuclear device, and how strong one source says that it was.",
    defects=(
        "Magnitudes differ by network (2006: 4.1 or 4.3), yields by author (2017: 50-60 kt to over 100 kt): text, "
        "never averaged.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return one row a test and source."""
    frame = numbered(raw, FILE).rename(
        columns={"test_no": "test", "magnitude_as_given": "magnitude", "yield_as_given": "yield"}
    )
    expect(frame["test"].nunique(), 6, "nuclear tests")
    frame = frame.assign(
        year=frame["date"].str[:4],
        quality=GRADE,
    )
    return Built(frame[[column.name for column in TABLE.columns]])
