"""The data package: one JSON record a table, in Frictionless words, with the same bytes for the same tables."""

import hashlib
import json
import re
from typing import Any

import pandas as pd

from hedging.ingest.sources import registry
from hedging.tables.record import Column, Source, Table

HEAD = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "done-hedging",
    "title": "Done Hedging? North Korea's ties with Moscow, Beijing, Washington, Tokyo and Seoul",
    "description": "Tidy tables of the book, one record each: schema, units, sources, defects and corrections.",
    "licenses": [
        {
            "name": "other-open",
            "title": "Each table under the terms of its sources: see may_publish and the licence of each source",
        }
    ],
}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def resource(table: Table, frame: pd.DataFrame, path: str, data: bytes) -> dict[str, Any]:
    """Return the record of a tidy `frame` written as `data` to `path`; empty entries are left out."""
    form = path.rpartition(".")[2]
    entry = {
        "name": table.name,
        "path": path,
        "title": table.title,
        "description": table.description,
        "measures": table.measures or None,
        "method": table.method or None,
        "format": form,
        "mediatype": MEDIA[form],
        "encoding": "utf-8" if form == "csv" else None,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "rows": len(frame),
        "period": table.period,
        "coverage": coverage(frame),
        "variant": table.variant,
        "variants": sorted(frame[table.variant].dropna().unique()) if table.variant else None,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
        "missing": table.missing,
        "may_publish": table.may_publish,
        "defects": list(table.defects),
        "corrections": [{"what": one.what, "why": one.why, "rows": one.rows} for one in table.corrections],
        "sources": [_source(source) for source in table.sources],
        "module": f"hedging.ingest.{table.name}",
    }
    return {word: value for word, value in entry.items() if value is not None}


def _field(column: Column) -> dict[str, Any]:
    rules = {
        "required": True if column.required else None,
        "enum": list(column.enum) or None,
        "minimum": _plain(column.minimum),
        "maximum": _plain(column.maximum),
        "pattern": column.pattern,
    }
    # A date that may be a month or a year is no date to other readers of the package: text with a pattern.
    kind = "string" if column.type == "date" and column.pattern else column.type
    entry = {"name": column.name, "type": kind, "description": column.description, "unit": column.unit or None}
    constraints = {word: value for word, value in rules.items() if value is not None}
    entry["constraints"] = constraints or None
    return {word: value for word, value in entry.items() if value is not None}


def _plain(limit: float | None) -> float | None:
    return int(limit) if limit is not None and float(limit).is_integer() else limit


def _source(source: Source) -> dict[str, Any]:
    entry = registry()[source.file]
    words = {
        "title": source.title,
        "path": source.url or entry["url"] or None,
        "citation": source.citation,
        "licence": source.licence,
        "file": source.file,
        "sha256": entry["sha256"],
        "publisher": entry["publisher"],
        "published": entry["published"] or None,
        "accessed": entry["accessed"],
        "origin": {word: entry[word] for word in ("repo", "commit", "path") if entry[word]} or None,
    }
    return {word: value for word, value in words.items() if value is not None}


def coverage(frame: pd.DataFrame) -> dict[str, Any] | None:
    """Return the first and last year, month or date of a frame, by its first column of time; None without one."""
    named = [name for name in frame.columns if re.search(r"(^|_)(year|month|date)($|_)", name)]
    best = [word for word in ("year", "month", "date") if word in frame.columns] or named
    cells = frame[best[0]].dropna() if best else []
    if not len(cells):
        return None
    first, last = cells.min(), cells.max()
    return {"column": best[0], "first": _value(first), "last": _value(last)}


def _value(cell: Any) -> Any:
    return cell if isinstance(cell, str) else int(cell)


def text(resources: list[dict[str, Any]]) -> bytes:
    """Return the bytes of `datapackage.json` for these records, sorted by name."""
    whole = {**HEAD, "resources": sorted(resources, key=lambda entry: entry["name"])}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
