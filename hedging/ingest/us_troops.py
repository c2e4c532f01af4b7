"""American troops in Korea, Japan, Taiwan and abroad 1950-2024; the year 2008 is wrong at every large base."""

import pandas as pd

from hedging.ingest._facts import QUALITY, STATUS, source
from hedging.ingest.build import Built, Raw, correct, expect
from hedging.tables.record import Column, Correction, Table

FILE, PRESS = "upstream/us-troops/troopdata-rebuild-country-year.csv", "compiled/prk-security-facts/cross_checks.csv"
PLACES = {"732": "KOR", "740": "JPN", "713": "TWN"}
HOME = "2"  # the United States itself
WRONG, SHIFTED = 2008, 1956  # doubled abroad; the figure that another source gives for 1958
REPEATED = (1951, 1952)  # one count stands for several years of the Korean War
GOOD, CAREFUL, UNUSABLE = 4, 2, 1
STATED = {  # the years that a printed time means, where the source prints no year
    "wartime height": None, "year after armistice": 1954, '1969 ("five years later")': 1969, "1953-06": 1953,
    "2008-10": 2008,
}  # fmt: skip

TABLE = Table(
    name="us_troops",
    title="American troops in South Korea, Japan, Taiwan and abroad",
    description="Active-duty troops by year 1950-2024 as rebuilt from the Defense Manpower Data Center (dod), and "
    "single figures of the press for South Korea (press).",
    columns=(
        Column("variant", "string", "dod: yearly series; press: single printed figures", enum=("dod", "press")),
        Column("year", "integer", "Calendar year", minimum=1950, maximum=2024),
        Column("place", "string", "ISO 3166 alpha-3; ABROAD: everywhere but the United States (territories included)",
               enum=(*PLACES.values(), "ABROAD")),
        Column("troops", "integer", "Active-duty troops", "persons", required=False, minimum=0),
        Column("as_printed", "integer", "The same before the correction", "persons", minimum=0),
        Column("status", "string", "observed, or not_reported (the printed figure is not usable)", enum=STATUS),
        QUALITY,
        Column("source_url", "string", "Where the figure was read", pattern="https?://.+"),
    ),
    key=("variant", "year", "place", "source_url"),
    missing="The printed figure is an error (see as_printed).",
    sources=(source(FILE), source(PRESS)),
    may_publish="yes, with attribution",
    variant="variant",
    measures="How many American troops on active duty were stationed in a place in a year.",
    defects=(
        "2008 is an error at every large base abroad (South Korea 50,975 between 27,014 and 26,645; Japan 79,296; "
        "Germany twice its neighbours): the figures are taken out of `troops`.",
        "South Korea 1956: 68,810 here, 46,024 in Dissent, which is the figure of 1958 here: a slip of years in one of "
        "the two (graded 2). 1951 and 1952 repeat one count of the war (graded 2).",
        "South Korea 2018-24 stays at 24 to 27 thousand, below the 28,500 that the command names; no reason is stated.",
        "Japan 2015 (71,652) lies far above its neighbours; nothing explains it (graded 2).",
        "A printed wartime height of 326,363 names no year and is left out.",
        "1950 counts few places, so ABROAD begins low; troops in the wars in Iraq and Afghanistan are counted unevenly "
        "in 2003-11.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return the yearly series and the printed figures."""
    series = _series(raw.csv(FILE))
    wrong = series["year"] == WRONG
    series = correct(series, wrong, "troops", None, rows=4)
    series.loc[wrong, ["status", "quality"]] = ["not_reported", UNUSABLE]
    frame = pd.concat([series, _press(raw.csv(PRESS))], ignore_index=True)
    frame["status"] = frame["status"].fillna("observed")
    return Built(frame, (Correction("troops of 2008 are left empty", "an error at every large base abroad", 4),))


def _series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, place, troops of three places and of everywhere but the United States, with a grade each."""
    rows = rows.assign(year=rows["year"].astype(int), troops=rows["troops_ad"].astype(int))
    abroad = rows[rows["ccode"] != HOME].groupby("year", as_index=False)["troops"].sum().assign(place="ABROAD")
    placed = rows[rows["ccode"].isin(PLACES)]
    placed = placed.assign(place=placed["ccode"].map(PLACES))[["year", "place", "troops"]]
    frame = pd.concat([placed, abroad], ignore_index=True)
    expect(len(frame), 300, "places and years")
    doubtful = frame["year"].isin(REPEATED) | ((frame["year"] == SHIFTED) & (frame["place"] == "KOR"))
    doubtful |= (frame["year"] == 2015) & (frame["place"] == "JPN")
    return frame.assign(
        variant="dod",
        as_printed=frame["troops"],
        status=None,
        quality=doubtful.map({True: CAREFUL, False: GOOD}),
        source_url=TABLE.sources[0].url,
    )


def _press(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the press for South Korea that say their year."""
    facts = facts[facts["series"] == "US troops in ROK"]
    expect(len(facts), 9, "printed figures of troops in South Korea")
    years = facts["year_or_period"].map(lambda text: STATED.get(text, text))
    facts = facts.assign(year=years, troops=facts["value_as_given"].str.replace(",", "").astype(int)).dropna()
    expect(len(facts), 8, "printed figures with a year")
    return pd.DataFrame(
        {
            "variant": "press",
            "year": facts["year"].astype(int),
            "place": "KOR",
            "troops": facts["troops"],
            "as_printed": facts["troops"],
            "status": "observed",
            "quality": 3,
            "source_url": facts["source_url"],
        }
    )
