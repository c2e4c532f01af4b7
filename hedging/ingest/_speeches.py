"""The General Debate corpus: what the tables made from it share."""

from hedging.tables.record import Column, Source

PATTERNS = "compiled/ungdc/term_patterns.csv"
POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
SIX = (*POWERS, "PRK")
TERMS = (
    "hegemony", "multipolar", "unipolar", "sovereignty", "sanctions", "denuclearization", "nuclear", "nuclear_weapons",
    "hostile_policy", "hostile", "imperialism", "non_aligned", "self_reliance", "independence", "interference",
    "unilateral", "double_standard", "global_south", "brics", "cold_war", "reunification", "dialogue", "normalization",
    "six_party", "agreed_framework", "peace_treaty", "missile", "human_rights", "united_states", "china", "russia",
    "japan", "south_korea", "north_korea", "korea_any", "ukraine",
)  # fmt: skip
YEAR = Column("year", "integer", "year of the session's debate", minimum=1946, maximum=2024)
SPEAKER = Column("iso3", "string", "who speaks, iso3 (RUS includes the USSR; EU: the union)", pattern="[A-Z]{2,3}")
VARIANT = Column(
    "variant",
    "string",
    "all_terms, or no_country_names: names, demonyms and capitals of the six states and words for the peninsula are "
    "removed",
    enum=("all_terms", "no_country_names"),
)
DEFECTS = (
    "Before 1994 the text comes from optical character recognition: counts are lower bounds.",
    "CHN is the Republic of China to 1971 and the People's Republic from 1972; China and the USSR have no speech in "
    "1970. DDR and DEU are two states; the two Koreas speak from 1991, Japan from 1957.",
    "One speech a year and state: show means of periods with the yearly points.",
    "The speech of September 2025 is not counted.",
)

MAY_PUBLISH = "yes (counts and similarities; no text of a speech)"


def source(file: str, part: str) -> Source:
    """Return the source of one file counted from the corpus."""
    return Source(
        file=file,
        title=f"United Nations General Debate Corpus 1946-2024, V13: {part}",
        citation="Jankin, Slava, Alexander Baturo and Niheer Dasandi. United Nations General Debate Corpus 1946-2024, "
        "V13. Harvard Dataverse, doi:10.7910/DVN/0TJX8Y; Baturo, Dasandi and Mikhaylov. 2017. Research & Politics, "
        "doi:10.1177/2053168017712821.",
        licence="CC0 (collection of speeches)",
        url="https://doi.org/10.7910/DVN/0TJX8Y",
    )
