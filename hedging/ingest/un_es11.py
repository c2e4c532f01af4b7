"""Votes of all members on nine Ukraine resolutions; two are rival texts of one day, amended on the floor."""

from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Source, Table

FILE = "compiled/unga-es11/es11_votes.csv"

TABLE = Table(
    name="un_es11",
    title="Votes on the war in Ukraine, eleventh emergency special session of the UN General Assembly",
    description="The vote of each member on resolutions ES-11/1 to ES-11/9, 2 March 2022 to 3 December 2025.",
    columns=(
        Column("year", "integer", "Calendar year of the vote", minimum=2022, maximum=2025),
        Column("date", "date", "Day of the vote"),
        Column("resolution", "string", "Symbol of the resolution", pattern=r"A/RES/ES-11/[1-9]"),
        Column("title", "string", "Short title in the UN Digital Library"),
        Column("iso3", "string", "Member, ISO 3166 alpha-3", pattern="[A-Z]{3}"),
        Column(
            "vote",
            "string",
            "Y yes, N no, A abstained, X did not vote (not an abstention)",
            enum=("Y", "N", "A", "X"),
        ),
        Column("source_url", "string", "Record of the vote in the UN Digital Library", pattern="https://.+"),
    ),
    key=("date", "resolution", "iso3"),
    missing="There is no empty cell; X says that the member did not vote.",
    sources=(
        Source(
            file=FILE,
            title="General Assembly Voting Data: eleventh emergency special session",
            citation="United Nations, Dag Hammarskjold Library, UN Digital Library, General Assembly Voting Data.",
            licence="UN Digital Library terms: non-commercial use with attribution to the United Nations",
            url="https://digitallibrary.un.org/record/4060887",
        ),
    ),
    may_publish="yes, with attribution to the United Nations, non-commercial",
    defects=(
        "Nine votes on one war: alignment on Ukraine, not alignment in general.",
        "ES-11/7 and ES-11/8 (24 February 2025) are rival texts of one day, amended on the floor: yes or no does not "
        "mean the same as in 2022. The United States voted against ES-11/7 and abstained on ES-11/8.",
        "A vote of 24 February 2026 is known from press reports only and is not in the table.",
        "Votes are as cast; corrections that members announced later are not in the source.",
    ),
    period="date",
    measures="How one member voted on one resolution on the war in Ukraine.",
    method="The vote of {iso3} on {resolution}, {date}, as printed in the record at {source_url}.",
)


def build(raw: Raw) -> Built:
    """Return one row a resolution and member."""
    frame = raw.csv(FILE)
    frame["year"] = frame["date"].str[:4]
    return Built(frame[[column.name for column in TABLE.columns]])
