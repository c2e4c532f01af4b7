import pandas as pd
import pytest

from hedging.ingest.difference import difference, tell

OLD = pd.DataFrame(
    {"year": [2001, 2002, 2003], "who": ["RUS", "RUS", None], "value": [1.0, None, 3.0], "note": ["a", None, "c"]}
)


def test_a_table_does_not_differ_from_itself_whatever_its_types():
    same = OLD.astype({"year": "Int64", "who": "object"})
    found = difference(OLD, same, ["year", "who"])
    assert not found
    assert tell(found, OLD, same) == ["no difference"]


def test_no_change_goes_unseen_and_the_largest_comes_first():
    new = pd.DataFrame(
        {"year": [2002, 2003, 2004], "who": ["RUS", None, "CHN"], "value": [9.0, 4.5, 7.0], "note": [None, "d", "e"]}
    )
    found = difference(OLD, new, ["year", "who"])
    assert found.added["year"].tolist() == [2004]
    assert found.removed["year"].tolist() == [2001]
    assert found.changed["column"].tolist() == ["value", "value", "note"]
    assert found.rows_changed == 2
    assert tell(found, OLD, new) == [
        "rows: 1 added, 1 removed, 2 changed",
        "added: 1 rows of 2004 to 2004 lie where the other one has no year",
        "removed: 1 rows of 2001 to 2001 lie where the other one has no year",
        "changed: 2002 RUS: value missing → 9",
        "changed: 2003 missing: value 3 → 4.5 (+1.5)",
        "changed: 2003 missing: note c → d",
    ]


def test_a_row_lost_inside_the_period_is_told_with_its_value():
    found = difference(OLD, OLD.drop(index=1), ["year", "who"])
    assert tell(found, OLD, OLD.drop(index=1))[1:] == ["removed: 2002 RUS: no value"]


def test_a_date_in_a_file_is_the_date_of_a_builder():
    dates = pd.DataFrame({"date": pd.to_datetime(["2024-06-19"]), "yes": [True]})
    texts = pd.DataFrame({"date": ["2024-06-19"], "yes": pd.array([False], "boolean")})
    assert tell(difference(dates, texts, ["date"]), dates, texts)[1:] == ["changed: 2024-06-19: yes True → False"]


def test_a_doubled_key_is_not_compared_at_random():
    with pytest.raises(pd.errors.MergeError):
        difference(pd.concat([OLD, OLD]), OLD, ["year", "who"])
