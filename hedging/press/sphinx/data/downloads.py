"""The files beside the pages: each table as it is tracked, in the other of the two formats, and its JSON Schema.

A copy of the site holds its data too. What has to be converted is kept by the table's hash, as pictures are.
"""

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.press import notebook
from hedging.press.sphinx.data.records import FOLDER, PACKAGE, Record, resources, sha256

FORMS = ("csv", "parquet")
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def names(record: Record) -> dict[str, str]:
    """Return what a reader may download of a table: kind and file name."""
    return {kind: f"{record['name']}.{kind}" for kind in (*FORMS, "schema.json")}


def publish(site: Path) -> None:
    """Put the files in `_static/data/`; what is there and right stays as it is, what no table has goes."""
    target = site / "_static" / FOLDER
    wanted = {name: _bytes(record, kind) for record in resources() for kind, name in names(record).items()}
    wanted[PACKAGE] = (paths.DATA / PACKAGE).read_bytes()
    for stale in {path.name for path in target.glob("*")} - wanted.keys():
        (target / stale).unlink()
    for name, data in wanted.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != data:
            notebook.write(path, data)


def _bytes(record: Record, kind: str) -> bytes:
    if kind not in FORMS:
        return (json.dumps(json_schema(record), ensure_ascii=False, indent=1) + "\n").encode()
    tracked = paths.DATA / record["path"]
    return tracked.read_bytes() if tracked.suffix == f".{kind}" else _converted(record, kind)


def _converted(record: Record, kind: str) -> bytes:
    """Convert once for each state of a table and each version of the writers."""
    kept = paths.STATE / "tables" / f"{record['name']}-{sha256(record)[:16]}-{_writers()}.{kind}"
    if not kept.is_file():
        from hedging.press.sphinx.data import coverage  # late: pandas, which a change of prose does not need
        from hedging.tables import form

        write = form.csv_bytes if kind == "csv" else form.parquet_bytes
        for old in kept.parent.glob(f"{record['name']}-*.{kind}"):
            old.unlink()
        notebook.write(kept, write(coverage.frame(record)))
    return kept.read_bytes()


def json_schema(record: Record) -> dict[str, Any]:
    """Return a JSON Schema of one row, for those who validate rows as objects; an empty cell is null."""
    fields = record["schema"]["fields"]
    return {
        "$schema": DRAFT,
        "title": record["title"],
        "description": f"One row of table {record['name']}. {record['description']}",
        "type": "object",
        "properties": {field["name"]: _property(field) for field in fields},
        "required": [field["name"] for field in fields],
        "additionalProperties": False,
    }


def _property(field: dict[str, Any]) -> dict[str, Any]:
    rules = field.get("constraints", {})
    word, empty = _TYPES.get(field["type"], "string"), [] if rules.get("required") else [None]
    entry = {
        "description": ", ".join(text for text in (field.get("description"), field.get("unit")) if text),
        "type": [word, "null"] if empty else word,
        "format": "date" if field["type"] == "date" else None,
        "enum": [*rules["enum"], *empty] if "enum" in rules else None,
        "minimum": rules.get("minimum"),
        "maximum": rules.get("maximum"),
        "pattern": f"^(?:{rules['pattern']})$" if "pattern" in rules else None,
    }
    return {key: value for key, value in entry.items() if value is not None}


@cache
def _writers() -> str:
    return f"{version('pandas')}-{version('pyarrow')}"
