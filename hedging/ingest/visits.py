"""Leaders', ministers' and envoys' visits 1949-2026 with any country: a list with holes, never to be counted."""

import pandas as pd

from hedging.ingest import contacts
from hedging.ingest._facts import END, FACTS, NOTE, OPENING, QUALITY, START, URL, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE, UNION, DETAIL = contacts.VISITS, contacts.UNION, contacts.DETAIL
BETTER, SAME, APART = 36, 81, 33  # rows dated better by table contacts, taken over by it, not in it

TABLE = Table(
    name="visits",
    title="Visits of leaders, ministers and envoys, 1949-2026, all countries",
    description=(
        "150 visits and meetings with the powers and others, one row each. For counts with the powers use contacts, "
        "which holds these and more; `contact` names the row there."
    ),
    columns=(
        Column("id", "string", "line of the list", pattern=r"LEV\d{3}"),
        Column("year", "integer", "calendar year of the start", minimum=1949, maximum=2026),
        START,
        END,
        Column("date_precision", "string", "how exact the dates are", enum=("day", "month", "year")),
        Column("actor", "string", "who travels, or North Korea's side"),
        Column("country", "string", "counterpart as it was then (SUN, DDR, CSK)", pattern="[A-Z]{3}"),
        Column("level", "string", "rank as the list words it"),
        Column("place", "string", "where", required=False),
        Column("type", "string", "kind of visit"),
        Column("description", "string", "what happened, in own words", required=False),
        Column("contact", "string", "id of the same visit in contacts", required=False, pattern=r"(HLC|LEV)\d{3}"),
        Column("confidence", "string", "A official or agency, B good, C weak, D do not use", enum=tuple("ABCD")),
        QUALITY,
        URL,
        NOTE,
    ),
    key=("id",),
    missing="Not established. An empty `contact`: a country that is no power of the book.",
    sources=(source(FILE), source(UNION), source(DETAIL)),
    may_publish=FACTS,
    period="day",
    measures="One visit or meeting that a source reports.",
    method="{actor}, {type}, {date_start}: from the page of the row; confidence {confidence} is quality {quality}.",
    defects=(
        "Incomplete, no census: do not compute shares of envoys over long periods, nor any count (see contacts).",
        "Holes: Kim Il Sung 1957-60, 1977-83; Soviet visits before 1986; foreign ministers before 2022; most Russian "
        "delegations of 2024-26; US envoys Perry, Jo Myong Rok, Clapper and Pompeo (July and October 2018).",
        "D rows: USSR 3-25 March 1961 (repeats the days of 1949) and Romania, July 1966.",
        "Xi in Pyongyang, 8-9 June 2026, rests on two weak pages; Laos and Belarus of October 2025 are announcements.",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return the list with the row of table contacts that each visit is."""
    frame = raw.csv(FILE).rename(columns={"counterpart_iso3": "country"}).drop(columns="counterpart_name")
    frame["id"] = [f"LEV{line:03d}" for line in range(1, len(frame) + 1)]
    frame["year"] = frame["date_start"].str[:4]
    frame["quality"] = frame["confidence"].map(contacts.QUALITIES)
    frame["contact"] = _same(raw, frame)
    return Built(frame)


def _same(raw: Raw, visits: pd.DataFrame) -> pd.Series:
    """Return the id in table contacts of each visit: its own, that of a better dated row, or nothing."""
    detail = raw.csv(DETAIL)
    better = detail[detail["existing_row"] != ""].set_index("existing_row")["id"]
    kept = contacts.older_list(raw, raw.csv(UNION))["id"].dropna()
    found = (visits["date_start"] + "|" + visits["actor"]).map(better)
    own = visits["id"].where(visits["id"].isin(kept))
    for count, rows, what in (
        (int(found.notna().sum()), BETTER, "visits dated better"),
        (int(own.notna().sum()), SAME, "visits taken over"),
        (int((found.isna() & own.isna()).sum()), APART, "visits without a contact"),
    ):
        expect(count, rows, what)
    return found.fillna(own)
