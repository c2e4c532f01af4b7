import csv
import hashlib
import http.server
import threading

import pytest
from toy import DATA

from hedging.ingest import sources


class Raw(http.server.BaseHTTPRequestHandler):
    """Four ways in which a server answers: whole, with other bytes, cut in the middle, not at all."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/gone.csv":
            self.send_error(404)
            return
        body = b"<html>moved</html>" if self.path == "/other.csv" else DATA
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.path == "/cut.csv" else body)
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    """A local web server; `asked` lists the paths that were requested."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Raw) as made:
        made.asked = []
        threading.Thread(target=made.serve_forever, daemon=True).start()
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
    """All files in the cache, whole or not."""
    return lambda: sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())
