"""ICEWS events of every state with the five powers by year 2002-14, as parts of the world's: comparison states."""

from hedging.ingest import _events
from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/icews-dyads/icews_dyad_year_2002_2014.csv.gz"
STATES, ZEROS = 152, 869
GROUPS = {"cooperation": ("verbal_coop", "material_coop"), "conflict": ("verbal_conf", "material_conf")}

TABLE = Table(
    name="events_icews",
    title="Coded events of every state with the five powers by year, 2002-2014",
    description=(
        "ICEWS events in both directions, cooperation and conflict apart, in a million of the year's events of that "
        "group between all 152 states: shares, for world totals fall by a fifth from 2009 to 2011. A scale of its own: "
        "never join it to events_gdelt."
    ),
    columns=(
        Column("year", "integer", "calendar year", minimum=2002, maximum=2014),
        _events.STATE,
        _events.POWER,
        Column("cooperation", "number", "verbal and material", "per million of the year's cooperation", minimum=0),
        Column("conflict", "number", "verbal and material", "per million of the year's conflict", minimum=0),
    ),
    key=("year", "iso3", "power"),
    missing="No empty cell. A state without any row is not in the file (Taiwan, Serbia and others).",
    sources=(source(FILE),),
    may_publish="yes: derived shares with citation; the counts of all states are not carried",
    measures="Part of the world's coded events of one year that a state and one power share.",
    method="Events of {iso3} with {power}, both directions, over all events between 152 states in {year}, times a "
    "million; a pair that the source leaves out is a zero.",
    defects=(
        "Counts of news stories: attention as well as deeds; a nuclear test raises all classes.",
        "Verbal cooperation, which weighs most, includes statements of intent beside visits and talks.",
        "2002-14 only: it misses the summits of 2018 and everything after.",
        "152 states; Taiwan, Serbia and some others are missing.",
    ),
)


def build(raw: Raw) -> Built:
    """Return the parts; counts of all states stay out, as the terms of the source ask."""
    rows = raw.csv(FILE).rename(columns={"source_iso3": "a", "target_iso3": "b"})
    states = sorted(set(rows["a"]) | set(rows["b"]))
    expect(len(states), STATES, "states of the file")
    for group, classes in GROUPS.items():
        counts = rows[list(classes)].astype(int).sum(axis=1)
        rows[group] = 1e6 * counts / counts.groupby(rows["year"]).transform("sum")
    touched = rows["a"].isin(POWERS) | rows["b"].isin(POWERS)
    frame = _events.grid(_events.seen_from_both(rows[touched]), states, sorted(rows["year"].unique()), tuple(GROUPS))
    zeros = int((frame[list(GROUPS)] == 0).all(axis=1).sum())
    expect(zeros, ZEROS, "pairs without an event")
    why = "the source leaves out pairs without a coded event"
    return Built(frame.round(3), (Correction("pairs written as zero", why, zeros),))
