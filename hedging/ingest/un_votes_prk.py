"""Every roll call of the UN General Assembly 1991-2025 with six states' votes, so that each definition can be rerun."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

STATES = ("PRK", *_un.POWERS)
LONGEST = 120  # letters of a title
TAIL = r"\s*:\s*resolutions?\s*/?\s*adopted by the General Assem.*$"

TABLE = Table(
    name="un_votes_prk",
    title="Recorded votes of the UN General Assembly: North Korea and the five powers",
    description="One row a roll call since North Korea's admission, with the votes of six states and four properties "
    "of the roll call, so that every way of counting agreement can be recomputed.",
    columns=(
        Column("rcid", "integer", "Record number in the UN Digital Library (digitallibrary.un.org/record/<rcid>)"),
        Column("date", "date", "Day of the vote"),
        Column("year", "integer", "Calendar year of the vote", minimum=1991, maximum=2025),
        Column("resolution", "string", "Symbol of the resolution or decision", pattern="A/(RES|DEC)/.+"),
        Column("title", "string", f"Title without its formula, cut after {LONGEST} letters (then it ends in ...)"),
        Column("nuclear", "boolean", f"The full title matches /{_un.NUCLEAR}/ in capitals or not"),
        Column("about_prk", "boolean", f"The full title matches /{_un.ABOUT_PRK}/ (human rights, 2005-15)"),
        Column("unanimous", "boolean", "All members that voted yes, no or abstained did the same"),
        Column("contested", "boolean", "No and abstention are at least 10% of the votes cast by all members"),
        *(
            Column(
                state, "string", f"Vote of {state}: Y yes, N no, A abstained, X did not vote", enum=("Y", "N", "A", "X")
            )
            for state in STATES
        ),
    ),
    key=("rcid",),
    missing="There is no empty cell; X says that the member did not vote, which is not an abstention.",
    sources=_un.SOURCES,
    may_publish=_un.MAY_PUBLISH,
    defects=(
        *_un.DEFECTS,
        "The Main Committee of a text is not in the source and cannot be told from the symbol.",
        "The mark nuclear goes by the title. Compared by symbol with the issue codes of Voeten's roll calls to 2019 it "
        "finds all but 7 of 346 roll calls coded nuclear and adds 19, 16 of them reports of the Atomic Energy Agency.",
    ),
    period="date",
)


def build(raw: Raw) -> Built:
    """Return one row a roll call."""
    calls = _un.rollcalls(raw)
    title = calls["title"].str.replace(TAIL, "", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()
    cut = title.str[: LONGEST - 3].str.rstrip() + "..."
    calls["title"] = title.where(title.str.len() <= LONGEST, cut)
    frame = calls.merge(_un.votes(raw)[list(STATES)], left_on="rcid", right_index=True, validate="one_to_one")
    return Built(pd.DataFrame(frame[[column.name for column in TABLE.columns]]))
