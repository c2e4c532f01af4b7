"""The list of chapters, read from `chapters.yml`, and the tables that each of them may read."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hedging import paths
from hedging.errors import HedgingError, unknown

KEYS = ("slug", "title", "notebook", "parameters", "tables", "after")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its notebook, what overrides the notebook's defaults, and what it may read.

    `after` names the chapters whose findings this one reads; it runs when they have run.
    """

    slug: str
    title: str
    notebook: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def executed(self) -> Path:
        """Where the executed notebook lies."""
        return paths.CHAPTERS / f"{self.slug}.ipynb"

    @property
    def state(self) -> Path:
        """Where the fingerprint of the last good run lies."""
        return paths.STATE / f"{self.slug}.json"


def malformed(what: str, where: str, remedy: str = "") -> HedgingError:
    """Build the error for a list of chapters that cannot be used."""
    return HedgingError(what, where=where, remedy=remedy or f"an entry has the keys {', '.join(KEYS)}")


def load_yaml(path: Path) -> Any:
    """Read a YAML file; raises HedgingError with the line at fault."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise HedgingError(
            f"{path.name} is missing", where=str(path), remedy="run in the project's folder, or set HEDGING_ROOT"
        ) from None
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise malformed(
            f"{path.name} is not valid YAML: {fault.problem}", f"{path.name}, line {line}", "mend that line"
        ) from None


def read() -> tuple[Chapter, ...]:
    """Read `chapters.yml`; raises HedgingError for unknown keys, twice used slugs, tables or chapters not known."""
    entries = load_yaml(paths.ROOT / "chapters.yml")
    if not isinstance(entries, list) or not entries:
        raise malformed("chapters.yml must be a list with one entry a chapter", "chapters.yml")
    known_tables = frozenset(table_files())
    chapters: list[Chapter] = []
    for number, entry in enumerate(entries, 1):
        chapters.append(_chapter(entry, f"chapters.yml, entry {number}", known_tables, [c.slug for c in chapters]))
    return tuple(chapters)


def _chapter(entry: Any, where: str, known_tables: frozenset[str], before: list[str]) -> Chapter:
    if not isinstance(entry, dict) or not {"slug", "title", "notebook"} <= entry.keys():
        raise malformed("an entry needs slug, title and notebook", where)
    for key in entry.keys() - set(KEYS):
        raise unknown("key", key, KEYS, where=where)
    slug, where = str(entry["slug"]), f"{where} ({entry['slug']})"
    if slug in before:
        raise malformed(f"the slug {slug!r} is used twice", where, "give each chapter a slug of its own")
    parameters, tables, after = (entry.get(key) or kind() for key, kind in _KINDS.items())
    for key, value in zip(_KINDS, (parameters, tables, after), strict=True):
        if not isinstance(value, _KINDS[key]):
            raise malformed(f"{key} must be a {'mapping' if key == 'parameters' else 'list'}", where)
    for table in tables:
        if table not in known_tables:
            raise unknown("table", table, known_tables, where=where)
    for other in after:
        if other not in before:
            raise unknown("chapter in `after` (it must stand higher in the list)", other, before, where=where)
    notebook = paths.NOTEBOOKS / str(entry["notebook"])
    return Chapter(slug, str(entry["title"]), notebook, dict(parameters), tuple(tables), tuple(after))


_KINDS: dict[str, type] = {"parameters": dict, "tables": list, "after": list}


def select(chapters: tuple[Chapter, ...], slugs: tuple[str, ...]) -> tuple[Chapter, ...]:
    """Keep the chapters named, in the book's order; all of them if none is named. Raises for an unknown name."""
    known = {chapter.slug: chapter for chapter in chapters}
    for slug in slugs:
        if slug not in known:
            raise unknown("chapter", slug, known, where="chapters.yml")
    return tuple(chapter for chapter in chapters if not slugs or chapter.slug in slugs)


def package() -> dict[str, Any]:
    """Read `data/datapackage.json` as it is, not to be changed; an empty package if there is none yet."""
    path = paths.DATA / "datapackage.json"
    if not path.exists():
        return {"resources": []}
    found = path.stat()
    return _package(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)  # half a megabyte, asked for by each chapter
def _package(path: Path, *_: int) -> dict[str, Any]:
    try:
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as fault:
        raise HedgingError(
            "datapackage.json is not valid JSON",
            where=f"data/datapackage.json, line {fault.lineno}",
            remedy="run: hedging ingest",
        ) from None


def table_files() -> dict[str, Path]:
    """Map each table's name to its file under data/."""
    return {item["name"]: paths.DATA / item["path"] for item in package().get("resources", [])}
