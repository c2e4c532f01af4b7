"""The data package: one JSON record a table, in Frictionless words, with the same bytes for the same tables."""

import json
import re
from typing import Any

import pandas as pd

from hedging.ingest.sources import registry
from hedging.tables import codes, contract, rules
from hedging.tables.record import NO_UNIT, STATUS, Column, Source, Table, ending

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
NOT_STATED = "not stated"  # the date of a vintage that its publisher does not give
COMPILED = "compiled for this project"
KNOWN = STATUS[:2]  # what an observation and a structural zero have in common: a value
NUMBERS = ("integer", "number")
MEASURED = ("concept", "measure", "indicator", "item")  # what a column `unit` speaks of; the first that a table has
UNITS = {
    **dict.fromkeys(("year", "year_start", "year_end", "year_first", "year_last"), "calendar year"),
    **dict.fromkeys(("quality", "completeness", "completeness_low", "completeness_high"), "grade, 1 to 5"),
    **dict.fromkeys(("row", "rcid"), NO_UNIT),
}
COUNTRIES = ("country", "partner", "power", "giver", "recipient", "sender", "target", "supplier", "donor")
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def resource(table: Table, frame: pd.DataFrame, path: str, data: bytes) -> dict[str, Any]:
    """Return the record of a tidy `frame` written as `data` to `path`; empty entries are left out."""
    sources = [_source(source) for source in table.sources]
    entry = {
        "name": table.name,
        "type": "table",
        "path": path,
        "title": table.title,
        "description": table.description,
        "measures": table.measures or None,
        "method": table.method or None,
        **_bytes(path, data),
        "rows": len(frame),
        "period": table.period,
        "coverage": coverage(frame, table.time),
        "undated": table.undated or None,
        "variant": table.variant,
        "variants": sorted(frame[table.variant].dropna().unique()) if table.variant else None,
        "schema": _schema(table, frame),
        "missing": table.missing,
        "may_publish": table.may_publish,
        "producers": sorted({name for source in sources for name in source["publisher"].split("; ")}),
        "licenses": [{"name": "other", "title": text} for text in sorted({one["licence"] for one in sources})],
        "defects": list(table.defects),
        "corrections": [{"what": one.what, "why": one.why, "rows": one.rows} for one in table.corrections],
        "sources": sources,
        "module": f"hedging.ingest.{table.name}",
    }
    entry["validated"] = contract.seal(entry)
    return {word: value for word, value in entry.items() if value is not None}


def _bytes(path: str, data: bytes) -> dict[str, Any]:
    form = path.rpartition(".")[2]
    return {
        "format": form,
        "mediatype": MEDIA[form],
        "encoding": "utf-8" if form == "csv" else None,
        "bytes": len(data),
        "hash": contract.digest(data),
    }


