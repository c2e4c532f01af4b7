"""How many missiles North Korea launched, by who counts: launches, missiles and events are three different things."""

import re

import pandas as pd

from hedging.ingest._facts import QUALITY, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

LIST = "upstream/nk-missile-tests/nk_missile_tests_1984_2026-04.csv"
ORIGINAL = "upstream/nk-missile-tests/cns_original_to_2023-04.csv"
EVENTS = "compiled/csis-event-counts/csis_dprk_provocations_year.csv"
PRINTED = "compiled/prk-security-facts/cross_checks.csv"
CNS = "https://www.nti.org/analysis/articles/cns-north-korea-missile-test-database/"
CSIS = "https://beyondparallel.csis.org/database-north-korean-provocations/"
COUNTERS = {  # series as printed: counter, what it counts
    "missile tests, successful or unknown outcome (NTI data)": ("statista_nti", "missiles, failures left out"),
    "missile tests (NTI data)": ("statista_nti", "missile tests, not said which"),
    "missile tests": ("statista_nti", "missile tests, not said which"),
    "ballistic missiles launched (Japan MoD)": ("japan_mod", "ballistic missiles"),
    "ballistic and cruise missiles": ("missile_defense_advocacy", "ballistic and cruise missiles"),
}
NONE = "No tests occurred"
PARTIAL_ORIGINAL, PARTIAL_LIST, PARTIAL_EVENTS = 2023, 2026, 2026  # years that a count does not cover whole

TABLE = Table(
    name="tests_disagreement",
    title="North Korea's missile tests by who counts them",
    description="Missiles launched by year in the list of the Center for Nonproliferation Studies (CNS) at two dates, "
    "events at the Center for Strategic and International Studies (CSIS), and printed counts of Japan's ministry of "
    "defence and others, 1984-2026.",
    columns=(
        Column("variant", "string", "Who counts",
               enum=("cns_2023", "cns_2026", "csis", "japan_mod", "missile_defense_advocacy", "statista_nti")),
        Column("year", "integer", "Calendar year", minimum=1984, maximum=2026),
        Column("counted", "string", "What one unit is"),
        Column("count", "integer", "The count", "see column counted", minimum=0),
        Column("at_least", "boolean", "The source says at least or more than"),
        Column("whole_year", "boolean", "The count covers the whole year"),
        QUALITY,
        Column("source_url", "string", "Where the count was read, or the list that was counted", pattern="https?://.+"),
    ),
    key=("variant", "year", "counted"),
    missing="There is no empty cell; a counter without a row for a year gives no count that was found.",
    sources=(source(LIST), source(ORIGINAL), source(EVENTS), source(PRINTED)),
    may_publish="yes (counts), with attribution",
    variant="variant",
    measures="How many missiles, or launch events, one counter finds in a year.",
    defects=(
        "CNS counts missiles that carry 500 kg over 300 km, with failures; Japan counts ballistic missiles; CSIS "
        "counts events, of which one may be several launches. The difference is scope, not error.",
        "cns_2026 is preliminary for 2025-26 and partly for 2024 (graded 3); cns_2023 ends on 12 April 2023.",
        "Printed counts were read from the opening passage of a page.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a counter and year; a year without a test in a list is a counted zero."""
    later, earlier = raw.csv(LIST), raw.csv(ORIGINAL, encoding="cp1252")
    expect(len(earlier), 245, "tests in the spreadsheet of April 2023")
    dates = pd.to_datetime("1-" + earlier["Date"].str.extract(r"(\w{3}-\d{2})$")[0], format="%d-%b-%y")
    events = raw.csv(EVENTS).astype(int).set_index("year")["table_missile"].loc[1984:]
    frame = pd.concat(
        [
            _counted("cns_2026", later["year"].astype(int), PARTIAL_LIST),
            _counted("cns_2023", dates.dt.year, PARTIAL_ORIGINAL),
            _row("csis", "events with a missile", events, CSIS, 4).assign(whole_year=events.index < PARTIAL_EVENTS),
            _printed(raw.csv(PRINTED)),
        ],
        ignore_index=True,
    )
    frame.loc[(frame["variant"] == "cns_2026") & (frame["year"] >= 2025), "quality"] = 3
    return Built(frame)


def _row(variant: str, counted: str, counts: pd.Series, url: str, quality: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "variant": variant,
            "year": counts.index,
            "counted": counted,
            "count": counts.to_numpy(),
            "at_least": False,
            "quality": quality,
            "source_url": url,
        }
    )


def _counted(variant: str, years: pd.Series, last: int) -> pd.DataFrame:
    """Return the rows of a dated list by year up to `last`, which it does not cover whole."""
    counts = years.value_counts().reindex(range(1984, last + 1), fill_value=0)
    return _row(variant, "missiles", counts, CNS, 5).assign(whole_year=counts.index < last)


def _printed(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the printed counts of missiles; the first number of the words is the count."""
    facts = facts[facts["series"].isin(COUNTERS)]
    expect(len(facts), 6, "printed counts of missiles")
    words = facts["value_as_given"]
    numbers = words.map(lambda text: 0 if text.startswith(NONE) else int(re.search(r"\d+", text)[0]))
    whole = facts["year_or_period"].str.fullmatch(r"\d{4}")
    return pd.DataFrame(
        {
            "variant": facts["series"].map(lambda name: COUNTERS[name][0]),
            "year": facts["year_or_period"].str[:4].astype(int),
            "counted": facts["series"].map(lambda name: COUNTERS[name][1]),
            "count": numbers,
            "at_least": words.str.contains("at least|more than"),
            "whole_year": whole,
            "quality": 3,
            "source_url": facts["source_url"],
        }
    )
