"""Which months of KCNA are held by which collection: the gap of 2014-24 is written out, not filled."""

import pandas as pd

from hedging.ingest import _kcna
from hedging.ingest._facts import STATUS_OF
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FIRST, LAST, HELD = "1997-01", "2024-11", 217
UNTIL = {("headlines_jp", "2014-09"): "2014-09-25", ("stories_kp", "2024-11"): "2024-11-11"}

TABLE = Table(
    name="media_coverage",
    title="Months of KCNA that the counts cover",
    description="Every month from January 1997 to November 2024 and both series: number of items, or not reported.",
    columns=(
        _kcna.SERIES_OF,
        _kcna.MONTH,
        Column("items", "integer", "headlines or stories of the month", "items", required=False, minimum=1),
        Column("words", "integer", "words in them", "words", required=False, minimum=1),
        Column("until", "string", "last day held, where the month is cut", required=False, pattern=r"\d{4}-\d\d-\d\d"),
        STATUS_OF,
    ),
    key=("series", "month"),
    missing="not_reported: the collection holds nothing of the month, which says nothing about KCNA.",
    sources=(_kcna.SOURCE,),
    may_publish=_kcna.MAY_PUBLISH,
    period="month",
    measures="English headlines or stories of KCNA that a collection holds for one month.",
    method="Counted in the collection {series} for {month}; status {status}: not_reported where it holds no item.",
    defects=(
        _kcna.GAP,
        _kcna.COUNTED,
        "May 1997 has no headline in the collection.",
        "From July to November 2024 only the first five items a topic and day were archived.",
    ),
)


def build(raw: Raw) -> Built:
    """Return both series by month, with the months that are not held."""
    held = _kcna.monthly(raw).drop_duplicates(["series", "month"]).set_index(["series", "month"])[["items", "words"]]
    expect(len(held), HELD, "months held")
    months = pd.period_range(FIRST, LAST, freq="M").astype(str)
    grid = pd.MultiIndex.from_product([_kcna.SERIES.values(), months], names=["series", "month"])
    frame = held.reindex(grid)
    frame["status"] = frame["items"].notna().map({True: "observed", False: "not_reported"})
    frame["until"] = pd.Series(UNTIL).reindex(grid)
    return Built(frame.reset_index())
