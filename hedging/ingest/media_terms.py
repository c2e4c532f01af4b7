"""Terms in English headlines of KCNA 1997-2014: shares of headlines only, for their number doubles in 2011-12."""

from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILE = "compiled/kcna-counts/kcna_term_counts.csv"
COUNTRIES = {"united_states": "USA", "china": "CHN", "russia": "RUS", "japan": "JPN", "south_korea": "KOR"}

TABLE = Table(
    name="media_terms",
    title="Terms in KCNA headlines, 1997-2014",
    description="Headlines of the site run from Japan that hold a term at least once; 16 terms, five of them powers.",
    columns=(
        Column("year", "integer", "calendar year; 2014 ends in September", minimum=1997, maximum=2014),
        Column("term", "string", "what is looked for"),
        Column("power", "string", "the power that the term names", required=False, enum=tuple(COUNTRIES.values())),
        Column("headlines", "integer", "all headlines of the year", "headlines", minimum=1),
        Column("with_term", "integer", "headlines with the term", "headlines", minimum=0),
        Column("share", "number", "with_term / headlines", "fraction", minimum=0, maximum=1),
    ),
    key=("year", "term"),
    missing="The term is not the name of a power.",
    sources=(source(FILE),),
    may_publish="yes: counts only, no text of articles",
    defects=(
        "Ends in September 2014: the years of the thesis are not covered.",
        "The number of headlines doubles in 2011-12 (condolences, a change of the site): shares, not totals.",
        "English and Spanish headlines; the style changes ('S. Korea', 'U.S.').",
        "russia catches Moscow, Putin and Soviet; united_states catches Washington and American.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the yearly counts of headlines with their share."""
    table = raw.csv(FILE)
    near = table[(table["unit"] == "headline") & (table["frequency"] == "Y")]
    frame = near.rename(columns={"period": "year", "articles_total": "headlines", "articles": "with_term"})
    frame["power"] = frame["term"].map(COUNTRIES)
    frame["share"] = (frame["with_term"].astype(int) / frame["headlines"].astype(int)).round(6)
    return Built(frame[[column.name for column in TABLE.columns]])
