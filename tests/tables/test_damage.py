"""Every kind of damage to every table: one error that names the file, the place, the expectation and what to do."""

import re

import pytest

from hedging import tables
from hedging.errors import HedgingError

ALL = tables.names()


def _constrained(rule):
    pairs = []
    for name in ALL:
        for field in tables.record(name)["schema"]["fields"]:
            if rule in field.get("constraints", {}):
                pairs.append((name, field["name"]))
    return pairs


CSV = [name for name in ALL if tables.record(name)["format"] == "csv"]
TYPED = [(name, f["name"]) for name in CSV for f in tables.record(name)["schema"]["fields"] if f["type"] != "string"]


def refused(copy, *expected):
    with pytest.raises(HedgingError) as caught:
        copy.load()
    fault = caught.value
    assert copy.file.name in fault.where
    assert f"hedging ingest {copy.name}" in fault.remedy
    for part in expected:
        assert part in f"{fault.what} {fault.where}"
    return fault


def put(copy, row, column, value):
    """Write one cell; a Parquet copy takes it in the column's own type where that is possible."""
    frame = copy.frame()
    if not copy.csv and not isinstance(value, str):
        frame[column] = frame[column].astype("object")
    frame.loc[row, column] = value
    copy.save(frame)


@pytest.mark.parametrize("name", ALL)
def test_an_undamaged_copy_loads_so_that_the_damage_is_what_fails_below(copy_of, name):
    copy = copy_of(name)
    frame = copy.load()
    assert list(frame.columns) == copy.columns
    assert 0 < len(frame) <= 30


@pytest.mark.parametrize("name", ALL)
def test_a_missing_file_is_not_an_empty_table(copy_of, name):
    copy = copy_of(name)
    copy.file.unlink()
    refused(copy, "missing")


@pytest.mark.parametrize("name", ALL)
def test_a_column_that_was_lost_is_named(copy_of, name):
    copy = copy_of(name)
    copy.save(copy.frame().drop(columns=copy.columns[-1]))
    refused(copy, "missing", repr(copy.columns[-1]))


@pytest.mark.parametrize("name", ALL)
def test_a_column_that_nobody_described_is_not_read(copy_of, name):
    copy = copy_of(name)
    copy.save(copy.frame().assign(guess="1"))
    refused(copy, "not in the record", "'guess'")


@pytest.mark.parametrize("name", ALL)
def test_an_empty_cell_is_refused_where_a_value_is_required(copy_of, name):
    copy = copy_of(name)
    column = next(f["name"] for f in copy.fields if f.get("constraints", {}).get("required"))
    put(copy, 0, column, "" if copy.csv else None)
    refused(copy, repr(column)) if not copy.csv else refused(copy, "empty", copy.place(0), repr(column))


@pytest.mark.parametrize(("name", "column"), TYPED)
def test_a_word_in_a_column_of_numbers_is_named_with_its_line(copy_of, name, column):
    copy = copy_of(name)
    put(copy, 1, column, "about 12")
    refused(copy, "'about 12'", copy.place(1), repr(column), "expected")


@pytest.mark.parametrize(("name", "column"), _constrained("enum"))
def test_a_code_outside_the_list_is_not_a_new_category(copy_of, name, column):
    copy = copy_of(name)
    put(copy, 0, column, "ZZZ?")
    refused(copy, "'ZZZ?'", copy.place(0), repr(column), "one of")


@pytest.mark.parametrize(("name", "column"), _constrained("pattern"))
def test_text_of_another_form_is_named(copy_of, name, column):
    copy = copy_of(name)
    pattern = next(f["constraints"]["pattern"] for f in copy.fields if f["name"] == column)
    bad = next(text for text in ("?", " !", "x\u2021") if not re.fullmatch(pattern, text))
    put(copy, 0, column, bad)
    refused(copy, repr(bad), copy.place(0), repr(column), "of the form")


@pytest.mark.parametrize("bound", ["minimum", "maximum"])
@pytest.mark.parametrize("name", ALL)
def test_a_value_out_of_range_is_named(copy_of, name, bound):
    copy = copy_of(name)
    for field in copy.fields:
        limit = field.get("constraints", {}).get(bound)
        if limit is None or field["type"] not in {"integer", "number"}:
            continue
        value = limit - 1 if bound == "minimum" else limit + 1
        before = copy.file.read_bytes()
        put(copy, 0, field["name"], str(value) if copy.csv else value)
        refused(copy, str(value), copy.place(0), repr(field["name"]), "at least" if bound == "minimum" else "at most")
        copy.file.write_bytes(before)


@pytest.mark.parametrize("name", ALL)
def test_a_file_cut_in_the_middle_is_not_a_shorter_table(copy_of, name):
    copy = copy_of(name)
    data = copy.file.read_bytes()
    copy.file.write_bytes(data[: len(data) // 2])
    refused(copy)


@pytest.mark.parametrize("name", CSV)
def test_a_row_with_a_cell_too_many_does_not_shift_the_others(copy_of, name):
    copy = copy_of(name)
    lines = copy.file.read_bytes().splitlines(keepends=True)
    lines[2] = b"surplus," + lines[2]
    copy.file.write_bytes(b"".join(lines))
    refused(copy, f"{len(copy.columns) + 1} cells, expected {len(copy.columns)}", "line 3")


@pytest.mark.parametrize("name", ALL)
def test_an_edit_by_hand_that_fits_the_contract_is_still_noticed(copy_of, name):
    copy = copy_of(name)
    copy.save(copy.frame().iloc[:-1])
    assert "built" in refused(copy).what
