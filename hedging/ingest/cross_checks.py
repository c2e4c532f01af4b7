"""Outside values for missiles, US troops and arms, 1953-2023: to test other tables against, not to plot."""

from hedging.ingest._facts import FACTS, GRADE, OPENING, ROW, URL, number, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "compiled/prk-security-facts/cross_checks.csv"
WORDED = {1: 64, 2: 30, 3: 0, 4: 59, 5: 25, 6: 80, 22: 6}  # figures inside words, by line; 4 and 6 are lower bounds
AT_LEAST = (4, 6)

TABLE = Table(
    name="cross_checks",
    title="Outside values to test tables against",
    description="Figures and judgements printed elsewhere on missile tests, US troops in the South and arms aid.",
    columns=(
        ROW,
        Column("series", "string", "what the value speaks of"),
        Column("period", "string", "year or stretch as stated"),
        Column("value", "number", "figure, where there is one", "what the series counts", required=False, minimum=0),
        Column("at_least", "boolean", "true: the source gives a lower bound"),
        Column("as_stated", "string", "the few words around the figure, or the judgement"),
        Column("quality", "integer", GRADE, minimum=1, maximum=5),
        URL,
    ),
    key=("row",),
    undated="checks of 1953 to 2023; the period of each is in `period`, as its source says it",
    missing="A judgement in words.",
    sources=(source(FILE),),
    may_publish=FACTS,
    period="scattered years",
    measures="A figure that somebody else prints for something that this book counts too.",
    method="{series}, {period}: printed by the page of the row as: {as_stated}.",
    defects=(
        "US troops of 1956: 46,024 is the figure of 1958 in the series of US deployments, a slip of two years in one.",
        "Counters differ: NTI counts missiles, Japan's ministry ballistic missiles and rounds.",
        "Phases of arms aid are judgements of a US country study, no numbers; five of six fit the transfers of SIPRI, "
        "the Chinese decline of 1984-89 does not.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the values; a figure inside words is written out by line, and the words stay beside it."""
    frame = numbered(raw, FILE, quality="3").rename(columns={"value_as_given": "as_stated", "year_or_period": "period"})
    plain = frame["as_stated"].map(number)
    worded = frame["row"].map(WORDED)
    clash = int((plain.notna() & worded.notna()).sum())
    expect(clash, 0, "figures written out that the source gives as a number")
    frame["value"] = plain.fillna(worded)
    frame["at_least"] = frame["row"].isin(AT_LEAST)
    why = "the figure stands inside the words that are kept beside it"
    return Built(frame, (Correction("figures written out of words", why, int(worded.notna().sum())),))
