"""Missile and nuclear tests by year 1984-2026, counted from the dated list: one missile is one test."""

import pandas as pd

from hedging.ingest._facts import FACTS, STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

MISSILES = "upstream/nk-missile-tests/nk_missile_tests_1984_2026-04.csv"
NUCLEAR = "compiled/prk-nuclear-facts/prk_nuclear_tests.csv"
OUTCOMES = ("success", "failure", "unknown")

TABLE = Table(
    name="weapons_tests",
    title="North Korea's missile and nuclear tests by year",
    description=(
        "Missiles able to carry 500 kg over 300 km, one row a missile in the source (CNS for NTI); six nuclear tests."
    ),
    columns=(
        Column("kind", "string", "what was tested", enum=("missile", "nuclear")),
        Column("year", "integer", "calendar year", minimum=1984, maximum=2026),
        Column("tests", "integer", "missiles launched, or nuclear tests", "tests", minimum=0),
        Column("dates", "integer", "different dates among them", "dates", minimum=0),
        Column("success", "integer", "of the missiles: success", "tests", required=False, minimum=0),
        Column("failure", "integer", "of the missiles: failure", "tests", required=False, minimum=0),
        Column("unknown", "integer", "of the missiles: outcome unknown, which is not failure", "tests", required=False),
        Column("status", "string", "of the outcomes: observed or not_reported", enum=STATUS),
        Column("preliminary", "string", "not yet confirmed by CNS", enum=("no", "partly", "yes")),
        Column(
            "until",
            "string",
            "last day covered, where the year is not whole",
            required=False,
            pattern=r"\d{4}-\d{2}-\d{2}",
        ),
    ),
    key=("kind", "year"),
    missing="Outcomes are not given for nuclear tests; `until` is empty for whole years.",
    sources=(source(MISSILES), source(NUCLEAR)),
    may_publish=FACTS,
    measures="How many missiles North Korea launched in flight tests, or nuclear devices it tested, in a year.",
    method="Rows of {year} in the dated list of {kind} tests, counted ({tests} tests on {dates} dates); a year without "
    "a row is a counted zero.",
    defects=(
        "2025-26 and some of 2024 are preliminary figures of the repository's author, not of CNS.",
        "2022 is 69 missiles on 34 dates: say what is counted.",
        "Small cruise missiles are out; Japan's ministry of defence and CSIS count otherwise.",
        "Eight tests of 1984-92 have a month and no day, so `dates` counts months there.",
    ),
)


def build(raw: Raw) -> Built:
    """Return every year of both kinds; a year without a test is a counted zero."""
    missiles = raw.csv(MISSILES)
    expect(len(missiles), 339, "missile tests in the dated list")
    years = range(1984, 2027)
    grouped = missiles.groupby(missiles["year"].astype(int))
    counts = pd.DataFrame({"tests": grouped.size(), "dates": grouped["date"].nunique()}).reindex(years, fill_value=0)
    outcomes = pd.crosstab(missiles["year"].astype(int), missiles["outcome"]).reindex(years, fill_value=0)
    status = {2024: "partly", 2025: "yes", 2026: "yes"}
    missile = counts.join(outcomes[list(OUTCOMES)]).assign(
        kind="missile", preliminary=[status.get(year, "no") for year in years], until=""
    )
    missile.loc[2026, "until"] = "2026-04-18"
    tests = raw.csv(NUCLEAR).drop_duplicates("test_no")
    expect(len(tests), 6, "nuclear tests")
    dated = tests.groupby(tests["date"].str[:4].astype(int))["date"].nunique().reindex(years, fill_value=0)
    nuclear = pd.DataFrame({"tests": dated, "dates": dated}).assign(kind="nuclear", preliminary="no", until="")
    nuclear[list(OUTCOMES)] = None
    frame = pd.concat([part.rename_axis("year").reset_index() for part in (missile, nuclear)], ignore_index=True)
    frame[list(OUTCOMES)] = frame[list(OUTCOMES)].apply(pd.to_numeric)
    frame["status"] = (frame["kind"] == "missile").map({True: "observed", False: "not_reported"})
    return Built(frame)
