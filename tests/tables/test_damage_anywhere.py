"""Any harm to any cell of any table, as CSV and as Parquet: one error with file, place, expectation and remedy."""

from pathlib import Path

import pytest
from harm import KINDS, sheet
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hedging import tables
from hedging.errors import HedgingError
from hedging.tables import contract

ALL = tables.names()
FORMS = {"csv": False, "parquet": True}


def told(harmed, parquet):
    """Return the error that reading harmed bytes gives."""
    path = Path("data") / f"harmed.{'parquet' if parquet else 'csv'}"
    with pytest.raises(HedgingError) as caught:
        contract.check(path, *harmed)
    assert str(path) in caught.value.where
    assert f"hedging ingest {harmed[1]['name']}" in caught.value.remedy
    return caught.value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ALL)
# Some harms fit few tables, and are drawn again there: much filtering is no fault of the test.
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
@given(kind=st.sampled_from(sorted(KINDS)), pick=st.integers(0, 10_000))
def test_no_harm_is_read_as_data(name, form, kind, pick):
    whole = sheet(name, FORMS[form])
    harmed = KINDS[kind](whole, pick)
    assume(harmed is not None)
    data, row, column, words = harmed
    fault = told((data, whole.record), FORMS[form])
    assert all(word in fault.what for word in words), (kind, fault)
    if row is not None:
        assert ("row" if FORMS[form] else "line") in fault.where
    if column is not None:
        assert repr(column) in f"{fault.what} {fault.where}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ALL)
def test_the_same_rows_without_harm_pass(name, form):
    whole = sheet(name, FORMS[form])
    assert len(contract.check(Path(f"whole.{form}"), whole.written(whole.plain()), whole.record)) == len(whole.frame)
