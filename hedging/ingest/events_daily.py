"""GDELT score of North Korea with the five powers by day: days that the source lacks are not quiet days."""

import pandas as pd

from hedging.ingest._facts import POWERS, STATUS_OF, source
from hedging.ingest.build import Built, Raw, expect
from hedging.ingest.events_monthly import SCORE
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/gdelt-gzemo-dyads/prk_partner_daily.csv.gz"
FIRST, LAST = "2018-01-01", "2024-02-23"
ABSENT = 97  # of 2,245 days; the source lacks 96, and on one of two in November 2020 it holds no score at all

TABLE = Table(
    name="events_daily",
    title="News interaction of North Korea with the five powers by day, 2018-01-01 to 2024-02-23",
    description="GDELT 2.0 scores of pairs of countries, undirected, net of negative news. One row a day.",
    columns=(
        Column("date", "date", "calendar day"),
        *(Column(power, "number", "score of the day; 0: no scored event", SCORE, required=False) for power in POWERS),
        STATUS_OF,
    ),
    key=("date",),
    missing="not_reported: the source holds nothing of the day.",
    sources=(source(FILE),),
    may_publish="yes: derived values with citation of the GDELT Project",
    period="day",
    measures="Sum of the scores of all news events of one day between North Korea and a power, good and bad together.",
    method="Sum over the scored events of {date}; status {status}. A pair that a held day leaves out is a zero.",
    defects=(
        "97 of 2,245 days are missing, most of them from November 2022 to June 2023. The source holds one of 7 and 19 "
        "November 2020 without any North Korean score: both are given as missing.",
        "Not a count: volume and tone of news in one number; a net score is no divisible tie.",
        "News volume: English-language and US media weigh most; machine coding errors; undirected.",
        "The pact with Russia and the troops of 2024 come after the end.",
    ),
)


def build(raw: Raw) -> Built:
    """Return one row a day; domestic events of North Korea (its pair with itself) are left out."""
    rows = raw.csv(FILE)
    held = pd.to_datetime(rows["date"], format="%Y%m%d")
    five = rows.assign(date=held, edge=rows["edge"].astype(float))[rows["partner_iso3"].isin(POWERS)]
    days = pd.date_range(FIRST, LAST, name="date")
    frame = five.pivot(index="date", columns="partner_iso3", values="edge").reindex(index=days, columns=list(POWERS))
    known = days.isin(held.unique())
    expect(int((~known).sum()), ABSENT, "days without a score")
    zeros = int(frame[known].isna().sum().sum())
    frame[known] = frame[known].fillna(0.0)
    frame = frame.round(3).assign(status=pd.Series(known, index=days).map({True: "observed", False: "not_reported"}))
    why = "the source leaves out pairs without a scored event"
    return Built(frame.reset_index(), (Correction("pairs of held days written as zero", why, zeros),))
