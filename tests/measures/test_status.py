"""From the loaders of ties through every measure: what is unknown stays unknown, what is zero by law is zero."""

import numpy as np
import pandas as pd
import pytest

from hedging import measures
from hedging.errors import HedgingError
from hedging.measures import bounds, entropy
from hedging.tables import load, record, ties, world
from hedging.tables.record import STATUS
from hedging.tables.status import UNKNOWN, Loader, Ties
from hedging.tables.words import SERIES, media_monthly
from hedging.tables.world_events import world_events

NO_TIES = {"POWERS", "meeting_completeness", "meeting_dates"}  # codes, marks and rows, which have no status
LOADERS = {name: getattr(ties, name) for name in ties.__all__ if name not in NO_TIES} | {
    "world trade": world.trade, "world arms": world.arms, "world aid": world.aid, "world events": world_events,
    "media by month": media_monthly,
}  # fmt: skip
STATES = ("PRK", "CUB", "VNM", "CHN")
CHOICES = {
    "trade": [{"variant": name, "inter_korean": s} for name in record("trade")["variants"] for s in (True, False)],
    "imports": [{"variant": name} for name in record("trade")["variants"]],
    "trade_total": [{"variant": "kotra"}, {"variant": "cow"}],
    "arms": [{"variant": name} for name in record("arms")["variants"]],
    "aid": [{"concept": name} for name in record("aid")["variants"]],
    "events_monthly": [{"kind": "positive"}, {"kind": "negative"}],
    "world trade": [{"country": state} for state in STATES],
    "world arms": [{"country": s, "variant": name} for s in STATES for name in record("arms_world")["variants"]],
    "world aid": [{"country": "PRK", "variant": name} for name in record("aid_world")["variants"]],
    "world events": [{"iso3": state, "source": name} for state in STATES for name in ("icews", "gdelt")],
    "media by month": [{"series": name} for name in SERIES],
    "meetings": [{"ranks": name} for name in ("top", "leaders", "core")],
    "meeting_counts": [{"start_date": "2010", "end_date": "2019", "ranks": name} for name in ("top", "leaders")],
}  # fmt: skip
CASES = [(name, options) for name in LOADERS for options in CHOICES.get(name, [{}])]
MEASURES = {
    "level": measures.level,
    "tilt": lambda frame: measures.tilt(frame[["RUS", "CHN"]]),
    "share": measures.cross_bloc_share,
    "hedge": measures.cross_bloc_hedge,
    "hhi": measures.hhi,
    "h3": lambda frame: entropy.tree(frame, missing="nan")["h3"],
}


@pytest.mark.parametrize(("name", "options"), CASES)
def test_no_loader_fills_what_it_does_not_know(name, options):
    assert isinstance(LOADERS[name], Loader), "decorate it with hedging.tables.status.tied"
    values = pd.DataFrame(LOADERS[name](**options))
    status = pd.DataFrame(LOADERS[name].status(**options))
    assert status.isin(STATUS).all(axis=None)
    assert (values.isna() == status.isin(UNKNOWN)).all(axis=None)
    assert (values.where(status == "structural_zero", 0.0) == 0).all(axis=None)


@pytest.mark.parametrize(
    ("name", "options"), [case for case in CASES if case[0] not in {"trade_total", "meeting_counts"}]
)
def test_no_measure_gives_a_number_for_a_tie_that_nobody_knows(name, options):
    values, status = LOADERS[name](**options), LOADERS[name].status(**options)
    if (values < 0).any(axis=None):  # net of repayments: no divisible tie, and refused as such
        with pytest.raises(HedgingError, match="is no tie"):
            measures.level(values)
        return
    unknown = status.isin(UNKNOWN)
    for label, measure in MEASURES.items():
        needed = unknown[["RUS", "CHN"]] if label == "tilt" else unknown
        assert measure(values)[needed.any(axis=1)].isna().all(), label
    known = values[~unknown.any(axis=1) & (values.sum(axis=1) > 0)]
    assert measures.level(known).notna().all()
    assert measures.shares(known).notna().all(axis=None)


def test_a_trade_that_is_forbidden_is_zero_and_one_that_is_hidden_is_not():
    values, status = ties.trade("panel", start=2022, end=2023), ties.trade.status("panel", start=2022, end=2023)
    assert set(status["RUS"]) == {"withheld"}
    assert set(status["JPN"]) == {"structural_zero"}
    assert values["JPN"].eq(0).all()
    assert values["RUS"].isna().all()


def test_bounds_take_the_range_of_a_tie_from_the_reason_why_it_is_missing():
    values = ties.trade("panel", start=2022, end=2022).drop(columns="USA")
    status = ties.trade.status("panel", start=2022, end=2022).drop(columns="USA")
    found = bounds.by_status(values, status, {"withheld": (0.0, 100.0)})
    wider = bounds.by_status(values, status, {"withheld": (0.0, np.inf)})
    assert (found["w_east_low"] < found["w_east_high"]).all()
    assert (wider["w_east_high"] == 1).all()
    assert (wider["h3_high"] >= found["h3_high"]).all()
    east, west = values["CHN"], values["JPN"] + values["KOR"]
    assert found["w_east_low"].tolist() == pytest.approx((east / (east + west)).tolist())
    with pytest.raises(HedgingError, match="no range is stated for ties that are withheld"):
        bounds.by_status(values, status, {"not_reported": (0.0, 100.0)})


def test_filled_ties_are_not_taken_for_known_ones():
    values, status = ties.trade("panel"), ties.trade.status("panel")
    with pytest.raises(HedgingError, match=r"a tie of 0\.0 is said to be '(not_reported|withheld)'"):
        bounds.by_status(values.fillna(0.0), status, {})
    with pytest.raises(HedgingError, match="'observed'"):
        Ties(values.mask(values > 0), status)
    with pytest.raises(HedgingError, match="different shape"):
        Ties(values.iloc[1:], status)


def test_a_claim_is_not_passed_off_as_an_observation():
    assert ties.trade("panel", claims=True).loc[2022, "RUS"] > 0
    with pytest.raises(HedgingError, match="has no status of its own"):
        ties.trade.status("panel", claims=True)


def test_no_trade_at_all_is_no_trade_in_either_direction():
    zero = ties.trade.status("panel") == "structural_zero"
    assert zero.any(axis=None)
    assert (ties.imports.status("panel")[zero].stack().dropna() == "structural_zero").all()


def test_the_status_of_a_table_is_the_status_of_its_ties():
    rows = load("trade", "panel").set_index(["year", "partner"])["status"]
    told = ties.trade.status("panel").stack()
    assert (told.reindex(rows.index) == rows).all()
    assert (told == "observed").sum() == (rows == "observed").sum()
