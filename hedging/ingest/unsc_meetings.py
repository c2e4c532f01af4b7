"""Meetings of the UN Security Council on Korea 1949-2019 and what came of them; one meeting may have two outcomes."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/unsc-vetoes-meetings/sc_meetings_korea.csv"
OUTCOMES = {
    "resolution": (r"S/RES/", 27),
    "draft_vetoed": (r"vetoed", 2),
    "draft_not_adopted": (r"not adopted", 7),
    "statement": (r"S/PRST/", 8),
}
LONGEST = 100

TABLE = Table(
    name="unsc_meetings",
    title="Meetings of the UN Security Council on Korea",
    description="85 meetings whose topic names Korea, 1949-2019, with their outcome: how often Korea was before the "
    "Council, and how often the Council agreed on a text.",
    columns=(
        Column("row", "integer", "Line of the meeting in its source file, from 1", minimum=1),
        Column("year", "integer", "Calendar year", minimum=1949, maximum=2019),
        Column("date", "date", "Day of the meeting"),
        Column("topic", "string", f"Topic as printed, cut after {LONGEST} letters (then it ends in ...)"),
        *(Column(name, "boolean", f"Outcome: {name.replace('_', ' ')}") for name in OUTCOMES),
        Column("result", "string", "Outcome as printed, or none: no text was adopted or refused"),
    ),
    key=("row",),
    missing="There is no empty cell.",
    sources=(source(FILE),),
    may_publish="yes, with attribution",
    defects=(
        "Outcomes only: the members' votes are in unsc_korea and unsc_votes. Nothing from 2020 on.",
        "Chosen by the word Korea in the topic, which holds typing slips; consultations behind closed doors are no "
        "meetings.",
        "The source's full list lacks 79 of resolutions 1-2503, none of them on North Korea.",
    ),
    period="date",
    measures="One formal meeting of the Security Council on Korea and its outcome.",
    method="The meeting of {date} from the tables of meetings and outcomes of the UN's Dag Hammarskjold Library; the "
    "marks are read from the printed outcome ({result}).",
)


def build(raw: Raw) -> Built:
    """Return one row a meeting."""
    meetings = raw.csv(FILE)
    result = meetings["result"].str.replace(r"\s+", " ", regex=True).str.strip()
    marks = {name: result.str.contains(pattern) for name, (pattern, _) in OUTCOMES.items()}
    for name, (_, rows) in OUTCOMES.items():
        expect(int(marks[name].sum()), rows, f"outcome {name}")
    silent = result == "--"
    frame = pd.DataFrame(marks).assign(
        row=range(1, len(meetings) + 1),
        year=meetings["year"],
        date=pd.to_datetime(meetings["date"].str.strip() + " " + meetings["year"], format="%d %B %Y"),
        topic=_un.cut(meetings["topics"].str.replace(r"\s+", " ", regex=True).str.strip(), LONGEST),
        result=result.mask(silent, "none"),
    )
    words = Correction("an outcome of two dashes is written as none", "an empty outcome is known", int(silent.sum()))
    return Built(frame, (words,))