def _schema(table: Table, frame: pd.DataFrame) -> dict[str, Any]:
    span = coverage(frame, table.time)
    entry = {
        "fields": [_field(column, frame, span) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
        "statusOf": _explained(table, frame),
        "units": _units(frame),
    }
    return {word: value for word, value in entry.items() if value is not None}


def _explained(table: Table, frame: pd.DataFrame) -> list[str] | None:
    """Return the columns that `status` speaks of: as declared, else value and its range, else the numbers it fits."""
    status = next((column for column in table.columns if column.name == "status"), None)
    if status is None or not set(status.enum) <= set(STATUS):
        return None
    named = [column.name for column in table.columns if column.name in ("value", "value_low", "value_high")]
    counted = [column.name for column in table.columns if _counts(column, frame) and column.name not in table.key]
    known = frame["status"].isin(KNOWN)
    return list(table.values) or named or [name for name in counted if (frame[name].notna() == known).all()] or None


def _counts(column: Column, frame: pd.DataFrame) -> bool:
    other = set(UNITS.values())
    return column.type in NUMBERS and _unit(column, frame) not in other


def _units(frame: pd.DataFrame) -> dict[str, Any] | None:
    """Return which units each thing measured comes in, so that a row of another unit is refused when it is read."""
    by = next((name for name in MEASURED if name in frame.columns), None)
    if by is None or "unit" not in frame.columns:
        return None
    groups = frame.dropna(subset=[by, "unit"]).groupby(by)["unit"]
    return {"by": by, "allowed": {str(name): sorted(cells.unique()) for name, cells in groups}}


def _field(column: Column, frame: pd.DataFrame, span: dict[str, Any] | None) -> dict[str, Any]:
    cells = frame[column.name]
    enum = list(column.enum) or (sorted(cells.dropna().unique()) if column.name == "unit" else None)
    rules = {
        "required": True if column.required else None,
        "enum": enum,
        "minimum": _plain(column.minimum),
        "maximum": _plain(column.maximum),
        "pattern": column.pattern,
    }
    constraints = {word: value for word, value in rules.items() if value is not None}
    # A date that may be a month or a year is no date to other readers of the package: text with a pattern.
    kind = "string" if column.type == "date" and column.pattern else column.type
    entry = {
        "name": column.name,
        "type": kind,
        "description": column.description,
        "unit": _unit(column, frame),
        **_countries(column, cells),
        "constraints": constraints or None,
        "coverage": _part(cells, frame, span),
    }
    return {word: value for word, value in entry.items() if value is not None}


def _unit(column: Column, frame: pd.DataFrame) -> str | None:
    if column.type not in NUMBERS:
        return column.unit or None
    other = "see column unit" if column.name.startswith("value") and "unit" in frame.columns else None
    coded = NO_UNIT if _codes(column.name) or column.codes else None
    return column.unit or UNITS.get(column.name) or other or coded


def _codes(name: str) -> str | None:
    """Return the registry of a column that says by its name that it holds codes of countries."""
    found = re.fullmatch(r"(iso3|cow|ccode)(_\w+)?", name)
    return None if found is None else "iso3" if found[1] == "iso3" else "cow"


def _countries(column: Column, cells: pd.Series) -> dict[str, Any]:
    """Return the registry of a column of countries, and the groups in it that are no single country."""
    kind = column.codes or _codes(column.name) or ("iso3" if column.name in COUNTRIES and not column.enum else None)
    if kind is None:
        return {"codes": None}
    found = {cell for cell in cells.dropna().astype("str").unique() if rules.unknown(cell, codes.known(kind))}
    return {"codes": kind, "groups": sorted({*column.groups, *found}) or None}


def _part(cells: pd.Series, frame: pd.DataFrame, span: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return over which time a column has values, and in how many rows, where that is less than the whole table."""
    filled = cells.notna()
    if span is None or filled.all() or not filled.any():
        return None
    time = frame.loc[filled, span["column"]].dropna()
    ends = {"first": _value(time.min()), "last": _value(time.max())} if len(time) else {}
    return {**ends, "rows": int(filled.sum())}


def _plain(limit: float | None) -> float | None:
    return int(limit) if limit is not None and float(limit).is_integer() else limit


def _source(source: Source) -> dict[str, Any]:
    entry = registry()[source.file]
    origin = {word: entry[word] for word in ("repo", "commit", "path") if entry[word]}
    home = re.search(r"https?://[^\s,;)]+", source.citation)  # an extract made for this project: its producer's address
    words = {
        "title": source.title,
        "path": source.url or entry["url"] or (home[0] if home else None),
        "citation": source.citation,
        "licence": source.licence,
        "file": source.file,
        "sha256": entry["sha256"],
        "publisher": entry["publisher"],
        "published": entry["published"] or NOT_STATED,
        "accessed": entry["accessed"],
        "origin": origin or None,
        "compiled": COMPILED if not origin and source.file.startswith("compiled/") else None,
    }
    return {word: value for word, value in words.items() if value is not None}


def coverage(frame: pd.DataFrame, time: str = "") -> dict[str, Any] | None:
    """Return the first and last year, month or date of a frame, by `time` or its first column of time; None without."""
    named = [name for name in frame.columns if re.search(r"(^|_)(year|month|date)($|_)", name)]
    best = [time] if time else [word for word in ("year", "month", "date") if word in frame.columns] or named
    cells = frame[best[0]].dropna() if best else []
    if not len(cells):
        return None
    ends = frame[ending(best[0])].dropna() if ending(best[0]) in frame else cells
    return {"column": best[0], "first": _value(cells.min()), "last": _value(max(cells.max(), ends.max()))}


def _value(cell: Any) -> Any:
    return cell if isinstance(cell, str) else int(cell)


def text(resources: list[dict[str, Any]]) -> bytes:
    """Return the bytes of `datapackage.json` for these records, sorted by name."""
    whole = {**HEAD, "resources": sorted(resources, key=lambda entry: entry["name"])}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
