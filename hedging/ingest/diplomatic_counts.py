"""How many states have relations with each Korea, and missions abroad: counters differ and are not joined."""

import re

import pandas as pd

from hedging.ingest._facts import FACTS, NOTE, QUALITY, URL, numbered, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

PARTNERS = "compiled/nk-diplomatic-relations/partner_counts.csv"
MISSIONS = "compiled/prk-security-facts/prk_diplomatic_missions.csv"
COUNTERS = {  # part of the address: counter
    "ko.wikipedia.org/wiki/%EC": "kowiki_list", "ko.wikipedia.org/wiki/조": "kowiki", "seoul.co.kr": "seoul_shinmun",
    "en.wikipedia.org": "enwiki", "wisdomagora": "wisdomagora", "theburpboys": "wire_report", "ncnk.org": "ncnk",
    "dw.com": "ncnk", "db0nus": "enwiki_copy", "deccanherald": "rok_unification_ministry", "menafn": "rok_mofa",
    "newweek": "newweek",
}  # fmt: skip
UNDATED = ("c. 2023", "2023")
ITEMS = {
    "states with formal relations": "partners",
    "DPRK missions abroad before the closures": "missions_abroad",
    "DPRK missions abroad after the closures": "missions_abroad",
    "ambassadors / charges working in Pyongyang": "heads_of_mission_in_pyongyang",
}
NOTED = {"embassies_abroad": r"(\d+) host a DPRK embassy", "embassies_in_pyongyang": r"(\d+) (?:embassies|have one) in"}
COUNTS = {"nine ambassadors and four charges d'affaires (Russian text)": 13}  # 9 + 4, told in words

TABLE = Table(
    name="diplomatic_counts",
    title="Diplomatic partners of the two Koreas, and North Korea's missions, by who counts",
    description="Running totals of states with relations 1948-75 and spot totals to 2023, for South Korea where "
    "the same counter gives both; embassies 2016-17, missions abroad 2023-24, heads of mission in Pyongyang 2021.",
    columns=(
        Column("variant", "string", "Who counts", enum=tuple(sorted(set(COUNTERS.values())))),
        Column("year", "integer", "Calendar year", minimum=1948, maximum=2024),
        Column("date", "string", "Day, month or year that the count speaks of", pattern=r"\d{4}(-\d{2}(-\d{2})?)?"),
        Column("iso3", "string", "Whose relations", enum=("PRK", "KOR")),
        Column("item", "string", "partners (states with formal relations), embassies, missions or heads of mission",
               enum=tuple(sorted({*ITEMS.values(), *NOTED}))),
        Column("count", "integer", "The count", "states or missions, see item", minimum=0),
        QUALITY,
        URL,
        NOTE,
    ),
    key=("variant", "date", "iso3", "item"),
    missing="The source adds nothing.",
    sources=(source(PARTNERS), source(MISSIONS)),
    may_publish=FACTS,
    variant="variant",
    measures="With how many states a Korea had relations at a date, or how many missions there were, by one counter.",
    defects=(
        "Counters differ: 36 or 37 partners in 1970, 99 or 100 in 1980; 1980 against 1990 mixes counters.",
        "kowiki_list is crowd-sourced and counts recognition, not embassies; enwiki_copy has no date (about 2023).",
        "The only missions are spot counts of 2021 and 2023-24 (53 before the closures, 44 after), read from the "
        "opening passage of a page, by two ministries.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a counter, date, state and item."""
    frame = pd.concat([_partners(raw), _missions(raw)], ignore_index=True)
    frame["variant"] = frame["source_url"].map(_counter)
    expect(int(frame["variant"].isna().sum()), 0, "a count by nobody")
    undated = frame["date"] == UNDATED[0]
    expect(int(undated.sum()), 1, "a count without a year")
    frame["date"] = frame["date"].mask(undated, UNDATED[1])
    frame["year"] = frame["date"].str[:4]
    return Built(frame, (Correction("about 2023 is written as 2023", "an undated copy, graded 2", 1),))


def _counter(url: str) -> str | None:
    return next((counter for part, counter in COUNTERS.items() if part in url), None)


def _partners(raw: Raw) -> pd.DataFrame:
    """Return the counts of partners, one row a state, and the embassies that the notes count."""
    wide = numbered(raw, PARTNERS, item="partners")
    parts = []
    for iso3, column in (("PRK", "prk_partners"), ("KOR", "kor_partners")):
        given = wide[wide[column] != ""]
        parts.append(given.assign(iso3=iso3, count=given[column].astype(int)))
    for item, words in NOTED.items():
        told = wide["note"].str.extract(words)[0].dropna()
        parts.append(wide.loc[told.index].assign(iso3="PRK", item=item, count=told.astype(int)))
    expect(sum(map(len, parts[2:])), 3, "counts of embassies told in a note")
    frame = pd.concat(parts, ignore_index=True)
    frame["quality"] = (frame["date"] == UNDATED[0]).map({True: 2, False: 3})
    return frame[["date", "iso3", "item", "count", "quality", "source_url", "note"]]


def _missions(raw: Raw) -> pd.DataFrame:
    """Return the counts of missions; the first number of the words is the count."""
    facts = raw.csv(MISSIONS)
    items = facts["item"].map(ITEMS)
    expect(int(items.notna().sum()), 4, "counts of missions")
    words = facts["value_as_given"]
    counts = words.map(lambda text: COUNTS.get(text) or int(re.search(r"\d+", text)[0]))
    return pd.DataFrame(
        {
            "date": facts["as_of"],
            "iso3": "PRK",
            "item": items,
            "count": counts,
            "quality": 3,
            "source_url": facts["source_url"],
            "note": facts["who_says"],
        }
    )
