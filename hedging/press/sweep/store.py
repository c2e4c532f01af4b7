"""Where the results of a sweep lie, under any address that fsspec knows: one place for one chapter.

A run that has ended is written at once, as a small file of its own, so that a killed sweep loses only what was
running; `parts` turns many of them into one Parquet file, so that a large one does not end in a million files.

    OUT/chapter=<slug>/fingerprint=<hash>/part-<hash>.parquet    runs, up to some thousands a file
    OUT/_ended/<hash>/<id>.json                                  ended since the last Parquet file
    OUT/_notebooks/<id>.ipynb                                    executed notebooks, where they were asked for
    OUT/_sweep.json                                              the lock: one sweep at a time

Readers of Parquet pass over whatever begins with an underscore.
"""

import contextlib
import json
import os
import socket
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from hedging.errors import HedgingError

DONE, FAILED = "done", "failed"
# An object store shows a whole object or none, and renames by copying; elsewhere a file grows before a reader's eyes.
WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "memory"}

Record = dict[str, Any]


def absolute(url: str) -> str:
    """Write a local path out in full, so that a worker with another working folder means the same place."""
    fs, path = _open(url)
    return path if isinstance(fs, LocalFileSystem) else url


def _open(url: str) -> tuple[fsspec.AbstractFileSystem, str]:
    try:
        return fsspec.core.url_to_fs(url)
    except (ValueError, ImportError, TypeError) as fault:
        raise HedgingError(
            f"no such place: {fault}", where=f"--out {url}", remedy="name a folder, or an address like s3://bucket/path"
        ) from None


