"""The package's own source files: have they changed since, and may Python trust the bytecode beside them?"""

import contextlib
import os
import sys
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

Signature = frozenset[tuple[str, int, int]]


def _files(folder: Path) -> Iterator[os.DirEntry]:
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(Path(entry.path))
        elif entry.name.endswith(".py"):
            yield entry


def signature(package: Path = PACKAGE) -> Signature:
    """Return (path, time of the last save in ns, bytes) of every module; two that differ mean other code."""
    return frozenset((file.path, file.stat().st_mtime_ns, file.stat().st_size) for file in _files(package))


def forget_modules() -> None:
    """Take the package out of this process: what is imported of it from now on is read from the disk."""
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE.name]:
        del sys.modules[name]


def drop_stale_bytecode(package: Path = PACKAGE) -> None:
    """Delete bytecode that is older than its source.

    Python compares seconds and sizes only: a module saved twice in one second, `1` and then `2` in one place of it,
    would be imported as it was first.
    """
    for path, saved, _ in signature(package):
        cached = Path(cache_from_source(path))
        with contextlib.suppress(FileNotFoundError):
            if cached.stat().st_mtime_ns <= saved:
                cached.unlink()
