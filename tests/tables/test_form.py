"""A table's bytes hang on its cells alone."""

import pandas as pd
import pytest

from hedging.tables.form import csv_bytes, parquet_bytes


@pytest.mark.parametrize("written", [csv_bytes, parquet_bytes])
def test_a_table_has_other_bytes_where_pandas_stores_text_in_another_way(written):
    made = set()
    for storage in ("python", "pyarrow"):
        kind = pd.StringDtype(storage, na_value=float("nan"))
        made.add(written(pd.DataFrame({"name": pd.Series(["a", None], dtype=kind), "n": [1.5, None]})))
    assert len(made) == 1
