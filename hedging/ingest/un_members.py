"""Who the letters of a roll call belong to: members past and present of the UN General Assembly, in a fixed order."""

import pandas as pd

from hedging.ingest import _states, _un
from hedging.ingest.build import Built, Raw
from hedging.tables.record import NO_UNIT, Column, Table

TABLE = Table(
    name="un_members",
    title="Members of the UN General Assembly, in the order of the letters of a roll call",
    description="198 members of 1946-2025 with their names and their first and last recorded vote.",
    columns=(
        Column(
            "position", "integer", "Place of the member's letter in un_rollcalls.ballots, from 1", NO_UNIT, minimum=1
        ),
        Column("iso3", "string", _un.MEMBER, pattern="[A-Z]{3}"),
        Column("name", "string", "Last name in the source, in its capitals"),
        Column("earlier_names", "string", "Names before that, the oldest first, joined by |", required=False),
        Column("ccode", "integer", "Correlates of War number of the last name", minimum=2, maximum=999),
        Column("first_vote", "date", "Day of the first roll call as a member"),
        Column("last_vote", "date", "Day of the last roll call as a member"),
        Column("roll_calls", "integer", "Roll calls as a member", "roll calls", minimum=1),
    ),
    key=("position",),
    time="first_vote",
    missing="The member has had one name only.",
    sources=(
        *_un.SOURCES,
        _states.CODES,
    ),
    may_publish=_un.MAY_PUBLISH,
    defects=(
        "Recorded votes, not membership: a member is first seen in the first recorded vote after its admission.",
        "A successor carries its predecessor's code back (RUS the USSR, EGY the United Arab Republic).",
    ),
    period="date",
    measures="Between which recorded votes a state was a member of the General Assembly.",
    method="{iso3} has a letter in {roll_calls} roll calls, {first_vote} to {last_vote}; the place is alphabetical.",
)


def build(raw: Raw) -> Built:
    """Return one row a member."""
    wide = _un.votes(raw)
    dates = _un.rollcalls(raw).set_index("rcid")["date"].reindex(wide.index)
    names = raw.csv(_states.NAMES).sort_values(["iso3", "last_vote", "first_vote"])
    called = names.groupby("iso3")["ms_name"].agg(list)
    rows = [_row(place, wide[iso3].notna(), dates, called[iso3]) for place, iso3 in enumerate(wide.columns, start=1)]
    codes = names.drop_duplicates("iso3", keep="last").set_index("iso3")["cow"]
    return Built(pd.DataFrame(rows).assign(ccode=lambda frame: frame["iso3"].map(codes)))


def _row(place: int, member: pd.Series, dates: pd.Series, names: list[str]) -> dict[str, object]:
    within = dates[member.to_numpy()]
    return {
        "position": place,
        "iso3": member.name,
        "name": names[-1],
        "earlier_names": "|".join(names[:-1]),
        "first_vote": within.min(),
        "last_vote": within.max(),
        "roll_calls": len(within),
    }
