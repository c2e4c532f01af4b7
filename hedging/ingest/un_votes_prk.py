"""Every roll call of the UN General Assembly 1991-2025 with six states' votes, so that each definition can be rerun."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest.build import Built, Raw
from hedging.tables.record import Column, Table

STATES = ("PRK", *_un.POWERS)

TABLE = Table(
    name="un_votes_prk",
    title="Recorded votes of the UN General Assembly: North Korea and the five powers",
    description="One row a roll call since North Korea's admission, with the votes of six states and four properties "
    "of the roll call, so that every way of counting agreement can be recomputed.",
    columns=(
        *_un.call_columns(_un.JOINED),
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
    measures="How six states voted in one recorded vote of the General Assembly.",
    method="Taken from record {rcid} of the UN Digital Library ({resolution}); the four marks are set by rule from the "
    "full title and from the tally of all members.",
)


def build(raw: Raw) -> Built:
    """Return one row a roll call."""
    calls = _un.rollcalls(raw, _un.JOINED)
    frame = calls.merge(_un.votes(raw)[list(STATES)], left_on="rcid", right_index=True, validate="one_to_one")
    return Built(pd.DataFrame(frame[[column.name for column in TABLE.columns]]))
