"""One quantity, several values: what each source says, what it counts, and how far apart they lie."""

import pandas as pd

from hedging.ingest import _disagreements, _disagreements_made
from hedging.ingest._facts import FACTS, OPENING, QUALITY, URL, source, spans
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILES = tuple(dict.fromkeys((*_disagreements.FILES.values(), *_disagreements_made.FILES)))
MADE = ("printed", "computed", "remark")

TABLE = Table(
    name="disagreements",
    title="Where sources disagree: one quantity, several values",
    description=(
        "Documented cases in which sources, editions, vintages or definitions give one quantity different values: "
        "China's share of trade, Soviet trade and its ruble, vintages of SIPRI, aid, debt, the end of the Soviet "
        "treaty, missiles. One row a variant; loading asks for one quantity by name."
    ),
    columns=(
        Column("quantity", "string", "what all its variants mean to measure", pattern="[a-z0-9_]+"),
        Column("estimator", "string", "who says so, with edition or vintage"),
        Column("period", "string", "period as the variant states it"),
        Column("year_start", "integer", "first year", minimum=1945, maximum=2026),
        Column("year_end", "integer", "last year", minimum=1945, maximum=2026),
        Column("value", "number", "the figure, in `unit`", required=False),
        Column("value_low", "number", "lower end of a printed range", required=False),
        Column("value_high", "number", "upper end of a printed range", required=False),
        Column("unit", "string", "unit of value: variants of one quantity may differ in it"),
        Column("as_stated", "string", "a date, where the quantity is one", required=False),
        Column("definition", "string", "what is counted"),
        Column("part", "number", "the amount that the share is of, where known", "US$ million or TIV", required=False),
        Column("whole", "number", "the total behind a share, where known", "US$ million or TIV", required=False),
        Column(
            "inter_korean",
            "string",
            "inter-Korean trade in the total? confused: South Korean trade is booked to the North",
            required=False,
            enum=("included", "excluded", "confused"),
        ),
        Column("made", "string", "printed so, computed from a data set, or named in a remark only", enum=MADE),
        QUALITY,
        URL,
    ),
    key=("quantity", "estimator"),
    missing="A range or a date stands in its own column. No address: computed from the sources named, or a remark.",
    sources=tuple(source(file) for file in FILES),
    may_publish=FACTS + "; derived values of data sets",
    variant="quantity",
    measures="One quantity as one source gives it; several rows are several values of the same thing.",
    method="{made}: {estimator}, {definition}; quality {quality} of 5; {source_url}.",
    defects=(
        "The variants differ in definition, edition or rate of exchange: a mean of them means nothing.",
        "KDI and IMF on 2010 stand on pages that repeat them; the originals were not read.",
        "Figures that only a compiler's remark names have no address of their own and grade 2.",
        "Units differ inside ussr_trade_1990, ussr_trade_1991, soviet_crude_1988, communist_aid and eu_pledge_kedo; "
        "none is converted.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return printed and computed variants one below the other."""
    names = [column.name for column in TABLE.columns]
    rows = [*_disagreements.read(raw), *_disagreements_made.read(raw)]
    frame = pd.DataFrame(rows).reindex(columns=names)
    return Built(frame.assign(**spans(frame["period"])))
