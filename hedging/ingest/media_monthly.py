"""Terms in KCNA's English by month: headlines 1997-2014 and stories of five months of 2024, never one line."""

from hedging.ingest import _kcna
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

YEARLY = 304  # 18 years of headlines and one part-year of stories, 16 terms each

TABLE = Table(
    name="media_monthly",
    title="Terms in KCNA headlines and stories by month",
    description=(
        "Items (headlines 1997-01 to 2014-09; stories 2024-07 to 2024-11) that hold each of 16 terms at least once, "
        "and mentions of the term. term_patterns says what a term matches, media_coverage which months are held."
    ),
    columns=(
        _kcna.SERIES_OF,
        _kcna.MONTH,
        Column("term", "string", "what is looked for", pattern="[a-z_]+"),
        Column("power", "string", "power that the term names", required=False, enum=tuple(_kcna.POWER.values())),
        Column("items", "integer", "all headlines or stories of the month", "items", minimum=1),
        Column("with_term", "integer", "items with the term", "items", minimum=0),
        Column("mentions", "integer", "times that the term occurs", "mentions", minimum=0),
        Column("share", "number", "with_term / items", "fraction", minimum=0, maximum=1),
    ),
    key=("series", "month", "term"),
    missing="The term is not the name of a power. A month without a row is not held, which is no zero.",
    sources=(_kcna.SOURCE,),
    may_publish=_kcna.MAY_PUBLISH,
    variant="series",
    period="month",
    measures="Headlines or stories of one month in which a term occurs at least once.",
    method="{with_term} of {items} items of {month} match the pattern of {term} (series {series}).",
    defects=(
        _kcna.GAP,
        _kcna.COUNTED,
        "Two universes: a headline names fewer things than a story. Compare shares inside one series only.",
        "Stories of 2024: 981 of selected topics (the first five items a topic and day) in five months; no year.",
        "The number of headlines doubles in 2011-12 (condolences, a change of the site): shares, not totals. May 1997 "
        "is missing; 2014-09 ends on the 25th, 2024-11 on the 11th.",
        "russia catches Moscow, Putin and Soviet; united_states catches Washington and American; nuclear catches "
        "compounds with N-. The style changes ('S. Korea', 'U.S.').",
    ),
)


def build(raw: Raw) -> Built:
    """Return the monthly rows of both series; the yearly rows say nothing more, and 2024 is no year."""
    frame = _kcna.monthly(raw)
    left_out = len(raw.csv(_kcna.FILE)) - len(frame)
    expect(left_out, YEARLY, "yearly rows")
    frame["share"] = (frame["with_term"].astype(int) / frame["items"].astype(int)).round(6)
    why = "they are sums of the months, and five months of 2024 are not a year"
    made = frame[[column.name for column in TABLE.columns]]
    return Built(made, (Correction("rows of whole years left out", why, left_out),))
