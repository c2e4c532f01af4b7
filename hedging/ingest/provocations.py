"""North Korean provocations by year as CSIS lists them: its table, and its records, which hold some filler."""

import pandas as pd

from hedging.ingest._facts import source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

FILE = "compiled/csis-event-counts/csis_dprk_provocations_year.csv"
KINDS = {
    "table": ("missile", "nuclear", "other"),
    "records": (
        "conventional", "cyber", "hybrid", "missile", "nuclear_program", "nuclear_test", "other", "terror",
    ),
}  # fmt: skip
TOTALS = {"table": 493, "records": 540}
UNTIL = {"table": "2026-08", "records": "2026-03-11"}

TABLE = Table(
    name="provocations",
    title="North Korean provocations by year and kind",
    description="Entries in the database of the Center for Strategic and International Studies (CSIS), 1958-2026: its "
    "table (use this one) and the longer list of records on its page.",
    columns=(
        Column("variant", "string", "table: 493 rows of the CSIS table; records: 540 records of its page",
               enum=("table", "records")),
        Column("year", "integer", "Calendar year", minimum=1958, maximum=2026),
        Column("kind", "string", "Kind of event in the list's own words",
               enum=tuple(sorted({kind for kinds in KINDS.values() for kind in kinds} | {"total"}))),
        Column("events", "integer", "Entries of the year", "entries", minimum=0),
        Column("whole_year", "boolean", "The list covers the whole year (2026: to August, or to 11 March)"),
    ),
    key=("variant", "year", "kind"),
    missing="There is no empty cell; a zero says that the list has no entry.",
    sources=(source(FILE),),
    may_publish="yes: counts only (no text of CSIS is here)",
    variant="variant",
    measures="How many provocations of a kind CSIS lists for a year.",
    method="Entries of the CSIS list ({variant}) dated {year} and sorted under {kind}, counted.",
    defects=(
        "An entry is an event as listed: several launches of one day may be one entry, and it is no count of missiles.",
        "Use `table`. 63 of the 540 records stand on dates (or in a number) that the table does not have; about 38 "
        "look like filler, and one is wrong on its face (a restart at Yongbyon on 4 October 2007).",
        "Records of 2024 include 32 entries called hybrid (balloons, jamming), hardly used before; the table sorts "
        "them under other (52 in 2024): leave them out of comparisons.",
        "2026 is a part of a year. How densely the list was kept changes over time: it measures attention too.",
    ),
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a list, year and kind."""
    counts = raw.csv(FILE).astype(int).set_index("year")
    parts = [_part(counts, variant, kinds) for variant, kinds in KINDS.items()]
    return Built(pd.concat(parts, ignore_index=True))


def _part(counts: pd.DataFrame, variant: str, kinds: tuple[str, ...]) -> pd.DataFrame:
    wide = counts[[f"{variant}_{kind}" for kind in (*kinds, "total")]].set_axis([*kinds, "total"], axis=1)
    expect(int((wide[list(kinds)].sum(axis=1) != wide["total"]).sum()), 0, f"a total of {variant} that does not add up")
    expect(int(wide["total"].sum()), TOTALS[variant], f"entries of {variant}")
    frame = wide.rename_axis("year").reset_index().melt("year", var_name="kind", value_name="events")
    return frame.assign(variant=variant, whole_year=frame["year"] < int(UNTIL[variant][:4]))