class Store:
    """The results of one chapter, as one fingerprint gave them. Faults of the file system become HedgingError."""

    def __init__(self, url: str, slug: str, fingerprint: str) -> None:
        self.url, self.slug, self.fingerprint = url, slug, fingerprint
        self.fs, self.root = _open(url)
        self.root = self.root.rstrip("/")
        self.parts = f"{self.root}/chapter={slug}/fingerprint={fingerprint}"
        self.ended = f"{self.root}/_ended/{fingerprint}"
        self.notebooks, self.lock = f"{self.root}/_notebooks", f"{self.root}/_sweep.json"
        self.token = ""

    def open(self) -> "Store":
        """Make the folders and take the lock; HedgingError if they cannot be written or another sweep has it."""
        with self.told("cannot write there"):
            others = self.listed(self.root, "chapter=")
        others = [path for path in others if not path.endswith(f"/chapter={self.slug}")]
        if others:
            raise HedgingError(
                f"there lie results of another chapter: {others[0].rpartition('=')[2]}",
                where=self.url,
                remedy="name another --out: one place holds one table, and two chapters have other columns",
            )
        with self.told("cannot write there"):
            for folder in (self.parts, self.ended):
                self.fs.makedirs(folder, exist_ok=True)
        self._take()
        return self

    def _take(self) -> None:
        owner = {"host": socket.gethostname(), "process": os.getpid(), "born": _born(os.getpid())}
        mine = json.dumps({**owner, "token": uuid.uuid4().hex})
        if (held := self._owner()) is not None:
            if _may_live(held):
                raise self._taken(held)
            with contextlib.suppress(FileNotFoundError):  # of two that find a dead one's lock, one takes it away
                self.fs.mv(self.lock, f"{self.lock}.{uuid.uuid4().hex}.void")
        with self.told("cannot write there"):
            try:
                with self.fs.open(self.lock, "xb") as file:
                    file.write(mine.encode())
            except FileExistsError:
                raise self._taken(self._owner() or {}) from None
        self.token = json.loads(mine)["token"]
        voids, traces = self.listed(self.root, "_sweep.json."), self.listed(self.ended, "_")
        with contextlib.suppress(OSError):  # what killed ones have left
            self.fs.rm([*voids, *traces])

    def _taken(self, owner: Record) -> HedgingError:
        known = owner.keys() >= {"host", "process"}
        who = f"process {owner['process']} on {owner['host']}" if known else "of unknown owner"
        return HedgingError(
            f"another sweep writes there: {who}",
            where=self.url,
            remedy="wait for it, or name another --out; if that process is gone, delete _sweep.json there",
        )

    def _owner(self) -> Record | None:
        try:
            return dict(json.loads(self.fs.cat_file(self.lock)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            return {}

    def close(self) -> None:
        """Give the lock back, if it is still ours."""
        with contextlib.suppress(OSError):
            if self.token and self.seen(self.token):
                self.fs.rm_file(self.lock)

    def seen(self, token: str) -> bool:
        """Say whether this process sees the lock that carries a token: on another machine the path may be another."""
        return (self._owner() or {}).get("token") == token

    def hold(self) -> None:
        """Raise HedgingError if the lock has gone to another sweep."""
        if not self.seen(self.token):
            raise self._taken(self._owner() or {})

    def put(self, record: Record) -> None:
        """Write the record of one run that has ended."""
        self.write(self.path(record["id"]), json.dumps(record).encode())

    def known(self, id: str) -> str | None:
        """Return the status of a run that has ended since the last Parquet file, or None."""
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.fs.cat_file(self.path(id)))["status"]
        return None

    def path(self, id: str) -> str:
        """Return where the record of one run lies until it is filed."""
        return f"{self.ended}/{id}.json"

    def begin(self, id: str) -> None:
        """Leave a trace that a run has begun, where it may never end."""
        self.write(f"{self.ended}/_{id}.begun", b"")

    def begun(self, id: str) -> bool:
        """Say whether there is such a trace."""
        return self.fs.exists(f"{self.ended}/_{id}.begun")

    def keep(self, id: str, executed: bytes) -> None:
        """Write an executed notebook."""
        with self.told("cannot write there"):
            self.fs.makedirs(self.notebooks, exist_ok=True)
        self.write(f"{self.notebooks}/{id}.ipynb", executed)

    def loose(self) -> list[Record]:
        """Read the runs that have ended since the last Parquet file; object stores are asked for many at once."""
        with self.told("cannot read there"):
            files = [path for path in self.listed(self.ended) if path.endswith(".json")]
            contents = self.fs.cat_ranges(files, None, None, on_error="raise") if files else []
        return [json.loads(content) for content in contents]

    def forget(self, records: Iterable[Record]) -> None:
        """Remove the small files of runs that have been filed."""
        with self.told("cannot write there"):
            self.fs.rm([self.path(record["id"]) for record in records])

    def listed(self, folder: str, begin: str = "") -> list[str]:
        """List what lies in a folder now (nothing, if there is none) and whose name begins so."""
        try:
            found = self.fs.ls(folder, detail=False, refresh=True)
        except FileNotFoundError:
            return []
        return sorted(path for path in found if path.rstrip("/").rpartition("/")[2].startswith(begin))

    def write(self, path: str, content: bytes) -> None:
        """Write a file so that a reader sees the old one, the new one or none: never half of one."""
        with self.told("cannot write there"):
            if WHOLE.intersection(_protocols(self.fs)):
                self.fs.pipe_file(path, content)
                return
            folder, _, name = path.rpartition("/")
            part = f"{folder}/_{name}.{uuid.uuid4().hex}.part"
            try:
                self.fs.pipe_file(part, content)
                self.fs.mv(part, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    self.fs.rm_file(part)
                raise

    @contextlib.contextmanager
    def told(self, what: str) -> Iterator[None]:
        """Tell faults of the file system to people."""
        try:
            yield
        except OSError as fault:
            raise HedgingError(
                f"{what}: {fault.strerror or fault}", where=self.url, remedy="make room, or name another --out"
            ) from fault


def _protocols(fs: fsspec.AbstractFileSystem) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


def _born(process: int) -> str:
    # A process number is given again in time; when it was given tells the two apart, where the system shows it.
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    return ""


def _may_live(owner: Record) -> bool:
    if owner.get("host") != socket.gethostname() or not isinstance(owner.get("process"), int):
        return True
    try:
        os.kill(owner["process"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _born(owner["process"]) == owner.get("born", "")
