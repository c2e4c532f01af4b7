"""What the data pages are made from: the tables' records, their subjects, the chapters that read them."""

import fnmatch
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hedging import paths
from hedging.errors import HedgingError, unknown
from hedging.press import chapters

Record = dict[str, Any]
State = tuple[Path, int | None, int | None]  # a file, its time and size; None where there is none
PACKAGE = "datapackage.json"
SUBJECTS = "subjects.yml"
FOLDER = "data"  # of the pages, below book/; and of the downloads, below _static/
NO_SUBJECT = "Other tables"
NOT_STATED = "not stated"  # of a date, in the records


def resources() -> list[Record]:
    """Return the records of all tables in the order of their names (shared: read them, do not change them)."""
    return _resources(_state(paths.DATA / PACKAGE))


@lru_cache(maxsize=2)
def _resources(_state: State) -> list[Record]:
    return sorted(chapters.package().get("resources", []), key=lambda record: record["name"])


def _state(path: Path) -> State:
    """Return what changes with a file: eighty pages ask for the same two, which take long to read."""
    found = path.stat() if path.is_file() else None
    return path, found and found.st_mtime_ns, found and found.st_size


def named(name: str, where: str = "") -> Record:
    """Return the record of one table; an unknown name is an error that names the nearest."""
    known = {record["name"]: record for record in resources()}
    if name not in known:
        raise unknown("table", name, known, where=where)
    return known[name]


def page_of(name: str) -> str:
    """Return the page of a table, as Sphinx names it."""
    return f"{FOLDER}/{name}"


def anchor(name: str) -> str:
    """Return where the catalogue shows a table."""
    return f"table-{name.replace('_', '-')}"


def by_subject(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Group records in the order of `book/subjects.yml`; without that file there is one group.

    Raises HedgingError for a table that no subject claims: it would be at no place where a reader looks for it.
    """
    path, records = paths.BOOK / SUBJECTS, list(records)
    if not path.is_file():
        return {NO_SUBJECT: records}
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, list[Record]] = {entry["subject"]: [] for entry in entries}
    for record in records:
        fits = [
            (len(pattern), entry["subject"])
            for entry in entries
            for pattern in entry["tables"]
            if fnmatch.fnmatchcase(record["name"], pattern)
        ]
        if not fits:
            remedy = "add its name, or a pattern that it fits, to one of the subjects"
            raise HedgingError(f"table {record['name']} has no subject", where=f"book/{SUBJECTS}", remedy=remedy)
        found[max(fits)[1]].append(record)
    return {subject: group for subject, group in found.items() if group}


def listed() -> tuple[chapters.Chapter, ...]:
    """Return the book's chapters; a book without a list of them (one in a test) has none."""
    return _listed(_state(paths.ROOT / "chapters.yml"), _state(paths.DATA / PACKAGE))


@lru_cache(maxsize=2)
def _listed(contents: State, _package: State) -> tuple[chapters.Chapter, ...]:
    return chapters.read() if contents[1] else ()


def readers(name: str) -> list[tuple[str, str]]:
    """List page and title of the chapters that declare a table."""
    return [(_chapter_page(one), one.title) for one in listed() if name in one.tables]


def declared() -> dict[str, tuple[str, ...]]:
    """Map the pages of chapters to the tables that they may read."""
    return {_chapter_page(one): one.tables for one in listed()}


def _chapter_page(chapter: chapters.Chapter) -> str:
    return f"{paths.CHAPTERS.name}/{chapter.slug}"


def period(record: Record) -> str:
    """Say which time a table covers, in words; empty where its rows have none."""
    cover = record.get("coverage") or {}
    first, last = cover.get("first"), cover.get("last")
    return "" if first is None else str(first) if first == last else f"{first} to {last}"


def dates(record: Record, word: str) -> list[str]:
    """List the dates on which the sources of a table were `published` or `accessed`, as far as they state any."""
    return sorted({str(source[word]) for source in record["sources"] if source.get(word, NOT_STATED) != NOT_STATED})


def sha256(record: Record) -> str:
    """Return the hash of a table's file."""
    return record["hash"].removeprefix("sha256:")


def mark(record: Record) -> str:
    """Return a text that changes with whatever a table's page shows, apart from the code that makes it."""
    return json.dumps([record, readers(record["name"])], sort_keys=True, ensure_ascii=False)
