"""The op-ed's propositions in own words; its text at hand breaks off in the paragraph on 2018-19."""

from hedging.ingest._facts import numbered, source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import NO_UNIT, Column, Correction, Table

FILE = "compiled/oped-arguments/oped_propositions.csv"

TABLE = Table(
    name="propositions",
    title="What the op-ed says: its propositions, one a row",
    description="Sangsoo Lee, \"Why North Korea's Done Hedging\", Foreign Policy, in this project's words.",
    columns=(
        Column("n", "integer", "number of the proposition in the order of the text", NO_UNIT, minimum=1, maximum=16),
        Column("part", "string", "part of the argument", pattern=r"frame|thesis|policy|era [1-5]"),
        Column("era", "integer", "era that it speaks of", NO_UNIT, required=False, minimum=1, maximum=5),
        Column("proposition", "string", "the proposition in own words"),
        Column("evidence", "string", "evidence that the op-ed gives for it"),
        Column("access", "string", "how much of the article the row rests on"),
        Column("quality", "integer", "5; 4 for the broken paragraph, 3 for the last era", minimum=1, maximum=5),
        Column("source", "string", "key in the bibliography", enum=("lee2025",)),
    ),
    key=("n",),
    undated="one text of 2025, read proposition by proposition; an era is no date",
    missing="The proposition is not about one era.",
    sources=(source(FILE),),
    may_publish="yes: own words",
    period="era",
    measures="One proposition of the op-ed.",
    method="Proposition {n} ({part}) in this project's words; how far the text was read: {access}.",
    defects=(
        "The text at hand breaks off in the paragraph on 2018-19, after the name of Donald Trump.",
        "Proposition 16 rests on the thesis at the top of the article; its start in 2020 is this project's reading. "
        "The evidence for the last era and the policy advice were not seen: attribute no more to the author.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the propositions; the copy's address gives way to the key of the article."""
    frame = numbered(raw, FILE).rename(
        columns={"proposition_own_words": "proposition", "evidence_cited_there": "evidence"}
    )
    frame["era"] = frame["part"].str.extract(r"era (\d)")[0].fillna("")
    frame["source"] = "lee2025"
    frame["quality"] = frame["n"].astype(int).map({15: 4, 16: 3}).fillna(5)
    why = "the article was read in a copy; what is cited is the article"
    made = frame[[column.name for column in TABLE.columns]]
    return Built(made, (Correction("address of the copy replaced by the bibliography's key", why, len(frame)),))
