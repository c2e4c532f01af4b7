"""Dated high-level contacts with the five powers, 1949-2026: what was found, which is no census."""

import pandas as pd

from hedging.ingest._facts import END, FACTS, NOTE, OPENING, QUALITY, START, URL, iso3, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

UNION = "compiled/high-level-contacts/combined_contacts_dedup.csv"
DETAIL = "compiled/high-level-contacts/high_level_contacts.csv"
VISITS = "compiled/nk-leader-visits/leader_and_envoy_visits.csv"

RANKS = {
    "top leader": "top_leader",
    "other head of state": "head_of_state",
    "head of government": "head_of_government",
    "foreign minister": "foreign_minister",
    "defence minister": "defence_minister",
    "deputy leader": "deputy_leader",
    "other minister": "other_minister",
    "envoy or other": "envoy",
}
NAMED = ("prk_person", "partner_person", "name_inferred")
LEFT_OUT = "see note of the row"
# The older list grades A (official or news agency) to D (do not use); the newer one Q1 to Q5.
QUALITIES = {"A": 5, "B": 4, "C": 2, "D": 1} | {f"Q{grade}": grade for grade in range(1, 6)}

TABLE = Table(
    name="contacts",
    title="High-level contacts between North Korea and the five powers, one row each",
    description=(
        "Visits and meetings by rank of the head of the travelling side (at a third place: the lower of the two), "
        "from two compiled lists without doubles. Rows with counted = false are kept and left out of every count."
    ),
    columns=(
        Column("id", "string", "HLC: high-level-contacts; LEV: leader visits, by line", pattern=r"(HLC|LEV)\d{3}"),
        Column("year", "integer", "calendar year of the start", minimum=1949, maximum=2026),
        START,
        END,
        Column(
            "date_precision",
            "string",
            "item day: day of the news item, the visit may begin two days earlier",
            enum=("day", "item day", "month", "year"),
        ),
        Column("power", "string", "partner; RUS includes the USSR", enum=("RUS", "CHN", "USA", "JPN", "KOR")),
        Column(
            "direction",
            "string",
            "outbound: the North Korean side travels",
            enum=("outbound", "inbound", "third place"),
        ),
        Column("rank_class", "string", "rank of the head of the travelling side", enum=tuple(RANKS.values())),
        Column("who", "string", "head of the travelling side"),
        Column("meets_top", "boolean", "a top leader of either side is named as host or partner", required=False),
        Column("place", "string", "where", required=False),
        Column("counted", "boolean", "false: doubtful, a transit or a multilateral meeting"),
        Column("why_not_counted", "string", "reason where counted is false", required=False),
        Column("prk_person", "string", "North Korean side, where the newer list names it", required=False),
        Column("partner_person", "string", "other side, where the newer list names it", required=False),
        Column("name_inferred", "string", "name added from the office held then: a label only", required=False),
        Column("confidence", "string", "Q1-Q5 own rating of HLC rows, A-D of LEV rows", pattern="Q[1-5]|[A-D]"),
        QUALITY,
        Column("source", "string", "title of the page, where the newer list gives it", required=False),
        URL,
        NOTE,
    ),
    key=("id",),
    missing="Not established, never no.",
    sources=(source(UNION), source(DETAIL), source(VISITS)),
    may_publish=FACTS,
    period="day",
    measures="One visit or meeting at high level between North Korea and a power, found in a source.",
    method="{who}, {direction}, {date_start}: found in the source of the row, rated {confidence} in its list "
    "(A is written as quality 5, B as 4, C as 2, D as 1).",
    defects=(
        "Not a census: a year without a row is 'none found'; contacts_yearly says how complete each rank and year is.",
        "Safe for the whole period: top leaders (China before 1980 only as a lower bound). Envoys and deputy leaders "
        "before 1997 and everything after February 2026 are not safe.",
        "Secret and unofficial trips are marked in the note and weigh most before 1992.",
        "Xi Jinping's visit of 8-9 June 2026 rests on weak pages; no wire report was found.",
        "The six foreign ministers' meeting of 23 July 2008 counts for the United States only.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the union of both lists with what each of them knows about a contact."""
    union = raw.csv(UNION)
    detail = raw.csv(DETAIL).set_index("id")
    older = older_list(raw, union)
    frame = pd.DataFrame(
        {
            "id": union["row_id"].where(union["row_id"] != "", older["id"]),
            **{name: union[name] for name in ("year", "date_start", "direction", "who", "confidence")},
            "power": union["partner_group"],
            "rank_class": union["rank_class"].map(RANKS),
            "counted": union["counted"].map({"1": "true", "0": "false"}),
        }
    )
    for name in ("date_end", "date_precision", "place", "source_url", "note"):
        frame[name] = union["row_id"].map(detail[name]).fillna(older[name])
    for name, raw_name in {**{name: name for name in NAMED}, "source": "source_title"}.items():
        frame[name] = union["row_id"].map(detail[raw_name])
    frame["quality"] = frame["confidence"].map(QUALITIES)
    frame["meets_top"] = union["row_id"].map(detail["meets_top"]).map({"1": "true", "0": "false"})
    frame["why_not_counted"] = union["why_not_counted"].where(union["why_not_counted"] != LEFT_OUT, frame["note"])
    unlike = int(((frame["counted"] == "false") & (frame["why_not_counted"] == "")).sum())
    expect(unlike, 0, "uncounted contacts without a reason")
    soviet = raw.csv(DETAIL)["partner_iso3"].eq("SUN").sum() + older["soviet"].eq("yes").sum()
    return Built(frame, (Correction("Soviet Union written as RUS", "the power is followed across 1991", int(soviet)),))


def older_list(raw: Raw, union: pd.DataFrame) -> pd.DataFrame:
    """Return, line by line of the union, what the list of leader visits knows (empty for the other rows)."""
    visits = raw.csv(VISITS)
    visits["id"] = [f"LEV{line:03d}" for line in range(1, len(visits) + 1)]
    visits["soviet"] = visits["counterpart_iso3"].map({"SUN": "yes"})
    visits["power"] = visits["counterpart_iso3"].map(iso3)
    wanted = union.loc[union["row_id"] == "", ["date_start", "who", "partner_group"]].reset_index()
    found = wanted.merge(
        visits, left_on=["date_start", "who", "partner_group"], right_on=["date_start", "actor", "power"]
    )
    expect(len(found), len(wanted), "contacts found again in the list of leader visits")
    return found.set_index("index").reindex(union.index)
