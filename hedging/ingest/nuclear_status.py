"""Which states considered, pursued and possessed nuclear weapons 1938-2022, and their tests; intent is a judgement."""

import pandas as pd

from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

LEVELS, TESTS = (
    f"upstream/nuclear/{name}.csv" for name in ("owid_proliferation_status_1938_2022", "owid_aca_tests_by_year")
)
WORDS = {"1": "considering", "2": "pursuing", "3": "possessing"}
ROWS, TESTED, FIRST_TESTS = 1051, 2056, 1945
CODES = {
    "Algeria": "DZA", "Argentina": "ARG", "Australia": "AUS", "Brazil": "BRA", "China": "CHN", "Egypt": "EGY",
    "France": "FRA", "Germany": "DEU", "India": "IND", "Indonesia": "IDN", "Iran": "IRN", "Iraq": "IRQ",
    "Israel": "ISR", "Italy": "ITA", "Japan": "JPN", "Libya": "LBY", "North Korea": "PRK", "Norway": "NOR",
    "Pakistan": "PAK", "Romania": "ROU", "Russia": "RUS", "Serbia": "YUG", "South Africa": "ZAF", "South Korea": "KOR",
    "Sweden": "SWE", "Switzerland": "CHE", "Syria": "SYR", "Taiwan": "TWN", "United Kingdom": "GBR",
    "United States": "USA",
}  # fmt: skip

TABLE = Table(
    name="nuclear_status",
    title="States that considered, pursued or possessed nuclear weapons, with their tests",
    description="One row a state and year with a status above none, 1938-2022, and the nuclear tests of that year "
    "(status: Bleek 2017 and Nuclear Threat Initiative 2022; tests: Arms Control Association; by Our World in Data).",
    columns=(
        Column("year", "integer", "Calendar year", minimum=1938, maximum=2022),
        Column("iso3", "string", "State, ISO 3166 alpha-3 (RUS is the USSR until 1991; YUG Yugoslavia)",
               enum=tuple(sorted(CODES.values()))),
        Column("level", "string", "What the state did about nuclear weapons", enum=tuple(WORDS.values())),
        Column("tests", "integer", "Nuclear tests of the year", "tests", required=False, minimum=0),
        Column("status", "string", "Of tests: observed, structural_zero (no weapon) or not_reported (before 1945)",
               enum=STATUS),
    ),
    key=("year", "iso3"),
    missing="The count of tests begins in 1945. A state and year without a row neither had nor sought the weapon.",
    sources=(source(LEVELS), source(TESTS)),
    may_publish="yes, with attribution",
    measures="How far a state had gone towards nuclear weapons in a year, and how many devices it tested.",
    method="{iso3} in {year} as coded by Bleek and the Nuclear Threat Initiative ({level}); its tests as counted by "
    "the Arms Control Association, zero where it had no weapon to test.",
    defects=(
        "When a state began to consider or pursue is a judgement of the coders. North Korea is coded possessing from "
        "2006, its first test: others date its first device earlier.",
        "India is coded considering to 1979 around years of pursuit (1964-86), with one test in 1974.",
        "Yugoslavia stands under Serbia in the source.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a state and year with a status above none."""
    levels = raw.csv(LEVELS).query("nuclear_weapons_status != '0'")
    expect(len(levels), ROWS, "states and years with a status above none")
    frame = pd.DataFrame(
        {
            "year": levels["Year"].astype(int),
            "iso3": levels["Entity"].map(CODES),
            "level": levels["nuclear_weapons_status"].map(WORDS),
        }
    )
    counted = raw.csv(TESTS).astype({"Year": int, "Number of nuclear weapons tests": int})
    expect(int(counted["Number of nuclear weapons tests"].sum()), TESTED, "nuclear tests")
    tests = counted.rename(columns={"Year": "year", "Code": "iso3", "Number of nuclear weapons tests": "tests"})
    frame = frame.merge(tests[["year", "iso3", "tests"]], how="left", validate="one_to_one")
    expect(int(frame["tests"].sum()), TESTED, "tests by states with a status")
    unknown, silent = frame["year"] < FIRST_TESTS, frame["tests"].isna()
    frame["status"] = "observed"
    frame.loc[silent, "status"] = "structural_zero"
    frame.loc[unknown, "status"] = "not_reported"
    frame["tests"] = frame["tests"].mask(silent & ~unknown, 0)
    named = int((levels["Entity"] == "Serbia").sum())
    return Built(frame, (Correction("Serbia is written as YUG", "the programme was Yugoslavia's", named),))
