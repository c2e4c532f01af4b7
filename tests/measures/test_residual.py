import numpy as np
import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures.residual import western_ceiling

TOTAL = pd.Series({2020: 100.0, 2021: 100.0})
KOREAN = pd.Series({2020: 0.0, 2021: 0.0})


def test_a_tie_that_is_not_reported_raises_the_ceiling_and_is_not_read_as_zero():
    known = pd.DataFrame({"RUS": [5.0, 5.0], "CHN": [90.0, 90.0]}, index=[2020, 2021])
    hidden = known.assign(RUS=[5.0, np.nan])
    assert western_ceiling(TOTAL, known, KOREAN, 2020, 2021) == pytest.approx(0.05)
    assert western_ceiling(TOTAL, hidden, KOREAN, 2020, 2021) == pytest.approx(0.075)


def test_a_year_without_a_total_has_no_ceiling():
    east = pd.DataFrame({"RUS": 5.0, "CHN": 90.0}, index=[2020, 2021, 2022])
    with pytest.raises(HedgingError, match="2022"):
        western_ceiling(TOTAL, east, KOREAN, 2020, 2022)
