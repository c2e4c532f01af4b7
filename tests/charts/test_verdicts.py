"""Accidents of the verdict charts: two claims on one spot, a verdict told by colour alone, a test not drawn."""

from types import SimpleNamespace

import pandas as pd

from hedging import charts
from hedging.charts import verdicts

SENSES = {"a": "a: patrons", "b": "b: blocs"}


def claim(name, sense, verdict, chapter="1-between"):
    return SimpleNamespace(claim=name, chapter=chapter, sense=sense, says="so", verdict=verdict, reason="1 of 1")


def rows_of(chart):
    spec = charts.specification(chart)
    [rows] = spec["datasets"].values()
    return spec, rows


def test_two_claims_of_an_era_and_a_sense_do_not_cover_each_other():
    found = [claim("C1a", "a", "supported"), claim("C1b", "a", "contradicted"), claim("C1c", "b", "contested")]
    _, rows = rows_of(verdicts.board(found, SENSES))
    places = {(row["era"], row["sense"], row["lane"]) for row in rows}
    assert len(places) == len(found)


def test_a_verdict_is_told_by_shape_as_well_as_by_colour():
    found = [claim("C1a", "a", "not testable with these data")]
    spec, rows = rows_of(verdicts.board(found, SENSES))
    encoding = spec["layer"][0]["encoding"]
    assert rows[0]["verdict"] in encoding["shape"]["scale"]["domain"]
    for sign in ("shape", "color"):
        assert len(set(encoding[sign]["scale"]["range"])) == 4


def test_every_test_has_a_place_of_its_own():
    tests = pd.DataFrame({"group": ["a", "a", "b", "a"], "outcome": ["too few", "for", "against", "for"]})
    _, rows = rows_of(verdicts.marks_of_tests(tests))
    assert len({(row["group"], row["place"]) for row in rows}) == 4
    assert [row["outcome"] for row in sorted(rows, key=lambda row: row["place"]) if row["group"] == "a"][
        -1
    ] == "too few"
