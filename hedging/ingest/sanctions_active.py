"""Sanction cases in force against every target by year and sender: legal acts that overlap, counted."""

from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "upstream/gsdb/gsdb_v4_target_year_active_cases.csv"
SENDERS = {
    "US": "USA",
    "EU": "EU",
    "UN": "UN",
    "RUS": "RUS",
    "CHN": "CHN",
    "JPN": "JPN",
    "KOR": "KOR",
    "other": "other",
}
ISO3 = {"Korea, North": "PRK", "Korea, South": "KOR", "China": "CHN", "Russia": "RUS", "United States": "USA",
        "Iran": "IRN", "Syria": "SYR", "Cuba": "CUB", "Belarus": "BLR", "Japan": "JPN"}  # fmt: skip

TABLE = Table(
    name="sanctions_active",
    title="Sanction cases in force by target, year and sender",
    description="How many cases of the Global Sanctions Data Base, release 4, are in force against each of 180 targets "
    "in a year 1949-2023, by sender.",
    columns=(
        Column("year", "integer", "Calendar year", minimum=1949, maximum=2023),
        Column("target", "string", "Target as the data base names it"),
        Column("iso3", "string", "ISO 3166 alpha-3 of the targets that the book speaks of; empty for the others",
               required=False, enum=tuple(sorted(ISO3.values()))),
        *(Column(name, "integer", f"Cases with the sender {name}", "cases", minimum=0) for name in SENDERS.values()),
        Column("cases", "integer", "Cases in force, each counted once", "cases", minimum=1),
    ),
    key=("year", "target"),
    missing="Not a target that the book speaks of. A target and year without a row has no case in force.",
    sources=(source(FILE),),
    may_publish="yes (derived counts), with citation",
    measures="How many sanction cases are in force against a target in a year, and from whom.",
    method="Cases of the Global Sanctions Data Base against {target} that begin by {year} and end in it or later, "
    "counted; a case of several senders counts once in `cases` and once for each sender.",
    defects=(
        "COUNTING CASES COUNTS LEGAL ACTS, NOT BITE: acts overlap, and a renewed act may be a new case.",
        "North Korea's one UN case of 1951-2005 is probably the embargo of the Korean War (sanctions_cases, 26).",
        "Blocs are single senders, so that members of the European Union are not counted beside it. China and Russia "
        "are never senders against North Korea.",
        "Some targets are no states, and some are named as predecessors (Russia 46, Iran 28, North Korea 26 in 2023).",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a target and year."""
    counts = raw.csv(FILE).rename(columns={**SENDERS, "cases_total": "cases"})
    counts["iso3"] = counts["target"].map(ISO3)
    expect(counts["target"].nunique(), 180, "targets")
    senders = counts[list(SENDERS.values())].astype(int)
    expect(int((senders.sum(axis=1) < counts["cases"].astype(int)).sum()), 0, "a case without a sender")
    return Built(counts)
