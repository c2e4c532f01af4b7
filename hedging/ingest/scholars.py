"""Twenty-two arguments for and against the op-ed in own words; mostly abstracts and openings were read."""

from hedging.ingest._facts import ROW, URL, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/oped-arguments/scholars_arguments.csv"
WEAK = 4
SIDES = {
    "supports": "supports",
    "mixed": "mixed",
    "against": "against",
    "background": "background",
    "qualifies": "mixed",
}

TABLE = Table(
    name="scholars",
    title="Who argues what on the thesis: 22 arguments",
    description="Arguments near or against the op-ed, 2014-2026, in this project's words.",
    columns=(
        ROW,
        Column("author", "string", "author"),
        Column("side", "string", "stance in one word", enum=("supports", "mixed", "against", "background")),
        Column("stance", "string", "stance towards the thesis"),
        Column("argument", "string", "the argument in own words"),
        Column("evidence", "string", "kind of evidence"),
        Column("published", "string", "where"),
        Column("read", "string", "what was read of it"),
        Column("quality", "integer", "3; 2 for mirrors and unsigned commentary", minimum=1, maximum=5),
        URL,
    ),
    key=("row",),
    undated="positions as published, the place and date of each in `published`",
    missing="No empty cell.",
    sources=(source(FILE),),
    may_publish="yes: own words",
    measures="One argument of one author on the thesis.",
    method="{author}, read as: {read}. The wording and the side ({side}) are this project's.",
    defects=(
        "No claim is made about the full text of the works. Some items have no date or author in what was read; four "
        "are weak (mirrors, unsigned commentary).",
        "Andrei Lankov, Fyodor Tertitskiy and Khang Vu were looked for on this question without result.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the arguments with a one-word side."""
    frame = numbered(raw, FILE).rename(
        columns={
            "stance_to_thesis": "stance",
            "argument_own_words": "argument",
            "evidence_kind": "evidence",
            "where": "published",
            "what_was_read": "read",
        }
    )
    frame["side"] = frame["stance"].str.split(r"\W").str[0].map(SIDES)
    weak = frame["published"].str.contains("(mirror)", regex=False) | frame["author"].str.startswith("(")
    expect(int(weak.sum()), WEAK, "weak texts")
    frame["quality"] = weak.map({True: 2, False: 3})
    return Built(frame[[column.name for column in TABLE.columns]])
