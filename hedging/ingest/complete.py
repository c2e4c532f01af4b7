"""What every record must say before it is written: a table that nobody can trace, date, read or cite is no table."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hedging.errors import HedgingError
from hedging.tables.record import STATUS

Record = dict[str, Any]
SAID = (
    "title", "description", "measures", "missing", "may_publish", "producers", "licenses", "defects", "sources",
    "module", "hash", "validated", "rows",
)  # fmt: skip
GROUPS = ("ALL", "EEC", "EEU")  # groups of three letters, which are no codes
OF_A_SOURCE = ("title", "citation", "licence", "file", "sha256", "publisher", "published", "accessed")
OF_A_CORRECTION = ("what", "why", "rows")


def require(records: Iterable[Record]) -> None:
    """Raise one HedgingError that lists everything missing in all the records, table by table."""
    faults = [f"{record['name']}: {fault}" for record in records for fault in lacking(record)]
    if faults:
        raise HedgingError(
            "records are not complete:\n    " + "\n    ".join(faults),
            where="hedging/ingest",
            remedy="say it in the TABLE of the module of that name (dates of raw files: hedging/ingest/sources.csv)",
        )


def lacking(record: Record) -> list[str]:
    """Return in words what a record does not say; empty for a complete one."""
    missing = [word for word in SAID if not record.get(word)]
    found = [f"says nothing under {', '.join(missing)}"] if missing else []
    return [
        *found,
        *_time(record),
        *_columns(record),
        *_countries(record),
        *_method(record),
        *_sources(record),
        *_corrections(record),
    ]


def _time(record: Record) -> Iterator[str]:
    if bool(record.get("coverage")) == bool(record.get("undated")):
        yield "has either a column of time (`time`) or a reason why it has none (`undated`)"


def _columns(record: Record) -> Iterator[str]:
    fields = record["schema"]["fields"]
    plain = [field["name"] for field in fields if field["type"] in ("integer", "number") and not field.get("unit")]
    if plain:
        yield f"numbers without a unit (or NO_UNIT): {', '.join(plain)}"
    if short := [field["name"] for field in fields if len(field.get("description", "")) < 4]:
        yield f"columns without a description: {', '.join(short)}"
    status = next((field for field in fields if field["name"] == "status"), {})
    if set(status.get("constraints", {}).get("enum", ["?"])) <= set(STATUS) and not record["schema"].get("statusOf"):
        yield "has a status and does not say of which columns (`values`)"


def _countries(record: Record) -> Iterator[str]:
    for field in record["schema"]["fields"]:
        if strange := [group for group in field.get("groups", ()) if len(group) == 3 and group not in GROUPS]:
            yield f"column {field['name']} has codes that no country bears: {', '.join(strange)}"


def _method(record: Record) -> Iterator[str]:
    names = {field["name"] for field in record["schema"]["fields"]}
    if not record.get("method") and not names & {"method", "source_url"}:
        yield "rows have no source_url and no method, and the record no `method` for all of them"
    if strange := sorted(set(re.findall(r"\{(\w*)\}", record.get("method", ""))) - names):
        yield f"the method speaks of columns that are not there: {', '.join(strange)}"


def _sources(record: Record) -> Iterator[str]:
    for source in record.get("sources", ()):
        if missing := [word for word in OF_A_SOURCE if not source.get(word)]:
            yield f"source {source.get('file', '?')} says nothing under {', '.join(missing)}"
        if not any(source.get(word) for word in ("path", "origin", "compiled")):
            yield f"source {source.get('file', '?')} has no origin: address, repository, or compiled for this project"


def _corrections(record: Record) -> Iterator[str]:
    for one in record.get("corrections", ()):
        if missing := [word for word in OF_A_CORRECTION if not one.get(word)]:
            yield f"correction {one.get('what', '?')!r} says nothing under {', '.join(missing)}"
