"""What has changed between two states of a table, and how to say it in a few lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

MOST = 5  # examples of each kind
TIMES = ("year", "month", "date")
SIDE = {"left_only": "removed", "right_only": "added", "both": "changed"}


@dataclass(frozen=True)
class Difference:
    """Rows `added` and `removed` (key and values), and cells `changed`: key, column, old, new, largest change first."""

    key: tuple[str, ...]
    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame

    @property
    def rows_changed(self) -> int:
        """How many rows, in both states by their key, differ in at least one cell."""
        return len(self.changed.drop_duplicates(list(self.key)))

    def __bool__(self) -> bool:
        return bool(len(self.added) or len(self.removed) or len(self.changed))


def difference(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str]) -> Difference:
    """Compare two frames with the same columns: `key` identifies a row, at least one column is no key.

    Missing equals missing.
    """
    keys, columns = list(key), [name for name in old.columns if name not in key]
    before, after = _plain(old), _plain(new)
    joined = before.merge(after, how="outer", on=keys, suffixes=("_old", "_new"), indicator="_side", validate="1:1")
    sides = joined.pop("_side").map(SIDE)

    def side(name: str, suffix: str) -> pd.DataFrame:
        rows = joined.loc[sides == name, keys + [f"{column}{suffix}" for column in columns]]
        return rows.set_axis(keys + columns, axis=1).reset_index(drop=True)

    both = joined[sides == "changed"]
    changed = pd.concat([_cells(both, keys, column) for column in columns], ignore_index=True)
    ranked = changed.sort_values("by", ascending=False, kind="stable", ignore_index=True).drop(columns="by")
    return Difference(tuple(key), side("added", "_new"), side("removed", "_old"), ranked)


def _cells(both: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    """Return the cells of one column that differ, with `by`: the size of the change, -1 for text."""
    old, new = both[f"{column}_old"], both[f"{column}_new"]
    other = ~((old == new) | (old.isna() & new.isna()))
    number = pd.api.types.is_numeric_dtype(old) and pd.api.types.is_numeric_dtype(new)
    size = (new.fillna(0) - old.fillna(0)).abs() if number else pd.Series(-1.0, index=both.index)
    found = {"column": column, "old": old.astype(object), "new": new.astype(object), "by": size}
    return both[keys].assign(**found)[other]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Give both states the same types, whether they come from a file or from a builder."""
    return pd.DataFrame({name: _cell_type(frame[name]) for name in frame.columns})


def _cell_type(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells.dt.strftime("%Y-%m-%d").astype("str")
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return cells.astype("float64")
    return cells.map(str, na_action="ignore").astype("str")


def tell(found: Difference, old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Return the difference in words, one line a fact: counts, then the largest of each kind."""
    if not found:
        return ["no difference"]
    counts = (f"{len(found.added):,} added", f"{len(found.removed):,} removed", f"{found.rows_changed:,} changed")
    lines = [f"rows: {', '.join(counts)}"]
    time = next((name for name in TIMES if name in found.key), None)
    for word, rows, other in (("added", found.added, old), ("removed", found.removed, new)):
        inside = rows
        if time and len(rows):
            span = _plain(other[[time]])[time]
            inside = rows[rows[time].between(span.min(), span.max())]
            lines += _outside(word, rows.drop(inside.index)[time], time)
        lines += [f"{word}: {_row(row, found.key)}" for row in _largest(inside, found.key).to_dict("records")]
    lines += [f"changed: {_cell(row, found.key)}" for row in found.changed.head(MOST).to_dict("records")]
    return lines


def _outside(word: str, times: pd.Series, time: str) -> list[str]:
    if times.empty:
        return []
    first, last = _value(times.min(), time), _value(times.max(), time)
    return [f"{word}: {len(times):,} rows of {first} to {last} lie where the other one has no {time}"]


def _largest(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    numbers = [name for name in rows.select_dtypes("number").columns if name not in key]
    return rows.sort_values(numbers[0], ascending=False, kind="stable").head(MOST) if numbers else rows.head(MOST)


def _row(row: dict[str, Any], key: tuple[str, ...]) -> str:
    values = [f"{name} {_value(cell)}" for name, cell in row.items() if name not in key and not pd.isna(cell)]
    return f"{_key(row, key)}: {', '.join(values) or 'no value'}"


def _cell(row: dict[str, Any], key: tuple[str, ...]) -> str:
    old, new = row["old"], row["new"]
    number = all(isinstance(cell, float) and not pd.isna(cell) for cell in (old, new))
    by = f" ({new - old:+,.6g})" if number else ""
    return f"{_key(row, key)}: {row['column']} {_value(old)} → {_value(new)}{by}"


def _key(row: dict[str, Any], key: tuple[str, ...]) -> str:
    return " ".join(_value(row[name], name) for name in key)


def _value(cell: Any, name: str = "") -> str:
    if isinstance(cell, float) and not pd.isna(cell):
        return f"{cell:.0f}" if name == "year" else f"{cell:,.6g}"
    return "missing" if pd.isna(cell) else str(cell)
