"""Security treaties of North Korea, one dated event a row; the end of the Soviet treaty has two dates."""

from hedging.ingest._facts import FACTS, OPENING, QUALITY, ROW, URL, iso3, numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/prk-treaties/prk_treaties.csv"
GRADES = {"UN Treaty Series text": 5, "data set": 4, "news agency": 4, "news": 4, "book passage": 4, "encyclopaedia": 2}

TABLE = Table(
    name="treaties",
    title="North Korea's security treaties: signature, force, renewal and end",
    description="Dated events of the treaties with the USSR, Russia, China, Cuba and South Korea, 1961-2024.",
    columns=(
        ROW,
        Column("treaty", "string", "title of the treaty"),
        Column("partner", "string", "iso3; RUS includes the USSR", pattern="[A-Z]{3}"),
        Column("event", "string", "what happened"),
        Column("year", "integer", "calendar year (of two renewals: the first)", minimum=1961, maximum=2024),
        Column(
            "date", "string", "day, month or year; two renewals joined by ;", pattern=r"\d{4}(-\d{2}){0,2}(; \d{4})?"
        ),
        Column("source_type", "string", "kind of source"),
        URL,
        QUALITY,
    ),
    key=("row",),
    missing="No empty cell.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="day",
    measures="One dated event in the life of a security treaty of North Korea.",
    defects=(
        "The Soviet treaty ended on 7 September 1995 (Gibler, COW) or 10 September 1996 (ATOP): both rows are kept.",
        "The Russian treaty was signed on 19 June 2024 (TASS, Interfax); one encyclopaedia gives 18 June.",
        "No formal act of renewal with China in 2021 was found; Beijing says that the treaty stays in force.",
        "The Cuban treaty (1986) and the inter-Korean agreement (1991) rest on ATOP alone.",
        "The grade is of the kind of source (text of the treaty 5, encyclopaedia 2), not of the single page.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the events with iso3 codes."""
    frame = numbered(raw, FILE)
    soviet = int(frame["partner"].eq("Soviet Union").sum())
    frame["partner"] = frame["partner"].map(iso3)
    frame["year"] = frame["date"].str[:4]
    frame["quality"] = frame["source_type"].map(GRADES)
    made = frame[[column.name for column in TABLE.columns]]
    return Built(made, (Correction("Soviet Union written as RUS", "the power is followed across 1991", soviet),))
