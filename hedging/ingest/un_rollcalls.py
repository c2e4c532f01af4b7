"""Every roll call of the UN General Assembly 1946-2025 with one letter a member, so that each fork can be rerun."""

import pandas as pd

from hedging.ingest import _un
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

MEMBERS = 198
KOREA_CALLS = 32
TALLIES = {
    "n_yes": "Members that voted yes",
    "n_no": "Members that voted no",
    "n_abstain": "Members that abstained",
    "n_nonvoting": "Members that did not vote",
    "n_members": "Members of the day",
}

TABLE = Table(
    name="un_rollcalls",
    title="Recorded votes of the UN General Assembly, all members",
    description="One row a roll call 1946-2025 with its tally and one letter for each of 198 members past and present, "
    "in the order of un_members. hedging.tables.votes opens the letters into one column a state.",
    columns=(
        *_un.call_columns(_un.START),
        Column("about_korea", "boolean", "The full title holds the word Korea (from 1948)"),
        *(Column(name, "integer", text, "members", minimum=0, maximum=193) for name, text in TALLIES.items()),
        Column(
            "ballots",
            "string",
            "One letter a member: Y yes, N no, A abstained, X did not vote, ? unreadable, . no member",
            pattern=f"[YNAX?.]{{{MEMBERS}}}",
        ),
    ),
    key=("rcid",),
    missing="There is no empty cell. In `ballots` a dot says no member of that day, X a member that did not vote.",
    sources=_un.SOURCES,
    may_publish=_un.MAY_PUBLISH,
    defects=(
        *_un.DEFECTS,
        "One letter is unreadable (? of Pakistan, A/RES/620(VII)[A] of 21 December 1952), so that its tally is one "
        "short of the members. A/RES/39/28A, 39/28B and 43/62 print no vote at all: unanimous here, of nobody.",
        "China's yes of 9 November 1971 (A/RES/2765) is doubtful. One roll call of 193 known votes is not in it.",
    ),
    period="date",
    measures="How each member voted in one recorded vote of the General Assembly.",
    method="Taken from record {rcid} of the UN Digital Library ({resolution}); its {n_members} votes are written as "
    "letters, and the five marks are set by rule from the full title and from the tally.",
)


def build(raw: Raw) -> Built:
    """Return one row a roll call; the tally is recounted from the letters."""
    calls = _un.rollcalls(raw)
    expect(int(calls["about_korea"].sum()), KOREA_CALLS, "the mark about_korea")
    wide = _un.votes(raw).fillna(".")
    expect(len(wide.columns), MEMBERS, "members past and present")
    letters = pd.Series(wide.agg("".join, axis=1), name="ballots")
    frame = calls.merge(letters, left_on="rcid", right_index=True, validate="one_to_one")
    for name, letter in (("n_yes", "Y"), ("n_no", "N"), ("n_abstain", "A"), ("n_nonvoting", "X")):
        expect(int((frame["ballots"].str.count(letter) != frame[name]).sum()), 0, f"a tally that differs ({letter})")
    return Built(frame[[column.name for column in TABLE.columns]])
