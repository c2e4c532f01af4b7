import pandas as pd
import pytest

POWERS = ["RUS", "CHN", "USA", "JPN", "KOR"]


@pytest.fixture
def four_cases():
    """The invented ties of the worked example: lopsided, one patron and West, two patrons, even thirds."""
    rows = [[10, 60, 5, 15, 10], [0, 50, 0, 30, 20], [50, 50, 0, 0, 0], [30, 30, 10, 10, 10]]
    return pd.DataFrame(rows, columns=POWERS, index=[1, 2, 3, 4], dtype=float)
