"""GDELT scores of every country with the five powers by year 2018-24, good and bad news apart: comparison states."""

from hedging.ingest import _events
from hedging.ingest._facts import POWERS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.ingest.events_monthly import SCORE
from hedging.tables.record import Column, Correction, Table

FILE = "upstream/gdelt-gzemo-dyads/all_dyads_yearly.csv.gz"
PAIRS, ZEROS = 6323, 537

TABLE = Table(
    name="events_gdelt",
    title="News interaction of every country with the five powers by year, 2018-2024",
    description=(
        "GDELT 2.0 scores of pairs of countries, undirected. positive and negative sum the days with a positive or a "
        "negative score. A scale of its own: never join it to events_icews."
    ),
    columns=(
        Column("year", "integer", "calendar year; 2024 ends on 23 February", minimum=2018, maximum=2024),
        _events.STATE,
        _events.POWER,
        Column("positive", "number", "sum over days with a positive score", SCORE, minimum=0),
        Column("negative", "number", "sum over days with a negative score", SCORE, maximum=0),
        Column("days_with_file", "integer", "days of the year that the source holds", "days", minimum=1, maximum=366),
        Column("days_missing", "integer", "days to 23 February 2024 that it lacks", "days", minimum=0, maximum=366),
    ),
    key=("year", "iso3", "power"),
    missing="No empty cell. A country without any row is not an actor of the source.",
    sources=(source(FILE),),
    may_publish="yes: derived values with citation of the GDELT Project",
    measures="Sum of a country's good (or bad) daily news scores with one power in one year.",
    method="Sum over the {days_with_file} days of {year} that the source holds ({days_missing} missing), {iso3} with "
    "{power}; a pair that it leaves out is a zero.",
    defects=(
        "Days held: 365, 362, 355, 364, 352, 297 in 2018-23: use shares, or divide by days_with_file. 2024 is 54 days.",
        "News volume: English-language and US media weigh most; machine coding errors; undirected.",
        "Bosnia, Montenegro, Serbia, Slovenia, Timor-Leste and a few more are no actors of the source.",
        "Sums of the year, not of months: the days of a month may be missing (events_daily says which).",
    ),
)
LENGTH = {2020: 366, 2024: 54}


def build(raw: Raw) -> Built:
    """Return the pairs with a power, seen from the other side; pairs left out by the source are zeros."""
    rows = raw.csv(FILE)
    states = sorted(set(rows["iso3_a"]) | set(rows["iso3_b"]))
    days = rows.drop_duplicates("year").set_index("year")["days_with_file"].astype(int)
    touched = rows["iso3_a"].isin(POWERS) | rows["iso3_b"].isin(POWERS)
    expect(int(touched.sum()), PAIRS, "pairs with a power")
    values = {"pos_sum": "positive", "neg_sum": "negative"}
    ties = _events.seen_from_both(rows[touched].rename(columns={"iso3_a": "a", "iso3_b": "b", **values}))
    frame = _events.grid(ties, states, sorted(days.index), tuple(values.values()))
    zeros = int((frame[list(values.values())] == 0).all(axis=1).sum())
    expect(zeros, ZEROS, "pairs without a score")
    frame["days_with_file"] = frame["year"].map(days)
    length = frame["year"].astype(int).map(LENGTH).fillna(365).astype(int)
    frame["days_missing"] = length - frame["days_with_file"]
    why = "the source leaves out pairs without a scored event"
    return Built(frame.round(2), (Correction("pairs written as zero", why, zeros),))
