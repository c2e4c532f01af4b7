"""A moment must stand on its own day, and its word where it can be read."""

import json

import pandas as pd
import pytest

from hedging.charts import lines, specification
from hedging.charts.moments import moments
from hedging.errors import HedgingError

series = pd.Series([0.2, 0.4, 0.3], index=pd.period_range("2019-01", periods=3, freq="M"), name="share")


def test_a_moment_does_not_slip_to_another_day_with_the_readers_time_zone():
    spec = specification(moments(lines(series, "share"), {"2019-02-28": "Hanoi"}))
    assert '"2019-02-28T00:00:00"' in json.dumps(spec)
    assert '"2019-02-28"' not in json.dumps(spec)


def test_a_day_that_does_not_exist_is_refused_by_the_name_of_its_moment():
    with pytest.raises(HedgingError, match="2019-02-30"):
        moments(lines(series, "share"), {"2019-02-30": "Hanoi"})
