"""Terms in English headlines of KCNA 1997-2014: shares of headlines only, for their number doubles in 2011-12."""

from hedging.ingest import _kcna
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

TABLE = Table(
    name="media_terms",
    title="Terms in KCNA headlines, 1997-2014",
    description="Headlines of the site run from Japan that hold a term at least once; 16 terms, five of them powers.",
    columns=(
        Column("year", "integer", "calendar year; 2014 ends in September", minimum=1997, maximum=2014),
        Column("term", "string", "what is looked for"),
        Column("power", "string", "the power that the term names", required=False, enum=tuple(_kcna.POWER.values())),
        Column("headlines", "integer", "all headlines of the year", "headlines", minimum=1),
        Column("with_term", "integer", "headlines with the term", "headlines", minimum=0),
        Column("share", "number", "with_term / headlines", "fraction", minimum=0, maximum=1),
    ),
    key=("year", "term"),
    missing="The term is not the name of a power.",
    sources=(_kcna.SOURCE,),
    may_publish=_kcna.MAY_PUBLISH,
    measures="English headlines of KCNA of one year in which a term occurs at least once.",
    method="{with_term} of {headlines} headlines of {year} match the pattern of {term} (table term_patterns).",
    defects=(
        "Ends in September 2014: the years of the thesis are not covered.",
        "The number of headlines doubles in 2011-12 (condolences, a change of the site): shares, not totals.",
        _kcna.COUNTED,
        "The style changes ('S. Korea', 'U.S.').",
        "russia catches Moscow, Putin and Soviet; united_states catches Washington and American.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the yearly counts of headlines with their share."""
    table = raw.csv(_kcna.FILE)
    near = table[(table["unit"] == "headline") & (table["frequency"] == "Y")]
    frame = near.rename(columns={"period": "year", "articles_total": "headlines", "articles": "with_term"})
    frame["power"] = frame["term"].map(_kcna.POWER)
    frame["share"] = (frame["with_term"].astype(int) / frame["headlines"].astype(int)).round(6)
    return Built(frame[[column.name for column in TABLE.columns]])
