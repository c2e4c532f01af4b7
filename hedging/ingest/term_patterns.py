"""What each counted term matches: the regular expressions behind every count of words in the book."""

import pandas as pd

from hedging.ingest import _kcna, _speeches
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

FILES = {"kcna": _kcna.PATTERNS, "un_speech": _speeches.PATTERNS, "new_year": "compiled/ny-address/term_patterns.csv"}

TABLE = Table(
    name="term_patterns",
    title="What each counted term matches",
    description="Regular expressions (Python `re`) of 16 terms in KCNA, 36 in UN speeches and 27 in New Year texts.",
    columns=(
        Column("corpus", "string", "texts that the pattern is used on", enum=tuple(FILES)),
        Column("term", "string", "name of the term in the tables of counts", pattern="[a-z_]+"),
        Column("pattern", "string", "regular expression; Korean for the New Year texts"),
        Column("ignore_case", "boolean", "true: capitals and small letters are one"),
    ),
    key=("corpus", "term"),
    undated="a pattern is used on the texts of all years",
    missing="No empty cell.",
    sources=tuple(source(file) for file in FILES.values()),
    may_publish="yes: own patterns",
    period="none",
    measures="The strings that count as one term in one collection of texts.",
    method="Pattern of {term} in {corpus} as it was run for this project.",
    defects=(
        "Terms overlap: hostile contains hostile_policy, nuclear contains nuclear_weapons, united_states of the New "
        "Year texts contains us_imperialism. Never add two of them.",
        "The same term is not the same pattern everywhere: russia finds Moscow and Putin in KCNA, not in UN speeches.",
        "In UN speeches south_korea also finds 'Democratic Confederal Republic of Korea'.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the three lists of patterns as one."""
    frame = pd.concat([raw.csv(file).assign(corpus=corpus) for corpus, file in FILES.items()], ignore_index=True)
    frame["ignore_case"] = frame["ignore_case"].map({"yes": "true", "no": "false"})
    return Built(frame)
