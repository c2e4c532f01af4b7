"""The numbers behind a chart as a table that can be read without seeing the chart."""

from typing import Any

MOST = 120  # rows shown; the CSV has them all
_INNER = {"base", "top", "zero", "pile", "tint", "faint"}  # geometry of the drawing, not data


def dataset(spec: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Return name and rows of the chart's main data: the set with the most rows."""
    sets = spec.get("datasets", {})
    if not sets:
        return "", []
    name = max(sets, key=lambda key: (len(sets[key]), key))
    return name, sets[name]


def table(spec: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows for reading: series side by side when the data are (time, series, one value)."""
    rows = dataset(spec)[1]
    if not rows:
        return [], []
    head = [key for key in dict.fromkeys(key for row in rows for key in row) if key not in _INNER]
    time = next((key for key in ("year", "month") if key in head), None)
    rest = [key for key in head if key not in {time, "series"}]
    value = "value" if "value" in rest else "part" if "part" in rest else None
    if time and "series" in head and value and (rest == [value] or value == "part"):
        return _side_by_side(rows, time, value)
    return head, [[_word(row.get(key), key) for key in head] for row in rows]


def _side_by_side(rows: list[dict[str, Any]], time: str, value: str) -> tuple[list[str], list[list[str]]]:
    series = list(dict.fromkeys(str(row["series"]) for row in rows))
    cells = {(row[time], str(row["series"])): row.get(value) for row in rows}
    times = list(dict.fromkeys(row[time] for row in rows))
    body = [[_word(when, time), *(_word(cells.get((when, one)), value) for one in series)] for when in times]
    return [time, *series], body


def _word(value: Any, key: str) -> str:
    """Write a cell: missing is a word and no zero; times of day are noise."""
    if value is None:
        return "missing"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    text = str(value)
    if text.endswith("T00:00:00"):
        return text[:7] if key == "month" else text[:10]
    return text
