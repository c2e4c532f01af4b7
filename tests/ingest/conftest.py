import csv
import hashlib
import http.server
import re
import sys
import textwrap
import threading

import pytest
from toy import DATA, MODULE

from hedging import ingest, paths
from hedging.ingest import download, sources

HALF = len(DATA) // 2


class Raw(http.server.BaseHTTPRequestHandler):
    """A server of raw files; the path says how it behaves. It serves ranges unless told otherwise."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        name = self.path.strip("/").removesuffix(".csv")
        self.server.asked.append((self.path, self.headers.get("Range", "")))
        times = [path for path, _ in self.server.asked].count(self.path)
        if name == "gone" or (name == "busy" and times == 1) or name == "broken":
            self.send_error(404 if name == "gone" else 503)
            return
        body = {"other": b"<html>moved</html>", "swapped": DATA[:HALF] + b"x" * HALF}.get(name, DATA)
        start = int(re.findall(r"bytes=(\d+)-", self.headers.get("Range", "bytes=0-"))[0])
        if start >= len(body):
            self.send_error(416)
            return
        self._answer(
            body, 0 if name == "plain" else start, cut={"cut": times == 1, "plain": times == 1, "torn": True}.get(name)
        )

    def _answer(self, body, start, cut):
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.server.hold.wait(20)
        self.wfile.write(body[start : start + (len(body) - start) // 2] if cut else body[start:])
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    """A local web server: `asked` lists (path, range) of each request; while `hold` is clear, no body is sent."""
    monkeypatch.setattr(download, "PAUSE", 0.01)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Raw) as made:
        made.asked, made.hold = [], threading.Event()
        made.hold.set()
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """Write a registry of toy files ({file: url}), all pinned to DATA, and keep downloads in a folder of the test."""
    monkeypatch.setenv("HEDGING_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("HEDGING_MIRROR", raising=False)

    def write(addresses):
        path = tmp_path / f"sources-{len(addresses)}.csv"
        with path.open("w", newline="") as out:
            writer = csv.DictWriter(out, sources.COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            for file, url in addresses.items():
                known = {"sha256": hashlib.sha256(DATA).hexdigest(), "publisher": "Toy", "accessed": "2025-01-01"}
                writer.writerow({"file": file, "url": url, **known})
        monkeypatch.setattr(sources, "REGISTRY", path)

    return write


@pytest.fixture
def cached(tmp_path):
    """All files in the cache that could be taken for data (the lock and pieces of cut downloads begin with a dot)."""
    return lambda: sorted(path.name for path in (tmp_path / "cache").rglob("[!.]*") if path.is_file())


@pytest.fixture
def pieces(tmp_path):
    """The pieces of cut downloads in the cache."""
    return lambda: sorted((tmp_path / "cache").rglob(".*.part"))


@pytest.fixture
def project(tmp_path, monkeypatch, registry):
    """An empty data folder, a mirror with one raw file, and toy tables written by the test."""
    registry({"raw/whole.csv": ""})
    for folder in ("data", "mirror/raw", "modules"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mirror/raw/whole.csv").write_bytes(DATA)
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(ingest, "__path__", [str(tmp_path / "modules")])

    def add(name, *, file="raw/whole.csv", rows=1, change=lambda text: text):
        text = change(MODULE.format(name=name, file=file, rows=rows))
        (tmp_path / "modules" / f"{name}.py").write_text(textwrap.dedent(text))

    yield add
    for name in [name for name in sys.modules if name.startswith("hedging.ingest.toy")]:
        del sys.modules[name]
