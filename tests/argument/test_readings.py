import numpy as np
import pandas as pd
import pytest

from hedging import argument
from hedging.argument import readings
from hedging.argument.claims import OP_ED, registry

NAMES = [OP_ED, *registry().readings]


def told(*rows):
    """Each row: outcome and what readings say, by name."""
    made = []
    for outcome, said in rows:
        spoken = {OP_ED: "for", **said}
        says = readings._says(set(spoken.values()), outcome)
        made.append({"claim": "C1a", "era": 1, "series": "s", "of": "s", "outcome": outcome, "says": says, **spoken})
    frame = (
        pd.DataFrame(made).reindex(columns=["claim", "era", "series", "of", "outcome", "says", *NAMES]).astype(object)
    )
    return frame.where(frame.notna(), None)


def test_a_test_that_all_foresee_gives_nobody_a_mark():
    frame = told(("for", {"constraint": "for"}), ("for", {"constraint": "against"}))
    assert list(frame["says"]) == [readings.ALIKE, readings.DECIDES]
    assert readings.marks(frame).loc["constraint", "said"] == 1


def test_an_open_outcome_is_neither_right_nor_wrong():
    frame = told(("unclear", {"constraint": "against"}), ("against", {"constraint": "against"}))
    assert list(frame["says"]) == [readings.OPEN, readings.DECIDES]
    marks = readings.marks(frame)
    assert tuple(marks.loc["constraint", ["said", "right", "wrong"]]) == (1, 1, 0)


def test_silence_is_a_coin_and_no_merit():
    marks = readings.marks(told(("against", {"constraint": "against"}), ("for", {"constraint": "against"})))
    assert marks.loc["internal balancing", "brier"] == 0.25
    assert np.isnan(marks.loc["internal balancing", "brier_spoken"])
    assert marks.loc["constraint", "brier"] == pytest.approx((0.04 + 0.64) / 2)
    assert marks.loc[OP_ED, "brier"] == pytest.approx((0.64 + 0.04) / 2)


def test_a_sure_and_wrong_reading_does_worse_than_a_silent_one():
    marks = readings.marks(told(("against", {"constraint": "against"})))
    assert marks.index[0] == "constraint"
    assert marks.index[-1] == OP_ED
    assert marks.loc[OP_ED, "brier"] > 0.25


def test_the_outcomes_that_must_turn_are_the_fewest():
    frame = told(*[("against", {"constraint": "against"})] * 5, ("for", {"constraint": "against"}))
    needed = readings.turning(frame)
    first = readings.marks(frame).index[0]
    turned = frame.copy()
    turned.loc[turned.index[: needed - 1], "outcome"] = "for"
    assert readings.marks(turned).index[0] == first
    turned.loc[turned.index[:needed], "outcome"] = "for"
    assert readings.marks(turned).index[0] != first


def test_every_test_of_every_claim_is_in_the_tables_of_its_era():
    frame = readings.predictions(argument.collect())
    assert len(frame) == sum(len(one.tests) for one in argument.claims())
    rows = sum(len(readings.table(frame, number).rows) for number in range(1, 6))
    assert rows == len(frame)
    assert (frame[OP_ED] == "for").all()


def test_what_a_reading_foresaw_adds_up_over_the_eras():
    frame = readings.predictions(argument.collect())
    marks, eras = readings.marks(frame), readings.by_era(frame)
    for name in NAMES:
        assert eras.loc[name].sum() == marks.loc[name, "right"] - marks.loc[name, "wrong"]
