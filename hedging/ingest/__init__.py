"""From raw sources to `data/`: one module a table; each knows its source's quirks, and nothing else does.

`ingest()` builds every table in memory, checks it against its contract, and only then writes.
"""

import dataclasses
import importlib
import json
import pkgutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from hedging import paths
from hedging.errors import HedgingError, unknown
from hedging.ingest import account, complete, package, sources
from hedging.ingest.build import Raw, encode, tidy
from hedging.tables import contract

FRAMEWORK = {"account", "build", "complete", "difference", "download", "package", "sources", "vintages"}
PACKAGE = "datapackage.json"
APART = ".ingest-"  # a folder in data/ while files are written
LEFT, STRAY = "left by a run that was ended, delete it", "no ingest module makes this file"


def tables() -> list[str]:
    """Return the names of all tables that can be made: the modules of this package, without importing them."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in found if name not in FRAMEWORK and not name.startswith("_"))


def modules(names: Iterable[str] | None = None) -> dict[str, ModuleType]:
    """Return the ingest modules by name of table (all without `names`); HedgingError for an unknown name."""
    known = tables()
    wanted = sorted(set(names)) if names else known
    for name in wanted:
        if name not in known:
            raise unknown("table", name, known, where="hedging/ingest")
    return {name: importlib.import_module(f"{__name__}.{name}") for name in wanted}


def ingest(
    names: Iterable[str] | None = None,
    mirror: Path | str | None = None,
    check: bool = False,
    echo: Callable[[str], Any] = print,
) -> None:
    """Make tables from their raw sources: all, or those in `names`; the records of the others stay as they are.

    `mirror` is a folder of raw files. With `check` nothing is written: HedgingError lists each difference between
    what is in `data/` and what the sources give. `echo` receives one line a table.
    """
    names = list(names or ()) or None
    chosen = modules(names)
    files: dict[str, bytes] = {}
    records: dict[str, dict[str, Any]] = {}
    for name, module in chosen.items():
        files_of, records[name] = make(module, mirror)
        files |= files_of
        echo(f"{name}: {records[name]['rows']} rows, {records[name]['bytes']:,} bytes")
    complete.require(records.values())
    kept = {} if names is None else present()  # read late: another run may have written meanwhile
    files[PACKAGE] = package.text(list({**kept, **records}.values()))
    if check:
        _compare(files, whole=names is None)
        echo(f"checked: {len(chosen)} tables are what their sources give")
        if names is None:
            count = account.check(readers(), sources.mirror_folder(mirror))
            echo(f"checked: {count} raw files are read, or left out for a reason")
    else:
        _write(files, chosen)


def make(
    module: ModuleType, mirror: Path | str | None = None, newer: Path | None = None
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return ({file name: bytes}, record) of one table, checked against its own contract; nothing is written.

    Files found in folder `newer` are used as they are, whatever the registry says of their bytes.
    """
    table = module.TABLE
    if module.__name__ != f"{__name__}.{table.name}":
        raise HedgingError(f"module {module.__name__} makes table {table.name}", remedy="give both the same name")
    built = module.build(Raw.of(table, mirror, newer))
    frame = tidy(table, built.frame)
    if frame.empty:
        raise HedgingError(f"{table.name}: no row was made", where=module.__name__, remedy="look at the raw files")
    corrections = (*table.corrections, *built.corrections)
    path, data = encode(table, frame)
    record = package.resource(dataclasses.replace(table, corrections=corrections), frame, path, data)
    contract.check(paths.DATA / path, data, record)
    return {path: data}, record


def restrict_registry(catalog: Path) -> int:
    """Write `sources.csv` anew from a mirror's catalogue: one row for each raw file that a table names."""
    return sources.register(catalog, readers())


def readers(names: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Return {raw file: the tables (of `names`, or all) that read it}, both sorted."""
    found: dict[str, list[str]] = {}
    for name, module in modules(names).items():
        for source in module.TABLE.sources:
            found.setdefault(source.file, []).append(name)
    return dict(sorted(found.items()))


def account_of(names: Iterable[str] | None = None, mirror: Path | str | None = None) -> list[str]:
    """Return one line a raw file (of the tables in `names`, or all): the tables that read it, or why it is left out."""
    wanted = None if not (names := list(names or ())) else readers(names).keys()
    return account.lines(readers(), sources.mirror_folder(mirror), wanted)


def present() -> dict[str, dict[str, Any]]:
    """Return the records in `data/` by name of table; none before the first run."""
    path = paths.DATA / PACKAGE
    if not path.is_file():
        return {}
    return {record["name"]: record for record in json.loads(path.read_text(encoding="utf-8"))["resources"]}


def _write(files: dict[str, bytes], made: Iterable[str]) -> None:
    """Write all files apart, then move each to its place, the package last.

    A reader sees the old file or the new one, never half of one; where there is no room, nothing changes. A file that
    is newer than the package (a process ended in between) is refused when it is loaded.
    """
    try:
        paths.DATA.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=paths.DATA, prefix=APART) as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            for name in [*(file for file in files if file != PACKAGE), PACKAGE]:
                (Path(folder) / name).replace(paths.DATA / name)
        for table in made:  # a table that grew or shrank over the limit has changed its format
            for form in ("csv", "parquet"):
                if f"{table}.{form}" not in files:
                    (paths.DATA / f"{table}.{form}").unlink(missing_ok=True)
    except OSError as fault:
        raise HedgingError(
            f"cannot write the tables: {fault.strerror or fault}",
            where=str(fault.filename2 or fault.filename or paths.DATA),
            remedy="make room, or make the folder writable; then run `hedging ingest` again",
        ) from fault


def _compare(files: dict[str, bytes], *, whole: bool) -> None:
    faults = [difference for name, data in files.items() for difference in _difference(paths.DATA / name, data)]
    if whole and paths.DATA.is_dir():
        strays = {path.name for path in paths.DATA.iterdir()} - set(files)
        faults += [f"{name}: {LEFT if name.startswith(APART) else STRAY}" for name in sorted(strays)]
    if faults:
        raise HedgingError(
            "data/ is not what the sources give:\n    " + "\n    ".join(faults),
            where=str(paths.DATA),
            remedy="run `hedging ingest` and look at what changes, or undo the edit under data/",
        )


def _difference(path: Path, data: bytes) -> list[str]:
    if not path.is_file():
        return [f"{path.name}: missing"]
    present = path.read_bytes()
    if present == data:
        return []
    if path.suffix == ".parquet":
        return [f"{path.name}: {len(present)} bytes, the sources give {len(data)} (other content)"]
    have, want = present.splitlines(), data.splitlines()
    pairs = enumerate(zip(have, want, strict=False), start=1)
    line = next((number for number, (old, new) in pairs if old != new), min(len(have), len(want)) + 1)
    old, new = (lines[line - 1][:90].decode(errors="replace") if line <= len(lines) else "" for lines in (have, want))
    return [f"{path.name}, line {line}: is {old!r}, the sources give {new!r}"]
