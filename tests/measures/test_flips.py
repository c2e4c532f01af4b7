"""How often a tilt changes sides."""

import pandas as pd
import pytest

from hedging.errors import HedgingError
from hedging.measures.flips import side_changes


def test_an_even_or_missing_year_is_no_change_of_side() -> None:
    assert side_changes(pd.Series([0.4, 0.0, float("nan"), 0.2, -0.1, -0.9, 0.3], index=range(1961, 1968))) == 2


def test_a_steady_lean_has_no_change_of_side() -> None:
    assert side_changes(pd.Series([0.9, 0.1, 0.5], index=[1962, 1961, 1963])) == 0


def test_a_tilt_without_any_side_is_not_called_steady() -> None:
    with pytest.raises(HedgingError, match="no date leans"):
        side_changes(pd.Series([0.0, float("nan")], index=[1961, 1962]))
