"""Accidents of the specification curve: too heavy for a page, a part of the order lost, words that do not fit."""

import json

import numpy as np
import pandas as pd
import pytest

from hedging import argument, charts
from hedging.charts import curves
from hedging.errors import HedgingError


@pytest.fixture(scope="module")
def aid():
    return argument.multiverse("C3b")


@pytest.fixture(scope="module")
def tilts():
    return argument.multiverse("C1b")


def test_every_tested_specification_is_in_the_curve_once(aid, tilts):
    for found in (aid, tilts):
        bins = curves.heights(curves.ordered(found))
        assert bins["n"].sum() == len(found.tested())
        assert bins["part"].tolist() == list(range(len(bins)))
        assert bins["middle"].is_monotonic_increasing
        assert ((bins["side"] == "as claimed") == (bins["middle"] > 0)).all()


def test_bars_and_band_are_what_pandas_makes_of_the_same_parts(aid, tilts):
    for found in (aid, tilts):
        table, turned = curves.ordered(found), found.turned()
        part = curves.parts(len(table))
        grouped = table["strength"].groupby(part).agg(["median", "min", "max", "size"])
        assert (curves.heights(table)[["middle", "low", "high", "n"]].to_numpy() == grouped.to_numpy()).all()
        moved = np.nanquantile(turned, (np.arange(len(turned)) + 0.5) / len(turned), axis=0)
        medians = pd.DataFrame(moved).groupby(part[table["p"].notna()]).median()
        band = curves.placebo_band(found)
        assert band["part"].tolist() == medians.index.tolist()
        assert (band[["low", "high"]].to_numpy() == np.quantile(medians, [0.05, 0.95], axis=1).T).all()


def test_the_share_of_a_cell_is_that_of_its_part(aid):
    table, part = curves.ordered(aid), curves.parts(len(aid.tested()))
    cells = curves.matrix(table, aid, curves.ROWS)
    for fork in {row.split(": ")[0] for row in cells["row"]}:
        shares = pd.crosstab(table[fork], part).div(np.bincount(part), axis=1).round(2)
        for value, line in shares.iterrows():
            shown = cells[cells["row"] == f"{fork}: {curves.label(value)}"].set_index("part")["share"]
            assert shown.to_dict() == line[line > 0].to_dict()


def test_the_cells_of_a_fork_add_up_to_each_part_of_the_order(aid):
    table = curves.ordered(aid)
    cells = curves.matrix(table, aid, curves.ROWS)
    kinds = cells[cells["row"].str.startswith("kind: ")]
    assert np.allclose(kinds.groupby("part")["share"].sum(), 1, atol=0.02)
    assert cells["row"].nunique() <= curves.ROWS
    assert len(set(cells["row"])) == len(dict.fromkeys(cells["row"]))


def test_the_curve_of_a_thousand_specifications_stays_light(aid):
    spec = charts.specification(curves.curve(aid))
    assert len(json.dumps(spec)) < 40_000
    assert spec["width"] == "container"  # no panels of fixed width: it fits a phone


def test_bars_band_and_zero_share_one_scale(aid):
    spec = charts.specification(curves.curve(aid))
    scales = [layer["encoding"]["y"]["scale"] for layer in spec["layer"][:-1]]
    assert len(scales) == 3
    assert all(scale == scales[0] for scale in scales)
    assert scales[0]["domain"][0] <= 0 <= scales[0]["domain"][1]


def test_the_words_for_ears_follow_the_numbers(tilts):
    said, text = tilts.together(), curves.told(tilts)
    assert f"{said.share:.0%}" in text
    assert str(said.testable) in text


def test_a_curve_of_two_claims_is_refused():
    with pytest.raises(HedgingError, match="one claim"):
        curves.curve(argument.multiverse(["C1b", "C5c"]))
