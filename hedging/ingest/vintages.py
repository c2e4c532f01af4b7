"""How old each table is, and what a newer release of its source would change: nothing here writes to `data/`."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from hedging import ingest, paths
from hedging.errors import HedgingError
from hedging.ingest import package, sources
from hedging.ingest.difference import difference, tell
from hedging.tables import contract, load
from hedging.tables.record import Table


def age(table: Table, coverage: dict[str, Any] | None) -> str:
    """Say in one line how far a table reaches, and of when its sources are."""
    entries = [sources.registry()[source.file] for source in table.sources]
    known = sorted({entry["published"] for entry in entries if entry["published"]})
    released = f"released {', '.join(known)}" if known else "date of release not stated"
    reach = f"last observation {coverage['last']}" if coverage else "undated"
    return f"{reach}; sources {released}; pinned {max(entry['accessed'] for entry in entries)}"


def release(table: Table, frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return one release of a table, comparable with the others: without columns that not all of them tell apart."""
    rows = frame[frame[table.variant] == name].drop(columns=[table.variant])
    summed = list(table.vintages.summed)
    if not summed:
        return rows
    keys = [column for column in table.key if column not in (table.variant, *summed)]
    return rows.groupby(keys, as_index=False).sum(numeric_only=True)[keys + _amounts(table)]


def _amounts(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.type == "number"]


def compare(table: Table, older: str, newer: str) -> list[str]:
    """Say what `newer` changes against `older`: two releases that the table holds side by side."""
    frame = load(table.name, "all")
    old, new = release(table, frame, older), release(table, frame, newer)
    key = [column for column in table.key if column in old.columns]
    return tell(difference(old, new, key), old, new)


@dataclass(frozen=True)
class Newer:
    """A second mirror against the registry: files with other bytes, and what the tables would be with them.

    `told` holds the difference of each table concerned, in words; `made` the files and the record of those that differ.
    """

    files: tuple[str, ...]
    told: dict[str, list[str]] = field(default_factory=dict)
    made: dict[str, tuple[dict[str, bytes], dict[str, Any]]] = field(default_factory=dict)

    def stage(self, folder: Path) -> None:
        """Copy `data/` into `folder`, with the tables that differ in the place of ours."""
        shutil.copytree(paths.DATA, folder, dirs_exist_ok=True)
        records = ingest.present() | {name: record for name, (_, record) in self.made.items()}
        for files, _ in self.made.values():
            for file, data in files.items():
                (folder / file).write_bytes(data)
        (folder / ingest.PACKAGE).write_bytes(package.text(list(records.values())))


def newer(names: Iterable[str] | None, second: Path | str) -> Newer:
    """Make in memory each table (of `names`, or all) of which a file in mirror `second` has other bytes.

    Files that it lacks are taken from where they always are. A table that cannot be made is told with its reason.
    """
    folder, known, modules = sources.mirror_folder(second), sources.registry(), ingest.modules(names)
    wanted = {source.file for module in modules.values() for source in module.TABLE.sources}
    here = sorted(file for file in wanted if (folder / file).is_file())
    found = Newer(tuple(file for file in here if sources.sha256(folder / file) != known[file]["sha256"]))
    for name, module in modules.items():
        if not {source.file for source in module.TABLE.sources}.isdisjoint(found.files):
            found.told[name] = _made(found, name, module, folder)
    return found


def _made(found: Newer, name: str, module: ModuleType, folder: Path) -> list[str]:
    try:
        files, record = ingest.make(module, newer=folder)
    except HedgingError as fault:
        return [f"cannot be made from the newer file: {fault.what}"]
    except Exception as fault:  # a builder knows the pinned bytes only; others may break it anywhere
        return [f"cannot be made from the newer file: {type(fault).__name__}: {fault}"]
    [(path, data)] = files.items()
    new = contract.read(paths.DATA / path, data, record, trusted=True)
    old = load(name, "all" if module.TABLE.variant else None)
    change = difference(old, new, module.TABLE.key)
    if change:
        found.made[name] = (files, record)
    return tell(change, old, new)
