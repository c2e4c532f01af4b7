"""What the modules for tables of facts share: columns, codes, sources by file, and numbers read from text."""

import re
from collections.abc import Iterable

import pandas as pd

from hedging.ingest.build import Raw
from hedging.ingest.sources import registry
from hedging.tables.record import Column, Source

POWERS = ("RUS", "CHN", "USA", "JPN", "KOR")
STATUS = ("observed", "structural_zero", "not_reported", "withheld")
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
FACTS = "yes: facts with their sources, own layout"
OPENING = "Values were read from the opening passage of a page and not checked against its full text."

ISO3 = {
    "SUN": "RUS", "USSR": "RUS", "Soviet Union": "RUS", "Russia": "RUS", "Russian Federation": "RUS",
    "PRC": "CHN", "China": "CHN", "United States": "USA", "ROK": "KOR", "South Korea": "KOR", "Korea": "KOR",
    "Japan": "JPN", "WLD": "WORLD", "DPRK": "PRK", "North Korea": "PRK",
    "European Union": "EU", "European Commission": "EU", "European Atomic Energy Community": "EU", "EUR": "EU",
    "all communist countries": "COMMUNIST", "USSR and China": "RUS|CHN", "China and Russia": "CHN|RUS",
    "Australia": "AUS", "Kazakhstan": "KAZ", "Cuba": "CUB",
}  # fmt: skip

ROW = Column("row", "integer", "line of the fact in its source file, counted from 1 without the header", minimum=1)
URL = Column("source_url", "string", "address of the page that prints the fact", required=False)
QUALITY = Column("quality", "integer", "reliability: 1 do not use, 3 usable with care, 5 primary", minimum=1, maximum=5)
START = Column("date_start", "string", "first day, or month or year where no more is known", pattern=DATE)
END = Column("date_end", "string", "last day where the source gives one", required=False, pattern=DATE)
NOTE = Column("note", "string", "what to know before use", required=False)
YEAR = Column("year", "integer", "calendar year", minimum=1945, maximum=2026)
STATUS_OF = Column("status", "string", "how the cell came to be", enum=STATUS)
GRADE = "grade of the compiled set, not of the row: 1 do not use to 5 primary"
AS_STATED = Column("as_stated", "string", "the few words of the source, only where there is no number", required=False)


def source(file: str, title: str = "") -> Source:
    """Return the Source of a registered raw file, with citation and licence as registered."""
    entry = registry()[file]
    return Source(file, title or entry["title"], entry["citation"], entry["licence"], entry["url"])


def numbered(raw: Raw, file: str, **constants: str) -> pd.DataFrame:
    """Return a raw CSV with `row` (1 = first fact) and constant columns added."""
    frame = raw.csv(file)
    return frame.assign(row=range(1, len(frame) + 1), **constants)


def iso3(name: str) -> str:
    """Return the iso3 code of one partner or of several joined by +, | or ;; unknown names stay as they are."""
    parts = re.split(r"\s*[+|;]\s*", name.strip())
    return "|".join(ISO3.get(part, part) for part in parts)


def number(text: str) -> float | None:
    """Return the number that a cell is, None for words, ranges and empty cells (nothing is guessed)."""
    clean = text.replace(",", "").strip()
    return float(clean) if re.fullmatch(r"-?\d+(\.\d+)?", clean) else None


def between(text: str) -> tuple[float | None, float | None]:
    """Return the ends of a printed range such as "500000-600000", (None, None) for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text.strip())
    return (float(match[1]), float(match[2])) if match else (None, None)


def span(period: str) -> tuple[int | None, int | None]:
    """Return first and last year named in a period; "to 1960" has no first year, "2010-" no last one."""
    years = [int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", period.split("(")[0])]
    if not years:
        return None, None
    first = None if period.strip().startswith("to ") else years[0]
    last = None if period.rstrip().endswith(("-", " on", "..")) else years[-1]
    return first, last


def spans(periods: Iterable[str]) -> pd.DataFrame:
    """Return columns year_start and year_end for a column of periods."""
    return pd.DataFrame([span(period) for period in periods], columns=["year_start", "year_end"], dtype="Int64")


def words(columns: Iterable[str], descriptions: Iterable[str], *, required: bool = True) -> tuple[Column, ...]:
    """Return text columns, one for each name and description."""
    return tuple(
        Column(name, "string", text, required=required) for name, text in zip(columns, descriptions, strict=True)
    )
