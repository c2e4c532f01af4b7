"""The one raw file of the toy sources, and the module of a toy table made from it."""

DATA = b"year,value\n" + b"".join(b"%d,%d\n" % (year, year % 7) for year in range(1000, 5000))

MODULE = """
from hedging.ingest.build import Built, Raw, correct
from hedging.tables.record import Column, Correction, Source, Table

TABLE = Table(
    name="{name}", title="Toy", description="Toy", key=("year",), missing="none", may_publish="yes", defects=("toy",),
    measures="Toys", method="Row {{year}} is as the source has it.",
    columns=(
        Column("year", "integer", "Year", minimum=1000), Column("value", "number", "Value", "toys", required=False)
    ),
    sources=(Source(file="raw/whole.csv", title="Toy", citation="Toy", licence="CC0", url="https://example.org/toy"),),
)


def build(raw: Raw) -> Built:
    frame = raw.csv("{file}")
    frame = correct(frame, frame["year"] == "1003", "value", "", rows={rows})
    return Built(frame, (Correction(what="1003 is left empty", why="false zero", rows=1),))
"""
