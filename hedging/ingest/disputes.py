"""North Korea's militarized disputes with the five powers by year, in three data sets that are kept apart."""

import pandas as pd

from hedging.ingest import _states
from hedging.ingest._facts import STATUS, source
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Table

COW, GML, MIE = (f"upstream/mids/{name}.csv" for name in ("cow_mid5_dirdisps", "PRK_gml221_directed", "PRK_mie1_0"))
FIRST = 1948  # the state's first year
LAST = {"mid5": 2014, "gml": 2010, "mie": 2014}
ROWS = {"mid5": 136, "gml": 118, "mie": 862}  # dispute-years of the powers; events for mie

TABLE = Table(
    name="disputes",
    title="North Korea's militarized disputes with the five powers",
    description="Disputes under way and begun, or coded incidents, by year and power: Correlates of War MID 5.0 "
    "(mid5), Gibler, Miller and Little 2.2.1 (gml) and Militarized Interstate Events 1.0 (mie).",
    columns=(
        Column("variant", "string", "Data set", enum=tuple(LAST)),
        Column("year", "integer", "Calendar year", minimum=FIRST, maximum=2014),
        Column("power", "string", "Power (RUS is the USSR until 1991)", enum=("RUS", "CHN", "USA", "JPN", "KOR")),
        Column("count", "integer", "Disputes under way in the year; for mie incidents begun in it", "disputes",
               minimum=0),
        Column("begun", "integer", "Of these, disputes that began then (not for mie)", "disputes",
               required=False, minimum=0),
        Column("hostility_prk", "integer", "Highest act of North Korea: 1 none, 2 threat, 3 display, 4 use, 5 war",
               "level, 1 to 5", required=False, minimum=1, maximum=5),
        Column("hostility_power", "integer", "Highest act of the power, same scale", "level, 1 to 5",
               required=False, minimum=1, maximum=5),
        Column("status", "string", "Of hostility: observed (empty: did not act) or structural_zero", enum=STATUS),
    ),
    key=("variant", "year", "power"),
    missing="No dispute in the year, or no act of that side in it; `begun` is not told for incidents.",
    sources=(source(COW), source(GML), source(MIE), _states.CODES),
    may_publish="yes: derived counts, with citation",
    variant="variant",
    defects=(
        "The data sets differ in coding: 31 disputes with South Korea and 24 with the United States in mid5, 27 and "
        "20 in gml, which has none with the USSR. All end by 2014, gml in 2010.",
        "Six disputes with China and one with the USSR: too few for yearly work.",
        "In mid5 and gml hostility is the highest of the whole dispute, repeated in each of its years, and two "
        "states on opposite sides of a many-sided dispute count as a pair though they may never have met in arms.",
        "mie counts coded incidents, heavy in the Korean War: compare it with itself only.",
    ),
    measures="How many militarized disputes North Korea had with a power in a year, and how far each side went.",
    method="Rows of data set {variant} that name North Korea and {power} in {year}, counted; a year without a row is a "
    "counted zero.",
)  # fmt: skip


def build(raw: Raw) -> Built:
    """Return one row a data set, year and power; years without a dispute have a counted zero."""
    disputes = {"mid5": raw.csv(COW), "gml": raw.csv(GML)}
    parts = {name: _by_dispute(frame) for name, frame in disputes.items()} | {"mie": _by_event(raw.csv(MIE))}
    return Built(pd.concat([_filled(name, part) for name, part in parts.items()], ignore_index=True))


def _by_dispute(rows: pd.DataFrame) -> pd.DataFrame:
    """Return year, power, begun and hostilities, one row a directed dispute-year of North Korea with a power."""
    begun = "disponset" if "disponset" in rows.columns else "midonset"
    numbers = rows[["ccode1", "ccode2", "year", begun, "hostlev1", "hostlev2"]].astype(float).astype(int)
    numbers.columns = ["state", "power", "year", "begun", "hostility_prk", "hostility_power"]
    return _of_powers(numbers[numbers["state"] == _states.PRK])


def _by_event(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the same for incidents: each has one actor, so the other side's hostility is empty."""
    numbers = rows[["ccode1", "ccode2", "styear", "hostlev"]].astype(float).astype(int)
    acts = numbers["ccode1"] == _states.PRK
    made = pd.DataFrame(
        {
            "power": numbers["ccode2"].where(acts, numbers["ccode1"]),
            "year": numbers["styear"],
            "begun": pd.NA,
            "hostility_prk": numbers["hostlev"].where(acts),
            "hostility_power": numbers["hostlev"].where(~acts),
        }
    )
    return _of_powers(made)


def _of_powers(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[rows["power"].isin(_states.POWERS)]
    return kept.assign(power=kept["power"].map(_states.POWERS))


def _filled(variant: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return every year and power of one data set."""
    expect(len(rows), ROWS[variant], f"rows of {variant} with the powers")
    grouped = rows.groupby(["year", "power"])
    made = grouped.agg(
        count=("year", "size"),
        begun=("begun", lambda marks: marks.sum(min_count=1)),
        hostility_prk=("hostility_prk", "max"),
        hostility_power=("hostility_power", "max"),
    )
    years = range(FIRST, LAST[variant] + 1)
    every = pd.MultiIndex.from_product([years, _states.POWERS.values()], names=["year", "power"])
    frame = made.reindex(every).reset_index()
    known = frame["count"].notna()
    frame["begun"] = frame["begun"].where(known, pd.NA if variant == "mie" else 0)
    return frame.assign(
        variant=variant, count=frame["count"].fillna(0), status=known.map({True: "observed", False: "structural_zero"})
    )
