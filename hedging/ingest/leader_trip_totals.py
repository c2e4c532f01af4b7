"""Totals of the three leaders' trips as others print them, and how they compare with the contacts found here."""

import pandas as pd

from hedging.ingest._facts import AS_STATED, FACTS, GRADE, NOTE, OPENING, ROW, URL, iso3, number, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

TOTALS = "compiled/nk-leader-visits/leader_trip_totals.csv"
CHECKS = "compiled/high-level-contacts/trip_total_checks.csv"
LEADERS = ("Kim Il Sung", "Kim Jong Il", "Kim Jong Un")
IN_WORDS = 1  # "more than 40", a memoir

TABLE = Table(
    name="leader_trip_totals",
    title="Leaders' trips: printed totals and checks",
    description=(
        "totals: trips abroad by country as one list counts them. checks: a printed total beside the number of rows "
        "in table contacts, with the result in words. Windows differ: never add two totals."
    ),
    columns=(
        Column("set", "string", "totals, or checks against contacts", enum=("totals", "checks")),
        ROW,
        Column("leader", "string", "who travels", enum=LEADERS),
        Column("country", "string", "country as it was then (SUN, DDR, CSK)", pattern="[A-Z]{3}"),
        Column("power", "string", "iso3 of today; RUS includes the USSR", pattern="[A-Z]{3}"),
        Column("what", "string", "what is counted"),
        Column("value", "integer", "printed total", "trips", required=False, minimum=0),
        AS_STATED,
        Column("period", "string", "years or window that the total covers", required=False),
        Column("found", "integer", "rows of contacts in the same window", "trips", required=False, minimum=0),
        Column("result", "string", "how printed total and contacts compare", required=False),
        Column("quality", "integer", GRADE, minimum=1, maximum=5),
        Column("source", "string", "who prints it, where the set names it", required=False),
        URL,
        NOTE,
    ),
    key=("set", "row"),
    undated="reigns from 1949 on; the window of each total is in `period`, where it is known",
    missing="The total is in words, or the set does not give it.",
    sources=(source(TOTALS), source(CHECKS)),
    may_publish=FACTS,
    period="reign",
    measures="Trips of one leader to one country as one list counts them.",
    method="{what} of {leader} to {country}: printed by the page of the row (set {set}).",
    defects=(
        "Kim Jong Il comes with two windows (1980-2006: China 5, Russia 2; 2000-11: China 7, Russia 3): never add.",
        "KCNA claims 54 official and unofficial visits of Kim Il Sung; the list holds 45 trips.",
        "Kim Jong Un's trips to South Korea are two crossings at Panmunjom.",
        "Most secret visits of Kim Il Sung to Beijing are in no dated source (a memoir speaks of more than 40).",
        OPENING,
    ),
)


def build(raw: Raw) -> Built:
    """Return totals and checks in one form."""
    totals = numbered(raw, TOTALS, set="totals", what="trips", quality="3", source="", result="", found="")
    totals = totals.rename(columns={"visits_total": "printed", "counterpart_iso3": "country"})
    checks = numbered(raw, CHECKS, set="checks", quality="4", note="")
    names = {"value_as_printed": "printed", "partner_iso3": "country", "years": "period", "count_here": "found"}
    frame = pd.concat([totals, checks.rename(columns={**names, "source_title": "source"})], ignore_index=True)
    frame["value"] = frame["printed"].map(number)
    worded = frame["value"].isna()
    expect(int(worded.sum()), IN_WORDS, "totals in words")
    frame["as_stated"] = frame["printed"].where(worded, "")
    frame["power"] = frame["country"].map(iso3)
    return Built(frame[[column.name for column in TABLE.columns]])
