"""China's public diplomacy towards 39 neighbours, 2000-2018: elite visits, institutes, media, students (AidData)."""

from hedging.ingest import _countries
from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/aiddata-china-public-diplomacy/ChinesePublicDiplomacy.csv"
MEASURES = (
    "confucius_institutes", "sister_cities_established", "government_visits", "military_visits", "total_elite_visits",
    "ambassador_op_eds", "journalist_visits", "media_partnerships", "outbound_chinese_students",
    "inbound_students_to_china",
)  # fmt: skip
MISSING = 1918

TABLE = Table(
    name="public_diplomacy",
    title="China's public diplomacy by country and year",
    description=(
        "Elite visits (government and military, in China, in the partner or in a third place, national and provincial "
        "level), Confucius Institutes, sister cities, media and exchange in 39 states of Asia and the Pacific."
    ),
    columns=(
        Column("measure", "string", "what is counted; one at a time", enum=MEASURES),
        _countries.COUNTRY,
        Column("year", "integer", "calendar year", minimum=2000, maximum=2018),
        Column("value", "number", "count", "as the measure says", required=False, minimum=0),
        Column("status", "string", "how the cell came to be", enum=STATUS[:3]),
        Column("level_break", "boolean", "2000-01: another coverage of sources than from 2002 on"),
    ),
    key=("measure", "country", "year"),
    missing="The source says N/A: not reported, never zero.",
    sources=(source(FILE),),
    may_publish="yes, ODC-By, with attribution to AidData",
    variant="measure",
    measures="Acts of China's public diplomacy of one kind towards one country in one year.",
    method="AidData's count of {measure}, {country}, {year}, status {status}.",
    defects=(
        "Break of source coverage between 2001 and 2002: North Korea falls from 18 elite visits to 2, South Korea from "
        "33 to 6. Rows of 2000-01 are marked; draw no trend through it.",
        "Visits of lower levels are in: not comparable with counts of summits.",
        "East Asia and the Pacific end in 2016, North Korean visits in 2015.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the counts one row a measure, country and year."""
    rows = raw.csv(FILE)
    country = _countries.from_name(rows["receiving_country"])
    long = rows.assign(country=country).melt(["country", "year"], MEASURES, "measure", "value").astype({"year": int})
    gaps = long["value"] == "N/A"
    expect(int(gaps.sum()), MISSING, "cells N/A")
    long["value"] = long["value"].mask(gaps)
    long["status"] = gaps.map({True: "not_reported", False: "observed"})
    long["level_break"] = long["year"] < 2002
    return Built(long, (Correction("N/A set to not reported", "the source leaves it open", MISSING),))
