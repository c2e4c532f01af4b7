"""Vetoed drafts of the UN Security Council 1946 to July 2022: who vetoed what; the list names no other votes."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/unsc-vetoes-meetings/unsc_vetoes_1946_sept2022.csv"
POWERS = {"China": "CHN", "France": "FRA", "UK": "GBR", "Russia": "RUS", "USSR": "RUS", "USA": "USA"}
NAMES = ["member_veto1", "member_veto2", "member_veto3"]
UNMARKED = 26  # drafts of 1966-85 whose yes-or-no columns miss a veto that the names give
LONGEST = 100

TABLE = Table(
    name="unsc_vetoes",
    title="Vetoes in the UN Security Council by permanent member",
    description="214 drafts that a permanent member's no kept from adoption, 16 February 1946 to 8 July 2022.",
    columns=(
        Column("row", "integer", "Line of the draft in its source file, from 1", minimum=1),
        Column("year", "integer", "Calendar year", minimum=1946, maximum=2022),
        Column("date", "date", "Day of the vote"),
        Column("draft", "string", "Symbol of the draft, else of the meeting's record"),
        Column("meeting", "string", "Symbol of the record of the meeting"),
        Column("subject", "string", f"Item of the agenda, cut after {LONGEST} letters (then it ends in ...)"),
        Column("crisis", "string", "Country or question, as the collector of the list sorts it"),
        *(
            Column(power, "boolean", f"{power} vetoed{' (the USSR until 1991)' if power == 'RUS' else ''}")
            for power in sorted(set(POWERS.values()))
        ),
    ),
    key=("row",),
    missing="There is no empty cell; false says that the member did not veto, not that it voted yes.",
    sources=(source(FILE),),
    may_publish="yes, with attribution",
    defects=(
        "No tally and no vote of the other members. Nothing after 8 July 2022: Russia's veto of 28 March 2024 on the "
        "panel of experts is in unsc_korea.",
        "The first veto under China is of 1972: none of the Republic of China is in the list.",
        "Several drafts of one day share the record of the meeting as their symbol (1946-47), so `row` is the key.",
        "Vetoes count what came to a vote: a draft that was not tabled because of a threatened veto leaves no trace.",
    ),
    period="date",
    measures="Which permanent members kept one draft of the Security Council from adoption.",
    method="{draft} of {date}, from the list of vetoes of the UN's Dag Hammarskjold Library as collected by the World "
    "Politics Data Lab; USSR and Russia are one member here.",
)


def build(raw: Raw) -> Built:
    """Return one row a vetoed draft."""
    drafts = raw.csv(FILE)
    dates = pd.to_datetime(drafts["date"], format="%m/%d/%Y")
    named = drafts[NAMES].replace(POWERS)
    cast = pd.DataFrame({power: (named == power).any(axis=1) for power in sorted(set(POWERS.values()))})
    marked = pd.DataFrame({name: drafts[name] == "1" for name in POWERS})
    expect(int((marked.sum(axis=1) < (named != "").sum(axis=1)).sum()), UNMARKED, "a veto that no column marks")
    expect(int((cast.sum(axis=1) != (named != "").sum(axis=1)).sum()), 0, "a name that is no permanent member")
    frame = cast.assign(
        row=range(1, len(drafts) + 1),
        year=dates.dt.year,
        date=dates,
        draft=drafts["draft"],
        meeting=drafts["meeting_record"],
        subject=_un.cut(drafts["agenda_item"].str.replace(r"\s+", " ", regex=True).str.strip(), LONGEST),
        crisis=drafts["crisis_topic"],
    )
    soviet = int((drafts[NAMES] == "USSR").any(axis=1).sum())
    corrections = (
        Correction("vetoes of the USSR stand under RUS", "one seat, followed across 1991", soviet),
        Correction("vetoes are read from the names", "the source's yes-or-no columns miss some of them", UNMARKED),
    )
    return Built(frame, corrections)
