"""KCNA in English: two collections that are never one series, and the months that neither of them holds."""

import pandas as pd

from hedging.ingest._facts import source
from hedging.ingest.build import Raw
from hedging.tables.record import Column

FILE = "compiled/kcna-counts/kcna_term_counts.csv"
PATTERNS = "compiled/kcna-counts/term_patterns.csv"
SERIES = {"xmarquez/KCNA kcna.co.jp": "headlines_jp", "stiles/north-korea-news kcna.kp": "stories_kp"}
POWER = {"united_states": "USA", "china": "CHN", "russia": "RUS", "japan": "JPN", "south_korea": "KOR"}
SERIES_OF = Column(
    "series",
    "string",
    "headlines_jp: headlines of the site run from Japan; stories_kp: stories of the site run from Pyongyang",
    enum=tuple(SERIES.values()),
)
MONTH = Column("month", "string", "calendar month", pattern=r"(199[7-9]|20[0-2]\d)-(0[1-9]|1[0-2])")
SOURCE = source(FILE)
MAY_PUBLISH = "yes: counts only, no text of articles"
COUNTED = (
    "99,790 headlines are counted; the package that they come from holds 114,641 in English and Spanish, and its notes "
    "do not say which are left out."
)
GAP = "October 2014 to June 2024 and everything after 11 November 2024 are in neither series: the years of the thesis."


def monthly(raw: Raw) -> pd.DataFrame:
    """Return the monthly rows of both series under the names of this project; items are headlines or stories."""
    rows = raw.csv(FILE)
    names = {"period": "month", "articles_total": "items", "words_total": "words", "articles": "with_term"}
    rows = rows[rows["frequency"] == "M"].rename(columns=names)
    return rows.assign(series=rows["source"].map(SERIES), power=rows["term"].map(POWER))
