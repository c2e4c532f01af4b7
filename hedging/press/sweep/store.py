"""Where the results of a sweep lie: a Parquet data set under any fsspec address, one row a run.

A run that has ended is written at once, as a small file of its own; many of them become one Parquet file from time to
time, so that a killed sweep loses only what was running, and a large one does not end in a million files.

    OUT/chapter=<slug>/fingerprint=<hash>/part-<hash>.parquet    finished runs, some hundreds a file
    OUT/ended/<id>.json                                          finished since the last Parquet file
    OUT/notebooks/<id>.ipynb                                     executed notebooks, where they were asked for
    OUT/sweep.lock                                               one sweep at a time
"""

import contextlib
import hashlib
import io
import json
import os
import socket
import time
from collections.abc import Iterable
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from hedging.errors import HedgingError

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("parameters", pa.string()),  # JSON
        ("status", pa.string()),  # done, failed
        ("findings", pa.string()),  # JSON: the findings that the chapter reports, in order
        ("numbers", pa.string()),  # JSON: what it reports for its prose
        ("error", pa.string()),  # what, where, remedy
        ("traceback", pa.string()),
        ("seconds", pa.float64()),
    ]
)
DONE, FAILED = "done", "failed"
EACH = 500  # runs in one Parquet file


class Store:
    """The results under one address. Faults of the file system become HedgingError; nothing half-written stays."""

    def __init__(self, url: str, slug: str, fingerprint: str) -> None:
        self.url, self.slug, self.fingerprint = url, slug, fingerprint
        try:
            self.fs, self.root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError) as fault:
            raise HedgingError(f"cannot write to {url}: {fault}", where="--out", remedy="name a folder") from fault
        self.parts = f"{self.root}/chapter={slug}/fingerprint={fingerprint}"
        self.ended, self.lock = f"{self.root}/ended", f"{self.root}/sweep.lock"

    def open(self) -> "Store":
        """Make the folders and take the lock; HedgingError if they cannot be written or another sweep has it."""
        with self._told("cannot write there"):
            self.fs.makedirs(self.parts, exist_ok=True)
            self.fs.makedirs(self.ended, exist_ok=True)
        if (owner := self._owner()) is not None:
            raise HedgingError(
                f"another sweep writes there: {owner}",
                where=self.url,
                remedy="wait for it, or name another --out; if that process is gone, delete sweep.lock",
            )
        self._write(self.lock, json.dumps({"host": socket.gethostname(), "process": os.getpid()}).encode())
        return self

    def close(self) -> None:
        """Give the lock back."""
        with contextlib.suppress(OSError):
            self.fs.rm_file(self.lock)

    def _owner(self) -> str | None:
        try:
            known = json.loads(self.fs.cat_file(self.lock))
            host, process = known["host"], int(known["process"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return "of unknown owner"
        if host == socket.gethostname() and not _lives(process):
            return None  # killed: its lock is void
        return f"process {process} on {host}"

    def put(self, record: dict[str, Any]) -> None:
        """Write the record of one run that has ended."""
        self._write(self._ended(record["id"]), json.dumps(record).encode())

    def known(self, id: str) -> str | None:
        """Return the status of a run that has ended since the last Parquet file, or None."""
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.fs.cat_file(self._ended(id)))["status"]
        return None

    def _ended(self, id: str) -> str:
        return f"{self.ended}/{self.slug}-{self.fingerprint}-{id}.json"

    def keep(self, id: str, executed: bytes) -> None:
        """Write an executed notebook."""
        self.fs.makedirs(f"{self.root}/notebooks", exist_ok=True)
        self._write(f"{self.root}/notebooks/{id}.ipynb", executed)

    def compact(self, least: int = EACH) -> None:
        """Turn the small files into Parquet files, `least` or more at a time."""
        loose = self._loose()
        for begin in range(0, len(loose), EACH):
            chosen = loose[begin : begin + EACH]
            if len(chosen) >= least:
                self._part([json.loads(self.fs.cat_file(path)) for path in chosen])
                for path in chosen:
                    self.fs.rm_file(path)

    def _part(self, records: list[dict[str, Any]]) -> None:
        ordered = sorted(records, key=lambda record: record["id"])
        name = hashlib.sha256("".join(record["id"] + record["status"] for record in ordered).encode()).hexdigest()[:20]
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(ordered, SCHEMA), out, compression="zstd")
        self._write(f"{self.parts}/part-{name}.parquet", out.getvalue())

    def records(self) -> list[dict[str, Any]]:
        """Return the newest record of every run, by id."""
        rows: dict[str, dict[str, Any]] = {}
        files = sorted(self.fs.glob(f"{self.parts}/part-*.parquet"))
        # Without threads: Arrow's aborted one process in four that ended right after it had started them.
        tables = (pq.ParquetFile(io.BytesIO(self.fs.cat_file(path))).read(use_threads=False) for path in files)
        for record in [*(row for table in tables for row in table.to_pylist()), *self._unfiled()]:
            before = rows.get(record["id"])
            if before is None or before["status"] == FAILED:  # a run that failed may have been done again
                rows[record["id"]] = record
        return [rows[id] for id in sorted(rows)]

    def _unfiled(self) -> list[dict[str, Any]]:
        return [json.loads(self.fs.cat_file(path)) for path in self._loose()]

    def _loose(self) -> list[str]:
        return sorted(self.fs.glob(self._ended("*")))

    def _write(self, path: str, content: bytes) -> None:
        """Write under another name first: a reader never sees half a file, a full disk leaves none."""
        part = f"{path}.{os.getpid()}-{time.monotonic_ns()}.part"
        with self._told("cannot write there"):
            try:
                self.fs.pipe_file(part, content)
                self.fs.mv(part, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    self.fs.rm_file(part)
                raise

    @contextlib.contextmanager
    def _told(self, what: str) -> Any:
        try:
            yield
        except OSError as fault:
            raise HedgingError(
                f"{what}: {fault.strerror or fault}", where=self.url, remedy="make room, or name another --out"
            ) from fault


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def counted(records: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Count records by status."""
    counts = {DONE: 0, FAILED: 0}
    for record in records:
        counts[record["status"]] += 1
    return counts
