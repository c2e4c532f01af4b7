"""A chapter's kernel: an ordinary ipykernel that reads from data/ only what its chapter declares.

Run as `python -m hedging.press.kernel -f FILE`, or called in a fork of the warm parent.
The guard sees every file that Python opens. A native reader that is given a path (Arrow's) opens files without
asking Python: `hedging.tables` never hands it one.
"""

import os
import sys
from pathlib import Path
from typing import Any

from hedging import paths
from hedging.errors import HedgingError
from hedging.press import chapters

DECLARED = "HEDGING_CHAPTER_TABLES"
MEMORY = "HEDGING_MEMORY"  # bytes of data; where a system knows no such limit, it cannot be asked for


def guard_data(declared: str) -> None:
    """Refuse every open of a file under data/ that belongs to none of the tables (comma-separated) declared."""
    owners = {os.path.realpath(path): name for name, path in chapters.table_files().items()}
    names = {name.strip() for name in declared.split(",")}
    index = os.path.realpath(paths.DATA / "datapackage.json")
    allowed = {path for path, name in owners.items() if name in names} | {index}
    data = os.path.realpath(paths.DATA) + os.sep

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(args[0], str | bytes | os.PathLike):
            return
        path = os.path.realpath(os.fsdecode(args[0]))
        if path.startswith(data) and path not in allowed:
            raise _undeclared(Path(path), owners.get(path))

    sys.addaudithook(refuse)


def _undeclared(path: Path, table: str | None) -> HedgingError:
    add = f"add {table} to the chapter's tables in chapters.yml" if table else "make it a table: hedging/ingest"
    return HedgingError(f"the chapter did not declare data/{path.name}", where=f"data/{path.name}", remedy=add)


def shed_tools() -> None:
    """Keep out what ipykernel would import at each start (0.6 s) for people at a prompt: debugger and completer."""
    for name in ("debugpy", "jedi"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def limit_memory(most: int) -> None:
    """Let a notebook that eats memory fail with MemoryError, instead of taking the machine down with it."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main(argv: list[str]) -> None:
    """Guard data/ and serve as a kernel until told to stop."""
    shed_tools()
    if MEMORY in os.environ:
        limit_memory(int(os.environ[MEMORY]))
    if DECLARED in os.environ:
        guard_data(os.environ[DECLARED])
    from hedging.press.app import KernelApp

    sys.path.insert(0, "")  # modules beside the notebook, as in JupyterLab; not before Jupyter's own are imported
    KernelApp.launch_instance(argv=argv)


if __name__ == "__main__":
    main(sys.argv[1:])
