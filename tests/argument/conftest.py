import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hedging import paths

FIXTURE = Path(__file__).with_name("claims.yml")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own, with the small claims file of this folder."""
    shutil.copy(FIXTURE, tmp_path / "claims.yml")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.delenv("HEDGING_EVIDENCE", raising=False)
    return tmp_path


@pytest.fixture
def rewrite(project):
    """Change the claims file of the project: old text, new text."""

    def change(old, new):
        path = project / "claims.yml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return change


@pytest.fixture
def even():
    """Equidistance that stays well above one half, 1950-2020."""
    return pd.Series(np.random.default_rng(1).uniform(0.6, 1, 71), range(1950, 2021))


@pytest.fixture
def widened():
    """A cross-bloc share that rises by .5 in 1992-2002 and falls back, 1970-2012."""
    series = pd.Series(np.random.default_rng(1).normal(0.2, 0.05, 43), range(1970, 2013))
    series.loc[1992:2002] += 0.5
    return series
