"""Ideal points from UN votes; North Korea's jumps in 2015 over nuclear texts, without any turn to Washington."""

import pandas as pd

from hedging.ingest._facts import STATUS
from hedging.ingest.build import Built, Raw, expect
from hedging.tables.record import Column, Correction, Source, Table

FILE = "upstream/unga-ideal-points/idealpoints_2025-07.parquet"
FIRST = 1991
NORMAL_90 = 3.29  # standard deviations between the 5th and the 95th percentile

TABLE = Table(
    name="un_ideal_points",
    title="Ideal points of states in the UN General Assembly",
    description="Position of each member on one latent dimension estimated from recorded votes, 1991-2024, release of "
    "July 2025; larger is nearer to the United States. A distance says nothing about who moved: show both positions.",
    columns=(
        Column("year", "integer", "Calendar year", minimum=FIRST, maximum=2024),
        Column("iso3", "string", "State, ISO 3166 alpha-3", pattern="[A-Z]{3}"),
        Column("ccode", "integer", "State, Correlates of War number", minimum=2, maximum=999),
        Column(
            "ideal_point",
            "number",
            "Ideal point from votes on adopted texts (posterior mean)",
            unit="theta",
            required=False,
        ),
        Column(
            "sd",
            "number",
            "Measurement error of ideal_point: (95th - 5th percentile of the posterior) / 3.29",
            unit="theta",
            required=False,
            minimum=0,
        ),
        Column("n_votes", "integer", "Votes of the state behind ideal_point", "votes", required=False, minimum=1),
        Column("ideal_point_all", "number", "Ideal point from all votes (none for 2024)", unit="theta", required=False),
        Column("status", "string", "Of ideal_point: observed (estimated) or not_reported", enum=STATUS),
        Column("nuclear_artefact", "boolean", "The position is moved by nuclear texts (North Korea from 2015 on)"),
    ),
    key=("year", "iso3"),
    missing="Not estimated: ideal_point_all has no 2024, and a state without votes in a year has no position.",
    sources=(
        Source(
            file=FILE,
            title="United Nations General Assembly ideal points, July 2025",
            citation="Voeten, Erik. Harvard Dataverse, doi:10.7910/DVN/LEJUQZ. Bailey, Michael A., Anton Strezhnev and "
            "Erik Voeten. 2017. Estimating Dynamic State Preferences from United Nations Voting Data. Journal of "
            "Conflict Resolution 61(2): 430-56.",
            licence="CC0 (Dataverse terms of the series)",
            url="https://doi.org/10.7910/DVN/LEJUQZ",
        ),
    ),
    may_publish="yes, with citation",
    defects=(
        "North Korea jumps from -2.02 in 2014 to -0.51 in 2015, while its agreement with the United States outside "
        "nuclear texts does not rise: voting against the nuclear powers is read as standing nearer to the West. Its "
        "rows from 2015 on are marked nuclear_artefact and must not be read as a tilt; its distances to Russia and "
        "China shrink with it.",
        "Votes from 1991 on only (the two Koreas joined in September 1991); ideal_point_all has no 2024.",
        "The percentiles are of each state's own posterior; errors of two states in a year are not independent.",
    ),
    measures="Where a state stands in a year on the one dimension that orders the votes best (theta).",
    method="Posterior mean for {iso3} in {year} from {n_votes} votes on adopted texts, as published; sd is the "
    "distance of the 5th and 95th percentile divided by 3.29.",
)


def build(raw: Raw) -> Built:
    """Return one row a state and year from 1991 on; rows without a state code, which hold nothing, are left out."""
    points = raw.parquet(FILE)
    unnamed = points["iso3c"].isna() | (points["iso3c"] == "")
    series = ["idealpointfp", "idealpointall"]
    expect(int(points.loc[unnamed, series].notna().any(axis=1).sum()), 0, "an estimate without a state")
    expect(int(unnamed.sum()), 17, "leaving out rows without a state code")
    points = points[~unnamed & (points["year"] >= FIRST)]
    frame = pd.DataFrame(
        {
            "year": points["year"].astype(int),
            "iso3": points["iso3c"],
            "ccode": points["ccode"].astype(int),
            "ideal_point": points["idealpointfp"].astype(float).round(4),
            "sd": ((points["q95fp"].astype(float) - points["q5fp"].astype(float)) / NORMAL_90).round(4),
            "n_votes": points["nvotesfp"].astype("Int64"),
            "ideal_point_all": points["idealpointall"].astype(float).round(4),
            "status": points["idealpointfp"].notna().map({True: "observed", False: "not_reported"}),
            "nuclear_artefact": (points["iso3c"] == "PRK") & (points["year"] >= 2015),
        }
    )
    dropped = Correction(
        what="rows without a state code are left out",
        why="they hold neither series of the table, only one that counts by session",
        rows=17,
    )
    return Built(frame, (dropped,))
