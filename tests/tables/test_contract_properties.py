"""What goes into a table comes out of it: type by type, for any cells that the record allows."""

import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedging.errors import HedgingError
from hedging.ingest.build import encode, tidy
from hedging.ingest.package import resource
from hedging.tables import contract, rules
from hedging.tables.record import Column, Table

TABLE = Table(
    name="toy",
    title="Toy",
    description="Every type, with and without empty cells.",
    columns=(
        Column("year", "integer", "Key", minimum=1, maximum=9999),
        Column("count", "integer", "May be empty", required=False),
        Column("share", "number", "May be empty", required=False),
        Column("sure", "boolean", "Never empty"),
        Column("maybe", "boolean", "May be empty", required=False),
        Column("note", "string", "May be empty", required=False),
        Column("day", "date", "Never empty"),
    ),
    key=("year",),
    missing="not known",
    sources=(),
    may_publish="yes",
)
NOTES = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"), max_size=12).filter(
    lambda text: text not in rules.NO_WORDS
)
ROW = st.fixed_dictionaries(
    {
        "count": st.none() | st.integers(-(10**12), 10**12),
        "share": st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda x: round(x, 6)),
        "sure": st.booleans(),
        "maybe": st.none() | st.booleans(),
        "note": st.none() | NOTES,
        "day": st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)).map(str),
    }
)
ROWS = st.dictionaries(st.integers(1, 9999), ROW, min_size=1, max_size=6)


def made(rows):
    frame = pd.DataFrame([{"year": year, **row} for year, row in rows.items()]).astype({"share": "float64"})
    neat = tidy(TABLE, frame)
    path, data = encode(TABLE, neat)
    return data, resource(TABLE, neat, path, data)


def missing(value):
    return None if value is None or value is pd.NA or value != value or value == "" else value


@settings(max_examples=60, deadline=None)
@given(ROWS)
@pytest.mark.parametrize("trusted", [True, False])
def test_no_cell_changes_between_the_maker_and_the_reader(trusted, rows):
    data, record = made(rows)
    frame = contract.read(Path("toy.csv"), data, record, trusted=trusted)
    contract.validate(frame, Path("toy.csv"), data, record)
    assert list(frame["year"]) == sorted(rows)
    for cells in frame.to_dict("records"):
        wanted = rows[cells.pop("year")]
        cells["day"] = cells["day"].strftime("%Y-%m-%d")
        assert {name: missing(value) for name, value in cells.items()} == {
            name: missing(value) for name, value in wanted.items()
        }


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_the_same_rows_in_another_order_give_the_same_bytes(rows):
    assert made(rows)[0] == made(dict(reversed(rows.items())))[0]
    assert made(rows)[1]["validated"] == made(dict(reversed(rows.items())))[1]["validated"]


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["nan", "inf", "1,5", "1.5", "1e3", "0x10", " 1", "2020-02-30", "yes", "True"]))
def test_what_only_looks_like_a_whole_number_is_not_read_as_one(rows, word):
    data, record = made(rows)
    lines = data.decode().split("\n", 2)
    lines[1] = f'"{word}"' + lines[1][lines[1].index(",") :]
    with pytest.raises(HedgingError, match="line 2, column 'year'"):
        contract.read(Path("toy.csv"), "\n".join(lines).encode(), record, trusted=False)
