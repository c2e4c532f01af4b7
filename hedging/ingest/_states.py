"""Codes of states: Correlates of War numbers to the ISO 3166 codes that the other tables use."""

import pandas as pd

from hedging.errors import HedgingError
from hedging.ingest.build import Raw
from hedging.tables.record import Source

NAMES = "compiled/unga-undl-votes/state_names.csv"
CODES = Source(
    file=NAMES,
    title="Codes of states (from the names of members in General Assembly Voting Data)",
    citation="United Nations, Dag Hammarskjold Library, UN Digital Library, General Assembly Voting Data.",
    licence="UN Digital Library terms: non-commercial use with attribution to the United Nations",
    url="https://digitallibrary.un.org/record/4060887",
)
POWERS = {2: "USA", 365: "RUS", 710: "CHN", 732: "KOR", 740: "JPN"}
GREAT = ("RUS", "CHN", "USA")
PRK = 731

# No members of the United Nations under these numbers; Serbia and Yugoslavia share one number and are told by year.
OTHERS = {347: "XKX", 817: "RVN"}
YUGOSLAVIA, LAST_YUGOSLAV_YEAR = 345, 2002
ISO3 = (
    "ISO 3166 alpha-3 of the successor (RUS is the USSR until 1991; CZE Czechoslovakia; YUG to 2002; RVN the Republic "
    "of Vietnam; DEU West Germany; DDR; YEM North Yemen, YMD South; TWN; XKX Kosovo)"
)
# With two communist patrons, or courted by more than one power: against whom North Korea is compared.
COMPARED = (
    "ALB", "ARM", "BLR", "CUB", "DDR", "HUN", "IRN", "KAZ", "LAO", "MNG", "POL", "ROU", "SYR", "VNM",
)  # fmt: skip


def iso3(raw: Raw, ccode: pd.Series, year: pd.Series) -> pd.Series:
    """Return the code of each state and year; HedgingError for a number that nobody has named."""
    names = raw.csv(NAMES).drop_duplicates("cow", keep="last")
    known = dict(zip(names["cow"].astype(int), names["iso3"], strict=True)) | OTHERS
    numbers = ccode.astype(int)
    if unnamed := set(numbers) - set(known):
        raise HedgingError(f"state number {min(unnamed)} has no code", remedy="name it in hedging/ingest/_states.py")
    later = (numbers == YUGOSLAVIA) & (year.astype(int) > LAST_YUGOSLAV_YEAR)
    return numbers.map({**known, YUGOSLAVIA: "YUG"}).mask(later, "SRB")
