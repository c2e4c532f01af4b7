"""Estimates of nuclear warheads by estimator and by what is counted: the fall of 2021-22 is a change of definition."""

import pandas as pd

from hedging.ingest._facts import QUALITY, STATUS, source
from hedging.ingest.build import Built, Raw, correct, expect
from hedging.tables.record import Column, Correction, Table

SERIES, FACTS = (
    "upstream/nuclear/owid_fas_stockpiles_1945_2023.csv",
    "compiled/prk-nuclear-facts/prk_warhead_estimates_sipri_fas.csv",
)
NUMBER = "Number of nuclear warheads"
WORLD = "OWID_WRL"
TESTED, COUNTED, ASSEMBLED = 2006, 2015, 2021  # first test; first year counted; first year of the other definition
DEFINITIONS = {
    "maximum; fissile material basis": "potential",
    "fissile material basis": "potential",
    "fissile material potential": "potential",
    "assembled warheads (definition changed this year)": "assembled",
    "assembled warheads": "assembled",
    "estimate range, average about 45, end of 2022": "range",
}
NAMES = {"SIPRI": "sipri", "FAS": "fas", "ISIS (Albright)": "isis"}

TABLE = Table(
    name="warheads",
    title="Estimates of nuclear warheads by estimator and definition",
    description="North Korea's warheads by SIPRI, the Federation of American Scientists and ISIS, each apart by what "
    "it counts, 2016-25; and the yearly series of the Federation for all nuclear states 1945-2023.",
    columns=(
        Column("variant", "string", "Estimator and what it counts (series: the yearly series, its definition by row)",
               enum=("fas_assembled", "fas_potential", "isis_range", "series", "sipri_assembled", "sipri_potential")),
        Column("year", "integer", "Calendar year", minimum=1945, maximum=2025),
        Column("month", "string", "Month that the estimate speaks of, where it names one", required=False,
               pattern=r"\d{4}-\d{2}"),
        Column("iso3", "string", "State, ISO 3166 alpha-3 (RUS is the USSR until 1991)", pattern="[A-Z]{3}|WORLD"),
        Column("definition", "string", "assembled warheads; potential: what the fissile material allows; range: "
               "neither is said; stockpile: in military stocks", enum=("assembled", "potential", "range", "stockpile")),
        Column("low", "number", "Lower end (equal to high for a single figure)", "warheads", required=False, minimum=0),
        Column("high", "number", "Upper end", "warheads", required=False, minimum=0),
        Column("status", "string", "Of low: observed; not_reported (an upper bound alone, or years after the first "
               "test that the series prints as zero); structural_zero (no test yet)", enum=STATUS),
        QUALITY,
        Column("source_url", "string", "Where the figure was read", pattern="https?://.+"),
    ),
    key=("variant", "iso3", "year", "definition", "source_url"),
    missing="No lower end is given (`up to`), or the figure is no estimate: see status.",
    sources=(source(SERIES), source(FACTS)),
    may_publish="yes, with attribution",
    variant="variant",
    measures="How many nuclear warheads an estimator says that a state has, or could have built.",
    defects=(
        "THE DEFINITION CHANGES in 2021-22: before, what the fissile material allows (40-50 in January 2021), then "
        "assembled warheads (20). The fall is a change of definition, never to be read as disarmament; no variant but "
        "`series` crosses it, and there `definition` tells the rows apart.",
        "The series prints zero for North Korea to 2014 although it had tested three times: 2006-14 are left empty. "
        "Its even steps of 2015-20 look smoothed.",
        "WORLD counts retired warheads too (12,512 in 2023; the states' stocks add up to 9,576).",
        "Upper bounds (`up to 90`) are no estimates of a number. SIPRI for January 2018 was not found.",
        "Values of 2016-25 were read from the opening passage of a page, not from the yearbooks.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return the yearly series and the single estimates."""
    frame = pd.concat([_series(raw.csv(SERIES)), _estimates(raw.csv(FACTS))], ignore_index=True)
    silent = (frame["variant"] == "series") & (frame["iso3"] == "PRK") & frame["year"].between(TESTED, COUNTED - 1)
    for column in ("low", "high"):
        frame = correct(frame, silent & (frame[column] == 0), column, None, rows=COUNTED - TESTED)
    frame.loc[silent, "status"] = "not_reported"
    why = "three tests had been made: the series begins to count in 2015"
    return Built(frame, (Correction("zeros of 2006-14 for North Korea are left empty", why, COUNTED - TESTED),))


def _series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly series of all nuclear states; North Korea's definition changes in 2021."""
    years, counts = rows["Year"].astype(int), rows[NUMBER].astype(float)
    ours = rows["Code"] == "PRK"
    definition = pd.Series("stockpile", index=rows.index).mask(ours, "potential")
    return pd.DataFrame(
        {
            "variant": "series",
            "year": years,
            "month": "",
            "iso3": rows["Code"].replace(WORLD, "WORLD"),
            "definition": definition.mask(ours & (years >= ASSEMBLED), "assembled"),
            "low": counts,
            "high": counts,
            "status": (ours & (years < TESTED)).map({True: "structural_zero", False: "observed"}),
            "quality": 3,
            "source_url": TABLE.sources[0].url,
        }
    )


def _estimates(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the single estimates; an upper bound alone has no lower end."""
    definition = facts["definition"].map(DEFINITIONS)
    expect(int(definition.notna().sum()), 16, "estimates with a known definition")
    return pd.DataFrame(
        {
            "variant": facts["estimator"].map(NAMES) + "_" + definition,
            "year": facts["reference_date"].str[:4].astype(int),
            "month": facts["reference_date"],
            "iso3": "PRK",
            "definition": definition,
            "low": pd.to_numeric(facts["low"]),
            "high": pd.to_numeric(facts["high"]),
            "status": (facts["low"] == "").map({True: "not_reported", False: "observed"}),
            "quality": 3,
            "source_url": facts["source_url"],
        }
    )
